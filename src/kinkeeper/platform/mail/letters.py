"""Letters: small typed things, and how each becomes subject, text and HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from pydantic import TypeAdapter

from kinkeeper.kernel import words
from kinkeeper.platform.links import LinkOrder

_OWN_TEMPLATES = Path(__file__).parent / "templates"


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

    to: str
    language: str

    def link(self) -> LinkOrder | None:
        """Answer the one-time link that this letter carries, if any; texts call it `link`."""
        return None

    def page(self, link_secret: str) -> str:
        """Answer the path that the link opens."""
        raise NotImplementedError(f"{self.kind} has no link: {len(link_secret)}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words."""

    subject: str
    text: str
    html: str


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}
"""Made once for each kind: making one takes longer than using it."""


class _Desk:
    """What every letter of this process needs; laid out once, at start-up."""

    kinds: ClassVar[dict[str, type[Letter]]] = {}
    base_url: ClassVar[str] = ""
    environment: ClassVar[Environment]


def lay_out(kinds: Iterable[type[Letter]], folders: Iterable[Path], base_url: str) -> None:
    """Tell the desk which letters there are, where their texts lie and where links lead (T-5)."""
    _Desk.kinds = {kind.kind: kind for kind in kinds}
    _Desk.base_url = base_url
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


def base_url() -> str:
    """Answer the address that links start with."""
    return _Desk.base_url


def pack(letter: Letter) -> dict[str, Any]:
    """Answer the letter's fields as JSON can hold them."""
    return dict(_adapter(type(letter)).dump_python(letter, mode="json"))


def unpack(kind: str, fields: dict[str, Any]) -> Letter:
    """Answer the letter that `pack` took apart."""
    return _adapter(_Desk.kinds[kind]).validate_python(fields)


def render(letter: Letter, link: str | None) -> Rendered:
    """Write the letter out in its recipient's language; an unknown name in a text raises."""
    feature, _, name = letter.kind.partition(".")
    gaps = _gaps(letter, link)
    write = partial(_write, f"{feature}/email/{name}", gaps)
    return Rendered(subject=" ".join(write("subject.txt").split()), text=write("txt"), html=write("html"))


def _write(stem: str, gaps: dict[str, Any], ending: str) -> str:
    return _Desk.environment.get_template(f"{stem}.{ending}").render(gaps)


def _gaps(letter: Letter, link: str | None) -> dict[str, Any]:
    return {
        **vars(letter),
        "_": partial(words.gettext, letter.language),
        "ngettext": partial(words.ngettext, letter.language),
        "civil": partial(_civil, letter.language),
        "direction": words.direction(letter.language),
        "product": "Kinkeeper",
        "base_url": _Desk.base_url,
        "link": link,
    }


def _civil(language: str, day: date) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - import diet: only who writes letters pays

    return format_date(day, "full", locale=words.locale(language))


def _adapter(kind: type[Letter]) -> TypeAdapter[Letter]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
