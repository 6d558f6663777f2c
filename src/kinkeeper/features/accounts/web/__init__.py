"""Pages of accounts, by what they are about."""

from kinkeeper.features.accounts.web import (
    account,
    arriving,
    caring,
    changes,
    circles,
    devices,
    housing,
    mailed_link,
    merging,
    passwords,
    people,
    profile,
    roles,
    second_factor,
    users,
)
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.lists import told_of
from kinkeeper.features.accounts.web.pages import account_lease, guest_lease, let_guest_in, pages
from kinkeeper.features.accounts.web.setting_up import ask_for_set_up
from kinkeeper.features.accounts.web.signing_in import find_actor

__all__ = [
    "account",
    "account_lease",
    "arriving",
    "ask_for_set_up",
    "asks_again",
    "caring",
    "changes",
    "circles",
    "devices",
    "find_actor",
    "guest_lease",
    "housing",
    "let_guest_in",
    "mailed_link",
    "merging",
    "pages",
    "passwords",
    "people",
    "profile",
    "roles",
    "second_factor",
    "told_of",
    "users",
]
