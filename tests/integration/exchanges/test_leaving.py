"""Somebody gives their place up before the draw, and may come back (SK-60 to SK-64, SK-87, SK-90)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person, WebSession
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.accounts.service.signing_in import Browser, sign_in
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import (
    Exchange,
    ExchangeOrganiser,
    ExchangeState,
    Participant,
)
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, ask_for_way_in, enter, join
from kinkeeper.features.exchanges.service.leaving import AlreadyLeft, TooLateToLeave, leave
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.features.exchanges.service.repairing import add_late
from kinkeeper.features.exchanges.service.ruling import keep_apart
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish, write_wishes
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from tests.factories import PASSWORD, guest, make_account, make_exchange, make_participant
from tests.integration.web.support import (
    MISSING,
    at_once,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
    secret_in,
)

from uuid import UUID  # isort: skip

HERE, LEASE = "192.0.2.1", Lease(timedelta(days=14), timedelta(days=60))


@pytest.fixture
def actor(session, place):
    def of(name="Ana"):
        return guest(session.get_one(Person, place(name).person_id))

    return of


def come_back(exchange, **changes):
    form = {"name": "Ana", "email": "ana@example.org", "wishes": "Socks", "language": "en", **changes}
    join(ANONYMOUS, exchange.slug, Joining(**form), address=HERE)


def run_errands(session) -> None:
    for errand_id in session.scalars(select(ErrandRow.id)).all():
        run_errand(errand_id)


def names(session, exchange) -> list[str]:
    return sorted(one.name for one in queries.all_seats(session, exchange.id))


# --- leaving ------------------------------------------------------------------------------------


def test_whoever_leaves_is_asked_first_and_needs_a_tick(client_of, actor, exchange, place, session):
    """SK-60: GET shows a confirmation page, POST needs an explicit tick."""
    browser, ana = client_of(actor()), place()
    page = browser.get(f"/my/{ana.id}").text
    assert f'href="/my/{ana.id}/leave"' in page
    before = fingerprint(session)
    asked = browser.get(f"/my/{ana.id}/leave")
    assert asked.status_code == 200
    assert 'name="sure"' in asked.text
    refused = fill_in(browser, f"/my/{ana.id}/leave")
    assert refused.status_code == 422
    assert fingerprint(session) == before


def test_whoever_leaves_is_out_of_lists_and_counts_and_in_front_of_the_share_link(
    client_of, actor, exchange, olga, place, session, outbox
):
    """SK-61, SK-62, SK-87: a soft delete; the session ends; a letter; back to where people join."""
    browser, ana = client_of(actor()), place()
    answer = fill_in(browser, f"/my/{ana.id}/leave", sure="y")
    assert (answer.status_code, answer.location) == (303, f"/join/{exchange.slug}")
    assert "You are out" in browser.get(answer.location).text
    assert place().withdrawn_at is not None
    assert place().wishes == ""
    assert names(session, exchange) == ["Ben", "Cleo", "Dan"]
    assert queries.organised_by(session, olga, today=exchange.gifts_on).items[0].people == 3
    assert browser.get(f"/my/{ana.id}").status_code == 302, "this browser is nobody now"
    assert session.scalars(select(WebSession).where(WebSession.person_id == ana.person_id)).all() == []
    (letter,) = outbox()
    assert (letter.kind, letter.to) == ("exchanges.you_left", "ana@example.org")
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.subject_id, entry.details) == ("exchange.left", exchange.id, {})


def test_nothing_stays_of_what_somebody_wished_who_leaves(actor, exchange, place, session):
    """SK-61: their wishes are deleted, as the page says, and whoever comes back begins a new list."""
    add_wish(actor(), place().id, Wanted(text="A kite"))
    leave(actor(), place().id)
    assert queries.wishes_of(session, place().id) == []
    come_back(exchange)
    assert queries.wishes_of(session, place().id) == []


def test_organisers_who_asked_hear_who_left_and_how_many_remain(actor, exchange, olga, place, stage, outbox):
    """SK-90: opt-in, who and count; again if they come back and leave once more."""
    leave(actor("Ben"), place("Ben").id)
    with stage() as session:
        session.query(ExchangeOrganiser).one().hears_of_leaving = True
    who = actor()
    leave(who, place().id)
    come_back(exchange)
    carry_letters()
    (letter,) = (one for one in outbox() if one.kind == "exchanges.confirm_joining")
    enter(ANONYMOUS, "confirm", secret_in(letter), address=HERE, lease=LEASE)
    leave(who, place().id)
    told = [one for one in outbox() if one.kind == "exchanges.somebody_left"]
    assert [(one.to, one.fields["who"], one.fields["people"]) for one in told] == [
        ("olga@example.org", "Ana", 2),
        ("olga@example.org", "Ana", 2),
    ]


def ruled(session, olga, exchange):
    """How many rules the organiser's page counts, and which ones the page of the rules lists."""
    named = queries.rules_in_names(session, olga, exchange.id)
    page = queries.organiser_page(session, olga, exchange.id, clock.now())
    return page.rules, {f"{giver.name} not to {receiver.name}" for giver, receiver in named.pairs}


def test_rules_about_whoever_leaves_wait_for_them_to_come_back(actor, exchange, olga, place, session):
    """SK-61, SK-65: in no list and no count meanwhile; whoever was kept apart is so again."""
    keep_apart(olga, exchange.id, place().id, place("Ben").id, both_ways=True)
    keep_apart(olga, exchange.id, place("Cleo").id, place("Ben").id, both_ways=False)
    leave(actor(), place().id)
    assert ruled(session, olga, exchange) == (1, {"Cleo not to Ben"})
    come_back(exchange)
    everything = {"Ana not to Ben", "Ben not to Ana", "Cleo not to Ben"}
    assert ruled(session, olga, exchange) == (2, everything)
    seats = queries.all_seats(session, exchange.id)
    assert len(queries.exclusions_of(session, exchange, seats).pairs) == 3, "the draw goes by them"


def test_rules_about_whoever_is_taken_off_wait_likewise(exchange, olga, place, session):
    """SK-65."""
    keep_apart(olga, exchange.id, place().id, place("Ben").id, both_ways=False)
    remove_person(olga, exchange.id, place().id)
    assert ruled(session, olga, exchange) == (0, set())
    come_back(exchange)
    assert ruled(session, olga, exchange) == (1, {"Ana not to Ben"})


def test_whoever_left_and_is_asked_after_the_draw_may_be_kept_apart_from_the_same(
    actor, exchange, olga, place, session
):
    """SK-65: saying it twice changes nothing."""
    ben = place("Ben").id
    keep_apart(olga, exchange.id, place().id, ben, both_ways=True)
    leave(actor(), place().id)
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    ana = Joining(name="Ana", email="ana@example.org", wishes="", language="en")
    add_late(olga, exchange.id, ana, [ben])
    assert ruled(session, olga, exchange) == (1, {"Ana not to Ben", "Ben not to Ana"})


def test_nobody_leaves_by_themselves_once_the_list_is_closed(
    client_of, actor, exchange, olga, place, session
):
    """SK-60, SK-64: the page says that the organiser must do it."""
    browser = client_of(actor())
    close_exchange(olga, exchange.id)
    page = browser.get(f"/my/{place().id}/leave")
    assert "Have a word with Olga" in page.text
    assert 'name="sure"' not in page.text
    before = fingerprint(session)
    with pytest.raises(TooLateToLeave, match="Christmas"):
        leave(actor(), place().id)
    assert fill_in(browser, f"/my/{place().id}/leave", sure="y").status_code == 409
    assert fingerprint(session) == before
    draw_names(olga, exchange.id)
    assert "/leave" not in browser.get(f"/my/{place().id}").text


def test_an_organiser_who_leaves_runs_it_still(exchange, olga, stage, session, client_of):
    with stage() as staged:
        own = make_participant(staged, staged.get_one(Exchange, exchange.id), "Olga at the table")
        own.person_id = olga.person_id
    browser = client_of(olga)
    assert fill_in(browser, f"/my/{own.id}/leave", sure="y").status_code == 303
    page = browser.get(f"/exchanges/{exchange.id}")
    assert page.status_code == 200, "signed in by password, and so still"
    assert "Join yourself" in page.text
    assert "Olga at the table" not in page.text


def test_the_session_goes_on_where_another_place_needs_it(client_of, actor, exchange, olga, place, stage):
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=olga, title="Easter")
        theirs = make_participant(staged, other, "Ana too")
        theirs.person_id = staged.query(Participant).filter_by(name="Ana").one().person_id
    browser = client_of(actor())
    fill_in(browser, f"/my/{place().id}/leave", sure="y")
    assert browser.get(f"/my/{theirs.id}").status_code == 200
    gone = browser.get(f"/my/{place().id}").text
    assert "You are no longer in" in gone
    assert "Join again" in gone
    assert "Ben" not in gone, "who else is in is nothing to those who left"
    home = browser.get("/").text
    assert "Easter" in home
    assert "Christmas" not in home


def test_an_account_s_own_session_does_not_end(exchange, stage, session):
    with stage() as staged:
        ben = make_account(staged, "Benno")
        own = make_participant(staged, staged.get_one(Exchange, exchange.id), "Benno here")
        own.person_id = ben.person_id
    sign_in(ANONYMOUS, "benno@example.org", PASSWORD, address=HERE, browser=Browser(LEASE))
    leave(ben, own.id)
    assert len(session.scalars(select(WebSession).where(WebSession.person_id == ben.person_id)).all()) == 1


def test_links_that_were_sent_before_are_dead(exchange, session, outbox, place, actor, client_of):
    """T-7; and their page does not promise wishes that are deleted."""
    ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE)
    run_errands(session)
    carry_letters()
    (letter,) = outbox()
    leave(actor(), place().id)
    page = client_of(None).get(path_in(letter))
    assert page.status_code == 410
    assert "no longer there" in page.text
    assert "wishes are kept" not in page.text
    assert fill_in(client_of(None), path_in(letter)).status_code == 410


def test_nobody_leaves_for_another(exchange, olga, place, session, stage, actor):
    """T-39: the organiser has a way of their own; others learn nothing."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    before = fingerprint(session)
    for who, seat_id in (
        (olga, place().id),
        (actor("Ben"), place().id),
        (stranger, place().id),
        (ANONYMOUS, place().id),
        (actor(), UUID(MISSING)),
    ):
        with pytest.raises(NotFound):
            leave(who, seat_id)
    assert fingerprint(session) == before


def test_leaving_twice_at_the_same_moment_is_leaving_once(exchange, place, actor, outbox):
    """T-59."""
    who, seat_id = actor(), place().id
    results = at_once(*(lambda: leave(who, seat_id) for _ in range(4)))
    assert problems_among(results) == ["AlreadyLeft"] * 3
    assert len(outbox()) == 1
    with pytest.raises(AlreadyLeft):
        leave(who, seat_id)


def test_leaving_while_it_is_closed_and_drawn_is_before_or_after(exchange, olga, place, actor, session):
    """T-56: nobody is drawn who has left."""
    who, seat_id = actor(), place().id

    def close_and_draw():
        close_exchange(olga, exchange.id)
        draw_names(olga, exchange.id)

    results = at_once(lambda: leave(who, seat_id), close_and_draw)
    assert problems_among(results) in ([], ["TooLateToLeave"])
    stood = queries.standing(session, exchange.id)
    is_in = seat_id in stood.receivers
    assert is_in == (seat_id in stood.receivers.values()) == bool(problems_among(results))


# --- coming back --------------------------------------------------------------------------------


def test_whoever_comes_back_has_the_same_place_after_a_new_confirmation(
    exchange, place, actor, session, outbox, client_of
):
    """SK-63: one address, one place; nothing of before counts."""
    first = place().id
    leave(actor(), first)
    assert (
        fill_in(
            client_of(None), f"/join/{exchange.slug}", name="Ana", email="ANA@example.org", wishes="Socks"
        ).location
        == f"/join/{exchange.slug}/sent"
    )
    carry_letters()
    assert place().id == first
    assert not place().is_confirmed
    (letter,) = (one for one in outbox() if one.kind == "exchanges.confirm_joining")
    enter(ANONYMOUS, "confirm", secret_in(letter), address=HERE, lease=LEASE)
    assert place().is_confirmed
    assert place().wishes == "Socks"
    write_wishes(actor(), first, "A book")


def test_who_left_looks_like_anybody_else_to_a_stranger_who_tries_their_address(
    exchange, place, actor, session, client_of
):
    """T-8: the same answer for who left, who is in, and who never was."""
    leave(actor(), place().id)
    answers = []
    for email in ("ana@example.org", "ben@example.org", "nobody@example.org"):
        browser = client_of(None)
        form = {"name": "Somebody", "email": email}
        joined = fill_in(browser, f"/join/{exchange.slug}", **form)
        asked = fill_in(browser, f"/join/{exchange.slug}/again", email=email)
        answers.append([(one.status_code, one.location, one.text) for one in (joined, asked)])
    assert answers[0] == answers[1] == answers[2]


def test_asking_for_a_link_brings_nobody_back(exchange, place, actor, session, outbox):
    """Only the form to join does, and a yes by letter."""
    leave(actor(), place().id)
    sent = len(outbox())
    ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE)
    run_errands(session)
    assert len(outbox()) == sent
    assert place().withdrawn_at is not None


def test_who_left_does_not_take_up_a_place(exchange, place, actor, stage, session):
    """SK-34."""
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).most_people = 4
    leave(actor(), place().id)
    assert queries.seats_kept(session, exchange.id, exchange.created_at) == 3
    come_back(exchange, name="Zoe", email="zoe@example.org")


# --- taken off by the organiser -----------------------------------------------------------------


@pytest.mark.parametrize("state", [ExchangeState.OPEN, ExchangeState.CLOSED])
def test_the_organiser_takes_somebody_off_who_has_confirmed(
    stage, exchange, olga, place, session, outbox, client_of, actor, state
):
    """SK-64, SK-81: a page of its own with a tick, and a letter to them."""
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).state = state
    browser, theirs = client_of(olga), client_of(actor())
    path = f"/exchanges/{exchange.id}/people/{place().id}/remove"
    assert "gets a letter" in browser.get(path).text
    assert fill_in(browser, path).status_code == 422
    answer = fill_in(browser, path, sure="y")
    assert (answer.status_code, answer.location) == (303, f"/exchanges/{exchange.id}")
    assert names(session, exchange) == ["Ben", "Cleo", "Dan"]
    (letter,) = outbox()
    assert (letter.kind, letter.to) == ("exchanges.taken_off", "ana@example.org")
    assert theirs.get(f"/my/{place().id}").status_code == 302
    assert browser.get(path).status_code == 404
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.subject_id == exchange.id))
    assert (entry.action, entry.details) == ("exchange.person_removed", {})


def test_whoever_was_taken_off_may_join_again(exchange, olga, place, outbox):
    remove_person(olga, exchange.id, place().id)
    come_back(exchange)
    assert place().withdrawn_at is None
    assert outbox()[-1].kind == "exchanges.confirm_joining"
