"""The administrator's pages."""

from kinkeeper.app.admin.web import pages

__all__ = ["pages"]
