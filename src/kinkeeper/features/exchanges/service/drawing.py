"""Drawing the names: everyone gives once, receives once, and is told once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.exchanges import queries, rules
from kinkeeper.features.exchanges.emails import AboutDraw, DrawnAgain, MatchReady, WithMatch
from kinkeeper.features.exchanges.models import Draw, DrawKind, Exchange, Participant
from kinkeeper.features.exchanges.rules import commitment, sealing
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.addressing import Addressed, readers
from kinkeeper.features.exchanges.service.choosing import in_the_draw_s_way
from kinkeeper.features.exchanges.service.ending import NotDrawn
from kinkeeper.features.exchanges.service.noticing import tell_of_drawing
from kinkeeper.features.exchanges.service.organising import AlreadyDrawn, organised_to_change, refuse_over
from kinkeeper.features.exchanges.service.refusals import (
    DrawnMeanwhile,
    ShapeNotFound,
    StillOpen,
    clean_reason,
    no_shape,
    refusal,
    refuse_certain,
    refuse_few,
)
from kinkeeper.features.exchanges.service.versions import begin_version, seal_pairs
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinkeeper.kernel.actor import Actor


REDRAWS = Budget("redraw.exchange", 6, timedelta(days=1))
"""Each writes to everybody, and is one more that people cannot tell from the last (T-9)."""


def draw_names(actor: Actor, exchange_id: UUID, *, seed: bytes | None = None) -> None:
    """Decide who gives to whom, seal it, and tell everyone that their match is ready.

    The seed is the one that was made and promised at closing; the one for drawing again is made now, and
    promised from now on. Another `seed` (32 bytes) is for tests: with
    the same people it gives the same draw (SK-76). All of it is one transaction: of draws at the same
    moment one wins, and the others are told (T-56).
    """
    with transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id)
        seats = queries.confirmed_seats(work.session, exchange.id)
        _refuse_unready(exchange, len(seats))
        waits = in_the_draw_s_way(exchange, seats, work.now)
        if waits is not None:
            raise waits
        begins_with = seed or queries.promised_seed(work.session, exchange, seats) or _fresh()
        draw = _draw(work, exchange, seats, begins_with, kind=DrawKind.DRAW)
        exchange.state, exchange.drawn_at = ExchangeState.DRAWN, work.now
        exchange.seed_sealed = sealing.new_seed(exchange.id)
        tell(work, MatchReady, exchange, seats, draw.version)
        tell_of_drawing(work, exchange, draw, len(seats))
        # Who drew whom is told to nobody else, the audit trail included.
        audit.record(work, "exchange.names_drawn", exchange.id, people=len(seats), commitment=draw.commitment)


def redraw_names(
    actor: Actor, exchange_id: UUID, reason: str, *, after: int | None = None, seed: bytes | None = None
) -> None:
    """Draw all names anew, and tell everyone that their old match no longer holds (SK-80, T-18).

    `reason` stands on every participant's page, in a list that only grows. `after` is the version that
    the organiser had before their eyes: of two redraws at the same moment one wins. The seed was promised
    when the names were drawn before.
    """
    said = clean_reason(reason)
    queries.exchange_of(read_session(), actor, exchange_id)  # a stranger uses up nobody's budget
    with limits.spending((REDRAWS, str(exchange_id))), transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id)
        refuse_undrawn(work, exchange, after)
        seats = _without_erased(work, exchange)
        refuse_few(exchange, len(seats))
        begins_with = seed or _promised_again(exchange)
        draw = _draw(work, exchange, seats, begins_with, kind=DrawKind.REDRAW, reason=said)
        exchange.drawn_at, exchange.seed_sealed = work.now, sealing.new_seed(exchange.id)
        tell(work, DrawnAgain, exchange, seats, draw.version)
        tell_of_drawing(work, exchange, draw, len(seats))
        audit.record(
            work,
            "exchange.names_drawn_again",
            exchange.id,
            people=len(seats),
            version=draw.version,
            commitment=draw.commitment,
        )


def _without_erased(work: Work, exchange: Exchange) -> list[Participant]:
    """Those who can be drawn anew; an erased place was kept for the draw before only, and goes with it."""
    seats = queries.confirmed_seats(work.session, exchange.id)
    for seat in seats:
        if seat.person_id is None:
            seat.withdrawn_at = work.now
    return [seat for seat in seats if seat.person_id is not None]


def refuse_undrawn(work: Work, exchange: Exchange, after: int | None) -> None:
    """Raise unless there is a draw to change, and the newest is the one that the organiser has seen."""
    refuse_over(exchange)
    draw = queries.newest_draw(work.session, exchange.id)
    if exchange.state is not ExchangeState.DRAWN or draw is None:
        raise NotDrawn(title=exchange.title)
    if after is not None and draw.version != after:
        raise DrawnMeanwhile(title=exchange.title)


def _refuse_unready(exchange: Exchange, people_in: int) -> None:
    refuse_over(exchange)
    if exchange.state is ExchangeState.DRAWN:
        raise AlreadyDrawn(title=exchange.title)
    if exchange.state is not ExchangeState.CLOSED:
        raise StillOpen(title=exchange.title)
    refuse_few(exchange, people_in)


def _promised_again(exchange: Exchange) -> bytes:
    """The seed that was promised when names were drawn, as it is: its mark binds it, whatever changes."""
    sealed = exchange.seed_sealed
    return _fresh() if sealed is None else sealing.seed_of(exchange.id, sealed)


def _fresh() -> bytes:
    """For whoever closed or drew before there were seeds."""
    return secrets.token_bytes(sealing.SEED)


def _draw(
    work: Work,
    exchange: Exchange,
    seats: Sequence[Participant],
    seed: bytes,
    *,
    kind: DrawKind,
    reason: str = "",
) -> Draw:
    """Draw by way of the document whose hash is promised, so that nothing else can matter."""
    document = queries.document_of(work.session, exchange, seats, seed)
    drawn = _drawn(document, seats)
    draw = begin_version(
        work,
        exchange,
        kind=kind,
        reason=reason,
        quality=drawn.quality,
        commitment=commitment.commitment_of(document),
    )
    draw.document_sealed = sealing.seal_document(draw.id, document)
    seal_pairs(work, draw, seats, drawn.receivers)
    return draw


def _drawn(document: bytes, seats: Sequence[Participant]) -> rules.Drawn:
    plan = commitment.plan_to_draw(document)
    try:
        refuse_certain(plan.exclusions, plan.shape, seats)
        return commitment.carry_out(plan)
    except rules.Impossible as impossible:
        raise refusal(impossible.stuck, seats) from impossible
    except rules.ShapeNotFound as not_found:
        raise ShapeNotFound from not_found
    except rules.ShapeImpossible as impossible:
        raise no_shape(impossible.shape) from impossible


def tell(
    work: Work, kind: type[AboutDraw], exchange: Exchange, seats: Sequence[Participant], version: int
) -> None:
    """Step: send all of these the same letter, in the order of their seats: it tells nothing."""
    postings = [
        mail.Posting(
            _letter(kind, exchange, seat, reader), about=seat.id, person_id=seat.person_id, generation=version
        )
        for seat, reader in readers(work, seats)
    ]
    mail.post_all(work, postings)


def _letter(kind: type[AboutDraw], exchange: Exchange, seat: Participant, reader: Addressed) -> AboutDraw:
    names = {"names": exchange.names_in_letters} if issubclass(kind, WithMatch) else {}
    return kind(
        **names,
        **reader,
        title=exchange.title,
        gifts_on=exchange.gifts_on,
        budget=exchange.budget,
        slug=exchange.slug,
        participant_id=seat.id,
        exchange_id=seat.exchange_id,
    )
