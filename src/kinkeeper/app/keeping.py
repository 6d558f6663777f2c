"""Commands that keep a house: who has which role, and which access tokens there are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click
import orjson

from kinkeeper.app.terminal import say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account

_ = translated


def print_rows(rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows for programs, or as columns for people."""
    if as_json:
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    head = [name.replace("_", " ").upper() for name in rows[0]] if rows else []
    cells = [head, *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells if rows else ():
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "-" if value is None else str(value)


@click.group(help=_("List, give and take back roles."))
def roles() -> None:
    pass


@roles.command("list", help=_("List every role with what it lets people do, or who has them."))
@click.option("--people", is_flag=True, help=_("Who has which role."))
@click.option("--json", "as_json", is_flag=True, help=_("For programs."))
def list_roles(*, people: bool, as_json: bool) -> None:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - `--help` needs none of this
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    open_here()
    if people:
        rows = [_grant_row(line) for line in queries.every_grant(read_session())]
    else:
        rows = [
            {"role": role.name, "title": _title(role), "rights": sorted(role.rights)}
            for role in queries.roles_there_are(read_session())
        ]
    print_rows(rows, as_json=as_json)


@roles.command(help=_("Let somebody have a role, for the house or for their circle."))
@click.argument("email")
@click.argument("role")
@click.option("--circle", "in_circle", is_flag=True, help=_("For their own circle only."))
def grant(email: str, role: str, *, in_circle: bool) -> None:
    from kinkeeper.features.accounts.service import granting  # noqa: PLC0415 - as above
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415
    from kinkeeper.kernel.roles import HOUSE, Scope  # noqa: PLC0415

    open_here()
    account = account_named(email)
    scope = Scope.CIRCLE if in_circle else Scope.HOUSE
    scope_id = _home_of(account) if in_circle else HOUSE
    granting.grant_role_to(SYSTEM, account.person_id, role, scope=scope, scope_id=scope_id)
    say(mark("%(email)s has the role now: %(role)s"), email=account.email, role=role)


@roles.command(help=_("Take a role back, at once."))
@click.argument("email")
@click.argument("role")
@click.option("--circle", "in_circle", is_flag=True, help=_("For their own circle only."))
def withdraw(email: str, role: str, *, in_circle: bool) -> None:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - as above
    from kinkeeper.features.accounts.service import granting  # noqa: PLC0415
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415
    from kinkeeper.kernel.roles import HOUSE  # noqa: PLC0415
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    open_here()
    account = account_named(email)
    scope_id = _home_of(account) if in_circle else HOUSE
    grant_id = queries.grant_id_of(read_session(), account.person_id, role, scope_id)
    if grant_id is None:
        _stop(mark("%(email)s does not have this role: %(role)s"), email=account.email, role=role)
    granting.withdraw_grant(SYSTEM, grant_id)
    say(mark("%(email)s has the role no longer: %(role)s"), email=account.email, role=role)


@click.group(help=_("List and revoke access tokens."))
def tokens() -> None:
    pass


@tokens.command("list", help=_("List every access token, and whose it is; never the token itself."))
@click.option("--json", "as_json", is_flag=True, help=_("For programs."))
def list_tokens(*, as_json: bool) -> None:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - as above
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    open_here()
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
    print_rows(rows, as_json=as_json)


@tokens.command(help=_("End an access token at once."))
@click.argument("token_id", type=click.UUID)
def revoke(token_id: UUID) -> None:
    from kinkeeper.features.accounts.service.revoking import (  # noqa: PLC0415 - as above
        revoke_anybodys_token,
    )
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415

    open_here()
    revoke_anybodys_token(SYSTEM, token_id)
    say(mark("That access token no longer works."))


def open_here() -> None:
    """Open the house that the settings name."""
    from kinkeeper.app.house import open_house  # noqa: PLC0415 - as above
    from kinkeeper.app.terminal import read_settings  # noqa: PLC0415

    open_house(read_settings())


def account_named(email: str) -> Account:
    """Answer the account that signs in with this address, or say that there is none and stop."""
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - as above
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    account = queries.account_by_email(read_session(), email.strip().lower())
    if account is None:
        _stop(mark("Nobody signs in with %(email)s."), email=email)
    return account


def _stop(message: str, **gaps: object) -> NoReturn:
    click.echo(translated(message, **gaps), err=True)
    sys.exit(1)


def _home_of(account: Account) -> UUID:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - as above
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    return queries.circle_of(read_session(), account.person_id).id


def _grant_row(line: Any) -> dict[str, Any]:  # noqa: ANN401 - a line of grants
    where = {"house": None, "circle": line.circle}.get(line.scope, str(line.scope_id))
    return {
        "email": line.email,
        "name": line.person,
        "role": line.role,
        "scope": line.scope,
        "where": where,
        "since": line.since_at.isoformat(),
    }


def _title(role: Any) -> str:  # noqa: ANN401 - a line of roles
    return translated(role.title) if role.is_built_in else role.title
