"""Commands about accounts: which there are, and letting people in and out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from kinkeeper.app.commands import here, lists
from kinkeeper.app.terminal import say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from kinkeeper.features.accounts.queries import UserLine
    from kinkeeper.kernel.actor import Actor

_ = translated


@click.group(help=_("List accounts, and let people in and out."), invoke_without_command=True)
@lists.for_programs
@click.pass_context
def users(context: click.Context, *, as_json: bool) -> None:
    lists.list_where_nothing_is_asked(context, list_users, as_json=as_json)


@users.command("list", help=_("List every account, the oldest first; those in the bin are left out."))
@click.option("--deleted", is_flag=True, help=_("Those in the bin instead."))
@lists.for_programs
def list_users(*, deleted: bool, as_json: bool) -> None:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - `--help` needs none of this
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    here.open_here()
    lines = queries.every_user(read_session(), is_deleted=deleted)
    lists.print_rows([_row(line) for line in lines], as_json=as_json)


@users.command(help=_("Let somebody in no more, for a while; all that they are signed in with ends at once."))
@click.argument("email")
def deactivate(email: str) -> None:
    from kinkeeper.features.accounts.service import closing_accounts  # noqa: PLC0415 - as above

    _act(closing_accounts.deactivate_account, email, mark("%(email)s is deactivated."))


@users.command(help=_("Let somebody in again."))
@click.argument("email")
def reactivate(email: str) -> None:
    from kinkeeper.features.accounts.service import closing_accounts  # noqa: PLC0415 - as above

    _act(closing_accounts.reactivate_account, email, mark("%(email)s can sign in again."))


@users.command(help=_("Put an account into the bin for 30 days; its roles are taken back at once."))
@click.argument("email")
def delete(email: str) -> None:
    from kinkeeper.app.features import STEPS  # noqa: PLC0415 - as above
    from kinkeeper.features.accounts.service import closing_accounts  # noqa: PLC0415

    _act(partial(closing_accounts.delete_account, steps=STEPS.close), email, mark("%(email)s is in the bin."))


@users.command(help=_("Take an account out of the bin; its roles are not given back."))
@click.argument("email")
def restore(email: str) -> None:
    from kinkeeper.features.accounts.service import closing_accounts  # noqa: PLC0415 - as above

    done = mark("%(email)s is restored, without roles: give them anew.")
    _act(closing_accounts.restore_account, email, done)


@users.command(
    "end-second-factor",
    help=_("Ask somebody for no code any more, who has lost their app and their recovery codes."),
)
@click.argument("email")
def end_second_factor(email: str) -> None:
    from kinkeeper.features.accounts.service.keeping_second_factor import (  # noqa: PLC0415 - as above
        end_second_factor_of,
    )

    done = mark("Signing in asks %(email)s for no code any more, and a letter tells them so.")
    _act(end_second_factor_of, email, done)


def _act(verb: Callable[[Actor, UUID], None], email: str, done: str) -> None:
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415 - as above

    here.open_here()
    account = here.account_named(email)
    verb(SYSTEM, account.id)
    say(done, email=account.email)


def _row(line: UserLine) -> dict[str, Any]:
    is_open = line.deactivated_at is None and line.deleted_at is None
    return {
        "id": str(line.id),
        "email": line.email,
        "username": line.username,
        "name": line.name,
        "roles": list(line.roles),
        "is_active": is_open,
        "is_verified": line.verified_at is not None,
        "has_second_factor": line.totp_confirmed_at is not None,
        "created_at": line.created_at.isoformat(),
        "deleted_at": None if line.deleted_at is None else line.deleted_at.isoformat(),
    }
