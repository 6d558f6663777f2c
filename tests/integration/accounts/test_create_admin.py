"""`kinkeeper create-admin` and the administrator whom the environment names (SK-17, C-36)."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from kinkeeper.app import cli
from kinkeeper.app.commands import here
from kinkeeper.app.commands import setting_up as commands
from kinkeeper.features.accounts.models import Account, Circle, Person
from kinkeeper.features.accounts.queries import with_grants
from kinkeeper.features.accounts.rules import BadAddress, PasswordTooEasy, PasswordUnreadable
from kinkeeper.features.accounts.service import setting_up
from kinkeeper.features.accounts.service.opening import AddressTaken
from kinkeeper.features.accounts.service.setting_up import Newcomer
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from tests.factories import PASSWORD, actor_of, make_account, make_person

OLGA = Newcomer("Olga@Example.org", PASSWORD, "Olga", "The Olsens", "en", "Europe/London")


@pytest.fixture
def command(engine, settings, monkeypatch):
    """`command("create-admin", …)` on the test's database."""
    monkeypatch.setattr(commands, "read_settings", lambda: settings)
    monkeypatch.setattr(here, "prepared", lambda _settings: engine)
    return lambda *arguments: CliRunner().invoke(cli.cli, list(arguments))


def count(session) -> int:
    return session.scalar(select(func.count()).select_from(Account))


def test_the_command_makes_an_administrator(command, session):
    told = command(
        *("create-admin", "--email", "Olga@Example.org", "--name", "Olga"),
        *("--circle", "The Olsens", "--password", PASSWORD),
    )
    assert (told.exit_code, told.exception) == (0, None)
    assert told.output == "Olga can sign in now at http://kinkeeper.test/sign-in\n"
    account = session.scalars(select(Account)).one()
    assert (account.email, with_grants(session, actor_of(account)).is_admin) == ("olga@example.org", True)


@pytest.mark.parametrize("name", ["The Olsens", " the  olsens "])
def test_a_circle_of_that_name_is_joined_and_said_so(command, stage, session, name):
    with stage() as staged:
        ben = make_account(staged, "Ben")
        make_person(staged, "Olga O.", circle=staged.scalars(select(Circle)).one(), email="olga@example.org")
    told = command(
        *("create-admin", "--email", "olga@example.org", "--name", "Olga"),
        *("--circle", name, "--password", PASSWORD),
    )
    assert "There is a circle of this name already" in told.output
    assert [circle.name for circle in session.scalars(select(Circle))] == ["The Olsens"]
    account = session.scalars(select(Account).where(Account.id != ben.account_id)).one()
    assert session.get_one(Person, account.person_id).name == "Olga O.", (
        "who is known keeps the name they have"
    )
    with pytest.raises(AddressTaken):
        setting_up.create_admin(SYSTEM, OLGA)


def test_the_command_never_prints_the_password(command):
    told = command(
        *("create-admin", "--email", "o@example.org", "--name", "O"),
        *("--circle", "C", "--password", PASSWORD),
    )
    assert PASSWORD not in told.output


def test_what_is_no_text_is_no_password(command, session):
    """A terminal hands any bytes over; nobody could type these where they sign in."""
    told = command(
        *("create-admin", "--email", "o@example.org", "--name", "O"),
        *("--circle", "C", "--password", f"{PASSWORD} \udcff"),
    )
    assert isinstance(told.exception, PasswordUnreadable)
    assert count(session) == 0


def test_an_address_that_is_taken_is_refused_and_nothing_is_half_done(stage, session):
    with stage() as staged:
        make_account(staged, "Olga")
    with pytest.raises(AddressTaken):
        setting_up.create_admin(SYSTEM, OLGA)
    assert count(session) == 1
    assert session.scalar(select(func.count()).select_from(Circle)) == 1


def test_a_weak_password_or_a_bad_address_is_refused(session):
    with pytest.raises(PasswordTooEasy):
        setting_up.create_admin(SYSTEM, Newcomer("o@example.org", "password1234", "O", "C", "en", "UTC"))
    with pytest.raises(BadAddress):
        setting_up.create_admin(SYSTEM, Newcomer("nonsense", PASSWORD, "O", "C", "en", "UTC"))
    assert count(session) == 0


def test_nobody_but_the_house_itself_may(session):
    with pytest.raises(RuntimeError, match="never authorized"):
        setting_up.create_admin(ANONYMOUS, OLGA)
    with pytest.raises(RuntimeError, match="never authorized"):
        setting_up.offer_set_up(ANONYMOUS)
    assert count(session) == 0


def test_the_environment_names_the_first_administrator_of_an_empty_database(session):
    """SK-17."""
    made = setting_up.admin_from_settings("anna.berg@example.org", PASSWORD, "en", "Europe/London")
    account = session.scalars(select(Account)).one()
    assert made
    assert (account.email, with_grants(session, actor_of(account)).is_admin) == (
        "anna.berg@example.org",
        True,
    )


def test_their_circle_is_named_in_the_house_s_language(session, monkeypatch):
    monkeypatch.setattr(setting_up, "gettext", lambda language, said: f"{said} ({language})")
    setting_up.admin_from_settings("anna@example.org", PASSWORD, "de", "Europe/Berlin")
    assert session.scalars(select(Circle.name)).all() == ["Our home (de)"]


def test_a_second_start_makes_nobody(session):
    """SK-17, C-36: it may stay set without doing anything."""
    setting_up.admin_from_settings("anna@example.org", PASSWORD, "en", "Europe/London")
    assert not setting_up.admin_from_settings("other@example.org", PASSWORD, "en", "Europe/London")
    assert session.scalars(select(Account.email)).all() == ["anna@example.org"]


def test_once_anybody_was_here_the_environment_makes_no_administrator(stage, session):
    """C-36: not even where only a person is known and no account."""
    with stage() as staged:
        make_person(staged, "Ana")
    assert not setting_up.admin_from_settings("anna@example.org", PASSWORD, "en", "Europe/London")
    assert count(session) == 0


def test_an_odd_address_in_the_environment_still_makes_a_name(session):
    """The name is made of the address, which may hold anything an address may."""
    assert setting_up.admin_from_settings("x_+1@example.org", PASSWORD, "en", "Europe/London")
    assert count(session) == 1


def test_nobody_is_called_like_the_house_because_of_their_address(session):
    """T-32: else the house would not start with such an address, or its letters would name themselves."""
    assert setting_up.admin_from_settings("kinkeeper@example.org", PASSWORD, "en", "Europe/London")
    assert session.scalars(select(Person.name)).all() == ["Administrator"]


def test_starting_says_that_the_password_should_be_unset(command, settings, capsys):
    """C-36: it warns until it is unset."""
    armed = settings.model_copy(
        update={"admin_email": "a@example.org", "admin_password": type(settings.secret)(PASSWORD)}
    )
    commands.greet(armed)
    commands.greet(armed)
    told = capsys.readouterr().out
    assert told.count("unset KINKEEPER_ADMIN_PASSWORD") == 2
    assert told.count("is the administrator now") == 1
    assert "/set-up/" not in told
    assert PASSWORD not in told


def test_a_new_set_up_link_can_be_asked_for_until_the_house_is_set_up(command, stage):
    first = command("set-up-link")
    assert first.exit_code == 0
    assert "http://kinkeeper.test/set-up/" in first.output
    with stage() as session:
        make_account(session, is_admin=True)
    second = command("set-up-link")
    assert (second.exit_code, second.output) == (1, "The house is set up already.\n")


def test_a_wrong_setting_is_named_and_its_value_is_not_repeated(tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "kinkeeper", "migrate"],
        env={**os.environ, "KINKEEPER_ZONE": "Mars/Base-canary", "KINKEEPER_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert "KINKEEPER_ZONE: " in told.stderr
    assert "canary" not in told.stderr + told.stdout
    assert "Traceback" not in told.stderr
