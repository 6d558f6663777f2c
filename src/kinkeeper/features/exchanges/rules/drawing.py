"""The draw itself: every valid arrangement equally likely, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from kinkeeper.features.exchanges.rules import rejection, worm
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.matching import largest_matching
from kinkeeper.features.exchanges.rules.stuck import Impossible, who_is_stuck


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

    Rejection where it is expected to end soon, which is exactly uniform, otherwise the worm chain
    from the certificate. Raises Impossible if no arrangement keeps the rules; never fails
    otherwise.
    """
    start = certificate(instance, rng)
    drawn = _by_rejection(instance, rng) or _by_worm(instance, start, rng)
    verify(instance, drawn.receivers)
    return drawn


def _by_rejection(instance: Instance, rng: Random) -> Drawn | None:
    if not rejection.is_promising(instance):
        return None
    receivers = rejection.draw_by_rejection(instance, rng, picks=rejection.budget(instance.size))
    return None if receivers is None else Drawn(tuple(receivers), Quality.EXACT)


def _by_worm(instance: Instance, start: list[int], rng: Random) -> Drawn:
    walk = worm.Walk(instance, start, rng)
    ended = walk.wander(worm.excursions(instance), most_steps=worm.step_cap(instance))
    return Drawn(tuple(walk.receivers), Quality.MIXED if ended else Quality.CAPPED)


def verify(instance: Instance, receivers: tuple[int, ...]) -> None:
    """Raise BrokenDraw unless everyone gives once, receives once, and by the rules; O(n)."""
    if sorted(receivers) != list(range(instance.size)):
        message = "the draw does not serve everyone once"
        raise BrokenDraw(message)
    if not all(instance.permits(giver, receiver) for giver, receiver in enumerate(receivers)):
        message = "the draw breaks an exclusion"
        raise BrokenDraw(message)
