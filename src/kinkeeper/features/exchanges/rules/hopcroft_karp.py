"""Matching of listed givers in phases of shortest paths (Hopcroft and Karp 1973), O(pairs · √n)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kinkeeper.features.exchanges.rules.reach import NOBODY

Lists = Mapping[int, tuple[int, ...]]


def match_listed(lists: Lists, receiver_of: list[int], giver_to: list[int]) -> None:
    """Place as many of the givers in `lists` as can be, in place; whoever is placed stays placed.

    `receiver_of` and `giver_to` hold the pairs from both ends, NOBODY where there is none.
    Receivers that are taken must be taken by givers in `lists`.
    """
    while depth := _layers(lists, receiver_of, giver_to):
        arms = {giver: iter(receivers) for giver, receivers in lists.items()}
        for giver in lists:
            if receiver_of[giver] == NOBODY:
                _climb(giver, depth, arms, receiver_of, giver_to)


def _layers(lists: Lists, receiver_of: list[int], giver_to: list[int]) -> dict[int, int]:
    """Each giver's distance from those without a receiver; empty if none of them can be helped."""
    queue = [giver for giver in lists if receiver_of[giver] == NOBODY]
    depth = dict.fromkeys(queue, 0)
    shortest = NOBODY
    for giver in queue:
        if shortest != NOBODY and depth[giver] >= shortest:
            break
        for receiver in lists[giver]:
            holder = giver_to[receiver]
            if holder == NOBODY:
                shortest = depth[giver] + 1
            elif holder not in depth:
                depth[holder] = depth[giver] + 1
                queue.append(holder)
    return {} if shortest == NOBODY else depth


def _climb(
    root: int,
    depth: dict[int, int],
    arms: dict[int, Iterator[int]],
    receiver_of: list[int],
    giver_to: list[int],
) -> None:
    """Follow the layers from `root` to a vacant receiver, and shift everyone on the way by one."""
    trail, shifts = [root], list[int]()
    while trail:
        step = _next_step(trail[-1], depth, arms, giver_to)
        if step == NOBODY:
            trail.pop()
            del shifts[-1:]
            continue
        shifts.append(step)
        if giver_to[step] == NOBODY:
            for giver, receiver in zip(trail, shifts, strict=True):
                receiver_of[giver], giver_to[receiver] = receiver, giver
            return
        trail.append(giver_to[step])


def _next_step(giver: int, depth: dict[int, int], arms: dict[int, Iterator[int]], giver_to: list[int]) -> int:
    """The next receiver that is vacant or one layer on; each is looked at once in a phase."""
    for receiver in arms[giver]:
        holder = giver_to[receiver]
        if holder == NOBODY or depth.get(holder) == depth[giver] + 1:
            return receiver
    return NOBODY
