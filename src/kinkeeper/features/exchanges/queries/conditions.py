"""What a draw goes by, counted: for the organiser, who made the rules; nothing of who gives to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from kinkeeper.features.exchanges.models import Draw, DrawKind, Exchange, PairMemory
from kinkeeper.features.exchanges.queries.memory import years_avoided
from kinkeeper.features.exchanges.rules import Quality, Shape, commitment, sealing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Conditions(NamedTuple):
    """What all names are drawn by, or were when they last were."""

    rules: int
    """Those that keep people apart."""
    shape: Shape
    looks_back: bool
    """Whether past years are avoided, and there are any."""
    quality: Quality | None = None
    """How even the chances were. Nobody is told where past years had a part in it: tried with one rule
    after the other it could tell them (ADR 14). Nor is anybody told of a repair's: it depends on who gives
    to whom."""


def conditions_of(session: Session, exchange: Exchange, rules: int) -> Conditions:
    """What the names were drawn by; before the draw what they would be, by so many rules."""
    if exchange.drawn_at is None:
        return Conditions(rules, exchange.shape, _looks_back(session, exchange, years_avoided(exchange)))
    found = select(Draw).where(Draw.exchange_id == exchange.id, Draw.kind != DrawKind.REPAIR)
    draw = session.scalar(found.order_by(Draw.version.desc()).limit(1))
    if draw is None or draw.document_sealed is None:  # before documents there were no shapes, nor years
        return Conditions(rules, Shape.ANY, looks_back=False, quality=draw.quality if draw else None)
    plan = commitment.plan_of(sealing.document_of(draw.id, draw.document_sealed))
    looks_back = _looks_back(session, exchange, len(plan.exclusions.past))
    ruled = len(plan.exclusions.pairs) + len(plan.exclusions.households)
    return Conditions(ruled, plan.shape, looks_back, None if looks_back else draw.quality)


def _looks_back(session: Session, exchange: Exchange, years: int) -> bool:
    """Tell whether there are years to avoid; whether any of these people met then is told to nobody."""
    earlier = PairMemory.series_id == exchange.series_id, PairMemory.gifts_on < exchange.gifts_on
    return years > 0 and bool(session.scalar(select(select(PairMemory.gifts_on).where(*earlier).exists())))
