"""Word to a mailbox that has an account already, whoever wanted it for another (T-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import AccountKnown
from kinkeeper.kernel import clock
from kinkeeper.platform import mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.work import Work


def tell_of_account(work: Work, account: Account, *, about: UUID) -> None:
    """Step: post it, in its owner's language and to their name: who asked is nobody to them.

    Of a closed account it says who may open it again, and until when.
    """
    zone = queries.circle_of(work.session, account.person_id).zone
    until = account.deleted_at and clock.today_in(zone, account.deleted_at + queries.IN_THE_BIN)
    reader = queries.reader_of(work.session, account)
    letter = AccountKnown(**reader, is_closed=queries.is_closed(account), until=until)
    mail.post(work, letter, about=about, person_id=account.person_id)
