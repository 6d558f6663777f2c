"""What a waiting letter tells is told once, whatever becomes of its link (T-7, T-17, G13, SK-85)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kinkeeper.features.exchanges.jobs import remind_in_time, tell_of_wishes
from kinkeeper.features.exchanges.service.drawing import redraw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.joining import ask_for_way_in
from kinkeeper.features.exchanges.service.readdressing import change_address
from kinkeeper.features.exchanges.service.renewing import renew_link, send_again
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.revealing import reveal_match
from kinkeeper.features.exchanges.service.wishing import write_wishes
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.mail.outbox import Sending
from tests.integration.web.support import carry_letters, fill_in, path_in

ANA = "ana@example.org"


def be_late(scene, _seat_id):
    """A week before the gifts, in the evening, after Ben has changed his wishes."""
    write_wishes(SYSTEM, scene.seat("Ben"), "Socks")
    scene.now.moment = datetime(2026, 12, 17, 18, 0, tzinfo=UTC)
    remind_in_time.run(SYSTEM)
    tell_of_wishes.run(SYSTEM)


NEWS = {
    "match_ready": lambda _scene, _seat_id: None,
    "drawn_again": lambda scene, _seat_id: redraw_names(
        scene.olga, scene.exchange.id, after=1, reason="A mistake"
    ),
    "draw_changed": lambda scene, _seat_id: drop_out(scene.olga, scene.exchange.id, scene.seat("Finn")),
    "gifts_soon": be_late,
    "wishes_changed": be_late,
    "match_seen": lambda scene, seat_id: reveal_match(scene.olga, scene.exchange.id, seat_id, "She is ill"),
    "address_asked": lambda scene, seat_id: change_address(
        scene.olga, scene.exchange.id, seat_id, "ana@new.example.org"
    ),
}
"""How each letter comes to wait; the first is there once the names are drawn."""


def ask_for_a_link(scene, _seat_id):
    """Whoever knows the address can do it."""
    ask_for_way_in(ANONYMOUS, scene.exchange.slug, ANA, address="192.0.2.1")
    for errand_id in scene.session.query(ErrandRow.id).all():
        run_errand(errand_id[0])


OVERTAKERS = {
    "a link is asked for": ask_for_a_link,
    "a letter is sent again": lambda scene, seat_id: send_again(scene.olga, scene.exchange.id, seat_id),
    "all links are renewed": lambda scene, seat_id: renew_link(scene.olga, scene.exchange.id, seat_id),
}
ENDINGS = {
    "they are taken out of the draw": lambda scene, seat_id: drop_out(scene.olga, scene.exchange.id, seat_id),
    "it is called off": lambda scene, _seat_id: cancel_exchange(scene.olga, scene.exchange.id),
    "their match is looked up": lambda scene, seat_id: reveal_match(
        scene.olga, scene.exchange.id, seat_id, "She is ill"
    ),
    "the draw changes": lambda scene, _seat_id: drop_out(scene.olga, scene.exchange.id, scene.seat("Eve")),
}


@pytest.fixture
def scene(drawn, olga, seat, session, now):
    class Scene:
        exchange = drawn

    Scene.olga, Scene.seat, Scene.session, Scene.now = olga, staticmethod(seat), session, now
    return Scene


@pytest.fixture
def told(outbox):
    """`told("match_seen")` answers the letters of a kind that have left for Ana."""

    def look(kind):
        left = (one for one in outbox() if one.state is Sending.SENT and one.to == ANA)
        return [one for one in left if one.kind == f"exchanges.{kind}"]

    return look


@pytest.mark.parametrize("overtaker", OVERTAKERS)
@pytest.mark.parametrize("kind", NEWS)
def test_news_arrives_once_and_with_a_link_that_works(scene, seat, told, client_of, kind, overtaker):
    NEWS[kind](scene, seat("Ana"))
    OVERTAKERS[overtaker](scene, seat("Ana"))
    carry_letters()
    (letter,) = told(kind)
    browser = client_of(None)
    assert browser.get(fill_in(browser, path_in(letter)).location).status_code == 200


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", ["match_seen", "address_asked"])
def test_what_an_organiser_did_with_a_place_is_told_whatever_becomes_of_it(scene, seat, told, kind, ending):
    """G13, T-17: neither is in secret, were it only for the minutes that a letter waits."""
    NEWS[kind](scene, seat("Ana"))
    ENDINGS[ending](scene, seat("Ana"))
    carry_letters()
    assert told(kind)


def test_a_match_that_is_void_is_not_told(scene, seat, told):
    """Who is taken out of the draw hears of that alone."""
    drop_out(scene.olga, scene.exchange.id, seat("Ana"))
    carry_letters()
    assert told("match_ready") == []
    assert len(told("left_out")) == 1
