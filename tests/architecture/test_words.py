"""Every sentence for people goes through the catalogue: pages, letters, problems, the command line.

A pretended language wraps each translated sentence in ⟦…⟧. What is read on a page and stands outside
of such brackets was written down raw, unless it is somebody's name, a number, an address or a date.
"""

from __future__ import annotations

import importlib.util
import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from uuid import UUID

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from kinkeeper.app import cli
from kinkeeper.app.features import FEATURES
from kinkeeper.features.accounts.emails import PasswordChanged, PasswordReset
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service.setting_up import offer_set_up
from kinkeeper.features.accounts.service.tokens import make_token
from kinkeeper.features.exchanges.emails import ConfirmJoining, MatchReady, WayIn
from kinkeeper.features.exchanges.models import ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, join
from kinkeeper.features.exchanges.service.organising import keep_apart, keep_household_apart
from kinkeeper.kernel import errors, words
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.platform.mail import letters
from kinkeeper.platform.mail.delivery import inlined
from tests.factories import guest, make_account, make_exchange
from tests.integration.web.support import MISSING, carry_letters, fill_in, keep_house, path_in

LETTER = {"to": "ana@example.org", "language": "en", "name": "Ana"}
SEAT = {**LETTER, "title": "Yule", "gifts_on": date(2026, 12, 24), "participant_id": UUID(int=7)}
SAMPLES = {
    PasswordReset.kind: PasswordReset(**LETTER, account_id=UUID(int=7), minutes=10),
    PasswordChanged.kind: PasswordChanged(**LETTER),
    ConfirmJoining.kind: ConfirmJoining(**SEAT, budget="£20"),
    WayIn.kind: WayIn(**SEAT),
    MatchReady.kind: MatchReady(**SEAT, budget="£20"),
}
LINK = "http://kinkeeper.test/enter/secret"

NAMES = (
    "Ana",
    "Ben",
    "Cleo",
    "Dan",
    "Eve",
    "Olga",
    "Ada Admin",
    "Ada",
    "Zoe",
    "Oak Road",
    "Script",
    "AA",
    "around £20",
)
OURS = ("Kinkeeper", "English", "Deutsch", "Italiano", "Yule")
DATE = (
    r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|"
    r"Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?|at|AM|PM|GMT|BST"
)
ALLOWED = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.-]+|kk_[\w-]+|/join/\S+|KINKEEPER_\S+|KB|MB|"
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|"
    rf"\b({'|'.join((*NAMES, *OURS))})\b|\b({DATE})\b"
)
READ_ALOUD = {"placeholder", "aria-label", "title", "alt", "data-copied"}


class Pretended:
    """A catalogue of a language in which every sentence stands in brackets."""

    def gettext(self, text: str) -> str:
        return f"⟦{text}⟧" if text else text

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"


@pytest.fixture
def pretended(monkeypatch):
    monkeypatch.setattr(words, "_catalogue", lambda _language: Pretended())


class Reader(HTMLParser):
    """Collects what a person sees, or hears read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag in {"script", "style"} or (tag == "select" and found.get("name") == "zone"):
            self._silent += 1
        self.texts += [value for name, value in attributes if name in READ_ALOUD and value]
        if tag == "input" and found.get("type") in {"submit", "button"}:
            self.texts.append(found.get("value", ""))

    def handle_endtag(self, tag):
        if tag in {"script", "style", "select"} and self._silent:
            self._silent -= 1

    def handle_data(self, data):
        if not self._silent:
            self.texts.append(data)


def raw_words(text: str) -> list[str]:
    """Answer what of a text stands outside of all brackets and is no name, number, address or date."""
    outside, depth = [], 0
    for letter in text:
        depth += (letter == "⟦") - (letter == "⟧")
        outside.append(letter if depth == 0 and letter != "⟧" else " ")
    left = ALLOWED.sub(" ", "".join(outside))
    return re.findall(r"[^\W\d_]{2,}", left)


def raw_on(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    # A sentence may be cut by markup, so brackets are counted over the whole page, attributes apart.
    return [f"{text.strip()[:60]}" for text in reader.texts if _alone(text) and raw_words(text)]


def _alone(text: str) -> bool:
    return "⟦" not in text or "⟧" in text


def test_the_reader_finds_what_is_raw():
    """The control."""
    assert raw_on('<p>⟦Hello Ana⟧, welcome</p><input placeholder="Name"><script>x</script>') == [
        "Name",
        "⟦Hello Ana⟧, welcome",
    ] or set(raw_on('<p>⟦Hello Ana⟧, welcome</p><input placeholder="Name">')) == {
        "Name",
        "⟦Hello Ana⟧, welcome",
    }
    assert raw_on("<p>⟦Hello ⟦Ana⟧⟧ Kinkeeper 12 http://x.y 24 December 2026</p>") == []


def look(pages: dict[str, object]) -> None:
    found = {}
    for name, page in pages.items():
        assert page.status_code != 500, name
        if page.status_code not in {301, 302, 303}:
            assert "⟦" in page.text, name
            found[name] = raw_on(page.text)
    assert {name: raw for name, raw in found.items() if raw} == {}


def test_pages_before_set_up_have_no_raw_sentence(client_of, engine, pretended):
    client, secret = client_of(None), offer_set_up(SYSTEM)
    look(
        {
            "welcome": client.get("/set-up"),
            "set-up": client.get(f"/set-up/{secret}"),
            "set-up, sent": fill_in(client, f"/set-up/{secret}", name="", password="password1234"),
        }
    )


def test_pages_for_everybody_have_no_raw_sentence(client_of, stage, pretended):
    with stage() as session:
        keep_house(session)
        olga = make_account(session, "Olga")
        exchange = make_exchange(
            session, people=2, organiser=olga, title="Yule", description="12", budget="£20"
        )
        full = make_exchange(session, people=0, organiser=olga, title="Yule", state=ExchangeState.CLOSED)
    client = client_of(None)
    join_path = f"/join/{exchange.slug}"
    pages = {path: client.get(path) for path in ("/sign-in", "/forgotten", "/forgotten/sent", "/nothing")}
    pages |= {path: client.get(path) for path in (join_path, f"{join_path}/sent", f"{join_path}/again")}
    pages["join, closed"] = client.get(f"/join/{full.slug}")
    pages["dead link"] = client.get("/enter/" + "x" * 43)
    pages["no token"] = client.post("/sign-in")
    for path in ("/sign-in", "/forgotten", join_path, f"{join_path}/again"):
        pages[f"{path}, empty"] = fill_in(client, path)
        pages[f"{path}, nonsense"] = fill_in(
            client, path, email="12", name="12@", password="12", wishes="1" * 10_001
        )
    look(pages)


def test_pages_of_an_account_have_no_raw_sentence(client_of, stage, session, pretended):
    with stage() as staged:
        keep_house(staged)
        olga = make_account(staged, "Olga")
        facts = {"organiser": olga, "title": "Yule", "description": "12", "budget": "£20"}
        empty = make_account(staged, "Ada")
        opened = make_exchange(staged, people=5, **facts)
        closed = make_exchange(staged, people=0, state=ExchangeState.CLOSED, **facts)
    make_token(olga, "Script", days=3)
    seats = {seat.name: seat.id for seat in session.scalars(select(Participant))}
    for other in ("Ben", "Cleo", "Dan", "Eve"):
        keep_apart(SYSTEM, opened.id, seats["Ana"], seats[other], both_ways=False)
    keep_household_apart(SYSTEM, opened.id, "Oak Road", [seats["Ben"], seats["Cleo"]])
    client = client_of(olga)
    path = f"/exchanges/{opened.id}"
    pages = {
        where: client.get(where)
        for where in ("/", "/exchanges", "/exchanges/new", "/account", path, f"{path}/rules")
    }
    pages["home, empty"] = client_of(empty).get("/")
    pages["exchanges, empty"] = client_of(empty).get("/exchanges")
    pages["closed"] = client.get(f"/exchanges/{closed.id}")
    pages["closed, rules"] = client.get(f"/exchanges/{closed.id}/rules")
    pages["closed, draw"] = fill_in(client, f"/exchanges/{closed.id}/draw")
    pages["draw, open"] = fill_in(client, f"{path}/draw")
    fill_in(client, f"{path}/close")
    pages["notice"] = client.get(path)
    pages["draw, impossible"] = fill_in(client, f"{path}/draw")
    pages["closed twice"] = fill_in(client, f"{path}/close")
    for where in ("/exchanges/new", "/account/password", f"{path}/rules/pairs", f"{path}/rules/households"):
        pages[f"{where}, empty"] = fill_in(client, where)
    pages["token, nonsense"] = fill_in(client, "/account/tokens", name="12", days="999")
    pages["token"] = fill_in(client, "/account/tokens", name="Script", days="9")
    pages["missing"] = client.get(f"/exchanges/{MISSING}")
    pages["forbidden"] = client.get("/admin/mailbox")
    look(pages)


def test_pages_of_participants_and_of_the_mailbox_have_no_raw_sentence(
    client_of, stage, session, outbox, pretended
):
    with stage() as staged:
        ada = keep_house(staged)
        exchange = make_exchange(staged, people=4, title="Yule", description="12")
        for seat in staged.scalars(select(Participant)):
            seat.wishes = "12"
    ana = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    client = client_of(guest(session.get_one(Person, ana.person_id)))
    pages = {"home": client.get("/"), "before": client.get(f"/my/{ana.id}")}
    pages["too long"] = fill_in(client, f"/my/{ana.id}", wishes="1" * 10_001)
    join(
        ANONYMOUS,
        exchange.slug,
        Joining(name="Zoe", email="z@example.org", wishes="", language="en"),
        address="1",
    )
    keeper = client_of(ada)
    pages["mailbox, waiting"] = keeper.get("/admin/mailbox")
    carry_letters()
    (letter,) = outbox()
    for where in ("/admin/mailbox", f"/admin/mailbox/{letter.id}", f"/admin/mailbox/{letter.id}/sheet"):
        pages[where] = keeper.get(where)
    pages["not stuck"] = fill_in(keeper, f"/admin/mailbox/{letter.id}/again")
    pages["enter"] = client_of(None).get(path_in(letter))
    fill_in(client_of(None), path_in(letter))
    pages["used"] = client_of(None).get(path_in(letter))
    with stage() as staged:
        staged.merge(exchange).state = ExchangeState.CLOSED
    draw_names(SYSTEM, exchange.id)
    pages["after"] = client.get(f"/my/{ana.id}")
    pages["home, after"] = client.get("/")
    pages["organiser, after"] = keeper.get(f"/exchanges/{exchange.id}")
    pages["rules, after"] = keeper.get(f"/exchanges/{exchange.id}/rules")
    look(pages)


@pytest.mark.parametrize(
    "kind", [errors.Conflict, errors.Gone, errors.Invalid, errors.TooMany, errors.Unavailable]
)
def test_pages_of_refusals_have_no_raw_sentence(app, client_of, stage, pretended, kind):
    with stage() as session:
        ada = keep_house(session)

    def view():
        raise kind

    app.view_functions["exchanges.index"] = view
    look({"refusal": client_of(ada).get("/exchanges")})


def test_an_error_of_ours_has_no_raw_sentence(app, client_of, stage, pretended):
    with stage() as session:
        ada = keep_house(session)
    app.view_functions["exchanges.index"] = lambda: 1 / 0
    assert raw_on(client_of(ada).get("/exchanges").text) == []


# --- letters ------------------------------------------------------------------------------------


def test_each_letter_of_each_feature_has_a_sample_here():
    assert set(SAMPLES) == {letter.kind for feature in FEATURES for letter in feature.letters}


def in_language(letter, language):
    return letters.unpack(letter.kind, {**letters.pack(letter), "language": language})


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("kind", SAMPLES)
def test_each_letter_is_written_out_in_each_language(kind, language):
    """2.7: three templates, no unknown name, one line of subject, and only the letter's own names."""
    letter = in_language(SAMPLES[kind], language)
    link = LINK if letter.link() else None
    rendered = letters.render(letter, link)
    assert rendered.subject
    assert "\n" not in rendered.subject
    assert len(rendered.subject) <= 120
    assert "Ana" in rendered.text
    assert "Ana" in rendered.html
    assert f'<html lang="{language}"' in rendered.html
    if link:
        assert rendered.text.count(link) == 1
        assert link in rendered.html
        assert link not in rendered.subject
    assert "<" not in rendered.text
    assert "None" not in rendered.text
    assert inlined(rendered.html)


@pytest.mark.parametrize("kind", SAMPLES)
def test_letters_have_no_raw_sentence(kind, pretended):
    rendered = letters.render(SAMPLES[kind], LINK)
    assert raw_words(rendered.subject) == []
    assert raw_words(rendered.text) == []
    assert raw_on(rendered.html) == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_hostile_names_and_titles_stay_text_in_letters(kind):
    """T-31, T-32: nothing that was typed becomes markup or a header."""
    evil = '<a href="http://evil">x</a>{{ 7*7 }}\r\nBcc: all'
    fields = letters.pack(SAMPLES[kind])
    hostile = {name: evil for name in ("name", "title", "budget") if name in fields}
    rendered = letters.render(letters.unpack(kind, {**fields, **hostile}), LINK)
    assert '<a href="http://evil"' not in rendered.html
    assert "49" not in rendered.text.replace("http", "")
    assert "\r" not in rendered.subject
    assert "\n" not in rendered.subject


@pytest.mark.parametrize("kind", SAMPLES)
def test_letters_travel_through_the_outbox_unchanged(kind):
    letter = SAMPLES[kind]
    assert letters.unpack(kind, letters.pack(letter)) == letter


# --- the command line ---------------------------------------------------------------------------


def test_the_command_line_s_help_has_no_raw_sentence(pretended, monkeypatch):
    spec = importlib.util.spec_from_file_location("pretended_cli", cli.__file__)
    spoken = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(spoken)
    commands = [spoken.cli, *spoken.cli.commands.values()]
    assert len(commands) >= 5
    for command in commands:
        assert raw_words(command.help or "raw help") == [], command.name
        for option in command.params:
            if isinstance(option, click.Option) and option.name not in {"help", "version"}:
                assert raw_words(option.help or "raw help") == [], (command.name, option.name)
    assert CliRunner().invoke(spoken.cli, ["--help"]).exit_code == 0


def test_problems_are_told_in_the_reader_s_language(pretended):
    for kind in (errors.NotFound, errors.Forbidden, errors.Conflict):
        assert raw_words(kind().text("de")) == []


def test_moments_are_written_out_in_each_language(app):
    """With the zone's name where it is not the house's."""
    from kinkeeper.web import language

    moment = datetime(2026, 12, 1, 22, 30, tzinfo=UTC)
    for spoken in words.LANGUAGES:
        with app.test_request_context("/", headers={"Accept-Language": spoken}):
            assert "2026" in language.moment(moment, "Europe/London")
            assert "Pacific/Auckland" in language.moment(moment, "Pacific/Auckland")
            assert "2026" in language.civil(date(2026, 12, 24))
