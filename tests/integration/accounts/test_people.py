"""The address book: finding a person or putting them in, guardians' mailboxes, households."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Guardian, HouseholdMember, Person
from kinkeeper.features.accounts.rules import BadAddress, BadName
from kinkeeper.features.accounts.service import people
from kinkeeper.features.accounts.service.people import (
    appoint_guardian,
    confirm_mailbox,
    house_together,
    put_in_book,
)
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.work import read_session, transaction
from tests.factories import make_circle, make_person
from tests.integration.web.support import at_once


def book(circle, name="Ana", email="ana@example.org"):
    with transaction(SYSTEM) as work:
        return put_in_book(work, circle.id, name=name, email=email, language="de").id


def test_a_new_address_is_put_into_the_book(circle, session, now):
    person = session.get_one(Person, book(circle, "Ana", "Ana@Example.org"))
    assert (person.name, person.email, person.language) == ("Ana", "ana@example.org", "de")
    assert (person.created_at, person.confirmed_at) == (now(), None)


def test_a_known_address_is_found_and_nobody_is_renamed(circle, session):
    """A stranger's form must not change how others read a name."""
    first = book(circle, "Ana")
    assert book(circle, "Evil twin", "ANA@example.org") == first
    assert session.scalars(select(Person.name)).all() == ["Ana"]


def test_the_same_address_in_another_circle_is_another_person(circle, stage):
    """SK-4: an address is somebody's alone within a circle."""
    with stage() as session:
        other = make_circle(session, "The Bergs")
    assert book(circle) != book(other)


def test_without_an_address_everybody_is_new(circle, session):
    """A child may have the name of a cousin."""
    assert book(circle, "Tim", None) != book(circle, "Tim", None)
    assert session.scalars(select(Person.email)).all() == [None, None]


def test_eight_at_the_same_moment_make_one_person(circle, session):
    """T-56 for the address book, on both databases."""
    ids = at_once(*(lambda number=number: book(circle, f"Ana {number}x") for number in range(8)))
    assert len(set(ids)) == 1, ids
    assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_bad_names_and_addresses_book_nobody(circle, session):
    with pytest.raises(BadName):
        book(circle, "www.evil.example")
    with pytest.raises(BadAddress):
        book(circle, "Ana", "a@b, c@d")
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_somebody_who_is_erased_in_that_very_moment_is_put_in_anew(circle, session, monkeypatch):
    """Between "there is one already" and the look at it, the one may go."""
    plain, calls = people._insert_person, []

    def first_as_if_there_was_one(*facts):
        calls.append(facts)
        if len(calls) > 1:
            plain(*facts)

    monkeypatch.setattr(people, "_insert_person", first_as_if_there_was_one)
    assert session.get_one(Person, book(circle)).name == "Ana"
    assert len(calls) == 2


def test_following_a_mailed_link_confirms_the_mailbox_once(circle, session, now):
    """SK-43: the first time counts."""
    ana = book(circle)
    first = now()
    for _ in range(2):
        with transaction(SYSTEM) as work:
            confirm_mailbox(work, ana)
        now.advance(days=1)
    assert session.get_one(Person, ana).confirmed_at == first


def test_letters_for_a_child_go_to_those_who_look_after_it(stage, session, circle):
    """0.12: one log-in, several hats; a person with an address gets their own letters."""
    with stage() as staged:
        mum, dad = (make_person(staged, name, circle=circle) for name in ("Mum", "Dad"))
        tim = make_person(staged, "Tim", circle=circle, email=None)
        teen = make_person(staged, "Teen", circle=circle)
        lost = make_person(staged, "Lost", circle=circle, email=None)
    with transaction(SYSTEM) as work:
        for ward in (tim, teen):
            appoint_guardian(work, ward.id, mum.id)
            appoint_guardian(work, ward.id, dad.id)
    boxes = queries.mailboxes(session, [tim.id, teen.id, lost.id])
    assert {box.email for box in boxes[tim.id]} == {"mum@example.org", "dad@example.org"}
    assert [box.email for box in boxes[teen.id]] == ["teen@example.org"]
    assert boxes[lost.id] == []


def test_a_guardian_without_an_address_gets_no_letters(stage, session, circle):
    with stage() as staged:
        gran = make_person(staged, "Gran", circle=circle, email=None)
        tim = make_person(staged, "Tim", circle=circle, email=None)
        staged.add(Guardian(ward_id=tim.id, guardian_id=gran.id))
    assert queries.mailboxes(session, [tim.id]) == {tim.id: []}


def test_appointing_a_guardian_twice_changes_nothing(stage, session, circle):
    with stage() as staged:
        mum = make_person(staged, "Mum", circle=circle)
        tim = make_person(staged, "Tim", circle=circle, email=None)
    for _ in range(2):
        with transaction(SYSTEM) as work:
            appoint_guardian(work, tim.id, mum.id)
    assert session.scalar(select(func.count()).select_from(Guardian)) == 1


def test_nobody_is_their_own_guardian(stage, circle):
    """The database holds it."""
    with stage() as staged:
        tim = make_person(staged, "Tim", circle=circle, email=None)
    with pytest.raises(IntegrityError), transaction(SYSTEM) as work:
        appoint_guardian(work, tim.id, tim.id)


def test_mailboxes_of_many_take_one_statement(stage, session, circle, queries_at_most):
    with stage() as staged:
        people = [make_person(staged, f"Person {letter}", circle=circle) for letter in "abcdefghij"]
    with queries_at_most(1):
        assert len(queries.mailboxes(read_session(), [person.id for person in people])) == 10


def test_a_child_of_two_homes_is_in_both(stage, session, circle):
    with stage() as staged:
        mum, dad, tim = (make_person(staged, name, circle=circle) for name in ("Mum", "Dad", "Tim"))
    with transaction(SYSTEM) as work:
        first = house_together(work, circle.id, "Oak Road", [mum.id, tim.id]).id
        second = house_together(work, circle.id, "Elm Road", [dad.id, tim.id]).id
    homes = queries.households_among(session, [mum.id, dad.id, tim.id])
    assert {home: set(members) for home, members in homes.items()} == {
        first: {mum.id, tim.id},
        second: {dad.id, tim.id},
    }
    assert queries.household_names(session, homes) == {first: "Oak Road", second: "Elm Road"}


def test_a_household_of_two_strangers_names_nobody_else(stage, session, circle):
    with stage() as staged:
        mum, tim = (make_person(staged, name, circle=circle) for name in ("Mum", "Tim"))
    with transaction(SYSTEM) as work:
        house_together(work, circle.id, "Oak Road", [mum.id, tim.id])
    assert list(queries.households_among(session, [mum.id]).values()) == [[mum.id]]
    assert session.scalar(select(func.count()).select_from(HouseholdMember)) == 2
