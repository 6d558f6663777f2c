"""Joining by the share link: new people, known people, latecomers, and too many."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from markupsafe import escape
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.rules import BadAddress, BadName
from kinkeeper.features.exchanges.models import ExchangeState, Participant
from kinkeeper.features.exchanges.service import joining
from kinkeeper.features.exchanges.service.joining import (
    ExchangeFull,
    Joining,
    RegistrationClosed,
    WishesTooLong,
    join,
)
from kinkeeper.kernel import lines
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound, TooMany
from tests.factories import make_exchange, make_participant
from tests.integration.web.support import at_once, fill_in, fingerprint, problems_among, visible_text

FORM = {"name": "Zoe", "email": "zoe@example.org", "wishes": "a kite"}
HERE = "192.0.2.1"


@pytest.fixture
def exchange(stage, admin):
    with stage() as session:
        return make_exchange(session, people=3)


def enter_name(exchange, name="Zoe", email="zoe@example.org", wishes="a kite", address=HERE):
    wanted = Joining(name=name, email=email, wishes=wishes, language="en")
    join(ANONYMOUS, exchange.slug, wanted, address=address)


def seats(session) -> list[str]:
    return sorted(session.scalars(select(Participant.name)))


def test_somebody_new_takes_a_place_and_gets_a_letter(client_of, exchange, session, outbox):
    """SK-9, SK-37, SK-38, SK-42: the place counts once the link is followed."""
    client = client_of(None)
    assert client.get(f"/join/{exchange.slug}").status_code == 200
    answer = fill_in(client, f"/join/{exchange.slug}", **FORM)
    assert (answer.status_code, answer.location) == (303, f"/join/{exchange.slug}/sent")
    assert client.get(answer.location).status_code == 200
    zoe = session.scalars(select(Participant).where(Participant.name == "Zoe")).one()
    assert (zoe.wishes, zoe.confirmed_at) == ("a kite", None)
    assert [(letter.kind, letter.to) for letter in outbox()] == [
        ("exchanges.confirm_joining", "zoe@example.org")
    ]
    assert "a kite" not in str(outbox()[0].fields)


def test_joining_signs_nobody_in(client_of, exchange):
    """A-55: only the link from the mailbox does."""
    client = client_of(None)
    fill_in(client, f"/join/{exchange.slug}", **FORM)
    assert client.get_cookie("kk_guest", domain="kinkeeper.test") is None


def test_an_address_that_is_in_already_gets_the_same_answer(client_of, exchange, session, outbox):
    """SK-40, T-8: the page tells no stranger who is in; the letter tells its owner."""
    answers = []
    for email in ("new@example.org", "ana@example.org"):
        client = client_of(None)
        answer = fill_in(client, f"/join/{exchange.slug}", **{**FORM, "email": email})
        page = client.get(answer.location)
        answers.append((answer.status_code, answer.location, visible_text(page.text)))
    assert answers[0] == answers[1]
    kinds = {letter.to: letter.kind for letter in outbox()}
    assert kinds == {
        "new@example.org": "exchanges.confirm_joining",
        "ana@example.org": "exchanges.way_in",
    }


def test_a_stranger_who_types_a_known_address_changes_nothing_of_theirs(exchange, session):
    """Neither their name nor their wishes."""
    enter_name(exchange, name="Mallory", email="ana@example.org", wishes="coal")
    ana = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    assert ana.wishes == "Ana would like a book"
    assert seats(session) == ["Ana", "Ben", "Cleo"]
    assert "Mallory" not in session.scalars(select(Person.name)).all()


def test_the_address_counts_in_lower_case(exchange, session):
    """SK-18: one person, however they write it."""
    enter_name(exchange, email="Zoe@Example.org")
    enter_name(exchange, email="ZOE@EXAMPLE.ORG")
    assert seats(session).count("Zoe") == 1
    assert "zoe@example.org" in session.scalars(select(Person.email)).all()


def test_joining_twice_at_the_same_moment_takes_one_place(exchange, session):
    results = at_once(*(lambda n=n: enter_name(exchange, address=f"192.0.2.{n}") for n in range(3)))
    assert problems_among(results) == []
    assert seats(session).count("Zoe") == 1


def test_the_last_place_is_taken_once(stage, admin, session):
    """SK-34, A-19: eight want it at the same moment."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, most_people=4)
    results = at_once(
        *(
            lambda n=n: enter_name(exchange, f"P{'x' * n}", f"p{n}@example.org", address=f"192.0.2.{n}")
            for n in range(8)
        )
    )
    assert problems_among(results) == ["ExchangeFull"] * 7
    assert len(seats(session)) == 4


def test_full_is_said_to_new_and_known_alike(client_of, stage, admin):
    """T-8: "full" must not tell who is in."""
    with stage() as session:
        exchange = make_exchange(session, people=3, most_people=3)
    answers = []
    for email in ("new@example.org", "ana@example.org"):
        page = fill_in(client_of(None), f"/join/{exchange.slug}", **{**FORM, "email": email})
        assert page.status_code == 409
        answers.append(visible_text(page.text).replace("ana@", "new@"))
    assert "All places are taken" in answers[0]
    assert answers[0] == answers[1]
    with pytest.raises(ExchangeFull):
        enter_name(exchange)


@pytest.mark.parametrize("state", [ExchangeState.CLOSED, ExchangeState.DRAWN])
def test_a_closed_exchange_takes_nobody_and_offers_a_way_in(client_of, stage, admin, session, state):
    """SK-39: a person who is in is not left at the door."""
    with stage() as staged:
        drawn_at = datetime(2026, 11, 30, tzinfo=UTC) if state is ExchangeState.DRAWN else None
        exchange = make_exchange(staged, people=3, state=state, drawn_at=drawn_at)
    with pytest.raises(RegistrationClosed):
        enter_name(exchange)
    client = client_of(None)
    page = client.get(f"/join/{exchange.slug}")
    assert page.status_code == 200
    assert f"/join/{exchange.slug}/again" in page.text
    refused = fill_in(client, f"/join/{exchange.slug}", **FORM)
    assert refused.status_code == 409
    assert f"/join/{exchange.slug}/again" in refused.text
    assert seats(session) == ["Ana", "Ben", "Cleo"]


@pytest.mark.parametrize(
    ("zone", "last_moment"),
    [
        ("Europe/London", datetime(2026, 12, 10, 23, 59, 59, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 12, 10, 10, 59, 59, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2026, 12, 11, 9, 59, 59, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 12, 10, 18, 14, 59, tzinfo=UTC)),
    ],
)
def test_the_last_day_ends_at_midnight_where_the_exchange_is(stage, admin, now, zone, last_moment):
    """SK-30, T-62."""
    with stage() as session:
        exchange = make_exchange(session, people=0, zone=zone, closes_on=date(2026, 12, 10))
    now.moment = last_moment
    enter_name(exchange)
    now.advance(seconds=1)
    with pytest.raises(RegistrationClosed):
        enter_name(exchange, email="late@example.org")


def test_the_day_on_which_clocks_change_ends_at_its_own_midnight(stage, admin, now):
    """T-62: 25 October 2026 has 25 hours in London."""
    now.moment = datetime(2026, 10, 1, tzinfo=UTC)
    with stage() as session:
        exchange = make_exchange(session, people=0, closes_on=date(2026, 10, 25))
    now.moment = datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC)
    enter_name(exchange)
    now.advance(seconds=1)
    with pytest.raises(RegistrationClosed):
        enter_name(exchange, email="late@example.org")


@pytest.mark.parametrize("slug", ["nosuchslug12", "%00", "x" * 500, "'%20OR%201=1--", "%25", "..%2f..", "ÿ"])
def test_an_unknown_link_is_not_found(client_of, exchange, slug, session):
    before = fingerprint(session)
    client = client_of(None)
    for path in (f"/join/{slug}", f"/join/{slug}/sent", f"/join/{slug}/again"):
        assert client.get(path).status_code == 404
    assert fill_in(client, f"/join/{slug}", **FORM).status_code == 404
    assert fingerprint(session) == before


def test_the_link_is_told_apart_by_capitals(client_of, exchange):
    """A slug is a secret, not a name."""
    assert client_of(None).get(f"/join/{exchange.slug.upper()}").status_code == 404


def test_an_unknown_link_is_not_found_by_the_verb(exchange):
    with pytest.raises(NotFound):
        join(
            ANONYMOUS,
            "nosuchslug12",
            Joining(name="Zoe", email="z@example.org", wishes="", language="en"),
            address=HERE,
        )


def test_wishes_that_are_too_long_come_back_whole(client_of, exchange, session):
    """SK-38: nobody types ten thousand characters twice."""
    wishes = "kite " * 2001
    page = fill_in(client_of(None), f"/join/{exchange.slug}", **{**FORM, "wishes": wishes})
    assert page.status_code == 422
    assert wishes.strip() in page.text
    assert "10000 characters" in page.text
    with pytest.raises(WishesTooLong, match="10001"):
        enter_name(exchange, wishes="x" * 10_001)
    assert "Zoe" not in seats(session)


def test_ten_thousand_characters_are_fine_however_lines_are_ended(exchange, session):
    """A browser sends two characters for one line break."""
    enter_name(exchange, wishes="x\r\n" * 5_000)
    zoe = session.scalars(select(Participant).where(Participant.name == "Zoe")).one()
    assert zoe.wishes.count("\n") == 4_999
    assert "\r" not in zoe.wishes


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"name": "Visit http://evil.example"},
        {"name": "see evil.com"},
        {"email": ""},
        {"email": "nonsense"},
        {"email": "a@example.org, b@example.org"},
        {"email": "a@example.org\r\nBcc: b@example.org"},
    ],
)
def test_what_cannot_be_meant_is_said_in_the_form(client_of, exchange, session, outbox, fields):
    """T-31, T-32."""
    page = fill_in(client_of(None), f"/join/{exchange.slug}", **{**FORM, **fields})
    assert page.status_code == 422
    assert "a kite" in page.text
    assert seats(session) == ["Ana", "Ben", "Cleo"]
    assert outbox() == []


def test_the_verb_refuses_what_no_form_would_send(exchange):
    with pytest.raises(BadName):
        enter_name(exchange, name="\x07")
    with pytest.raises(BadAddress):
        enter_name(exchange, email="a@b@c")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_hostile_wishes_stay_text(client_of, exchange, session, text):
    """T-23, A-1, A-11: on the page that comes back, and on the page that shows them."""
    page = fill_in(client_of(None), f"/join/{exchange.slug}", **{**FORM, "email": "x", "wishes": text})
    assert str(escape(text)) in page.text
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    enter_name(exchange, wishes=text)
    assert text in session.scalars(select(Participant.wishes)).all()


def test_one_mailbox_gets_three_letters_in_a_quarter_of_an_hour(exchange, now):
    """T-9: tags and dots do not help."""
    for number in range(3):
        enter_name(exchange, email=f"z.oe+{number}@example.org", address=f"192.0.2.{number}")
    with pytest.raises(TooMany):
        enter_name(exchange, email="zoe@example.org", address="192.0.2.9")
    now.advance(minutes=15)
    enter_name(exchange, email="zoe@example.org", address="192.0.2.9")


def test_one_machine_joins_thirty_times_an_hour_and_then_waits(client_of, exchange):
    """SK-41 widened to a kitchen table; the page says when to come back."""
    for number in range(30):
        enter_name(exchange, email=f"a{number}@example.org", address="127.0.0.1")
    answer = fill_in(client_of(None), f"/join/{exchange.slug}", **FORM)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 3600
    assert "a kite" in answer.text or "too often" in answer.text


def test_a_refused_join_has_cost_its_try(stage, admin, session):
    """Settled point 4: a refusal is remembered."""
    with stage() as staged:
        closed = make_exchange(staged, people=0, state=ExchangeState.CLOSED)
    for _ in range(3):
        with pytest.raises(RegistrationClosed):
            enter_name(closed)
    with pytest.raises(TooMany):
        enter_name(closed)


def test_the_same_person_may_be_in_two_exchanges(stage, admin, session):
    """SK-4: one entry in the address book, two places."""
    with stage() as staged:
        first = make_exchange(staged, people=0)
        second = make_exchange(staged, people=0, organiser=_organiser(staged, first))
    enter_name(first)
    enter_name(second)
    assert seats(session) == ["Zoe", "Zoe"]
    assert session.scalar(select(func.count()).where(Person.email == "zoe@example.org")) == 1


def test_joining_takes_few_statements_however_many_are_in(stage, admin, queries_at_most):
    with stage() as session:
        exchange = make_exchange(session, people=30)
    with queries_at_most(16):
        enter_name(exchange)


def test_the_join_page_takes_few_statements(client_of, stage, admin, queries_at_most):
    with stage() as session:
        exchange = make_exchange(session, people=30)
    client = client_of(None)
    client.get(f"/join/{exchange.slug}")
    with queries_at_most(4):
        client.get(f"/join/{exchange.slug}")


def test_the_join_page_names_nobody_who_is_in(client_of, stage, admin):
    """SK-44 is for participants; the share link travels far."""
    with stage() as session:
        exchange = make_exchange(session, people=0)
        make_participant(session, exchange, "Quentin")
    page = client_of(None).get(f"/join/{exchange.slug}").text
    assert "Quentin" not in page
    assert "quentin@example.org" not in page


def test_a_budget_is_kept_over_both_forms(exchange):
    """`again` and `join` write to the same mailbox, so they share its budget."""
    for _ in range(3):
        joining.ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE)
    with pytest.raises(TooMany):
        enter_name(exchange, email="ana@example.org")


def _organiser(staged, exchange):
    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.actor import Actor

    account = staged.scalars(
        select(Account).where(Account.person_id == exchange.organisers[0].person_id)
    ).one()
    return Actor(name="Olga", account_id=account.id, person_id=account.person_id)


def test_everything_that_is_wrong_is_told_at_once(client_of, exchange, session):
    """Nobody mends a form field by field."""
    wrong = {"name": "win.com", "email": "no address", "wishes": "kite " * 2001}
    before = fingerprint(session)
    page = fill_in(client_of(None), f"/join/{exchange.slug}", **wrong)
    assert page.status_code == 422
    for field in ("name", "email", "wishes"):
        assert f'id="{field}-error"' in page.text
    assert fingerprint(session) == before


@pytest.mark.parametrize("field", ["name", "email", "wishes"])
def test_a_heap_of_marks_is_refused_before_anything_sorts_it(
    client_of, exchange, session, monkeypatch, field
):
    """T-43, A-6, A-39: one anonymous form kept the whole house busy for a minute."""
    asked: list[str] = []
    monkeypatch.setattr(lines.unicodedata, "normalize", lambda form, text: asked.append(text) or text)
    before = fingerprint(session)
    answer = fill_in(
        client_of(None), f"/join/{exchange.slug}", **FORM | {field: "a" + "\u0301\u0323" * 60_000}
    )
    assert answer.status_code == 422
    assert max(map(len, asked), default=0) <= lines.MOST_READ
    session.rollback()
    assert fingerprint(session) == before
