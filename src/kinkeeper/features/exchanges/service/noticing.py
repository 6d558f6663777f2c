"""Telling organisers of what they run (SK-89 to SK-92): who and how many, never pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails.notices import (
    HandedOn,
    NamesDrawn,
    SomebodyForgotten,
    SomebodyJoined,
    SomebodyLeft,
)
from kinkeeper.features.exchanges.models import DrawKind, ExchangeOrganiser
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.kernel.db import new_id
from kinkeeper.platform import mail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any
    from uuid import UUID

    from sqlalchemy.orm import InstrumentedAttribute

    from kinkeeper.features.exchanges.models import Draw, Exchange, Participant
    from kinkeeper.kernel.work import Work


def tell_of_joining(work: Work, exchange: Exchange, seat: Participant) -> None:
    """Step: somebody has just confirmed their place."""
    _tell_of(work, exchange, seat, SomebodyJoined, ExchangeOrganiser.hears_of_joining)


def tell_of_leaving(work: Work, exchange: Exchange, seat: Participant) -> None:
    """Step: somebody has just given their place up."""
    _tell_of(work, exchange, seat, SomebodyLeft, ExchangeOrganiser.hears_of_leaving)


def tell_of_forgetting(work: Work, exchange: Exchange, seat: Participant) -> None:
    """Step: whoever has this place is being erased; the letter must not keep what is to be forgotten."""
    addressed = list(_addressed(work, exchange, ExchangeOrganiser.hears_of_leaving))
    if not addressed:
        return
    others, is_drawn = _others(work, exchange, seat), exchange.state is ExchangeState.DRAWN
    letters = (SomebodyForgotten(**whom, people=others, is_drawn=is_drawn) for whom in addressed)
    mail.post_all(work, [mail.Posting(letter, about=seat.id, person_id=None) for letter in letters])


def tell_of_drawing(work: Work, exchange: Exchange, draw: Draw, people_in: int) -> None:
    """Step: all names have just been drawn (SK-91)."""
    addressed = _addressed(work, exchange, ExchangeOrganiser.hears_of_drawing)
    is_again = draw.kind is DrawKind.REDRAW
    letters = (NamesDrawn(**whom, people=people_in, is_again=is_again) for whom in addressed)
    mail.post_all(work, [mail.Posting(letter, about=draw.id, person_id=None) for letter in letters])


def tell_heirs(work: Work, handed: Mapping[UUID, Sequence[UUID]]) -> None:
    """Step: these exchanges have come to these people, who did not ask: one letter to each, about all."""
    heirs = people.names_of(work.session, handed)
    mail.post_all(
        work,
        [
            mail.Posting(
                HandedOn(**whom, exchange_ids=tuple(handed[heir_id])), about=new_id(), person_id=heir_id
            )
            for heir_id, whom in _boxes(work, heirs)
        ],
    )


def _tell_of(
    work: Work,
    exchange: Exchange,
    seat: Participant,
    kind: type[SomebodyJoined | SomebodyLeft],
    asked: InstrumentedAttribute[bool],
) -> None:
    addressed = list(_addressed(work, exchange, asked))
    if not addressed:
        return
    people_in = _others(work, exchange, seat) + (kind is SomebodyJoined)
    facts: dict[str, Any] = {"who": seat.name, "people": people_in}
    if kind is SomebodyLeft:
        facts["holds"] = _held_by(work, exchange, seat)
    letters = (kind(**whom, **facts) for whom in addressed)
    mail.post_all(  # about each time anew: whoever leaves may come back, and leave again
        work, [mail.Posting(one, about=new_id(), person_id=seat.person_id) for one in letters]
    )


def _held_by(work: Work, exchange: Exchange, seat: Participant) -> int:
    """Answer how many places of others whoever has left looks after still."""
    wards = people.wards_of(work.session, [seat.person_id]) if seat.person_id is not None else {}
    return len(queries.seats_held_for(work.session, exchange.id, wards))


def _others(work: Work, exchange: Exchange, seat: Participant) -> int:
    """Answer how many others take part."""
    return sum(one.id != seat.id for one in queries.confirmed_seats(work.session, exchange.id))


def _addressed(
    work: Work, exchange: Exchange, asked: InstrumentedAttribute[bool]
) -> Iterator[dict[str, Any]]:
    """Answer what every letter to each of those who asked begins with."""
    listeners = queries.organisers_who_asked(work.session, exchange.id, asked)
    for _, whom in _boxes(work, listeners):
        yield {**whom, "title": exchange.title, "exchange_id": exchange.id}


def _boxes(work: Work, listeners: Mapping[UUID, str]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Answer where letters for each of them go, in which language, and who is spoken to."""
    boxes = people.mailboxes(work.session, listeners) if listeners else {}
    for person_id, name in listeners.items():
        for box in boxes[person_id]:
            yield person_id, {"to": box.email, "language": box.language, "name": name}
