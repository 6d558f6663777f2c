"""What a form was filled from, so that of two who change an entry none undoes the other's change silently."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import g, request

from kinkeeper.features.accounts import queries
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import along

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from kinkeeper.features.accounts.queries import BookLine
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work


class EntryChanged(Conflict):
    """The form shows less than is known by now."""

    code = "person.changed_meanwhile"
    message = mark(
        "This entry was changed since you opened its form, and nothing is written down yet. Look at it in"
        " another window: sending the form again replaces it."
    )


def version_for(line: BookLine) -> str:
    """Answer what its form carries; what was sent stays until its sender is told that it is old."""
    sent = request.form.get("version")
    return sent if sent and not g.get("entry_has_changed") else _version_of(line)


@contextmanager
def unless_changed(actor: Actor, person_id: UUID) -> Iterator[None]:
    """Refuse what the block's verb does, where the entry says other things than the form was filled from.

    A form without the field is taken as it is, like a call without If-Match.
    """
    seen = request.form.get("version")
    if not seen:
        yield
        return

    def compare(work: Work) -> None:
        if _version_of(queries.entry_of(work.session, actor, person_id)) != seen:
            g.entry_has_changed = True
            raise EntryChanged

    with along(compare, is_comparison=True):
        yield


def _version_of(line: BookLine) -> str:
    said = (line.name, line.email, line.language, line.zone, line.birthday)
    return hashlib.sha256(repr(said).encode()).hexdigest()
