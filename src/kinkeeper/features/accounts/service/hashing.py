"""Password hashes: Argon2id with OWASP's parameters, few at a time (C-4)."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
"""More at once would only starve the pages: one hash takes a core for a tenth of a second."""


def hash_password(password: str) -> str:
    """Answer the hash in PHC format; its parameters travel with it."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def is_right(password: str, known_hash: str | None) -> bool:
    """Tell whether the password fits; without a hash it takes as long and says no (A-47)."""
    with _AT_ONCE:
        try:
            _HASHER.verify(known_hash or _NOBODYS, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return known_hash is not None


def _normal(password: str) -> bytes:
    """One byte string for one password, however a keyboard composes its letters (NIST 800-63B)."""
    return unicodedata.normalize("NFKC", password).encode()


_NOBODYS = _HASHER.hash(b"nobody has this password")
