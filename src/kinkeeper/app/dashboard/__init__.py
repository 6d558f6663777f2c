"""The home page: what is next, read from the features' queries."""

from kinkeeper.app.dashboard.web import pages

__all__ = ["pages"]
