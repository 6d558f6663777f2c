"""Why names cannot be drawn, in words; and the checks that raise it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import rules
from kinkeeper.features.exchanges.rules.joining import FEWEST_PEOPLE, is_enough
from kinkeeper.kernel.errors import Conflict, Invalid
from kinkeeper.kernel.lines import clean_line
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinkeeper.features.exchanges.models import Exchange, Participant

LONGEST_REASON = 200


class StillOpen(Conflict):
    """SK-35: whoever joins after the draw would be left out."""

    code = "exchange.still_open"
    message = mark("%(title)s is still open. Close it first, so that nobody joins while names are drawn.")


class TooFewPeople(Conflict):
    """SK-33."""

    code = "exchange.too_few_people"
    message = mark("%(title)s needs at least %(fewest)s confirmed people; there are %(people)s.")


class DrawnMeanwhile(Conflict):
    """Somebody else changed the draw since the page was shown."""

    code = "exchange.drawn_meanwhile"
    message = mark("The draw of %(title)s has changed since you looked. Please look again.")


class NotInTheDraw(Conflict):
    """Nobody counts on them."""

    code = "exchange.not_in_the_draw"
    message = mark("%(name)s is not in this draw.")


class BadReason(Invalid):
    """It is for everybody to read."""

    code = "exchange.bad_reason"
    message = mark("Please give a reason, in one line of at most %(most)s characters.")
    field = "reason"


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


class NoSuchShape(Conflict):
    """There is a draw, but none of the wished shape (SK-71)."""

    code = "exchange.no_such_shape"
    remedy = mark("Lift a rule, or let the draw have any shape.")


class NotOneLoop(NoSuchShape):
    """Proved."""

    message = mark("These rules leave no draw in which the gifts go round in one big loop.")


class NotWithoutMutual(NoSuchShape):
    """Proved."""

    message = mark("These rules leave no draw in which no two people give to each other.")


class ShapeNotFound(NoSuchShape):
    """Neither found nor proved impossible."""

    message = mark("No draw of the shape that you wish for was found; there may be none.")


class MatchesCertain(Conflict):
    """T-19: a rule that leaves one receiver tells the match to all who know it."""

    code = "exchange.matches_certain"
    message = mark("These rules leave no secret: whoever knows them knows whom %(givers)s must give to.")
    remedy = mark("Lift one of their rules, or ask somebody else to join.")


def clean_reason(reason: str) -> str:
    """One line that everybody will read; raises BadReason."""
    try:
        return clean_line(reason, LONGEST_REASON)
    except ValueError as odd:
        raise BadReason(most=LONGEST_REASON) from odd


def refuse_few(exchange: Exchange, people_in: int) -> None:
    """Raise TooFewPeople where two would know at once."""
    if not is_enough(people_in):
        raise TooFewPeople(title=exchange.title, fewest=FEWEST_PEOPLE, people=people_in)


def refuse_certain(exclusions: rules.Exclusions, shape: rules.Shape, seats: Sequence[Participant]) -> None:
    """Raise MatchesCertain where rules and shape leave somebody one receiver.

    Past years are a wish, and yield before they leave so few. Raises Impossible and ShapeImpossible too.
    """
    choices = rules.possible_receivers(exclusions.instance(years=0), shape)
    certain = tuple(seat.name for seat, left in zip(seats, choices, strict=True) if left == 1)
    if certain:
        raise MatchesCertain(givers=certain)


def no_shape(shape: rules.Shape) -> NoSuchShape:
    """Say which shape it is that cannot be had."""
    return NotOneLoop() if shape is rules.Shape.ONE_LOOP else NotWithoutMutual()


def refusal(stuck: rules.Stuck, seats: Sequence[Participant]) -> Conflict:
    """Say in names who cannot be served."""
    names = {
        "givers": tuple(seats[index].name for index in stuck.givers),
        "receivers": tuple(seats[index].name for index in stuck.receivers),
        "givers_count": len(stuck.givers),
        "receivers_count": len(stuck.receivers),
    }
    if not stuck.receivers:
        return NobodyToGiveTo(**names)
    if not stuck.givers:
        return NobodyGives(**names)
    return TooFewReceivers(**names) if stuck.givers_are_stuck else TooFewGivers(**names)
