"""What waits for the holder of a place when it goes by another address, and what the old one can do (T-7)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.jobs import remind_in_time
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.features.exchanges.service.readdressing import answer_address, change_address, confirm_address
from kinkeeper.features.exchanges.service.revealing import reveal_match
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.platform.mail import letters
from kinkeeper.platform.mail.outbox import Sending
from tests.factories import guest
from tests.integration.web.support import carry_letters, secret_in

from datetime import timedelta  # isort: skip

OLD, NEW = "ana@example.org", "annette@new.example.org"
A_WEEK_BEFORE = datetime(2026, 12, 17, 8, 0, tzinfo=UTC)


@pytest.fixture
def told(outbox):
    """`told(address)` answers what letters have left for an address."""

    def look(address):
        left = (one for one in outbox() if one.state is Sending.SENT and one.to == address)
        return [one.kind.removeprefix("exchanges.") for one in left]

    return look


@pytest.fixture
def move(drawn, olga, seat, session, outbox):
    """`move(act)`: asks, has Ana agree, and moves her place once `act` has had letters written."""

    def do(act=lambda: None):
        change_address(olga, drawn.id, seat("Ana"), NEW)
        ana = guest(session.query(Person).filter_by(email=OLD).one())
        answer_address(ana, seat("Ana"), agrees=True)
        carry_letters()
        act()
        asked = [one for one in outbox() if one.kind == "exchanges.confirm_address"][-1]
        confirm_address(
            ANONYMOUS, secret_in(asked), address="192.0.2.1", lease=Lease(timedelta(14), timedelta(60))
        )

    return do


def test_a_changed_plan_that_rests_is_told_to_whoever_has_the_place_now(drawn, olga, move, told, now):
    """Once, and at the new address."""
    move(lambda: change_plan(olga, drawn.id, {"gifts_on": date(2026, 12, 26)}))
    now.advance(minutes=11)
    carry_letters()
    assert "plan_changed" not in told(OLD)
    assert told(NEW).count("plan_changed") == 1


def test_reminders_and_lookings_up_that_wait_come_to_the_new_address(drawn, olga, seat, move, told, now):
    """Neither would be written again: the reminder's row makes it the only one (G18)."""
    now.moment = A_WEEK_BEFORE - timedelta(hours=1)

    def act():
        now.moment = A_WEEK_BEFORE
        remind_in_time.run(SYSTEM)
        reveal_match(olga, drawn.id, seat("Ana"), "She is ill")

    move(act)
    carry_letters()
    assert not {"gifts_soon", "match_seen"} & set(told(OLD))
    assert sorted(set(told(NEW)) & {"gifts_soon", "match_seen"}) == ["gifts_soon", "match_seen"]


def test_a_letter_to_the_old_address_stops_nothing_of_the_new_holder_s(
    drawn, seat, move, outbox, client_of, now, admin
):
    """T-7: the link in the new letters does."""

    def stop_page():
        reminders = [one for one in outbox() if one.kind == "exchanges.gifts_soon"]
        row = [one for one in reminders if one.about_id == seat("Ana")][-1]
        return letters.unpack(row.kind, row.fields).stop_page()

    def act():
        now.moment = A_WEEK_BEFORE
        remind_in_time.run(SYSTEM)
        carry_letters()
        old.append(stop_page())

    old = []
    now.moment = A_WEEK_BEFORE - timedelta(hours=1)
    move(act)
    now.moment = A_WEEK_BEFORE + timedelta(days=6)
    remind_in_time.run(SYSTEM)
    for dead in (client_of(None).get(*old), client_of(None).post(*old)):
        assert dead.status_code == 404
    assert client_of(None).get(stop_page()).status_code == 200
    assert "No more of these" in client_of(None).post(stop_page()).text
