"""Endpoints of accounts, by what they are about."""

from kinkeeper.features.accounts.api.users import users

__all__ = ["users"]
