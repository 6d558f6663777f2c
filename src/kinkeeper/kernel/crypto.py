"""Keys, sealed columns and tokens: one master secret, and a sub-key of its own for each use (C-1).

The secret can be turned (ADR 24): what is new is made with the present one, and what older ones made still
opens. What cannot be made anew goes on with the sub-key that it was made with: it is *kept*.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kinkeeper.kernel import clock, walks
from kinkeeper.kernel.errors import CannotOpen
from kinkeeper.kernel.words import mark

SHORTEST_SECRET = 32
LOOKS_EVERY = 5.0
"""Seconds after which a process has noticed at the latest that the secret was turned."""

_OF_SAMPLES = (
    *(b"change", b"secret", b"example", b"password", b"sample", b"default", b"insecure"),
    *(b"replace", b"generate", b"placeholder", b"kinkeeper"),
)
SMALLEST = 16 * 1024
"""Bytes that whatever is padded has at least."""
_FORMAT = b"\x01"
_END = b"\x80"
_KEY_ID, _NONCE = 4, 12


class WeakSecret(CannotOpen):
    """The master secret could be guessed; start-up refuses it."""

    code = "house.weak_secret"
    message = mark("The secret needs at least %(fewest)s bytes; make one with: openssl rand -hex 32")


class RepeatingSecret(WeakSecret):
    """Long enough, and nevertheless of a few bytes only, or of one piece again and again."""

    message = mark("The secret repeats itself; make one with: openssl rand -hex 32")


class WalkedSecret(WeakSecret):
    """Fingers went along the keys, or somebody said the alphabet."""

    message = mark("The secret follows the keyboard or the alphabet; make one with: openssl rand -hex 32")


class SampleSecret(WeakSecret):
    """It was copied from some example."""

    message = mark("The secret looks like a sample; make one with: openssl rand -hex 32")


class BrokenSeal(ValueError):
    """A sealed value was altered, moved to another row, or sealed under another key."""


class UnknownKey(BrokenSeal):
    """It was made under a master secret that this process does not have."""


@dataclass(frozen=True)
class Keys:
    """The sub-keys of one master secret (HKDF-SHA-256, RFC 5869; the label names the use)."""

    master: bytes
    older: tuple[bytes, ...] = ()
    """Masters that nothing new is made with; the newest first."""
    kept: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    """Sub-keys that outlive the master they came from, by label."""

    def derive(self, label: str) -> bytes:
        """Answer the 32-byte key for one use."""
        return self.kept.get(label) or _derive(self.master, label)

    @property
    def key_id(self) -> bytes:
        """Four bytes that name this master without telling it; every sealed value carries them."""
        return key_id_of(self.master)

    @property
    def key_ids(self) -> list[bytes]:
        """The ids of all masters that are here, the present one's first."""
        return [key_id_of(master) for master in (self.master, *self.older)]

    @property
    def head(self) -> bytes:
        """What every value begins with that is sealed under the present master."""
        return _FORMAT + self.key_id

    def of(self, key_id: bytes | None) -> Keys:
        """Answer the keys of the master with this id, or raise UnknownKey; None is the present one."""
        if key_id is None or key_id == self.key_id:
            return self
        for master in self.older:
            if key_id_of(master) == key_id:
                return Keys(master, kept=self.kept)
        raise UnknownKey("made under another key")

    def keys_for(self, label: str) -> list[bytes]:
        """Answer what may have signed something: the present key first, then older masters'."""
        if label in self.kept:
            return [self.kept[label]]
        return [_derive(master, label) for master in (self.master, *self.older)]

    def mac(self, label: str, *parts: bytes) -> bytes:
        """Answer HMAC-SHA-256 over the parts; each is length-prefixed, so none can run into the next."""
        return _mac(self.derive(label), parts)

    def is_mac(self, mac: bytes, label: str, *parts: bytes) -> bool:
        """Tell whether `mac` is of these parts, under the present master or an older one."""
        return any(hmac.compare_digest(mac, _mac(key, parts)) for key in self.keys_for(label))

    def seal(self, label: str, plain: bytes, *, bound_to: bytes) -> bytes:
        """Encrypt with AES-256-GCM; it opens only with the same `bound_to` (the row it belongs to)."""
        nonce = secrets.token_bytes(_NONCE)
        cipher = AESGCM(_derive(self.master, label))
        return self.head + nonce + cipher.encrypt(nonce, plain, self.head + bound_to)

    def unseal(self, label: str, sealed: bytes, *, bound_to: bytes) -> bytes:
        """Decrypt what `seal` made, under whichever master that is here, or raise BrokenSeal."""
        head, rest = sealed[: 1 + _KEY_ID], sealed[1 + _KEY_ID :]
        if not head.startswith(_FORMAT):
            raise BrokenSeal("not sealed by us")
        cipher = AESGCM(_derive(_knowing(self, head[1:]).master, label))
        try:
            return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], head + bound_to)
        except (InvalidTag, ValueError) as broken:
            raise BrokenSeal("altered, or moved to another row") from broken


def key_id_of(master: bytes) -> bytes:
    """Answer four bytes that name a master secret without telling it."""
    return _derive(master, "key-id")[:_KEY_ID]


def _mac(key: bytes, parts: tuple[bytes, ...]) -> bytes:
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.digest(key, framed, "sha256")


def _knowing(ours: Keys, key_id: bytes | None) -> Keys:
    """Answer the keys of a master; where it is unknown, the secret may just have been turned."""
    try:
        return ours.of(key_id)
    except UnknownKey:
        return _Ring.look_again(ours).of(key_id)


@lru_cache(maxsize=128)
def _derive(master: bytes, label: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"kinkeeper/" + label.encode()).derive(master)


Source = Callable[[], Keys | None]
"""Answers the keys as they are now, or None where they are what they were when it was asked last."""


class _Ring:
    """The keys of this process, put in at start-up, and where to look whether they were turned."""

    keys: Keys | None = None
    source: Source | None = None
    looked_at = 0.0
    turn = threading.RLock()  # a source opens what is sealed

    @classmethod
    def look(cls) -> None:
        """Ask the source; one thread does while the others go on with what they have."""
        if not cls.turn.acquire(blocking=False):
            return
        try:
            cls.looked_at = clock.ticks()
            cls.keys = (cls.source and cls.source()) or cls.keys
        finally:
            cls.turn.release()

    @classmethod
    def look_again(cls, than: Keys) -> Keys:
        """Answer newer keys than these, or these where there are none, or they are not this process's."""
        if cls.source is None or cls.keys is None or than.master not in {cls.keys.master, *cls.keys.older}:
            return than
        with cls.turn:
            if cls.keys is than:
                cls.keys = cls.source() or than
        return cls.keys


def unlock(master: bytes, older: tuple[bytes, ...] = ()) -> Keys:
    """Make `master` the secret of this process, or raise WeakSecret; `older` ones only open."""
    if len(master) < SHORTEST_SECRET:
        raise WeakSecret(fewest=SHORTEST_SECRET)
    if len(set(master)) < SHORTEST_SECRET // 4 or walks.is_repeated(master, SHORTEST_SECRET - 1):
        raise RepeatingSecret
    if walks.is_walked(master):
        raise WalkedSecret
    if any(word in master.lower() for word in _OF_SAMPLES):
        raise SampleSecret
    _Ring.source = None
    _Ring.keys = Keys(master, tuple(one for one in dict.fromkeys(older) if one != master))
    return _Ring.keys


def use_source(source: Source) -> None:
    """Look there every few seconds, and whenever something was made under a key that nobody knows."""
    _Ring.source, _Ring.looked_at = source, clock.ticks()


def put_in(ours: Keys) -> None:
    """Go on with these keys: the same masters, and what the database has kept."""
    _Ring.keys = ours


def keys() -> Keys:
    """Answer the keys of this process."""
    if _Ring.source is not None and clock.ticks() - _Ring.looked_at > LOOKS_EVERY:
        _Ring.look()
    if _Ring.keys is None:
        raise RuntimeError("the keys are not unlocked yet")
    return _Ring.keys


def keys_of(key_id: bytes | None) -> Keys:
    """Answer the keys of the master with this id, turned a moment ago or long since, or raise UnknownKey."""
    return _knowing(keys(), key_id)


def padded(plain: bytes) -> bytes:
    """Answer it with a tail (ISO/IEC 7816-4), so that its length, sealed, tells next to nothing.

    Everything usual is of one length; what is longer is of the next that is twice as long.
    """
    length = SMALLEST
    while length <= len(plain):
        length *= 2
    return (plain + _END).ljust(length, b"\0")


def unpadded(plain: bytes) -> bytes:
    """Answer what `padded` got."""
    return plain.rstrip(b"\0").removesuffix(_END)


def new_token() -> str:
    """Answer a fresh 256-bit secret, URL-safe (43 characters)."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> bytes:
    """Answer what is stored of a token: enough to know it again, nothing to use it (SK-46)."""
    return hashlib.sha256(token.encode()).digest()
