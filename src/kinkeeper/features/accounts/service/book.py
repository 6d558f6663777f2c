"""The address book: whoever keeps it puts people in, one or many, and says anew what it says of them.

Nobody is moved to another mailbox silently, and nothing that only they may read moves along (T-7, T-17).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

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
from kinkeeper.features.accounts.service import saying
from kinkeeper.features.accounts.service.people import has_account
from kinkeeper.features.accounts.service.saying import Way
from kinkeeper.features.accounts.service.sessions import end_guest_sessions
from kinkeeper.kernel.db import insert_into, new_id
from kinkeeper.kernel.errors import Conflict, Invalid, Problem
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.accounts.models import Circle
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.steps import ExpectedQuery, ReadersStep

MOST_AT_ONCE = 500


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


class Added(NamedTuple):
    """What came of a list: who is in the book now, and how many were before."""

    ids: list[UUID]
    known: int


def add_people(actor: Actor, circle_id: UUID, abouts: Sequence[About]) -> Added:
    """Put several people in, where all can be meant; whose address is there already stays as they are."""
    if len(abouts) > MOST_AT_ONCE:
        raise TooManyEntries(most=MOST_AT_ONCE, count=len(abouts))
    with transaction(actor) as work:
        circle = _book_to_change(work, circle_id)
        clean = _all_cleaned(work, circle, abouts)
        added: dict[int, UUID] = {}
        for place in sorted(range(len(clean)), key=lambda at: clean[at].email or ""):  # everybody's one order
            with suppress(AlreadyInBook):
                added[place] = _put_in(work, circle, clean[place])
        if added:
            audit.record(work, "person.several_added", circle.id, people=len(added))
        return Added([added[place] for place in sorted(added)], known=len(clean) - len(added))


def change_person(
    actor: Actor,
    person_id: UUID,
    changes: Mapping[str, Any],
    *,
    steps: Iterable[ReadersStep],
    expected: Iterable[ExpectedQuery],
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
        circle = queries.circle_of(work.session, person_id)
        clean = saying.cleaned(work, circle, changes, of=saying.ENTRY if moves else saying.PLAIN)
        person = _lock_to_move(work, known, steps) if moves else known
        if has_account(work, person_id):
            raise KeepsOwnEntry(name=person.name)
        ways = {"email": Way(person.email, partial(_move, work, person, expected))}
        if saying.say_anew(work, person, clean, act=("person.changed", person_id), ways=ways):
            person.listed_at = person.listed_at or work.now


def change_profile(actor: Actor, changes: Mapping[str, Any]) -> None:
    """Say one's own `name`, `language`, `zone` and `birthday` anew; one's address is the account's matter."""
    with transaction(actor) as work:
        account, person = saying.lock(work, actor.own_account_id())
        work.authorize(may_change_profile, person)
        circle = queries.circle_of(work.session, person.id)
        clean = saying.cleaned(work, circle, changes, of=saying.PLAIN)
        saying.say_anew(work, person, clean, act=("person.changed", person.id), account=account)


def _book_to_change(work: Work, circle_id: UUID) -> Circle:
    circle = queries.circle_to_fill(work.session, circle_id)
    work.authorize(may_keep_people, circle, visible=may_see_circle)
    return circle


def _cleaned(work: Work, circle: Circle, about: About) -> About:
    said = asdict(about) | {"language": about.language or circle.language}
    return About(**saying.cleaned(work, circle, said))


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


def _put_in(work: Work, circle: Circle, about: About) -> UUID:
    """Insert an entry, or raise AlreadyInBook: two who add one address at once make one person."""
    row = insert_into(work.session, Person).values(
        id=new_id(),
        circle_id=circle.id,
        created_at=work.now,
        listed_at=work.now,
        **asdict(about),
    )
    added: UUID | None = work.session.scalar(row.on_conflict_do_nothing().returning(Person.id))
    if added is None:
        raise AlreadyInBook
    return added


def _lock_to_move(work: Work, known: Person, steps: Iterable[ReadersStep]) -> Person:
    """Ask every feature, which locks its part first, and people last: an exchange is locked before them.

    So it was judged by what was read before the lock. Raises Conflict where that has changed meanwhile.
    """
    judged = [getattr(known, name) for name in sorted(saying.ENTRY)]
    concerned = [known.id, *queries.wards_of(work.session, [known.id])]
    for step in steps:
        step(work, concerned)
    person = queries.people_for_change(work.session, [known.id])[known.id]
    work.look_again()
    if judged != [getattr(person, name) for name in sorted(saying.ENTRY)]:
        raise Conflict
    return person


def _refuse_expected(work: Work, person: Person, expected: Iterable[ExpectedQuery]) -> None:
    concerned = [person.id, *queries.wards_of(work.session, [person.id])]
    for ask in expected:
        for found in ask(work.session, concerned):
            raise PersonExpected(name=person.name, title=found.title)


def _move(work: Work, person: Person, expected: Iterable[ExpectedQuery], email: str | None) -> None:
    """Let an entry have another address, unproved; browsers that came in by the old one are out."""
    _refuse_expected(work, person, expected)
    before, was_proved = person.email, person.confirmed_at is not None
    with work.refuse(Person.circle_id, Person.email, problem=AlreadyInBook()):
        person.email, person.confirmed_at = email, None
    end_guest_sessions(work, person.id)
    mail.send_on(work, person.id, before, to=email)
    mail.withdraw(work, person.id, purpose=INVITE)
    if before is not None and was_proved:
        tell_old_mailbox(work, person, before, about=person.id)


def tell_old_mailbox(work: Work, person: Person, before: str, *, about: UUID) -> None:
    """Step: write to the proved address that an entry has no more; the letter is forgotten with `about`."""
    circle = queries.circle_of(work.session, person.id)
    letter = EntryMoved(to=before, language=person.language, name=person.name, circle=circle.name)
    mail.post(work, letter, about=new_id(), person_id=about)
