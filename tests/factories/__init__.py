"""Plain functions that set scenes, one file per feature."""

from tests.factories.accounts import (
    PASSWORD,
    actor_of,
    guest,
    make_account,
    make_circle,
    make_grant,
    make_person,
    make_token,
    withdraw_grants,
)
from tests.factories.exchanges import NAMES, make_answer, make_exchange, make_participant

__all__ = [
    "NAMES",
    "PASSWORD",
    "actor_of",
    "guest",
    "make_account",
    "make_answer",
    "make_circle",
    "make_exchange",
    "make_grant",
    "make_participant",
    "make_person",
    "make_token",
    "withdraw_grants",
]
