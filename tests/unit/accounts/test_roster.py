"""A list of people is read however it comes."""

from __future__ import annotations

import pytest

from kinkeeper.features.accounts.rules.roster import Line, lines_of


@pytest.mark.parametrize(
    "written",
    [
        "Ana Olsen, ana@example.org",
        "Ana Olsen; ana@example.org",
        "Ana Olsen\tana@example.org",
        "Ana Olsen <ana@example.org>",
        '"Ana Olsen" <ana@example.org>,',
        "ana@example.org, Ana Olsen",
        "  Ana Olsen (ana@example.org)  ",
        "Ana Olsen ana@example.org",
    ],
)
def test_a_name_and_an_address_are_found_on_a_line(written):
    assert lines_of(written) == [Line(1, "Ana Olsen", "ana@example.org")]


def test_empty_lines_are_skipped_and_the_others_keep_their_number():
    """So that what is said about a line is said about the one that people see."""
    assert lines_of("\n  \nAna, a@example.org\r\n\r\nBen, b@example.org\n") == [
        Line(3, "Ana", "a@example.org"),
        Line(5, "Ben", "b@example.org"),
    ]


def test_what_is_missing_is_empty_and_for_others_to_refuse():
    assert lines_of("Ana\nb@example.org\nAna-Lena O’Hara, c@example.org") == [
        Line(1, "Ana", ""),
        Line(2, "", "b@example.org"),
        Line(3, "Ana-Lena O’Hara", "c@example.org"),
    ]
    assert lines_of("") == []


@pytest.mark.parametrize("written", ["Yann, broken@", "Yann <@example.org>", "Yann broken@,"])
def test_what_was_to_be_an_address_is_for_others_to_refuse(written):
    (line,) = lines_of(written)
    assert (line.name, "@" in line.email) == ("Yann", True)


def test_a_sign_by_itself_is_part_of_a_name():
    assert lines_of("Tim @ Oak Road") == [Line(1, "Tim @ Oak Road", "")]
