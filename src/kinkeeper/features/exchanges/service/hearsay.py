"""Forgetting what somebody was called where others read that they asked, or looked (C-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service.erasing import SOMEBODY
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Participant, Reveal
from kinkeeper.kernel.words import gettext
from kinkeeper.platform import mail

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.kernel.work import Work


def forget_hearsay(work: Work, known: people.KnownAs, exchange_ids: Collection[UUID]) -> None:
    """Step: in these exchanges, locked by now, nobody reads their name any more.

    It stands there as a word, for whoever is asked: a namesake who did the same there is somebody, too.
    """
    for seat in queries.seats_put_on_by(work.session, exchange_ids, known.names):
        seat.invited_by = gettext(seat.language, SOMEBODY)
    for asked, language in queries.addresses_asked_by(work.session, exchange_ids, known.names):
        asked.asked_by = gettext(language, SOMEBODY)
    theirs = Reveal.exchange_id.in_(exchange_ids), Reveal.by_name.in_(known.names)
    work.session.execute(update(Reveal).where(*theirs).values(by_name=""))  # read in many languages
    readers = select(Participant.person_id).where(Participant.exchange_id.in_(known.subject_ids))
    mail.forget_host(work, known.names, SOMEBODY, readers=readers)
