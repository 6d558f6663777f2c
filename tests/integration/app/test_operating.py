"""What the operating document tells people to type does what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import select

from kinkeeper.app import cli
from kinkeeper.app.commands import here
from kinkeeper.features.accounts.models import Account
from kinkeeper.kernel.work import end_reading
from kinkeeper.platform.audit import AuditEntry
from tests.factories import make_account
from tests.factories.accounts import give_app

OPERATING = Path(__file__).parents[3] / "docs/operating.md"


def test_whoever_lost_phone_and_codes_comes_in_again(stage, session, outbox, monkeypatch):
    """Even the only administrator, of whom nobody else keeps the account."""
    monkeypatch.setattr(here, "open_here", end_reading)
    with stage() as staged:
        olga = make_account(staged, "Olga", is_admin=True)
        give_app(staged, olga)
    said = re.findall(r"```sh\n(.*?)```", OPERATING.read_text(), re.DOTALL)
    (recipe,) = [one for one in said if "end-second-factor" in one]
    done = CliRunner().invoke(cli.cli, shlex.split(recipe)[1:], catch_exceptions=False)
    end_reading()
    assert (done.exit_code, done.output) == (
        0, "Signing in asks olga@example.org for no code any more, and a letter tells them so.\n",
    )  # fmt: skip
    account = session.get_one(Account, olga.account_id)
    assert (account.totp_sealed, account.totp_confirmed_at) == (None, None)
    assert [letter.kind for letter in outbox()] == ["accounts.second_factor_changed"]
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_name) == ("account.second_factor_ended", "Kinkeeper")
