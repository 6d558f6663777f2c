"""Circles: beginning one, saying what it is called and where it lives, and ending one that is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Circle
from kinkeeper.features.accounts.permissions import may_found_circles, may_keep_circle, may_see_circle
from kinkeeper.features.accounts.rules import LONGEST_NAME, clean_label
from kinkeeper.features.accounts.rules.localities import clean_language, clean_zone
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.granting import grant_role, withdraw_all
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.lines import fold
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.steps import EndStep


class CircleNotEmpty(Conflict):
    """Ending it would take people, and the accounts of some, along."""

    code = "circle.not_empty"
    message = mark("There are people in the address book of %(name)s.")
    remedy = mark("Erase them there first: nobody is forgotten by the way.")


class LastCircle(Conflict):
    """A house without any has no room for anybody."""

    code = "circle.last"
    message = mark("This is the only circle of the house, so it has to stay.")


class CircleNameTaken(Conflict):
    """Two of one name could not be told apart, in no list and on no page."""

    code = "circle.name_taken"
    message = mark("There is a circle called %(name)s here already. Please choose another name.")
    field = "name"


def found_circle(actor: Actor, name: str, *, language: str, zone: str) -> UUID:
    """Begin a circle; whoever does it runs it, where no role of theirs says so anyway."""
    with transaction(actor) as work:
        work.authorize(may_found_circles, None)
        circle = begin_circle(work, name, language=language, zone=zone)
        work.session.flush()
        if work.actor.person_id is not None and not may_keep_circle(work.actor, circle):
            grant_role(work, work.actor.person_id, Role.ORGANISER, Scope.CIRCLE, circle.id)
        audit.record(work, "circle.founded", circle.id)
        return circle.id


def begin_circle(work: Work, name: str, *, language: str, zone: str) -> Circle:
    """Step: put a circle of nobody into the house; raises CircleNameTaken."""
    label, taken = clean_label(name), queries.circle_names_for_change(work.session)
    if fold(label) in taken:
        raise CircleNameTaken(name=label)
    circle = Circle(
        name=label,
        language=clean_language(language),
        zone=clean_zone(zone),
        created_at=work.now,
    )
    work.session.add(circle)
    return circle


def name_besides(work: Work, name: str) -> str:
    """Step: answer the name, with a number behind it where another circle has it.

    For whoever is not to be told, and so not refused, because of circles that are none of theirs.
    """
    label, taken = clean_label(name), queries.circle_names_for_change(work.session)
    numbered = (f"{label[: LONGEST_NAME - 10]} ({number})" for number in count(2))
    return next(one for one in chain([label], numbered) if fold(one) not in taken)


def change_circle(actor: Actor, circle_id: UUID, changes: Mapping[str, Any]) -> None:
    """Say some of a circle anew: `name`, `language`, `zone`; what goes on in it keeps what it was told.

    Raises CircleNameTaken where another has that name; it may keep the one that it has, whoever else has it.
    Who may not is told so before all circles are locked for a name: they make nobody wait.
    """
    with transaction(actor) as work:
        work.authorize(may_keep_circle, queries.circle(work.session, circle_id), visible=may_see_circle)
        taken = queries.circle_names_for_change(work.session) if "name" in changes else set()
        circle = queries.circle_for_change(work.session, circle_id)
        work.look_again()
        clean = {name: rule(changes[name]) for name, rule in _CLEAN.items() if name in changes}
        wanted = clean.get("name", circle.name)
        if fold(wanted) != fold(circle.name) and fold(wanted) in taken:
            raise CircleNameTaken(name=wanted)
        for name, value in clean.items():
            setattr(circle, name, value)
        audit.record(work, "circle.changed", circle.id, changed=sorted(clean))


def end_circle(actor: Actor, circle_id: UUID, *, steps: Iterable[EndStep]) -> None:
    """End a circle in which nobody is and nothing goes on; every feature may say that something does.

    Roles that were granted for it go along. Who may not makes nobody wait here, either.
    """
    with transaction(actor) as work:
        work.authorize(may_found_circles, queries.circle(work.session, circle_id), visible=may_see_circle)
        refuse_stale_browser(work)
        circles = queries.circles_for_change(work.session)
        circle = queries.circle_for_change(work.session, circle_id)
        work.look_again()
        if queries.has_people(work.session, circle.id):
            raise CircleNotEmpty(name=circle.name)
        if circles == {circle.id}:
            raise LastCircle
        for step in steps:
            step(work, circle.id)
        withdraw_all(work, circle.id)
        work.session.execute(delete(Circle).where(Circle.id == circle.id))
        audit.record(work, "circle.ended", circle.id)


_CLEAN: Mapping[str, Callable[[str], str]] = {
    "name": clean_label,
    "language": clean_language,
    "zone": clean_zone,
}
