"""Endpoints of accounts, by what they are about."""

from kinkeeper.features.accounts.api.circles import circles
from kinkeeper.features.accounts.api.people import people
from kinkeeper.features.accounts.api.users import users

__all__ = ["circles", "people", "users"]
