"""Plain functions that set scenes, one file per feature."""

from tests.factories.accounts import (
    PASSWORD,
    actor_of,
    grant_to,
    guest,
    make_account,
    make_circle,
    make_clerk,
    make_grant,
    make_organiser,
    make_person,
    make_token,
    withdraw_grants,
)
from tests.factories.exchanges import NAMES, make_answer, make_exchange, make_participant

__all__ = [
    "NAMES",
    "PASSWORD",
    "actor_of",
    "grant_to",
    "guest",
    "make_account",
    "make_answer",
    "make_circle",
    "make_clerk",
    "make_exchange",
    "make_grant",
    "make_organiser",
    "make_participant",
    "make_person",
    "make_token",
    "withdraw_grants",
]
