"""Pages of accounts, by what they are about."""

from kinkeeper.features.accounts.web import (
    account,
    caring,
    circles,
    housing,
    merging,
    passwords,
    people,
    profile,
)
from kinkeeper.features.accounts.web.pages import account_lease, guest_lease, let_guest_in, pages
from kinkeeper.features.accounts.web.setting_up import ask_for_set_up
from kinkeeper.features.accounts.web.signing_in import find_actor

__all__ = [
    "account",
    "account_lease",
    "ask_for_set_up",
    "caring",
    "circles",
    "find_actor",
    "guest_lease",
    "housing",
    "let_guest_in",
    "merging",
    "pages",
    "passwords",
    "people",
    "profile",
]
