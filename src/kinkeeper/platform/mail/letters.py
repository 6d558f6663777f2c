"""Letters: small typed things, and how each becomes subject, text and HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit
from uuid import UUID

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from pydantic import TypeAdapter, ValidationError

from kinkeeper.kernel import words
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.platform.links import LinkOrder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OWN_TEMPLATES = Path(__file__).parent / "templates"


class UnknownLetter(Conflict):
    """A letter that this version cannot write: an upgrade ended its kind, or changed what it holds."""

    code = "letter.unknown"
    message = mark("This version of Kinkeeper does not know this kind of letter, and so cannot write it.")


class IfUncertain(StrEnum):
    """What to do with a letter that may or may not have left when the worker died."""

    RESEND = "resend"
    ASK = "ask"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Base of all letters: who gets it, in which language; subclasses add what their texts use.

    `kind` is `<feature>.<name>`; the texts are `<feature>/email/<name>.subject.txt`, `.txt`, `.html`.
    """

    kind: ClassVar[str]
    if_uncertain: ClassVar[IfUncertain] = IfUncertain.RESEND

    rests: ClassVar[timedelta] = timedelta(0)
    """How long it lies in the outbox before it leaves, so that what makes it untrue can recall it."""

    late: ClassVar[tuple[str, ...]] = ()
    """What its texts may say that no row holds: looked up when it is handed over, and None before."""

    to: str
    language: str

    def about_id(self) -> UUID | None:
        """Answer what the letter tells of, so that it can be found, and forgotten together with it."""
        return None

    def topic(self) -> str | None:
        """Answer whose open pages hear what becomes of it (platform/live), if anybody's do."""
        return None

    def link(self) -> LinkOrder | None:
        """Answer the one-time link that this letter carries, if any; texts call it `link`."""
        return None

    def stop_page(self) -> str | None:
        """Answer the path on which letters of this kind can be stopped, if any; texts call it `stop`.

        A POST to it has to suffice, without a cookie: mail programs send it by themselves (RFC 8058).
        """
        return None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words."""

    subject: str
    text: str
    html: str


Lookup = Callable[["Session", Any], Mapping[str, object]]
"""Answers what a letter says late; nothing where it is to say no more than its fields."""

_adapter: Callable[[type], TypeAdapter[Any]] = cache(TypeAdapter)
"""Made once for each kind: making one takes longer than using it."""


class _Desk:
    """What every letter of this process needs; laid out once, at start-up."""

    kinds: ClassVar[dict[str, type[Letter]]] = {}
    base_url: ClassVar[str] = ""
    domain: ClassVar[str] = ""
    environment: ClassVar[Environment]
    lookups: ClassVar[Mapping[type[Letter], Lookup]] = {}


def lay_out(
    kinds: Iterable[type[Letter]],
    folders: Iterable[Path],
    base_url: str,
    sender: str = "",
    lookups: Mapping[type[Letter], Lookup] | None = None,
) -> None:
    """Tell the desk which letters there are, where their texts lie, where links lead (T-5), who writes."""
    _Desk.kinds = {kind.kind: kind for kind in kinds}
    _Desk.lookups = lookups or {}
    _Desk.base_url = base_url
    _Desk.domain = parseaddr(sender)[1].rpartition("@")[2] or urlsplit(base_url).hostname or "localhost"
    _Desk.environment = Environment(
        loader=ChoiceLoader([FileSystemLoader([_OWN_TEMPLATES, *folders])]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def kinds() -> dict[str, type[Letter]]:
    """Answer every letter there is, by kind."""
    return _Desk.kinds


def asks_if_uncertain(kind: str) -> bool:
    """Tell whether a person decides about a doubtful letter; an upgrade may have ended its kind."""
    known = _Desk.kinds.get(kind)
    return known is not None and known.if_uncertain is IfUncertain.ASK


def base_url() -> str:
    """Answer the address that links start with."""
    return _Desk.base_url


def domain() -> str:
    """Answer the domain that letters are named under: the sender's, as a house at home may have none."""
    return _Desk.domain


def pack(letter: Letter) -> dict[str, Any]:
    """Answer the letter's fields as JSON can hold them."""
    return dict(_adapter(type(letter)).dump_python(letter, mode="json"))


def unpack(kind: str, fields: dict[str, Any]) -> Letter:
    """Answer the letter that `pack` took apart; raises UnknownLetter."""
    try:
        letter: Letter = _adapter(_Desk.kinds[kind]).validate_python(fields)
    except (KeyError, ValidationError) as strange:
        raise UnknownLetter from strange
    return letter


def look_up(session: Session, kind: str, fields: dict[str, Any]) -> Mapping[str, object]:
    """Answer what the letter that `pack` took apart says late: for its message, and to be kept nowhere."""
    lookup = _Desk.lookups.get(_Desk.kinds.get(kind, Letter))
    return lookup(session, unpack(kind, fields)) if lookup is not None else {}


def render(
    letter: Letter, link: str | None, code: str = "", late: Mapping[str, object] | None = None
) -> Rendered:
    """Write the letter out in its recipient's language; an unknown name in a text raises.

    `code` can be typed instead of following the link, where a letter's texts speak of one; `late` is what
    `look_up` has answered.
    """
    gaps = {**_gaps(letter, link, code), **(late or {})}
    return Rendered(
        subject=_subject(letter.kind, gaps),
        text=_write(letter.kind, "txt", gaps),
        html=_write(letter.kind, "html", gaps),
    )


def subject_of(kind: str, fields: dict[str, Any]) -> str:
    """Answer the subject of the letter that `pack` took apart, or its kind where it is unknown by now."""
    try:
        return _subject(kind, _gaps(unpack(kind, fields), None))
    except UnknownLetter:
        return kind


def topic_of(kind: str, fields: dict[str, Any]) -> str | None:
    """Answer the topic of the letter that `pack` took apart; none where it is unknown by now."""
    try:
        return unpack(kind, fields).topic()
    except UnknownLetter:
        return None


def _subject(kind: str, gaps: dict[str, Any]) -> str:
    return " ".join(_write(kind, "subject.txt", gaps).split())


def _write(kind: str, ending: str, gaps: dict[str, Any]) -> str:
    feature, _, name = kind.partition(".")
    return _Desk.environment.get_template(f"{feature}/email/{name}.{ending}").render(gaps)


def stop_address(letter: Letter) -> str | None:
    """Answer the whole address of the page that stops letters of this kind."""
    page = letter.stop_page()
    return None if page is None else f"{_Desk.base_url}{page}"


def _gaps(letter: Letter, link: str | None, code: str = "") -> dict[str, Any]:
    return {
        **vars(letter),
        **dict.fromkeys(letter.late),
        "_": partial(words.gettext, letter.language),
        "ngettext": partial(words.ngettext, letter.language),
        "civil": partial(words.civil, letter.language),
        "listed": partial(words.listed, letter.language),
        "direction": words.direction(letter.language),
        "product": "Kinkeeper",
        "base_url": _Desk.base_url,
        "link": link,
        "code": code,
        "stop": stop_address(letter),
    }
