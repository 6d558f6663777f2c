"""Letters: written as rows of the act that causes them, delivered by the worker afterwards."""

from kinkeeper.platform.links import LinkOrder
from kinkeeper.platform.mail.letters import IfUncertain, Letter
from kinkeeper.platform.mail.outbox import OutboxLetter, Posting, post, post_all

__all__ = ["IfUncertain", "Letter", "LinkOrder", "OutboxLetter", "Posting", "post", "post_all"]
