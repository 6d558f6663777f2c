"""Commands about roles: what they let people do, and who has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kinkeeper.app.commands import here, lists
from kinkeeper.app.terminal import say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account

_ = translated


@click.group(help=_("List, give and take back roles."), invoke_without_command=True)
@lists.for_programs
@click.pass_context
def roles(context: click.Context, *, as_json: bool) -> None:
    lists.list_where_nothing_is_asked(context, list_roles, as_json=as_json)


@roles.command("list", help=_("List every role with what it lets people do, or who has them."))
@click.option("--people", is_flag=True, help=_("Who has which role."))
@lists.for_programs
def list_roles(*, people: bool, as_json: bool) -> None:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - `--help` needs none of this
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    here.open_here()
    if people:
        rows = [_grant_row(line) for line in queries.every_grant(read_session())]
    else:
        rows = [
            {"role": role.name, "title": _title(role), "rights": sorted(role.rights)}
            for role in queries.roles_there_are(read_session())
        ]
    lists.print_rows(rows, as_json=as_json)


def _for_what(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command be told for what a role is: the widest is no default."""
    house = click.option("--house", "scope", flag_value="house", help=_("For everything in this house."))
    circle = click.option("--circle", "scope", flag_value="circle", help=_("For their own circle only."))
    return house(circle(command))


@roles.command(help=_("Let somebody have a role, for the house or for their circle."))
@click.argument("email")
@click.argument("role")
@_for_what
def grant(email: str, role: str, scope: str | None) -> None:
    from kinkeeper.features.accounts.service import granting  # noqa: PLC0415 - as above
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415
    from kinkeeper.kernel.roles import Scope  # noqa: PLC0415

    chosen = _chosen(scope)
    here.open_here()
    account = here.account_named(email)
    granting.grant_role_to(
        SYSTEM, account.person_id, role, scope=Scope(chosen), scope_id=_place_of(account, chosen)
    )
    say(mark("%(email)s has the role now: %(role)s"), email=account.email, role=role)


@roles.command(help=_("Take a role back, at once."))
@click.argument("email")
@click.argument("role")
@_for_what
def withdraw(email: str, role: str, scope: str | None) -> None:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - as above
    from kinkeeper.features.accounts.service import granting  # noqa: PLC0415
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    chosen = _chosen(scope)
    here.open_here()
    account = here.account_named(email)
    grant_id = queries.grant_id_of(read_session(), account.person_id, role, _place_of(account, chosen))
    if grant_id is None:
        here.stop(mark("%(email)s does not have this role: %(role)s"), email=account.email, role=role)
    granting.withdraw_grant(SYSTEM, grant_id)
    say(mark("%(email)s has the role no longer: %(role)s"), email=account.email, role=role)


def _chosen(scope: str | None) -> str:
    if scope is None:
        raise click.UsageError(
            translated(
                mark(
                    "Say what for: --house for everything in this house, --circle for their own circle only."
                )
            )
        )
    return scope


def _place_of(account: Account, scope: str) -> UUID:
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - as above
    from kinkeeper.kernel.roles import HOUSE  # noqa: PLC0415
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    return HOUSE if scope == "house" else queries.circle_of(read_session(), account.person_id).id


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
