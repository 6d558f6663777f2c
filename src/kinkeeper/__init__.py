"""Kinkeeper: gift exchanges, invitations and habits, kept at home."""

__version__ = "0.3.0"
