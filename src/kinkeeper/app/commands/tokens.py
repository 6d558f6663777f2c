"""Commands about access tokens: which there are, and ending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kinkeeper.app.commands import here, lists
from kinkeeper.app.terminal import say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from uuid import UUID

_ = translated


@click.group(help=_("List and revoke access tokens."), invoke_without_command=True)
@lists.for_programs
@click.pass_context
def tokens(context: click.Context, *, as_json: bool) -> None:
    lists.list_where_nothing_is_asked(context, list_tokens, as_json=as_json)


@tokens.command("list", help=_("List every access token, and whose it is; never the token itself."))
@lists.for_programs
def list_tokens(*, as_json: bool) -> None:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - `--help` needs none of this
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    here.open_here()
    rows = [
        {
            "id": str(row.id),
            "email": row.email,
            "name": row.name,
            "scopes": row.scopes.split(),
            "ends_at": row.ends_at.isoformat(),
            "used_at": None if row.used_at is None else row.used_at.isoformat(),
        }
        for row in queries.every_token(read_session())
    ]
    lists.print_rows(rows, as_json=as_json)


@tokens.command(help=_("End an access token at once."))
@click.argument("token_id", type=click.UUID)
def revoke(token_id: UUID) -> None:
    from kinkeeper.features.accounts.service.tokens import (  # noqa: PLC0415 - as above
        revoke_anybodys_token,
    )
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415

    here.open_here()
    revoke_anybodys_token(SYSTEM, token_id)
    say(mark("That access token no longer works."))
