"""Commands about the house as it stands: what may be wrong with it, its addresses, and a prompt in it."""

from __future__ import annotations

import code
import sys
from typing import TYPE_CHECKING, Any

import click

from kinkeeper.app.commands.lists import for_programs, print_json
from kinkeeper.app.terminal import read_settings, say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from kinkeeper.app.doctor import Finding
    from kinkeeper.kernel.config import Settings

_ = translated

SIGNS = {"ok": "✓", "warning": "!", "wrong": "✗"}


@click.command(help=_("Look for what may be wrong with this house, and say what to do about it."))
@for_programs
def doctor(*, as_json: bool) -> None:
    from kinkeeper.app.doctor import State, examine  # noqa: PLC0415 - import diet: needs the whole house

    findings = examine(read_settings())
    if as_json:
        print_json([_finding_for_programs(one) for one in findings])
    else:
        for one in findings:
            click.echo(f"{SIGNS[one.state]} {translated(one.message, **one.gaps)}")
            if one.remedy:
                click.echo(f"  {translated(one.remedy, **one.gaps)}")
    sys.exit(int(any(one.state is State.WRONG for one in findings)))


@click.command(help=_("List every address that the house answers, and whom it lets in."))
@for_programs
def routes(*, as_json: bool) -> None:
    rows = _routes(read_settings())
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{','.join(row['methods']):<12} {row['path']:<72} {row['access']}")


@click.command(help=_("Open a Python prompt in this house."))
def shell() -> None:
    # Whoever has the house's files can read its rows, and call its verbs as the house itself.
    from kinkeeper.app.features import FEATURES  # noqa: PLC0415 - as above
    from kinkeeper.app.house import open_house  # noqa: PLC0415
    from kinkeeper.app.tables import METADATA  # noqa: PLC0415
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415
    from kinkeeper.kernel.work import end_reading, read_session, transaction  # noqa: PLC0415

    engine = open_house(read_settings())
    things = {"features": FEATURES, "tables": METADATA.tables, "SYSTEM": SYSTEM}
    things |= {"read_session": read_session, "end_reading": end_reading, "transaction": transaction}
    say(mark("Here are: %(names)s. What you change, nobody asks you about twice."), names=", ".join(things))
    try:
        code.interact(banner="", local=things, exitmsg="")
    finally:
        end_reading()
        engine.dispose()


def _finding_for_programs(finding: Finding) -> dict[str, str]:
    return {
        "part": finding.part,
        "state": finding.state,
        "message": translated(finding.message, **finding.gaps),
        "remedy": translated(finding.remedy, **finding.gaps) if finding.remedy else "",
    }


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
