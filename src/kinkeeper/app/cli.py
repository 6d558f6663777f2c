"""The command line: starting the house, and what is done before anybody can sign in."""

from __future__ import annotations

import os
import socket
import sys
from typing import IO, TYPE_CHECKING

import click

from kinkeeper import __version__
from kinkeeper.app.admitting import users
from kinkeeper.app.keeping import roles, tokens
from kinkeeper.app.terminal import WRONG_SETTING, language, read_settings, say, translated
from kinkeeper.kernel.config import PREFIX
from kinkeeper.kernel.errors import CannotOpen, Problem
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from kinkeeper.kernel.config import Settings

_ = translated


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Kinkeeper: gift exchanges, invitations and habits, kept at home."),
)
@click.version_option(__version__)
def cli() -> None:
    pass


@cli.command(help=_("Migrate the database, then start web and worker."))
@click.option("--port", type=int, help=_("Port to listen on."))
@click.option("--demo", is_flag=True, help=_("Start with a small invented family, so that all can be tried."))
@click.option("--reload", is_flag=True, help=_("Restart when the code changes; readable logs."))
def serve(port: int | None, *, demo: bool, reload: bool) -> None:
    chosen = {"PORT": port, "RELOAD": reload or None, "LOG_FORMAT": "readable" if reload else None}
    os.environ.update({f"{PREFIX}{name}": str(value) for name, value in chosen.items() if value is not None})
    from kinkeeper.app.house import make_data_folder  # noqa: PLC0415 - `--help` needs none of this

    settings = read_settings()
    make_data_folder(settings.data)  # beside a database server too: static files are published there
    engine = _prepared(settings)
    _refuse_taken_port(settings)
    if demo:
        from kinkeeper.app.demo import invent_family  # noqa: PLC0415 - only the demo pays for it

        invent_family(settings)
    _greet(settings)
    engine.dispose()
    from kinkeeper.app.serve import become_supervisor  # noqa: PLC0415

    become_supervisor(settings)


@cli.command(help=_("Carry letters and do background work, without the web."))
@click.option("--parent", type=int, help=_("Stop when this process is gone."))
def worker(parent: int | None) -> None:
    from kinkeeper.app.worker import run  # noqa: PLC0415 - `--help` needs none of this

    sys.exit(0 if run(read_settings(), parent=parent) else 1)


@cli.command(help=_("Bring the database to this version's tables."))
@click.option("--check", "only", flag_value="check", help=_("Only say whether it is; exit status 1 if not."))
@click.option("--current", "only", flag_value="current", help=_("Only say at which version it is."))
@click.option("--history", "only", flag_value="history", help=_("Only list the versions there are."))
def migrate(only: str | None) -> None:
    from kinkeeper.app import looking  # noqa: PLC0415 - as above

    settings = read_settings()
    if only == "history":
        looking.print_history()
    elif only is not None:
        version, is_current = looking.version_of(settings)
        click.echo(version or "-") if only == "current" else _say_whether(is_current)
    else:
        _prepared(settings).dispose()
        say(mark("The database is up to date."))


def _say_whether(is_current: bool) -> None:  # noqa: FBT001 - what is said depends on just this
    say(mark("The database is up to date.") if is_current else mark("Run this first: kinkeeper migrate"))
    sys.exit(0 if is_current else 1)


@cli.command(help=_("Look for what may be wrong with this house, and say what to do about it."))
@click.option("--json", "as_json", is_flag=True, help=_("For programs."))
def doctor(*, as_json: bool) -> None:
    from kinkeeper.app import looking  # noqa: PLC0415 - as above

    sys.exit(looking.print_findings(read_settings(), as_json=as_json))


@cli.command("rotate-key", help=_("Make a new master secret, and bring everything sealed under it."))
@click.option("--finish", is_flag=True, help=_("Let the old secret go, where nothing needs it any more."))
def rotate_key(*, finish: bool) -> None:
    from kinkeeper.app import turning  # noqa: PLC0415 - as above

    settings = read_settings()
    if finish:
        turning.finish(settings)
        say(mark("The old secret is gone; unset KINKEEPER_SECRETS_OLD if you set it."))
        return
    done = turning.turn(settings)
    say(mark("Sealed under the new secret: %(count)s values."), count=done.resealed)
    if done.unreadable:
        say(mark("Of no use before either, and left alone: %(count)s."), count=done.unreadable)
    say(
        mark(
            "Keep the old secret for a day, for letters on their way; then run: kinkeeper rotate-key --finish"
        )
    )


@cli.command(help=_("List every address that the house answers, and whom it lets in."))
@click.option("--json", "as_json", is_flag=True, help=_("For programs."))
def routes(*, as_json: bool) -> None:
    from kinkeeper.app import looking  # noqa: PLC0415 - as above

    looking.print_routes(read_settings(), as_json=as_json)


@cli.command(help=_("Open a Python prompt in this house."))
def shell() -> None:
    from kinkeeper.app import looking  # noqa: PLC0415 - as above

    looking.open_shell(read_settings())


cli.add_command(roles)
cli.add_command(tokens)
cli.add_command(users)


@cli.command("create-admin", help=_("Make an administrator."))
@click.option("--email", required=True, help=_("Address to sign in with."))
@click.option("--name", required=True, help=_("Name that people see."))
@click.option("--circle", required=True, help=_("The family, club or office."))
@click.password_option(help=_("Asked for if it is not given."))
def create_admin(email: str, name: str, circle: str, password: str) -> None:
    from kinkeeper.features.accounts.service import setting_up  # noqa: PLC0415 - as above
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415

    settings = read_settings()
    _prepared(settings)
    newcomer = setting_up.Newcomer(email, password, name, circle, settings.language, settings.zone)
    setting_up.create_admin(SYSTEM, newcomer)
    say(mark("%(name)s can sign in now at %(address)s/sign-in"), name=name, address=settings.address)


@cli.command("set-up-link", help=_("Print a new link for setting the house up."))
def set_up_link() -> None:
    settings = read_settings()
    _prepared(settings)
    if not _print_set_up_link(settings):
        say(mark("The house is set up already."))
        sys.exit(1)


@cli.command("verify-draw", help=_("Run a published draw again, and say whether it was as promised."))
@click.argument("file", type=click.File("rb"))
@click.option("--hash", "noted", help=_("The hash that you noted before the names were drawn."))
@click.option("--chance", help=_("The mark of chance that you noted before another draw."))
def verify_draw(file: IO[bytes], noted: str | None, chance: str | None) -> None:
    from kinkeeper.features.exchanges.rules import commitment, proof  # noqa: PLC0415 - as above

    try:
        checked = proof.check(file.read(), noted, chance)
    except commitment.UnknownFormat:
        say(mark("This is no proof of a draw that this version can read."))
        sys.exit(1)
    except commitment.BrokenCommitment:
        say(mark("This is not the draw that was promised: its hash is another."))
        sys.exit(1)
    except proof.NoSuchDraw:
        say(mark("By the rules in this file no draw can be made: somebody has written it by hand."))
        sys.exit(1)
    for giver, receiver in checked.pairs:
        click.echo(f"{giver} → {receiver}")
    say(mark("Its hash is %(hash)s."), hash=checked.commitment)
    if checked.misnamed:
        names = ", ".join(checked.misnamed)
        say(mark("These are not the names that were promised with the draw: %(names)s."), names=names)
        sys.exit(1)
    if not checked.agrees:
        say(mark("It does not lead to the matches that people were told."))
        sys.exit(1)
    say(mark("It leads to just the matches that people were told."))
    if noted is None:
        say(mark("Compare the hash with the one that your page showed before the names were drawn."))


def main() -> None:
    """Run a command; a problem is told in one line, and a defect of ours by its traceback."""
    try:
        cli()
    except Problem as problem:
        click.echo(problem.text(language()), err=True)
        sys.exit(WRONG_SETTING if isinstance(problem, CannotOpen) else 1)


def _prepared(settings: Settings) -> Engine:
    from kinkeeper.app.house import prepare_house  # noqa: PLC0415 - `--help` needs none of this

    return prepare_house(settings)


def _refuse_taken_port(settings: Settings) -> None:
    """Say so before anything is promised: the address would lead to whoever has the port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as taken:
            click.echo(
                translated(
                    mark(
                        "Cannot listen on %(host)s:%(port)s (%(why)s). "
                        "Choose another: make run PORT=…, or KINKEEPER_PORT."
                    ),
                    host=settings.host,
                    port=settings.port,
                    why=taken.strerror,
                ),
                err=True,
            )
            sys.exit(1)


def _greet(settings: Settings) -> None:
    from kinkeeper.features.accounts.service.setting_up import admin_from_settings  # noqa: PLC0415

    if settings.admin_email and settings.admin_password is not None:
        password = settings.admin_password.get_secret_value()
        if admin_from_settings(settings.admin_email, password, settings.language, settings.zone):
            say(mark("%(email)s is the administrator now."), email=settings.admin_email)
        say(mark("Now unset KINKEEPER_ADMIN_PASSWORD: it is not needed any more."))
    say(mark("Kinkeeper is on %(address)s"), address=settings.address)
    _print_set_up_link(settings)


def _print_set_up_link(settings: Settings) -> bool:
    from kinkeeper.features.accounts.service.setting_up import offer_set_up  # noqa: PLC0415
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415

    secret = offer_set_up(SYSTEM)
    if secret is not None:
        say(mark("Set it up here (the link works once, for an hour):"))
        click.echo(f"\n    {settings.address}/set-up/{secret}\n")
    return secret is not None
