"""The command line: every command there is, and what happens when one cannot go on."""

from __future__ import annotations

import sys

import click

from kinkeeper import __version__
from kinkeeper.app.commands import database, draws, house, roles, secret, serving, setting_up, tokens, users
from kinkeeper.app.terminal import WRONG_SETTING, language, translated
from kinkeeper.kernel.errors import CannotOpen, Problem

_ = translated


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Kinkeeper: gift exchanges, invitations and habits, kept at home."),
)
@click.version_option(__version__)
def cli() -> None:
    pass


for command in (
    serving.serve,
    serving.worker,
    database.migrate,
    house.doctor,
    secret.rotate_key,
    house.routes,
    house.shell,
    roles.roles,
    tokens.tokens,
    users.users,
    setting_up.create_admin,
    setting_up.set_up_link,
    draws.verify_draw,
):
    cli.add_command(command)


def main() -> None:
    """Run a command; a problem is told in one line, and a defect of ours by its traceback."""
    try:
        cli()
    except Problem as problem:
        click.echo(problem.text(language()), err=True)
        sys.exit(WRONG_SETTING if isinstance(problem, CannotOpen) else 1)
