"""An organiser picks people from the circle's address book."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Circle, Guardian, Person, RoleGrant
from kinkeeper.features.accounts.queries import with_grants
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service.adding import (
    MOST_AT_ONCE,
    PER_MAILBOX,
    AskedOften,
    NoRoom,
    TooManyAtOnce,
)
from kinkeeper.features.exchanges.service.organising import AlreadyDrawn
from kinkeeper.features.exchanges.service.picking import NobodyToAsk, PickedAlready, pick_people
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.kernel.work import end_reading, read_session
from tests.factories import make_account, make_circle, make_exchange, make_participant, make_person
from tests.factories.accounts import make_grant
from tests.integration.web.support import MISSING, at_once, bearer, fill_in, fingerprint, problems_among

from uuid import UUID  # isort: skip


@pytest.fixture
def scene(stage):
    """Olga keeps the Olsens and runs Yule; Hana runs it with her, and may not read the address book."""
    with stage() as session:
        make_account(session, "Ada", is_admin=True)
        circle, other = make_circle(session), make_circle(session, "The Bergs")
        olga, hana = (make_account(session, name, circle=circle) for name in ("Olga", "Hana"))
        make_grant(session, session.get_one(Person, olga.person_id), Role.ORGANISER, Scope.CIRCLE, circle.id)
        exchange = make_exchange(session, people=0, organiser=hana, state=ExchangeState.OPEN, title="Yule")
        people = {name: make_person(session, name, circle=circle).id for name in ("Ana", "Ben")}
        for ward in ("Tim", "Kit"):
            people[ward] = make_person(session, ward, circle=circle, email=None).id
        session.add(Guardian(ward_id=people["Tim"], guardian_id=people["Ana"]))
        people["Zed"] = make_person(session, "Zed", circle=other).id
        return Scene(circle.id, olga, hana, exchange, people)


class Scene:
    def __init__(self, circle, olga, hana, exchange, people):
        self.circle, self.olga, self.hana, self.exchange, self.people = circle, olga, hana, exchange, people
        self.page = f"/exchanges/{exchange.id}/people/pick"


def pick(actor, scene, *names):
    try:
        return pick_people(fresh(actor), scene.exchange.id, [scene.people.get(name, name) for name in names])
    finally:
        end_reading()


def fresh(actor):
    end_reading()
    return with_grants(read_session(), actor)


def test_who_is_picked_is_asked_and_a_child_by_way_of_whoever_looks_after_them(scene, session, outbox):
    ids = pick(scene.olga, scene, "Ana", "Tim")
    seats = [session.get_one(Participant, one) for one in ids]
    assert {(seat.name, seat.person_id) for seat in seats} == {
        ("Ana", scene.people["Ana"]),
        ("Tim", scene.people["Tim"]),
    }
    assert [seat.confirmed_at for seat in seats] == [None, None]
    letters = [(letter.to, letter.fields["ward"]) for letter in outbox()]
    assert sorted(letters) == [("ana@example.org", ""), ("ana@example.org", "Tim")]


def test_a_draft_s_people_are_asked_when_it_is_opened(scene, stage, outbox):
    with stage() as staged:
        staged.get_one(Exchange, scene.exchange.id).state = ExchangeState.DRAFT
    pick(scene.olga, scene, "Ana")
    assert outbox() == []


def test_nobody_learns_of_an_address_book_that_is_not_theirs_to_read(scene, session, client_of):
    """Hana runs the exchange: who is in the book looks to her as who is not."""
    before = fingerprint(session)
    for name in ("Ana", "Zed", UUID(MISSING)):
        with pytest.raises(Forbidden):
            pick(scene.hana, scene, name)
    assert fingerprint(session) == before
    client = client_of(scene.hana)
    assert client.get(scene.page).status_code == 403
    assert scene.page not in client.get(f"/exchanges/{scene.exchange.id}/people/add").text
    assert scene.page in client_of(scene.olga).get(f"/exchanges/{scene.exchange.id}/people/add").text


def test_a_stranger_is_told_that_there_is_no_such_exchange(scene, stage, session):
    with stage() as staged:
        otto = make_account(
            staged,
            "Otto",
            circle=staged.get_one(Circle, staged.get_one(Person, scene.people["Zed"]).circle_id),
        )
    before = fingerprint(session)
    with pytest.raises(NotFound):
        pick(otto, scene, "Ana")
    assert fingerprint(session) == before


@pytest.mark.parametrize(
    ("names", "problem"),
    [(["Kit"], NobodyToAsk), (["Zed"], NotFound), ([UUID(MISSING)], NotFound), (["Ana", "Zed"], NotFound)],
)
def test_of_those_picked_all_are_added_or_none(scene, session, names, problem):
    before = fingerprint(session)
    with pytest.raises(problem):
        pick(scene.olga, scene, "Ben", *names)
    assert fingerprint(session) == before


def test_who_is_on_the_list_is_not_put_there_twice_and_who_left_is_asked_again(scene, session, stage, now):
    (seat,) = pick(scene.olga, scene, "Ana")
    with pytest.raises(PickedAlready):
        pick(scene.olga, scene, "Ana")
    with stage() as staged:
        staged.get_one(Participant, seat).withdrawn_at = now()
    assert pick(scene.olga, scene, "Ana") == [seat]


def test_who_was_asked_often_enough_today_is_named(scene, session):
    """T-9; the others can be picked."""
    for _ in range(PER_MAILBOX.amount):
        (seat_id,) = pick(scene.olga, scene, "Ana")
        remove_person(scene.olga, scene.exchange.id, seat_id)
    session.rollback()
    with pytest.raises(AskedOften, match="Ana"):
        pick(scene.olga, scene, "Ben", "Ana")
    pick(scene.olga, scene, "Ben")


def test_a_parent_is_asked_for_all_their_children_at_once(scene, stage):
    """T-9 counts who is bothered how often: one pick bothers a mailbox once, however large the family."""
    with stage() as staged:
        for number in range(PER_MAILBOX.amount + 1):
            name = f"Child {number}"
            scene.people[name] = make_person(
                staged, name, circle=staged.get_one(Circle, scene.circle), email=None
            ).id
            staged.add(Guardian(ward_id=scene.people[name], guardian_id=scene.people["Ana"]))
    family = ["Ana", "Tim", *(name for name in scene.people if name.startswith("Child"))]
    assert len(pick(scene.olga, scene, *family)) == len(family)


def test_two_who_pick_the_same_at_the_same_moment(scene, session):
    """T-56."""
    olga = fresh(scene.olga)
    end_reading()
    results = at_once(
        *(lambda: pick_people(olga, scene.exchange.id, [scene.people["Ana"]]) for _ in range(3))
    )
    assert problems_among(results) == ["PickedAlready"] * 2
    assert session.scalars(select(Participant.name)).all() == ["Ana"]


def test_room_and_state_are_minded(scene, stage, session):
    with stage() as staged:
        exchange = staged.get_one(Exchange, scene.exchange.id)
        exchange.most_people = 3
        for name in ("Una", "Vic"):
            make_participant(
                staged,
                exchange,
                person=make_person(staged, name, circle=staged.get_one(Circle, scene.circle)),
            )
    with pytest.raises(NoRoom):
        pick(scene.olga, scene, "Ana", "Ben")
    with pytest.raises(TooManyAtOnce):
        pick_people(fresh(scene.olga), scene.exchange.id, [UUID(int=at) for at in range(MOST_AT_ONCE + 1)])
    with stage() as staged:
        exchange = staged.get_one(Exchange, scene.exchange.id)
        exchange.state, exchange.drawn_at = ExchangeState.DRAWN, exchange.created_at
    with pytest.raises(AlreadyDrawn):
        pick(scene.olga, scene, "Ana")


def test_the_page_lists_who_is_not_on_it_and_finds_by_name_or_address(scene, client_of, session):
    client = client_of(scene.olga)
    assert client.send(scene.page, None, person_ids=[str(scene.people["Ana"])]).status_code == 303
    page = client.get(scene.page).text
    assert ">ana@example.org" not in page
    assert "asked by way of Ana" in page
    assert "nobody gets their letters" in page
    assert "Ben" not in client.get(f"{scene.page}?q=tim").text
    assert "Ben" in client.get(f"{scene.page}?q=BEN@").text
    refused = client.send(scene.page, None, person_ids=[str(scene.people["Ben"]), str(scene.people["Kit"])])
    assert refused.status_code == 409
    assert "Nobody gets letters for Kit. Say in the address book who looks after them." in refused.text
    book = re.search(r'href="(/circles/[^"]+/people)">Address book<', refused.text)
    assert client.get(book[1]).status_code == 200
    assert f'value="{scene.people["Ben"]}" id="person_ids-0" checked' in refused.text
    for nonsense in ([], ["nonsense"]):
        assert client.send(scene.page, None, person_ids=nonsense).status_code == 422


def test_what_is_ticked_stays_ticked_while_somebody_looks_on(scene, client_of, session, stage):
    """Without a script: looking on sends the form, and picks nobody."""
    with stage() as staged:
        circle = staged.get_one(Circle, scene.circle)
        for at in range(MOST_AT_ONCE):
            make_person(staged, f"P {at:03}", circle=circle, email=f"p{at}@example.org")
    client, ben, tim = client_of(scene.olga), *(str(scene.people[name]) for name in ("Ben", "Tim"))
    before = fingerprint(session)
    ticks = [ben, str(scene.people["Zed"]), "nonsense"]
    page = client.send(scene.page, None, look="1", q="tim", person_ids=ticks)
    assert (page.status_code, "form-summary" in page.text) == (200, False)
    assert f'value="{ben}" id="kept-0" checked' in page.text
    assert "Zed" not in page.text, "who is of another circle is nobody here (T-39)"
    page = client.send(scene.page, None, look="2", q="", person_ids=[ben, tim]).text
    assert page.count(" checked>") == 2
    assert "Page 2 of 2" in page
    assert fingerprint(session) == before
    assert client.send(scene.page, None, page="2", q="", person_ids=[ben, tim]).status_code == 303
    assert {row.name for row in session.scalars(select(Participant))} >= {"Ben", "Tim"}


def test_five_hundred_people_stay_usable(scene, client_of, stage, queries_at_most):
    with stage() as staged:
        circle = staged.get_one(Circle, scene.circle)
        for at in range(500):
            make_person(staged, f"P {at:03}", circle=circle, email=f"p{at}@example.org")
    client = client_of(scene.olga)
    client.get(scene.page)
    with queries_at_most(8):
        first = client.get(scene.page)
    assert first.text.count('name="person_ids"') == MOST_AT_ONCE
    assert "P 499" in client.get(f"{scene.page}?page=6").text
    chosen = [line.split('"')[0] for line in first.text.split('name="person_ids" value="')[1:]]
    reachable = [one for one in chosen if one != str(scene.people["Kit"])]
    assert client.send(scene.page, None, person_ids=reachable).status_code == 303


def test_programs_pick_too(scene, client_of, session):
    token = bearer(scene.olga)
    path = f"/api/v1/exchanges/{scene.exchange.id}/people/picked"
    picked = client_of(None).post(path, json={"person_ids": [str(scene.people["Ben"])]}, headers=token)
    assert picked.status_code == 201
    assert [one["name"] for one in picked.json["data"]["people"]] == ["Ben"]
    again = client_of(None).post(path, json={"person_ids": [str(scene.people["Ben"])]}, headers=token)
    assert (again.status_code, again.json["error"]["code"]) == (409, "exchange.picked_already")
    hidden = client_of(None).post(path, json={"person_ids": [MISSING]}, headers=bearer(scene.hana))
    assert hidden.status_code == 403


def test_a_right_that_was_taken_back_is_gone_at_once(scene, stage, client_of):
    client = client_of(scene.olga)
    with stage() as staged:
        for grant in staged.scalars(select(RoleGrant).where(RoleGrant.person_id == scene.olga.person_id)):
            staged.delete(grant)
    assert fill_in(client, scene.page, person_ids=[str(scene.people["Ana"])]).status_code == 404


def test_a_coordinator_picks_and_an_observer_does_not(scene, stage, session):
    """Helping with people is what a coordinator is for; looking on is not."""
    with stage() as staged:
        circle = staged.get_one(Circle, scene.circle)
        cora, otis = (make_account(staged, name, circle=circle) for name in ("Cora", "Otis"))
        for one, role in ((cora, Role.COORDINATOR), (otis, Role.OBSERVER)):
            make_grant(staged, staged.get_one(Person, one.person_id), role, Scope.CIRCLE, circle.id)
    (seat_id,) = pick(cora, scene, "Ana")
    assert session.get_one(Participant, seat_id).name == "Ana"
    with pytest.raises(Forbidden):
        pick(otis, scene, "Ben")
