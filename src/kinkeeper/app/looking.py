"""Commands that look at a house: its tables' version, its addresses, what may be wrong, and a prompt."""

from __future__ import annotations

import code
from typing import TYPE_CHECKING, Any

import click
import orjson

from kinkeeper.app.terminal import say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinkeeper.app.doctor import Finding
    from kinkeeper.kernel.config import Settings

SIGNS = {"ok": "✓", "warning": "!", "wrong": "✗"}


def print_findings(settings: Settings, *, as_json: bool) -> int:
    """Print what the doctor finds; answers the exit status, 1 where something is wrong."""
    from kinkeeper.app.doctor import State, examine  # noqa: PLC0415 - import diet: needs the whole house

    findings = examine(settings)
    if as_json:
        _print_json([_finding_for_programs(one) for one in findings])
    else:
        for one in findings:
            click.echo(f"{SIGNS[one.state]} {translated(one.message, **one.gaps)}")
            if one.remedy:
                click.echo(f"  {translated(one.remedy, **one.gaps)}")
    return int(any(one.state is State.WRONG for one in findings))


def _finding_for_programs(finding: Finding) -> dict[str, str]:
    return {
        "part": finding.part,
        "state": finding.state,
        "message": translated(finding.message, **finding.gaps),
        "remedy": translated(finding.remedy, **finding.gaps) if finding.remedy else "",
    }


def version_of(settings: Settings) -> tuple[str | None, bool]:
    """Answer the version of the database's tables, and whether it is this program's; makes nothing."""
    from kinkeeper.app.house import is_lived_in  # noqa: PLC0415 - as above
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


def print_history() -> None:
    """Print every version of the tables, newest first."""
    from kinkeeper.app.migrate import history  # noqa: PLC0415 - as above

    for version, purpose in history():
        click.echo(f"{version}  {purpose}")


def print_routes(settings: Settings, *, as_json: bool) -> None:
    """Print method, address and access level of every endpoint, by address."""
    rows = _routes(settings)
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        click.echo(f"{','.join(row['methods']):<12} {row['path']:<72} {row['access']}")


def _routes(settings: Settings) -> list[dict[str, Any]]:
    from kinkeeper.app.factory import create_app  # noqa: PLC0415 - as above
    from kinkeeper.web.access import levels  # noqa: PLC0415

    app = create_app(settings)
    known = levels(app)
    rows = [
        {
            "path": rule.rule,
            "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            "endpoint": rule.endpoint,
            "access": known[rule.endpoint].value if rule.endpoint in known else "",
        }
        for rule in app.url_map.iter_rules()
    ]
    return sorted(rows, key=lambda row: (row["path"], row["methods"]))


def open_shell(settings: Settings) -> None:
    """Let somebody who has the house's files read its rows, and call its verbs as the house itself."""
    from kinkeeper.app.features import FEATURES  # noqa: PLC0415 - as above
    from kinkeeper.app.house import open_house  # noqa: PLC0415
    from kinkeeper.app.tables import METADATA  # noqa: PLC0415
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415
    from kinkeeper.kernel.work import end_reading, read_session, transaction  # noqa: PLC0415

    engine = open_house(settings)
    things = {"features": FEATURES, "tables": METADATA.tables, "SYSTEM": SYSTEM}
    things |= {"read_session": read_session, "end_reading": end_reading, "transaction": transaction}
    say(mark("Here are: %(names)s. What you change, nobody asks you about twice."), names=", ".join(things))
    try:
        code.interact(banner="", local=things, exitmsg="")
    finally:
        end_reading()
        engine.dispose()


def _print_json(rows: Sequence[object]) -> None:
    click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
