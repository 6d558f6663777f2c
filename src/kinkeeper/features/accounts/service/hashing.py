"""Password hashes: Argon2id with OWASP's parameters, few at a time; bcrypt is read, never made (C-4)."""

from __future__ import annotations

import re
import threading
import unicodedata

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kinkeeper.features.accounts.rules import LONGEST_PASSWORD

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
"""More at once would only starve the pages: one hash takes a core for a tenth of a second."""

_BCRYPT = ("$2a$", "$2b$", "$2y$")
_COST = re.compile(r"\$2[aby]\$(0[4-9]|[12][0-9]|3[01])\$")
DEAREST = 12
"""The cost of bcrypt that is made up for at most: with each one more, every wrong try takes twice as long."""
_READ_BY_BCRYPT = 72
"""Bytes: whoever made the hash cut a longer password there, and so must whoever verifies it."""


def hash_password(password: str) -> str:
    """Answer the hash in PHC format; its parameters travel with it."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def is_right(password: str, known_hash: str | None) -> bool:
    """Tell whether the password fits; without a hash it takes as long and says no (A-47)."""
    with _AT_ONCE:
        if known_hash is not None and known_hash.startswith(_BCRYPT):
            return _fits_bcrypt(password, known_hash)
        try:
            _HASHER.verify(known_hash or _NOBODYS, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return known_hash is not None


def even_out(known_hash: str | None, dearest: str | None) -> None:
    """After a wrong password, take what is missing to Argon2id's time and that of the dearest hash of bcrypt.

    So nobody learns by the time whose hash is of which kind, nor whether there is one (A-47). Costs double:
    those from one's own to just below the dearest add up to the difference of the two.
    """
    own, most = _cost(known_hash), _cost(dearest)
    if most is None:
        return
    most = min(most, DEAREST)
    with _AT_ONCE:
        if own is not None:
            _HASHER.hash(b"what others have taken already")
        for cost in [most] if own is None else range(own, most):
            bcrypt.hashpw(b"nobody has this password", f"$2b${cost:02}${'.' * 22}".encode())


def is_outdated(known_hash: str) -> bool:
    """Tell whether the hash is another kind's, or was made with other parameters than today's."""
    return known_hash.startswith(_BCRYPT) or _HASHER.check_needs_rehash(known_hash)


def _cost(known_hash: str | None) -> int | None:
    """Answer the binary logarithm of the rounds that a hash of bcrypt takes; None for what is none."""
    found = _COST.match(known_hash or "")
    return int(found[1]) if found else None


def _fits_bcrypt(password: str, known_hash: str) -> bool:
    """Verify as the program did that made the hash: the plain bytes, no letter composed anew."""
    try:
        return bcrypt.checkpw(password.encode()[:_READ_BY_BCRYPT], known_hash.encode())
    except ValueError:  # a broken hash, or a NUL in the password
        return False


def _normal(password: str) -> bytes:
    """One byte string for one password, however a keyboard composes its letters (NIST 800-63B).

    What is longer than any password counts as none: nothing is cut, and composing takes the square of it.
    """
    return unicodedata.normalize("NFKC", password if len(password) <= LONGEST_PASSWORD else "").encode()


_NOBODYS = _HASHER.hash(b"nobody has this password")
