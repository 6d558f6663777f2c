"""Reads of what a repair may go by: the rules that the names were drawn by, and nobody's match."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations, zip_longest
from typing import TYPE_CHECKING

from sqlalchemy import select

from kinkeeper.features.exchanges.models import Draw, Exchange, Participant
from kinkeeper.features.exchanges.queries.draw_rules import exclusions_of
from kinkeeper.features.exchanges.rules import Exclusions, Shape, commitment, sealing
from kinkeeper.features.exchanges.rules.exclusions import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.features.exchanges.rules.commitment import Plan


@dataclass(frozen=True, slots=True)
class Terms:
    """What a repair may go by; people are positions in `seats`, which are those of the new round.

    All of it is the same whoever gives to whom, and so is all that is said of a repair beforehand.
    """

    seats: list[Participant]
    newcomer: int | None
    exclusions: Exclusions
    """The rules of the version that counts, and for whoever comes in with this one today's, both ways."""
    today: Exclusions
    shape: Shape

    def lifted(self) -> Exclusions:
        """Those of the rules that still stand: lifting one helps, making one does not (T-14)."""
        kept = [home for home in self.exclusions.households if _stays(home, self.today.households)]
        gone = (home for home in self.exclusions.households if home not in kept)
        one_by_one = self.exclusions.pairs.union(*(permutations(home, 2) for home in gone))
        pairs = frozenset(pair for pair in one_by_one if _forbids(self.today, pair))
        return replace(self.exclusions, pairs=pairs, households=tuple(kept))


def terms_of(
    session: Session, exchange: Exchange, seats: list[Participant], newcomer: Participant | None
) -> Terms:
    """What a repair may go by that leaves these people, of whom one may have come late.

    A rule that was made since must not move a match that people have: trying rules would tell it. For the
    newcomer every rule counts both ways, as one that leaves them one giver would tell that giver's match.
    """
    late = None if newcomer is None else seats.index(newcomer)
    today = exclusions_of(session, exchange, seats)
    plan = _plan_of(session, exchange.id)
    then, shape = (today, Shape.ANY) if plan is None else (_moved(plan, seats), plan.shape)
    return Terms(seats, late, then if late is None else _with(late, then, today), today, shape)


def _plan_of(session: Session, exchange_id: UUID) -> Plan | None:
    """All that the version that counts depended on; None for those older than documents."""
    found = select(Draw).where(Draw.exchange_id == exchange_id, Draw.document_sealed.is_not(None))
    draw = session.scalar(found.order_by(Draw.version.desc()).limit(1))
    if draw is None or draw.document_sealed is None:
        return None
    return commitment.plan_of(sealing.document_of(draw.id, draw.document_sealed))


def _moved(plan: Plan, seats: Sequence[Participant]) -> Exclusions:
    """The rules of then, as far as they are about people who are still in."""
    place = {str(seat.id): index for index, seat in enumerate(seats)}
    now_at = {old: place[person] for old, person in enumerate(plan.people) if person in place}

    def moved(pairs: Iterable[Pair]) -> frozenset[Pair]:
        return frozenset((now_at[a], now_at[b]) for a, b in pairs if a in now_at and b in now_at)

    homes = [frozenset(now_at[one] for one in home if one in now_at) for home in plan.exclusions.households]
    past = tuple(moved(year) for year in plan.exclusions.past)
    return Exclusions(
        len(seats), moved(plan.exclusions.pairs), tuple(home for home in homes if len(home) > 1), past
    )


def _with(late: int, then: Exclusions, today: Exclusions) -> Exclusions:
    """The rules of then, and of today those about whoever comes late."""
    at_home = {(late, other) for home in today.households if late in home for other in home - {late}}
    since = _about(late, today.pairs) | at_home
    years = zip_longest(then.past, today.past, fillvalue=frozenset[Pair]())
    return replace(
        then,
        pairs=then.pairs | since | {(receiver, giver) for giver, receiver in since},
        past=tuple(old | _about(late, new) for old, new in years),
    )


def _about(person: int, pairs: Iterable[Pair]) -> frozenset[Pair]:
    return frozenset(pair for pair in pairs if person in pair)


def _stays(home: frozenset[int], homes: Iterable[frozenset[int]]) -> bool:
    return any(home <= other for other in homes)


def _forbids(exclusions: Exclusions, pair: Pair) -> bool:
    return pair in exclusions.pairs or _stays(frozenset(pair), exclusions.households)
