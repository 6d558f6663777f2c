"""The API's documentation as a page of our own, made from the document that programs read."""

from kinkeeper.app.api_docs.web import pages

__all__ = ["pages"]
