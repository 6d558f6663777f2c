"""What programs call a role that a house has made up."""

from __future__ import annotations

import re

from kinkeeper.kernel.lines import fold

LONGEST_ROLE_NAME = 40
_BETWEEN = re.compile(r"[^a-z0-9]+")


def name_from_title(title: str) -> str:
    """Answer the title in small letters, digits and hyphens; too little of it is for others to refuse."""
    return _BETWEEN.sub("-", fold(title)).strip("-")[:LONGEST_ROLE_NAME].rstrip("-")
