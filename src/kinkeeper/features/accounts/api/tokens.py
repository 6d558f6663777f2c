"""Endpoints of one's own personal access tokens, under /api/v1/tokens."""

from __future__ import annotations

from flask import Response, current_app
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.schemas.tokens import MadeTokenOut, NewToken, TokenOut, TokenPath
from kinkeeper.features.accounts.service.sessions import EVERYTHING
from kinkeeper.features.accounts.service.tokens import NoSuchScope, make_token, revoke_token
from kinkeeper.kernel import crypto
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor, scopes_there_are
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer, Paging, answer, answer_page, unless_changed

tokens = APIBlueprint(
    "tokens_api",
    __name__,
    url_prefix="/api/v1/tokens",
    abp_tags=[Tag(name="tokens", description=mark("Your personal access tokens."))],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer},
)


@tokens.get("", summary="List tokens", responses={200: PageAnswer[TokenOut]})
def list_tokens(query: Paging) -> Response:
    """Your own, newest first."""
    page = queries.own_tokens(read_session(), current_actor(), page=query.page, per_page=query.per_page)
    return answer_page(page, [TokenOut.of(token) for token in page.items])


@tokens.post("", summary="Make a token", responses={201: Answer[MadeTokenOut], 409: ErrorAnswer})
def new_token(body: NewToken) -> Response:
    """The answer shows it, this once.

    Sign in within the quarter of an hour before. A personal access token cannot make another, and at most
    50 of an account work at once.
    """
    actor = current_actor()
    secret = make_token(actor, body.name, days=body.days, scopes=_known(body.scopes))
    made = queries.own_token_made(read_session(), actor, crypto.token_digest(secret))
    out = MadeTokenOut(**TokenOut.of(made).model_dump(), token=secret)
    return answer(out, mark("Token made"), status=201, location=f"/api/v1/tokens/{made.id}")


@tokens.get("/<uuid:token_id>", summary="Look at a token", responses={200: Answer[TokenOut]})
def get_token(path: TokenPath) -> Response:
    """One of your own; never its secret."""
    found = queries.own_token(read_session(), current_actor(), path.token_id)
    return answer(TokenOut.of(found), mark("Token found"))


@tokens.delete("/<uuid:token_id>", summary="Revoke a token", responses={204: None, 412: ErrorAnswer})
def end_token(path: TokenPath) -> Response:
    """It works no more at once."""
    actor = current_actor()
    with unless_changed(lambda session: TokenOut.of(queries.own_token(session, actor, path.token_id))):
        revoke_token(actor, path.token_id)
    return Response(status=204)


def _known(wanted: list[str]) -> frozenset[str] | None:
    """Answer what the token is for; None for everything. Raises NoSuchScope."""
    there_are = scopes_there_are(current_app)
    if wanted == [EVERYTHING]:
        return None
    if not set(wanted) <= set(there_are):
        raise NoSuchScope(scopes=(EVERYTHING, *there_are))
    return frozenset(wanted)
