"""Turning somebody's second factor off: for those who keep accounts, aloud, and of nobody who may do more."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts.models import Account, RecoveryCode
from kinkeeper.features.accounts.service.bin import InTheBin
from kinkeeper.features.accounts.service.closing_accounts import delete_account
from kinkeeper.features.accounts.service.keeping_second_factor import (
    OwnSecondFactor,
    SecondFactorIsOff,
    end_second_factor_of,
    renew_recovery_codes,
)
from kinkeeper.features.accounts.service.signing_in import LetIn, sign_in
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.platform.audit import AuditEntry
from tests.factories import PASSWORD
from tests.factories.accounts import give_app
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import (
    MISSING,
    at_once,
    bearer,
    carry_letters,
    fill_in,
    fingerprint,
    problems_among,
)


@pytest.fixture
def olga(stage, olga):
    """Somebody with an app."""
    with stage() as session:
        give_app(session, olga)
    return olga


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
    delete_account(admin, olga.account_id, steps=STEPS.close)
    with pytest.raises(InTheBin):
        end_second_factor_of(admin, olga.account_id)


def test_of_several_at_once_one_does_it(admin, olga, outbox):
    results = at_once(*(lambda: end_second_factor_of(admin, olga.account_id) for _ in range(3)))
    assert problems_among(results) == ["SecondFactorIsOff"] * 2
    assert len(outbox()) == 1


def test_nobody_does_it_to_themselves_this_way(kim, admin, stage):
    """T-7: a stolen token of an administrator's leaves their own account as it is."""
    with stage() as session:
        give_app(session, admin)
    with pytest.raises(OwnSecondFactor):
        end_second_factor_of(admin, admin.account_id)


def test_a_program_does_it_by_the_same_rights_and_the_person_is_told(client_of, kim, olga, stage, outbox):
    with stage() as session:
        give_app(session, kim)
    client, keeper, api = client_of(None), bearer(kim), "/api/v1/users"
    path = f"{api}/{olga.account_id}/second-factor/end"
    for who, status, account_id in (({}, 401, olga.account_id), (bearer(olga), 404, kim.account_id)):
        assert client.post(f"{api}/{account_id}/second-factor/end", headers=who).status_code == status
    done = client.post(path, headers=keeper)
    assert (done.status_code, done.json["data"]["has_second_factor"]) == (200, False)
    for again, code in ((path, "is_off"), (f"{api}/{kim.account_id}/second-factor/end", "own")):
        refused = client.post(again, headers=keeper)
        assert refused.status_code == 409
        assert code in refused.json["error"]["code"]
    assert [(one.kind, one.to) for one in outbox()] == [
        ("accounts.second_factor_changed", "olga@example.org")
    ]


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
