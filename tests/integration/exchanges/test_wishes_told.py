"""Givers hear of changed wishes in at most one letter a day, and nobody learns from it who they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.jobs import tell_of_wishes
from kinkeeper.features.exchanges.models import Exchange, ExchangeState
from kinkeeper.features.exchanges.rules.wishing import Priority
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.reminding import choose_letters, say_ready
from kinkeeper.features.exchanges.service.reminding import tell_of_wishes as tell
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.wishing import (
    Wanted,
    add_wish,
    change_wish,
    remove_wish,
    write_wishes,
)
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.platform.jobs import run_sweep
from kinkeeper.platform.mail import letters
from tests.factories import make_exchange, make_participant
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import at_once, problems_among

EVENING = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
PEOPLE = ["Ana", "Ben", "Cleo", "Dan", "Eve"]


@pytest.fixture
def scene(stage, session, olga):
    with stage() as staged:
        exchange = make_exchange(staged, people=5, organiser=olga, state=ExchangeState.CLOSED)
    scene = Scene(session, exchange)
    add_wish(SYSTEM, scene.seat("Ana").id, Wanted(text="A kite"))
    draw_names(olga, exchange.id)
    return scene


@pytest.fixture
def told(outbox):
    """`told()` answers who has a letter that wishes have changed."""
    return lambda: [one.fields["name"] for one in outbox() if one.kind == "exchanges.wishes_changed"]


def evening(now, days=0, **later):
    now.moment = EVENING + timedelta(days=days, **later)
    tell_of_wishes.run(SYSTEM)


CHANGES = {
    "a wish more": lambda seat_id, _wish: add_wish(SYSTEM, seat_id, Wanted(text="A boat")),
    "a wish less": lambda seat_id, wish: remove_wish(SYSTEM, seat_id, wish.id),
    "other words of it": lambda seat_id, wish: change_wish(SYSTEM, seat_id, wish.id, Wanted(text="Kites")),
    "a link": lambda seat_id, wish: change_wish(
        SYSTEM, seat_id, wish.id, Wanted(text=wish.text, url="https://a.example")
    ),
    "how dear it is": lambda seat_id, wish: change_wish(
        SYSTEM, seat_id, wish.id, Wanted(text=wish.text, priority=Priority.LOVE)
    ),
    "the words above": lambda seat_id, _wish: write_wishes(SYSTEM, seat_id, "Socks"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_everybody_else_gets_one_letter_in_the_evening(scene, now, told, change):
    ana = scene.seat("Ana")
    CHANGES[change](ana.id, queries.wishes_of(scene.session, ana.id)[0])
    evening(now, minutes=-1)
    assert told() == []
    for _ in range(3):
        evening(now)
    assert told() == PEOPLE[1:], "not who changed them"
    evening(now, days=1)
    assert told() == PEOPLE[1:], "nothing has changed since"


def test_where_two_have_changed_theirs_both_hear_of_it(scene, now, told):
    for name in ("Ana", "Ben"):
        write_wishes(SYSTEM, scene.seat(name).id, "Socks")
    evening(now)
    assert told() == PEOPLE


def test_whom_the_letters_go_to_does_not_depend_on_who_gives_to_whom(scene, now, outbox):
    """T-14, T-20: who changes a wish and looks into the outbox finds no giver there."""
    write_wishes(SYSTEM, scene.seat("Ana").id, "Socks")
    evening(now)
    found = [one for one in outbox() if one.kind == "exchanges.wishes_changed"]
    giver = next(name for name, other in scene.pairs().items() if other == "Ana")
    assert {one.fields["name"] for one in found} > {giver}
    for letter in found:
        written = letters.render(letters.unpack(letter.kind, letter.fields), "LINK")
        text = f"{written.subject}{written.text}{written.html}"
        assert not any(name in text for name in PEOPLE if name != letter.fields["name"])


def test_more_changes_on_one_day_are_one_letter_and_on_the_next_another(scene, now, told):
    write_wishes(SYSTEM, scene.seat("Ana").id, "Socks")
    evening(now)
    write_wishes(SYSTEM, scene.seat("Ana").id, "Mittens")
    evening(now, hours=1)
    assert len(told()) == 4
    evening(now, hours=8)
    assert len(told()) == 4, "not at night"
    evening(now, days=1)
    assert len(told()) == 8


def test_a_change_that_is_undone_is_told_to_nobody(scene, now, told):
    ana = scene.seat("Ana")
    before = ana.wishes
    wish_id = add_wish(SYSTEM, ana.id, Wanted(text="A boat"))
    write_wishes(SYSTEM, ana.id, "Socks")
    remove_wish(SYSTEM, ana.id, wish_id)
    write_wishes(SYSTEM, ana.id, before)
    evening(now)
    assert told() == []
    write_wishes(SYSTEM, ana.id, "Socks")
    evening(now, days=1)
    assert len(told()) == 4, "and the next one is"


def test_before_the_draw_there_is_nobody_to_tell(stage, session, olga, now, told):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, state=ExchangeState.CLOSED)
    ana = Scene(session, exchange).seat("Ana")
    add_wish(SYSTEM, ana.id, Wanted(text="A kite"))
    evening(now)
    draw_names(olga, exchange.id)
    evening(now, days=1)
    assert told() == []


def test_whoever_nobody_gives_to_sends_nobody_a_letter(stage, scene, olga, now, told):
    """Who was never drawn, and who was taken out, also on the day of their last change."""
    with stage() as staged:
        make_participant(staged, staged.get_one(Exchange, scene.exchange.id), "Zoe", confirmed=False)
    add_wish(SYSTEM, scene.seat("Zoe").id, Wanted(text="A boat"))
    write_wishes(SYSTEM, scene.seat("Ana").id, "Socks")
    drop_out(olga, scene.exchange.id, scene.seat("Ana").id)
    evening(now)
    assert told() == []
    assert scene.seat("Ana").wishes_before is scene.seat("Zoe").wishes_before is None
    evening(now, days=1)
    assert told() == []


def test_on_the_day_of_the_gifts_it_is_too_late(scene, now, told):
    write_wishes(SYSTEM, scene.seat("Ana").id, "Socks")
    evening(now, days=23)
    assert told() == []


def test_whoever_wants_none_or_has_a_gift_ready_gets_none(scene, now, told):
    choose_letters(SYSTEM, scene.seat("Ben").id, reminders=True, wishes=False)
    say_ready(SYSTEM, scene.seat("Cleo").id, ready=True)
    write_wishes(SYSTEM, scene.seat("Ana").id, "Socks")
    evening(now)
    assert told() == ["Dan", "Eve"]


def test_two_schedulers_and_verbs_at_the_same_moment_tell_once(scene, now, told):
    write_wishes(SYSTEM, scene.seat("Ana").id, "Socks")
    now.moment = EVENING
    at_once(*[lambda: run_sweep("exchanges.tell_of_wishes", EVENING)] * 3)
    assert problems_among(at_once(*[lambda: tell(SYSTEM, scene.exchange.id)] * 4)) == []
    assert told() == PEOPLE[1:]


def test_without_the_lock_the_same_letter_is_queued_once(scene, now, told, without_locks, monkeypatch):
    """The second defence: the outbox knows a letter by its place and its day."""
    write_wishes(SYSTEM, scene.seat("Ana").id, "Socks")
    now.moment = EVENING
    exchange_id = scene.exchange.id
    monkeypatch.setattr(queries, "exchange_left_for_change", lambda session, one: session.get(Exchange, one))
    at_once(*[lambda: tell(SYSTEM, exchange_id)] * 4)
    assert sorted(told()) == PEOPLE[1:]
