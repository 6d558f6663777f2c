"""Who knows an account's password: for whatever lets people or programs in by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.errands import ResetRequest
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.rules import BadAddress, clean_address, mailbox
from kinkeeper.features.accounts.service.hashing import even_out, hash_password, is_outdated, is_right
from kinkeeper.features.accounts.service.sessions import end_sessions
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import Actor
from kinkeeper.kernel.errors import Forbidden, Invalid
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import anyone, read_session, transaction
from kinkeeper.platform import audit, jobs, limits
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from kinkeeper.kernel.work import Work

PER_ACCOUNT = Budget("sign_in.account", 10, timedelta(minutes=5))
PER_DEVICE = Budget("sign_in.device", 10, timedelta(minutes=5))
PER_PROOF = Budget("sign_in.again", 10, timedelta(minutes=5))
PER_ADDRESS = Budget("sign_in.address", 10, timedelta(minutes=1))
PER_HOUSE = Budget("sign_in.house", 1000, timedelta(minutes=5))
PROOF_MINUTES = 10
"""How long the letter's link works that goes to a mailbox which has proved nothing yet (A-49)."""


class WrongCredentials(Invalid):
    """SK-14; one answer for a wrong address and a wrong password (A-47)."""

    code = "account.wrong_credentials"
    message = mark("That is not right. Please look at the e-mail address or username, and at the password.")


class WrongPassword(Invalid):
    """Whoever is signed in is asked for it once more, before something dangerous."""

    code = "account.wrong_password"
    message = mark("That is not your present password.")
    field = "present"


class NotVerified(Forbidden):
    """Whoever keeps accounts may choose a first password, or another address; neither lets them in (SK-6)."""

    code = "account.not_verified"
    message = mark(
        "This address has not been confirmed yet. We have sent a letter to it: follow its link, and choose a "
        "password of your own."
    )


@dataclass(frozen=True, slots=True)
class Proved:
    """Whose password was right, and the hash that it was right for."""

    account_id: UUID
    person_id: UUID
    password_hash: str
    has_second_factor: bool


def by_password(actor: Actor, name: str, password: str, *, address: str, device: str | None = None) -> Proved:
    """Answer whose password this is; `name` is an e-mail address or a username.

    `address` is the network's, `device` the secret of the browser's device cookie. Raises TooMany before
    any password is looked at, or WrongCredentials: for a name that nobody has, a closed account and one
    without a password too; where the mailbox has proved nothing yet, it is written to, and NotVerified is
    raised. All of it stands in transactions of its own, so whatever is done with the answer looks under its
    lock whether the hash is still this one (`still_holds`).
    """
    known = _as_stored(name)
    own = _own_budget(known, device)
    limits.spend((PER_ADDRESS, address), own, *([(PER_HOUSE, "")] if own[0] is PER_ACCOUNT else []))
    account = queries.account_by_name(read_session(), known)
    known_hash = _hash_of(account)
    if not is_right(password, known_hash) or account is None or known_hash is None:
        even_out(known_hash, queries.dearest_hash(read_session()))
        _remember_refusal(actor)
        raise WrongCredentials
    if account.verified_at is None:
        _ask_mailbox(actor, account.email)
        raise NotVerified
    limits.refund(own)
    return Proved(
        account_id=account.id,
        person_id=account.person_id,
        password_hash=_up_to_date(actor, account.id, password, known_hash),
        has_second_factor=account.totp_confirmed_at is not None,
    )


def of_account(actor: Actor, account_id: UUID, password: str) -> Proved:
    """Answer likewise for an account that is known already: whoever is signed in proves that it is them."""
    limits.spend((PER_PROOF, str(account_id)))
    account = read_session().get(Account, account_id)
    known_hash = _hash_of(account)
    if not is_right(password, known_hash) or account is None or known_hash is None:
        _remember_refusal(actor)
        raise WrongPassword
    limits.refund((PER_PROOF, str(account_id)))
    return Proved(account.id, account.person_id, known_hash, account.totp_confirmed_at is not None)


def still_holds(work: Work, proved: Proved) -> Account:
    """Step: lock the account, or raise WrongCredentials: what was right may be so no more (A-53)."""
    account = queries.account_for_change(work.session, proved.account_id)
    is_other = account.password_hash != proved.password_hash or account.verified_at is None
    if is_other or queries.is_closed(account):
        raise WrongCredentials
    return account


def take_mailbox_as_proved(work: Work, account: Account) -> None:
    """Step: note that the account's mailbox has answered; a password from before then ends.

    Somebody else may have chosen it, or had the account with another address.
    """
    if account.verified_at is None:
        account.verified_at, account.password_hash = work.now, None
        end_sessions(work, account)


def note(work: Work, action: str, account: Account) -> None:
    """Step: write down an act of whoever has just shown that the account is theirs."""
    name = queries.person(work.session, account.person_id).name
    owner = Actor(name, account_id=account.id, person_id=account.person_id)
    audit.record_of(work, owner, action, account.id)


def _as_stored(name: str) -> str:
    """Answer the name as it is stored; what is neither address nor username is looked up too."""
    try:
        return clean_address(name)
    except BadAddress:
        return name.strip().lower()


def _own_budget(known: str, device: str | None) -> tuple[Budget, str]:
    """Answer whose tries these are: a device that the account has used before has tries of its own.

    So nobody who spends the account's can keep its owner out (A-45, T-11). A username's are apart from its
    address's: spent together, they would tell that the two belong together.
    """
    if device and queries.knows_device(read_session(), crypto.token_digest(device), known):
        return PER_DEVICE, f"{crypto.token_digest(device).hex()} {known}"
    return PER_ACCOUNT, mailbox(known)


def _hash_of(account: Account | None) -> str | None:
    return None if account is None or queries.is_closed(account) else account.password_hash


def _up_to_date(actor: Actor, account_id: UUID, password: str, known_hash: str) -> str:
    """Answer the account's hash, made anew where it is bcrypt's or weaker than today's (C-4)."""
    if not is_outdated(known_hash):
        return known_hash
    better = hash_password(password)
    with transaction(actor) as work:
        work.authorize(anyone, "the password was right")
        account = queries.account_for_change(work.session, account_id)
        if account.password_hash != known_hash:  # changed while we were hashing
            return known_hash
        account.password_hash = better
    return better


def _ask_mailbox(actor: Actor, email: str) -> None:
    with transaction(actor) as work:
        work.authorize(anyone, "the password was right, and the mailbox is asked")
        jobs.enqueue(work, ResetRequest(email=email, minutes=PROOF_MINUTES))


def _remember_refusal(actor: Actor) -> None:
    with transaction(actor) as work:
        work.authorize(anyone, "a refusal is written down")
        audit.record(work, "account.sign_in_refused")
