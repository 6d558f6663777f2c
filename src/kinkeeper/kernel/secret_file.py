"""The house's own secret on the disk: `secret.key`, and beside it, while it is turned, `secret.old` (C-1)."""

from __future__ import annotations

import fcntl
import os
import secrets
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PRESENT, OLD = "secret.key", "secret.old"
Stamp = tuple[tuple[int, int], ...]


class Secrets(NamedTuple):
    """The secret that new things are made with, and those that still open what they made."""

    present: bytes
    older: tuple[bytes, ...]


def keep(folder: Path) -> bytes:
    """Read the house's own secret, making it once, readable by its owner alone."""
    path = folder / PRESENT
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with _draft(path, _new()) as draft, suppress(FileExistsError):
            os.link(draft, path)  # fails where one stands by now: two starters agree on one
    return path.read_bytes().strip()


def read_older(folder: Path) -> tuple[bytes, ...]:
    """Answer the secrets that were turned away and are still needed."""
    with suppress(FileNotFoundError):
        return tuple(map(bytes.fromhex, (folder / OLD).read_text("ascii").split()))
    return ()


def turn(folder: Path) -> Secrets:
    """Make a new secret beside the old one; where that was begun already, go on with what there is.

    At every moment the files hold each secret that something may be sealed under.
    """
    present, older = keep(folder), read_older(folder)
    if not older or present in older:
        older = tuple(dict.fromkeys((present, *older)))
        _replace(folder / OLD, "\n".join(one.hex() for one in older).encode())  # they may hold any byte
        _replace(folder / PRESENT, _new())
    return Secrets(keep(folder), older)


def drop_older(folder: Path) -> None:
    """Forget the secrets that nothing is sealed under any more."""
    (folder / OLD).unlink(missing_ok=True)
    _sync(folder)


def stamp(folder: Path) -> Stamp:
    """Answer something that is another whenever a secret was exchanged."""
    found = []
    for name in (PRESENT, OLD):
        with suppress(FileNotFoundError):
            facts = (folder / name).stat()
            found.append((facts.st_ino, facts.st_mtime_ns))
    return tuple(found)


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Tell whether nobody else is turning this house's secret, and keep others from it meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _new() -> bytes:
    return secrets.token_hex(32).encode()


def _replace(path: Path, content: bytes) -> None:
    with _draft(path, content) as draft:
        draft.rename(path)
    _sync(path.parent)


@contextmanager
def _draft(path: Path, content: bytes) -> Iterator[Path]:
    """Write a file of a name of its own: in containers that share a volume, process numbers are equal."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Let a new name outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
