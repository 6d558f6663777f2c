"""Letters that were written to a folder: what the house forgets is to be forgotten there, too (SK-98)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from kinkeeper.kernel.db import batched
from kinkeeper.platform.jobs import Errand, enqueue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work


@dataclass(frozen=True, kw_only=True)
class BurnFiles(Errand):
    """These letters are forgotten; a file cannot be deleted in a transaction."""

    kind: ClassVar[str] = "mail.burn_files"

    letter_ids: tuple[UUID, ...]


class _Shelf:
    """Where this house writes letters, if anywhere; said once, at start-up."""

    folder: ClassVar[Path | None] = None


def use_folder(folder: Path | None) -> None:
    """Tell where letters are written; a folder that it was before is not looked after any more."""
    _Shelf.folder = folder


def ask_to_burn(work: Work, letter_ids: Iterable[UUID]) -> None:
    """Step: have the files of these letters deleted after the commit."""
    for some in batched(letter_ids):
        enqueue(work, BurnFiles(letter_ids=tuple(some)))


def burn(_actor: Actor, errand: BurnFiles) -> None:
    """Delete the files, and what a killed worker left of them; done twice it is as if once."""
    if _Shelf.folder is None:
        return
    for letter_id in errand.letter_ids:
        for pattern in (f"{letter_id}.eml", f".{letter_id}.*"):
            for path in _Shelf.folder.glob(pattern):
                path.unlink(missing_ok=True)
