"""QR codes of addresses: for paper, and for whoever stands beside with a telephone."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup

QUIET = 4
"""Modules of white around it, without which readers do not find it (ISO/IEC 18004, 6.3.8)."""

PIXELS = 12
"""Of a module in a picture: sharp on paper, some 500 across."""


def as_markup(address: str) -> Markup:
    """Answer the code as part of a page; as large as there is room, and on white in the dark as well.

    Give it a text: it says nothing to whoever cannot see it.
    """
    drawn = _code(address).svg_inline(border=QUIET, omitsize=True, svgclass=None, light="#fff")
    return Markup(drawn)  # noqa: S704 - drawn from black and white alone


def as_svg(address: str) -> bytes:
    """Answer the code as a file that can be printed at any size."""
    return _saved(address, "svg")


def as_png(address: str) -> bytes:
    """Answer the code as a picture for whatever cannot draw SVG."""
    return _saved(address, "png")


def _saved(address: str, kind: str) -> bytes:
    file = io.BytesIO()
    _code(address).save(file, kind=kind, scale=PIXELS, border=QUIET, light="#fff")
    return file.getvalue()


def _code(address: str) -> segno.QRCode:
    """Level M bears a fold or a stain on paper."""
    return segno.make(address, error="m", micro=False)
