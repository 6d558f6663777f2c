"""What the house takes in from outside, and whom it reaches there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kinkeeper

SOURCE = Path(kinkeeper.__file__).parent
LOCKS = sorted((Path(__file__).parents[2] / "requirements").glob("*.txt"))
REACH_OUT = {
    "smtplib",
    "http.client",
    "urllib.request",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "telnetlib",
}
PIN = re.compile(r"^[A-Za-z0-9._-]+(?:\[[^\]]*\])?==\S+", re.MULTILINE)


def test_only_the_carrier_of_letters_reaches_out():
    """A-62: the one address that the house opens a connection to by itself is its mail server's."""
    reaching = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: set[str] = set()
            if isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            if names & REACH_OUT:
                reaching.add(path.relative_to(SOURCE).as_posix())
    assert reaching == {"platform/mail/replies.py"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_everything_that_is_installed_is_pinned_by_hash(lock):
    """A-68: what a changed package would be is refused by the installer."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"))
    pinned = [entry for entry in entries if PIN.match(entry)]
    assert pinned
    for entry in pinned:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]
