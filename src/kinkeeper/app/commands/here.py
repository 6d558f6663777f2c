"""The house that the settings name, as commands find it, and who has an account there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import click

from kinkeeper.app.terminal import read_settings, translated
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.config import Settings


def open_here() -> None:
    """Open the house that the settings name."""
    from kinkeeper.app.house import open_house  # noqa: PLC0415 - `--help` needs none of this

    open_house(read_settings())


def prepared(settings: Settings) -> Engine:
    """Open the house, made and brought up to date where it has to be."""
    from kinkeeper.app.house import prepare_house  # noqa: PLC0415 - as above

    return prepare_house(settings)


def account_named(email: str) -> Account:
    """Answer the account that signs in with this address, or say that there is none and stop."""
    from kinkeeper.features.accounts import queries  # noqa: PLC0415 - as above
    from kinkeeper.kernel.work import read_session  # noqa: PLC0415

    account = queries.account_by_email(read_session(), email.strip().lower())
    if account is None:
        stop(mark("Nobody signs in with %(email)s."), email=email)
    return account


def stop(message: str, **gaps: object) -> NoReturn:
    """Say why it cannot be done, and end."""
    click.echo(translated(message, **gaps), err=True)
    sys.exit(1)
