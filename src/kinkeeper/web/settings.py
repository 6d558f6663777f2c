"""The settings that this application was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from kinkeeper.kernel.config import Settings


def settings() -> Settings:
    """Answer them, wherever a request is served."""
    made_with: Settings = current_app.config["SETTINGS"]
    return made_with
