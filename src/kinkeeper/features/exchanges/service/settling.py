"""By which rules a draw can be repaired; or why it cannot, told beforehand and whoever gives to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import rules
from kinkeeper.features.exchanges.service.refusals import (
    DrawImpossible,
    MatchesCertain,
    refusal,
    refuse_certain,
)
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.queries import Terms


class NobodyThere(Conflict):
    """An erased place stays drawn for those who count on it, and takes no part again."""

    code = "exchange.nobody_there"
    message = mark("They were erased, so nobody is there to be let in.")


class TooFewAround(Conflict):
    """T-19: whoever comes late must not be put beside somebody on purpose, to read their match."""

    code = "exchange.too_few_around"
    message = mark(
        "%(name)s is kept apart from too many. At least half of the others, and three, must be able to give "
        "to them and to get from them: else matches could be worked out."
    )
    remedy = mark("Lift one of their rules, or let somebody else in first.")


def settled(terms: Terms) -> rules.Exclusions:
    """Answer the rules of a repair: those that were drawn by, without the lifted ones where it takes that.

    Raises DrawImpossible, MatchesCertain (T-19), TooFewAround or NobodyThere. No match has a part in it,
    so that pages can say it before anything is done.
    """
    if terms.newcomer is not None and terms.seats[terms.newcomer].person_id is None:
        raise NobodyThere
    try:
        return _kept_secret(terms, terms.exclusions)
    except (DrawImpossible, MatchesCertain, TooFewAround):
        return _kept_secret(terms, terms.lifted())


def _kept_secret(terms: Terms, exclusions: rules.Exclusions) -> rules.Exclusions:
    late = terms.newcomer
    try:
        if late is not None and not rules.is_hidden(exclusions.instance(years=0), late):
            raise TooFewAround(name=terms.seats[late].name)
        refuse_certain(exclusions, rules.Shape.ANY, terms.seats)  # a repair may leave the shape
    except rules.Impossible as impossible:
        raise refusal(impossible.stuck, terms.seats) from impossible
    return exclusions
