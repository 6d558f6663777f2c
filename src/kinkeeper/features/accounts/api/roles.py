"""Endpoints of roles, under /api/v1/roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.schemas.roles import (
    ChangedRole,
    GrantOut,
    GrantPath,
    NewGrant,
    NewRole,
    RoleOut,
    RolePath,
)
from kinkeeper.features.accounts.service import custom_roles, granting
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.roles import HOUSE, Scope
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer, Paging, answer, answer_page, unless_changed

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

roles = APIBlueprint(
    "roles_api",
    __name__,
    url_prefix="/api/v1/roles",
    abp_tags=[Tag(name="roles", description=mark("What people may do, and who has which role."))],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer},
)


@roles.get("", summary="List roles", responses={200: PageAnswer[RoleOut]})
def list_roles(query: Paging) -> Response:
    """Those that every house has first, then this house's own."""
    found = queries.roles_seen_by(read_session(), current_actor())
    page = Page.of(found, query.page, query.per_page)
    return answer_page(page, [RoleOut.of(role) for role in page.items])


@roles.post("", summary="Make up a role", responses={201: Answer[RoleOut], 409: ErrorAnswer})
def make_role(body: NewRole) -> Response:
    """A named set of rights, of which you have every one yourself."""
    custom_roles.make_role(current_actor(), body.name, body.title, body.rights)
    return _answer_role(body.name, mark("Role made"), status=201)


@roles.get("/<name>", summary="Look at a role", responses={200: Answer[RoleOut]})
def get_role(path: RolePath) -> Response:
    """What it lets people do."""
    return _answer_role(path.name, mark("Role found"))


@roles.patch(
    "/<name>", summary="Change a role", responses={200: Answer[RoleOut], 409: ErrorAnswer, 412: ErrorAnswer}
)
def change_role(path: RolePath, body: ChangedRole) -> Response:
    """From the next request on of everybody who has it; those that every house has cannot be changed."""
    with _unless_changed(path.name):
        custom_roles.change_role(current_actor(), path.name, **body.model_dump(exclude_unset=True))
    return _answer_role(path.name, mark("Role changed"))


@roles.delete("/<name>", summary="Delete a role", responses={204: None, 412: ErrorAnswer})
def delete_role(path: RolePath) -> Response:
    """Whoever has it has it no longer."""
    with _unless_changed(path.name):
        custom_roles.delete_role(current_actor(), path.name)
    return Response(status=204)


@roles.get("/<name>/grants", summary="List who has a role", responses={200: PageAnswer[GrantOut]})
def list_grants(path: RolePath, query: Paging) -> Response:
    """By name, for the house, for circles and for exchanges."""
    _seen(path.name)
    page = queries.all_grants(
        read_session(), current_actor(), role=path.name, page=query.page, per_page=query.per_page
    )
    return answer_page(page, [GrantOut.of(line) for line in page.items])


@roles.post("/<name>/grants", summary="Give a role", responses={201: Answer[GrantOut], 409: ErrorAnswer})
def give_role(path: RolePath, body: NewGrant) -> Response:
    """For the house, or for a circle in which you may give roles; never more than you have there yourself."""
    scope_id = HOUSE if body.circle_id is None else body.circle_id
    granting.grant_role_to(
        current_actor(), body.person_id, path.name, scope=Scope(body.scope), scope_id=scope_id
    )
    line = queries.grant_line(read_session(), body.person_id, path.name, scope_id)
    location = f"/api/v1/roles/{path.name}/grants/{line.id}"
    return answer(GrantOut.of(line), mark("Role given"), status=201, location=location)


@roles.get(
    "/<name>/grants/<uuid:grant_id>", summary="Look at who has a role", responses={200: Answer[GrantOut]}
)
def get_grant(path: GrantPath) -> Response:
    """For the house, or for a circle in which you may give roles."""
    line = queries.grant_seen(read_session(), current_actor(), path.name, path.grant_id)
    return answer(GrantOut.of(line), mark("Role found"))


@roles.delete(
    "/<name>/grants/<uuid:grant_id>",
    summary="Take a role back",
    responses={204: None, 409: ErrorAnswer, 412: ErrorAnswer},
)
def withdraw_grant(path: GrantPath) -> Response:
    """At once; the last administrator stays."""
    if queries.grant(read_session(), path.grant_id).role != path.name:
        raise NotFound
    with _unless_grant_changed(path):
        granting.withdraw_grant(current_actor(), path.grant_id)
    return Response(status=204)


def _seen(name: str) -> RoleOut:
    queries.roles_seen_by(read_session(), current_actor())
    return RoleOut.of(queries.role_named(read_session(), name))


def _unless_changed(name: str) -> AbstractContextManager[None]:
    return unless_changed(lambda session: RoleOut.of(queries.role_named(session, name)))


def _unless_grant_changed(path: GrantPath) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(
        lambda session: GrantOut.of(queries.grant_seen(session, actor, path.name, path.grant_id))
    )


def _answer_role(name: str, message: str, *, status: int = 200) -> Response:
    location = f"/api/v1/roles/{name}" if status == 201 else ""  # noqa: PLR2004 - Created
    return answer(_seen(name), message, status=status, location=location)
