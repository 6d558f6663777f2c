"""Letters that wait while every link to a place ends: what they say is told all the same, by new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges.emails import WAYS_IN
from kinkeeper.kernel.db import new_id
from kinkeeper.platform import mail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.mail import Letter


def shut_out(work: Work, seat: Participant) -> list[Letter]:
    """Step: end every link to a place; answers the letters that waited with one and say more than that.

    They do not go any more: post those anew whose news is still due.
    """
    return [letter for letter in mail.end_links(work, seat.id) if type(letter) not in WAYS_IN]


def post_anew(work: Work, seat: Participant, letters: Iterable[Letter]) -> None:
    """Step: post letters about a place in one call: in two, the second would end links of the first."""
    mail.post_all(work, [mail.Posting(one, about=new_id(), person_id=seat.person_id) for one in letters])
