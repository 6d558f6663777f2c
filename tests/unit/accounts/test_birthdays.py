"""Birthdays, with their year or without."""

from __future__ import annotations

from datetime import date

import pytest

from kinkeeper.features.accounts.rules.birthdays import BadBirthday, Birthday, clean_birthday, read_birthday

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1985-04-12", Birthday(12, 4, 1985)),
        ("--04-12", Birthday(12, 4)),
        ("--02-29", Birthday(29, 2)),
        ("2024-02-29", Birthday(29, 2, 2024)),
        ("2026-12-01", Birthday(1, 12, 2026)),
        ("1880-01-01", Birthday(1, 1, 1880)),
    ],
)
def test_a_birthday_is_read_and_written_the_same(written, meant):
    """RFC 6350, 6.2.5."""
    assert read_birthday(written) == meant
    assert clean_birthday(written, today=TODAY) == str(meant) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1985-4-12",
        "12.04.1985",
        "-04-12",
        "---04-12",
        "1985-13-01",
        "2023-02-29",
        "--00-10",
        "0000-01-01",
        "1879-12-31",
        "2026-12-02",
        "9999-01-01",
        "\uff11\uff19\uff18\uff15-04-12",
        "1985-04-12 ",
        "1985-04-12T00:00",
    ],
)
def test_what_is_no_day_that_was_is_refused(written):
    with pytest.raises(BadBirthday):
        clean_birthday(written, today=TODAY)
