"""A list of people is read however it comes."""

from __future__ import annotations

import pytest

from kinkeeper.features.accounts.rules import roster
from kinkeeper.features.accounts.rules.roster import (
    NumberInName,
    SeveralOnLine,
    UnknownColumns,
    lines_of,
    wrong_in,
)


def read(written):
    """Answer name and address on each line that can be somebody."""
    assert wrong_in(lines_of(written)) == {}
    return [(line.name, line.email) for line in lines_of(written)]


def whats_wrong(written):
    return {
        lines_of(written)[place].number: type(wrong) for place, wrong in wrong_in(lines_of(written)).items()
    }


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
    assert read(written) == [("Ana Olsen", "ana@example.org")]


def test_empty_lines_are_skipped_and_the_others_keep_their_number():
    """So that what is said about a line is said about the one that people see."""
    lines = lines_of("\n  \nAna, a@example.org\r\n\r\nBen, b@example.org\n")
    assert [(line.number, line.name) for line in lines] == [(3, "Ana"), (5, "Ben")]


def test_what_is_missing_is_empty_and_for_others_to_refuse():
    lines = lines_of("Ana\nb@example.org\nAna-Lena O’Hara, c@example.org")
    assert [(line.name, line.email) for line in lines] == [
        ("Ana", ""),
        ("", "b@example.org"),
        ("Ana-Lena O’Hara", "c@example.org"),
    ]
    assert lines_of("") == []


@pytest.mark.parametrize("written", ["Yann, broken@", "Yann <@example.org>", "Yann broken@,"])
def test_what_was_to_be_an_address_is_for_others_to_refuse(written):
    (line,) = lines_of(written)
    assert (line.name, "@" in line.email) == ("Yann", True)


@pytest.mark.parametrize("long", ["a" * 40_000, "a" * 40_000 + "@", "@" * 40_000, "a@" * 20_000])
def test_a_long_line_is_read_once(long):
    """A-6, T-43: a pattern that begins anew at every letter took the square of them."""
    assert [one[0] for one in roster._PIECE.finditer(f"Ana {long}")] == ["Ana", long]
    assert roster._PIECE.pattern.count("+") == 1  # one class of letters, once
    (line,) = lines_of(f"Ana {long}")
    assert (line.name, line.email) == (("Ana", long) if "@" in long else (f"Ana {long}", ""))


def test_a_sign_by_itself_is_part_of_a_name():
    (line,) = lines_of("Tim @ Oak Road")
    assert (line.name, line.email) == ("Tim @ Oak Road", "")


@pytest.mark.parametrize(
    "written",
    ["Lea Bär 03.04.2016", "Anna Olsen 0170 123", "Lea (7), lea@example.org", "Lea 7", "Lea 3b", "Lea ٣٤"],
)
def test_a_number_in_a_name_is_asked_about(written):
    """Others read it: it is a child's birthday, or a telephone number."""
    assert whats_wrong(f"Tim\n{written}") == {2: NumberInName}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Lea Bär\t03.04.2016\t0170 123", "Lea Bär"),
        ("03.04.2016;Lea Bär", "Lea Bär"),
        ("Jürg Müller, Hauptstr. 5", "Jürg Müller"),
        ("1 Paul Meyer", "Paul Meyer"),
        ("12. Paul Meyer", "Paul Meyer"),
        ("2) Paul Meyer", "Paul Meyer"),
        ("(3) Paul Meyer", "Paul Meyer"),
        ("4\tPaul Meyer\t\t", "Paul Meyer"),
        ("• Paul Meyer", "Paul Meyer"),
    ],
)
def test_what_is_plainly_no_name_stays_out_of_it(written, name):
    assert read(written) == [(name, "")]


@pytest.mark.parametrize(
    "name",
    ["Zoe 2", "John Olsen 3rd", "Sabine Schmidt (Mama)", "(Oma) Sabine", "Martin King, Jr.", "Olsen, Ana"],
)
def test_names_stay_as_they_are_written(name):
    assert read(f"{name} <s@example.org>") == [(name, "s@example.org")]


@pytest.mark.parametrize(
    "written", ["Anna Olsen;Basel;a@example.org", "Anna Olsen, Ben Olsen", "Olsen\tAna\tBasel"]
)
def test_columns_that_might_be_anything_are_asked_about(written):
    assert whats_wrong(written) == {1: UnknownColumns}


def test_two_addresses_are_two_people_and_one_twice_is_not():
    assert whats_wrong("Ana, a@example.org, Ben, b@example.org") == {1: SeveralOnLine}
    assert read("Ana a@example.org<mailto:A@example.org>") == [("Ana", "a@example.org")]


@pytest.mark.parametrize(
    "written", ["Ana mailto:ana@example.org", "Ana <MAILTO:ana@example.org>", "Ana 'ana@example.org'"]
)
def test_an_address_is_read_without_what_programs_put_around_it(written):
    assert read(written) == [("Ana", "ana@example.org")]
    assert read("1.paul@example.org, Paul") == [("Paul", "1.paul@example.org")]


@pytest.mark.parametrize(
    ("headings", "row", "name"),
    [
        ("Name;E-Mail;Geburtsdatum", "Lea Bär;lea@example.org;3.4.2016", "Lea Bär"),
        ("Nr\tNachname\tVorname\tOrt\tE-Mail-Adresse", "1\tBär\tLea\tBasel\tlea@example.org", "Lea Bär"),
        ("Name,Vorname,Telefon,Kontakt", "Bär,Lea,0170 123,lea@example.org", "Lea Bär"),
        ("Name;Address;E-mail", "Lea Bär;12 Oak Road;lea@example.org", "Lea Bär"),
        ("Name;Adresse", "Lea Bär;lea@example.org", "Lea Bär"),
        ("Adresse;Wer", "lea@example.org;Lea Bär", "Lea Bär"),
        ("Nome;Cognome;Indirizzo email", "Lea;Bär;lea@example.org", "Lea Bär"),
        ("Full name,First name,Last name,Email", "Lea Bär,Lea,Bär,lea@example.org", "Lea Bär"),
        ("First Name,Last Name,Name,Email", '"Lea","Bär","Lea Bär",lea@example.org', "Lea Bär"),
    ],
)
def test_headings_say_what_is_a_name(headings, row, name):
    assert read(f"{headings}\n{row}\nTim") == [(name, "lea@example.org"), ("Tim", "")]


def test_a_line_that_does_not_fit_below_its_headings_is_asked_about():
    """Nobody loses their address by a comma too many."""
    assert whats_wrong("Name,Email\nOlsen, Ana, ana@example.org") == {2: UnknownColumns}
    assert read("Name;Adresse\nLea Bär;Hauptstr. 5") == [("Lea Bär", "")]
    (line,) = lines_of("Name;E-Mail;Ort\nAna;ana.example.org;Basel")
    assert line.email == "ana.example.org", "for others to refuse"


def test_of_a_line_its_beginning_is_known():
    long, short = lines_of(f"Ana \t {'a' * 50}\nBen")
    assert (long.said, short.said) == (f"Ana {'a' * 35}…", "Ben")
