"""Word to a mailbox that has an account already, whoever wanted it for another (T-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import AccountKnown
from kinkeeper.platform import mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.work import Work


def tell_of_account(work: Work, account: Account, *, about: UUID) -> None:
    """Step: post it, in its owner's language and to their name: who asked is nobody to them."""
    owner = queries.person(work.session, account.person_id)
    letter = AccountKnown(to=account.email, language=owner.language, name=owner.name)
    mail.post(work, letter, about=about, person_id=owner.id)
