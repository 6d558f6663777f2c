"""Rules of a draw: pairs, both ways, households; who may set them, and when (SK-65, SK-66)."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import (
    Assignment,
    ExchangeState,
    HouseholdRule,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.organising import (
    AlreadyDrawn,
    BadRule,
    keep_apart,
    keep_household_apart,
    lift_household,
    lift_pair,
)
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_account, make_exchange, make_participant, make_person
from tests.integration.web.support import MISSING, at_once, fill_in, fingerprint, problems_among


@pytest.fixture
def olga(stage, admin):
    with stage() as session:
        return make_account(session, "Olga")


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        return make_exchange(session, people=5, organiser=olga, state=ExchangeState.CLOSED)


@pytest.fixture
def seat(session, exchange):
    """`seat("Ana")` answers her place's id."""
    ids = {one.name: one.id for one in session.scalars(select(Participant))}
    return ids.__getitem__


def pairs(session) -> set:
    return {tuple(row) for row in session.execute(select(PairRule.giver_id, PairRule.receiver_id))}


def households(session) -> list:
    return list(session.scalars(select(HouseholdRule.household_id)))


def test_one_way_is_one_rule_and_both_ways_are_two(olga, exchange, seat, session):
    keep_apart(olga, exchange.id, seat("Ana"), seat("Ben"), both_ways=False)
    assert pairs(session) == {(seat("Ana"), seat("Ben"))}
    keep_apart(olga, exchange.id, seat("Ana"), seat("Ben"), both_ways=True)
    assert pairs(session) == {(seat("Ana"), seat("Ben")), (seat("Ben"), seat("Ana"))}


def test_saying_it_twice_or_at_the_same_moment_changes_nothing(olga, exchange, seat, session):
    results = at_once(
        *(lambda: keep_apart(olga, exchange.id, seat("Ana"), seat("Ben"), both_ways=True) for _ in range(4))
    )
    assert problems_among(results) == []
    assert len(pairs(session)) == 2


def test_nobody_is_kept_apart_from_themselves(olga, exchange, seat, session):
    with pytest.raises(BadRule):
        keep_apart(olga, exchange.id, seat("Ana"), seat("Ana"), both_ways=True)
    with pytest.raises(BadRule):
        keep_household_apart(olga, exchange.id, "Oak Road", [seat("Ana"), seat("Ana")])
    with pytest.raises(BadRule):
        keep_household_apart(olga, exchange.id, "Oak Road", [seat("Ana")])
    with pytest.raises(BadRule):
        keep_household_apart(olga, exchange.id, "Oak Road", [])
    assert (pairs(session), households(session)) == (set(), [])


def test_people_of_another_exchange_are_as_missing_as_nobody(olga, exchange, seat, stage, session):
    """T-39: ids of other people's exchanges cannot be probed."""
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=make_account(staged, "Otto"))
        stranger = make_participant(staged, other, "Stranger").id
    for foreign in (stranger, UUID(MISSING)):
        for act in (
            lambda foreign=foreign: keep_apart(olga, exchange.id, seat("Ana"), foreign, both_ways=False),
            lambda foreign=foreign: keep_apart(olga, exchange.id, foreign, seat("Ana"), both_ways=True),
            lambda foreign=foreign: keep_household_apart(olga, exchange.id, "Oak", [seat("Ana"), foreign]),
        ):
            with pytest.raises(NotFound):
                act()
    assert (pairs(session), households(session)) == (set(), [])


def test_only_the_organiser_sets_rules_and_others_learn_nothing(stage, exchange, seat, session):
    """T-39: a participant, a stranger and nobody get the same answer as for an exchange that is not there."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = guest(make_person(staged, "Anabel"))
    before = fingerprint(session)
    for actor in (stranger, ana, ANONYMOUS):
        for exchange_id in (exchange.id, UUID(MISSING)):
            for act in (
                lambda a=actor, e=exchange_id: keep_apart(a, e, seat("Ana"), seat("Ben"), both_ways=True),
                lambda a=actor, e=exchange_id: keep_household_apart(a, e, "O", [seat("Ana"), seat("Ben")]),
                lambda a=actor, e=exchange_id: lift_pair(a, e, seat("Ana"), seat("Ben")),
                lambda a=actor, e=exchange_id: lift_household(a, e, UUID(MISSING)),
            ):
                with pytest.raises(NotFound):
                    act()
    assert fingerprint(session) == before


def test_after_the_draw_rules_are_settled(olga, exchange, seat, session):
    """SK-35: a rule that comes too late would be a lie."""
    keep_apart(olga, exchange.id, seat("Ana"), seat("Ben"), both_ways=True)
    draw_names(olga, exchange.id)
    before = fingerprint(session)
    for act in (
        lambda: keep_apart(olga, exchange.id, seat("Cleo"), seat("Ben"), both_ways=True),
        lambda: keep_household_apart(olga, exchange.id, "Oak", [seat("Ana"), seat("Ben")]),
        lambda: lift_pair(olga, exchange.id, seat("Ana"), seat("Ben")),
        lambda: lift_household(olga, exchange.id, UUID(MISSING)),
    ):
        with pytest.raises(AlreadyDrawn):
            act()
    assert fingerprint(session) == before


def test_lifting_takes_one_way_back_and_lifting_again_is_no_error(olga, exchange, seat, session):
    keep_apart(olga, exchange.id, seat("Ana"), seat("Ben"), both_ways=True)
    for _ in range(2):
        lift_pair(olga, exchange.id, seat("Ana"), seat("Ben"))
        assert pairs(session) == {(seat("Ben"), seat("Ana"))}


def test_a_household_is_lifted_and_its_people_still_live_together(olga, exchange, seat, session):
    keep_household_apart(olga, exchange.id, "Oak Road", [seat("Ana"), seat("Ben")])
    (household_id,) = households(session)
    lift_household(olga, exchange.id, household_id)
    assert households(session) == []
    seats = queries.all_seats(session, exchange.id)
    from kinkeeper.features.accounts.queries import households_among

    assert list(households_among(session, [one.person_id for one in seats])) == [household_id]


def test_rules_hold_in_every_draw(stage, olga, session):
    """SK-69: with one way left, it is the one that is drawn, in both kinds of rule."""
    with stage() as staged:
        exchange = make_exchange(staged, people=4, organiser=olga, state=ExchangeState.CLOSED)
    ids = {one.name: one for one in session.scalars(select(Participant))}
    keep_household_apart(olga, exchange.id, "Oak Road", [ids["Ana"].id, ids["Ben"].id])
    keep_household_apart(olga, exchange.id, "Elm Road", [ids["Cleo"].id, ids["Dan"].id])
    keep_apart(olga, exchange.id, ids["Ana"].id, ids["Dan"].id, both_ways=True)
    draw_names(olga, exchange.id)
    by_id = {one.id: one for one in ids.values()}
    drawn = {
        by_id[row.giver_id].name: by_id[
            sealing.unseal(row.draw_id, row.giver_id, by_id[row.giver_id].salt, row.receiver_sealed)
        ].name
        for row in session.scalars(select(Assignment))
    }
    assert drawn == {"Ana": "Cleo", "Cleo": "Ana", "Ben": "Dan", "Dan": "Ben"} or (
        drawn["Ana"] == "Cleo" and drawn["Dan"] == "Ben"
    )


def test_the_page_shows_rules_in_names_and_says_who_is_stuck(client_of, olga, exchange, seat, session):
    """SK-72, SK-75: before the draw, not only after it failed."""
    client = client_of(olga)
    path = f"/exchanges/{exchange.id}/rules"
    assert client.get(path).status_code == 200
    for other in ("Ben", "Cleo", "Dan", "Eve"):
        answer = fill_in(client, f"{path}/pairs", giver=seat("Ana"), receiver=seat(other))
        assert (answer.status_code, answer.location) == (303, path)
    page = client.get(path).text
    assert "Ana may give to nobody" in page
    lifted = fill_in(client, f"{path}/pairs/{seat('Ana')}/{seat('Eve')}/lift")
    assert (lifted.status_code, lifted.location) == (303, path)
    assert "may give to nobody" not in client.get(path).text


def test_a_household_is_ruled_out_and_lifted_on_the_page(client_of, olga, exchange, seat, session):
    client, path = client_of(olga), f"/exchanges/{exchange.id}/rules"
    members = [str(seat("Ana")), str(seat("Ben"))]
    answer = fill_in(client, f"{path}/households", name="Yew Lane", members=members)
    assert (answer.status_code, answer.location) == (303, path)
    assert "Yew Lane" in client.get(path).text
    (household_id,) = households(session)
    assert fill_in(client, f"{path}/households/{household_id}/lift").status_code == 303
    assert "Yew Lane" not in client.get(path).text


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("pairs", {}),
        ("pairs", {"giver": "nonsense", "receiver": "nonsense"}),
        ("pairs", {"giver": MISSING, "receiver": MISSING}),
        ("pairs", {"giver": "Ana", "receiver": "Ana"}),
        ("households", {}),
        ("households", {"name": "", "members": ["Ana", "Ben"]}),
        ("households", {"name": "http://evil.com", "members": ["Ana", "Ben"]}),
        ("households", {"name": "Oak", "members": ["Ana"]}),
        ("households", {"name": "Oak", "members": [MISSING, "Ana"]}),
        ("households", {"name": "Oak", "members": ["x", "y"]}),
    ],
)
def test_what_cannot_be_meant_comes_back_in_the_form(client_of, olga, exchange, seat, session, kind, fields):
    def meant(value):
        if isinstance(value, list):
            return [meant(one) for one in value]
        return str(seat(value)) if value in {"Ana", "Ben"} else value

    sent = {name: meant(value) for name, value in fields.items()}
    page = fill_in(client_of(olga), f"/exchanges/{exchange.id}/rules/{kind}", **sent)
    assert page.status_code == 422
    assert (pairs(session), households(session)) == (set(), [])


def test_the_audit_names_no_pair(olga, exchange, seat, session):
    """Rules are about people's lives; the trail keeps counts."""
    keep_apart(olga, exchange.id, seat("Ana"), seat("Ben"), both_ways=True)
    keep_household_apart(olga, exchange.id, "Oak Road", [seat("Ana"), seat("Ben")])
    trail = str(session.scalars(select(AuditEntry.details)).all())
    assert str(seat("Ana")) not in trail
    assert "Oak Road" not in trail


def test_the_rules_of_many_people_take_few_statements(stage, olga, client_of, queries_at_most, session):
    with stage() as staged:
        exchange = make_exchange(staged, people=40, organiser=olga, state=ExchangeState.CLOSED)
    seats = list(session.scalars(select(Participant.id).where(Participant.exchange_id == exchange.id)))
    for first, second in zip(seats[::2], seats[1::2], strict=True):
        keep_apart(SYSTEM, exchange.id, first, second, both_ways=True)
    keep_household_apart(SYSTEM, exchange.id, "Oak Road", seats[:6])
    client = client_of(olga)
    with queries_at_most(12):
        assert client.get(f"/exchanges/{exchange.id}/rules").status_code == 200
