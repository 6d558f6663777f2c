"""Writes the list in SECURITY.md of what OWASP ASVS 5.0.0 asks and which test shows it.

A test names the row that it shows in its docstring (`A-51`); a row that no test names is an error, and so is
a name that is no row. `--check` only tells whether the list is true.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "SECURITY.md"
BEGIN, END = "<!-- made by tools/security_list.py -->\n", "<!-- until here -->\n"
NAMED = re.compile(r"\bA-(\d+)(?:\s*(?:…|\.\.\.|–)\s*A-(\d+))?")
SHOWN = 3
"""Tests of one row that are named; the others are counted."""


class Row(NamedTuple):
    """What one row of the checklist asks, the ASVS numbers behind it, and why it may not apply yet."""

    asvs: str
    holds: str
    not_yet: str = ""


ROWS = {
    1: Row("1.2.1", "what people typed stays text on every page and in every letter"),
    2: Row("1.2.2", "stored links lead to http, https or mailto only"),
    3: Row("1.2.3", "data inside pages is escaped"),
    4: Row("1.2.4", "no SQL is made of text"),
    5: Row("1.2.5", "no shell sees what people typed"),
    6: Row("1.2.9, 1.3.12", "no pattern takes long over long text"),
    7: Row("1.2.10", "no cell of an export is a formula"),
    8: Row("1.3.1", "rich text through one sanitiser", "there is no rich text"),
    9: Row("1.3.4", "no SVG is taken in", "nothing is uploaded"),
    10: Row("1.3.6", "no address that people typed is fetched", "the house fetches nothing from outside"),
    11: Row("1.3.7", "no template is built of what people typed"),
    12: Row("1.3.11", "no name forges a header of a letter"),
    13: Row("1.5.1", "no external entity is read", "no XML is read"),
    14: Row("1.5.2", "nothing that was stored or sent is unpickled"),
    15: Row("1.5.3", "links and JSON are taken apart in one way, by check and by use"),
    16: Row("2.1.3, 2.3.2", "limits of the business are written down and hold"),
    17: Row("2.3.1", "steps are done in their order"),
    18: Row("2.3.3", "an act is done whole or not at all"),
    19: Row("2.3.4", "what can be had once is had once"),
    20: Row("2.4.1", "budgets for whatever can be tried too often"),
    21: Row("3.2.1", "answers for programs cannot be shown as pages"),
    22: Row("3.3.1–3.3.4", "cookies are `__Host-`, Secure, HttpOnly, Lax"),
    23: Row("3.4.1", "HSTS for a year, over https"),
    24: Row("3.4.2", "no other origin may read, unless the house names it"),
    25: Row("3.4.3, 3.4.7", "a strict content security policy, and its reports are taken"),
    26: Row("3.4.4", "nothing is read as another type than it says"),
    27: Row("3.4.5", "pages with a secret in their address send no referrer"),
    28: Row("3.4.6", "no page can be framed"),
    29: Row("3.4.8", "other windows have no hold on ours"),
    30: Row("3.5.1, 3.5.2", "no other site can act for a browser"),
    31: Row("3.5.3", "looking changes nothing"),
    32: Row("3.5.8", "no other site can embed what is personal"),
    33: Row("3.6.1", "pages fetch nothing from elsewhere"),
    34: Row("3.7.2", "redirects stay in the house"),
    35: Row("4.1.1", "every answer names its type"),
    36: Row("4.1.3, 15.3.4", "forwarded headers are believed from named proxies only"),
    37: Row("4.1.4", "unused methods are refused"),
    38: Row("4.2.1", "the framing of requests is strict"),
    39: Row("5.2.1, 5.2.6", "sizes of what is sent are bounded"),
    40: Row("5.2.2", "uploads are what they say", "nothing is uploaded"),
    41: Row("5.2.3, 5.2.5, 5.3.3", "archives are bounded", "no archive is read"),
    42: Row("5.2.4", "a quota for each person", "nothing is uploaded"),
    43: Row("5.3.2, 5.4.1", "file names are ours"),
    44: Row("6.2.1–6.2.12", "passwords: twelve characters, no composition rules, a blocklist, never cut"),
    45: Row("6.3.1", "guessing is bounded, and locks nobody out of a browser they have used"),
    46: Row("6.3.2", "there is no account to begin with"),
    47: Row("6.3.8", "nobody learns whether an address is known"),
    48: Row("6.4.1", "first secrets are random and short-lived"),
    49: Row("6.5.1–6.5.5", "links and codes work once, for ten minutes, and are stored as hashes"),
    50: Row("6.6.2", "a typed code counts in the browser that asked"),
    51: Row("7.2.3, 7.2.4", "session ids are 256 bits, and new at each sign-in"),
    52: Row("7.3.1, 7.3.2", "sessions end when idle, and at the latest after their time"),
    53: Row("7.4.1–7.4.5, 7.5.2", "whatever ends a session ends it at once, everywhere"),
    54: Row("7.5.1, 7.5.3", "dangerous acts ask again who it is"),
    55: Row("7.6.2", "nobody is signed in without doing something"),
    56: Row("8.2.1–8.2.3", "every address, object and field has its rule"),
    57: Row("8.3.2", "rights that change hold at the next request"),
    58: Row("8.4.1", "circles do not reach each other"),
    59: Row("9.1.1–9.2.3", "access tokens: one algorithm, one key, type, audience and time"),
    60: Row("10.2.1, 10.1.2", "sign-in at other providers", "there is none"),
    61: Row("11.3.2, 11.3.3, 11.4.2, 11.5.1", "seals open in their row only; Argon2id; 256-bit secrets"),
    62: Row("13.2.4", "the house reaches out to its mail server only"),
    63: Row("13.4.2, 13.4.5, 13.4.6", "nothing of the inside is open, and nobody tells a version"),
    64: Row("14.2.2, 14.3.1, 14.3.2", "nothing personal is cached, and signing out clears"),
    65: Row("14.2.7, 14.2.8", "what is over is forgotten by itself"),
    66: Row(
        "15.3.1, 15.3.3, 15.3.5", "unknown fields and other types are refused; answers list their fields"
    ),
    67: Row("15.4.2", "checking and doing are one step"),
    68: Row("15.1.1, 15.1.2, 15.2.1", "what is installed is pinned by hash and accounted for"),
    69: Row("16.2.5, 16.4.1", "no secret in a log, and no line of it forged"),
    70: Row("16.3.1–16.3.4", "what matters for security is written down"),
    71: Row("16.5.1–16.5.4", "a fault tells nothing and changes nothing"),
}


def named_tests() -> dict[int, list[str]]:
    """Answer the tests that name each row, by file and name."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for row in _rows_in(ast.get_docstring(node) or ""):
                    found[row].append(f"{path.relative_to(ROOT / 'tests')}: {node.name}")
    return found


def _rows_in(docstring: str) -> set[int]:
    rows: set[int] = set()
    for first, last in NAMED.findall(docstring):
        rows.update(range(int(first), int(last or first) + 1))
    return rows


def faults(found: dict[int, list[str]]) -> list[str]:
    """Tell what is named and unknown, and what no test names."""
    unknown = [f"A-{row} is no row: {found[row][0]}" for row in found if row not in ROWS]
    missing = [f"no test names A-{row}: {asked.holds}" for row, asked in ROWS.items() if not asked.not_yet]
    return unknown + [fault for fault in missing if int(re.findall(r"A-(\d+)", fault)[0]) not in found]


def table(found: dict[int, list[str]]) -> str:
    """The list, a row for each."""
    lines = ["| row | ASVS | what holds | shown by |\n", "| --- | --- | --- | --- |\n"]
    for number, row in ROWS.items():
        lines.append(f"| A-{number} | {row.asvs} | {row.holds} | {_shown(row, found.get(number, []))} |\n")
    return "".join(lines)


def _shown(row: Row, tests: list[str]) -> str:
    if row.not_yet:
        return f"– ({row.not_yet})"
    more = f" and {len(tests) - SHOWN} more" if len(tests) > SHOWN else ""
    return "; ".join(f"`{test}`" for test in tests[:SHOWN]) + more


def main() -> int:
    """Write the list, or only tell whether it is true."""
    found = named_tests()
    wrong = faults(found)
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    made = f"{before}{BEGIN}\n{table(found)}\n{END}{after}"
    if "--check" not in sys.argv:
        PAGE.write_text(made, encoding="utf-8")
    elif made != text:
        wrong.append("the list in SECURITY.md is not what the tests say: make docs")
    for fault in wrong:
        print(fault, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
