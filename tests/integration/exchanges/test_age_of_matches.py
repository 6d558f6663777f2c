"""After a draw is changed everybody reads on their own page, and only there, whether their match is new."""

from __future__ import annotations

import pytest

from kinkeeper.features.exchanges.service.drawing import redraw_names
from kinkeeper.features.exchanges.service.joining import Joining
from kinkeeper.features.exchanges.service.repairing import drop_out, let_in
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import fill_in

ZOE = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
NEW, SAME, AGAIN = "somebody left or came late.", "It is the same as before", "all names were drawn again."


@pytest.fixture
def scene(session, drawn):
    return Scene(session, drawn)


@pytest.fixture
def page(scene, client_of):
    """`page("Ana")` answers her page as she sees it."""
    return lambda name: client_of(scene.actor(name)).get(f"/my/{scene.seat(name).id}").text


@pytest.fixture
def everybody_looks(scene, client_of):
    def look():
        for name in scene.pairs():
            fill_in(client_of(scene.actor(name)), f"/my/{scene.seat(name).id}/match")

    return look


def said(text: str) -> set[str]:
    return {one for one in (NEW, SAME, AGAIN) if one in text}


def test_nothing_is_said_of_the_first_match(scene, page, everybody_looks):
    assert [said(page(name)) for name in scene.pairs()] == [set()] * 6
    everybody_looks()
    assert [said(page(name)) for name in scene.pairs()] == [set()] * 6


@pytest.mark.parametrize("have_looked", [True, False])
def test_whose_match_has_changed_reads_since_when_and_the_others_that_theirs_stands(
    scene, page, olga, drawn, everybody_looks, have_looked
):
    """T-14: it stands on the page of who has it; letters and logs are alike for all."""
    if have_looked:
        everybody_looks()
    before = scene.pairs()
    drop_out(olga, drawn.id, scene.seat("Finn").id)
    after = scene.pairs()
    for name, receiver in after.items():
        assert said(page(name)) == ({SAME} if before[name] == receiver else {NEW}), name
    everybody_looks()
    for name, receiver in after.items():
        assert said(page(name)) == ({SAME} if before[name] == receiver else {NEW}), name


def test_a_latecomer_s_first_match_is_not_called_new(scene, page, olga, drawn, come_late):
    let_in(olga, drawn.id, come_late(drawn.id, ZOE))
    assert said(page("Zoe")) == set()
    drop_out(olga, drawn.id, scene.seat("Finn").id)
    assert said(page("Zoe")) <= {SAME, NEW}
    assert said(page("Zoe"))


def test_after_all_names_are_drawn_again_all_are_new(scene, page, olga, drawn):
    """Also whoever comes out of the hat with the same name once more."""
    redraw_names(olga, drawn.id, "A new start")
    assert [said(page(name)) for name in scene.pairs()] == [{AGAIN}] * 6
    before = scene.pairs()
    drop_out(olga, drawn.id, scene.seat("Finn").id)
    for name, receiver in scene.pairs().items():
        assert said(page(name)) == ({SAME} if before[name] == receiver else {NEW}), name


def test_the_organiser_reads_of_nobody_s_match_whether_it_is_new(scene, olga, drawn, client_of):
    drop_out(olga, drawn.id, scene.seat("Finn").id)
    for path in ("", "/changes", "/letters"):
        assert not said(client_of(olga).get(f"/exchanges/{drawn.id}{path}").text)
