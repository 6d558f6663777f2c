"""Whoever mistyped their name mends it themselves, until the names are drawn."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.rules import LONGEST_NAME, BadName
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.holding import AlreadyHeld, hold_place
from kinkeeper.features.exchanges.service.leaving import AlreadyLeft, leave
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.participating import change_place
from kinkeeper.features.exchanges.service.renaming import NameSettled, NameTaken, change_name
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.live.events import LiveEvent
from tests.factories import guest, make_account
from tests.integration.web.support import fill_in, fingerprint


def test_a_name_is_mended_on_ones_own_page_and_the_organiser_reads_it(
    exchange, olga, ana, place, client_of, session
):
    browser, here = client_of(ana), f"/my/{place().id}"
    assert f"{here}/name" in browser.get(here).text
    seat_id = place().id
    answer = fill_in(browser, f"{here}/name", name="  Annabella   ")
    assert (answer.status_code, answer.location) == (303, here)
    assert "Hello Annabella." in browser.get(here).text
    for page in ("", "/letters"):
        assert "Annabella" in client_of(olga).get(f"/exchanges/{exchange.id}{page}").text
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.details) == ("exchange.name_changed", {"seat": str(seat_id)})
    assert "seat.renamed" in set(session.scalars(select(LiveEvent.kind))), "open boards look again"


@pytest.mark.parametrize("name", ["", "x" * (LONGEST_NAME + 1), "Win at casino.example.com"])
def test_a_name_is_held_to_what_holds_on_joining(exchange, ana, place, session, client_of, name):
    """T-32: it stands in subjects and salutations."""
    browser = client_of(ana)
    before = fingerprint(session)
    with pytest.raises(BadName):
        change_name(ana, place().id, name)
    assert fill_in(browser, f"/my/{place().id}/name", name=name).status_code == 422
    assert fingerprint(session) == before


def test_nobody_else_changes_it(exchange, olga, place, stage, session):
    """The organiser neither: it is how its holder signs."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    before = fingerprint(session)
    for actor in (olga, stranger, ANONYMOUS):
        with pytest.raises(NotFound):
            change_name(actor, place().id, "Zoe")
    assert fingerprint(session) == before


def test_whoever_looks_after_somebody_mends_their_name(exchange, ana, place, session):
    ward = hold_place(ana, place().id, "Wmi")
    change_name(ana, ward, "Wim")
    assert place("Wim").id == ward


def test_a_place_that_was_given_up_keeps_its_name(exchange, ana, place):
    leave(ana, place().id)
    with pytest.raises(AlreadyLeft):
        change_name(ana, place().id, "Annabella")


def test_once_the_names_are_drawn_they_stay(exchange, olga, ana, place, client_of):
    """G20: the mark of the draw binds them."""
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    with pytest.raises(NameSettled):
        change_name(ana, place().id, "Annabella")
    assert f"/my/{place().id}/name" not in client_of(ana).get(f"/my/{place().id}").text


@pytest.mark.parametrize("name", ["Ben", " ben ", "BEN"])
def test_nobody_takes_the_name_of_somebody_else_who_is_on_the_list(
    exchange, ana, place, client_of, session, name
):
    """Whoever gives could not tell the two apart; on a page it is said beside the name."""
    browser, before = client_of(ana), fingerprint(session)
    with pytest.raises(NameTaken):
        change_name(ana, place().id, name)
    with pytest.raises(NameTaken):
        change_place(ana, place().id, name=name, wishes="a spider")
    answer = fill_in(browser, f"/my/{place().id}/name", name=name)
    assert (answer.status_code, "Somebody else is called" in answer.text) == (409, True)
    assert "Add something that tells you apart" in answer.text
    assert fingerprint(session) == before


def test_ones_own_name_can_be_spelt_otherwise_and_that_of_whoever_left_is_free(exchange, ana, place, session):
    change_name(ana, place().id, "ANA")
    leave(guest(session.get_one(Person, place("Ben").person_id)), place("Ben").id)
    seat_id = place("ANA").id
    change_name(ana, seat_id, "Ben")
    assert session.get_one(Participant, seat_id, populate_existing=True).name == "Ben"


def test_whom_one_looks_after_is_known_by_the_mended_name_alone(exchange, ana, place, session):
    """G15: the new name is on the list, and the old one free for another child."""
    tom = hold_place(ana, place().id, "Tim")
    change_name(ana, tom, "Tom")
    with pytest.raises(AlreadyHeld):
        hold_place(ana, place().id, "tom")
    tim = hold_place(ana, place().id, "Tim")
    assert place("Tim").person_id != place("Tom").person_id
    assert (place("Tim").id, place("Tom").id) == (tim, tom)
    assert session.get_one(Person, place("Tom").person_id).name == "Tom"


def test_who_has_an_address_keeps_the_name_in_the_book(exchange, ana, place, session):
    """Only guardians name whoever has none: an exchange renames nobody for the whole circle."""
    person_id = place().person_id
    change_name(ana, place().id, "Annabella")
    assert session.get_one(Person, person_id).name == "Ana"
