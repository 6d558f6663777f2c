"""Who leaves and looks after others, or cannot leave any more, is told what becomes of it (SK-60, SK-64)."""

from __future__ import annotations

import html

import pytest

from kinkeeper.features.exchanges.models import ExchangeOrganiser
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.holding import hold_place
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.platform.mail import letters
from tests.factories import make_exchange
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import fill_in

CHILD = "Wilhelmina"


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        return make_exchange(session, people=5, organiser=olga)


@pytest.fixture
def scene(session, exchange):
    return Scene(session, exchange)


@pytest.fixture
def child(scene):
    """Ana looks after her."""
    return hold_place(scene.actor("Ana"), scene.seat("Ana").id, CHILD)


@pytest.fixture
def page(scene, client_of):
    """`page("Ana", path)` answers what she sees there."""
    return lambda name, path: html.unescape(client_of(scene.actor(name)).get(path).text)


def test_who_looks_after_others_reads_that_these_stay(scene, child, page):
    text = page("Ana", f"/my/{scene.seat('Ana').id}/leave")
    assert "Whom you look after stays in." in text
    assert f"{CHILD}: you still get their letters" in text
    assert "have a word with Olga" in text
    assert f'href="/my/{child}/release"' in text


def test_who_looks_after_nobody_reads_nothing_of_it(scene, page):
    assert "Whom you look after" not in page("Ana", f"/my/{scene.seat('Ana').id}/leave")


def test_the_places_stay_and_their_pages_stay_open(scene, child, client_of, session):
    """The browser that let somebody in knows them still: they have a page to look after."""
    ana = client_of(scene.actor("Ana"))
    assert fill_in(ana, f"/my/{scene.seat('Ana').id}/leave", sure="y").status_code == 303
    assert scene.seat(CHILD).is_confirmed
    assert ana.get(f"/my/{child}").status_code == 200
    assert ana.get(f"/my/{child}/wishes").status_code == 200


def test_the_organiser_who_asked_hears_that_places_are_looked_after_from_outside(
    scene, child, client_of, stage, outbox, olga
):
    with stage() as session:
        found = session.get_one(ExchangeOrganiser, (scene.exchange.id, olga.person_id))
        found.hears_of_leaving = True
    fill_in(client_of(scene.actor("Ana")), f"/my/{scene.seat('Ana').id}/leave", sure="y")
    fill_in(client_of(scene.actor("Ben")), f"/my/{scene.seat('Ben').id}/leave", sure="y")
    of_ana, of_ben = [
        letters.render(letters.unpack(one.kind, one.fields), None)
        for one in outbox()
        if one.kind == "exchanges.somebody_left"
    ]
    for text in (of_ana.text, of_ana.html):
        assert "They still look after 1 other place here" in text
        assert CHILD not in text
    assert "look after" not in of_ben.text


def test_a_held_place_is_left_by_taking_it_off_the_list(scene, child, client_of):
    """Its page speaks of whom it is about."""
    answer = client_of(scene.actor("Ana")).get(f"/my/{child}/leave")
    assert answer.location == f"/my/{child}/release"


def test_after_the_draw_everybody_reads_who_can_take_them_out(scene, child, page, olga, exchange):
    own = f"/my/{scene.seat('Ana').id}"
    close_exchange(olga, exchange.id)
    assert "Have a word with Olga, who can still take you off." in page("Ana", f"{own}/leave")
    draw_names(olga, exchange.id)
    assert "You cannot take part after all? Have a word with Olga, who can take you out" in page("Ana", own)
    assert f"Can {CHILD} not take part after all? Have a word with Olga" in page("Ana", f"/my/{child}")


def test_nothing_of_it_before_the_draw(scene, page):
    assert "who can take you out" not in page("Ana", f"/my/{scene.seat('Ana').id}")
