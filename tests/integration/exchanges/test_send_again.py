"""A letter is sent again: its link lives again, unless it was used or a newer one took over."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from kinkeeper.app.admin.service import NotStuck, send_again
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.service.joining import Joining, ask_for_way_in, enter, join
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.links import ExpiredLink, UsedLink
from kinkeeper.platform.mail.delivery import HORIZON, deliver_due
from kinkeeper.platform.mail.outbox import Sending
from kinkeeper.platform.mail.transports import Refused, Unsure
from tests.factories import make_account, make_exchange
from tests.integration.web.support import carry_letters, fill_in, fingerprint, path_in, secret_in

HERE, LEASE = "192.0.2.1", Lease(timedelta(days=14), timedelta(days=60))


class Trouble:
    """A carrier that answers every letter with the same trouble."""

    name = "smtp"

    def __init__(self, trouble: Exception) -> None:
        self.trouble = trouble

    def send(self, message, *, once):
        raise self.trouble

    def close(self) -> None:
        """Nothing is open."""


def carry_in_vain(trouble: Exception) -> None:
    deliver_due(
        Trouble(trouble), sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False
    )


def given_up(outbox, now):
    """Let the letter be tried in vain until nobody tries any more; answers it."""
    for _ in range(3 * HORIZON // timedelta(hours=1)):
        carry_in_vain(Unsure("cut off"))
        now.advance(hours=1)
    (letter,) = outbox()
    assert letter.state is Sending.UNCERTAIN
    return letter


def press(letter):
    return enter(ANONYMOUS, "confirm", secret_in(letter), address=HERE, lease=LEASE)


@pytest.fixture
def exchange(stage, admin):
    with stage() as session:
        return make_exchange(session, people=3)


@pytest.fixture
def zoe(exchange, session):
    """Zoe joins; `zoe()` answers her place as it is now."""
    form = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, form, address=HERE)
    named = select(Participant).where(Participant.name == "Zoe").execution_options(populate_existing=True)
    return lambda: session.scalars(named).one()


@pytest.fixture
def refused(zoe, outbox):
    """Her letter, which the mail server would not take."""
    carry_in_vain(Refused("550 no such mailbox"))
    (letter,) = outbox()
    assert letter.state is Sending.FAILED
    return letter


def test_a_link_that_died_while_nobody_knew_whether_it_went_out_lives_again(
    zoe, outbox, now, client_of, admin
):
    """The letter is the same, its secret too, and three days begin anew with the hand-over."""
    letter = given_up(outbox, now)
    with pytest.raises(ExpiredLink):
        press(letter)
    answer = fill_in(client_of(admin), f"/admin/mailbox/{letter.id}/again")
    assert (answer.status_code, answer.location) == (303, "/admin/mailbox")
    now.advance(hours=5)
    assert carry_letters() == 1
    (again,) = outbox()
    assert (again.state, path_in(again)) == (Sending.SENT, path_in(letter))
    now.advance(hours=71)
    assert client_of(None).get(path_in(letter)).status_code == 200
    assert fill_in(client_of(None), path_in(letter)).status_code == 303
    assert zoe().is_confirmed


def test_three_days_after_it_was_sent_again_the_link_is_over(refused, now, client_of):
    send_again(SYSTEM, refused.id)
    carry_letters()
    now.advance(hours=72)
    assert client_of(None).get(path_in(refused)).status_code == 410


def test_a_link_that_a_newer_one_took_over_stays_dead(refused, exchange, session, outbox, now, zoe):
    """T-9: one pending link a person; a letter whose link is dead does not go out at all."""
    now.advance(minutes=10)
    ask_for_way_in(ANONYMOUS, exchange.slug, "zoe@example.org", address=HERE)
    for errand_id in session.scalars(select(ErrandRow.id)).all():
        run_errand(errand_id)
    send_again(SYSTEM, refused.id)
    assert carry_letters() == 1
    older, newer = outbox()
    assert older.id == refused.id
    with pytest.raises(ExpiredLink):
        press(older)
    press(newer)
    assert zoe().is_confirmed


def test_a_link_that_was_used_stays_used(zoe, outbox, now):
    """It went out though the server's answer was lost, and she was quicker than the second copy."""
    carry_in_vain(Unsure("cut off"))
    press(outbox()[0])
    letter = given_up(outbox, now)
    send_again(SYSTEM, letter.id)
    assert carry_letters() == 1
    with pytest.raises(UsedLink):
        press(letter)


def test_only_the_administrator_sends_again_and_only_what_is_stuck(
    refused, stage, session, outbox, admin, client_of
):
    with stage() as staged:
        olga = make_account(staged, "Otto")
    before = fingerprint(session)
    for actor in (olga, ANONYMOUS):
        with pytest.raises(Forbidden):
            send_again(actor, refused.id)
    assert fingerprint(session) == before
    send_again(admin, refused.id)
    assert "letter.sent_again" in session.scalars(select(AuditEntry.action)).all()
    with pytest.raises(NotStuck):
        send_again(admin, refused.id)
    carry_letters()
    assert fill_in(client_of(admin), f"/admin/mailbox/{refused.id}/again").status_code == 409
    assert outbox()[0].state is Sending.SENT
