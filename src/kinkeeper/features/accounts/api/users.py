"""Endpoints of accounts, under /api/v1/users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.queries import Wanted
from kinkeeper.features.accounts.schemas.users import (
    ChangedUser,
    NewUser,
    Order,
    UserOut,
    UserPath,
    UserQuery,
    WholeUser,
)
from kinkeeper.features.accounts.service import closing_accounts, keeping_accounts, keeping_second_factor
from kinkeeper.features.accounts.service.keeping_accounts import NewAccount
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer, answer, answer_page, unless_changed
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any
    from uuid import UUID

    from flask_openapi.types import ResponseDict

users = APIBlueprint(
    "users_api",
    __name__,
    url_prefix="/api/v1/users",
    abp_tags=[Tag(name="users", description=mark("Accounts of this house."))],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer},
)
CHANGED: ResponseDict = {200: Answer[UserOut], 409: ErrorAnswer, 412: ErrorAnswer}


@users.get("", summary="List users", responses={200: PageAnswer[UserOut]})
def list_users(query: UserQuery) -> Response:
    """Every account, for whoever may see them."""
    wanted = Wanted(query.q, query.is_active, query.deleted, query.sort is Order.NEWEST_FIRST)
    page = queries.users(read_session(), current_actor(), wanted, page=query.page, per_page=query.per_page)
    return answer_page(page, [UserOut.of(line) for line in page.items])


@users.post("", summary="Create a user", responses={201: Answer[UserOut], 409: ErrorAnswer})
def create_user(body: NewUser) -> Response:
    """Make an account; without a password they are sent a link to choose one. It gives nobody a role."""
    newcomer = NewAccount(**body.model_dump())
    user_id = keeping_accounts.create_account(current_actor(), newcomer)
    return _answer(user_id, mark("User created"), status=201)


@users.get("/<uuid:user_id>", summary="Look at a user", responses={200: Answer[UserOut]})
def get_user(path: UserPath) -> Response:
    """Your own account, or any that you may see."""
    return _answer(path.user_id, mark("User found"))


@users.put("/<uuid:user_id>", summary="Say a user anew", responses=CHANGED)
def put_user(path: UserPath, body: WholeUser) -> Response:
    """Say all of it; another address has to be verified again, and what was signed in ends.

    For another address an access token has to be for everything (`*`).
    """
    return _change(path.user_id, body.model_dump())


@users.patch("/<uuid:user_id>", summary="Change a user", responses=CHANGED)
def change_user(path: UserPath, body: ChangedUser) -> Response:
    """Say some of it. Everybody changes their own, but for the address, which changes by a mailed link.

    For the address of somebody else an access token has to be for everything (`*`).
    """
    return _change(path.user_id, body.model_dump(exclude_unset=True))


@users.delete(
    "/<uuid:user_id>", summary="Delete a user", responses={204: None, 409: ErrorAnswer, 412: ErrorAnswer}
)
def delete_user(path: UserPath) -> Response:
    """Put an account into the bin for 30 days; sessions, tokens and roles end at once."""
    with _unless_changed(path.user_id):
        closing_accounts.delete_account(current_actor(), path.user_id, steps=steps().close)
    return Response(status=204)


@users.post("/<uuid:user_id>/deactivate", summary="Deactivate a user", responses=CHANGED)
def deactivate_user(path: UserPath) -> Response:
    """Let somebody in no more, for a while; sessions and tokens end at once."""
    with _unless_changed(path.user_id):
        closing_accounts.deactivate_account(current_actor(), path.user_id)
    return _answer(path.user_id, mark("User deactivated"))


@users.post("/<uuid:user_id>/reactivate", summary="Reactivate a user", responses=CHANGED)
def reactivate_user(path: UserPath) -> Response:
    """Let somebody in again."""
    with _unless_changed(path.user_id):
        closing_accounts.reactivate_account(current_actor(), path.user_id)
    return _answer(path.user_id, mark("User reactivated"))


@users.post("/<uuid:user_id>/restore", summary="Restore a user", responses=CHANGED)
def restore_user(path: UserPath) -> Response:
    """Take an account out of the bin; roles are not given back."""
    with _unless_changed(path.user_id):
        closing_accounts.restore_account(current_actor(), path.user_id)
    return _answer(path.user_id, mark("User restored"))


@users.post("/<uuid:user_id>/second-factor/end", summary="End a user’s second factor", responses=CHANGED)
def end_second_factor_of_user(path: UserPath) -> Response:
    """Ask them for no code any more, who have lost app and recovery codes; a letter tells them so.

    An access token has to be for everything (`*`).
    """
    with _unless_changed(path.user_id):
        keeping_second_factor.end_second_factor_of(current_actor(), path.user_id)
    return _answer(path.user_id, mark("Second factor ended"))


def _change(user_id: UUID, changes: dict[str, Any]) -> Response:
    with _unless_changed(user_id):
        keeping_accounts.change_account(current_actor(), user_id, changes, steps=steps().readers)
    return _answer(user_id, mark("User changed"))


def _unless_changed(user_id: UUID) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(lambda session: UserOut.of(queries.user(session, actor, user_id)))


def _answer(user_id: UUID, message: str, *, status: int = 200) -> Response:
    found = UserOut.of(queries.user(read_session(), current_actor(), user_id))
    location = f"/api/v1/users/{user_id}" if status == 201 else ""  # noqa: PLR2004 - Created
    return answer(found, message, status=status, location=location)
