"""Commands that let people in and out: which accounts there are, and closing and opening them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kinkeeper.app import keeping
from kinkeeper.app.terminal import say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from kinkeeper.features.accounts.queries import UserLine
    from kinkeeper.kernel.actor import Actor

_ = translated


@click.group(help=_("List accounts, and let people in and out."))
def users() -> None:
    pass


@users.command("list", help=_("List every account, the oldest first; those in the bin are left out."))
@click.option("--deleted", is_flag=True, help=_("Those in the bin instead."))
@click.option("--json", "as_json", is_flag=True, help=_("For programs."))
def list_users(*, deleted: bool, as_json: bool) -> None:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - `--help` needs none of this
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    keeping.open_here()
    lines = queries.every_user(read_session(), is_deleted=deleted)
    keeping.print_rows([_row(line) for line in lines], as_json=as_json)


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
    from kinkeeper.features.accounts.service import closing_accounts  # noqa: PLC0415 - as above

    _act(closing_accounts.delete_account, email, mark("%(email)s is in the bin."))


@users.command(help=_("Take an account out of the bin; its roles are not given back."))
@click.argument("email")
def restore(email: str) -> None:
    from kinkeeper.features.accounts.service import closing_accounts  # noqa: PLC0415 - as above

    _act(closing_accounts.restore_account, email, mark("%(email)s is restored."))


def _act(verb: Callable[[Actor, UUID], None], email: str, done: str) -> None:
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415 - as above

    keeping.open_here()
    account = keeping.account_named(email)
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
