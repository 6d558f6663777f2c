"""The administrator's pages."""

from kinkeeper.app.admin import audit_pages
from kinkeeper.app.admin.api import endpoints
from kinkeeper.app.admin.web import pages

__all__ = ["audit_pages", "endpoints", "pages"]
