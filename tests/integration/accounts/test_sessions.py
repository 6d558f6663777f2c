"""How long a session lasts: idle and at most, for accounts and for mailed links (A-52)."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import AccessToken, Account, WebSession
from kinkeeper.features.accounts.queries import with_grants
from kinkeeper.features.accounts.service import sessions
from kinkeeper.features.accounts.service.sessions import Lease, actor_of, forget_ended, open_session
from kinkeeper.kernel import db
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Unauthenticated, Unavailable
from kinkeeper.kernel.work import transaction
from tests.factories import guest, make_account, make_person, make_token, withdraw_grants
from tests.integration.web.support import bearer

from datetime import timedelta  # isort: skip

ACCOUNT = Lease(timedelta(minutes=30), timedelta(hours=12))
GUEST = Lease(timedelta(days=14), timedelta(days=60))


@pytest.fixture
def secret(olga):
    with transaction(SYSTEM) as work:
        return open_session(work, olga.person_id, account_id=olga.account_id, lease=ACCOUNT)


@pytest.fixture
def linked(stage):
    """The session of somebody who followed a mailed link."""
    with stage() as session:
        ana = make_person(session, "Ana")
    with transaction(SYSTEM) as work:
        return open_session(work, ana.id, lease=GUEST)


def who(now, account=None, guest_secret=None):
    return actor_of(account, guest_secret, now(), ACCOUNT, GUEST)


def test_an_account_s_session_ends_after_half_an_hour_without_a_visit(secret, olga, now):
    """A-52."""
    now.advance(minutes=29, seconds=59)
    assert who(now, secret).account_id == olga.account_id
    now.advance(minutes=30)
    assert who(now, secret) is ANONYMOUS


def test_each_visit_moves_the_end_on(secret, now):
    for _ in range(6):
        now.advance(minutes=20)
        assert who(now, secret).account_id


def test_after_twelve_hours_it_ends_whatever_happens(secret, now):
    """A-52."""
    for _ in range(35):
        now.advance(minutes=20)
        assert who(now, secret).account_id
    now.advance(minutes=20)
    assert who(now, secret) is ANONYMOUS


def test_a_mailed_link_s_session_lasts_fourteen_days_and_sixty_at_most(linked, now):
    """A-52, SK-51."""
    for _ in range(4):
        now.advance(days=13)
        assert who(now, None, linked).guest_id
    now.advance(days=8)
    assert who(now, None, linked) is ANONYMOUS


def test_an_idle_mailed_link_s_session_ends(linked, now):
    now.advance(days=14)
    assert who(now, None, linked) is ANONYMOUS


def test_a_visit_is_written_down_every_ten_minutes_at_most(secret, now, queries_at_most):
    """Reading a page should not write."""
    now.advance(minutes=10)
    with queries_at_most(1):
        who(now, secret)
    now.advance(seconds=1)
    with queries_at_most(3) as said:
        who(now, secret)
    assert any(statement.startswith("UPDATE") for statement in said)


@pytest.fixture
def nothing_can_be_written(monkeypatch):
    """The database is being copied, or its disk is slow: for the moment, no writer gets a turn."""

    @contextmanager
    def refuse():
        raise Unavailable
        yield

    monkeypatch.setattr(db.gate(), "pass_through", refuse)


def test_a_page_that_is_only_read_shows_though_the_visit_cannot_be_written_down(
    client_of, stage, now, nothing_can_be_written
):
    with stage() as session:
        ada = make_account(session, "Ada", is_admin=True)
    client = client_of(ada)
    now.advance(minutes=11)
    assert client.get("/exchanges").status_code == 200


def test_a_program_can_read_though_its_visit_cannot_be_written_down(client_of, stage, now, request):
    with stage() as session:
        ada = make_account(session, "Ada", is_admin=True)
    header = bearer(ada)
    request.getfixturevalue("nothing_can_be_written")
    assert client_of(None).get("/api/v1/exchanges", headers=header).status_code == 200


def test_a_garbled_or_missing_secret_is_nobody(engine, now):
    for secret in (None, "", "x", "x" * 5000, "\x00", "é"):
        assert who(now, secret, secret) is ANONYMOUS


def test_a_link_s_session_in_the_account_s_cookie_opens_no_account(linked, now):
    """D-1: a mailbox proves less than a password."""
    actor = who(now, linked)
    assert actor.account_id is None
    assert not actor.is_admin


def test_an_account_s_session_in_the_guest_s_cookie_opens_no_account(secret, olga, now):
    actor = who(now, None, secret)
    assert (actor.account_id, actor.guest_id) == (None, olga.person_id)


def test_an_actor_whose_sessions_were_ended_meanwhile_is_turned_away(olga, stage, session):
    """A-57: rights are read in the transaction that uses them."""
    with stage() as staged:
        staged.get_one(Account, olga.account_id).epoch += 1
    with pytest.raises(Unauthenticated):
        with_grants(session, olga)


def test_an_administrator_who_is_one_no_more_loses_it_at_the_next_act(stage, session):
    """A-57."""
    with stage() as staged:
        ada = make_account(staged, "Ada", is_admin=True)
    with stage() as staged:
        withdraw_grants(staged, ada)
    assert ada.is_admin
    assert not with_grants(session, ada).is_admin


def test_what_ended_is_deleted_by_the_sweep_and_what_lives_is_kept(secret, linked, olga, now, session):
    """SK-55."""
    make_token(olga, "Short", days=1)
    make_token(olga, "Long", days=90)
    now.advance(days=2)
    forget_ended(SYSTEM)
    assert session.scalars(select(WebSession.account_id)).all() == [None]
    assert session.scalars(select(AccessToken.name)).all() == ["Long"]
    forget_ended(SYSTEM)
    assert session.scalar(select(func.count()).select_from(AccessToken)) == 1


def test_only_the_house_sweeps(olga, secret, now, session):
    now.advance(days=2)
    with pytest.raises(RuntimeError, match="never authorized"):
        sessions.forget_ended(olga)
    assert session.scalar(select(func.count()).select_from(WebSession)) == 1


def test_a_page_that_was_left_open_too_long_asks_to_sign_in(client_of, stage, now):
    """A-52."""
    with stage() as session:
        ada = make_account(session, "Ada", is_admin=True)
    client = client_of(ada)
    assert client.get("/account").status_code == 200
    now.advance(days=2)
    assert client.get("/account").status_code == 302


def test_the_cookie_of_a_guest_opens_no_page_for_accounts(client_of, stage, admin):
    with stage() as session:
        ana = guest(make_person(session, "Ana"))
    assert client_of(ana).get("/account").status_code == 302
