"""Live events: what a verb tells is a row of its act, and whoever asks for what is new misses nothing."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.work import end_reading, read_session, transaction
from kinkeeper.platform import live
from kinkeeper.platform.live import events
from kinkeeper.platform.live.events import LOOK, LiveEvent, forget_old
from tests.conftest import SERVER

TOPIC = "exchange/1"
SUBJECT = UUID(int=7)
LONG = 20.0
"""Seconds that only a failing test waits."""


def tell(kind: str = "a.b", topic: str = TOPIC, **facts) -> None:
    with transaction(SYSTEM) as work:
        live.tell(work, topic, kind, **facts)


def after(last: int) -> list[str]:
    """The kinds of what is new, as a reader who comes now."""
    end_reading()
    return [event.kind for event in events.after(read_session(), last)]


def newest() -> int:
    end_reading()
    return live.newest(read_session())


def missed(last: int, most: int = 100, topics: frozenset[str] = frozenset({TOPIC})) -> list[str]:
    until = newest()
    found = events.missed(read_session(), topics, last, until, most)
    return [event.kind for event in found]


# --- telling


def test_what_is_told_is_there_with_the_act(engine, session, now):
    with transaction(SYSTEM) as work:
        live.tell(work, TOPIC, "letter.sent", SUBJECT, count=3, letter_id=UUID(int=9))
    (row,) = session.scalars(select(LiveEvent))
    assert (row.topic, row.kind, row.subject_id, row.at) == (TOPIC, "letter.sent", SUBJECT, now())
    assert row.facts == {"count": 3, "letter_id": str(UUID(int=9))}


def test_an_act_that_is_rolled_back_tells_nothing(engine, session):
    with pytest.raises(ZeroDivisionError), transaction(SYSTEM) as work:
        live.tell(work, TOPIC, "letter.sent")
        1 / 0  # noqa: B018 - it fails
    assert session.scalar(select(func.count()).select_from(LiveEvent)) == 0
    tell("later")
    assert after(0) == ["later"]


@pytest.mark.parametrize("fact", ["Ana", 1.5, None, ["Ana"], {"name": "Ana"}])
def test_words_about_people_are_refused(engine, fact):
    """An event is for everybody who may see the topic, and lies about for a day: counts and ids only."""
    with pytest.raises(TypeError, match="neither a count nor an id"), transaction(SYSTEM) as work:
        live.tell(work, TOPIC, "letter.sent", of=fact)


def test_one_act_tells_in_the_order_of_its_words(engine):
    with transaction(SYSTEM) as work:
        for number in range(5):
            live.tell(work, TOPIC, f"e{number}")
    assert after(0) == ["e0", "e1", "e2", "e3", "e4"]


# --- nothing is lost


def test_the_one_that_told_first_and_committed_last_is_not_lost(engine):
    """A reader remembers one number; an act that takes its time must not slip in below it."""
    if not SERVER:
        pytest.skip("SQLite has one writer at a time")
    with transaction(SYSTEM) as slow:
        live.tell(slow, TOPIC, "slow")
        slow.session.flush()
        elsewhere(lambda: tell("quick"))
        seen, last = elsewhere(lambda: (after(0), newest()))
    assert seen == ["quick"]
    assert seen + after(last) == ["quick", "slow"]


def test_an_act_between_its_number_and_its_commit_holds_back_the_next(engine):
    """The worst moment: the row has its number, and is not yet to be seen."""
    if not SERVER:
        pytest.skip("SQLite has one writer at a time")
    at_the_end, go_on = threading.Event(), threading.Event()
    slow = threading.Thread(target=tell_slowly, args=(at_the_end, go_on))
    slow.start()
    assert at_the_end.wait(LONG)
    quick = threading.Thread(target=tell, args=("quick",))
    quick.start()
    quick.join(0.3)
    seen, last = after(0), newest()
    go_on.set()
    for thread in (slow, quick):
        thread.join(LONG)
    assert seen + after(last) == ["slow", "quick"]


def test_without_the_turn_it_would_be_lost(engine, monkeypatch):
    """The twin of the test before: with nothing to wait for, the reader misses the slow one."""
    if not SERVER:
        pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr(events, "is_postgresql", lambda _connection: False)
    at_the_end, go_on = threading.Event(), threading.Event()
    slow = threading.Thread(target=tell_slowly, args=(at_the_end, go_on))
    slow.start()
    assert at_the_end.wait(LONG)
    tell("quick")
    seen, last = after(0), newest()
    go_on.set()
    slow.join(LONG)
    assert seen + after(last) == ["quick"]


def tell_slowly(at_the_end: threading.Event, go_on: threading.Event) -> None:
    """Tell, and stand still between the row's INSERT and the COMMIT."""
    from sqlalchemy import event

    with transaction(SYSTEM) as work:
        live.tell(work, TOPIC, "slow")

        def stand_still(*_arguments) -> None:
            at_the_end.set()
            go_on.wait(LONG)

        event.listen(work.session, "before_commit", stand_still)


def elsewhere(act):
    """Do it in another thread, while this one is in a transaction."""
    found = []
    thread = threading.Thread(target=lambda: (found.append(act()), end_reading()))
    thread.start()
    thread.join(LONG)
    return found[0]


def test_two_acts_that_tell_at_the_end_do_not_lock_each_other_out(engine, stage):
    """The turn is taken when nothing else is left to wait for, so it closes no circle of waiting."""
    if not SERVER:
        pytest.skip("SQLite has one writer at a time")
    with stage() as session:
        session.execute(text("INSERT INTO limit_spending VALUES ('a', now(), 1)"))
    told, holds = threading.Event(), threading.Event()
    trouble: list[Exception] = []

    def tell_and_hold() -> None:
        try:
            with transaction(SYSTEM) as work:
                work.session.execute(text("UPDATE limit_spending SET spent = 2"))
                holds.set()
                told.wait(LONG)
                live.tell(work, TOPIC, "one")
        except Exception as error:  # noqa: BLE001 - the test looks at it
            trouble.append(error)

    one = threading.Thread(target=tell_and_hold)
    one.start()
    assert holds.wait(LONG)
    with transaction(SYSTEM) as work:
        live.tell(work, TOPIC, "two")  # told before the row is asked for that `one` holds
        told.set()
        work.session.execute(text("UPDATE limit_spending SET spent = 3"))
    one.join(LONG)
    assert trouble == []
    assert sorted(after(0)) == ["one", "two"]


# --- what a page missed


def test_a_page_that_comes_back_is_told_what_it_missed_of_its_topics(engine):
    tell("seen")
    seen = newest()
    tell("new")
    tell("foreign", topic="exchange/2")
    assert missed(seen) == ["new"]
    assert missed(newest()) == []


def test_too_much_missed_is_told_as_one_look(engine):
    tell("seen")
    seen = newest()
    for number in range(4):
        tell(f"e{number}")
    assert missed(seen, most=4) == ["e0", "e1", "e2", "e3"]
    assert missed(seen, most=3) == [LOOK]


def test_a_page_from_before_what_is_kept_looks(engine, now):
    tell("long ago")
    seen = newest()
    tell("yesterday")
    tell("yesterday too")
    now.advance(days=2)
    forget_old(SYSTEM)
    assert missed(seen) == [LOOK]


def test_a_number_that_was_never_given_looks(engine):
    """After a backup was restored, pages know more than the house."""
    tell("seen")
    assert missed(newest() + 900) == [LOOK]


def test_numbers_go_on_when_everything_was_forgotten(engine, now):
    """Else a page that remembers number 2 would not hear of a new number 1."""
    tell()
    tell()
    last = newest()
    now.advance(days=2)
    forget_old(SYSTEM)
    assert newest() == last
    tell("fresh")
    assert after(last) == ["fresh"]
