"""Codes of an authenticator app (TOTP, RFC 6238), and those for the day when the phone is lost."""

from __future__ import annotations

import hmac
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyotp
from sqlalchemy import delete, update

from kinkeeper.features.accounts.models import RecoveryCode
from kinkeeper.kernel import crypto
from kinkeeper.kernel.errors import Invalid
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import anyone, transaction
from kinkeeper.platform import audit, limits
from kinkeeper.platform.codes import LETTERS
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work

PER_MINUTES = Budget("second_factor.minutes", 5, timedelta(minutes=5))
PER_HOUR = Budget("second_factor.hour", 20, timedelta(hours=1))
RECOVERY_CODES = 10
"""Made at a time; each works once."""
_RECOVERY_LENGTH = 12
"""27 to the 12th is 57 bits; only a keyed hash of it is kept (C-13)."""
_STEP = 30
"""Seconds for which an app shows a code (RFC 6238, 5.2)."""
_DIGITS = 6
_NEIGHBOURS = (0, -1, 1)
"""Steps that are taken: clocks of phones go wrong, and people type slowly (RFC 6238, 6)."""


class WrongCode(Invalid):
    """One answer for a mistyped code, an old one, and one that was taken before."""

    code = "account.wrong_code"
    message = mark("This code does not fit, or was used before. The app shows a new one every half minute.")
    field = "code"


def spend_try(account_id: UUID) -> None:
    """Count a try at this account's codes, in a transaction of its own; raises TooMany."""
    limits.spend((PER_MINUTES, str(account_id)), (PER_HOUR, str(account_id)))


@contextmanager
def trying(actor: Actor, account_id: UUID) -> Iterator[None]:
    """Let the block try a code at the door, whichever door: the one place that counts.

    The try is spent before (raises TooMany), a wrong code is written down after its transaction was undone,
    and a right one gives back what was spent, so that nobody is kept out by their own typing.
    """
    spend_try(account_id)
    try:
        yield
    except WrongCode:
        with transaction(actor) as work:
            work.authorize(anyone, "a refusal is written down")
            audit.record(work, "account.code_refused", account_id)
        raise
    limits.refund((PER_MINUTES, str(account_id)), (PER_HOUR, str(account_id)))


def take_code(work: Work, account: Account, code: str) -> None:
    """Step: take a code of the app, or a recovery code, once only; raises WrongCode.

    The account is locked, so that of two at the same moment one wins; the try was counted before
    (`trying`).
    """
    typed = _plain(code)
    if len(typed) == _DIGITS and typed.isdigit():
        account.totp_step = _step_of(account, typed, work.now)
    else:
        _take_recovery_code(work, account.id, typed)


def new_secret() -> str:
    """Answer a fresh secret of 160 bits for an authenticator app, in Base32 (RFC 4226, 4: R6)."""
    return pyotp.random_base32()


def seal_secret(account: Account, secret: str) -> None:
    """Let this be the secret of the account's app; nothing is asked for until a first code was right."""
    account.totp_sealed = crypto.keys().seal("totp", secret.encode(), bound_to=account.id.bytes)
    account.totp_confirmed_at = account.totp_step = None


def secret_of(account: Account) -> str:
    """Answer the secret of the account's app; raises BrokenSeal, or ValueError where there is none."""
    if account.totp_sealed is None:
        raise ValueError("this account has no app")
    return crypto.keys().unseal("totp", account.totp_sealed, bound_to=account.id.bytes).decode()


def address_of(secret: str, email: str, house: str) -> str:
    """Answer the `otpauth:` address that an app reads from a picture; it shows the two names."""
    host = urlsplit(house).hostname or "Kinkeeper"
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=f"Kinkeeper {host}")


def new_recovery_codes(work: Work, account: Account) -> list[str]:
    """Step: make recovery codes, which take the place of older ones, and answer them to be shown once."""
    forget_recovery_codes(work, account)
    codes = [_random_code() for _ in range(RECOVERY_CODES)]
    work.session.add_all(
        RecoveryCode(account_id=account.id, digest=_digest(account.id, _plain(code))) for code in codes
    )
    return codes


def forget_recovery_codes(work: Work, account: Account) -> None:
    """Step: delete them, used or not."""
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def _step_of(account: Account, typed: str, now: datetime) -> int:
    """Answer the time step that the app's code is of; one that was taken, or an older one, is wrong."""
    if account.totp_sealed is None:
        raise WrongCode
    app, present = pyotp.TOTP(secret_of(account)), int(now.timestamp()) // _STEP
    steps = [present + neighbour for neighbour in _NEIGHBOURS]
    fitting = [step for step in steps if hmac.compare_digest(app.generate_otp(step), typed)]
    for step in fitting:
        if account.totp_step is None or step > account.totp_step:
            return step
    raise WrongCode


def _take_recovery_code(work: Work, account_id: UUID, typed: str) -> None:
    unused = update(RecoveryCode).where(
        RecoveryCode.account_id == account_id,
        RecoveryCode.digest == _digest(account_id, typed),
        RecoveryCode.used_at.is_(None),
    )
    if work.session.execute(unused.values(used_at=work.now).returning(RecoveryCode.id)).first() is None:
        raise WrongCode


def _digest(account_id: UUID, plain: str) -> bytes:
    return crypto.keys().mac("recovery", account_id.bytes, plain.encode())


def _plain(typed: str) -> str:
    """Leave out how it was typed: small letters, spaces, dashes; what is not ASCII is no code's."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())


def _random_code() -> str:
    """Answer a code in three groups of four; from 256 bits, so no letter is likelier than another."""
    number, code = int.from_bytes(crypto.token_digest(crypto.new_token()), "big"), ""
    for _ in range(_RECOVERY_LENGTH):
        number, place = divmod(number, len(LETTERS))
        code += LETTERS[place]
    return "-".join(code[start : start + 4] for start in range(0, _RECOVERY_LENGTH, 4))
