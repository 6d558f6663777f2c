"""Pages of a place that somebody holds for another speak of that one, and not of their reader (G15)."""

from __future__ import annotations

import html
import re

import pytest

from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.holding import hold_place
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish
from tests.factories import make_exchange
from tests.integration.exchanges.support import Scene

CHILD = "Wilhelmina"
OF_THE_READER = re.compile(
    r"[^.>]*\b(your wishes|your list|my list|my wishes|your gift|my gift|your match|you give|give to you|"
    r"draws you|drawn you|would you like|dear is it to you|your page|you are in|you owe)\b[^.<]*",
    re.IGNORECASE,
)


@pytest.fixture
def scene(stage, session, olga):
    with stage() as staged:
        exchange = make_exchange(staged, people=5, organiser=olga)
    return Scene(session, exchange)


@pytest.fixture
def child(scene):
    return hold_place(scene.actor("Ana"), scene.seat("Ana").id, CHILD)


@pytest.fixture
def page(scene, client_of):
    def look(path) -> str:
        answer = client_of(scene.actor("Ana")).get(path)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    return look


def of_the_reader(text: str) -> list[str]:
    main = text.partition("<title>")[2].partition("</title>")[0] + text.partition("<main")[2]
    return [found[0].strip() for found in OF_THE_READER.finditer(main)]


def test_before_the_draw(scene, child, page):
    wish = add_wish(scene.actor("Ana"), child, Wanted(text="A kite", url="", priority="like"))
    for path in (f"/my/{child}", f"/my/{child}/wishes", f"/my/{child}/release"):
        assert of_the_reader(page(path)) == [], path
    assert "What would Wilhelmina like?" in page(f"/my/{child}/wishes")
    assert of_the_reader(page(f"/my/{child}/wishes/{wish}")) == []


def test_after_the_draw(scene, child, page, olga):
    exchange = scene.exchange
    wish = add_wish(scene.actor("Ana"), child, Wanted(text="A kite", url="", priority="like"))
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    for _ in range(2):
        for path in (f"/my/{child}", f"/my/{child}/wishes", f"/my/{child}/wishes/{wish}"):
            assert of_the_reader(page(path)) == [], path
        open_match(scene.actor("Ana"), child)
    assert "Is the gift from Wilhelmina ready?" in page(f"/my/{child}")


def test_once_it_is_taken_out(scene, child, page, olga):
    close_exchange(olga, scene.exchange.id)
    draw_names(olga, scene.exchange.id)
    drop_out(olga, scene.exchange.id, child)
    text = page(f"/my/{child}")
    assert of_the_reader(text) == []
    assert "Wilhelmina owes nobody a present" in text
    assert "Have a word with Olga" in text


def test_one_s_own_pages_say_you(scene, child, page):
    own = scene.seat("Ana").id
    assert "Your wishes" in page(f"/my/{own}")
    assert "What would you like?" in page(f"/my/{own}/wishes")
