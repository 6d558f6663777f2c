"""Entries that may be one person, and what would become of two that are made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.queries.book import BookLine, entries
from kinkeeper.features.accounts.rules import mailbox

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session

MOST_PROPOSED = 50


class Alike(NamedTuple):
    """Entries that are likely one person's, the one to keep first."""

    lines: list[BookLine]
    by_mailbox: bool
    """Their addresses lead to one mailbox; else they have one name."""


def likely_duplicates(session: Session, circle_id: UUID) -> list[Alike]:
    """Who stands in a circle's address book twice, as it seems; at most so many, mailboxes first.

    Reads every address of the circle once: which of them share a mailbox no index knows.
    """
    groups = [(ids, True) for ids in _by_mailbox(session, circle_id)]
    together = {frozenset(ids) for ids, _ in groups}
    named = _by_name(session, circle_id)
    groups += [(ids, False) for ids in named if frozenset(ids) not in together]
    shown = groups[:MOST_PROPOSED]
    lines = entries(session, [one for ids, _ in shown for one in ids])
    return [Alike(in_order(lines[one] for one in ids if one in lines), by) for ids, by in shown]


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


def _by_name(session: Session, circle_id: UUID) -> list[list[UUID]]:
    here = Person.circle_id == circle_id
    several = select(Person.folded).where(here).group_by(Person.folded).having(func.count() > 1)
    some = several.order_by(Person.folded).limit(MOST_PROPOSED)
    found = select(Person.folded, Person.id).where(here, Person.folded.in_(some))
    by_name: dict[str, list[UUID]] = {}
    for folded, person_id in session.execute(found.order_by(Person.folded, Person.id)):
        by_name.setdefault(folded, []).append(person_id)
    return list(by_name.values())


def _by_mailbox(session: Session, circle_id: UUID) -> list[list[UUID]]:
    here = Person.circle_id == circle_id
    by_mailbox: dict[str, list[str]] = {}
    for email in session.scalars(select(Person.email).where(here, Person.email.is_not(None))):
        by_mailbox.setdefault(mailbox(email or ""), []).append(email or "")
    several = [emails for emails in by_mailbox.values() if len(emails) > 1][:MOST_PROPOSED]
    wanted = [email for emails in several for email in emails]
    found = select(Person.email, Person.id).where(here, Person.email.in_(wanted))
    ids = {row.email: row.id for row in session.execute(found)}
    return [[ids[email] for email in emails if email in ids] for emails in several]
