"""Files to take along: lists for spreadsheets that calculate nothing, and JSON."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from flask import Response

from kinkeeper.kernel.lines import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets calculate instead of showing it (OWASP, CSV injection)."""


def sheet(head: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> Response:
    """Answer a list for a spreadsheet; its cells are text, whatever people have called themselves (A-7)."""
    text = io.StringIO()
    lines = csv.writer(text, quoting=csv.QUOTE_ALL)
    lines.writerow(head)
    lines.writerows([defused(cell) for cell in row] for row in rows)
    # with a byte order mark: spreadsheets take a list without one for something older than Unicode
    return download(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", name)


def defused(cell: str) -> str:
    """Also where the sign is as wide as a Chinese one: some spreadsheets calculate that, too (T-30)."""
    return f"'{cell}" if normal("NFKC", cell[:1]).startswith(FORMULA) else cell


def download(body: bytes, kind: str, name: str) -> Response:
    """Answer a file that a browser keeps instead of showing it."""
    return Response(body, content_type=kind, headers={"Content-Disposition": f"attachment; filename={name}"})
