"""Endpoints of accounts, by what they are about."""

from kinkeeper.features.accounts.api.circles import circles
from kinkeeper.features.accounts.api.people import people
from kinkeeper.features.accounts.api.roles import roles
from kinkeeper.features.accounts.api.sessions import sessions, sessions_of_seed
from kinkeeper.features.accounts.api.tokens import tokens
from kinkeeper.features.accounts.api.users import users

__all__ = ["circles", "people", "roles", "sessions", "sessions_of_seed", "tokens", "users"]
