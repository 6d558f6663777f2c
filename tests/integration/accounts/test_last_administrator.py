"""Of two administrators who see to it that the other is none any more, at the same moment, one stays."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from sqlalchemy import func, select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, RoleGrant
from kinkeeper.features.accounts.service.closing import close_account
from kinkeeper.features.accounts.service.closing_accounts import deactivate_account, delete_account
from kinkeeper.features.accounts.service.granting import LastAdministrator, withdraw_grant
from kinkeeper.features.accounts.service.keeping_accounts import change_account
from tests.conftest import SERVER
from tests.factories import make_account
from tests.integration.web.support import at_once, problems_among, without_lock


@pytest.fixture
def both(stage):
    with stage() as session:
        return [make_account(session, name, is_admin=True) for name in ("Ada", "Bea")]


def open_accounts(session) -> int:
    is_open = Account.deactivated_at.is_(None), Account.deleted_at.is_(None)
    return session.scalar(select(func.count()).select_from(Account).where(*is_open))


@pytest.mark.parametrize("close", [deactivate_account, partial(delete_account, steps=STEPS.close)])
def test_one_of_two_stays(both, session, close):
    ada, bea = both
    results = at_once(lambda: close(ada, bea.account_id), lambda: close(bea, ada.account_id))
    assert open_accounts(session) == 1
    assert results.count(None) == 1
    assert problems_among(results) in (["LastAdministrator"], ["Unauthenticated"])


def test_without_the_lock_the_house_would_be_nobody_s(both, session, monkeypatch):
    """The control: each has counted two before either has written."""
    ada, bea = both
    counted = threading.Barrier(2, timeout=10)

    def count_and_wait(session):
        found = list(session.scalars(queries.standing._ADMINISTRATORS))
        counted.wait()
        return found

    monkeypatch.setattr(queries, "administrators_for_change", count_and_wait)
    with without_lock(monkeypatch, queries, "account_for_change", Account):
        results = at_once(
            lambda: deactivate_account(ada, bea.account_id), lambda: deactivate_account(bea, ada.account_id)
        )
    assert counted.n_waiting == 0
    assert not counted.broken, "both were past the check at the same moment"
    assert problems_among(results) not in (["LastAdministrator"], ["Unauthenticated"])


def test_a_closed_administrator_does_not_count(both, session):
    ada, bea = both
    deactivate_account(ada, bea.account_id)
    with pytest.raises(LastAdministrator):
        deactivate_account(ada, ada.account_id)


def test_who_never_came_does_not_count(both, stage, session):
    """C-43: an administrator who did not follow the invitation cannot let anybody in."""
    ada, bea = both
    with stage() as staged:
        account = staged.get_one(Account, bea.account_id)
        account.password_hash = account.verified_at = None
    with pytest.raises(LastAdministrator):
        close_account(ada, steps=STEPS.close)
    assert open_accounts(session) == 2


def move_elsewhere(actor, account_id):
    change_account(actor, account_id, {"email": "mistyped@example.org"}, steps=())


def test_nobody_moves_the_only_one_who_can_sign_in(both, stage, session):
    """C-43: whose account is moved has to prove the new mailbox first, and nobody reads there perhaps."""
    ada, bea = both
    with stage() as staged:
        staged.get_one(Account, ada.account_id).verified_at = None
    with pytest.raises(LastAdministrator):
        move_elsewhere(ada, bea.account_id)
    assert session.get_one(Account, bea.account_id).email == "bea@example.org"


def test_who_is_no_administrator_is_moved_all_the_same(both, olga, session):
    ada, _ = both
    move_elsewhere(ada, olga.account_id)
    assert session.get_one(Account, olga.account_id).email == "mistyped@example.org"


@pytest.fixture
def withdraw(stage, both):
    """Take the first one's role back, as the other does."""
    ada, bea = both
    with stage() as staged:
        theirs = staged.scalars(select(RoleGrant.id).where(RoleGrant.person_id == ada.person_id)).one()
    return lambda: withdraw_grant(bea, theirs)


def test_of_moving_one_and_taking_the_other_s_role_back_one_is_refused(both, withdraw, session, monkeypatch):
    """C-43: both have counted two by then; what comes second looks again, under the lock."""
    ada, bea = both
    asked, count = threading.Barrier(2, timeout=10), queries.administrators_for_change

    def come_together(session):
        if SERVER:  # SQLite has one writer at a time
            asked.wait()
        return count(session)

    monkeypatch.setattr(queries, "administrators_for_change", come_together)
    results = at_once(lambda: move_elsewhere(ada, bea.account_id), withdraw)
    can_sign_in = queries.standing._ADMINISTRATORS.where(Account.verified_at.is_not(None))
    assert len(session.scalars(can_sign_in).all()) == 1
    assert results.count(None) == 1
    assert problems_among(results)[0] in {"Forbidden", "LastAdministrator", "NotFound", "Unauthenticated"}
