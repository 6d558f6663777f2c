"""What was read of an account before it is locked may be so no more: it is read anew under the lock (T-7).

And the twin of each race without that second reading, which must go wrong: else the proof proves nothing.
"""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.errands import LinkRequest, ResetRequest
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.queries import logins
from kinkeeper.features.accounts.service import inviting
from kinkeeper.features.accounts.service.closing_accounts import deactivate_account
from kinkeeper.features.accounts.service.inviting import accept_invitation
from kinkeeper.features.accounts.service.keeping_accounts import NewAccount, change_account, create_account
from kinkeeper.features.accounts.service.mailed_link import send_link
from kinkeeper.features.accounts.service.passwords import send_reset
from kinkeeper.kernel import work as units
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.platform.links import ExpiredLink
from tests.conftest import with_many_writers
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import carry_letters, secret_in

EMAIL, MOVED = "olga@example.org", "olga.moved@example.org"
A_WHILE = 1
"""Seconds for which the first waits for the second, where the first keeps it out of all."""
SENT = {
    "accounts.password_reset": lambda: send_reset(SYSTEM, ResetRequest(email=EMAIL, minutes=10)),
    "accounts.sign_in_link": lambda: send_link(SYSTEM, LinkRequest(email=EMAIL, minutes=10, browser="07")),
}


@pytest.fixture
def after(monkeypatch):
    """Let somebody else do something right after a function was called for the first time.

    Answers how to wait until they have.
    """
    others = []

    def after(module, name, act):
        plain = getattr(module, name)

        def called(*facts):
            found = plain(*facts)
            if not others:
                others.append(threading.Thread(target=lambda: (act(), units.end_reading())))
                others[0].start()
                others[0].join(A_WHILE)
            return found

        monkeypatch.setattr(module, name, called)
        return lambda: [other.join(30) for other in others]

    return after


@pytest.fixture
def read_once(monkeypatch):
    """Read an account under its lock as it was before it."""

    def once(session, condition):
        return session.scalar(select(Account).where(condition).with_for_update())

    return lambda: monkeypatch.setattr(logins, "_locked", once)


def letters_to(outbox, address):
    return {letter.kind for letter in outbox() if letter.to == address}


@pytest.mark.parametrize("kind", SENT)
def test_a_way_in_does_not_go_to_a_mailbox_that_was_moved_meanwhile(olga, admin, after, outbox, kind):
    """T-7: whoever reads the old mailbox has nothing more to open the account with."""
    done = after(
        logins, "account_by_name", lambda: change_account(admin, olga.account_id, {"email": MOVED}, steps=())
    )
    SENT[kind]()
    done()
    assert kind not in letters_to(outbox, EMAIL) | letters_to(outbox, MOVED)


@pytest.mark.parametrize("kind", SENT)
def test_no_way_in_goes_to_an_account_that_was_closed_meanwhile(olga, admin, after, outbox, kind):
    done = after(logins, "account_by_name", lambda: deactivate_account(admin, olga.account_id))
    SENT[kind]()
    done()
    assert kind not in letters_to(outbox, EMAIL)


@with_many_writers
@pytest.mark.parametrize("kind", SENT)
def test_read_once_only_a_way_in_goes_to_the_old_mailbox(olga, admin, after, outbox, kind, read_once):
    """The twin."""
    read_once()
    done = after(
        logins, "account_by_name", lambda: change_account(admin, olga.account_id, {"email": MOVED}, steps=())
    )
    SENT[kind]()
    done()
    assert kind in letters_to(outbox, EMAIL)


def invited(admin, outbox):
    account_id = create_account(admin, NewAccount("carol@example.org", "Carol", "en"))
    carry_letters()
    return account_id, secret_in(outbox()[-1])


def accept(token):
    accept_invitation(ANONYMOUS, token, "crooked violin under a lamp", "", address=HERE, browser=BROWSER)


def read_first(monkeypatch):
    """Let the account be known to whoever takes up the invitation before they lock it."""
    plain, known = inviting._lock, []

    def read(work, person_id):
        known.append(queries.account_of(work.session, person_id))
        return plain(work, person_id)

    monkeypatch.setattr(inviting, "_lock", read)


@with_many_writers
@pytest.mark.parametrize("is_read_anew", [True, False])
def test_an_invitation_takes_nobodys_password_away(
    admin, stage, outbox, session, monkeypatch, after, read_once, is_read_anew
):
    """A password chosen meanwhile is somebody's own; read once only (the twin), it is overwritten."""
    account_id, token = invited(admin, outbox)

    def choose():
        with stage() as staged:
            staged.get_one(Account, account_id).password_hash = "chosen meanwhile"

    read_first(monkeypatch)
    done = after(queries, "account_of", choose)
    if is_read_anew:
        with pytest.raises(ExpiredLink):
            accept(token)
    else:
        read_once()
        accept(token)
    done()
    assert (session.get_one(Account, account_id).password_hash == "chosen meanwhile") == is_read_anew
