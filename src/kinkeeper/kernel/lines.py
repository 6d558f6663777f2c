"""Short text on one line: what letters and pages can carry, with nothing in it that is not seen."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

MOST_READ = 4_000
"""Letters: what is longer is no line of anybody's, and is not looked at any further."""
MOST_MARKS = 30
"""In a row: what languages write has fewer, and to sort more takes the square of them (UAX #15, 12)."""
_UNCOMPOSED = 4
"""What one letter may be made of before it is composed: Vietnamese takes three."""

_ODD = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Controls, formats (bidi marks among them), lone surrogates, private use, and what is unassigned."""

_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Default_Ignorable_Code_Point (Unicode 16) as far as they are letters or marks, and the empty braille."""

_SIGN = (
    r"[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f"
    r"\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_EMOJI = rf"{_SIGN}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_EMOJI_SEQUENCES = re.compile(
    r"\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    r"|\U000e0077\U000e006c\U000e0073)\U000e007f"
    rf"|{_EMOJI}(?:\u200d{_EMOJI})*"
    r"|[0-9#*]\ufe0f\u20e3"
)
"""Emoji joined by ZWJ or coloured by VS16, and the flags of England, Scotland and Wales, spelt in tags."""

_JOINED_LETTERS = re.compile(
    "(?<=[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])[\u200c\u200d]"
    "|(?<=[\u0620-\u064a\u066e-\u06d3])\u200c(?=[\u0620-\u064a\u066e-\u06d3])"
)
"""Joiners that change what is seen (RFC 5892, A.1, A.2): Sinhala and Persian names are misspelt without."""

_WEB = re.compile(r"://|\bwww\.|@|\bmailto:|\b\d{1,3}(?:\.\d{1,3}){3}\b", re.IGNORECASE)
_LABEL = r"[^\s.:;,!?#/\\()<>\[\]{}\"“”«»]+"
_DOTTED = re.compile(rf"({_LABEL}(?:\.{_LABEL})+)(\.?(?:/|[?#](?=\S)|:(?=\d)))?")
"""A host, perhaps, and what only stands behind hosts: a path, a query, a fragment, a port."""
_BEFORE_NAMES = {"Dipl", "Dott", "Dr", "Fr", "Hr", "Mag", "Mr", "Mrs", "Ms", "Prof", "Rev", "Sig", "Sr", "St"}
_AFTER_INITIALS = {"de", "di", "do", "la", "med", "ing"}
"""Particles and faculties that are top-level domains too: "J.de Vries", "Dr.med. Kim"."""
_NO_SURNAMES = {"co", "com", "edu", "gov", "info", "io", "me", "net", "org", "tv"}
"""Behind an initial, hosts that everybody knows: "T.Co", "X.Com". Whoever is called Co leaves a space."""


def normal(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """Answer text in a normal form of Unicode, in a time that grows with its length and no faster.

    The one place that asks for it: thousands of marks on one letter would keep the whole house busy. Of a
    row of them, the first are kept.
    """
    return unicodedata.normalize(form, text if text.isascii() else _calmed(text))


def _calmed(text: str) -> str:
    kept, marks = list[str](), 0
    for letter in text:
        marks = marks + 1 if _is_mark(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _is_mark(letter: str) -> bool:
    """Tell whether it stands on the letter before it; some do only once they are taken apart."""
    return not letter.isascii() and unicodedata.combining(unicodedata.normalize("NFKD", letter)[0]) > 0


def clean_line(text: str, most: int) -> str:
    """Answer the text in NFC, with single spaces; raise ValueError where it is none of 1 to `most` letters.

    A line break would forge a header (T-31); what nobody sees would make two names out of one, or
    turn the rest of a subject around.
    """
    parted = " ".join(text.split())
    if len(parted) > _UNCOMPOSED * most:
        raise ValueError("not a line")
    line = normal("NFC", parted)
    plain = _JOINED_LETTERS.sub("", _EMOJI_SEQUENCES.sub("", line))
    if not 1 <= len(line) <= most or _UNSEEN.search(plain) or any(map(_is_odd, plain)):
        raise ValueError("not a line")
    return line


def fold(text: str) -> str:
    """Answer text as it is searched and sorted: without accents, in lower case, with single spaces.

    Letters that only look like others stay apart: "ø" is no "o" with an accent (Unicode has it as a letter).
    What is longer than anything that is stored is cut.
    """
    parted = normal("NFKD", text[:MOST_READ].casefold())
    plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join(plain.split())


def names_host(text: str) -> bool:
    """Tell whether mail programs would make a link of some of this text (T-32).

    They look for a top-level domain behind a dot. Names are told apart as far as can be: "Dr.Kim" is
    no host though .kim is a domain; "dr.kim/x" is. What is too long to be looked at may name one.
    """
    if len(text) > MOST_READ:
        return True
    folded = normal("NFKC", text).replace("\u3002", ".")
    if _WEB.search(folded):
        return True
    return any(_is_host(found[1], has_more=bool(found[2])) for found in _DOTTED.finditer(folded))


def _is_odd(letter: str) -> bool:
    return unicodedata.category(letter) in _ODD


def _is_host(dotted: str, *, has_more: bool) -> bool:
    labels = dotted.split(".")
    return any(
        label.lower() in top_level_domains() and (has_more or not _is_of_a_name(labels[:place], label))
        for place, label in enumerate(labels)
        if place
    )


def _is_of_a_name(before: list[str], label: str) -> bool:
    short = all(part in _BEFORE_NAMES or (len(part) == 1 and part.isupper()) for part in before)
    is_name = label.istitle() and label.lower() not in _NO_SURNAMES
    return short and (is_name or label in _AFTER_INITIALS)


@cache
def top_level_domains() -> frozenset[str]:
    """Answer IANA's list, in lower case, names of other scripts as they are written and as they are sent."""
    listed = Path(__file__).with_name("top_level_domains.txt").read_text(encoding="ascii").split("\n")
    names = {name for name in listed if name and not name.startswith("#")}
    sent = [name.removeprefix("xn--") for name in names if name.startswith("xn--")]
    return frozenset(names | {name.encode().decode("punycode") for name in sent})
