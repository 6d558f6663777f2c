"""Every SELECT on circles, people and accounts, by what it reads."""

from kinkeeper.features.accounts.queries.export import (
    export_person,
)
from kinkeeper.features.accounts.queries.guardians import (
    Care,
    care_of,
    guardians_of,
    guardians_of_others,
    left_alone_without,
    wards_among,
    wards_of,
)
from kinkeeper.features.accounts.queries.households import (
    household_names,
    household_of,
    households_among,
)
from kinkeeper.features.accounts.queries.logins import (
    ACCOUNTS,
    account_by_email,
    account_by_name,
    account_for_change,
    addresses_in_use,
    email_of,
    is_empty,
    knows_device,
    members_with_account,
    tokens_of,
    with_account,
)
from kinkeeper.features.accounts.queries.people import (
    Mailbox,
    addresses,
    circle_of,
    is_known,
    mailboxes,
    people_for_change,
    people_left_for_change,
    person,
)
from kinkeeper.features.accounts.queries.standing import (
    grants_in,
    has_administrator,
    is_closed,
    session_rows,
    token_rows,
    with_grants,
)

__all__ = [
    "ACCOUNTS",
    "Care",
    "Mailbox",
    "account_by_email",
    "account_by_name",
    "account_for_change",
    "addresses",
    "addresses_in_use",
    "care_of",
    "circle_of",
    "email_of",
    "export_person",
    "grants_in",
    "guardians_of",
    "guardians_of_others",
    "has_administrator",
    "household_names",
    "household_of",
    "households_among",
    "is_closed",
    "is_empty",
    "is_known",
    "knows_device",
    "left_alone_without",
    "mailboxes",
    "members_with_account",
    "people_for_change",
    "people_left_for_change",
    "person",
    "session_rows",
    "token_rows",
    "tokens_of",
    "wards_among",
    "wards_of",
    "with_account",
    "with_grants",
]
