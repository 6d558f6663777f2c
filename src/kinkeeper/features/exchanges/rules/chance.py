"""Chance: the seeded generator, and the two random steps that the draw needs of it."""

from __future__ import annotations

from random import Random
from typing import Final, TypeVar

_SEED_BYTES: Final = 32

T = TypeVar("T")


def rng_from_seed(seed: bytes) -> Random:
    """A generator that the 32 bytes of `seed` determine on every Python (SK-76).

    Raises ValueError for a seed of another length. The seed carries all the secrecy (SK-70): 256
    bits from the system's source are as hard to guess as a key, and whoever holds them can repeat
    the draw.
    """
    if len(seed) != _SEED_BYTES:
        message = f"a seed has {_SEED_BYTES} bytes, not {len(seed)}"
        raise ValueError(message)
    return Random(int.from_bytes(seed, "big"))  # noqa: S311 - must be repeatable; the secret is the seed


# Of all the generator's methods only random() is promised to give the same sequence for the same
# seed in every release of Python ("Notes on Reproducibility" in the library's documentation), so
# nothing else is called. int(random() * n) is below n for every n < 2**53, and uneven by less than
# n / 2**53.


def below(rng: Random, bound: int) -> int:
    """A whole number from 0 to `bound` - 1, each equally likely."""
    return int(rng.random() * bound)


def shuffle(rng: Random, items: list[T]) -> None:
    """Put `items` in random order, in place (Fisher and Yates)."""
    for last in range(len(items) - 1, 0, -1):
        other = below(rng, last + 1)
        items[last], items[other] = items[other], items[last]
