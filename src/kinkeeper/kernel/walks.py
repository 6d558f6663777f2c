"""What fingers type where no computer was asked: along the keyboard or the alphabet, or one thing again."""

from __future__ import annotations

from itertools import pairwise

_ROWS = (
    *("1234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"),
    *("qwertzuiopü", "yxcvbnm,.-"),
    *("azertyuiop", "qsdfghjklm", "wxcvbn,;:!"),
)
"""Of an English, a German and a French keyboard."""
_COLUMNS = (
    *("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/", "1qay", "6zhn"),
    *("4esz", "5rdx", "6tfc", "7ygv", "8uhb", "9ijn", "0okm"),
)
_STEPS = {
    frozenset(step)
    for track in ("abcdefghijklmnopqrstuvwxyz", "01", *_ROWS, *_COLUMNS)
    for step in pairwise(track)
}
_SHIFTED = str.maketrans("!@#$%^&*()", "1234567890")
_MOST = 0.6
"""Of random hexadecimal digits one step in five goes to a neighbour. So many do in one of 10^10 secrets of 64
digits, and in one of 400,000 of 32, the shortest there may be: whoever has drawn that one draws again."""


def is_walked(text: bytes) -> bool:
    """Tell whether most of it are steps to a neighbour, one after the other or two hands in turn."""
    plain = text.decode("latin-1").lower().translate(_SHIFTED)
    return any(_steps(plain, hands) > _MOST * (len(plain) - hands) for hands in (1, 2))


def is_repeated(text: bytes, longest: int) -> bool:
    """Tell whether it is one piece, of `longest` bytes at most, twice or more often."""
    most = min(longest, len(text) // 2)
    return any(text[piece:] == text[:-piece] for piece in range(1, most + 1))


def _steps(plain: str, hands: int) -> int:
    pairs = zip(plain, plain[hands:], strict=False)
    return sum(before == after or frozenset((before, after)) in _STEPS for before, after in pairs)
