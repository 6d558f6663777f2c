"""Forgetting a person, making two entries one, and handing out what is kept, over all features."""

from __future__ import annotations

import orjson
import pytest
from sqlalchemy import func, select

from kinkeeper.app.features import ERASE_STEPS, EXPORTS, MERGE_STEPS
from kinkeeper.features.accounts.models import Guardian, HouseholdMember, Person, WebSession
from kinkeeper.features.accounts.service import people
from kinkeeper.features.accounts.service.people import HasAccount
from kinkeeper.features.exchanges.models import (
    Assignment,
    Exchange,
    ExchangeState,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.service.belongings import SOMEBODY, BothDrawn, OrganisesExchanges
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.organising import keep_apart
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Conflict, Forbidden, NotFound
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_account, make_circle, make_exchange, make_person
from tests.integration.web.support import MISSING, at_once, fingerprint, problems_among

from uuid import UUID  # isort: skip


def erase(person_id, actor=SYSTEM):
    people.erase_person(actor, person_id, steps=ERASE_STEPS)


def merge(from_id, into_id, actor=SYSTEM):
    people.merge_people(actor, from_id, into_id, steps=MERGE_STEPS)


def seats_by_name(session) -> dict:
    return {seat.name: seat for seat in session.scalars(select(Participant))}


@pytest.fixture
def exchange(stage):
    with stage() as session:
        return make_exchange(session, people=5, state=ExchangeState.CLOSED)


def test_an_erased_person_leaves_every_exchange_that_is_not_drawn(exchange, session):
    ana = seats_by_name(session)["Ana"]
    keep_apart(SYSTEM, exchange.id, ana.id, seats_by_name(session)["Ben"].id, both_ways=True)
    erase(ana.person_id)
    assert "Ana" not in session.scalars(select(Participant.name)).all()
    assert "Ana" not in session.scalars(select(Person.name)).all()
    assert session.scalar(select(func.count()).select_from(PairRule)) == 0


def test_a_drawn_place_stays_without_name_wishes_or_person(exchange, session):
    """Somebody is to give to them, and somebody waits for a present."""
    draw_names(SYSTEM, exchange.id)
    ana = seats_by_name(session)["Ana"]
    seat_id, person_id = ana.id, ana.person_id
    session.expire_all()
    erase(person_id)
    seat = session.get_one(Participant, seat_id, populate_existing=True)
    assert (seat.person_id, seat.name, seat.wishes) == (None, SOMEBODY, "")
    assert session.get(Person, person_id, populate_existing=True) is None
    assert session.scalar(select(func.count()).select_from(Assignment)) == 5


def test_whoever_drew_an_erased_person_sees_that_somebody_left(exchange, session, client_of, admin):
    draw_names(SYSTEM, exchange.id)
    seats = seats_by_name(session)
    pages = {}
    erase(seats["Ana"].person_id)
    for name in ("Ben", "Cleo", "Dan", "Eve"):
        person = session.get_one(Person, seats[name].person_id)
        pages[name] = client_of(guest(person)).get(f"/my/{seats[name].id}")
    assert {page.status_code for page in pages.values()} == {200}
    assert sum("Somebody who left" in page.text for page in pages.values()) == 1
    assert not any("Ana would like a book" in page.text for page in pages.values())


def test_homes_wards_and_sessions_of_an_erased_person_go(exchange, session, stage, client_of):
    ana, ben = (seats_by_name(session)[name] for name in ("Ana", "Ben"))
    client_of(guest(session.get_one(Person, ana.person_id)))
    with transaction(SYSTEM) as work:
        people.house_together(work, exchange.circle_id, "Oak Road", [ana.person_id, ben.person_id])
        people.appoint_guardian(work, ben.person_id, ana.person_id)
    erase(ana.person_id)
    assert session.scalars(select(HouseholdMember.person_id)).all() == [ben.person_id]
    assert session.scalar(select(func.count()).select_from(Guardian)) == 0
    assert session.scalar(select(func.count()).select_from(WebSession)) == 0


def test_an_organiser_is_not_erased_before_handing_over(stage, session):
    with stage() as staged:
        circle = make_circle(staged)
        gran = make_person(staged, "Gran", circle=circle)
        account = make_account(staged, "Olga", circle=circle)
        exchange = make_exchange(staged, organiser=account, people=3)
        staged.get_one(Exchange, exchange.id).organiser_id = gran.id
    before = fingerprint(session)
    with pytest.raises(OrganisesExchanges):
        erase(gran.id)
    assert fingerprint(session) == before


def test_somebody_with_an_account_is_not_erased_or_merged_away(stage, session, exchange):
    with stage() as staged:
        olga = make_account(staged, "Otto", circle=_circle(staged, exchange))
    ana = seats_by_name(session)["Ana"]
    before = fingerprint(session)
    with pytest.raises(HasAccount):
        erase(olga.person_id)
    with pytest.raises(HasAccount):
        merge(olga.person_id, ana.person_id)
    assert fingerprint(session) == before


def test_only_an_administrator_keeps_the_address_book(exchange, session, stage):
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ada = make_account(staged, "Ada", is_admin=True)
    ana, ben = (seats_by_name(session)[name] for name in ("Ana", "Ben"))
    itself = guest(session.get_one(Person, ana.person_id))
    before = fingerprint(session)
    for actor in (ANONYMOUS, stranger, itself):
        with pytest.raises((Forbidden, NotFound)):
            erase(ana.person_id, actor)
        with pytest.raises((Forbidden, NotFound)):
            merge(ana.person_id, ben.person_id, actor)
    assert fingerprint(session) == before
    erase(ana.person_id, ada)
    assert "person.erased" in session.scalars(select(AuditEntry.action)).all()


def test_nobody_is_erased_or_merged_who_is_not_there(exchange, session):
    ana = seats_by_name(session)["Ana"]
    before = fingerprint(session)
    for act in (
        lambda: erase(UUID(MISSING)),
        lambda: merge(UUID(MISSING), ana.person_id),
        lambda: merge(ana.person_id, UUID(MISSING)),
    ):
        with pytest.raises(NotFound):
            act()
    assert fingerprint(session) == before


def test_erasing_twice_is_not_found(exchange, session):
    person_id = seats_by_name(session)["Ana"].person_id
    erase(person_id)
    with pytest.raises(NotFound):
        erase(person_id)


def test_a_person_is_not_merged_with_themselves(exchange, session):
    """It would delete their places."""
    ana = seats_by_name(session)["Ana"]
    before = fingerprint(session)
    with pytest.raises(Conflict):
        merge(ana.person_id, ana.person_id)
    assert fingerprint(session) == before


def test_people_of_two_circles_are_not_merged(exchange, session, stage):
    """A-58: a circle's places never come to belong to somebody outside it."""
    with stage() as staged:
        other = make_person(staged, "Ana", circle=make_circle(staged, "The Bergs"))
    before = fingerprint(session)
    with pytest.raises(NotFound):
        merge(other.id, seats_by_name(session)["Ana"].person_id)
    assert fingerprint(session) == before


def test_two_entries_of_one_person_become_one(exchange, session, stage):
    with stage() as staged:
        double = make_person(staged, "Annie", circle=_circle(staged, exchange))
        ward = make_person(staged, "Tim", circle=_circle(staged, exchange), email=None)
    ana = seats_by_name(session)["Ana"]
    with transaction(SYSTEM) as work:
        people.house_together(work, exchange.circle_id, "Oak Road", [ana.person_id, ward.id])
        people.appoint_guardian(work, ward.id, ana.person_id)
    merge(ana.person_id, double.id)
    assert session.get_one(Participant, ana.id, populate_existing=True).person_id == double.id
    assert double.id in session.scalars(select(HouseholdMember.person_id)).all()
    assert session.scalars(select(Guardian.guardian_id)).all() == [double.id]
    assert "Ana" not in session.scalars(select(Person.name)).all()


def test_of_two_places_in_one_exchange_one_is_left_and_its_rules_still_hold(exchange, session):
    """SK-69: an exclusion is not lost by tidying the address book."""
    ana, ben, cleo = (seats_by_name(session)[name] for name in ("Ana", "Ben", "Cleo"))
    keep_apart(SYSTEM, exchange.id, ana.id, cleo.id, both_ways=True)
    keep_apart(SYSTEM, exchange.id, ana.id, ben.id, both_ways=True)
    merge(ana.person_id, ben.person_id)
    assert set(session.scalars(select(Participant.name))) == {"Ben", "Cleo", "Dan", "Eve"}
    rules = {tuple(row) for row in session.execute(select(PairRule.giver_id, PairRule.receiver_id))}
    assert rules == {(ben.id, cleo.id), (cleo.id, ben.id)}


def test_a_place_that_was_confirmed_stays_confirmed(exchange, session, stage):
    """Whichever of the two entries had confirmed."""
    ana, ben = (seats_by_name(session)[name] for name in ("Ana", "Ben"))
    with stage() as staged:
        staged.get_one(Participant, ben.id).confirmed_at = None
    merge(ana.person_id, ben.person_id)
    assert session.get_one(Participant, ben.id, populate_existing=True).confirmed_at is not None


def test_two_entries_that_were_both_drawn_stay_two(exchange, session):
    """Both have givers who count on them."""
    draw_names(SYSTEM, exchange.id)
    ana, ben = (seats_by_name(session)[name] for name in ("Ana", "Ben"))
    before = fingerprint(session)
    with pytest.raises(BothDrawn, match="Christmas"):
        merge(ana.person_id, ben.person_id)
    assert fingerprint(session) == before


@pytest.mark.parametrize("drawn_first", [True, False])
def test_of_a_drawn_and_an_undrawn_place_the_drawn_one_is_kept(exchange, session, stage, drawn_first):
    with stage() as staged:
        seat = staged.scalar(select(Participant).where(Participant.name == "Eve"))
        seat.confirmed_at = None
    draw_names(SYSTEM, exchange.id)
    ana, eve = (seats_by_name(session)[name] for name in ("Ana", "Eve"))
    pair = (ana.person_id, eve.person_id) if drawn_first else (eve.person_id, ana.person_id)
    merge(*pair)
    left = {tuple(row) for row in session.execute(select(Participant.name, Participant.person_id))}
    assert ("Ana", pair[1]) in left
    assert len(left) == 4
    assert session.scalar(select(func.count()).select_from(Assignment)) == 4


def test_merging_two_both_ways_at_the_same_moment_leaves_one(exchange, session):
    """No deadlock, nobody lost."""
    ana, ben = (seats_by_name(session)[name].person_id for name in ("Ana", "Ben"))
    results = at_once(lambda: merge(ana, ben), lambda: merge(ben, ana))
    assert problems_among(results) == ["NotFound"]
    assert len(set(session.scalars(select(Person.id))) & {ana, ben}) == 1


def test_everything_that_is_kept_of_a_person_can_be_handed_out(exchange, session):
    """As JSON can hold it, one part for each feature."""
    draw_names(SYSTEM, exchange.id)
    ana = seats_by_name(session)["Ana"]
    parts = {name: export(session, ana.person_id) for name, export in EXPORTS.items()}
    assert set(parts) == {"accounts", "exchanges"}
    assert orjson.loads(orjson.dumps(parts)) == parts
    assert parts["accounts"]["email"] == "ana@example.org"
    place = parts["exchanges"]["exchanges"][0]
    assert place["exchange"] == "Christmas"
    assert place["wishes"] == "Ana would like a book"
    assert place["gives_to"] in {"Ben", "Cleo", "Dan", "Eve"}


def test_nobody_learns_from_their_own_data_who_gives_to_them(exchange, session):
    """SK-6: of the other participants, only the receiver is named."""
    draw_names(SYSTEM, exchange.id)
    ana = seats_by_name(session)["Ana"]
    text = str({name: export(session, ana.person_id) for name, export in EXPORTS.items()})
    assert sum(name in text for name in ("Ben", "Cleo", "Dan", "Eve")) == 1


def _circle(staged, exchange):
    from kinkeeper.features.accounts.models import Circle

    return staged.get_one(Circle, exchange.circle_id)
