"""Commands about the database: which version its tables are, and bringing them to this one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kinkeeper.app.commands import here
from kinkeeper.app.commands.lists import print_json
from kinkeeper.app.terminal import read_settings, say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from kinkeeper.kernel.config import Settings

_ = translated


@click.command(help=_("Bring the database to this version's tables."))
@click.option("--check", "only", flag_value="check", help=_("Only say whether it is; exit status 1 if not."))
@click.option("--current", "only", flag_value="current", help=_("Only say at which version it is."))
@click.option("--history", "only", flag_value="history", help=_("Only list the versions there are."))
@click.option("--json", "as_json", is_flag=True, help=_("For programs; with --history alone."))
def migrate(only: str | None, *, as_json: bool) -> None:
    if as_json and only != "history":
        raise click.UsageError(_("--json goes with --history alone."))
    settings = read_settings()
    if only == "history":
        _print_history(as_json=as_json)
    elif only is not None:
        version, is_current = _version_of(settings)
        click.echo(version or "-") if only == "current" else _say_whether(is_current)
    else:
        here.prepared(settings).dispose()
        say(mark("The database is up to date."))


def _say_whether(is_current: bool) -> None:  # noqa: FBT001 - what is said depends on just this
    say(mark("The database is up to date.") if is_current else mark("Run this first: kinkeeper migrate"))
    sys.exit(0 if is_current else 1)


def _version_of(settings: Settings) -> tuple[str | None, bool]:
    """Answer the version of the database's tables, and whether it is this program's; makes nothing."""
    from kinkeeper.app.house import is_lived_in  # noqa: PLC0415 - `--help` needs none of this
    from kinkeeper.app.schema import CURRENT, schema_version  # noqa: PLC0415
    from kinkeeper.kernel import db  # noqa: PLC0415
    from kinkeeper.kernel.work import end_reading, read_session  # noqa: PLC0415

    if settings.is_embedded and not is_lived_in(settings.database):
        return None, False
    engine = db.connect(settings.database, pool_size=1)
    try:
        version = schema_version(read_session())
    finally:
        end_reading()
        engine.dispose()
    return version, version == CURRENT


def _print_history(*, as_json: bool) -> None:
    """Print every version of the tables, newest first."""
    from kinkeeper.app.migrate import history  # noqa: PLC0415 - as above

    if as_json:
        print_json([{"version": version, "purpose": purpose} for version, purpose in history()])
        return
    for version, purpose in history():
        click.echo(f"{version}  {purpose}")
