"""The address book: whoever keeps it puts people in, one or many, and says anew what it says of them.

Nobody is moved to another mailbox silently, and nothing that only they may read moves along (T-7, T-17).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import INVITE
from kinkeeper.features.accounts.emails.people import EntryMoved
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.permissions import (
    may_change_profile,
    may_keep_people,
    may_see_circle,
    may_see_people,
)
from kinkeeper.features.accounts.rules import clean_address, clean_name
from kinkeeper.features.accounts.rules.birthdays import clean_birthday
from kinkeeper.features.accounts.service.circles import clean_language, clean_zone
from kinkeeper.features.accounts.service.people import has_account
from kinkeeper.features.accounts.service.sessions import end_guest_sessions
from kinkeeper.kernel import clock
from kinkeeper.kernel.db import insert_into, new_id
from kinkeeper.kernel.errors import Conflict, Invalid, Problem
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, links, mail

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.features.accounts.models import Circle
    from kinkeeper.kernel.actor import Actor

MOST_AT_ONCE = 500
_SAID = frozenset({"name", "email", "language", "zone", "birthday"})
ReadersStep = Callable[[Work, "Collection[UUID]"], None]
"""Refuses that somebody else reads these people's letters, where a secret of theirs is at stake."""
Expected = Callable[["Session", "Collection[UUID]"], "Sequence[tuple[UUID | None, str, bool]]"]
"""Answers at what these people are expected: who, its title, and whether it holds a secret of theirs."""


class AlreadyInBook(Conflict):
    """An address is somebody's alone within a circle (SK-4)."""

    code = "person.already_in_book"
    message = mark("Somebody with this address is in the address book already.")
    field = "email"


class KeepsOwnEntry(Conflict):
    """Whoever has an account says themselves what they are called, and where letters go."""

    code = "person.keeps_own_entry"
    message = mark("%(name)s has an account, and says such things themselves.")


class PersonExpected(Conflict):
    """T-17: whoever gets their letters from now on would come in at their place."""

    code = "person.expected"
    message = mark("%(name)s, or whom they look after, takes part in %(title)s.")
    remedy = mark("Have their place there go by another address, or take them off that list first.")


class TooManyEntries(Invalid):
    """A list of strangers, more likely than a club."""

    code = "person.too_many_at_once"
    message = mark("Please add at most %(most)s people at once; these are %(count)s.")
    field = "people"


class ToldTwice(Invalid):
    """One address is one person (SK-4)."""

    code = "person.told_twice"
    message = mark("This address stands in the list twice.")
    field = "email"


class LinesRefused(Invalid):
    """None of a list is added while one of it cannot be; `lines` says what is wrong with which, from 0."""

    code = "person.lines_refused"
    message = mark("Nobody was added yet: some of the list needs another look.")
    field = "people"

    def __init__(self, lines: Mapping[int, Problem]) -> None:
        super().__init__({f"people.{place}": [str(problem)] for place, problem in lines.items()})
        self.lines = lines


@dataclass(frozen=True, slots=True)
class About:
    """What an address book says of somebody; the language is the circle's where none is said."""

    name: str
    email: str | None = None
    language: str | None = None
    zone: str | None = None
    birthday: str | None = None


def add_person(actor: Actor, circle_id: UUID, about: About) -> UUID:
    """Put somebody into the address book; nobody is written to."""
    with transaction(actor) as work:
        circle = _book_to_change(work, circle_id)
        person_id = _put_in(work, circle, _cleaned(work, circle, about))
        audit.record(work, "person.added", person_id)
        return person_id


def add_people(actor: Actor, circle_id: UUID, abouts: Sequence[About]) -> list[UUID]:
    """Put several people in, all or none."""
    if len(abouts) > MOST_AT_ONCE:
        raise TooManyEntries(most=MOST_AT_ONCE, count=len(abouts))
    with transaction(actor) as work:
        circle = _book_to_change(work, circle_id)
        clean = _all_cleaned(work, circle, abouts)
        added: dict[int, UUID] = {}
        wrong: dict[int, Problem] = {}
        for place in sorted(range(len(clean)), key=lambda at: clean[at].email or ""):  # everybody's one order
            try:
                added[place] = _put_in(work, circle, clean[place])
            except AlreadyInBook as known:
                wrong[place] = known
        if wrong:
            raise LinesRefused(wrong)
        audit.record(work, "person.several_added", circle.id, people=len(added))
        return [added[place] for place in range(len(clean))]


def change_person(
    actor: Actor,
    person_id: UUID,
    changes: Mapping[str, Any],
    *,
    steps: Iterable[ReadersStep],
    expected: Iterable[Expected],
) -> None:
    """Say some of somebody anew: `name`, `email`, `language`, `zone`, `birthday`.

    What is said of whoever has an account is theirs to say. An address changes only where nobody counts on
    them anywhere: a place in an exchange has a way of its own to go by another one. It is unproved again,
    and whoever had proved the old one is told there.
    """
    with transaction(actor) as work:
        known = queries.person(work.session, person_id)
        moves = "email" in changes and (changes["email"] or None) != known.email
        if not moves:
            queries.people_for_change(work.session, [person_id])
        work.authorize(may_keep_people, known, visible=may_see_people)
        clean = _clean_changes(work, queries.circle_of(work.session, person_id), changes)
        person = _lock_to_move(work, known, steps) if moves else known
        if has_account(work, person_id):
            raise KeepsOwnEntry(name=person.name)
        if moves and clean["email"] != person.email:
            _refuse_expected(work, person, expected)
            _move(work, person, clean.pop("email"))
        _say(person, clean)
        person.listed_at = person.listed_at or work.now
        audit.record(work, "person.changed", person_id, changed=sorted(changes.keys() & _SAID))


def change_profile(actor: Actor, changes: Mapping[str, Any]) -> None:
    """Say one's own `name`, `language`, `zone` and `birthday` anew; one's address is the account's matter."""
    with transaction(actor) as work:
        person = queries.people_for_change(work.session, [actor.person_id] if actor.person_id else [])
        own = next(iter(person.values()), None)
        work.authorize(lambda who, one: one is not None and may_change_profile(who, one), own)
        assert own is not None  # noqa: S101 - told to the type checker: nobody's profile is nobody's to change
        circle = queries.circle_of(work.session, own.id)
        clean = _clean_changes(
            work, circle, {name: said for name, said in changes.items() if name != "email"}
        )
        _say(own, clean)
        audit.record(work, "person.changed", own.id, changed=sorted(clean))


def _book_to_change(work: Work, circle_id: UUID) -> Circle:
    circle = queries.circle_to_fill(work.session, circle_id)
    work.authorize(may_keep_people, circle, visible=may_see_circle)
    return circle


def _cleaned(work: Work, circle: Circle, about: About) -> About:
    said = {
        "name": about.name,
        "email": about.email,
        "language": about.language or circle.language,
        "zone": about.zone,
        "birthday": about.birthday,
    }
    return About(**_clean_changes(work, circle, said))


def _all_cleaned(work: Work, circle: Circle, abouts: Sequence[About]) -> list[About]:
    clean: list[About] = []
    wrong: dict[int, Problem] = {}
    told: set[str] = set()
    for place, about in enumerate(abouts):
        try:
            clean.append(_cleaned(work, circle, about))
            if clean[-1].email in told:
                raise ToldTwice
            told |= {clean[-1].email} if clean[-1].email else set()
        except Invalid as problem:
            wrong[place] = problem
    if wrong:
        raise LinesRefused(wrong)
    return clean


def _clean_changes(work: Work, circle: Circle, said: Mapping[str, Any]) -> dict[str, Any]:
    """Answer what was said as it is kept; empty is None where nothing need be said."""
    today = clock.today_in(circle.zone, work.now)
    clean: dict[str, Callable[[str], str]] = {
        "name": clean_name,
        "email": clean_address,
        "language": clean_language,
        "zone": clean_zone,
        "birthday": lambda text: clean_birthday(text, today=today),
    }
    must = {"name", "language"}
    return {
        name: rule(said[name] or "") if said[name] or name in must else None
        for name, rule in clean.items()
        if name in said
    }


def _put_in(work: Work, circle: Circle, about: About) -> UUID:
    """Insert an entry, or raise AlreadyInBook: two who add one address at once make one person."""
    row = insert_into(work.session, Person).values(
        id=new_id(),
        circle_id=circle.id,
        name=about.name,
        email=about.email,
        language=about.language,
        zone=about.zone,
        birthday=about.birthday,
        created_at=work.now,
        listed_at=work.now,
    )
    added: UUID | None = work.session.scalar(row.on_conflict_do_nothing().returning(Person.id))
    if added is None:
        raise AlreadyInBook
    return added


def _say(person: Person, clean: Mapping[str, Any]) -> None:
    for name, said in clean.items():
        setattr(person, name, said)


def _lock_to_move(work: Work, known: Person, steps: Iterable[ReadersStep]) -> Person:
    """Ask every feature, which locks its part first, and people last: an exchange is locked before them.

    So it was judged by what was read before the lock. Raises Conflict where that has changed meanwhile.
    """
    judged = [getattr(known, name) for name in sorted(_SAID)]
    concerned = [known.id, *queries.wards_of(work.session, [known.id])]
    for step in steps:
        step(work, concerned)
    person = queries.people_for_change(work.session, [known.id])[known.id]
    work.look_again()
    if judged != [getattr(person, name) for name in sorted(_SAID)]:
        raise Conflict
    return person


def _refuse_expected(work: Work, person: Person, expected: Iterable[Expected]) -> None:
    concerned = [person.id, *queries.wards_of(work.session, [person.id])]
    for ask in expected:
        for _, title, _ in ask(work.session, concerned):
            raise PersonExpected(name=person.name, title=title)


def _move(work: Work, person: Person, email: str | None) -> None:
    """Let an entry have another address, unproved; browsers that came in by the old one are out."""
    before, was_proved = person.email, person.confirmed_at is not None
    with work.refuse(Person.circle_id, Person.email, problem=AlreadyInBook()):
        person.email, person.confirmed_at = email, None
    end_guest_sessions(work, person.id)
    links.void_read(work, person.id)
    mail.withdraw(work, person.id, purpose=INVITE)
    if before is not None and was_proved:
        circle = queries.circle_of(work.session, person.id)
        letter = EntryMoved(to=before, language=person.language, name=person.name, circle=circle.name)
        mail.post(work, letter, about=new_id(), person_id=person.id)
