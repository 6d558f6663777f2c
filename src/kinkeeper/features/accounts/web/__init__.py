"""Pages of accounts, by what they are about."""

from kinkeeper.features.accounts.web import account, devices, mailed_link, passwords, roles, second_factor
from kinkeeper.features.accounts.web.fresh import asks_again, is_fresh
from kinkeeper.features.accounts.web.pages import account_lease, guest_lease, let_guest_in, pages
from kinkeeper.features.accounts.web.setting_up import ask_for_set_up
from kinkeeper.features.accounts.web.signing_in import find_actor

__all__ = [
    "account",
    "account_lease",
    "ask_for_set_up",
    "asks_again",
    "devices",
    "find_actor",
    "guest_lease",
    "is_fresh",
    "let_guest_in",
    "mailed_link",
    "pages",
    "passwords",
    "roles",
    "second_factor",
]
