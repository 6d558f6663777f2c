"""Two administrators who close each other's account at the same moment: one stays (C-43)."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.service.closing_accounts import deactivate_account, delete_account
from kinkeeper.features.accounts.service.granting import LastAdministrator
from tests.factories import make_account
from tests.integration.web.support import at_once, problems_among, without_lock


@pytest.fixture
def both(stage):
    with stage() as session:
        return [make_account(session, name, is_admin=True) for name in ("Ada", "Bea")]


def open_accounts(session) -> int:
    is_open = Account.deactivated_at.is_(None), Account.deleted_at.is_(None)
    return session.scalar(select(func.count()).select_from(Account).where(*is_open))


@pytest.mark.parametrize("close", [deactivate_account, delete_account])
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
