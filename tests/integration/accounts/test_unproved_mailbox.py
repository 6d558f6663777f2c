"""A password that somebody else chose: it opens nothing, and ends once the mailbox has answered (ADR 21)."""

from __future__ import annotations

import pytest

from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.service import passwords, signing_in
from kinkeeper.features.accounts.service.keeping_accounts import NewAccount, change_account, create_account
from kinkeeper.features.accounts.service.mailed_link import ask_for_link, sign_in_by_link
from kinkeeper.features.accounts.service.proving import NotVerified, WrongCredentials
from kinkeeper.features.accounts.service.setting_up import Newcomer, create_admin
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from tests.factories import PASSWORD
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import carry_letters, secret_in

VIC, OWN = "vic@example.org", "seventeen herons by a canal"


@pytest.fixture
def vic(admin):
    """An account for whoever reads at that address; its maker knows the password."""
    return create_account(admin, NewAccount(VIC, "Vic", "en", password=PASSWORD))


def enter(password=PASSWORD, email=VIC):
    return signing_in.sign_in(ANONYMOUS, email, password, address=HERE, browser=BROWSER)


def letter_to(outbox, email=VIC):
    (letter,) = [one for one in outbox() if one.to == email and one.kind == "accounts.password_reset"]
    return letter


def test_it_lets_nobody_in_and_the_mailbox_is_asked(vic, client_of, outbox, run_errands):
    """SK-6, T-17, A-45: whoever keeps accounts would come in as a giver, once they take part."""
    answer = client_of(None).send("/sign-in", email=VIC, password=PASSWORD)
    assert (answer.status_code, "has not been confirmed" in answer.text) == (403, True)
    program = client_of(None).post("/api/v1/auth/login", json={"email": VIC, "password": PASSWORD})
    assert (program.status_code, program.json["error"]["code"]) == (403, "account.not_verified")
    run_errands()
    carry_letters()
    assert letter_to(outbox).to == VIC


def test_its_reader_chooses_another_and_the_first_one_is_wrong(vic, outbox, run_errands, session):
    """SK-6, A-53: the mailbox is proved by the password of its reader."""
    with pytest.raises(NotVerified):
        enter()
    run_errands()
    carry_letters()
    passwords.reset_password(ANONYMOUS, secret_in(letter_to(outbox)), OWN, address=HERE, browser=BROWSER)
    assert session.get_one(Account, vic).verified_at is not None
    with pytest.raises(WrongCredentials):
        enter()
    assert isinstance(enter(OWN), signing_in.LetIn)


def test_a_mailed_way_in_ends_it_too(vic, outbox, run_errands, settings, session):
    """SK-6, A-53: whoever reads there never chose it."""
    ask_for_link(ANONYMOUS, VIC, address=HERE, lasts=settings.reset_life, asked_by=b"x" * 32)
    run_errands()
    carry_letters()
    sign_in_by_link(ANONYMOUS, secret_in(outbox()[-1]), address=HERE, browser=BROWSER, asked_by=b"x" * 32)
    account = session.get_one(Account, vic)
    assert (account.password_hash, account.verified_at is None) == (None, False)
    with pytest.raises(WrongCredentials):
        enter()


def test_who_was_moved_to_another_address_is_asked_there(admin, olga, outbox, run_errands):
    """SK-6, T-7: the new mailbox has proved nothing, and its reader may be somebody else."""
    change_account(admin, olga.account_id, {"email": VIC}, steps=())
    with pytest.raises(NotVerified):
        enter()
    run_errands()
    assert letter_to(outbox).to == VIC


def test_a_wrong_password_tells_nothing_of_it(vic, outbox, run_errands):
    """A-47."""
    with pytest.raises(WrongCredentials):
        enter("another one altogether")
    run_errands()
    assert outbox() == []


def test_who_sets_up_the_house_is_in_at_once(session):
    """A-46: they hold the house, and chose the password themselves."""
    create_admin(SYSTEM, Newcomer("ada@example.org", OWN, "Ada", "The Olsens", "en", "Europe/London"))
    assert isinstance(enter(OWN, "ada@example.org"), signing_in.LetIn)
