"""Everybody who is in hears that the plan has changed: once, in their language, and nothing untrue."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.organising import close_exchange, open_exchange
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.ruling import (
    DrawWishes,
    NamingSettled,
    PublishingSettled,
    TooLateToName,
    TooLateToPublish,
    wish_draw,
)
from kinkeeper.features.exchanges.service.telling import Telling
from kinkeeper.kernel import clock
from kinkeeper.platform.mail import letters
from kinkeeper.platform.mail.delivery import deliver_due
from kinkeeper.platform.mail.transports import Mailbox
from tests.factories import make_exchange, make_participant
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import at_once, bearer, carry_letters, fill_in, fingerprint, path_in

BOXING_DAY, EVE, NEW_YEAR = date(2026, 12, 26), date(2026, 12, 24), date(2026, 12, 31)
FORM = {
    "title": "Christmas",
    "closes_on": "2026-12-10",
    "gifts_on": "2026-12-24",
    "zone": "Europe/London",
    "budget": "around £20",
    "description": "",
    "most_people": "",
    "keep_days": "30",
}


@pytest.fixture
def exchange(stage, olga):
    """Ana, Ben (who reads German), Cleo; Zoe has not confirmed."""
    with stage() as session:
        found = make_exchange(session, people=3, organiser=olga)
        make_participant(session, found, "Zoe", confirmed=False)
        session.query(Person).filter_by(name="Ben").one().language = "de"
    return found


@pytest.fixture
def told(outbox):
    """`told()` answers the letters about a changed plan, or choices, by address."""

    def look(kind="plan_changed") -> dict[str, list]:
        found: dict[str, list] = {}
        for one in outbox():
            if one.kind == f"exchanges.{kind}":
                found.setdefault(one.to.partition("@")[0], []).append(one)
        return found

    return look


def written(row) -> str:
    return letters.render(letters.unpack(row.kind, row.fields), None).text


def test_a_new_day_is_told_to_whoever_is_in_old_and_new(olga, exchange, told):
    """In the language of whoever reads it; who has not confirmed is written nothing unasked (T-9)."""
    change_plan(olga, exchange.id, {"gifts_on": BOXING_DAY, "budget": "a penny"})
    assert set(told()) == {"ana", "ben", "cleo"}
    ana, ben = written(told()["ana"][0]), written(told()["ben"][0])
    assert "Saturday, 26 December 2026 (it was Thursday, 24 December 2026)" in ana.replace("\u202f", " ")
    assert "To spend: a penny (it was around £20)" in ana
    assert "26. Dezember 2026" in ben


@pytest.mark.parametrize(
    ("telling", "changes", "is_told"),
    [
        ("if-a-day-changes", {"gifts_on": BOXING_DAY}, True),
        ("if-a-day-changes", {"closes_on": date(2026, 12, 12)}, True),
        ("if-a-day-changes", {"budget": "a penny"}, False),
        ("yes", {"budget": "a penny"}, True),
        ("yes", {"description": "At Gran's"}, True),
        ("yes", {"most_people": 50}, False),
        ("yes", {}, False),
        ("no", {"gifts_on": BOXING_DAY}, False),
    ],
)
def test_whether_it_is_told_is_the_organiser_s_choice(olga, exchange, told, telling, changes, is_told):
    change_plan(olga, exchange.id, changes, telling=Telling(telling))
    assert bool(told()) is is_told


def test_two_changes_within_ten_minutes_are_one_letter(olga, exchange, told, now):
    """What has not left is taken back; the new one lists all that has changed since they last heard."""
    change_plan(olga, exchange.id, {"gifts_on": NEW_YEAR})
    now.advance(minutes=9)
    assert carry_letters() == 0, "it rests, so that it can be taken back"
    change_plan(olga, exchange.id, {"gifts_on": BOXING_DAY, "title": "Boxing Day"}, telling=Telling.YES)
    (letter,) = told()["ana"]
    assert letter.fields["days"] == [{"what": "gifts_on", "before": str(EVE), "after": str(BOXING_DAY)}]
    assert "Name: Boxing Day (it was Christmas)" in written(letter)
    now.advance(minutes=10)
    assert carry_letters() == 3


def test_a_change_that_is_taken_back_is_told_to_nobody(olga, exchange, told):
    change_plan(olga, exchange.id, {"gifts_on": BOXING_DAY})
    change_plan(olga, exchange.id, {"gifts_on": EVE})
    assert told() == {}


def test_a_waiting_letter_is_put_right_even_where_nobody_is_to_be_told(olga, exchange, told):
    change_plan(olga, exchange.id, {"gifts_on": BOXING_DAY})
    change_plan(olga, exchange.id, {"gifts_on": NEW_YEAR}, telling=Telling.NO)
    (letter,) = told()["ana"]
    assert str(NEW_YEAR) in str(letter.fields)
    assert str(BOXING_DAY) not in str(letter.fields)


def test_no_change_holds_a_letter_back_longer_than_it_rests(olga, exchange, told, now):
    """T-9: what is put right leaves when the first would have; what it does not speak of leaves it alone."""
    change_plan(olga, exchange.id, {"gifts_on": BOXING_DAY})
    (first,) = told()["ana"]
    now.advance(minutes=9)
    change_plan(olga, exchange.id, {"keep_days": 60}, telling=Telling.NO)
    assert told()["ana"][0].id == first.id
    for nobody_hears, day in ((Telling.NO, NEW_YEAR), (Telling.IF_A_DAY_CHANGES, BOXING_DAY)):
        change_plan(olga, exchange.id, {"gifts_on": day}, telling=nobody_hears)
        assert [one.due_at for one in told()["ana"]] == [first.due_at]
    now.advance(minutes=1)
    assert carry_letters() == 3


def test_what_they_have_read_already_is_not_told_twice(olga, exchange, told, now):
    change_plan(olga, exchange.id, {"gifts_on": BOXING_DAY})
    now.advance(minutes=10)
    carry_letters()
    change_plan(olga, exchange.id, {"gifts_on": NEW_YEAR})
    _, second = told()["ana"]
    assert second.fields["days"] == [{"what": "gifts_on", "before": str(BOXING_DAY), "after": str(NEW_YEAR)}]


def test_a_draft_tells_nobody(stage, olga, told):
    with stage() as session:
        draft = make_exchange(session, people=3, organiser=olga, state=ExchangeState.DRAFT)
    change_plan(olga, draft.id, {"gifts_on": BOXING_DAY}, telling=Telling.YES)
    assert told() == {}


def test_after_the_draw_the_last_day_to_join_is_no_news(stage, olga, told):
    with stage() as session:
        drawn = make_exchange(session, people=3, organiser=olga, state=ExchangeState.DRAWN, drawn_at=LONG_AGO)
    change_plan(olga, drawn.id, {"closes_on": date(2026, 12, 12)}, telling=Telling.YES)
    assert told() == {}
    change_plan(olga, drawn.id, {"gifts_on": BOXING_DAY})
    assert told().keys() == {"ana", "ben", "cleo"}


def test_nobody_plans_by_what_is_called_off_or_by_what_they_are_no_longer_in(stage, olga, told, session):
    with stage() as staged:
        closed = make_exchange(staged, people=4, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, closed.id)
    change_plan(olga, closed.id, {"gifts_on": BOXING_DAY})
    dan = session.query(Participant).filter_by(name="Dan").one()
    drop_out(olga, closed.id, dan.id)
    assert told().keys() == {"ana", "ben", "cleo"}
    cancel_exchange(olga, closed.id)
    assert told() == {}


def test_of_a_worker_and_a_change_at_the_same_moment_nobody_gets_two_that_contradict(
    olga, exchange, told, now
):
    """A letter that was begun is not taken back, and then the next one goes on from what it said."""
    change_plan(olga, exchange.id, {"gifts_on": BOXING_DAY})
    now.advance(minutes=11)

    def carry():
        deliver_due(Mailbox(), sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False)

    results = at_once(carry, lambda: change_plan(olga, exchange.id, {"gifts_on": NEW_YEAR}))
    assert results == [None, None]
    for found in told().values():
        days = [one.fields["days"][0] for one in found]
        assert days[-1]["after"] == str(NEW_YEAR)
        assert days[0]["before"] == str(EVE)
        for earlier, later in pairwise(days):
            assert earlier["after"] == later["before"]


def test_the_form_asks_and_proposes_what_is_usual(client_of, olga, exchange, told):
    client, path = client_of(olga), f"/exchanges/{exchange.id}/change"
    page = client.get(path).text
    assert re.search(r'<input checked[^>]*value="if-a-day-changes"', page)
    assert fill_in(client, path, **{**FORM, "gifts_on": "2026-12-26"}, telling="no").status_code == 303
    assert told() == {}
    assert fill_in(client, path, **{**FORM, "gifts_on": "2026-12-27"}, telling="yes").status_code == 303
    assert len(told()) == 3
    assert fill_in(client, path, **FORM, telling="perhaps").status_code == 422


def test_a_program_says_whether_it_is_told(client_of, olga, exchange, told):
    path, headers = f"/api/v1/exchanges/{exchange.id}", bearer(olga)
    program = client_of(None)
    answer = program.patch(path, json={"gifts_on": "2026-12-26", "telling": "no"}, headers=headers)
    assert answer.status_code == 200
    assert told() == {}
    assert program.patch(path, json={"gifts_on": "2026-12-27"}, headers=headers).status_code == 200
    assert len(told()) == 3
    assert program.patch(path, json={"telling": "loud"}, headers=headers).status_code == 422


# --- what letters say, and who may read the draw


def wish(olga, exchange, *, publishes=False, names=False):
    wish_draw(olga, exchange.id, DrawWishes(Shape.ANY, 3, publishes_draw=publishes, names_in_letters=names))


def test_people_hear_what_they_have_not_agreed_to_and_how_to_leave(olga, exchange, told, now):
    """G20, T-15: they joined an exchange whose letters name nobody, and whose draw stays sealed."""
    wish(olga, exchange, publishes=True, names=True)
    assert set(told("choice_made")) == {"ana", "ben", "cleo"}
    letter = " ".join(written(told("choice_made")["ana"][0]).split())
    assert "From now on the letters say whom you give to" in letter
    assert "all who take part can read who gave to whom" in letter
    assert "Until the list is closed you can leave on your page, and for 24 hours in any case" in letter
    assert carry_letters() == 3, "it does not rest"
    wish(olga, exchange)
    letter = " ".join(written(told("choice_made")["ana"][1]).split())
    assert "do not say whom you give to any more" in letter
    assert "Nobody can read afterwards who gave to whom" in letter
    assert "you can leave" not in letter


def test_what_is_chosen_is_told_though_it_is_taken_back_at_once(olga, exchange, told):
    """T-15: no change of mind, nor of the plan, keeps from people what held for a while."""
    wish(olga, exchange, names=True)
    change_plan(olga, exchange.id, {"gifts_on": BOXING_DAY})
    change_plan(olga, exchange.id, {"gifts_on": EVE})
    assert told() == {}
    wish(olga, exchange)
    said = [one.fields["choices"] for one in told("choice_made")["ana"]]
    assert said == [[{"what": "names_in_letters", "is_chosen": is_chosen}] for is_chosen in (True, False)]


def test_that_letters_named_matches_is_told_whatever_is_chosen_after_the_draw(stage, olga, told):
    """T-15: the letters with the names have left by then."""
    with stage() as staged:
        exchange = make_exchange(staged, people=0, organiser=olga)
        wished = [
            make_participant(staged, exchange, name, confirmed=False).id for name in ("Ana", "Ben", "Cleo")
        ]
    wish(olga, exchange, names=True)
    assert told("choice_made") == {}, "nobody is in yet; who says yes has read of it"
    with stage() as staged:
        for seat_id in wished:
            staged.get_one(Participant, seat_id).confirmed_at = clock.now()
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    wish(olga, exchange)
    assert set(told("choice_made")) == {"ana", "ben", "cleo"}


def test_what_the_draw_should_look_like_is_no_news(olga, exchange, told):
    wish_draw(olga, exchange.id, DrawWishes(Shape.ONE_LOOP, 0, publishes_draw=False))
    assert told() == told("choice_made") == {}


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [({"publishes": True}, TooLateToPublish), ({"names": True}, TooLateToName)],
)
def test_once_the_list_is_closed_nobody_is_bound_to_what_they_did_not_choose(
    olga, exchange, told, session, client_of, chosen, problem
):
    """They could not leave any more; what was typed is kept, and opening again is a way."""
    close_exchange(olga, exchange.id)
    rest = frozenset({"limit_spending"})
    before = fingerprint(session, besides=rest)
    with pytest.raises(problem):
        wish(olga, exchange, **chosen)
    assert fingerprint(session, besides=rest) == before
    sent = {"shape": "one-loop", "avoid_years": "2", problem.field: "y"}
    page = fill_in(client_of(olga), f"/exchanges/{exchange.id}/rules/draw", **sent)
    assert page.status_code == 409
    assert "Open the exchange again first" in page.text
    assert re.search(rf'<input[^>]*checked[^>]*name="{problem.field}"', page.text)
    assert re.search(r'<input[^>]*checked[^>]*value="one-loop"', page.text)
    assert told("choice_made") == {}
    open_exchange(olga, exchange.id)
    wish(olga, exchange, **chosen)
    assert set(told("choice_made")) == {"ana", "ben", "cleo"}
    close_exchange(olga, exchange.id)
    wish(olga, exchange)
    assert len(told("choice_made")["ana"]) == 2, "that it is taken back can be said at any time"


def test_letters_may_say_less_at_any_time_and_a_promised_check_stays(stage, olga, session, told):
    with stage() as staged:
        drawn = make_exchange(
            staged,
            people=3,
            organiser=olga,
            state=ExchangeState.CLOSED,
            names_in_letters=True,
            publishes_draw=True,
        )
    draw_names(olga, drawn.id)
    with pytest.raises(PublishingSettled):
        wish(olga, drawn)
    wish(olga, drawn, publishes=True)
    kept = session.get_one(Exchange, drawn.id)
    assert (kept.publishes_draw, kept.names_in_letters) == (True, False)
    assert set(told("choice_made")) == {"ana", "ben", "cleo"}
    with pytest.raises(NamingSettled):
        wish(olga, drawn, publishes=True, names=True)


def test_everybody_reads_of_it_before_they_say_yes(stage, olga, outbox, client_of):
    """By the share link, and by the letter of an organiser, which leads past that page."""
    with stage() as staged:
        opened = make_exchange(staged, people=3, organiser=olga, publishes_draw=True, names_in_letters=True)
    add_people(olga, opened.id, [Newcomer("Zoe", "zoe@example.org")], language="en")
    carry_letters()
    (invited,) = outbox()
    for path in (f"/join/{opened.slug}", path_in(invited)):
        page = " ".join(client_of(None).get(path).text.split())
        assert "the letters say whom you give to" in page
        assert "all who take part can read who gave to whom" in page
