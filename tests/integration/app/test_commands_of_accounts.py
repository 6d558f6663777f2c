"""`kinkeeper roles`, `tokens` and `users`: for people as columns, for programs as JSON."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from kinkeeper.app import cli
from kinkeeper.app.commands import here
from kinkeeper.features.accounts.models import AccessToken, Account, RoleGrant, WebSession
from kinkeeper.kernel import roles
from kinkeeper.kernel.roles import HOUSE, Role
from kinkeeper.kernel.work import end_reading
from kinkeeper.platform.audit import AuditEntry
from tests.factories import make_account, make_token
from tests.integration.web.support import MISSING


@pytest.fixture
def command(engine, monkeypatch):
    """`command("roles", "list")` on the test's database."""
    monkeypatch.setattr(here, "open_here", end_reading)

    def run(*arguments: str):
        done = CliRunner().invoke(cli.cli, list(arguments))
        end_reading()
        return done

    return run


@pytest.fixture
def olga(stage):
    with stage() as session:
        make_account(session, "Ada", is_admin=True)
        return make_account(session, "Olga")


def test_roles_are_listed_with_what_they_let_people_do(command):
    told = json.loads(command("roles", "list", "--json").output)
    assert [row["role"] for row in told] == list(Role)
    assert set(told[0]["rights"]) == set(roles.all_rights())
    lines = command("roles", "list").output.splitlines()
    assert [line.split()[0] for line in lines] == ["ROLE", *Role]


def test_a_role_is_given_and_taken_back_at_once(command, olga, session):
    """For the house, and for their own circle; nobody is asked who the command is from."""
    for options, scope in ((("--house",), "house"), (("--circle",), "circle")):
        done = command("roles", "grant", "Olga@example.org", "coordinator", *options)
        assert (done.exit_code, done.output) == (0, "olga@example.org has the role now: coordinator\n")
        told = json.loads(command("roles", "list", "--people", "--json").output)
        (row,) = (one for one in told if one["email"] == "olga@example.org")
        assert (row["role"], row["scope"]) == ("coordinator", scope)
        done = command("roles", "withdraw", "olga@example.org", "coordinator", *options)
        assert done.exit_code == 0
    assert session.scalars(select(RoleGrant.role).where(RoleGrant.scope_id != HOUSE)).all() == []
    assert session.scalars(select(AuditEntry.actor_name)).all() == ["Kinkeeper"] * 4


@pytest.mark.parametrize("deed", ["grant", "withdraw"])
def test_nobody_is_given_a_role_for_the_whole_house_by_leaving_something_out(command, olga, session, deed):
    done = command("roles", deed, "olga@example.org", "observer")
    assert done.exit_code == 2
    assert "Say what for: --house" in done.output
    assert session.scalars(select(RoleGrant).where(RoleGrant.person_id == olga.person_id)).all() == []


def test_what_cannot_be_is_told_in_one_line(command, olga):
    for arguments, said in (
        (("grant", "nobody@example.org", "observer", "--house"), "Nobody signs in with nobody@example.org."),
        (
            ("withdraw", "olga@example.org", "observer", "--house"),
            "olga@example.org does not have this role: observer",
        ),
    ):
        done = command("roles", *arguments)
        assert (done.exit_code, done.output) == (1, f"{said}\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("roles", "grant", "olga@example.org", "nothing", "--house"), "role.unknown"),
        (("roles", "withdraw", "ada@example.org", "administrator", "--house"), "account.last_administrator"),
        (("tokens", "revoke", MISSING), "NOT_FOUND"),
        (("users", "delete", "ada@example.org"), "account.last_administrator"),
        (("users", "deactivate", "ada@example.org"), "account.last_administrator"),
        (("users", "restore", "olga@example.org"), "account.not_in_the_bin"),
        (("users", "end-second-factor", "olga@example.org"), "account.second_factor_is_off"),
    ],
)
def test_refusals_are_those_of_the_pages(command, olga, arguments, code):
    """`main` tells a problem in one line; here it comes out as it is."""
    assert command(*arguments).exception.code == code


def test_tokens_are_listed_without_their_secret_and_revoked(command, olga, session):
    secret = make_token(olga, "Backup", days=30)
    listed = command("tokens", "list", "--json")
    (row,) = json.loads(listed.output)
    assert (row["email"], row["name"], row["used_at"]) == ("olga@example.org", "Backup", None)
    assert secret not in listed.output + command("tokens", "list").output
    assert command("tokens", "revoke", row["id"]).exit_code == 0
    assert session.scalars(select(AccessToken.id)).all() == []
    assert command("tokens", "list").output == "There are none.\n"
    assert json.loads(command("tokens", "list", "--json").output) == []


@pytest.mark.parametrize(
    "asked", [("tokens",), ("users",), ("users", "list", "--deleted"), ("roles", "list", "--people")]
)
def test_where_there_is_nothing_to_list_people_read_so(command, asked):
    """Silence could be a fault; a program gets a list without anything in it."""
    said, told = command(*asked), command(*asked, "--json")
    assert (said.exit_code, said.output) == (0, "There are none.\n")
    assert (told.exit_code, json.loads(told.output)) == (0, [])


@pytest.mark.parametrize("group", ["roles", "tokens", "users"])
def test_alone_they_list(command, olga, group):
    """As docs/operating.md says; for programs, too."""
    make_token(olga, "Backup", days=30)
    for options in ((), ("--json",)):
        alone, listed = command(group, *options), command(group, "list", *options)
        assert (alone.exit_code, alone.output) == (0, listed.output)
        assert alone.output


def test_json_is_for_lists(command, olga):
    done = command("users", "--json", "deactivate", "olga@example.org")
    assert done.exit_code == 2
    assert "Say --json after the command: list --json" in done.output
    assert row_of(command, "olga@example.org")["is_active"] is True


def row_of(command, email, *options):
    told = json.loads(command("users", "list", "--json", *options).output)
    return next((one for one in told if one["email"] == email), None)


def test_accounts_are_listed_with_how_they_stand(command, olga):
    told = json.loads(command("users", "list", "--json").output)
    assert [(one["email"], one["roles"]) for one in told] == [
        ("ada@example.org", ["administrator", "member"]),
        ("olga@example.org", ["member"]),
    ]
    assert (told[1]["id"], told[1]["name"]) == (str(olga.account_id), "Olga")
    assert [told[1][name] for name in ("is_active", "is_verified", "has_second_factor", "deleted_at")] == [
        True, True, False, None,
    ]  # fmt: skip
    lines = command("users", "list").output.splitlines()
    assert [line.split()[1] for line in lines] == ["EMAIL", "ada@example.org", "olga@example.org"]


def test_somebody_is_let_out_and_in_again(command, olga, client_of, session):
    """C-43: what they are signed in with ends at once."""
    client_of(olga)
    done = command("users", "deactivate", "Olga@example.org")
    assert (done.exit_code, done.output) == (0, "olga@example.org is deactivated.\n")
    assert row_of(command, "olga@example.org")["is_active"] is False
    assert session.scalars(select(WebSession.id)).all() == []
    assert command("users", "reactivate", "olga@example.org").exit_code == 0
    assert row_of(command, "olga@example.org")["is_active"] is True
    assert session.scalars(select(AuditEntry.actor_name)).all() == ["Kinkeeper"] * 2


def test_an_account_goes_into_the_bin_and_comes_back_without_its_roles(command, olga, session):
    """C-12, C-43."""
    command("roles", "grant", "olga@example.org", "observer", "--house")
    assert command("users", "delete", "olga@example.org").exit_code == 0
    assert row_of(command, "olga@example.org") is None
    assert row_of(command, "olga@example.org", "--deleted")["deleted_at"].startswith("2026-12-01")
    restored = command("users", "restore", "olga@example.org")
    assert (restored.exit_code, "without roles: give them anew" in restored.output) == (0, True)
    assert row_of(command, "olga@example.org")["roles"] == ["member"]
    assert json.loads(command("users", "list", "--json", "--deleted").output) == []
    assert session.get_one(Account, olga.account_id).deleted_at is None


@pytest.mark.parametrize("deed", ["deactivate", "reactivate", "delete", "restore"])
def test_of_nobody_s_account_nothing_is_done(command, olga, deed):
    done = command("users", deed, "nobody@example.org")
    assert (done.exit_code, done.output) == (1, "Nobody signs in with nobody@example.org.\n")
