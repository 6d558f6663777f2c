"""What a mail server means that does not take a letter: its own words are for those who run servers."""

from __future__ import annotations

import re
from enum import StrEnum


class Return(StrEnum):
    """Why a letter came back."""

    NO_MAILBOX = "no-mailbox"
    FULL = "full"
    UNWANTED = "unwanted"
    OTHER = "other"


_STATUS = re.compile(r"(?P<code>[45]\d\d)\b(?:[ -]+[45]\.(?P<subject>\d{1,3})\.(?P<detail>\d{1,3})\b)?")
_BY_STATUS = {("1", None): Return.NO_MAILBOX, ("2", "1"): Return.NO_MAILBOX, ("2", "2"): Return.FULL}
_BY_STATUS |= {("7", None): Return.UNWANTED}
_BY_CODE = {"551": Return.NO_MAILBOX, "553": Return.NO_MAILBOX, "552": Return.FULL}


def why_returned(said: str | None) -> Return:
    """Answer what the server's line means, by its enhanced status (RFC 3463), else by its reply code."""
    found = _STATUS.match(said or "")
    if found is None:
        return Return.OTHER
    subject, detail = found["subject"], found["detail"]
    by_status = _BY_STATUS.get((subject, detail)) or _BY_STATUS.get((subject, None))
    return by_status or _BY_CODE.get(found["code"], Return.OTHER)
