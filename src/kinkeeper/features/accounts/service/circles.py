"""Circles: beginning one, saying what it is called and where it lives, and ending one that is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Circle
from kinkeeper.features.accounts.permissions import may_found_circles, may_keep_circle, may_see_circle
from kinkeeper.features.accounts.rules import clean_label
from kinkeeper.features.accounts.rules.localities import clean_language, clean_zone
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.granting import grant_role, withdraw_all
from kinkeeper.kernel.errors import Conflict
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
    """Step: put a circle of nobody into the house."""
    circle = Circle(
        name=clean_label(name),
        language=clean_language(language),
        zone=clean_zone(zone),
        created_at=work.now,
    )
    work.session.add(circle)
    return circle


def change_circle(actor: Actor, circle_id: UUID, changes: Mapping[str, Any]) -> None:
    """Say some of a circle anew: `name`, `language`, `zone`; what goes on in it keeps what it was told."""
    with transaction(actor) as work:
        circle = queries.circle_for_change(work.session, circle_id)
        work.authorize(may_keep_circle, circle, visible=may_see_circle)
        for name, clean in _CLEAN.items():
            if name in changes:
                setattr(circle, name, clean(changes[name]))
        audit.record(work, "circle.changed", circle.id, changed=sorted(changes.keys() & _CLEAN.keys()))


def end_circle(actor: Actor, circle_id: UUID, *, steps: Iterable[EndStep]) -> None:
    """End a circle in which nobody is and nothing goes on; every feature may say that something does.

    Roles that were granted for it go along.
    """
    with transaction(actor) as work:
        circles = queries.circles_for_change(work.session)
        circle = queries.circle_for_change(work.session, circle_id)
        work.authorize(may_found_circles, circle, visible=may_see_circle)
        refuse_stale_browser(work)
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
