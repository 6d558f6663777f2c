"""Forgetting what somebody was called where others read that they asked, or looked (C-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from kinkeeper.features.accounts.service.erasing import SOMEBODY
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Reveal
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.words import gettext
from kinkeeper.platform import mail
from kinkeeper.platform.mail import OutboxLetter

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.features.accounts import queries as people
    from kinkeeper.kernel.work import Work


def forget_hearsay(work: Work, known: people.KnownAs, exchange_ids: Collection[UUID]) -> None:
    """Step: in these exchanges, locked by now, nobody reads their name any more, nor in letters of theirs.

    It stands there as a word, for whoever is asked: a namesake who did the same there is somebody, too.
    """
    for some in batched(exchange_ids):
        _forget_words(work, known.names, some)
    for some in batched(known.subject_ids):
        theirs = OutboxLetter.fields["exchange_id"].as_string().in_([str(one) for one in some])
        mail.forget_host(work, known.names, SOMEBODY, theirs)


def _forget_words(work: Work, names: Collection[str], exchange_ids: Collection[UUID]) -> None:
    for seat in queries.seats_put_on_by(work.session, exchange_ids, names):
        seat.invited_by = gettext(seat.language, SOMEBODY)
    for asked, language in queries.addresses_asked_by(work.session, exchange_ids, names):
        asked.asked_by = gettext(language, SOMEBODY)
    theirs = Reveal.exchange_id.in_(exchange_ids), Reveal.by_name.in_(names)
    work.session.execute(update(Reveal).where(*theirs).values(by_name=""))  # read in many languages
