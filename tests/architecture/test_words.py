"""Every sentence for people goes through the catalogue: pages, letters, problems, the command line.

A pretended language wraps each translated sentence in ⟦…⟧. What is read on a page and stands outside
of such brackets was written down raw, unless it is somebody's name, a number, an address or a date.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from kinkeeper import features
from kinkeeper.app import cli, commands
from kinkeeper.app.features import ERASE_STEPS, FEATURES
from kinkeeper.features.accounts.emails import (
    NewDevice,
    PasswordChanged,
    PasswordReset,
    SecondFactorChanged,
    SignInLink,
)
from kinkeeper.features.accounts.emails.arriving import AccountInvited, AccountKnown, AccountWanted
from kinkeeper.features.accounts.emails.changes import AccountClosed, AddressMoving, AddressWanted
from kinkeeper.features.accounts.emails.people import CareShared, EntryMoved
from kinkeeper.features.accounts.models import Account, Guardian, Person
from kinkeeper.features.accounts.queries import circle_of
from kinkeeper.features.accounts.service.erasing import erase_oneself
from kinkeeper.features.accounts.service.setting_up import offer_set_up
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import (
    AddressAsked,
    AddressMoved,
    ChoiceMade,
    ConfirmAddress,
    ConfirmJoining,
    DrawChanged,
    DrawnAgain,
    ExchangeCancelled,
    GiftsSoon,
    Invited,
    InvitedAgain,
    LeftOut,
    MatchReady,
    MatchSeen,
    NewChoice,
    NewDay,
    NewLink,
    NewWords,
    PlanChanged,
    TakenOff,
    WayIn,
    WishesChanged,
    YouLeft,
)
from kinkeeper.features.exchanges.emails.notices import (
    HandedOn,
    NamesDrawn,
    SomebodyForgotten,
    SomebodyJoined,
    SomebodyLeft,
)
from kinkeeper.features.exchanges.models import Assignment, ExchangeState, NewAddress, Participant, Wish
from kinkeeper.features.exchanges.queries import Match
from kinkeeper.features.exchanges.rules.stopping import Stop, stop_token
from kinkeeper.features.exchanges.rules.wishing import Priority
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.holding import put_on_list
from kinkeeper.features.exchanges.service.joining import Joining, join
from kinkeeper.features.exchanges.service.readdressing import change_address, take_back_address
from kinkeeper.features.exchanges.service.ruling import keep_apart, keep_household_apart
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish, change_wish, remove_wish
from kinkeeper.kernel import errors, words
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform.mail import letters
from kinkeeper.platform.mail.delivery import inlined
from tests.factories import (
    guest,
    make_account,
    make_circle,
    make_exchange,
    make_grant,
    make_person,
    make_token,
)
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import MISSING, bearer, carry_letters, fill_in, keep_house, path_in

LETTER = {"to": "ana@example.org", "language": "en", "name": "Ana"}
SEAT = {**LETTER, "title": "Yule", "gifts_on": date(2026, 12, 24), "participant_id": UUID(int=7)}
GOODBYE = {**LETTER, "title": "Yule", "slug": "slug", "participant_id": UUID(int=7)}
NOTICE = {**LETTER, "name": "Ana", "title": "Yule", "exchange_id": UUID(int=7), "people": 4}
SAMPLES = {
    PasswordReset.kind: PasswordReset(**LETTER, account_id=UUID(int=7), minutes=10),
    PasswordChanged.kind: PasswordChanged(**LETTER),
    SignInLink.kind: SignInLink(**LETTER, account_id=UUID(int=7), minutes=10, browser="07"),
    NewDevice.kind: NewDevice(**LETTER, device="Firefox (Windows)"),
    SecondFactorChanged.kind: SecondFactorChanged(**LETTER, is_on=True),
    AccountWanted.kind: AccountWanted(**LETTER, registration_id=UUID(int=7)),
    AccountKnown.kind: AccountKnown(**LETTER),
    AccountInvited.kind: AccountInvited(**LETTER, circle="The Olsens", host="Olga", person_id=UUID(int=7)),
    AddressWanted.kind: AddressWanted(**LETTER, account_id=UUID(int=7)),
    AddressMoving.kind: AddressMoving(**LETTER, is_done=True),
    AccountClosed.kind: AccountClosed(**LETTER, days=30),
    EntryMoved.kind: EntryMoved(**LETTER, circle="Ada"),
    CareShared.kind: CareShared(**LETTER, ward="Ben", names=("Ana", "Cleo"), by="Olga"),
    ConfirmJoining.kind: ConfirmJoining(**SEAT, budget="£20"),
    WayIn.kind: WayIn(**SEAT),
    MatchReady.kind: MatchReady(**SEAT, budget="£20"),
    DrawnAgain.kind: DrawnAgain(**SEAT, budget="£20"),
    DrawChanged.kind: DrawChanged(**SEAT, budget="£20"),
    MatchSeen.kind: MatchSeen(**SEAT, budget="£20"),
    GiftsSoon.kind: GiftsSoon(**SEAT, budget="£20", days=7),
    WishesChanged.kind: WishesChanged(**SEAT, budget="£20"),
    LeftOut.kind: LeftOut(**LETTER, title="Yule", participant_id=UUID(int=7)),
    ExchangeCancelled.kind: ExchangeCancelled(**SEAT),
    SomebodyJoined.kind: SomebodyJoined(**NOTICE, who="Ben"),
    SomebodyLeft.kind: SomebodyLeft(**NOTICE, who="Ben"),
    SomebodyForgotten.kind: SomebodyForgotten(**NOTICE, is_drawn=True),
    NamesDrawn.kind: NamesDrawn(**NOTICE, is_again=False),
    HandedOn.kind: HandedOn(**LETTER, exchange_ids=(UUID(int=7), UUID(int=8))),
    PlanChanged.kind: PlanChanged(
        **{name: said for name, said in SEAT.items() if name != "gifts_on"},
        days=tuple(NewDay(one, date(2026, 12, 24), date(2026, 12, 26)) for one in ("gifts_on", "closes_on")),
        words=(
            NewWords("title", "Yule", "Ana"),
            NewWords("budget", "£20", ""),
            NewWords("description", "", "12"),
        ),
    ),
    ChoiceMade.kind: ChoiceMade(
        **{name: said for name, said in SEAT.items() if name != "gifts_on"},
        choices=tuple(
            NewChoice(one, is_chosen=is_chosen)
            for one in ("publishes_draw", "names_in_letters")
            for is_chosen in (False, True)
        ),
        slug="slug",
    ),
    InvitedAgain.kind: InvitedAgain(**SEAT, budget="£20", closes_on=date(2026, 12, 10)),
    Invited.kind: Invited(**SEAT, budget="£20", host="Olga"),
    NewLink.kind: NewLink(**SEAT),
    AddressAsked.kind: AddressAsked(**SEAT, host="Olga", is_drawn=True),
    ConfirmAddress.kind: ConfirmAddress(**SEAT),
    AddressMoved.kind: AddressMoved(**GOODBYE),
    YouLeft.kind: YouLeft(**GOODBYE),
    TakenOff.kind: TakenOff(**GOODBYE),
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
    "Europe/London",
    "Script",
    "AA",
    "around £20",
)
OURS = ("Kinkeeper", "English", "Deutsch", "Italiano", "Yule")
DATE = (
    r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|"
    r"Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?|at|AM|PM|GMT|BST|and"
)
"""What Babel writes in the reader's language: days, times, and names in a row."""
ALLOWED = re.compile(
    r"curl -H \"Authorization: Bearer|https?://\S+|[\w.+-]+@[\w.-]+|kk_[\w-]+|/join/\S+|KINKEEPER_\S+|"
    r"make run PORT=\S+ DATA=\S+|KB|MB|"
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
        is_value = tag == "textarea" and "readonly" in found  # to be copied, as that of an input
        if tag in {"script", "style"} or is_value or (tag == "select" and found.get("name") == "zone"):
            self._silent += 1
        self.texts += [value for name, value in attributes if name in READ_ALOUD and value]
        if tag == "input" and found.get("type") in {"submit", "button"}:
            self.texts.append(found.get("value", ""))

    def handle_endtag(self, tag):
        if tag in {"script", "style", "select", "textarea"} and self._silent:
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
    fill_in(client, "/account/tokens", name="Script", days="9", scopes="read:exchanges")
    pages["token"] = client.get("/account")
    pages["missing"] = client.get(f"/exchanges/{MISSING}")
    pages["forbidden"] = client.get("/admin/mailbox")
    look(pages)


def test_pages_of_the_address_book_have_no_raw_sentence(client_of, stage, pretended):
    with stage() as staged:
        ada = keep_house(staged)
        circle_of(staged, ada.person_id).name = "Yule"
        circle = make_circle(staged, "Yule")
        ben, eve, dan = (make_person(staged, name, circle=circle) for name in ("Ben", "Eve", "Dan"))
        ben.birthday, ben.confirmed_at = "1985-04-12", LONG_AGO
        zoe = make_person(staged, "Zoe", circle=circle, email=None)
        double = make_person(staged, "Ben", circle=circle, email=None)
        olga = make_account(staged, "Olga", circle=circle)
        make_grant(staged, staged.get_one(Person, olga.person_id), Role.ORGANISER, Scope.CIRCLE, circle.id)
        staged.add(Guardian(ward_id=zoe.id, guardian_id=ben.id))
        exchange = make_exchange(staged, people=0, organiser=olga, title="Yule")
    client, path = client_of(ada), f"/circles/{circle.id}"
    book, person, new = f"{path}/people", f"/people/{ben.id}", f"{path}/households/new"
    where = [
        "/circles",
        "/circles/new",
        path,
        f"{path}/change",
        f"{path}/end",
        book,
        f"{book}?q=12",
        f"{book}/add",
    ]
    where += [person, f"{person}/change", f"{person}/erase", f"{person}/merge", f"/people/{zoe.id}"]
    where += [
        f"/people/{olga.person_id}",
        f"/people/{zoe.id}/guardians",
        f"/people/{double.id}/merge/{ben.id}",
    ]
    where += [f"/people/{olga.person_id}/merge/{ben.id}", f"{path}/duplicates", f"{path}/households", new]
    where += [
        "/account/profile",
        f"/exchanges/{exchange.id}/people/pick",
        f"/exchanges/{exchange.id}/people/pick?q=12",
    ]
    pages = {one: client.get(one) for one in where}
    fill_in(client, new, name="Oak Road", person_ids=[str(eve.id), str(dan.id)])
    pages["households"] = client.get(f"{path}/households")
    for one in ("/circles/new", f"{path}/end", f"{book}/add", f"{person}/change", f"{person}/erase", new):
        pages[f"{one}, empty"] = fill_in(client, one)
    pages["list, nonsense"] = fill_in(client, f"{book}/add", people="12@\n@")
    pages["half a birthday"] = fill_in(client, f"{person}/change", name="Ben", day="12")
    pages["nobody picked"] = fill_in(client, f"/exchanges/{exchange.id}/people/pick")
    pages["nobody to ask"] = fill_in(
        client, f"/exchanges/{exchange.id}/people/pick", person_ids=[str(double.id)]
    )
    pages["nobody chosen"] = fill_in(client, f"/people/{zoe.id}/guardians")
    pages["not empty"] = fill_in(client, f"{path}/end", typed="Yule")
    look(pages)


def test_pages_of_accounts_have_no_raw_sentence(client_of, stage, pretended):
    with stage() as staged:
        ada = keep_house(staged)
        circle_of(staged, ada.person_id).name = "Yule"
        circle = make_circle(staged, "Yule")
        actors = [make_account(staged, name, circle=circle) for name in ("Ben", "Eve", "Dan", "Zoe")]
        ben, eve, dan, zoe = (staged.get_one(Account, actor.account_id) for actor in actors)
        ben.deactivated_at = eve.deleted_at = LONG_AGO
        dan.password_hash = dan.verified_at = None
        make_grant(staged, staged.get_one(Person, zoe.person_id), Role.OBSERVER)
        paths = [f"/admin/users/{one.id}" for one in (ben, eve, dan, zoe)]
    client = client_of(ada)
    where = ["/admin/users", "/admin/users?q=12", "/admin/users?state=bin", "/admin/users/new"]
    pages = {one: client.get(one) for one in (*where, *paths, f"{paths[0]}/delete")}
    pages["own"] = client.get(f"/admin/users/{ada.account_id}")
    pages["state, nonsense"] = client.get("/admin/users?state=12")
    for one in ("/admin/users/new", f"{paths[0]}/delete"):
        pages[f"{one}, empty"] = fill_in(client, one)
    for path, deed in ((paths[0], "reactivate"), (paths[1], "restore"), (paths[2], "invite")):
        fill_in(client, f"{path}/{deed}")
        pages[deed] = client.get(path)
    pages["not in the bin"] = fill_in(client, f"{paths[3]}/restore")
    look(pages)


@pytest.mark.parametrize("then", list(ExchangeState)[:-1])
def test_pages_of_every_state_have_no_raw_sentence(client_of, stage, session, pretended, then):
    facts = {}
    if then in {ExchangeState.DRAWN, ExchangeState.COMPLETED}:
        facts["drawn_at"] = LONG_AGO
    if then in {ExchangeState.COMPLETED, ExchangeState.CANCELLED}:
        facts["ended_at"] = LONG_AGO
    with stage() as staged:
        keep_house(staged)
        olga = make_account(staged, "Olga")
        make_account(staged, "Ada", circle=circle_of(staged, olga.person_id))
        exchange = make_exchange(staged, people=4, organiser=olga, title="Yule", state=then, **facts)
        for seat in staged.scalars(select(Participant)):
            seat.wishes = "12"
    path = f"/exchanges/{exchange.id}"
    where = ("/", path, f"{path}/change", f"{path}/again", f"{path}/organisers", f"/join/{exchange.slug}")
    where = (*where, f"{path}/letters")
    pages = {one: client_of(olga).get(one) for one in where}
    pages["wrong"] = fill_in(client_of(olga), f"{path}/change", title="", keep_days="1")
    ana = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    client = client_of(guest(session.get_one(Person, ana.person_id)))
    pages["own data"] = client.get("/my/data")
    if then is not ExchangeState.DRAFT:
        pages["seat"] = client.get(f"/my/{ana.id}")
    look(pages)


def test_pages_of_whoever_looks_after_others_have_no_raw_sentence(
    client_of, stage, session, outbox, pretended
):
    with stage() as staged:
        keep_house(staged)
        olga = make_account(staged, "Olga")
        exchange = make_exchange(staged, people=4, organiser=olga, title="Yule", state=ExchangeState.OPEN)
        for seat in staged.scalars(select(Participant)):
            seat.wishes = "12"
    ana = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    ana_id = ana.person_id
    client, keeper = client_of(guest(session.get_one(Person, ana_id))), client_of(olga)
    path, own = f"/exchanges/{exchange.id}", f"/my/{ana.id}"
    pages = {"nobody held": client.get(f"{own}/others"), "empty": fill_in(client, f"{own}/others")}
    fill_in(client, f"{own}/others", name="Eve")
    pages["twice"] = fill_in(client, f"{own}/others", name="Eve")
    put_on_list(olga, exchange.id, "Zoe", ana_id)
    eve, zoe = (
        session.scalars(select(Participant.id).where(Participant.name == name)).one()
        for name in ("Eve", "Zoe")
    )
    carry_letters()
    pages["asked"] = client_of(None).get(path_in(outbox()[-1]))
    for where in (own, f"{own}/others", f"/my/{eve}", f"/my/{zoe}", f"/my/{eve}/release", "/my/data", "/"):
        pages[where] = client.get(where)
    pages["not sure"] = fill_in(client, f"/my/{eve}/release")
    for where in (path, f"{path}/others"):
        pages[where] = keeper.get(where)
    pages["whose"] = fill_in(keeper, f"{path}/others")
    with stage() as staged:
        staged.merge(exchange).state = ExchangeState.CLOSED
    draw_names(SYSTEM, exchange.id)
    pages["held, sealed"], pages["held, too late"] = client.get(f"/my/{eve}"), client.get(f"/my/{zoe}")
    fill_in(client, f"/my/{eve}/match")
    pages["held, opened"] = client.get(f"/my/{eve}")
    pages["in the draw"] = fill_in(client, f"/my/{eve}/release", sure="y")
    erase_oneself(guest(Person(id=ana_id, name="Ana")), ana_id, steps=ERASE_STEPS)
    pages["alone"], pages["care"] = keeper.get(path), keeper.get(f"{path}/others/{eve}")
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
    ben_seat = session.scalars(select(Participant).where(Participant.name == "Ben")).one()
    ben = session.get_one(Person, ben_seat.person_id)
    client = client_of(guest(session.get_one(Person, ana.person_id)))
    pages = {"home": client.get("/"), "before": client.get(f"/my/{ana.id}")}
    wishes = f"/my/{ana.id}/wishes"
    pages["too long"] = fill_in(client, f"{wishes}/words", wishes="1" * 10_001)
    pages["wishes, none"] = client.get(wishes)
    pages["wishes, empty"] = fill_in(client, wishes)
    pages["wishes, nonsense"] = fill_in(client, wishes, text="12", url="javascript:12", priority="love")
    for dear in Priority:
        add_wish(SYSTEM, ana.id, Wanted(text="12", url="https://12.12", priority=dear))
        add_wish(SYSTEM, ben_seat.id, Wanted(text="12", url="https://12.12", priority=dear))
    pages["wishes"] = client.get(wishes)
    wish = session.scalars(select(Wish).where(Wish.participant_id == ana.id)).first()
    pages["wish"] = client.get(f"{wishes}/{wish.id}")
    pages["before, with wishes"] = client.get(f"/my/{ana.id}")
    for stop in Stop:
        pages[f"stop {stop}"] = client.get(f"/stop/{stop_token(stop, ana.id, ana.person_id)}")
        pages[f"stopped {stop}"] = client.post(f"/stop/{stop_token(stop, ana.id, ana.person_id)}")
    pages["nothing to stop"] = client.get("/stop/12")
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
    pages["sealed"] = client.get(f"/my/{ana.id}")
    fill_in(client, f"/my/{ana.id}/match")
    pages["after"] = client.get(f"/my/{ana.id}")
    pages["wish, after"] = client.get(f"{wishes}/{wish.id}")
    pages.update(all_bought_and_changed(client, session, ana.id))
    pages["home, after"] = client.get("/")
    pages["organiser, after"] = keeper.get(f"/exchanges/{exchange.id}")
    changes, reveal = f"/exchanges/{exchange.id}/changes", f"/exchanges/{exchange.id}/reveal"
    for where in ("letters", f"letters/{ben_seat.id}"):
        pages[where] = keeper.get(f"/exchanges/{exchange.id}/{where}")
    pages["sent just now"] = fill_in(keeper, f"/exchanges/{exchange.id}/letters/{ben_seat.id}/again")
    pages["seen"] = fill_in(keeper, reveal, giver=ben_seat.id, reason="12", sure="y")
    for where in (changes, f"{changes}/{ana.id}", f"/exchanges/{exchange.id}/redraw", reveal):
        pages[where] = keeper.get(where)
        pages[f"{where}, empty"] = fill_in(keeper, where)
    pages["left"] = fill_in(keeper, f"{changes}/{ana.id}/leave")
    pages["changes, left"] = keeper.get(changes)
    pages["let in"] = keeper.get(f"{changes}/{ana.id}")
    pages["no longer in"] = client.get(f"/my/{ana.id}")
    fill_in(keeper, f"/exchanges/{exchange.id}/redraw", reason="12", after="2")
    pages["drawn again"] = client_of(guest(ben)).get(f"/my/{ben_seat.id}")
    pages["rules, after"] = keeper.get(f"/exchanges/{exchange.id}/rules")
    look(pages)


@pytest.mark.parametrize("then", list(ExchangeState)[:-1])
def test_pages_about_one_person_have_no_raw_sentence(client_of, stage, session, pretended, then):
    facts = {}
    if then in {ExchangeState.DRAWN, ExchangeState.COMPLETED}:
        facts["drawn_at"] = LONG_AGO
    if then in {ExchangeState.COMPLETED, ExchangeState.CANCELLED}:
        facts["ended_at"] = LONG_AGO
    with stage() as staged:
        keep_house(staged)
        olga = make_account(staged, "Olga")
        exchange = make_exchange(staged, people=3, organiser=olga, title="Yule", state=then, **facts)
        ana, ben, cleo = (staged.query(Participant).filter_by(name=name).one() for name in NAMES[:3])
        ben.confirmed_at = None
        ana.wishes, cleo.withdrawn_at = "12", LONG_AGO
        asked = {"email": "a@example.org", "asked_by": "Olga", "asked_at": LONG_AGO}
        staged.add(NewAddress(participant_id=ana.id, **asked))
    keeper, path = client_of(olga), f"/exchanges/{exchange.id}/people"
    where = [f"{path}/{seat.id}{tail}" for seat in (ana, ben) for tail in ("", "/remove", "/address")]
    pages = {one: keeper.get(one) for one in [f"{path}/add", *where]}
    pages["added, wrong"] = fill_in(keeper, f"{path}/add", people="Ana\nAna, ana@example.org")
    for act in ("resend", "rotate", "address/keep", "address", "remove"):
        pages[act] = fill_in(keeper, f"{path}/{ana.id}/{act}")
    for seat in (ana, cleo):
        own = client_of(guest(session.get_one(Person, seat.person_id)))
        if then is not ExchangeState.DRAFT:
            pages |= {one: own.get(one) for one in (f"/my/{seat.id}", f"/my/{seat.id}/leave")}
        pages[f"{seat.id}, answered"] = fill_in(own, f"/my/{seat.id}/address", answer="yes")
        pages[f"{seat.id}, left"] = fill_in(own, f"/my/{seat.id}/leave", sure="y")
    look(pages)


def test_pages_of_links_to_new_places_have_no_raw_sentence(client_of, stage, session, outbox, pretended):
    with stage() as staged:
        keep_house(staged)
        olga = make_account(staged, "Olga")
        exchange = make_exchange(staged, people=1, organiser=olga, title="Yule")
        staged.query(Participant).one().wishes = "12"
    ana = session.scalars(select(Participant)).one()
    change_address(olga, exchange.id, ana.id, "a@example.org")
    add_people(olga, exchange.id, [Newcomer("Zoe", "zoe@example.org")], language="en")
    carry_letters()
    links = [path_in(one) for one in outbox() if one.kind in {ConfirmAddress.kind, Invited.kind}]
    pages = {f"link {number}": client_of(None).get(link) for number, link in enumerate(links)}
    browser = client_of(guest(session.get_one(Person, ana.person_id)))
    pages["asked"] = browser.get(f"/my/{ana.id}")
    take_back_address(olga, exchange.id, ana.id)
    pages["dead"] = client_of(None).get(links[0])
    look(pages)


def all_bought_and_changed(client, session, giver_id) -> dict[str, object]:
    """What a giver reads of wishes that were bought, changed and taken off, and of a gift that is ready."""
    seats = {seat.id: seat for seat in session.scalars(select(Participant))}
    row = session.scalars(select(Assignment).where(Assignment.giver_id == giver_id)).one()
    receiver_id = queries.receiver_of(seats[giver_id], row)
    ids = [add_wish(SYSTEM, receiver_id, Wanted(text="12")) for _ in range(3)]
    for wish_id in ids[1:]:
        fill_in(client, f"/my/{giver_id}/bought", wish=wish_id, bought="y")
    change_wish(SYSTEM, receiver_id, ids[1], Wanted(text="13"))
    remove_wish(SYSTEM, receiver_id, ids[2])
    fill_in(client, f"/my/{giver_id}/ready", ready="y")
    return {"bought and changed": client.get(f"/my/{giver_id}")}


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
    rendered = letters.render(SAMPLES[kind], LINK, "2345-6789")
    assert raw_words(rendered.subject) == []
    assert raw_words(rendered.text) == []
    assert raw_on(rendered.html) == []


OF_A_WARD = [kind for kind, letter in SAMPLES.items() if hasattr(letter, "ward")]


@pytest.mark.parametrize("kind", OF_A_WARD)
def test_letters_to_a_guardian_name_the_child_and_have_no_raw_sentence(kind, pretended):
    """Each says whose affairs it is about, in its subject and in its text."""
    letter = letters.unpack(kind, {**letters.pack(SAMPLES[kind]), "ward": "Ben"})
    rendered = letters.render(letter, LINK, "2345-6789")
    for part in (rendered.subject, rendered.text, rendered.html):
        assert "Ben" in part
    assert raw_words(rendered.subject) == []
    assert raw_words(rendered.text) == []
    assert raw_on(rendered.html) == []
    assert f"\n\n{LINK}\n" in rendered.text or not letter.link()


@pytest.mark.parametrize("kind", [kind for kind, letter in SAMPLES.items() if "match" in letter.late])
def test_what_letters_say_late_has_no_raw_sentence_and_stays_text(kind, pretended):
    """T-31: names and wishes are somebody else's words."""
    named = letters.render(SAMPLES[kind], LINK, late={"match": Match("Ben", "12\n<b>3</b>")})
    assert "Ben" in named.text
    assert "&lt;b&gt;3" in named.html
    assert "Ben" not in named.subject
    assert raw_words(named.text.replace("<b>", "")) == []
    assert raw_on(named.html.replace("&lt;b&gt;", "").replace("&lt;/b&gt;", "")) == []


def test_titles_that_a_letter_says_late_stay_text_and_out_of_its_subject(pretended):
    """T-31; without one, as once an exchange is forgotten, there is its address."""
    named = letters.render(SAMPLES[HandedOn.kind], None, late={"titles": {UUID(int=7): "Yule <b>12</b>"}})
    assert "Yule" in named.text
    assert "Yule &lt;b&gt;12" in named.html
    assert f"/exchanges/{UUID(int=8)}</a>" in named.html
    assert "Yule" not in named.subject
    assert raw_words(named.text.replace("<b>", "").replace("</b>", "")) == []
    assert raw_on(named.html.replace("&lt;b&gt;", "").replace("&lt;/b&gt;", "")) == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_hostile_names_and_titles_stay_text_in_letters(kind):
    """T-31, T-32: nothing that was typed becomes markup or a header."""
    evil = '<a href="http://evil">x</a>{{ 7*7 }}\r\nBcc: all'
    fields = letters.pack(SAMPLES[kind])
    hostile = {name: evil for name in ("name", "title", "budget", "ward") if name in fields}
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


def said_anew(module):
    """The same module once more, as if this were its first import."""
    spec = importlib.util.spec_from_file_location(module.__name__, module.__file__)
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    return fresh


def all_commands(command):
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from all_commands(below)


def test_the_command_line_s_help_has_no_raw_sentence(pretended, monkeypatch):
    monkeypatch.setattr(sys.modules["kinkeeper.app"], "commands", commands)  # put back at the end
    for name in [name for name in sys.modules if f"{name}.".startswith(f"{commands.__name__}.")]:
        monkeypatch.delitem(sys.modules, name)  # what commands say is read as they are imported
    spoken = said_anew(cli)
    told = list(all_commands(spoken.cli))
    assert len(told) >= 20
    for command in told:
        assert raw_words(command.help or "raw help") == [], command.name
        for option in command.params:
            if isinstance(option, click.Option) and option.name not in {"help", "version"}:
                assert raw_words(option.help or "raw help") == [], (command.name, option.name)
    assert CliRunner().invoke(spoken.cli, ["--help"]).exit_code == 0


def test_problems_are_told_in_the_reader_s_language(pretended):
    for kind in (errors.NotFound, errors.Forbidden, errors.Conflict):
        assert raw_words(kind().text("de")) == []


def test_answers_of_the_api_speak_the_reader_s_language(client_of, stage, pretended):
    with stage() as staged:
        keep_house(staged)
        olga = make_account(staged, "Olga")
        path = f"/api/v1/exchanges/{make_exchange(staged, people=4, organiser=olga).id}"
    client, headers = client_of(None), bearer(olga)
    for one in (path, f"{path}/rules", f"{path}/feasibility", f"{path}/organisers", f"{path}/export"):
        answer = client.get(one, headers=headers)
        assert answer.status_code == 200, one
        assert answer.json["message"]
        assert raw_words(answer.json["message"]) == [], one


def test_no_message_of_the_api_is_left_out_of_the_catalogue():
    """`mark` is what the catalogue is gathered by; a bare string would be said in English for ever."""
    bare, seen = [], 0
    for path in Path(features.__path__[0]).glob("*/api/*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and "answer" in ast.unparse(call.func):
                seen += 1
                values = (*call.args, *(word.value for word in call.keywords if word.arg == "message"))
                bare += [f"{path.name}:{one.lineno}" for one in values if isinstance(one, ast.Constant)]
    assert seen > 20
    assert bare == []


def test_moments_are_written_out_in_each_language(app):
    """With the zone's name where it is not the house's."""
    from kinkeeper.web import language

    moment = datetime(2026, 12, 1, 22, 30, tzinfo=UTC)
    for spoken in words.LANGUAGES:
        with app.test_request_context("/", headers={"Accept-Language": spoken}):
            assert "2026" in language.moment(moment, "Europe/London")
            assert "Pacific/Auckland" in language.moment(moment, "Pacific/Auckland")
            assert "2026" in language.civil(date(2026, 12, 24))
