"""The address that an account signs in with: whoever moves it, the old one opens nothing any more (T-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import INVITE
from kinkeeper.features.accounts.emails.changes import AddressMoving
from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.features.accounts.service import devices
from kinkeeper.features.accounts.service.opening import AddressTaken
from kinkeeper.features.accounts.service.sessions import end_guest_sessions, end_sessions
from kinkeeper.kernel.db import new_id
from kinkeeper.platform import links, mail

if TYPE_CHECKING:
    from kinkeeper.kernel.work import Work


def give_address(work: Work, account: Account, email: str, *, is_proved: bool) -> None:
    """Step: let a locked account sign in with another address, and nothing of the old one open it.

    Sessions, tokens and devices end, and so do the links and waiting letters that the old mailbox has: an
    invitation among them, which is the person's and not the account's. The old address is told.
    """
    person = queries.people_for_change(work.session, [account.person_id])[account.person_id]
    if account.password_hash is not None:  # an invitation that nobody took up may have gone to a stranger
        tell_old_address(work, account, person, is_done=True)
    before = account.email
    with work.refuse(Account.email, problem=AddressTaken()):
        account.email, account.new_email = email, None
    account.verified_at = work.now if is_proved else None
    _take_entry_along(work, account, person, before)
    end_sessions(work, account)
    devices.forget(work, account)
    mail.withdraw(work, account.id)
    mail.withdraw(work, person.id, purpose=INVITE)


def tell_old_address(work: Work, account: Account, person: Person, *, is_done: bool) -> None:
    """Step: write to the address that the account has until now (ASVS 6.3.7)."""
    letter = AddressMoving(to=account.email, language=person.language, name=person.name, is_done=is_done)
    mail.post(work, letter, about=new_id(), person_id=person.id)


def _take_entry_along(work: Work, account: Account, person: Person, before: str) -> None:
    """Let their entry in the address book have the new address, if it had the old.

    Letters about their places go there from now on. Where somebody else of the circle has it, it stays.
    """
    if person.email != before or queries.has_entry(work.session, person.circle_id, account.email):
        return
    with work.refuse(Person.circle_id, Person.email, problem=AddressTaken()):
        person.email, person.confirmed_at = account.email, account.verified_at
    end_guest_sessions(work, person.id)  # of the old mailbox; the account signs in anew anyway
    links.void_read(work, person.id)
