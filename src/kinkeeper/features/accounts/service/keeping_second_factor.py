"""Beginning, changing and ending the second factor of one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import SecondFactorChanged
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.service import second_factor
from kinkeeper.features.accounts.service.bin import refuse_in_the_bin
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser, refuse_to_hand_over
from kinkeeper.features.accounts.service.keeping_accounts import to_keep
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work


class SecondFactorIsOn(Conflict):
    """An app is asked for already; it has to be switched off first."""

    code = "account.second_factor_is_on"
    message = mark("An app is set up already. Switch it off first, if you want to use another.")


class SecondFactorIsOff(Conflict):
    """No app is set up."""

    code = "account.second_factor_is_off"
    message = mark("No app is set up. Please begin again.")


class OwnSecondFactor(Conflict):
    """Whoever took over a program must not open its owner's account by it (T-7)."""

    code = "account.own_second_factor"
    message = mark("Your own is turned off on your account’s page.")


def begin_second_factor(actor: Actor) -> None:
    """Make a secret for an authenticator app; nothing is asked for until a first code of it was right."""
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        refuse_stale_browser(work)
        if account.totp_confirmed_at is not None:
            raise SecondFactorIsOn
        second_factor.seal_secret(account, second_factor.new_secret())


def confirm_second_factor(actor: Actor, code: str) -> list[str]:
    """Switch it on by a first code of the app, and answer the recovery codes, to be shown once."""
    with second_factor.trying(actor, actor.own_account_id()), transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        refuse_stale_browser(work)
        if account.totp_confirmed_at is not None:
            raise SecondFactorIsOn
        second_factor.forget_recovery_codes(work, account)  # a first code has to be the app's
        second_factor.take_code(work, account, code)
        account.totp_confirmed_at = account.changed_at = work.now
        codes = second_factor.new_recovery_codes(work, account)
        audit.record(work, "account.second_factor_on", account.id)
        _tell(work, account, is_on=True)
    return codes


def renew_recovery_codes(actor: Actor) -> list[str]:
    """Make recovery codes anew and answer them, to be shown once; the old ones end."""
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        refuse_stale_browser(work)
        if account.totp_confirmed_at is None:
            raise SecondFactorIsOff
        codes = second_factor.new_recovery_codes(work, account)
        audit.record(work, "account.recovery_codes_made", account.id)
    return codes


def end_second_factor(actor: Actor) -> None:
    """Ask for no code any more; the app's secret and the recovery codes are forgotten."""
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        refuse_stale_browser(work)
        if _end(work, account):
            audit.record(work, "account.second_factor_off", account.id)
            _tell(work, account, is_on=False)


def end_second_factor_of(actor: Actor, account_id: UUID) -> None:
    """Let somebody sign in without a code again, who has lost app and recovery codes, or never had them.

    For whoever keeps accounts, and not of somebody who may do more (A-57): a stranger who has set up an app
    of their own can be shut out no other way, because a new password asks for its code, too.
    """
    with transaction(actor) as work:
        account = to_keep(work, account_id)
        if actor.account_id == account.id:
            raise OwnSecondFactor
        refuse_to_hand_over(work)
        refuse_in_the_bin(account)
        if not _end(work, account):
            raise SecondFactorIsOff
        audit.record(work, "account.second_factor_ended", account.id)
        _tell(work, account, is_on=False, by=actor.name)


def _end(work: Work, account: Account) -> bool:
    """Forget the app and the recovery codes; tells whether a code was asked for until now."""
    was_on = account.totp_confirmed_at is not None
    account.totp_sealed = account.totp_confirmed_at = account.totp_step = None
    second_factor.forget_recovery_codes(work, account)
    if was_on:
        account.changed_at = work.now
    return was_on


def _tell(work: Work, account: Account, *, is_on: bool, by: str = "") -> None:
    """Whoever has the session and is not the owner must not do this in silence (ASVS 6.3.7)."""
    letter = SecondFactorChanged(**queries.reader_of(work.session, account), is_on=is_on, by=by)
    mail.post(work, letter, about=new_id(), person_id=account.person_id)  # each act is told of
