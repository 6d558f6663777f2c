"""Reminders: to whom they go, when, and once only (SK-59, SK-86, SK-96, SK-97, G18)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Guardian, Person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import GiftsSoon
from kinkeeper.features.exchanges.jobs import remind_in_time, tell_of_wishes
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant, Reminder
from kinkeeper.features.exchanges.service import reminding
from kinkeeper.features.exchanges.service.again import begin_again
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.joining import Joining, enter, join
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.organising import AlreadyOver, close_exchange
from kinkeeper.features.exchanges.service.planning import BadReminders, Plan, begin_exchange, change_plan
from kinkeeper.features.exchanges.service.reminding import choose_letters, say_ready
from kinkeeper.features.exchanges.service.reminding import remind_in_time as remind
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform import mail
from kinkeeper.platform.jobs import run_sweep
from kinkeeper.platform.mail import letters
from tests.factories import make_account, make_exchange, make_participant
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import at_once, bearer, carry_letters, fill_in, problems_among, secret_in

from datetime import timedelta  # isort: skip

WEEK_BEFORE = datetime(2026, 12, 17, 8, 0, tzinfo=UTC)
EVE = datetime(2026, 12, 23, 8, 0, tzinfo=UTC)
PEOPLE = ["Ana", "Ben", "Cleo", "Dan", "Eve"]


@pytest.fixture
def scene(stage, session, olga):
    with stage() as staged:
        exchange = make_exchange(staged, people=5, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, exchange.id)
    return Scene(session, exchange)


@pytest.fixture
def reminded(outbox):
    """`reminded()` answers who was reminded of how many days, in the order of the letters."""

    def look() -> list[tuple[str, int]]:
        found = [one for one in outbox() if one.kind == "exchanges.gifts_soon"]
        return [(one.fields["name"], one.fields["days"]) for one in found]

    return look


def test_everybody_is_reminded_a_week_and_a_day_before(scene, now, reminded):
    """SK-96: at eight in the morning, not a minute earlier; and never again, however often it is looked."""
    for moment, expected in (
        (WEEK_BEFORE - timedelta(minutes=1), []),
        (WEEK_BEFORE, [(name, 7) for name in PEOPLE]),
        (WEEK_BEFORE + timedelta(hours=5), [(name, 7) for name in PEOPLE]),
        (EVE, [(name, days) for days in (7, 1) for name in PEOPLE]),
        (EVE + timedelta(days=1), [(name, days) for days in (7, 1) for name in PEOPLE]),
    ):
        now.moment = moment
        for _ in range(2):
            remind_in_time.run(SYSTEM)
        assert reminded() == expected, moment


def test_of_a_new_day_everybody_is_reminded_anew(scene, olga, now, reminded):
    """G18, SK-32: the gifts are a week later, when everybody has heard that they are in a week."""
    now.moment = WEEK_BEFORE
    remind_in_time.run(SYSTEM)
    change_plan(olga, scene.exchange.id, {"budget": "around £5"})
    remind_in_time.run(SYSTEM)
    assert len(reminded()) == 5
    change_plan(olga, scene.exchange.id, {"gifts_on": date(2026, 12, 31)})
    remind_in_time.run(SYSTEM)
    assert len(reminded()) == 5, "it is a fortnight now"
    now.moment = WEEK_BEFORE + timedelta(days=7)
    for _ in range(2):
        remind_in_time.run(SYSTEM)
    assert reminded() == [(name, 7) for name in PEOPLE] * 2


def test_of_a_day_that_comes_back_nobody_is_reminded_twice(scene, olga, now, reminded):
    """G18: the letter knows of which day it speaks."""
    now.moment = WEEK_BEFORE
    remind_in_time.run(SYSTEM)
    for day in (31, 24):
        change_plan(olga, scene.exchange.id, {"gifts_on": date(2026, 12, day)})
    remind_in_time.run(SYSTEM)
    assert len(reminded()) == 5


def test_a_house_that_was_down_at_eight_sends_them_later_that_day_and_not_the_next(scene, now, reminded):
    now.moment = WEEK_BEFORE.replace(hour=23, minute=45)
    remind_in_time.run(SYSTEM)
    assert len(reminded()) == 5
    now.moment = EVE + timedelta(hours=16)
    remind_in_time.run(SYSTEM)
    assert len(reminded()) == 5, "it is the day of the gifts already"


def test_a_morning_begins_in_the_exchange_s_zone(stage, session, olga, now, reminded):
    with stage() as staged:
        far = make_exchange(
            staged, people=3, organiser=olga, state=ExchangeState.CLOSED, zone="Pacific/Auckland"
        )
    draw_names(olga, far.id)
    now.moment = datetime(2026, 12, 16, 18, 59, tzinfo=UTC)
    remind_in_time.run(SYSTEM)
    assert reminded() == []
    now.moment = datetime(2026, 12, 16, 19, 0, tzinfo=UTC)
    remind_in_time.run(SYSTEM)
    assert len(reminded()) == 3


@pytest.mark.parametrize(
    ("gifts_on", "moment"),
    [
        (date(2027, 4, 4), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
        (date(2027, 11, 7), datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
    ],
)
def test_eight_is_eight_on_the_days_on_which_the_clocks_change(
    stage, session, olga, now, reminded, gifts_on, moment
):
    """G18: every slot of that day, the doubled hour too, sends one letter to each."""
    facts = {"closes_on": date(2026, 12, 10), "gifts_on": gifts_on, "state": ExchangeState.CLOSED}
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, **facts)
    draw_names(olga, exchange.id)
    slot = moment.replace(hour=0) - timedelta(hours=2)
    while slot < moment + timedelta(days=1):
        now.moment = slot
        remind_in_time.run(SYSTEM)
        assert len(reminded()) == (3 if slot >= moment else 0), slot
        slot += timedelta(minutes=15)


def test_two_schedulers_and_a_killed_one_remind_once(scene, now, reminded):
    """T-61: the slot is claimed once; where its worker died, the rows know who has a letter."""
    now.moment = WEEK_BEFORE
    at_once(*[lambda: run_sweep("exchanges.remind_in_time", WEEK_BEFORE)] * 4)
    assert len(reminded()) == 5
    now.moment += timedelta(minutes=15)
    run_sweep("exchanges.remind_in_time", now.moment)
    assert len(reminded()) == 5


def test_verbs_at_the_same_moment_remind_once(scene, now, reminded):
    """G18."""
    now.moment = WEEK_BEFORE
    results = at_once(*[lambda: remind(SYSTEM, scene.exchange.id)] * 6)
    assert problems_among(results) == []
    assert sorted(reminded()) == [(name, 7) for name in PEOPLE]


def test_without_the_lock_the_row_keeps_it_at_one_letter(scene, now, reminded, without_locks, monkeypatch):
    """The second defence; and the control, in which neither is there, sends twice."""
    now.moment = WEEK_BEFORE
    exchange_id = scene.exchange.id
    monkeypatch.setattr(queries, "exchange_left_for_change", lambda session, one: session.get(Exchange, one))
    at_once(*[lambda: remind(SYSTEM, exchange_id)] * 4)
    assert sorted(reminded()) == [(name, 7) for name in PEOPLE]


def test_the_control_that_notes_nothing_sends_twice(scene, now, reminded, monkeypatch):
    now.moment = WEEK_BEFORE
    monkeypatch.setattr(reminding, "_note_reminders", lambda _work, seats, _days: list(seats))
    count = iter(range(99))
    once = property(lambda posting: f"{posting.letter.to}/{next(count)}")
    monkeypatch.setattr(mail.Posting, "once", once)
    for _ in range(2):
        remind(SYSTEM, scene.exchange.id)
    assert len(reminded()) == 10


def test_whoever_has_a_gift_ready_or_wants_none_gets_none(client_of, scene, now, reminded):
    """G18, SK-59: by the buttons on one's own page; undone in time, it is as if nothing had been said."""
    open_match(scene.actor("Ana"), scene.seat("Ana").id)
    path = f"/my/{scene.seat('Ana').id}"
    assert fill_in(client_of(scene.actor("Ana")), f"{path}/ready", ready="y").location == path
    assert "Your gift is ready" in client_of(scene.actor("Ana")).get(path).text
    fill_in(client_of(scene.actor("Ben")), f"/my/{scene.seat('Ben').id}/letters", wishes="y")
    now.moment = WEEK_BEFORE
    remind_in_time.run(SYSTEM)
    assert reminded() == [(name, 7) for name in PEOPLE[2:]]
    fill_in(client_of(scene.actor("Ana")), f"{path}/ready")
    fill_in(client_of(scene.actor("Ben")), f"/my/{scene.seat('Ben').id}/letters", reminders="y")
    now.moment = EVE
    remind_in_time.run(SYSTEM)
    assert reminded()[3:] == [(name, 1) for name in PEOPLE]


def test_another_draw_makes_nobody_s_gift_ready(scene, olga, now, reminded):
    """The match is another; and whose it is not, must not be told by who is reminded (T-14)."""
    for name in PEOPLE:
        say_ready(SYSTEM, scene.seat(name).id, ready=True)
    redraw_names(olga, scene.exchange.id, "A mistake")
    now.moment = WEEK_BEFORE
    remind_in_time.run(SYSTEM)
    assert len(reminded()) == 5


def test_only_those_who_give_are_reminded(stage, scene, olga, now, reminded):
    """Neither who never confirmed, nor before a draw, nor of what is called off."""
    with stage() as staged:
        make_participant(staged, staged.get_one(Exchange, scene.exchange.id), "Zoe", confirmed=False)
        nils = make_account(staged, "Nils")
        make_exchange(staged, people=3, organiser=nils)
        una = make_account(staged, "Una")
        called_off = make_exchange(staged, people=3, organiser=una, state=ExchangeState.CLOSED)
    draw_names(SYSTEM, called_off.id)
    cancel_exchange(SYSTEM, called_off.id)
    now.moment = WEEK_BEFORE
    remind_in_time.run(SYSTEM)
    assert reminded() == [(name, 7) for name in PEOPLE]


def test_a_child_s_guardian_is_reminded(stage, scene, now, outbox):
    ana, ben = scene.seat("Ana"), scene.seat("Ben")
    with stage() as staged:
        staged.get_one(Person, ana.person_id).email = None
        staged.add(Guardian(ward_id=ana.person_id, guardian_id=ben.person_id))
    now.moment = WEEK_BEFORE
    remind_in_time.run(SYSTEM)
    to_ben = [one.fields for one in outbox() if one.to == "ben@example.org" and one.kind == GiftsSoon.kind]
    assert sorted((fields["name"], fields["ward"]) for fields in to_ben) == [("Ben", ""), ("Ben", "Ana")]


def test_the_letter_names_no_match_and_leads_to_the_page(client_of, scene, now, outbox):
    """T-15."""
    now.moment = WEEK_BEFORE
    remind_in_time.run(SYSTEM)
    carry_letters()
    letter = next(one for one in outbox() if one.kind == "exchanges.gifts_soon")
    written = letters.render(letters.unpack(letter.kind, letter.fields), "LINK")
    assert written.subject == "In 7 days: Christmas"
    others = [name for name in PEOPLE if name != letter.fields["name"]]
    assert not any(name in f"{written.subject}{written.text}{written.html}" for name in others)
    browser = client_of(None)
    path = f"/remind/{secret_in(letter)}"
    assert browser.get(path).status_code == 200
    assert fill_in(browser, path).location == f"/my/{letter.fields['participant_id']}"


@pytest.mark.parametrize(("days", "subject"), [(0, "Today: Yule"), (1, "Tomorrow: Yule")])
def test_today_and_tomorrow_have_names(scene, now, days, subject, olga, outbox):
    change_plan(olga, scene.exchange.id, {"remind_days": (days,), "title": "Yule"})
    now.moment = EVE + timedelta(days=1 - days)
    remind_in_time.run(SYSTEM)
    (letter, *_) = [one for one in outbox() if one.kind == "exchanges.gifts_soon"]
    assert letters.subject_of(letter.kind, letter.fields) == subject


def test_a_season_takes_four_letters_of_each(stage, olga, now, outbox):
    """G18: the confirmation, the draw, two reminders; what is told of wishes can be stopped by itself."""
    plan = Plan(title="Yule", closes_on=date(2026, 12, 10), gifts_on=date(2026, 12, 24), zone="Europe/London")
    exchange_id = begin_exchange(olga, plan)
    slug = queries.exchange_of(read_session(), olga, exchange_id).slug
    for name in PEOPLE:
        wanted = Joining(name=name, email=f"{name}@example.org", wishes="Tea", language="en")
        join(ANONYMOUS, slug, wanted, address=name)
    carry_letters()
    moment = timedelta(days=1)
    for letter in outbox():
        enter(ANONYMOUS, "confirm", secret_in(letter), address="x", lease=Lease(moment, moment))
    close_exchange(olga, exchange_id)
    draw_names(olga, exchange_id)
    while now() < datetime(2026, 12, 26, tzinfo=UTC):
        remind_in_time.run(SYSTEM)
        tell_of_wishes.run(SYSTEM)
        now.advance(hours=6)
    kinds = [one.kind for one in outbox() if one.to == "ana@example.org"]
    assert kinds == [
        "exchanges.confirm_joining",
        "exchanges.match_ready",
        "exchanges.gifts_soon",
        "exchanges.gifts_soon",
    ]


def test_organisers_choose_the_days(client_of, scene, olga, session):
    """SK-96: by the form and by the API; what cannot be meant stays as it was typed."""
    client, path = client_of(olga), f"/exchanges/{scene.exchange.id}/change"
    page = client.get(path)
    assert 'name="remind_days" type="text" value="7, 1"' in page.text
    sent = {
        "title": "Christmas",
        "gifts_on": "2026-12-24",
        "closes_on": "2026-12-10",
        "zone": "Europe/London",
        "keep_days": "30",
    }
    for typed, kept in (("14 3;0", (14, 3, 0)), ("", ()), ("7, 7,1", (7, 1))):
        assert fill_in(client, path, remind_days=typed, **sent).status_code == 303
        session.expire_all()
        assert session.get_one(Exchange, scene.exchange.id).remind_days == kept
    for typed in ("1, 2, 3, 4", "61", "-1", "soon"):
        answer = fill_in(client, path, remind_days=typed, **sent)
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.text
        assert "at most 3 different numbers" in answer.text
    api, headers = f"/api/v1/exchanges/{scene.exchange.id}", bearer(olga)
    changed = client_of(None).patch(api, json={"remind_days": [3, 10]}, headers=headers)
    assert changed.json["data"]["remind_days"] == [10, 3]
    for wrong in ([1, 2, 3, 4], [61], ["7"], "7"):
        assert client_of(None).patch(api, json={"remind_days": wrong}, headers=headers).status_code == 422
    with pytest.raises(BadReminders):
        change_plan(olga, scene.exchange.id, {"remind_days": (99,)})


def test_another_year_begins_with_the_same_choices(scene, olga, session):
    choose_letters(SYSTEM, scene.seat("Ana").id, reminders=False, wishes=False)
    change_plan(olga, scene.exchange.id, {"remind_days": (10,)})
    again = begin_again(olga, scene.exchange.id, {})
    found = session.scalars(select(Participant).where(Participant.exchange_id == again))
    wanted = {seat.name: (seat.wants_reminders, seat.hears_of_wishes) for seat in found}
    assert (wanted["Ana"], wanted["Ben"]) == ((False, False), (True, True))
    assert session.get_one(Exchange, again).remind_days == (10,)


@pytest.mark.parametrize(("tick", "wants"), [({"wants_reminders": "y"}, True), ({}, False)])
def test_joining_asks_whether_one_wants_to_be_reminded(client_of, stage, olga, session, tick, wants):
    """SK-86: ticked by default, and taken off by whoever wants none."""
    with stage() as staged:
        exchange = make_exchange(staged, people=0, organiser=olga)
    client = client_of(None)
    page = client.get(f"/join/{exchange.slug}").text
    assert re.search(r'<input [^>]*checked id="wants_reminders"', page)
    fill_in(client, f"/join/{exchange.slug}", name="Zoe", email="zoe@example.org", **tick)
    (seat,) = session.scalars(select(Participant))
    assert seat.wants_reminders is wants


def test_there_is_nothing_to_be_ready_for_without_a_match(stage, olga, session):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
    ana = Scene(session, exchange).seat("Ana")
    with pytest.raises(NotFound):
        say_ready(SYSTEM, ana.id, ready=True)
    cancel_exchange(olga, exchange.id)
    end_reading()
    with pytest.raises(AlreadyOver):
        choose_letters(SYSTEM, ana.id, reminders=False, wishes=False)


def test_rows_of_reminders_go_with_the_place(scene, now, session):
    now.moment = WEEK_BEFORE
    remind_in_time.run(SYSTEM)
    assert {row.days for row in session.scalars(select(Reminder))} == {7}
