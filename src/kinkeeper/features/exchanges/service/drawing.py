"""Drawing the names: everyone gives once, receives once, and is told once."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges import queries, rules
from kinkeeper.features.exchanges.emails import MatchReady
from kinkeeper.features.exchanges.models import (
    Assignment,
    Draw,
    Exchange,
    ExchangeState,
    Participant,
)
from kinkeeper.features.exchanges.permissions import may_organise
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.service.organising import FEWEST_PEOPLE, AlreadyDrawn
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinkeeper.kernel.actor import Actor

SEED = 32


class StillOpen(Conflict):
    """SK-35: whoever joins after the draw would be left out."""

    code = "exchange.still_open"
    message = mark("%(title)s is still open. Close it first, so that nobody joins while names are drawn.")


class TooFewPeople(Conflict):
    """SK-33."""

    code = "exchange.too_few_people"
    message = mark("%(title)s needs at least %(fewest)s confirmed people; there are %(people)s.")


class DrawImpossible(Conflict):
    """The rules leave no way (SK-72, SK-75); the message says who is stuck, and with whom."""

    code = "exchange.draw_impossible"
    remedy = mark("Lift one of their rules, or ask somebody else to join.")


class TooFewReceivers(DrawImpossible):
    """More givers than people whom they may give to."""

    message = mark(
        "These rules leave no way to draw. %(givers)s can only give to %(receivers)s: "
        "%(givers_count)s people, but %(receivers_count)s to give to."
    )


class TooFewGivers(DrawImpossible):
    """More receivers than people who may give to them."""

    message = mark(
        "These rules leave no way to draw. Only %(givers)s may give to %(receivers)s: "
        "%(receivers_count)s people, but %(givers_count)s to give."
    )


class NobodyToGiveTo(DrawImpossible):
    """Somebody has nobody left."""

    message = mark("These rules leave no way to draw. %(givers)s may give to nobody.")


class NobodyGives(DrawImpossible):
    """Somebody is left out by all."""

    message = mark("These rules leave no way to draw. Nobody may give to %(receivers)s.")


def draw_names(actor: Actor, exchange_id: UUID, *, seed: bytes | None = None) -> None:
    """Decide who gives to whom, seal it, and tell everyone that their match is ready.

    The same `seed` (32 bytes; fresh by default) and the same people give the same draw (SK-76). All
    of it is one transaction: of draws at the same moment one wins, and the others are told (T-56).
    """
    with transaction(actor) as work:
        exchange = queries.exchange_for_change(work.session, exchange_id)
        work.authorize(may_organise, exchange, visible=may_organise)
        seats = queries.confirmed_seats(work.session, exchange.id)
        _refuse_unready(exchange, len(seats))
        drawn = _drawn(work, exchange, seats, seed or secrets.token_bytes(SEED))
        exchange.state, exchange.drawn_at = ExchangeState.DRAWN, work.now
        draw = Draw(
            id=new_id(),
            exchange_id=exchange.id,
            version=1,
            drawn_at=work.now,
            quality=drawn.quality,
        )
        work.session.add(draw)
        work.session.flush()  # the sealed rows refer to it
        for giver, receiver in enumerate(drawn.receivers):
            work.session.add(_sealed(draw.id, seats[giver], seats[receiver]))
        _tell_everyone(work, exchange, seats, draw.version)
        # Who drew whom is told to nobody else, the audit trail included.
        audit.record(work, "exchange.names_drawn", exchange.id, people=len(seats))


def _refuse_unready(exchange: Exchange, people_in: int) -> None:
    if exchange.state is ExchangeState.DRAWN:
        raise AlreadyDrawn(title=exchange.title)
    if exchange.state is ExchangeState.OPEN:
        raise StillOpen(title=exchange.title)
    if people_in < FEWEST_PEOPLE:
        raise TooFewPeople(title=exchange.title, fewest=FEWEST_PEOPLE, people=people_in)


def _drawn(work: Work, exchange: Exchange, seats: Sequence[Participant], seed: bytes) -> rules.Drawn:
    instance = queries.instance_of(work.session, exchange.id, seats)
    try:
        return rules.draw(instance, rules.rng_from_seed(seed))
    except rules.Impossible as impossible:
        raise refusal(impossible.stuck, seats) from impossible


def refusal(stuck: rules.Stuck, seats: Sequence[Participant]) -> Conflict:
    """Say in names who cannot be served."""
    names = {
        "givers": ", ".join(seats[index].name for index in stuck.givers),
        "receivers": ", ".join(seats[index].name for index in stuck.receivers),
        "givers_count": len(stuck.givers),
        "receivers_count": len(stuck.receivers),
    }
    if not stuck.receivers:
        return NobodyToGiveTo(**names)
    if not stuck.givers:
        return NobodyGives(**names)
    return TooFewReceivers(**names) if stuck.givers_are_stuck else TooFewGivers(**names)


def _sealed(draw_id: UUID, giver: Participant, receiver: Participant) -> Assignment:
    return Assignment(
        draw_id=draw_id,
        giver_id=giver.id,
        receiver_sealed=sealing.seal(draw_id, giver.id, giver.salt, receiver.id),
        receiver_mark=sealing.mark_of(draw_id, receiver.id),
    )


def _tell_everyone(work: Work, exchange: Exchange, seats: Sequence[Participant], version: int) -> None:
    boxes = people.mailboxes(work.session, [seat.person_id for seat in seats if seat.person_id])
    ready = [
        mail.Posting(_match_ready(exchange, seat, box), about=seat.id, generation=version)
        for seat in seats
        for box in (boxes[seat.person_id] if seat.person_id else [])
    ]
    mail.post_all(work, ready)


def _match_ready(exchange: Exchange, seat: Participant, box: people.Mailbox) -> MatchReady:
    return MatchReady(
        to=box.email,
        language=box.language,
        name=seat.name,
        title=exchange.title,
        gifts_on=exchange.gifts_on,
        budget=exchange.budget,
        participant_id=seat.id,
    )
