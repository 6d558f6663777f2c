"""What pages of address books share: whose entry is read or changed, and how people are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.permissions import may_keep_people, may_see_people
from kinkeeper.features.accounts.rules.birthdays import read_birthday
from kinkeeper.kernel import words
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.language import language
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from kinkeeper.features.accounts.models import Circle
    from kinkeeper.features.accounts.queries import BookLine, Named
    from kinkeeper.kernel.steps import Expected


def book_read(circle_id: UUID) -> Circle:
    """Answer a circle whose address book the reader may read."""
    circle = queries.circle_seen(read_session(), current_actor(), circle_id)
    if not can(may_see_people, circle):
        raise Forbidden
    return circle


def book_kept(circle_id: UUID) -> Circle:
    """Answer a circle whose address book the reader may change."""
    circle = queries.circle_seen(read_session(), current_actor(), circle_id)
    if not can(may_keep_people, circle):
        raise Forbidden
    return circle


def entry_kept(person_id: UUID) -> BookLine:
    """Answer somebody of whom the reader may say something else."""
    line = queries.entry_of(read_session(), current_actor(), person_id)
    if not can(may_keep_people, line):
        raise Forbidden
    return line


def expected_at(person_ids: list[UUID]) -> list[Expected]:
    """Answer what people are counted on for, in every feature."""
    return [one for ask in steps().expected for one in ask(read_session(), person_ids)]


def birthday_of(line: BookLine) -> str:
    """Write somebody's birthday out for the reader; nothing where it is not told."""
    if line.birthday is None:
        return ""
    born = read_birthday(line.birthday)
    return words.birthday(language(), born.day, born.month, born.year)


def told_apart(found: Iterable[Named]) -> dict[UUID, str]:
    """Write what tells people of one name apart: the address, or birthday and home where there is none."""
    lines = queries.entries(read_session(), [one.id for one in found])
    homes = queries.ties_of(read_session(), [one for one in lines.values() if one.email is None]).homes
    return {
        line.id: line.email
        or ", ".join(filter(None, [birthday_of(line), *(at.name for at in homes.get(line.id, []))]))
        for line in lines.values()
    }


def to_choose_from(found: Sequence[Named]) -> list[tuple[str, str]]:
    """Answer people for a list of boxes, each with what tells them apart."""
    apart = told_apart(found)
    return [(str(one.id), ", ".join(filter(None, [one.name, apart.get(one.id)]))) for one in found]
