"""The draw itself: every valid arrangement equally likely, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules import rejection, worm
from kinkeeper.features.exchanges.rules.chance import below
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.matching import largest_matching
from kinkeeper.features.exchanges.rules.parts import Part, parts, whole
from kinkeeper.features.exchanges.rules.stuck import Impossible, who_is_stuck

Pairs = dict[int, int]
"""Givers, and whom each of them gives to."""

_A_RING: Final = 2


class Quality(StrEnum):
    """How even the chances were.

    EXACT: all arrangements equally likely. MIXED: the worm chain ran its full course; on usual
    rules no measurement can tell it from exact. CAPPED: the chain was cut short; valid, its
    evenness is not known.
    """

    EXACT = "exact"
    MIXED = "mixed"
    CAPPED = "capped"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished draw: `receivers[g]` is whom person g gives to."""

    receivers: tuple[int, ...]
    quality: Quality


class BrokenDraw(RuntimeError):
    """The program is wrong: it made an arrangement that breaks the rules."""


def certificate(instance: Instance, rng: Random) -> list[int]:
    """Some valid arrangement (entry g is whom g gives to): proof that a fair draw can be had.

    Raises Impossible.
    """
    matching = largest_matching(instance, rng)
    if matching.givers_left() and (stuck := who_is_stuck(instance)):
        raise Impossible(stuck)
    return matching.receiver_of


def draw(instance: Instance, rng: Random) -> Drawn:
    """Decide who gives to whom (SK-67 … SK-76, G1 … G4); equal generators give equal draws.

    Rejection where it is expected to end soon; otherwise the exchange falls into parts, and each is
    drawn by an exact method if one fits, else by the worm chain from the certificate. Raises
    Impossible if no arrangement keeps the rules; never fails otherwise.
    """
    start = certificate(instance, rng)
    pairs = _by_rejection(whole(instance), rng)
    shares = [(pairs, Quality.EXACT)] if pairs else _in_parts(instance, start, rng)
    together = {giver: receiver for share, _ in shares for giver, receiver in share.items()}
    receivers = tuple(together[giver] for giver in range(instance.size))
    verify(instance, receivers)
    return Drawn(receivers, max((quality for _, quality in shares), key=list(Quality).index))


def _in_parts(instance: Instance, start: list[int], rng: Random) -> list[tuple[Pairs, Quality]]:
    return [_draw_part(part, start, rng) for part in parts(instance, start)]


def _draw_part(part: Part, start: list[int], rng: Random) -> tuple[Pairs, Quality]:
    has_been_tried = part.size == part.instance.size
    exact = (None if has_been_tried else _by_rejection(part, rng)) or _by_coin(part, start, rng)
    if exact:
        return exact, Quality.EXACT
    walk = worm.Walk(part, start, rng)
    ended = walk.wander(worm.excursions(part), most_steps=worm.step_cap(part))
    return walk.pairs(), Quality.MIXED if ended else Quality.CAPPED


def _by_rejection(part: Part, rng: Random) -> Pairs | None:
    hat = rejection.Hat(part)
    return hat.draw(rng, picks=rejection.budget(part)) if hat.is_promising() else None


def _by_coin(part: Part, start: list[int], rng: Random) -> Pairs | None:
    """Where all have two choices, a part is one ring: all keep what they have or all change over."""
    if any(choices != _A_RING for choices in part.choices):
        return None
    change = below(rng, 2)
    return {
        giver: next(one for one in part.receivers_of(giver) if (one != start[giver]) == change)
        for giver in part.givers
    }


def verify(instance: Instance, receivers: tuple[int, ...]) -> None:
    """Raise BrokenDraw unless everyone gives once, receives once, and by the rules; O(n)."""
    if sorted(receivers) != list(range(instance.size)):
        message = "the draw does not serve everyone once"
        raise BrokenDraw(message)
    if not all(instance.permits(giver, receiver) for giver, receiver in enumerate(receivers)):
        message = "the draw breaks an exclusion"
        raise BrokenDraw(message)
