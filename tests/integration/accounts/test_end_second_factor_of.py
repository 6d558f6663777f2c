"""Turning somebody's second factor off: for those who keep accounts, aloud, and of nobody who may do more."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Account, CustomRole, Person, RecoveryCode
from kinkeeper.features.accounts.service.closing_accounts import delete_account
from kinkeeper.features.accounts.service.keeping_accounts import InTheBin
from kinkeeper.features.accounts.service.keeping_second_factor import (
    SecondFactorIsOff,
    end_second_factor_of,
    renew_recovery_codes,
)
from kinkeeper.features.accounts.service.signing_in import LetIn, sign_in
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.platform.audit import AuditEntry
from tests.factories import PASSWORD, make_account, make_grant
from tests.factories.accounts import LONG_AGO, give_app
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import (
    MISSING,
    at_once,
    carry_letters,
    fill_in,
    fingerprint,
    problems_among,
)


@pytest.fixture
def olga(stage, admin):
    """Somebody with an app."""
    with stage() as session:
        olga = make_account(session, "Olga")
        give_app(session, olga)
    return olga


@pytest.fixture
def kim(stage, admin):
    """Somebody who keeps accounts, and may nothing else."""
    rights = ["accounts.see", "accounts.keep"]
    with stage() as session:
        role = CustomRole(name="desk", title="Desk", rights=rights, created_at=LONG_AGO, changed_at=LONG_AGO)
        session.add(role)
        kim = make_account(session, "Kim")
        make_grant(session, session.get_one(Person, kim.person_id), "desk")
    return kim


def test_they_sign_in_without_a_code_and_are_told(kim, olga, outbox, session):
    renew_recovery_codes(olga)
    end_second_factor_of(kim, olga.account_id)
    who = sign_in(ANONYMOUS, "olga@example.org", PASSWORD, address=HERE, browser=BROWSER)
    assert isinstance(who, LetIn)
    assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
    assert "account.second_factor_ended" in session.scalars(select(AuditEntry.action)).all()
    assert carry_letters() == 1
    (letter,) = outbox()
    assert (letter.to, letter.fields["is_on"], letter.fields["by"]) == ("olga@example.org", False, "Kim")


def test_nobody_does_it_to_who_may_more_or_without_the_right(kim, olga, admin, stage):
    with stage() as session:
        give_app(session, admin)
    with pytest.raises(Forbidden):
        end_second_factor_of(kim, admin.account_id)
    with pytest.raises(NotFound):
        end_second_factor_of(olga, kim.account_id)
    with pytest.raises(NotFound):
        end_second_factor_of(kim, UUID(MISSING))


def test_where_there_is_none_and_in_the_bin(kim, admin, olga):
    with pytest.raises(SecondFactorIsOff):
        end_second_factor_of(admin, kim.account_id)
    delete_account(admin, olga.account_id)
    with pytest.raises(InTheBin):
        end_second_factor_of(admin, olga.account_id)


def test_of_several_at_once_one_does_it(admin, olga, outbox):
    results = at_once(*(lambda: end_second_factor_of(admin, olga.account_id) for _ in range(3)))
    assert problems_among(results) == ["SecondFactorIsOff"] * 2
    assert len(outbox()) == 1


def test_the_page_offers_it_and_asks_again_who_it_is(client_of, admin, olga, session, now):
    """A-54."""
    client, page = client_of(admin), f"/admin/users/{olga.account_id}"
    assert f"{page}/second-factor/end" in client.get(page).text
    now.advance(minutes=16)
    before = fingerprint(session)
    asked = fill_in(client, f"{page}/second-factor/end")
    assert asked.location == f"/sign-in/again?next={page}"
    assert fingerprint(session) == before
    assert fill_in(client_of(admin), f"{page}/second-factor/end").location == page
    session.expire_all()
    assert session.get_one(Account, olga.account_id).totp_confirmed_at is None
    assert "second-factor/end" not in client_of(admin).get(page).text
