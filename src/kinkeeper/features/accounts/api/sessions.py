"""Endpoints by which programs sign in with a password, under /api/v1/auth and, as the seed has it, /auth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.schemas.sessions import AskedOut, Login, Logout, PassOut, Refresh, Register
from kinkeeper.features.accounts.schemas.users import UserOut
from kinkeeper.features.accounts.service import programs, registering
from kinkeeper.features.accounts.service.programs import Claimed, Terms
from kinkeeper.features.accounts.service.registering import Newcomer
from kinkeeper.kernel.actor import ANONYMOUS, Actor
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, answer
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from uuid import UUID

    from flask_openapi.types import ResponseDict

    from kinkeeper.features.accounts.service.programs import Pass
    from kinkeeper.kernel.config import Settings

SIGNED_OUT: list[dict[str, list[str]]] = []
"""What OpenAPI calls security that nothing is needed for."""


def register(body: Register) -> Response:
    """Ask for an account, where the house is open to everybody. A letter leads on to choosing a password."""
    newcomer = Newcomer(body.email, body.name, body.circle, body.language, settings().zone)
    is_open = settings().registration == "open"
    registering.register(ANONYMOUS, newcomer, address=security.client_address(), is_open=is_open)
    return answer(AskedOut(email=body.email), mark("Please look into your mailbox."), status=202)


def login(body: Login) -> Response:
    """Sign in, and get an access token for some minutes and a refresh token to renew it with.

    Where the account has a second factor, the first answer is 401 with `account.code_needed`: send the same
    again with `code`. Where the address was never confirmed, it is 403 with `account.not_verified`: a letter
    is on its way, and its reader chooses a password.
    """
    claimed = Claimed(body.email or body.username or "", body.password, body.code)
    got = programs.sign_in(
        ANONYMOUS, claimed, program=body.program, address=security.client_address(), terms=_terms()
    )
    return _answer(got, mark("Signed in"))


def refresh(body: Refresh) -> Response:
    """Renew the access token. Each refresh token works once; using one again later ends the session."""
    return _answer(programs.refresh(ANONYMOUS, body.refresh_token, terms=_terms()), mark("Token refreshed"))


def logout(body: Logout) -> Response:
    """End the session at once: neither of its tokens works any more."""
    actor = ANONYMOUS if body.refresh_token is not None else current_actor()
    programs.sign_out(actor, body.refresh_token)
    return Response(status=204)


def me() -> Response:
    """Who the sent token is for."""
    return answer(_user(current_actor().account_id), mark("User found"))


def terms_of(house: Settings) -> Terms:
    """Answer how long what programs hold is good for in this house."""
    return Terms(house.access_life, house.refresh_life, house.address)


def _terms() -> Terms:
    return terms_of(settings())


def _user(account_id: UUID | None) -> UserOut:
    assert account_id is not None  # noqa: S101 - told to the type checker: the door lets accounts in only
    return UserOut.of(queries.user(read_session(), Actor("", account_id=account_id), account_id))


def _answer(got: Pass, message: str) -> Response:
    out = PassOut(
        access_token=got.access_token,
        expires_in=int(settings().access_life.total_seconds()),
        refresh_token=got.refresh_token,
        user=_user(got.account_id),
    )
    return answer(out, message)


def _endpoints(name: str, prefix: str, *, is_shown: bool) -> APIBlueprint:
    """Answer the endpoints under an address; the same under a second one need no second description."""
    found = APIBlueprint(
        name,
        __name__,
        url_prefix=prefix,
        abp_tags=[Tag(name="auth", description=mark("Signing in with a password, for programs."))],
        abp_responses={401: ErrorAnswer, 422: ErrorAnswer, 429: ErrorAnswer},
        doc_ui=is_shown,
    )
    got: ResponseDict = {200: Answer[PassOut]}
    found.post(
        "/register",
        summary="Ask for an account",
        responses={202: Answer[AskedOut], 403: ErrorAnswer},
        security=SIGNED_OUT,
    )(register)
    found.post("/login", summary="Sign in", responses={**got, 403: ErrorAnswer}, security=SIGNED_OUT)(login)
    found.post("/refresh", summary="Renew the access token", responses=got, security=SIGNED_OUT)(refresh)
    found.post("/logout", summary="Sign out", responses={204: None}, security=[{"token": []}, {}])(logout)
    found.get(
        "/me",
        summary="Look at yourself",
        responses={200: Answer[UserOut], 403: ErrorAnswer},
        security=[{"token": []}],
    )(me)
    return found


sessions = _endpoints("auth_api", "/api/v1/auth", is_shown=True)
sessions_of_seed = _endpoints("auth", "/auth", is_shown=False)
