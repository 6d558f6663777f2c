"""What people agree to when they take part: they hear of each choice at once, and have time to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import ChoiceMade, NewChoice
from kinkeeper.features.exchanges.rules.joining import draw_waits_until
from kinkeeper.features.exchanges.service.addressing import readers
from kinkeeper.features.exchanges.service.telling import HAS_PEOPLE, PER_EXCHANGE
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.platform import mail

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.features.exchanges.rules.joining import Seat
    from kinkeeper.features.exchanges.service.addressing import Addressed
    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.limits import Budget

CHOICES = ("publishes_draw", "names_in_letters")
"""Of these people hear whatever the organiser ticks (G20, T-15)."""


class DrawWaits(Conflict):
    """G20, T-15: whoever does not agree must be able to leave."""

    code = "exchange.draw_waits"
    message = mark(
        "The draw waits until %(until)s. What the letters say, or who can check the draw, was chosen after "
        "people had said yes; until then they can leave."
    )
    remedy = mark("Wait until then, or take back what was chosen.")


def charges_of_choosing(exchange: Exchange, chosen: Mapping[str, bool]) -> tuple[tuple[Budget, str], ...]:
    """Answer what it costs to choose this, before it is done: nothing where nobody is told."""
    is_told = bool(_news(exchange, chosen)) and exchange.state in HAS_PEOPLE
    return ((PER_EXCHANGE, str(exchange.id)),) if is_told else ()


def choose(work: Work, exchange: Exchange, chosen: Mapping[str, bool]) -> None:
    """Step: keep what is chosen, and since when, and tell everybody who is in by a letter that goes now."""
    news = _news(exchange, chosen)
    for name in news:
        setattr(exchange, name, chosen[name])
        setattr(exchange, f"{name}_at", work.now if chosen[name] else None)
    if not news or exchange.state not in HAS_PEOPLE:
        return
    choices, about = tuple(NewChoice(name, chosen[name]) for name in news), new_id()
    seats = queries.confirmed_seats(work.session, exchange.id)
    letters = ((_letter(exchange, seat, reader, choices), seat) for seat, reader in readers(work, seats))
    mail.post_all(work, [mail.Posting(letter, about, seat.person_id) for letter, seat in letters])


def _letter(
    exchange: Exchange, seat: Participant, reader: Addressed, choices: tuple[NewChoice, ...]
) -> ChoiceMade:
    return ChoiceMade(
        **reader,
        title=exchange.title,
        slug=exchange.slug,
        participant_id=seat.id,
        exchange_id=exchange.id,
        choices=choices,
    )


def in_the_draw_s_way(exchange: Exchange, seats: Iterable[Seat], now: datetime) -> DrawWaits | None:
    """The problem that a draw would raise while people have not had time to leave."""
    until = draw_waits_until(exchange, seats, now)
    if until is None:
        return None
    local = until.astimezone(ZoneInfo(exchange.zone))
    return DrawWaits(until=f"{local:%Y-%m-%d %H:%M}")


def _news(exchange: Exchange, chosen: Mapping[str, bool]) -> list[str]:
    return [name for name in CHOICES if getattr(exchange, name) != chosen[name]]
