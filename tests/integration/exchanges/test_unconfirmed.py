"""People who have joined and not answered the letter: they hold a place for a while, and can be removed."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from kinkeeper.app.tables import METADATA
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service import people
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.jobs import forget_all_unanswered
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.rules.joining import is_kept
from kinkeeper.features.exchanges.service import removing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import (
    ExchangeFull,
    Joining,
    SeatGone,
    SeatTaken,
    ask_for_way_in,
    enter,
    join,
)
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.removing import SeatDrawn, remove_person
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.revealing import reveal_match
from kinkeeper.features.exchanges.service.ruling import keep_apart
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound, Unavailable
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import mail
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.links import ExpiredLink
from tests.factories import guest, make_account, make_exchange, make_participant
from tests.integration.web.support import (
    MISSING,
    at_once,
    bearer,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
    secret_in,
)

HERE, LEASE = "192.0.2.1", Lease(timedelta(days=14), timedelta(days=60))


@pytest.fixture
def exchange(stage, olga):
    """Three are in, and there is room for one more."""
    with stage() as session:
        return make_exchange(session, people=3, organiser=olga, most_people=4)


def come(exchange, name="Zoe"):
    wanted = Joining(name=name, email=f"{name.lower()}@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, wanted, address=HERE)


def press(letter, kind="confirm"):
    return enter(ANONYMOUS, kind, secret_in(letter), address=HERE, lease=LEASE)


def seat_of(session, name="Zoe"):
    return session.scalars(
        select(Participant).where(Participant.name == name), execution_options={"populate_existing": True}
    ).one()


def names(session) -> list[str]:
    return sorted(session.scalars(select(Participant.name)))


def run_errands(session) -> None:
    for errand_id in session.scalars(select(ErrandRow.id)).all():
        run_errand(errand_id)


# --- holding a place --------------------------------------------------------------------------


def test_a_stranger_who_never_answers_holds_a_place_for_three_days(exchange, session, now, client_of):
    """T-9: nobody fills an exchange with other people's addresses."""
    come(exchange, "Zoe")
    now.advance(hours=71, minutes=59)
    with pytest.raises(ExchangeFull):
        come(exchange, "Yan")
    assert "All places are taken" in client_of(None).get(f"/join/{exchange.slug}").text
    now.advance(minutes=1)
    assert "All places are taken" not in client_of(None).get(f"/join/{exchange.slug}").text
    come(exchange, "Yan")
    assert {"Yan", "Zoe"} <= set(names(session))


def test_whoever_answers_late_is_in_while_there_is_room(exchange, session, now, outbox):
    come(exchange)
    now.advance(hours=60)
    carry_letters()
    now.advance(hours=60)
    press(outbox()[0])
    assert seat_of(session).is_confirmed


def test_whoever_answers_after_others_have_come_is_told_so_and_the_link_is_not_used_up(
    exchange, session, now, outbox, client_of, stage
):
    """SK-34: never more than there is room for."""
    come(exchange)
    now.advance(hours=60)
    carry_letters()
    zoe_s = outbox()[0]
    now.advance(hours=20)
    come(exchange, "Yan")
    with pytest.raises(SeatTaken):
        press(zoe_s)
    page = fill_in(client_of(None), path_in(zoe_s))
    assert page.status_code == 409
    assert "Others have taken it" in page.text
    assert not seat_of(session).is_confirmed
    remove_person(SYSTEM, exchange.id, seat_of(session, "Yan").id)
    press(zoe_s)
    assert seat_of(session).is_confirmed


def test_of_two_who_answer_late_for_the_last_place_one_is_in(exchange, session, now, outbox):
    """SK-34: at the same moment."""
    come(exchange)
    now.advance(hours=73)
    come(exchange, "Yan")
    now.advance(hours=73)
    for name in ("zoe", "yan"):
        ask_for_way_in(ANONYMOUS, exchange.slug, f"{name}@example.org", address=HERE)
    run_errands(session)
    carry_letters()
    last = outbox()[-2:]
    assert {letter.to for letter in last} == {"zoe@example.org", "yan@example.org"}
    results = at_once(*(lambda letter=letter: press(letter) for letter in last))
    assert problems_among(results) == ["SeatTaken"]
    assert [seat_of(session, name).is_confirmed for name in ("Yan", "Zoe")].count(True) == 1


def test_the_query_and_the_rule_agree_on_who_counts(stage, olga, session, now):
    """The same decision, once of rows and once of objects."""
    with stage() as staged:
        exchange = make_exchange(staged, people=2, organiser=olga)
        for hours in (0, 71, 72, 73, 720):
            seat = make_participant(staged, exchange, f"P{'x' * hours}", confirmed=False)
            seat.joined_at = now() - timedelta(hours=hours)
    for _ in range(4):
        kept = [seat for seat in queries.all_seats(session, exchange.id) if is_kept(seat, now())]
        assert queries.seats_kept(session, exchange.id, now()) == len(kept)
        now.advance(hours=24)
    assert len(kept) == 2, "the confirmed ones"
    confirmed = session.scalars(select(Participant.id).where(Participant.is_confirmed)).all()
    assert len(confirmed) == len(queries.confirmed_seats(session, exchange.id)) == 2


# --- asking for the letter again ----------------------------------------------------------------


@pytest.mark.parametrize("by", ["join", "again"])
def test_asking_again_sends_the_same_letter_and_the_old_link_dies(
    stage, olga, session, outbox, now, client_of, by
):
    """T-9: one way in at a time, and the new one lasts three days like the first."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
    browser = client_of(None)
    form = {"name": "Zoe", "email": "zoe@example.org"}
    assert fill_in(browser, f"/join/{exchange.slug}", **form).status_code == 303
    carry_letters()
    now.advance(hours=20)
    if by == "join":
        assert fill_in(browser, f"/join/{exchange.slug}", **form).status_code == 303
    else:
        assert fill_in(browser, f"/join/{exchange.slug}/again", email=form["email"]).status_code == 303
        run_errands(session)
    carry_letters()
    first, second = outbox()
    assert [first.kind, second.kind] == ["exchanges.confirm_joining"] * 2
    with pytest.raises(ExpiredLink):
        press(first)
    assert fill_in(client_of(None), path_in(first)).status_code == 410
    now.advance(hours=71)
    assert client_of(None).get(path_in(second)).status_code == 200
    answer = fill_in(browser, path_in(second))
    assert (answer.status_code, answer.location) == (303, f"/my/{seat_of(session).id}")
    assert seat_of(session).is_confirmed
    assert browser.get(answer.location).status_code == 200


def test_asking_again_at_once_sends_nothing_new_and_the_link_still_works(exchange, session, outbox, now):
    """T-59: one letter in five minutes."""
    come(exchange)
    carry_letters()
    ask_for_way_in(ANONYMOUS, exchange.slug, "zoe@example.org", address=HERE)
    run_errands(session)
    (letter,) = outbox()
    press(letter)
    assert seat_of(session).is_confirmed


def test_whoever_has_confirmed_gets_a_link_to_their_page_instead(exchange, session, outbox, now):
    come(exchange)
    carry_letters()
    press(outbox()[0])
    now.advance(minutes=10)
    ask_for_way_in(ANONYMOUS, exchange.slug, "zoe@example.org", address=HERE)
    run_errands(session)
    assert outbox()[-1].kind == "exchanges.way_in"


def test_after_the_draw_nobody_is_asked_to_confirm(stage, olga, session, outbox):
    """It would promise what cannot be any more."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, state=ExchangeState.CLOSED)
        make_participant(staged, exchange, "Zoe", confirmed=False)
    draw_names(SYSTEM, exchange.id)
    ask_for_way_in(ANONYMOUS, exchange.slug, "zoe@example.org", address=HERE)
    run_errands(session)
    assert outbox()[-1].kind == "exchanges.way_in"


# --- removing -----------------------------------------------------------------------------------


def test_the_organiser_frees_the_place_of_somebody_who_has_not_confirmed(
    exchange, olga, session, outbox, client_of
):
    """The page's plain form; the address is forgotten, and its link is gone."""
    come(exchange)
    carry_letters()
    zoe, (letter,) = seat_of(session), outbox()
    browser, path = client_of(olga), f"/exchanges/{exchange.id}"
    assert f'href="{path}/people/{zoe.id}"' in browser.get(path).text
    action = f"{path}/people/{zoe.id}/remove"
    assert f'href="{action}"' in browser.get(f"{path}/people/{zoe.id}").text
    assert "No letter goes out" in browser.get(action).text
    assert fill_in(browser, action).status_code == 422, "without the tick"
    answer = fill_in(browser, action, sure="y")
    assert (answer.status_code, answer.location) == (303, path)
    assert "Taken off the list" in browser.get(path).text
    assert names(session) == ["Ana", "Ben", "Cleo"]
    assert "zoe@example.org" not in session.scalars(select(Person.email)).all()
    with pytest.raises(SeatGone):
        press(letter)
    for page in (client_of(None).get(path_in(letter)), fill_in(client_of(None), path_in(letter))):
        assert page.status_code == 410
        assert SeatGone.message in page.text
        assert "/again" not in page.text
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.subject_id == exchange.id))
    assert (entry.action, entry.details) == ("exchange.unconfirmed_removed", {})
    come(exchange)
    assert "Zoe" in names(session)


def test_a_program_lists_people_and_removes_who_has_not_confirmed(exchange, olga, session, client_of, now):
    come(exchange)
    program, headers = client_of(None), bearer(olga)
    api = f"/api/v1/exchanges/{exchange.id}"
    listed = program.get(f"{api}/people?per_page=3&page=2", headers=headers).json
    assert listed["pagination"]["total_items"] == 4
    (zoe,) = listed["data"]
    assert zoe == {
        "id": str(seat_of(session).id),
        "name": "Zoe",
        "email": "zoe@example.org",
        "joined_at": "2026-12-01T09:00:00Z",
        "confirmed_at": None,
    }
    assert program.delete(f"{api}/people/{zoe['id']}", headers=headers).status_code == 204
    assert program.get(api, headers=headers).json["data"]["people"] == 3
    assert program.delete(f"{api}/people/{zoe['id']}", headers=headers).status_code == 404


def test_whoever_was_drawn_is_not_simply_removed(stage, olga, session, client_of):
    """Others count on them: it takes a repair."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, exchange.id)
    ana, browser = seat_of(session, "Ana"), client_of(olga)
    before = fingerprint(session)
    with pytest.raises(SeatDrawn, match="others count on Ana"):
        remove_person(olga, exchange.id, ana.id)
    action = f"/exchanges/{exchange.id}/people/{ana.id}/remove"
    assert fill_in(browser, action, sure="y").status_code == 409
    assert f"/changes/{ana.id}" in browser.get(action).text
    assert fingerprint(session) == before


def test_only_the_organiser_removes_and_others_learn_nothing(exchange, olga, session, stage):
    """T-39: a foreign exchange, and a place of another, are as missing as what never was."""
    come(exchange)
    zoe = seat_of(session)
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        other = make_exchange(staged, people=0, organiser=olga)
    itself = guest(session.get_one(Person, zoe.person_id))
    before = fingerprint(session)
    for actor, exchange_id, seat_id in (
        (stranger, exchange.id, zoe.id),
        (itself, exchange.id, zoe.id),
        (ANONYMOUS, exchange.id, zoe.id),
        (olga, UUID(MISSING), zoe.id),
        (olga, other.id, zoe.id),
        (olga, exchange.id, UUID(MISSING)),
    ):
        with pytest.raises(NotFound):
            remove_person(actor, exchange_id, seat_id)
    assert fingerprint(session) == before


def test_confirming_while_being_removed_is_before_or_after(exchange, session, outbox):
    """Either the link finds no place any more, or whoever was in a moment ago is told that they are not."""
    come(exchange)
    carry_letters()
    (letter,) = outbox()
    zoe_id = seat_of(session).id
    results = at_once(lambda: press(letter), lambda: remove_person(SYSTEM, exchange.id, zoe_id))
    assert problems_among(results) in (["SeatGone"], [])
    told = [one.kind for one in outbox()[1:]]
    assert told == ([] if problems_among(results) else ["exchanges.taken_off"])
    assert "Zoe" not in [seat.name for seat in queries.all_seats(session, exchange.id)]


def test_a_removed_person_s_rules_go_and_the_draw_goes_on_without_them(stage, olga, session):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, state=ExchangeState.CLOSED)
        make_participant(staged, exchange, "Zoe", confirmed=False)
    keep_apart(olga, exchange.id, seat_of(session).id, seat_of(session, "Ana").id, both_ways=True)
    remove_person(olga, exchange.id, seat_of(session).id)
    draw_names(olga, exchange.id)
    assert names(session) == ["Ana", "Ben", "Cleo"]


def test_late_ones_are_removed_after_the_draw_as_well(stage, olga, session):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, state=ExchangeState.CLOSED)
        make_participant(staged, exchange, "Zoe", confirmed=False)
    draw_names(olga, exchange.id)
    remove_person(olga, exchange.id, seat_of(session).id)
    assert names(session) == ["Ana", "Ben", "Cleo"]


@pytest.mark.parametrize("tie", ["place", "account", "home", "ward", "mailbox"])
def test_whoever_is_known_otherwise_stays_in_the_address_book(stage, olga, session, exchange, tie):
    """Only an address that nobody ever answered for is forgotten."""
    come(exchange)
    zoe = seat_of(session)
    with stage() as staged:
        person = staged.get_one(Person, zoe.person_id)
        if tie == "mailbox":
            person.confirmed_at = person.created_at
        if tie == "account":
            from kinkeeper.features.accounts.models import Account

            staged.add(
                Account(
                    person_id=person.id,
                    email="z@example.org",
                    password_hash="",
                    created_at=person.created_at,
                    changed_at=person.created_at,
                )
            )
        if tie == "place":
            other = make_exchange(staged, people=0, organiser=olga)
            seat = make_participant(staged, other, "Elsewhere", confirmed=False)
            seat.person_id = person.id
    with transaction(SYSTEM) as work:
        if tie == "home":
            people.house_together(work, exchange.circle_id, "Oak Road", [zoe.person_id])
        if tie == "ward":
            people.appoint_guardian(work, zoe.person_id, seat_of(session, "Ana").person_id)
    remove_person(olga, exchange.id, zoe.id)
    assert "zoe@example.org" in session.scalars(select(Person.email)).all()


def traces_of(session, name: str) -> list[str]:
    """The rows that tell of somebody, whatever their table.

    As a word: keys in base 64 hold any three letters.
    """
    session.expire_all()
    rows = ((table, row) for table in METADATA.sorted_tables for row in session.execute(select(table)))
    is_told = re.compile(rf"\b{name}\b", re.IGNORECASE).search
    return [f"{table.name}: {tuple(row)}" for table, row in rows if is_told(str(tuple(row)))]


@pytest.mark.parametrize("by", ["organiser", "sweep"])
@pytest.mark.parametrize("is_sent", [True, False])
def test_a_stranger_who_is_taken_off_is_forgotten_in_every_table(exchange, olga, session, now, by, is_sent):
    """What was typed in for them, letters and errands included; a letter that waits never goes."""
    come(exchange)
    ask_for_way_in(ANONYMOUS, exchange.slug, "zoe@example.org", address=HERE)
    if is_sent:
        carry_letters()
    assert {trace.partition(":")[0] for trace in traces_of(session, "zoe")} == {
        "person",
        "exchange_participant",
        "outbox_letter",
        "errand",
    }
    if by == "organiser":
        remove_person(olga, exchange.id, seat_of(session).id)
    else:
        now.advance(days=26)
        forget_all_unanswered(SYSTEM)
    assert traces_of(session, "zoe") == []
    assert carry_letters() == 0


@pytest.mark.parametrize("is_sent", [True, False])
def test_whose_place_is_taken_back_gets_no_letter_about_it_and_the_link_says_so(
    exchange, olga, stage, session, outbox, client_of, is_sent
):
    """They are known otherwise: what is about another place, or about the past, stays."""
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=olga, title="Easter")
    come(exchange)
    come(other)
    here, there = outbox()
    if is_sent:
        carry_letters()
    (zoe,) = session.scalars(
        select(Participant).where(Participant.exchange_id == exchange.id, Participant.name == "Zoe")
    )
    remove_person(olga, exchange.id, zoe.id)
    assert [letter.id for letter in outbox()] == ([here.id, there.id] if is_sent else [there.id])
    assert carry_letters() == (0 if is_sent else 1)
    browser = client_of(None)
    assert browser.get(path_in(here)).status_code == 410
    assert SeatGone.message in browser.get(path_in(here)).text
    assert browser.get(path_in(there)).status_code == 200


def test_who_joins_another_exchange_while_being_taken_off_stays_in_the_address_book(
    exchange, olga, stage, session, monkeypatch
):
    """Whoever joins holds the person; the removal waits for that before it looks for other places."""
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=olga)
    come(exchange)
    zoe_id = seat_of(session).id
    session.close()
    joined, looked = threading.Event(), threading.Event()
    post, people_with_seats = mail.post, queries.people_with_seats

    def post_late(*facts, **more):  # the place is taken, and not committed yet
        joined.set()
        looked.wait(0.5)
        return post(*facts, **more)

    def look(*facts):
        answer = people_with_seats(*facts)
        looked.set()
        return answer

    def remove():
        assert joined.wait(10)
        remove_person(SYSTEM, exchange.id, zoe_id)

    monkeypatch.setattr(mail, "post", post_late)
    monkeypatch.setattr(queries, "people_with_seats", look)
    assert at_once(lambda: come(other), remove) == [None, None]
    (seat,) = session.scalars(select(Participant).where(Participant.name == "Zoe"))
    assert seat.exchange_id == other.id
    assert session.get_one(Person, seat.person_id).email == "zoe@example.org"


# --- forgetting ---------------------------------------------------------------------------------


def test_when_the_gifts_are_given_unanswered_addresses_are_forgotten(exchange, session, now):
    """A stranger's address is kept no longer than it can serve; who was in stays, drawn or not."""
    come(exchange)
    for days, left in ((23, "Zoe"), (1, "Zoe"), (1, None)):  # 24, 25, 26 December; gifts on the 24th
        now.advance(days=days)
        forget_all_unanswered(SYSTEM)
        assert names(session) == ["Ana", "Ben", "Cleo", *([left] if left else [])]
    assert "zoe@example.org" not in session.scalars(select(Person.email)).all()
    before = fingerprint(session)
    forget_all_unanswered(SYSTEM)
    assert fingerprint(session) == before


def test_who_left_after_the_draw_is_no_unanswered_address(exchange, olga, stage, session, now):
    """The draw of that time and the log of who looked tell of them (G13); they go with the purge."""
    with stage() as staged:
        make_participant(staged, staged.get_one(Exchange, exchange.id), "Dan")
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    (dan,) = [seat for seat in queries.all_seats(session, exchange.id) if seat.name == "Dan"]
    reveal_match(olga, exchange.id, dan.id, "He broke his leg")
    drop_out(olga, exchange.id, dan.id)
    now.advance(days=26)
    before = fingerprint(session)
    forget_all_unanswered(SYSTEM)
    assert fingerprint(session) == before


def test_who_waits_in_another_exchange_as_well_is_not_forgotten(exchange, olga, stage, session, now):
    with stage() as staged:
        next_year = date(2027, 12, 24)
        later = make_exchange(staged, people=0, organiser=olga, gifts_on=next_year, closes_on=next_year)
    come(exchange)
    come(later)
    now.advance(days=26)
    forget_all_unanswered(SYSTEM)
    assert names(session) == ["Ana", "Ben", "Cleo", "Zoe"]
    assert "zoe@example.org" in session.scalars(select(Person.email)).all()


def test_many_are_forgotten_in_few_statements(stage, olga, session, now, queries_at_most):
    with stage() as staged:
        crowd = make_exchange(staged, people=3, organiser=olga)
        for number in range(40):
            name = "P" + "x" * number
            make_participant(staged, crowd, name, confirmed=False)
    now.advance(days=26)
    with queries_at_most(20):
        forget_all_unanswered(SYSTEM)
    assert names(session) == ["Ana", "Ben", "Cleo"]


def test_each_exchange_is_looked_through_by_itself(stage, olga, session, now, monkeypatch):
    """One that cannot be changed now holds up none of the others, and is looked at again."""
    with stage() as staged:
        for title in ("First", "Second"):
            exchange = make_exchange(staged, people=0, organiser=olga, title=title)
            make_participant(staged, exchange, f"Zoe of the {title}", confirmed=False)
    now.advance(days=26)
    free, calls = removing.free_places, []

    def free_once(work, *seats):
        calls.append([seat.name for seat in seats])
        if len(calls) == 1:
            raise Unavailable
        free(work, *seats)

    monkeypatch.setattr(removing, "free_places", free_once)
    with pytest.raises(Unavailable):  # so that the sweep is tried again
        forget_all_unanswered(SYSTEM)
    assert names(session) == calls[0]
    forget_all_unanswered(SYSTEM)
    assert names(session) == []
