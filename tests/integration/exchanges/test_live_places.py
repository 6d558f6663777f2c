"""Open pages hear of every place that is confirmed or let go, also where it is held for a child (G11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.holding import confirm_held, hold_place, put_on_list, release_held
from kinkeeper.features.exchanges.service.inviting import decline
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.platform.live.events import LiveEvent
from tests.integration.web.support import carry_letters, secret_in

LEASE = Lease(timedelta(days=14), timedelta(days=60))


@pytest.fixture
def told(session, exchange):
    """`told(act)` answers what pages of the exchange hear of places while it is done."""

    def watch(act):
        here = LiveEvent.topic == f"exchange/{exchange.id}", LiveEvent.kind.startswith("seat.")
        found = select(LiveEvent.kind).where(*here).order_by(LiveEvent.id)
        before = len(session.scalars(found).all())
        act()
        return session.scalars(found).all()[before:]

    return watch


def test_a_held_place_is_heard_of_as_it_is_taken_and_let_go(exchange, ana, place, told):
    assert told(lambda: hold_place(ana, place().id, "Child")) == ["seat.confirmed"]
    assert told(lambda: release_held(ana, place("Child").id)) == ["seat.left"]


def test_so_is_one_that_an_organiser_takes_for_their_own_child(exchange, olga, told):
    assert told(lambda: put_on_list(olga, exchange.id, "Child", olga.person_id)) == ["seat.confirmed"]


def test_so_is_a_yes_by_whoever_was_asked_for_a_child(exchange, olga, ana, place, told):
    assert told(lambda: put_on_list(olga, exchange.id, "Child", ana.guest_id)) == []
    assert told(lambda: confirm_held(ana, place("Child").id)) == ["seat.confirmed"]
    assert told(lambda: confirm_held(ana, place("Child").id)) == [], "they are in already"


def test_a_place_that_nobody_wanted_is_heard_of_once(exchange, olga, session, outbox, told):
    for name in ("Zoe", "Yan"):
        add_people(olga, exchange.id, [Newcomer(name, f"{name.lower()}@example.org")], language="en")
    carry_letters()
    zoe_s = next(letter for letter in outbox() if letter.to.startswith("zoe"))
    assert told(lambda: decline(ANONYMOUS, secret_in(zoe_s), address="192.0.2.1")) == ["seat.left"]
    yan = session.scalars(select(Participant.id).where(Participant.name == "Yan")).one()
    assert told(lambda: remove_person(olga, exchange.id, yan)) == ["seat.left"]
