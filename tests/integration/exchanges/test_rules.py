"""Rules of a draw: pairs, both ways, households; who may set them, and when (SK-65, SK-66)."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select, update

from kinkeeper.features.accounts.models import Household, Person
from kinkeeper.features.accounts.service.people import house_together
from kinkeeper.features.exchanges import queries, rules
from kinkeeper.features.exchanges.jobs import complete_in_time, purge_in_time
from kinkeeper.features.exchanges.models import (
    Assignment,
    ExchangeState,
    HouseholdRule,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import complete_exchange
from kinkeeper.features.exchanges.service.organising import AlreadyOver
from kinkeeper.features.exchanges.service.refusals import refusal
from kinkeeper.features.exchanges.service.ruling import (
    BadRule,
    keep_apart,
    keep_home_apart,
    keep_household_apart,
    lift_household,
    lift_pair,
)
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.work import end_reading, read_session, transaction
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_account, make_exchange, make_participant, make_person
from tests.integration.web.support import MISSING, at_once, bearer, fill_in, fingerprint, problems_among


def pairs(session) -> set:
    return {tuple(row) for row in session.execute(select(PairRule.giver_id, PairRule.receiver_id))}


def households(session) -> list:
    return list(session.scalars(select(HouseholdRule.household_id)))


def test_one_way_is_one_rule_and_both_ways_are_two(olga, closed, seat, session):
    keep_apart(olga, closed.id, seat("Ana"), seat("Ben"), both_ways=False)
    assert pairs(session) == {(seat("Ana"), seat("Ben"))}
    keep_apart(olga, closed.id, seat("Ana"), seat("Ben"), both_ways=True)
    assert pairs(session) == {(seat("Ana"), seat("Ben")), (seat("Ben"), seat("Ana"))}


def test_the_page_of_an_exchange_counts_both_ways_as_one_rule(client_of, olga, closed, seat):
    keep_apart(olga, closed.id, seat("Ana"), seat("Ben"), both_ways=True)
    keep_apart(olga, closed.id, seat("Cleo"), seat("Dan"), both_ways=False)
    keep_apart(olga, closed.id, seat("Dan"), seat("Eve"), both_ways=False)
    keep_household_apart(olga, closed.id, "Oak Road", [seat("Eve"), seat("Finn")])
    assert "4 rules keep people apart." in client_of(olga).get(f"/exchanges/{closed.id}").text


def test_saying_it_twice_or_at_the_same_moment_changes_nothing(olga, closed, seat, session):
    ana, ben = seat("Ana"), seat("Ben")
    results = at_once(*(lambda: keep_apart(olga, closed.id, ana, ben, both_ways=True) for _ in range(4)))
    assert problems_among(results) == []
    assert len(pairs(session)) == 2


def test_a_household_that_is_said_again_is_the_same_one(olga, closed, seat, session):
    """Also at the same moment, in another order, by another name, and after it was lifted."""
    ana, ben, cleo = seat("Ana"), seat("Ben"), seat("Cleo")
    results = at_once(
        *(
            lambda two=two: keep_household_apart(olga, closed.id, "Oak Road", two)
            for two in ([ana, ben], [ben, ana], [ana, ben])
        )
    )
    assert problems_among(results) == []
    (home,) = households(session)
    lift_household(olga, closed.id, home)
    keep_household_apart(olga, closed.id, "Elm Road", [ana, ben])
    assert households(session) == [home]
    page = queries.rules_in_names(session, olga, closed.id)
    assert [(one.id, one.name, one.members) for one in page.households] == [
        (home, "Elm Road", ["Ana", "Ben"])
    ]
    keep_household_apart(olga, closed.id, "Oak Road", [ana, ben, cleo])
    keep_household_apart(olga, closed.id, "Oak Road", [ana, cleo])
    assert len(households(session)) == 3, "more people, or fewer, are another household"


@pytest.fixture
def home(closed, seat, session):
    """Ana and Ben live together, by the address book."""
    people_in = [session.get_one(Participant, seat(name)).person_id for name in ("Ana", "Ben")]
    session.rollback()
    with transaction(SYSTEM) as work:
        return house_together(work, closed.circle_id, "The Olsens", people_in).id


def test_who_keeps_no_address_book_leaves_it_as_it_is(olga, admin, closed, seat, home, session, client_of):
    """A rule's home is the exchange's own then, of those who live together by the book as of anybody else."""
    for two, name in ((("Ana", "Ben"), "Idiots"), (("Cleo", "Dan"), "Elm Road")):
        keep_household_apart(olga, closed.id, name, [seat(one) for one in two])
    books = [
        client_of(admin).get(f"/circles/{closed.circle_id}/households").text,
        client_of(None).get("/api/v1/people?per_page=100", headers=bearer(admin)).text,
    ]
    assert all("The Olsens" in book for book in books)
    assert not [book for book in books if "Idiots" in book or "Elm Road" in book]
    named = queries.rules_in_names(session, olga, closed.id)
    assert [(one.name, one.members) for one in named.households] == [
        ("Elm Road", ["Cleo", "Dan"]),
        ("Idiots", ["Ana", "Ben"]),
    ]
    own = next(one.id for one in named.households if one.name == "Idiots")
    assert client_of(admin).get(f"/households/{own}").status_code == 404
    assert [one.name for one in queries.homes_in_book(session, admin, named)] == ["The Olsens"]


def test_who_keeps_it_says_so_there_and_in_the_trail(admin, closed, seat, home, session):
    """Which tells what became of the book: a home was called otherwise, or made, or nothing happened."""
    for name in ("Oak Road", "Oak Road", "Elm Road"):
        keep_household_apart(admin, closed.id, name, [seat("Ana"), seat("Ben")])
    assert session.scalars(select(Household.name)).all() == ["Elm Road"]
    session.rollback()
    keep_household_apart(admin, closed.id, "Yew Lane", [seat("Cleo"), seat("Dan")])
    said = select(AuditEntry.action).where(AuditEntry.action.startswith("household.")).order_by(AuditEntry.id)
    assert session.scalars(said.where(AuditEntry.subject_id == home)).all() == [
        "household.made",
        "household.changed",
        "household.changed",
    ]
    assert session.scalars(said.where(AuditEntry.subject_id != home)).all() == ["household.made"]


def kept_apart(actor, exchange) -> list:
    """What the page of rules says of households: the name of each, and who is in it."""
    shown = queries.rules_in_names(read_session(), actor, exchange.id)
    end_reading()
    return [(one.name, one.members) for one in shown.households]


@pytest.mark.parametrize("by", ["keeper", "book"])
def test_what_a_keeper_said_is_the_same_said_by_whoever_keeps_no_book(
    olga, admin, closed, seat, home, session, by
):
    """Nothing changes, the book's name neither; so it is with what was said before homes were told apart."""
    ana, ben = seat("Ana"), seat("Ben")
    if by == "keeper":
        keep_household_apart(admin, closed.id, "The Olsens", [ana, ben])
    else:
        keep_home_apart(admin, closed.id, home)
    keep_household_apart(olga, closed.id, "Idiots", [ana, ben])
    assert kept_apart(olga, closed) == [("The Olsens", ["Ana", "Ben"])]
    assert session.scalars(select(Household.id)).all() == [home]
    session.rollback()
    lift_household(olga, closed.id, home)
    assert kept_apart(olga, closed) == []


def test_what_an_organiser_said_is_the_same_said_by_a_keeper(olga, admin, closed, seat, session):
    """The home stays the exchange's own, which either may call otherwise; no book hears of it."""
    for actor, name in ((olga, "The Olsens"), (admin, "Oak Road"), (olga, "Elm Road")):
        keep_household_apart(actor, closed.id, name, [seat("Ana"), seat("Ben")])
        assert kept_apart(olga, closed) == [(name, ["Ana", "Ben"])]
    assert session.scalars(select(Household.occasion_id)).all() == [closed.series_id]
    assert (
        session.scalars(select(AuditEntry.id).where(AuditEntry.action.startswith("household."))).all() == []
    )


def test_a_home_of_its_own_goes_with_the_exchange(olga, closed, stage, seat, session, now):
    """Though its people stay in the book."""
    with stage() as staged:
        staged.execute(update(Person).values(listed_at=now()))
    keep_household_apart(olga, closed.id, "Elm Road", [seat("Cleo"), seat("Dan")])
    draw_names(olga, closed.id)
    now.advance(days=120)
    complete_in_time.run(SYSTEM)
    assert "Elm Road" in session.scalars(select(Household.name)).all()
    session.rollback()
    now.advance(days=120)
    purge_in_time.run(SYSTEM)
    assert "Elm Road" not in session.scalars(select(Household.name)).all()


def test_nobody_is_kept_apart_from_themselves(olga, closed, seat, session):
    with pytest.raises(BadRule):
        keep_apart(olga, closed.id, seat("Ana"), seat("Ana"), both_ways=True)
    with pytest.raises(BadRule):
        keep_household_apart(olga, closed.id, "Oak Road", [seat("Ana"), seat("Ana")])
    with pytest.raises(BadRule):
        keep_household_apart(olga, closed.id, "Oak Road", [seat("Ana")])
    with pytest.raises(BadRule):
        keep_household_apart(olga, closed.id, "Oak Road", [])
    assert (pairs(session), households(session)) == (set(), [])


def test_people_of_another_exchange_are_as_missing_as_nobody(olga, closed, seat, stage, session):
    """T-39: ids of other people's exchanges cannot be probed."""
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=make_account(staged, "Otto"))
        stranger = make_participant(staged, other, "Stranger").id
    for foreign in (stranger, UUID(MISSING)):
        for act in (
            lambda foreign=foreign: keep_apart(olga, closed.id, seat("Ana"), foreign, both_ways=False),
            lambda foreign=foreign: keep_apart(olga, closed.id, foreign, seat("Ana"), both_ways=True),
            lambda foreign=foreign: keep_household_apart(olga, closed.id, "Oak", [seat("Ana"), foreign]),
        ):
            with pytest.raises(NotFound):
                act()
    assert (pairs(session), households(session)) == (set(), [])


def test_only_the_organiser_sets_rules_and_others_learn_nothing(stage, closed, seat, session):
    """T-39: a participant, a stranger and nobody get the same answer as for an exchange that is not there."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = guest(make_person(staged, "Anabel"))
    before = fingerprint(session)
    for actor in (stranger, ana, ANONYMOUS):
        for exchange_id in (closed.id, UUID(MISSING)):
            for act in (
                lambda a=actor, e=exchange_id: keep_apart(a, e, seat("Ana"), seat("Ben"), both_ways=True),
                lambda a=actor, e=exchange_id: keep_household_apart(a, e, "O", [seat("Ana"), seat("Ben")]),
                lambda a=actor, e=exchange_id: lift_pair(a, e, seat("Ana"), seat("Ben")),
                lambda a=actor, e=exchange_id: lift_household(a, e, UUID(MISSING)),
            ):
                with pytest.raises(NotFound):
                    act()
    assert fingerprint(session) == before


def test_after_the_end_rules_are_settled(olga, closed, seat, session, now):
    keep_apart(olga, closed.id, seat("Ana"), seat("Ben"), both_ways=True)
    draw_names(olga, closed.id)
    now.advance(days=23)
    complete_exchange(olga, closed.id)
    before = fingerprint(session)
    for act in (
        lambda: keep_apart(olga, closed.id, seat("Cleo"), seat("Ben"), both_ways=True),
        lambda: keep_household_apart(olga, closed.id, "Oak", [seat("Ana"), seat("Ben")]),
        lambda: lift_pair(olga, closed.id, seat("Ana"), seat("Ben")),
        lambda: lift_household(olga, closed.id, UUID(MISSING)),
    ):
        with pytest.raises(AlreadyOver):
            act()
    assert fingerprint(session) == before


def test_lifting_takes_one_way_back(olga, closed, seat, session):
    keep_apart(olga, closed.id, seat("Ana"), seat("Ben"), both_ways=True)
    lift_pair(olga, closed.id, seat("Ana"), seat("Ben"))
    assert pairs(session) == {(seat("Ben"), seat("Ana"))}


def test_a_rule_that_there_is_not_cannot_be_lifted(stage, olga, closed, seat, session):
    """Never made, lifted already, or of another exchange: nothing is done, and nothing written down."""
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=olga)
    keep_apart(olga, closed.id, seat("Ana"), seat("Ben"), both_ways=False)
    keep_household_apart(olga, closed.id, "Oak Road", [seat("Cleo"), seat("Dan")])
    (household_id,) = households(session)
    before = fingerprint(session)
    for act in (
        lambda: lift_pair(olga, closed.id, UUID(MISSING), UUID(MISSING)),
        lambda: lift_pair(olga, closed.id, seat("Ben"), seat("Ana")),
        lambda: lift_pair(olga, other.id, seat("Ana"), seat("Ben")),
        lambda: lift_household(olga, closed.id, UUID(MISSING)),
        lambda: lift_household(olga, other.id, household_id),
    ):
        with pytest.raises(NotFound):
            act()
    assert fingerprint(session) == before


def test_a_household_is_lifted_and_its_people_still_live_together(olga, closed, seat, session):
    keep_household_apart(olga, closed.id, "Oak Road", [seat("Ana"), seat("Ben")])
    (household_id,) = households(session)
    lift_household(olga, closed.id, household_id)
    assert households(session) == []
    seats = queries.all_seats(session, closed.id)
    from kinkeeper.features.accounts.queries import households_among

    assert list(households_among(session, [one.person_id for one in seats])) == [household_id]


def test_rules_hold_in_every_draw(stage, olga, session):
    """SK-69: three receivers are left to each, and one of them is drawn; both kinds of rule."""
    with stage() as staged:
        exchange = make_exchange(staged, people=6, organiser=olga, state=ExchangeState.CLOSED)
    ids = {one.name: one for one in session.scalars(select(Participant))}
    for name, home in {"Oak Road": "Ana Ben", "Elm Road": "Cleo Dan", "Yew Lane": "Eve Finn"}.items():
        keep_household_apart(olga, exchange.id, name, [ids[one].id for one in home.split()])
    for one, other in (("Ana", "Dan"), ("Ben", "Eve"), ("Cleo", "Finn")):
        keep_apart(olga, exchange.id, ids[one].id, ids[other].id, both_ways=True)
    draw_names(olga, exchange.id)
    by_id = {one.id: one for one in ids.values()}
    drawn = {
        by_id[row.giver_id].name: by_id[
            sealing.unseal(row.draw_id, row.giver_id, by_id[row.giver_id].salt, row.receiver_sealed)
        ].name
        for row in session.scalars(select(Assignment))
    }
    allowed = {"Ana": "Cleo Eve Finn", "Ben": "Cleo Dan Finn", "Cleo": "Ana Ben Eve"}
    allowed |= {"Dan": "Ben Eve Finn", "Eve": "Ana Cleo Dan", "Finn": "Ana Ben Dan"}
    assert all(receiver in allowed[giver].split() for giver, receiver in drawn.items())
    assert len(set(drawn.values())) == 6


def test_the_page_shows_rules_in_names_and_says_who_is_stuck(client_of, olga, closed, seat, session):
    """SK-72, SK-75: before the draw, not only after it failed."""
    client = client_of(olga)
    path = f"/exchanges/{closed.id}/rules"
    assert client.get(path).status_code == 200
    for other in ("Ben", "Cleo", "Dan", "Eve", "Finn"):
        answer = fill_in(client, f"{path}/pairs", giver=seat("Ana"), receiver=seat(other))
        assert (answer.status_code, answer.location) == (303, path)
    page = client.get(path).text
    assert "Ana may give to nobody" in page
    lifted = fill_in(client, f"{path}/pairs/{seat('Ana')}/{seat('Eve')}/lift")
    assert (lifted.status_code, lifted.location) == (303, path)
    assert "may give to nobody" not in client.get(path).text


def test_a_household_is_ruled_out_and_lifted_on_the_page(client_of, olga, closed, seat, session):
    client, path = client_of(olga), f"/exchanges/{closed.id}/rules"
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
def test_what_cannot_be_meant_comes_back_in_the_form(client_of, olga, closed, seat, session, kind, fields):
    def meant(value):
        if isinstance(value, list):
            return [meant(one) for one in value]
        return str(seat(value)) if value in {"Ana", "Ben"} else value

    sent = {name: meant(value) for name, value in fields.items()}
    page = fill_in(client_of(olga), f"/exchanges/{closed.id}/rules/{kind}", **sent)
    assert page.status_code == 422
    assert (pairs(session), households(session)) == (set(), [])


def test_a_rule_is_written_without_asking_who_is_stuck(client_of, olga, closed, seat, monkeypatch):
    """That looks for a whole drawing, and takes long among many; the page that follows does it."""
    ana, ben = str(seat("Ana")), str(seat("Ben"))
    client, path = client_of(olga), f"/exchanges/{closed.id}/rules"
    monkeypatch.setattr(rules, "who_is_stuck", None)
    answers = [
        fill_in(client, f"{path}/pairs", giver=ana, receiver=ben),
        fill_in(client, f"{path}/households", name="Oak Road", members=[ana, ben]),
    ]
    assert [answer.status_code for answer in answers] == [303, 303]


def test_nobody_else_learns_by_a_rule_who_is_in(client_of, stage, closed):
    with stage() as session:
        zoe = make_account(session, "Zoe")
    client = client_of(zoe)
    for kind in ("pairs", "households"):
        assert fill_in(client, f"/exchanges/{closed.id}/rules/{kind}").status_code == 404


def test_the_audit_names_no_pair(olga, closed, seat, session):
    """Rules are about people's lives; the trail keeps counts."""
    keep_apart(olga, closed.id, seat("Ana"), seat("Ben"), both_ways=True)
    keep_household_apart(olga, closed.id, "Oak Road", [seat("Ana"), seat("Ben")])
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
    with queries_at_most(14):
        assert client.get(f"/exchanges/{exchange.id}/rules").status_code == 200


@pytest.fixture
def impossible(olga, closed, seat):
    """Ana and Ben have only Cleo left."""
    others = ("Dan", "Eve", "Finn")
    for giver, receivers in {"Ana": ("Ben", *others), "Ben": ("Ana", *others)}.items():
        for receiver in receivers:
            keep_apart(olga, closed.id, seat(giver), seat(receiver), both_ways=False)


def test_what_would_refuse_the_draw_is_said_before_it_is_pressed(client_of, olga, closed, impossible):
    page = client_of(olga).get(f"/exchanges/{closed.id}").text
    assert "Ana and Ben can only give to Cleo" in page
    assert "Yes, draw the names" not in page


def test_a_draw_that_can_be_is_offered(client_of, olga, closed):
    page = client_of(olga).get(f"/exchanges/{closed.id}").text
    assert "leave no way" not in page
    assert "Yes, draw the names" in page


def test_names_are_listed_as_the_language_does(closed, session):
    stuck = rules.Stuck(givers=(0, 1, 2), receivers=(3, 4))
    seats = sorted(session.scalars(select(Participant)), key=lambda one: one.name)
    assert "Ana, Ben and Cleo can only give to Dan and Eve" in refusal(stuck, seats).text("en")
    assert "Ana, Ben und Cleo" in refusal(stuck, seats).text("de")


def test_an_empty_household_is_told_of_both_its_gaps(client_of, olga, closed):
    page = fill_in(client_of(olga), f"/exchanges/{closed.id}/rules/households")
    assert page.status_code == 422
    summary = page.text.partition("form-summary__list")[2].partition("</ul>")[0]
    assert "This field is required." in summary
    assert BadRule.message in summary
