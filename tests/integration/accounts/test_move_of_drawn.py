"""Whoever keeps accounts moves nobody who has a match to read: the new mailbox would open it (T-17)."""

from __future__ import annotations

import pytest

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, Guardian, Person
from kinkeeper.features.accounts.service.keeping_accounts import NewAccount, change_account, create_account
from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.features.exchanges.service.belongings import MatchAtStake
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.kernel.actor import SYSTEM
from tests.factories import make_exchange, make_participant, make_person
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import bearer

EVIL = "evil@example.net"


@pytest.fixture
def seat(stage, admin):
    """Let Pa, or a child whom Pa looks after, have a place; answers Pa's account, and the exchange."""

    def make(who):
        with stage() as session:
            circle = queries.circle_of(session, admin.person_id)
            pa = make_person(session, "Pa", circle=circle)
            pa.confirmed_at = LONG_AGO
            tim = make_person(session, "Tim", circle=circle, email=None)
            session.add(Guardian(ward_id=tim.id, guardian_id=pa.id))
            exchange = make_exchange(session, people=3, organiser=admin, state=ExchangeState.CLOSED)
            make_participant(session, exchange, person=pa if who == "Pa" else tim)
        new = NewAccount("pa@example.org", "Pa", "en", circle_id=circle.id)
        return create_account(admin, new), exchange.id

    return make


@pytest.mark.parametrize("who", ["Pa", "Tim"])
def test_it_stays_while_a_match_is_theirs_to_read(admin, seat, who, session, outbox):
    """SK-6, T-17, A-56: else their mailbox would be somebody else's, who is invited to come in as they."""
    account_id, exchange_id = seat(who)
    draw_names(SYSTEM, exchange_id)
    written = len(outbox())
    with pytest.raises(MatchAtStake):
        change_account(admin, account_id, {"email": EVIL}, steps=STEPS.readers)
    account = session.get_one(Account, account_id)
    person = session.get_one(Person, account.person_id)
    assert (account.email, person.email) == ("pa@example.org", "pa@example.org")
    assert len(outbox()) == written


def test_programs_are_told(client_of, admin, seat):
    """SK-6, T-17; what else is said of them is said."""
    account_id, exchange_id = seat("Pa")
    draw_names(SYSTEM, exchange_id)
    program, path, key = client_of(None), f"/api/v1/users/{account_id}", bearer(admin)
    answer = program.patch(path, json={"email": EVIL}, headers=key)
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "person.match_at_stake")
    same = {"email": "PA@example.org", "name": "Papa"}
    assert program.patch(path, json=same, headers=key).status_code == 200


def test_before_the_draw_the_old_mailbox_is_told(admin, seat, outbox):
    """ASVS 6.3.7, T-7: they had confirmed their place there, and have no password yet."""
    account_id, _ = seat("Pa")
    change_account(admin, account_id, {"email": EVIL}, steps=STEPS.readers)
    assert "accounts.address_moving" in [one.kind for one in outbox() if one.to == "pa@example.org"]
