"""What the operating document tells people to type does what it says."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import select

from kinkeeper.features.accounts.models import Account
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.audit import AuditEntry
from tests.factories import make_account
from tests.factories.accounts import give_app

OPERATING = Path(__file__).parents[3] / "docs/operating.md"


def test_whoever_lost_phone_and_codes_comes_in_again(stage, session, outbox):
    """Written for the prompt of `kinkeeper shell`, where read_session is at hand."""
    with stage() as staged:
        olga = make_account(staged, "Olga")
        give_app(staged, olga)
    said = re.findall(r"```python\n(.*?)```", OPERATING.read_text(), re.DOTALL)
    (recipe,) = [one for one in said if "end_second_factor" in one]
    try:
        exec(recipe, {"read_session": read_session})
    finally:
        end_reading()
    account = session.get_one(Account, olga.account_id)
    assert (account.totp_sealed, account.totp_confirmed_at) == (None, None)
    assert [letter.kind for letter in outbox()] == ["accounts.second_factor_changed"]
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_name) == ("account.second_factor_off", "the house")
