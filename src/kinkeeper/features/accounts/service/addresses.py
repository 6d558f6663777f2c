"""The address that an account signs in with: whoever moves it, the old one opens nothing any more (T-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import INVITE
from kinkeeper.features.accounts.emails.changes import AddressMoving
from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.features.accounts.service import devices
from kinkeeper.features.accounts.service.book import tell_old_mailbox
from kinkeeper.features.accounts.service.opening import AddressTaken
from kinkeeper.features.accounts.service.sessions import end_guest_sessions, end_mailed_ways, end_sessions
from kinkeeper.kernel.db import new_id
from kinkeeper.platform import mail

if TYPE_CHECKING:
    from kinkeeper.kernel.work import Work


def give_address(work: Work, account: Account, email: str, *, is_proved: bool) -> None:
    """Step: let a locked account sign in with another address, and nothing of the old one open it.

    Sessions, tokens and devices end, and so do the links and waiting letters that the old mailbox has: an
    invitation among them, which is the person's and not the account's. The old address is told. What letters
    to them are about is locked before.
    """
    person = queries.people_for_change(work.session, [account.person_id])[account.person_id]
    if _has_come(account, person):  # an invitation that nobody took up may have gone to a stranger
        tell_old_address(work, account, is_done=True)
    _tell_other_mailbox(work, account, person)
    with work.refuse(Account.email, problem=AddressTaken()):
        account.email = email
    account.verified_at = work.now if is_proved else None
    _take_entry_along(work, account, person)
    end_sessions(work, account)
    devices.forget(work, account)
    end_mailed_ways(work, account)
    mail.withdraw(work, person.id, purpose=INVITE)


def tell_old_address(work: Work, account: Account, *, is_done: bool) -> None:
    """Step: write to the address that the account has until now (ASVS 6.3.7)."""
    letter = AddressMoving(**queries.reader_of(work.session, account), is_done=is_done)
    mail.post(work, letter, about=new_id(), person_id=account.person_id)


def _has_come(account: Account, person: Person) -> bool:
    """Tell whether somebody reads there as they: by the account, or by a place that they confirmed."""
    is_in_use = account.password_hash is not None or account.verified_at is not None
    return is_in_use or (person.email == account.email and person.confirmed_at is not None)


def _tell_other_mailbox(work: Work, account: Account, person: Person) -> None:
    """Write to a mailbox that the entry alone had, and that was proved: nobody is moved silently (T-7)."""
    if person.email is not None and person.email != account.email and person.confirmed_at is not None:
        tell_old_mailbox(work, person, person.email, about=person.id)


def _take_entry_along(work: Work, account: Account, person: Person) -> None:
    """Let their entry in the address book have the address, too.

    Letters about their places go there from now on, those that wait as well, and none that went to the old
    one lets anybody in (T-7).
    """
    before = person.email
    with work.refuse(Person.circle_id, Person.email, problem=AddressTaken()):
        person.email, person.confirmed_at = account.email, account.verified_at
    end_guest_sessions(work, person.id)  # of the old mailbox; the account signs in anew anyway
    mail.send_on(work, person.id, before, to=account.email)
