"""What all features do about people and circles, for pages and endpoints that must not know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from flask import Flask

    from kinkeeper.web.feature import Steps

_STEPS = "kinkeeper.steps"


def use(app: Flask, steps: Steps) -> None:
    """Let the roof say what the features do."""
    app.extensions[_STEPS] = steps


def steps() -> Steps:
    """Answer them, for verbs that take them as arguments."""
    found: Steps = current_app.extensions[_STEPS]
    return found
