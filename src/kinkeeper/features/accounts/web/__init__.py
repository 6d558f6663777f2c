"""Pages of accounts, by what they are about."""

from kinkeeper.features.accounts.web import account, passwords, roles
from kinkeeper.features.accounts.web.pages import account_lease, guest_lease, let_guest_in, pages
from kinkeeper.features.accounts.web.setting_up import ask_for_set_up
from kinkeeper.features.accounts.web.signing_in import find_actor

__all__ = [
    "account",
    "account_lease",
    "ask_for_set_up",
    "find_actor",
    "guest_lease",
    "let_guest_in",
    "pages",
    "passwords",
    "roles",
]
