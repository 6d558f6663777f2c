"""What the house keeps of the reader: to see, to take along, to erase."""

from kinkeeper.app.own.web import pages

__all__ = ["pages"]
