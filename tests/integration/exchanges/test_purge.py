"""The end of keeping: 30 days after its end nothing personal is left of an exchange (SK-98, G17)."""

from __future__ import annotations

import threading
import time
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from kinkeeper.app.features import ERASE_STEPS, STEPS
from kinkeeper.app.tables import METADATA
from kinkeeper.features.accounts import queries as people_queries
from kinkeeper.features.accounts.models import Circle, Guardian, Household, HouseholdMember, Person
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.jobs import complete_in_time, purge_in_time, remind_in_time, tell_of_wishes
from kinkeeper.features.exchanges.models import Assignment, Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.queries import sweeps
from kinkeeper.features.exchanges.service import belongings, purging
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.joining import Joining, ask_for_way_in, enter, join
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.planning import Plan, begin_exchange
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.ruling import keep_apart, keep_household_apart
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish, write_wishes
from kinkeeper.kernel import db
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.links import Link
from kinkeeper.platform.mail.outbox import OutboxLetter
from tests.architecture.test_words import SAMPLES
from tests.conftest import SERVER
from tests.factories import make_account, make_exchange, make_participant, make_person
from tests.integration.web.support import (
    at_once,
    carry_letters,
    fingerprint,
    problems_among,
    secret_in,
)

PEOPLE = ("Quillonia", "Brambertus", "Zephyrella", "Oddvarine")
PERSONAL = (
    *PEOPLE,
    *(f"{name.lower()}@hush" for name in PEOPLE),
    "a velvet trombone",
    "a quilted hovercraft",
    "hovercraft.hush.example",
    "Wintermoot Gathering",
    "in the old boathouse",
    "nine shiny farthings",
    "Thistledown Cottage",
    "Perlimpina",
)
"""What stands nowhere but in this season."""


@pytest.fixture
def season(stage, olga, outbox):
    """A whole one: people join, confirm, ask for links; a guardian holds a hat; the names are drawn."""
    plan = Plan(
        title="Wintermoot Gathering",
        description="in the old boathouse",
        budget="nine shiny farthings",
        closes_on=date(2026, 12, 10),
        gifts_on=date(2026, 12, 24),
        zone="Europe/London",
    )
    exchange_id = begin_exchange(olga, plan)
    slug = queries.exchange_of(read_session(), olga, exchange_id).slug
    for place, name in enumerate(PEOPLE):
        email = f"{name.lower()}@hush.example.org"
        wanted = Joining(name=name, email=email, wishes="a velvet trombone", language="en")
        join(ANONYMOUS, slug, wanted, address=f"192.0.2.{place}")
    carry_letters()
    for letter in outbox():
        enter(ANONYMOUS, "confirm", secret_in(letter), address="192.0.2.9", lease=LEASE)
    with stage() as session:
        _hold_hat(session, exchange_id)
    seats = queries.all_seats(read_session(), exchange_id)
    keep_household_apart(olga, exchange_id, "Thistledown Cottage", [seats[0].id, seats[1].id])
    keep_apart(olga, exchange_id, seats[2].id, seats[3].id, both_ways=False)
    for seat in seats:
        add_wish(SYSTEM, seat.id, Wanted(text="a quilted hovercraft", url="https://hovercraft.hush.example"))
    close_exchange(olga, exchange_id)
    draw_names(olga, exchange_id)
    for seat in seats:
        open_match(SYSTEM, seat.id)
        write_wishes(SYSTEM, seat.id, "a velvet trombone, and its case")
    drop_out(olga, exchange_id, seats[3].id)
    ask_for_way_in(ANONYMOUS, slug, "quillonia@hush.example.org", address="192.0.2.1")
    return exchange_id


LEASE = Lease(timedelta(days=14), timedelta(days=90))


def _hold_hat(session, exchange_id):
    """Perlimpina has no address; Quillonia looks after her."""
    exchange = session.get_one(Exchange, exchange_id)
    seat = make_participant(session, exchange, "Perlimpina", wishes="a velvet trombone")
    ward = session.get_one(Person, seat.person_id)
    ward.email, ward.circle_id = None, exchange.circle_id
    guardian = session.query(Person).filter_by(name="Quillonia").one()
    session.add(Guardian(ward_id=ward.id, guardian_id=guardian.id))


def everything_in_tables(session) -> str:
    return "\n".join(
        repr(tuple(row)) for table in METADATA.sorted_tables for row in session.execute(select(table))
    )


def everything_in_files(folder) -> bytes:
    db.empty_log()
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_personal_stays_anywhere(olga, season, session, engine, tmp_path, now, capfd):
    """A-65, G17: every table, and on SQLite every byte of every file; the control is the day before."""
    is_file = engine.dialect.name == "sqlite"
    now.advance(days=16)
    remind_in_time.run(SYSTEM)
    now.advance(hours=9)
    tell_of_wishes.run(SYSTEM)
    now.advance(days=8, hours=-9)
    complete_in_time.run(SYSTEM)
    now.advance(days=30)
    purge_in_time.run(SYSTEM)
    there = everything_in_tables(session)
    session.commit()
    assert [text for text in PERSONAL if text not in there] == []
    if is_file:
        assert [text for text in PERSONAL if text.encode() not in everything_in_files(tmp_path)] == []
    now.advance(days=1)
    purge_in_time.run(SYSTEM)
    there = everything_in_tables(session)
    session.commit()
    assert [text for text in PERSONAL if text in there] == []
    assert "Olga" in there
    if is_file:
        (log,) = tmp_path.glob("*-wal")
        assert log.stat().st_size == 0
        left = everything_in_files(tmp_path)
        assert [text for text in PERSONAL if text.encode() in left] == []
    said = "".join(capfd.readouterr())
    assert [text for text in PERSONAL if text in said] == []


def test_what_is_purged_is_gone_for_everybody(client_of, olga, season, session, now):
    now.advance(days=24)
    complete_in_time.run(SYSTEM)
    now.advance(days=31)
    purge_in_time.run(SYSTEM)
    row = session.get_one(Exchange, season)
    assert (row.state, row.title) == (ExchangeState.PURGED, "")
    for table in (Participant, Assignment, Link, OutboxLetter, Household):
        assert session.scalar(select(func.count()).select_from(table)) == 0, table
    assert client_of(olga).get(f"/exchanges/{season}").status_code == 404


def test_how_long_it_is_kept_is_the_organiser_s_choice(stage, olga, session, now):
    """7 to 365 days, counted in the exchange's zone."""
    ended = now()
    with stage() as staged:
        rows = [
            make_exchange(
                staged,
                people=0,
                organiser=olga,
                state=ExchangeState.CANCELLED,
                ended_at=ended,
                keep_days=days,
            )
            for days in (7, 30, 365)
        ]
    for days, gone in ((7, 0), (1, 1), (22, 1), (1, 2), (334, 2), (1, 3)):
        now.advance(days=days)
        purge_in_time.run(SYSTEM)
        states = [session.get_one(Exchange, row.id, populate_existing=True).state for row in rows]
        assert states.count(ExchangeState.PURGED) == gone, now()


def test_the_sweep_reads_only_what_may_be_due(stage, olga, session, now, monkeypatch):
    """Neither what ended this week, nor what waits to be given, nor what was purged years ago."""
    ended = {"state": ExchangeState.CANCELLED, "ended_at": now() - timedelta(days=20)}
    with stage() as staged:
        due = [
            make_exchange(staged, people=0, organiser=olga, keep_days=7, **ended).id,
            make_exchange(staged, people=0, organiser=olga, keep_days=30, **ended).id,
        ]
        for facts in (
            {**ended, "ended_at": now() - timedelta(days=3)},
            {**ended, "state": ExchangeState.PURGED},
            {"state": ExchangeState.OPEN},
        ):
            make_exchange(staged, people=0, organiser=olga, keep_days=7, **facts)
    asked = []
    monkeypatch.setattr(sweeps, "is_to_be_purged", lambda one, _now: asked.append(one.id) or True)
    assert sorted(queries.to_be_purged(session, now())) == sorted(asked) == sorted(due)


def test_what_was_completed_is_kept_from_the_day_of_its_gifts_at_least(stage, olga, session, now):
    """Also where an earlier version let organisers say weeks before it that it was over."""
    early = {"state": ExchangeState.COMPLETED, "drawn_at": now(), "ended_at": now(), "keep_days": 7}
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, **early)
    now.advance(days=23 + 7)
    purge_in_time.run(SYSTEM)
    assert session.get_one(Exchange, exchange.id).state is ExchangeState.COMPLETED
    now.advance(days=1)
    purge_in_time.run(SYSTEM)
    row = session.get_one(Exchange, exchange.id, populate_existing=True)
    assert row.state is ExchangeState.PURGED


@pytest.mark.parametrize("then", [ExchangeState.DRAFT, ExchangeState.OPEN, ExchangeState.CLOSED])
def test_what_was_never_drawn_is_kept_from_the_day_of_its_gifts(stage, olga, session, now, then):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, state=then)
    now.advance(days=23 + 30)
    purge_in_time.run(SYSTEM)
    assert session.get_one(Exchange, exchange.id).state is then
    now.advance(days=1)
    purge_in_time.run(SYSTEM)
    row = session.get_one(Exchange, exchange.id, populate_existing=True)
    assert (row.state, row.ended_at) == (ExchangeState.PURGED, now())


def test_people_whom_something_else_holds_stay(stage, olga, session, now):
    """A log-in, a place in an exchange that is still kept, a child who is in one."""
    with stage() as staged:
        gone = make_exchange(staged, people=2, organiser=olga)  # Ana and Ben
        kept = make_exchange(staged, people=0, organiser=olga, gifts_on=date(2027, 12, 24))
        ana = staged.query(Person).filter_by(name="Ana").one()
        child = make_person(staged, "Child", email=None)
        staged.add(Guardian(ward_id=child.id, guardian_id=ana.id))
        for person_id, exchange in ((olga.person_id, gone), (child.id, kept)):
            seat = make_participant(staged, exchange, f"Seat {'of' if exchange is gone else 'for'}")
            seat.person_id = person_id
    now.advance(days=60)
    purge_in_time.run(SYSTEM)
    names = set(session.scalars(select(Person.name)))
    assert {"Ana", "Child", "Olga"} <= names
    assert "Ben" not in names


def test_a_household_of_which_two_stay_stays(stage, olga, session, now):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
        kept = make_exchange(staged, people=0, organiser=olga, gifts_on=date(2027, 12, 24))
        people = staged.scalars(select(Person).join(Participant).order_by(Person.name)).all()
        for name, members in (("Two stay", people), ("One stays", people[1:])):
            home = Household(circle_id=exchange.circle_id, name=name)
            staged.add(home)
            staged.flush()
            staged.add_all(HouseholdMember(household_id=home.id, person_id=one.id) for one in members)
        for person in people[:2]:
            make_participant(staged, kept, f"Again {person.name}").person_id = person.id
    now.advance(days=60)
    purge_in_time.run(SYSTEM)
    assert list(session.scalars(select(Household.name))) == ["Two stay"]


@pytest.fixture
def twice(stage, olga, outbox):
    """Zoraida wants a place in this exchange by two addresses, and has one in another that goes on."""
    with stage() as staged:
        gone = make_exchange(staged, people=0, organiser=olga, title="Wintermoot Gathering")
        kept = make_exchange(staged, people=0, organiser=olga, gifts_on=date(2027, 12, 24))
    for place, (exchange, email) in enumerate(((gone, "z@hush"), (kept, "z@hush"), (gone, "zora@hush"))):
        wanted = Joining(name="Zoraida", email=f"{email}.example.org", wishes="", language="en")
        join(ANONYMOUS, exchange.slug, wanted, address=f"192.0.2.{place}")
    carry_letters()
    return gone


@pytest.mark.parametrize("how", ["taken off", "merged"])
def test_letters_about_places_that_went_before_go_as_well(twice, olga, session, now, outbox, how):
    """Whoever they were to stays, for the sake of another exchange."""
    one, other = queries.all_seats(session, twice.id)
    session.commit()
    if how == "taken off":
        remove_person(olga, twice.id, one.id)
    else:
        merge_people(SYSTEM, other.person_id, one.person_id, steps=STEPS.merge)
    now.advance(days=23 + 31)
    purge_in_time.run(SYSTEM)
    assert [letter.fields["title"] for letter in outbox()] == ["Christmas"]
    assert session.scalars(select(Person).where(Person.name == "Zoraida")).one()


def test_every_letter_is_filed_under_what_it_tells_of():
    """Or the purge would not find it."""
    assert [kind for kind, letter in SAMPLES.items() if "exchanges." in kind and not letter.about_id()] == []


def test_a_mistyped_address_is_forgotten_whomever_a_rule_kept_it_apart_from(stage, olga, session, now):
    """A home that only a rule knows makes nobody known: nothing would ask for them again after the purge."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
        wrong = make_participant(staged, exchange, "Zoraida", confirmed=False).id
    ana, ben, *_ = (seat.id for seat in queries.all_seats(session, exchange.id) if seat.id != wrong)
    session.commit()
    keep_household_apart(olga, exchange.id, "Thistledown Cottage", [ana, ben, wrong])
    keep_household_apart(olga, exchange.id, "Oak Road", [ana, wrong])
    remove_person(olga, exchange.id, wrong)
    assert "Zoraida" not in session.scalars(select(Person.name)).all()
    left = "one alone is no household, and two who stay are one"
    assert session.scalars(select(Household.name)).all() == ["Thistledown Cottage"], left
    session.commit()
    cancel_exchange(olga, exchange.id)
    now.advance(days=31)
    purge_in_time.run(SYSTEM)
    assert set(session.scalars(select(Person.name))) == {"Ada Admin", "Olga"}


def test_called_off_and_never_seen_again(stage, olga, session, now, outbox):
    """The letters about it go as well, also those that still wait."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
    cancel_exchange(olga, exchange.id)
    assert len(outbox()) == 3
    now.advance(days=31)
    purge_in_time.run(SYSTEM)
    assert outbox() == []


def test_one_that_cannot_be_purged_holds_up_no_other_and_leaves_nothing_in_files(
    stage, olga, session, now, monkeypatch
):
    """G17: what was deleted of the others is in no file either, however long the one resists."""
    with stage() as staged:
        odd, other = (make_exchange(staged, people=0, organiser=olga).id for _ in range(2))
    now.advance(days=60)
    plain, emptied = purging.purge_in_time, []

    def purge(actor, exchange_id):
        if exchange_id == odd:
            raise ZeroDivisionError("a defect")
        plain(actor, exchange_id)

    monkeypatch.setattr(purging, "purge_in_time", purge)
    monkeypatch.setattr(db, "empty_log", lambda: emptied.append(True))
    with pytest.raises(ZeroDivisionError):
        purge_in_time.run(SYSTEM)
    states = [session.get_one(Exchange, one).state for one in (odd, other)]
    assert states == [ExchangeState.OPEN, ExchangeState.PURGED]
    assert emptied == [True]


def test_many_people_are_forgotten_in_as_many_statements_as_few(stage, olga, session, now, queries_at_most):
    """All other writers wait meanwhile."""
    with stage() as staged:
        otto = make_account(staged, "Otto")
        few, many = (make_exchange(staged, people=n, organiser=who) for n, who in ((4, olga), (40, otto)))
    now.advance(days=60)
    said = []
    for exchange in (many, few):
        with queries_at_most(60) as statements:
            purging.purge_in_time(SYSTEM, exchange.id)
        said.append(len(statements))
    assert said[0] == said[1]
    assert set(session.scalars(select(Person.name))) == {"Ada Admin", "Olga", "Otto"}


@pytest.fixture
def looked_after(stage, olga, now):
    """An exchange to be purged, of which Gran, who is not in it, has letters: Child's; answers both ids."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
        child = make_participant(staged, exchange, "Child")
        circle = staged.get_one(Circle, exchange.circle_id)
        gran = make_person(staged, "Gran", circle=circle)
        staged.get_one(Person, child.person_id).email = None
        staged.add(Guardian(ward_id=child.person_id, guardian_id=gran.id))
    cancel_exchange(olga, exchange.id)
    now.advance(days=31)
    return exchange.id, gran.id


def test_a_guardian_who_is_erased_meanwhile_is_not_missed(looked_after, session, monkeypatch):
    """They need not be in the exchange, and so nothing keeps them until they are locked."""
    exchange_id, _ = looked_after
    monkeypatch.setattr(people_queries, "guardians_of", lambda _session, _ids: {new_id()})
    purging.purge_in_time(SYSTEM, exchange_id)
    assert session.get_one(Exchange, exchange_id).state is ExchangeState.PURGED


@pytest.mark.skipif(not SERVER, reason="SQLite lets one in at a time")
def test_a_guardian_is_erased_while_what_their_child_was_in_is_purged(
    looked_after, engine, session, monkeypatch
):
    """No deadlock: who forgets locks people first, and their letters after them."""
    exchange_id, gran_id = looked_after
    forgotten, held = threading.Event(), threading.Event()
    forget, hold = purging._forget_letters, belongings._hold

    def forget_and_let_come(*facts):
        forget(*facts)
        forgotten.set()
        patience = time.monotonic() + 10
        while not (held.is_set() or somebody_waits(engine)) and time.monotonic() < patience:
            held.wait(0.01)

    def hold_and_tell(*facts, **along):
        hold(*facts, **along)
        held.set()

    def erase():
        assert forgotten.wait(10)
        erase_person(SYSTEM, gran_id, steps=ERASE_STEPS)

    monkeypatch.setattr(purging, "_forget_letters", forget_and_let_come)
    monkeypatch.setattr(belongings, "_hold", hold_and_tell)
    results = at_once(lambda: purging.purge_in_time(SYSTEM, exchange_id), erase)
    assert problems_among(results) == ["NotFound"]  # the purge was first, and Gran went with it
    assert session.get_one(Exchange, exchange_id).state is ExchangeState.PURGED


def somebody_waits(engine) -> bool:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"))


def test_of_two_sweeps_at_the_same_moment_one_purges(stage, olga, session, now):
    with stage() as staged:
        make_exchange(staged, people=3, organiser=olga)
    now.advance(days=60)
    results = at_once(*(lambda: purge_in_time.run(SYSTEM) for _ in range(3)))
    assert results == [None] * 3
    purged = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "exchange.purged")
    assert session.scalar(purged) == 1
    before = fingerprint(session)
    session.commit()
    end_reading()
    purge_in_time.run(SYSTEM)
    assert fingerprint(session) == before
