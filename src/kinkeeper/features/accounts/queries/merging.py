"""Entries that may be one person, and what would become of two that are made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from kinkeeper.features.accounts.models import Guardian, Person
from kinkeeper.features.accounts.queries.book import BookLine, entries, readable
from kinkeeper.features.accounts.queries.logins import with_account
from kinkeeper.features.accounts.queries.people import person
from kinkeeper.features.accounts.rules import mailbox
from kinkeeper.features.accounts.rules.merging import better_mailbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor

MOST_PROPOSED = 50


class Alike(NamedTuple):
    """Entries that are likely one person's, the one to keep first."""

    lines: list[BookLine]
    by_mailbox: bool
    """Their addresses lead to one mailbox; else they have one name."""


def likely_duplicates(session: Session, actor: Actor, circle_id: UUID) -> list[Alike]:
    """Who stands twice, as it seems, in a circle's address book that the actor may read.

    At most so many, mailboxes first. Reads every address of the circle once: which of them share a mailbox
    no index knows.
    """
    here = Person.circle_id == circle_id, readable(actor)
    groups = [(ids, True) for ids in _by_mailbox(session, here)]
    together = {frozenset(ids) for ids, _ in groups}
    named = _by_name(session, here)
    groups += [(ids, False) for ids in named if frozenset(ids) not in together]
    shown = groups[:MOST_PROPOSED]
    lines = entries(session, [one for ids, _ in shown for one in ids])
    return [Alike(in_order(lines[one] for one in ids if one in lines), by) for ids, by in shown]


def unheard_once_merged(session: Session, from_id: UUID, into_id: UUID) -> list[Person]:
    """Answer of two entries those whose letters would not reach any more whoever has shown that they do.

    That is who has proved another mailbox than the one that stays, or looks after somebody who gets one.
    """
    gone, kept = person(session, from_id), person(session, into_id)
    has_account = bool(with_account(session, [into_id]))
    stays, _ = better_mailbox(gone, kept, kept_has_account=has_account)
    differing = [(one, other) for one, other in ((gone, kept), (kept, gone)) if one.email != stays]
    return [one for one, other in differing if one.confirmed_at or _is_cared_for(session, one, besides=other)]


def _is_cared_for(session: Session, ward: Person, *, besides: Person) -> bool:
    """Tell whether somebody reads the letters of who has no address, at a mailbox that they have proved."""
    reader = aliased(Person)
    proved = reader.confirmed_at.is_not(None), reader.id != besides.id
    ties = select(Guardian.ward_id).join(reader, reader.id == Guardian.guardian_id)
    found = ties.where(Guardian.ward_id == ward.id, *proved).limit(1)
    return ward.email is None and session.scalar(found) is not None


def in_order(lines: Iterable[BookLine]) -> list[BookLine]:
    """Answer entries, the one to keep first: with an account, with a proved mailbox, with any, the oldest."""
    return sorted(
        lines,
        key=lambda one: (
            not one.has_account,
            one.confirmed_at is None,
            one.email is None,
            one.created_at,
            one.id,
        ),
    )


def _by_name(session: Session, here: Sequence[ColumnElement[bool]]) -> list[list[UUID]]:
    several = select(Person.folded).where(*here).group_by(Person.folded).having(func.count() > 1)
    some = several.order_by(Person.folded).limit(MOST_PROPOSED)
    found = select(Person.folded, Person.id).where(*here, Person.folded.in_(some))
    by_name: dict[str, list[UUID]] = {}
    for folded, person_id in session.execute(found.order_by(Person.folded, Person.id)):
        by_name.setdefault(folded, []).append(person_id)
    return list(by_name.values())


def _by_mailbox(session: Session, here: Sequence[ColumnElement[bool]]) -> list[list[UUID]]:
    by_mailbox: dict[str, list[str]] = {}
    for email in session.scalars(select(Person.email).where(*here, Person.email.is_not(None))):
        by_mailbox.setdefault(mailbox(email or ""), []).append(email or "")
    several = [emails for emails in by_mailbox.values() if len(emails) > 1][:MOST_PROPOSED]
    wanted = [email for emails in several for email in emails]
    found = select(Person.email, Person.id).where(*here, Person.email.in_(wanted))
    ids = {row.email: row.id for row in session.execute(found)}
    return [[ids[email] for email in emails if email in ids] for emails in several]
