"""Endpoints of the address book, under /api/v1/people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.schemas.circles import NamedOut
from kinkeeper.features.accounts.schemas.people import (
    ChangedPerson,
    ChildMark,
    GuardianPath,
    MergeInto,
    NewGuardians,
    NewPerson,
    PeopleQuery,
    PersonOut,
    PersonPath,
)
from kinkeeper.features.accounts.service import book, caring, erasing
from kinkeeper.features.accounts.service.book import About
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer, Paging, answer, answer_page, unless_changed
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

    from flask_openapi.types import ResponseDict
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor

people = APIBlueprint(
    "people_api",
    __name__,
    url_prefix="/api/v1/people",
    abp_tags=[Tag(name="people", description=mark("Address books of the circles whose people you may see."))],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer},
)
CHANGED: ResponseDict = {200: Answer[PersonOut], 409: ErrorAnswer, 412: ErrorAnswer}
CREATED = 201


@people.get("", summary="List people", responses={200: PageAnswer[PersonOut]})
def list_people(query: PeopleQuery) -> Response:
    """One circle's, or those of all whose address books you may read; circle by circle, by the alphabet."""
    page = queries.book_of(
        read_session(),
        current_actor(),
        circle_id=query.circle_id,
        q=query.q,
        page=query.page,
        per_page=query.per_page,
    )
    ties = queries.ties_of(read_session(), page.items)
    return answer_page(page, [PersonOut.of(line, ties) for line in page.items])


@people.post("", summary="Add somebody", responses={201: Answer[PersonOut], 409: ErrorAnswer})
def add_person(body: NewPerson) -> Response:
    """Put somebody into a circle's address book; nobody is written to."""
    about = About(**body.model_dump(exclude={"circle_id"}))
    person_id = book.add_person(current_actor(), body.circle_id, about)
    return _answer(person_id, mark("Person created"), status=CREATED)


@people.get("/<uuid:person_id>", summary="Look at somebody", responses={200: Answer[PersonOut]})
def get_person(path: PersonPath) -> Response:
    """What the address book says of them, and who belongs to them."""
    return _answer(path.person_id, mark("Person found"))


@people.patch("/<uuid:person_id>", summary="Change somebody's entry", responses=CHANGED)
def change_person(path: PersonPath, body: ChangedPerson) -> Response:
    """Of whoever has no account; an address only while nobody counts on them anywhere."""
    with _unless_changed(path.person_id):
        book.change_person(
            current_actor(),
            path.person_id,
            body.model_dump(exclude_unset=True),
            steps=steps().readers,
            expected=steps().expected,
        )
    return _answer(path.person_id, mark("Person changed"))


@people.delete(
    "/<uuid:person_id>", summary="Forget somebody", responses={204: None, 409: ErrorAnswer, 412: ErrorAnswer}
)
def erase_person(path: PersonPath) -> Response:
    """Everything that is kept of them goes; it cannot be undone."""
    with _unless_changed(path.person_id):
        erasing.erase_person(current_actor(), path.person_id, steps=steps().erase)
    return Response(status=204)


@people.post("/<uuid:person_id>/merge", summary="Make two entries one", responses=CHANGED)
def merge(path: PersonPath, body: MergeInto) -> Response:
    """This entry goes, the one named stays and is answered; it cannot be undone."""
    with _unless_changed(path.person_id):
        merge_people(current_actor(), path.person_id, body.into, steps=steps().merge)
    return _answer(body.into, mark("People merged"))


@people.put("/<uuid:person_id>/child", summary="Say whether somebody is a child", responses=CHANGED)
def say_child(path: PersonPath, body: ChildMark) -> Response:
    """In their circle: with an account a child takes part, and begins nothing."""
    with _unless_changed(path.person_id):
        caring.say_child(current_actor(), path.person_id, is_child=body.is_child)
    return _answer(path.person_id, mark("Person changed"))


@people.get(
    "/<uuid:person_id>/guardians",
    summary="List who looks after somebody",
    responses={200: PageAnswer[NamedOut]},
)
def list_guardians(path: PersonPath, query: Paging) -> Response:
    """Whoever gets the letters of somebody without an address."""
    found = _person(read_session(), current_actor(), path.person_id)
    page = Page.of(found.guardians, query.page, query.per_page)
    return answer_page(page, page.items)


@people.post("/<uuid:person_id>/guardians", summary="Appoint guardians", responses=CHANGED)
def appoint_guardians(path: PersonPath, body: NewGuardians) -> Response:
    """Besides those who are; all of them are told by letter. Not while the names of a draw are at stake."""
    with _unless_changed(path.person_id):
        caring.appoint_guardians(current_actor(), path.person_id, body.guardian_ids, steps=steps().readers)
    return _answer(path.person_id, mark("Guardians appointed"))


@people.delete(
    "/<uuid:person_id>/guardians/<uuid:guardian_id>",
    summary="Remove a guardian",
    responses={204: None, 409: ErrorAnswer, 412: ErrorAnswer},
)
def remove_guardian(path: GuardianPath) -> Response:
    """Not the last one of whom somebody counts on."""
    with _unless_changed(path.person_id):
        caring.remove_guardian(current_actor(), path.person_id, path.guardian_id, expected=steps().expected)
    return Response(status=204)


def _unless_changed(person_id: UUID) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(lambda session: _person(session, actor, person_id))


def _answer(person_id: UUID, message: str, *, status: int = 200) -> Response:
    found = _person(read_session(), current_actor(), person_id)
    location = f"/api/v1/people/{person_id}" if status == CREATED else ""
    return answer(found, message, status=status, location=location)


def _person(session: Session, actor: Actor, person_id: UUID) -> PersonOut:
    line = queries.entry_of(session, actor, person_id)
    return PersonOut.of(line, queries.ties_of(session, [line]))
