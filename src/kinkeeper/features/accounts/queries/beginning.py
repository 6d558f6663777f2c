"""Accounts by the beginning of a name, of an address or of a username: found by indexes on both databases.

And people by what stands anywhere in their name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select, union
from sqlalchemy.orm import aliased

from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.kernel.lines import fold

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import InstrumentedAttribute

MOST_WITHIN = 10_000
"""People: who looks for a letter that is in everybody's name, finds enough among these."""


def written(begins: str) -> dict[str, str]:
    """Answer how it stands in the rows: addresses are in lower case, names are folded for looking."""
    return {"low": begins.lower(), "folded": fold(begins), "word": f" {fold(begins)}"}


def beginning(*, is_server: bool, has_words: bool = False) -> Any:  # noqa: ANN401 - a UNION of ids
    """Answer the ids of accounts that begin as `written` says, by three indexes.

    One OR over two tables would read them all. Where another word of a name begins so, they come along if
    wanted: no index leads to them, and one of all names is read, as by `within`.
    """
    begins = _begins_on_server if is_server else _begins_in_file
    own = aliased(Account)
    found = [
        select(own.id).where(begins(own.email, "low")),
        select(own.id).where(begins(own.username, "low")),
        select(own.id).join(Person, Person.id == own.person_id).where(begins(Person.folded, "folded")),
    ]
    if has_words:
        place = func.strpos if is_server else func.instr
        named = aliased(Person)
        some = select(named.id).where(place(named.folded, bindparam("word")) > 0).limit(MOST_WITHIN)
        found.append(select(own.id).where(own.person_id.in_(some)))
    return union(*found)


def within(part: str, circle_id: UUID | None = None) -> Select[UUID]:
    """Answer the ids of people with this in their name, of a circle or all: as an address book finds them.

    No index knows what stands in the middle. One that holds circle, folded name and id is read instead of
    the table, of a circle only its own part.
    """
    own = aliased(Person)
    found = select(own.id).where(own.folded.contains(fold(part), autoescape=True)).limit(MOST_WITHIN)
    return found if circle_id is None else found.where(own.circle_id == circle_id)


def _begins_in_file(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """Read a range of SQLite's index, which is in the order of code points."""
    return and_(column >= bindparam(name), column < bindparam(name) + "\U0010ffff")


def _begins_on_server(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """PostgreSQL's indexes are in the order of a language, where a range is something else."""
    return func.starts_with(column, bindparam(name))
