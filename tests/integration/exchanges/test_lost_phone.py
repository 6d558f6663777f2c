"""Whoever ends their links is alone with their pages, by whatever letter others came in (T-7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.holding import hold_place
from kinkeeper.features.exchanges.service.joining import enter
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.renewing import renew_link, renew_own_link, send_again
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.platform.links import ExpiredLink
from tests.factories import make_exchange, make_participant
from tests.integration.web.support import carry_letters, fill_in, path_in, secret_in


@pytest.fixture
def child(ana, place):
    """The place that Ana holds for her child."""
    return hold_place(ana, place().id, "Wilhelmina")


@pytest.fixture
def elsewhere(stage, ana, olga):
    """Ana's place in an exchange that somebody else could run."""
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=olga, title="The choir")
        seat, *_ = [make_participant(staged, other, name) for name in ("Alto", "Bass", "Tenor")]
        seat.person_id = ana.guest_id
        return other.id, seat.id


def is_dead(letter):
    with pytest.raises(ExpiredLink):
        enter(
            ANONYMOUS,
            path_in(letter).split("/")[1],
            secret_in(letter),
            address="192.0.2.1",
            lease=Lease(timedelta(days=14), timedelta(days=60)),
        )
    return True


def test_a_new_link_to_a_child_s_place_shuts_out_the_browsers_that_it_let_in(
    exchange, olga, child, ana, client_of, outbox
):
    """Its letters let in whoever looks after the child, as themselves."""
    browser = client_of(ana)
    assert browser.get(f"/my/{child}").status_code == 200
    renew_link(olga, exchange.id, child)
    assert browser.get(f"/my/{child}").status_code == 302
    carry_letters()
    (letter,) = outbox()
    again = client_of(None)
    assert again.get(fill_in(again, path_in(letter)).location).status_code == 200


@pytest.mark.parametrize("by", ["organiser", "participant"])
def test_an_earlier_letter_about_one_s_child_opens_one_s_page_no_more(
    exchange, olga, place, child, ana, outbox, by
):
    send_again(olga, exchange.id, child)
    carry_letters()
    (about_child,) = outbox()
    if by == "organiser":
        renew_link(olga, exchange.id, place().id)
    else:
        renew_own_link(ana, place().id)
    assert is_dead(about_child)


def test_an_earlier_letter_of_another_exchange_opens_nothing_once_one_has_renewed_one_s_own_link(
    exchange, olga, place, elsewhere, ana, outbox
):
    send_again(olga, *elsewhere)
    carry_letters()
    (other,) = outbox()
    renew_own_link(ana, place().id)
    assert is_dead(other)


def test_an_organiser_ends_no_links_of_other_exchanges(exchange, olga, place, elsewhere, outbox, client_of):
    send_again(olga, *elsewhere)
    carry_letters()
    (other,) = outbox()
    renew_link(olga, exchange.id, place().id)
    browser = client_of(None)
    assert browser.get(fill_in(browser, path_in(other)).location).status_code == 200


def test_what_waits_elsewhere_comes_with_a_link_that_works(
    exchange, olga, place, elsewhere, ana, outbox, client_of, session
):
    """News of another exchange and of one's child: once each."""
    other_id, seat_id = elsewhere
    close_exchange(olga, other_id)
    draw_names(olga, other_id)
    renew_own_link(ana, place().id)
    carry_letters()
    address = session.get_one(Person, ana.guest_id).email
    here = [one for one in outbox() if one.to == address]
    assert sorted(one.kind for one in here) == ["exchanges.match_ready", "exchanges.new_link"]
    for letter in here:
        browser = client_of(None)
        assert browser.get(fill_in(browser, path_in(letter)).location).status_code == 200
    assert seat_id in {one.about_id for one in here}
