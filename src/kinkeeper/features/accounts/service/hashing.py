"""Password hashes: Argon2id with OWASP's parameters, few at a time; bcrypt is read, never made (C-4)."""

from __future__ import annotations

import threading
import unicodedata

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
"""More at once would only starve the pages: one hash takes a core for a tenth of a second."""

_BCRYPT = ("$2a$", "$2b$", "$2y$")
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


def is_outdated(known_hash: str) -> bool:
    """Tell whether the hash is another kind's, or was made with other parameters than today's."""
    return known_hash.startswith(_BCRYPT) or _HASHER.check_needs_rehash(known_hash)


def _fits_bcrypt(password: str, known_hash: str) -> bool:
    """Verify as the program did that made the hash: the plain bytes, no letter composed anew."""
    try:
        return bcrypt.checkpw(password.encode()[:_READ_BY_BCRYPT], known_hash.encode())
    except ValueError:  # a broken hash, or a NUL in the password
        return False


def _normal(password: str) -> bytes:
    """One byte string for one password, however a keyboard composes its letters (NIST 800-63B)."""
    return unicodedata.normalize("NFKC", password).encode()


_NOBODYS = _HASHER.hash(b"nobody has this password")
