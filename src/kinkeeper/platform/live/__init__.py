"""Live pages: a verb tells what changed, and pages that are open hear of it."""

from kinkeeper.platform.live.events import Event, newest, tell

__all__ = ["Event", "newest", "tell"]
