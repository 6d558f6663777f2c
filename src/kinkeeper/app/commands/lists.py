"""How commands list things: as columns for people, as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import orjson

from kinkeeper.app.terminal import say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_ = translated

for_programs = click.option("--json", "as_json", is_flag=True, help=_("For programs."))
"""Of a list, and of a group that lists where nothing else is asked of it."""


def list_where_nothing_is_asked(context: click.Context, command: click.Command, *, as_json: bool) -> None:
    """List, where a group stands alone; `--json` before a command that is no list would be lost."""
    if context.invoked_subcommand is None:
        context.invoke(command, as_json=as_json)
    elif as_json:
        raise click.UsageError(translated(mark("Say --json after the command: %(name)s"), name="list --json"))


def print_rows(rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows for programs, or as columns for people, who read so where there are none."""
    if as_json:
        print_json(rows)
    elif rows:
        head = [name.replace("_", " ").upper() for name in rows[0]]
        _print_columns([head, *([_cell(value) for value in row.values()] for row in rows)])
    else:
        say(mark("There are none."))


def print_json(rows: Sequence[object]) -> None:
    """Print rows for programs."""
    click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())


def _print_columns(lines: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "-" if value is None else str(value)
