"""An invitation that went to a wrong mailbox: the address is set right, and that mailbox opens nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Account, Circle, Device, Person
from kinkeeper.features.accounts.service import book, keeping_accounts
from kinkeeper.features.accounts.service.inviting import accept_invitation, invite
from kinkeeper.features.accounts.service.keeping_accounts import NewAccount, change_account
from kinkeeper.features.accounts.service.one_mailbox import AnotherEntry
from kinkeeper.features.accounts.service.signing_in import sign_in
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.platform.links import ExpiredLink
from tests.factories import PASSWORD, make_account, make_circle, make_person
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import carry_letters, secret_in

WRONG, RIGHT = "carol@wrong.example", "carol@right.example"
INVITED = "accounts.account_invited"


@pytest.fixture
def carol(admin):
    """The account of somebody who was invited under a mistyped address."""
    return keeping_accounts.create_account(admin, NewAccount(WRONG, "Carol", "en"))


def accept(letter):
    return accept_invitation(
        ANONYMOUS, secret_in(letter), "crooked violin under a lamp", "", address=HERE, browser=BROWSER
    )


def letters_to(outbox, email):
    return [letter for letter in outbox() if letter.to == email]


def test_the_wrong_mailbox_opens_nothing_and_the_right_one_does(admin, carol, outbox, session):
    """T-7: the link is the person's, not the account's."""
    carry_letters()
    change_account(admin, carol, {"email": RIGHT}, steps=())
    carry_letters()
    (wrong,), (right,) = letters_to(outbox, WRONG), letters_to(outbox, RIGHT)
    with pytest.raises(ExpiredLink):
        accept(wrong)
    accept(right)
    account = session.get_one(Account, carol)
    person = session.get_one(Person, account.person_id)
    assert (account.email, person.email) == (RIGHT, RIGHT)
    assert None not in (account.verified_at, person.confirmed_at)


def test_an_invitation_that_waits_never_goes_to_the_wrong_mailbox(admin, carol, outbox):
    """Nor does word of the move: whoever reads there is nobody's account."""
    change_account(admin, carol, {"email": RIGHT}, steps=())
    assert [(letter.kind, letter.to) for letter in outbox()] == [(INVITED, RIGHT)]


def test_another_invitation_goes_where_the_account_signs_in(admin, carol, outbox, session):
    change_account(admin, carol, {"email": RIGHT}, steps=())
    keeping_accounts.invite_again(admin, carol)
    carry_letters()
    accept(letters_to(outbox, RIGHT)[-1])
    account = session.get_one(Account, carol)
    person = session.get_one(Person, account.person_id)
    assert person.email == RIGHT
    assert None not in (account.verified_at, person.confirmed_at)


def test_nothing_is_invited_where_another_entry_has_the_address(admin, carol, outbox, stage):
    """The entry would stay with the wrong mailbox, and go on being written to there."""
    with stage() as staged:
        person = staged.get_one(Person, staged.get_one(Account, carol).person_id)
        make_person(staged, "Carl", circle=staged.get_one(Circle, person.circle_id), email=RIGHT)
    with pytest.raises(AnotherEntry, match="Carl"):
        change_account(admin, carol, {"email": RIGHT}, steps=())
    assert [letter.to for letter in outbox()] == [WRONG]


def test_an_entry_that_is_set_right_ends_the_invitation(admin, stage, outbox):
    with stage() as session:
        dan = make_person(session, "Dan", circle=make_circle(session), email="dan@wrong.example")
    invite(admin, dan.id, is_open=True)
    carry_letters()
    book.change_person(admin, dan.id, {"email": "dan@right.example"}, steps=(), expected=())
    (letter,) = letters_to(outbox, "dan@wrong.example")
    with pytest.raises(ExpiredLink):
        accept(letter)


def test_who_signs_in_already_is_told_at_the_old_address_and_devices_are_forgotten(
    admin, stage, outbox, session
):
    """ASVS 6.3.7, A-53: as when they move it themselves; the new address is not proved yet."""
    with stage() as staged:
        olga = make_account(staged, "Olga")
    sign_in(ANONYMOUS, "olga@example.org", PASSWORD, address=HERE, browser=BROWSER)
    change_account(admin, olga.account_id, {"email": RIGHT}, steps=())
    assert [(letter.kind, letter.to) for letter in outbox()] == [
        ("accounts.address_moving", "olga@example.org")
    ]
    assert session.scalar(select(func.count()).select_from(Device)) == 0
    person = session.get_one(Person, olga.person_id)
    assert (person.email, person.confirmed_at) == (RIGHT, None)
    assert session.get_one(Account, olga.account_id).verified_at is None
