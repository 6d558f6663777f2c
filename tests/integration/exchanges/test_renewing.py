"""A letter sent again, and all ways in ended for a new one (G11, T-7, T-9, T-16)."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from kinkeeper.app.features import ERASE_STEPS
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.models import ExchangeState, Participant
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import enter
from kinkeeper.features.exchanges.service.organising import StillDraft, close_exchange
from kinkeeper.features.exchanges.service.readdressing import change_address
from kinkeeper.features.exchanges.service.renewing import (
    PER_OWN_SEAT,
    PER_SEAT,
    NobodyToWriteTo,
    SentJustNow,
    renew_link,
    renew_own_link,
    send_again,
)
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound, TooMany
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.links import ExpiredLink
from kinkeeper.platform.mail.delivery import deliver_due
from kinkeeper.platform.mail.outbox import Sending
from kinkeeper.platform.mail.transports import Deferred, Mailbox
from tests.factories import make_account, make_exchange, make_participant
from tests.integration.web.support import (
    MISSING,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    secret_in,
)

from uuid import UUID  # isort: skip

HERE, LEASE = "192.0.2.1", Lease(timedelta(days=14), timedelta(days=60))


class PutOff:
    """A mail server that is too busy to take anything."""

    name = "smtp"

    def send(self, _message, *, once):
        raise Deferred(f"451 come back later for {once[:4]}")

    def close(self):
        """Nothing is open."""


def test_the_organiser_sends_a_letter_again_and_never_sees_the_link(exchange, olga, place, outbox, client_of):
    """G11, T-16."""
    browser, path = client_of(olga), f"/exchanges/{exchange.id}/people/{place().id}"
    answer = fill_in(browser, f"{path}/resend")
    assert (answer.status_code, answer.location) == (303, path)
    carry_letters()
    (letter,) = outbox()
    assert (letter.kind, letter.to) == ("exchanges.new_link", "ana@example.org")
    for page in (path, f"{path}/address", f"{path}/remove", f"/exchanges/{exchange.id}"):
        assert secret_in(letter) not in browser.get(page).text
    page = client_of(None)
    assert page.get(fill_in(page, path_in(letter)).location).status_code == 200


def test_one_that_is_fresh_in_the_mailbox_is_enough(exchange, olga, place, outbox, now):
    """T-9."""
    send_again(olga, exchange.id, place().id)
    with pytest.raises(SentJustNow):
        send_again(olga, exchange.id, place().id)
    assert len(outbox()) == 1
    now.advance(minutes=6)
    send_again(olga, exchange.id, place().id)
    assert len(outbox()) == 2


def test_who_has_not_answered_is_asked_again(exchange, olga, stage, session, outbox, now):
    """By the letter of their kind: who joined confirms, who was put there says yes or no."""
    with stage() as staged:
        joined = make_participant(staged, exchange, "Yan", confirmed=False)
    (added,) = add_people(olga, exchange.id, [Newcomer("Zoe", "zoe@example.org")], language="en")
    now.advance(minutes=6)
    sent = len(outbox())
    for seat_id in (joined.id, added):
        send_again(olga, exchange.id, seat_id)
    assert [letter.kind for letter in outbox()[sent:]] == ["exchanges.confirm_joining", "exchanges.invited"]


def test_after_the_draw_a_link_to_the_page_is_sent_whoever_it_is(exchange, olga, stage, outbox):
    with stage() as staged:
        late = make_participant(staged, exchange, "Yan", confirmed=False)
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    send_again(olga, exchange.id, late.id)
    assert outbox()[-1].kind == "exchanges.new_link"


@pytest.mark.parametrize("by", ["organiser", "participant"])
def test_a_new_link_ends_the_old_ones_and_every_browser_that_they_let_in(
    exchange, olga, place, ana, outbox, client_of, by
):
    """A letter got into wrong hands."""
    send_again(olga, exchange.id, place().id)
    carry_letters()
    (old,) = outbox()
    stranger, own = client_of(ana), client_of(ana)
    here = f"/my/{place().id}"
    assert stranger.get(here).status_code == 200
    if by == "organiser":
        path = f"/exchanges/{exchange.id}/people/{place().id}"
        assert fill_in(client_of(olga), f"{path}/rotate").location == path
    else:
        assert fill_in(own, f"{here}/new-link").location == f"/join/{exchange.slug}/sent"
    assert stranger.get(here).status_code == own.get(here).status_code == 302
    with pytest.raises(ExpiredLink):
        enter(ANONYMOUS, "enter", secret_in(old), address=HERE, lease=LEASE)
    carry_letters()
    new = outbox()[-1]
    assert (new.kind, new.to) == ("exchanges.new_link", "ana@example.org")
    browser = client_of(None)
    assert browser.get(fill_in(browser, path_in(new)).location).status_code == 200


def test_a_letter_that_waits_with_an_old_link_never_goes(exchange, olga, place, outbox):
    send_again(olga, exchange.id, place().id)
    renew_link(olga, exchange.id, place().id)
    assert len(outbox()) == 1
    assert carry_letters() == 1


def test_news_that_waits_comes_with_the_new_link(exchange, olga, place, outbox, client_of):
    """SK-85, T-7: only the ways in are void; the match is ready all the same, and told once."""
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    waiting = [one for one in outbox() if one.to == "ana@example.org"]
    renew_link(olga, exchange.id, place().id)
    carry_letters()
    for old in waiting:
        with pytest.raises(ExpiredLink):
            enter(ANONYMOUS, "ready", secret_in(old), address=HERE, lease=LEASE)
    here = [one for one in outbox() if one.to == "ana@example.org"]
    assert sorted(one.kind for one in here) == ["exchanges.match_ready", "exchanges.new_link"]
    for letter in here:
        browser = client_of(None)
        assert browser.get(fill_in(browser, path_in(letter)).location).status_code == 200


def test_an_organiser_s_question_that_waits_comes_with_the_new_link(exchange, olga, place, outbox, client_of):
    """T-17: who renews their link must still hear that their address is to be another one."""
    change_address(olga, exchange.id, place().id, "ana@example.net")
    renew_link(olga, exchange.id, place().id)
    carry_letters()
    told = {letter.kind: letter for letter in outbox()}
    assert sorted(told) == ["exchanges.address_asked", "exchanges.confirm_address", "exchanges.new_link"]
    assert {letter.state for letter in outbox()} == {Sending.SENT}
    for letter in told.values():
        assert client_of(None).get(path_in(letter)).status_code == 200


def test_news_that_a_server_put_off_is_told_once_and_news_in_the_mailbox_is_not_told_again(
    exchange, olga, place, outbox, now
):
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    put_off = PutOff()
    deliver_due(put_off, sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False)
    renew_link(olga, exchange.id, place("Ana").id)
    now.advance(hours=1)
    carry_letters()
    renew_link(olga, exchange.id, place("Ben").id)
    carry_letters()
    told = [(one.kind, one.to) for one in outbox() if one.state is Sending.SENT]
    assert sorted(told) == sorted(
        [("exchanges.match_ready", f"{name}@example.org") for name in ("ana", "ben", "cleo", "dan")]
        + [("exchanges.new_link", f"{name}@example.org") for name in ("ana", "ben")]
    )
    assert len(told) == len(outbox())


def test_a_letter_under_way_while_its_link_is_renewed_is_not_lost(exchange, olga, place, outbox, client_of):
    """Nobody knows whether it left: its link is dead, and its news comes with the new one."""
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    letters = {}

    class Slow(Mailbox):
        def send(self, message, *, once):
            if message["To"] == "ana@example.org" and not letters:
                letters["old"] = next(one for one in outbox() if one.to == "ana@example.org")
                renew_link(olga, exchange.id, place().id)
            return super().send(message, once=once)

    deliver_due(Slow(), sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False)
    with pytest.raises(ExpiredLink):
        enter(ANONYMOUS, "ready", secret_in(letters["old"]), address=HERE, lease=LEASE)
    carry_letters()
    here = [one for one in outbox() if one.to == "ana@example.org"]
    assert sorted(one.kind for one in here) == ["exchanges.match_ready", "exchanges.new_link"]
    for letter in here:
        browser = client_of(None)
        assert browser.get(fill_in(browser, path_in(letter)).location).status_code == 200


def test_both_are_written_down(exchange, olga, place, session, ana):
    send_again(olga, exchange.id, place().id)
    renew_link(olga, exchange.id, place().id)
    renew_own_link(ana, place().id)
    assert list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))) == [
        "exchange.letter_sent_again",
        "exchange.link_renewed",
        "exchange.link_renewed",
    ]


def test_a_mailbox_is_not_flooded(exchange, olga, place, now):
    """T-9: five times an hour, whoever presses."""
    for _ in range(5):
        renew_link(olga, exchange.id, place().id)
    with pytest.raises(TooMany):
        renew_link(olga, exchange.id, place().id)
    now.advance(hours=1)
    renew_link(olga, exchange.id, place().id)


def test_a_letter_that_is_refused_costs_nothing(exchange, olga, place, now):
    """T-9 is about letters, and it has written none."""
    send_again(olga, exchange.id, place().id)
    for _ in range(PER_SEAT.amount):
        with pytest.raises(SentJustNow):
            send_again(olga, exchange.id, place().id)
    now.advance(minutes=6)
    send_again(olga, exchange.id, place().id)


def test_nobody_else_uses_up_what_somebody_needs_to_end_a_stolen_link(exchange, olga, place, ana):
    """T-7, T-11: it is their only way to do so."""
    for _ in range(PER_SEAT.amount):
        renew_link(olga, exchange.id, place().id)
    with pytest.raises(TooMany):
        renew_link(olga, exchange.id, place().id)
    for _ in range(PER_OWN_SEAT.amount):
        renew_own_link(ana, place().id)
    with pytest.raises(TooMany):
        renew_own_link(ana, place().id)


def test_where_there_is_nobody_to_write_to_nothing_ends(exchange, olga, place, stage, client_of, ana):
    browser = client_of(ana)
    with stage() as staged:
        staged.get_one(Person, place().person_id).email = None
    with pytest.raises(NobodyToWriteTo, match="Ana"):
        renew_link(olga, exchange.id, place().id)
    assert browser.get(f"/my/{place().id}").status_code == 200


def test_nobody_is_written_to_about_a_draft(stage, olga, outbox):
    with stage() as staged:
        draft = make_exchange(staged, people=1, organiser=olga, state=ExchangeState.DRAFT)
        seat_id = staged.query(Participant).filter_by(exchange_id=draft.id).one().id
    for verb in (send_again, renew_link):
        with pytest.raises(StillDraft):
            verb(olga, draft.id, seat_id)
    assert outbox() == []


def test_strangers_and_other_participants_renew_nothing(exchange, olga, place, session, stage, ana):
    """T-39."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        other = make_exchange(staged, people=0, organiser=olga)
    before = fingerprint(session)
    for actor, exchange_id, seat_id in (
        (stranger, exchange.id, place().id),
        (ana, exchange.id, place().id),
        (olga, other.id, place().id),
        (olga, exchange.id, UUID(MISSING)),
    ):
        for verb in (send_again, renew_link):
            with pytest.raises(NotFound):
                verb(actor, exchange_id, seat_id)
    for actor in (olga, stranger, ANONYMOUS):
        with pytest.raises(NotFound):
            renew_own_link(actor, place().id)
    assert fingerprint(session) == before, "not even the tries that others have"


def test_an_erased_place_offers_no_letter_that_nobody_would_get(drawn, olga, seat, session, client_of):
    """It stays on the list for those who count on it."""
    path, browser = f"/exchanges/{drawn.id}/people/{seat('Ana')}", client_of(olga)
    assert "Send a letter again" in browser.get(path).text
    erase_person(SYSTEM, session.get_one(Participant, seat("Ana")).person_id, steps=ERASE_STEPS)
    answer = browser.get(path)
    assert answer.status_code == 200
    assert "Send a letter again" not in answer.text
