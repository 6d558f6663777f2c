"""Keys, sealed columns and tokens: one master secret, and a sub-key of its own for each use (C-1)."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kinkeeper.kernel.errors import CannotOpen
from kinkeeper.kernel.words import mark

SHORTEST_SECRET = 32
_FORMAT = b"\x01"
_KEY_ID, _NONCE = 4, 12


class WeakSecret(CannotOpen):
    """The master secret could be guessed; start-up refuses it."""

    code = "house.weak_secret"
    message = mark("The secret needs at least %(fewest)s bytes; make one with: openssl rand -hex 32")


class RepeatingSecret(WeakSecret):
    """Long enough, and nevertheless of a few bytes only."""

    message = mark("The secret repeats itself; make one with: openssl rand -hex 32")


class SampleSecret(WeakSecret):
    """It was copied from some example."""

    message = mark("The secret looks like a sample; make one with: openssl rand -hex 32")


class BrokenSeal(ValueError):
    """A sealed value was altered, moved to another row, or sealed under another key."""


@dataclass(frozen=True)
class Keys:
    """The sub-keys of one master secret (HKDF-SHA-256, RFC 5869; the label names the use)."""

    master: bytes

    def derive(self, label: str) -> bytes:
        """Answer the 32-byte key for one use."""
        return _derive(self.master, label)

    @property
    def key_id(self) -> bytes:
        """Four bytes that name this master without telling it; every sealed value carries them."""
        return self.derive("key-id")[:_KEY_ID]

    def mac(self, label: str, *parts: bytes) -> bytes:
        """Answer HMAC-SHA-256 over the parts; each is length-prefixed, so none can run into the next."""
        framed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        return hmac.digest(self.derive(label), framed, "sha256")

    def seal(self, label: str, plain: bytes, *, bound_to: bytes) -> bytes:
        """Encrypt with AES-256-GCM; it opens only with the same `bound_to` (the row it belongs to)."""
        nonce = secrets.token_bytes(_NONCE)
        head = _FORMAT + self.key_id
        return head + nonce + AESGCM(self.derive(label)).encrypt(nonce, plain, head + bound_to)

    def unseal(self, label: str, sealed: bytes, *, bound_to: bytes) -> bytes:
        """Decrypt what `seal` made, or raise BrokenSeal."""
        head, rest = sealed[: 1 + _KEY_ID], sealed[1 + _KEY_ID :]
        if head != _FORMAT + self.key_id:
            raise BrokenSeal("sealed under another key")
        try:
            cipher = AESGCM(self.derive(label))
            return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], head + bound_to)
        except (InvalidTag, ValueError) as broken:
            raise BrokenSeal("altered, or moved to another row") from broken


@lru_cache(maxsize=128)
def _derive(master: bytes, label: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"kinkeeper/" + label.encode()).derive(master)


class _Ring:
    """The keys of this process, put in once at start-up."""

    keys: Keys | None = None


def unlock(master: bytes) -> Keys:
    """Make `master` the secret of this process, or raise WeakSecret."""
    if len(master) < SHORTEST_SECRET:
        raise WeakSecret(fewest=SHORTEST_SECRET)
    if len(set(master)) < SHORTEST_SECRET // 4:
        raise RepeatingSecret
    if any(word in master.lower() for word in (b"change", b"secret", b"example", b"password")):
        raise SampleSecret
    _Ring.keys = Keys(master)
    return _Ring.keys


def keys() -> Keys:
    """Answer the keys of this process."""
    if _Ring.keys is None:
        raise RuntimeError("the keys are not unlocked yet")
    return _Ring.keys


def keep_secret_in(path: Path) -> bytes:
    """Read the house's own secret, making it once, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: in containers that share a volume, process numbers are equal.
        descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_hex(32).encode())
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, path)  # fails where one stands by now: two starters agree on one
        finally:
            Path(draft).unlink()
    return path.read_bytes().strip()


def new_token() -> str:
    """Answer a fresh 256-bit secret, URL-safe (43 characters)."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> bytes:
    """Answer what is stored of a token: enough to know it again, nothing to use it (SK-46)."""
    return hashlib.sha256(token.encode()).digest()
