"""Commands about who begins: the first administrator, and the link by which a house is set up."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kinkeeper.app.commands import here
from kinkeeper.app.terminal import read_settings, say, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from kinkeeper.kernel.config import Settings

_ = translated


@click.command("create-admin", help=_("Make an administrator."))
@click.option("--email", required=True, help=_("Address to sign in with."))
@click.option("--name", required=True, help=_("Name that people see."))
@click.option(
    "--circle", required=True, help=_("The family, club or office: one that is there, or a new one.")
)
@click.password_option(help=_("Asked for if it is not given."))
def create_admin(email: str, name: str, circle: str, password: str) -> None:
    from kinkeeper.features.accounts.service import setting_up  # noqa: PLC0415 - `--help` needs none of this
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415

    settings = read_settings()
    here.prepared(settings)
    newcomer = setting_up.Newcomer(email, password, name, circle, settings.language, settings.zone)
    if setting_up.create_admin(SYSTEM, newcomer):
        say(mark("There is a circle of this name already, and they belong to it now: %(name)s"), name=circle)
    say(mark("%(name)s can sign in now at %(address)s/sign-in"), name=name, address=settings.address)


@click.command("set-up-link", help=_("Print a new link for setting the house up."))
def set_up_link() -> None:
    settings = read_settings()
    here.prepared(settings)
    if not _print_set_up_link(settings):
        say(mark("The house is set up already."))
        sys.exit(1)


def greet(settings: Settings) -> None:
    """Say where the house is, and how to begin where nobody has yet."""
    from kinkeeper.features.accounts.service.setting_up import admin_from_settings  # noqa: PLC0415

    if settings.admin_email and settings.admin_password is not None:
        password = settings.admin_password.get_secret_value()
        if admin_from_settings(settings.admin_email, password, settings.language, settings.zone):
            say(mark("%(email)s is the administrator now."), email=settings.admin_email)
        say(mark("Now unset KINKEEPER_ADMIN_PASSWORD: it is not needed any more."))
    say(mark("Kinkeeper is on %(address)s"), address=settings.address)
    _print_set_up_link(settings)


def _print_set_up_link(settings: Settings) -> bool:
    """Print a new link; tells whether there is anything to set up."""
    from kinkeeper.features.accounts.service.setting_up import offer_set_up  # noqa: PLC0415
    from kinkeeper.kernel.actor import SYSTEM  # noqa: PLC0415

    secret = offer_set_up(SYSTEM)
    if secret is not None:
        say(mark("Set it up here (the link works once, for an hour):"))
        click.echo(f"\n    {settings.address}/set-up/{secret}\n")
    return secret is not None
