"""Turning the master secret: a new one beside the old, and what is sealed brought under it (ADR 24).

Cut off at any moment it is begun again by the same command, and the house works on meanwhile.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from kinkeeper.app.features import SEALED
from kinkeeper.app.house import prepare_house
from kinkeeper.kernel import crypto, secret_file
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import CannotOpen, Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import end_reading, transaction
from kinkeeper.platform import audit, keys, resealing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kinkeeper.kernel.config import Settings
    from kinkeeper.kernel.work import Work

UNTIL_ALL_HAVE_IT = 2 * crypto.LOOKS_EVERY
"""Seconds after which each process of an embedded house seals with the new secret."""


class BeingTurned(Conflict):
    """Somebody else is at it."""

    code = "house.secret_being_turned"
    message = mark("The secret is being turned by another command right now.")


class NothingToTurn(CannotOpen):
    """The secret comes from a setting, and there is but one."""

    code = "house.no_new_secret"
    message = mark(
        "Set KINKEEPER_SECRET to a new secret (openssl rand -hex 32) and KINKEEPER_SECRETS_OLD to the one in "
        "use; start everything anew; then run this again."
    )


class AnotherSecretMissing(CannotOpen):
    """Something is sealed under a secret that is not here."""

    code = "house.old_secret_missing"
    message = mark("Something is sealed under a secret that is not here; add it to KINKEEPER_SECRETS_OLD.")


class StillNeeded(Conflict):
    """The older secret cannot go yet."""

    code = "house.old_secret_needed"
    message = mark(
        "The old secret is needed still: values sealed under it: %(sealed)s; letters with its links that "
        "have not left: %(letters)s; codes from it that wait to be typed: %(codes)s. Try again later."
    )


class Turned(NamedTuple):
    """What was brought under the present secret, and what opens under none."""

    resealed: int
    unreadable: int


def turn(settings: Settings, *, wait: Callable[[float], None] = time.sleep) -> Turned:
    """Begin with a new secret, or go on where it was begun, and bring everything sealed under it.

    The old secret stays, to open what is under way; `finish` lets it go.
    """
    with _alone(settings):
        if settings.secret is None:
            with _opened(settings):  # refuses a secret that is not this house's before it is turned
                secret_file.turn(settings.data)
        with _opened(settings):
            if not crypto.keys().older:
                raise NothingToTurn
            done = _reseal()
            if settings.secret is None:
                wait(UNTIL_ALL_HAVE_IT)
                done = Turned(done.resealed + _reseal().resealed, done.unreadable)
            with transaction(SYSTEM) as work:
                audit.record(work, "secret.turned", None, resealed=done.resealed)
            return done


def finish(settings: Settings, *, wait: Callable[[float], None] = time.sleep) -> None:
    """Let the old secrets go, or raise StillNeeded.

    The turn may have been cut off a moment ago, so a process may still seal with the old one: it is waited
    for, and what it has sealed meanwhile is brought along.
    """
    with _alone(settings), _opened(settings):
        if settings.secret is None and crypto.keys().older:
            _reseal()
            wait(UNTIL_ALL_HAVE_IT)
        unreadable = _reseal().unreadable
        with transaction(SYSTEM) as work:
            _refuse_needed(work, unreadable)
            resealing.bring_letters(work)
            keys.retire_all_but(work, crypto.keys().key_id)
            audit.record(work, "secret.retired", None)
        if settings.secret is None:
            secret_file.drop_older(settings.data)


def _refuse_needed(work: Work, unreadable: int) -> None:
    sealed = sum(resealing.left_over(work.session, one) for one in SEALED) - unreadable
    letters = resealing.letters_on_their_way(work.session)
    codes = resealing.codes_to_be_typed(work.session, work.now)
    if sealed > 0 or letters or codes:
        raise StillNeeded(sealed=max(sealed, 0), letters=letters, codes=codes)


def _reseal() -> Turned:
    try:
        passes = [resealing.reseal(one) for one in SEALED]
    except crypto.UnknownKey as unknown:
        raise AnotherSecretMissing from unknown
    return Turned(sum(one.resealed for one in passes), sum(one.unreadable for one in passes))


@contextmanager
def _opened(settings: Settings) -> Iterator[None]:
    end_reading()
    engine = prepare_house(settings)
    try:
        yield
    finally:
        end_reading()
        engine.dispose()


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    if not settings.data.is_dir():  # several machines share a server, and no folder
        yield
        return
    with secret_file.alone(settings.data) as is_alone:
        if not is_alone:
            raise BeingTurned
        yield
