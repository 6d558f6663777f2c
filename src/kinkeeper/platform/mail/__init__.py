"""Letters: written as rows of the act that causes them, delivered by the worker afterwards."""

from kinkeeper.platform.links import LinkOrder
from kinkeeper.platform.mail.anew import end_links, send_on
from kinkeeper.platform.mail.letters import IfUncertain, Letter
from kinkeeper.platform.mail.outbox import (
    OutboxLetter,
    Posting,
    forget,
    forget_about,
    forget_host,
    forget_old,
    hold_back,
    is_in_the_mailbox,
    merge,
    post,
    post_all,
    recall,
    refile,
    withdraw,
)

__all__ = [
    "IfUncertain",
    "Letter",
    "LinkOrder",
    "OutboxLetter",
    "Posting",
    "end_links",
    "forget",
    "forget_about",
    "forget_host",
    "forget_old",
    "hold_back",
    "is_in_the_mailbox",
    "merge",
    "post",
    "post_all",
    "recall",
    "refile",
    "send_on",
    "withdraw",
]
