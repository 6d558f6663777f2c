"""What a wish may be, which links are shown, and when its time has come."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest

from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.rules.reminding import clean_days, days_to_remind_of
from kinkeeper.features.exchanges.rules.stopping import Stop, read_stop, stop_token
from kinkeeper.features.exchanges.rules.wishing import (
    MOST_WISHES,
    Priority,
    checked_link,
    dearest_first,
    fingerprint,
    host_of,
    is_evening_to_tell,
    mark_of_wishes,
)
from kinkeeper.kernel.crypto import BrokenSeal

ID, OTHER = UUID(int=1), UUID(int=2)


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


def wish(text="A kite", url=None, priority=Priority.LIKE, number=1):
    created = datetime(2026, 12, 1, 9, number, tzinfo=UTC)
    return SimpleNamespace(id=UUID(int=number), text=text, url=url, priority=priority, created_at=created)


@pytest.mark.parametrize(
    "link",
    [
        "https://shop.example.org",
        "http://shop.example.org:8080/kite?colour=red&size=2#top",
        "  https://shop.example.org/kite  ",
        "HTTPS://Shop.Example.Org/",
        "https://bücher.example/",
        "https://BÜCHER.example/",
        "https://bu\u0308cher.example/",
        "https://xn--strae-oqa.example/",
        "https://[2001:db8::1]/",
    ],
)
def test_links_of_the_web_are_shown(link):
    assert checked_link(link) == link.strip()


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://shop.example.org",
        "//shop.example.org",
        "/kite",
        "shop.example.org/kite",
        "https://",
        "https:///kite",
        "https:shop.example.org",
        "https://shop.example.org@evil.example/",
        "https://shop.example.org\\@evil.example/",
        "https://shop.example.org/a kite",
        "https://shop.example.org/\u202ekite",
        "https://shop.example.org:kite/",
        "https://[::1/",
        "https://%65vil.example/",
        "https://stra\xdfe.example/",
        "https://STRA\u1e9eE.example/",
        "https://\u03bf\u03b4\u03cc\u03c2.example/",
        "https://\uff53hop.example/",
        "https://shop\u3002example/",
        "https://\xdf",
        "https://.\xe4/",
        "https://ä" + "x" * 70 + ".example/",
        "https://shop.example.org/" + "x" * 2_000,
        "kite",
        "",
    ],
)
def test_anything_else_is_refused(link):
    """A-2, T-23, T-26: also what programs read in two ways."""
    with pytest.raises(ValueError, match="not a link"):
        checked_link(link)


def test_the_host_is_shown_as_computers_read_it():
    """A Cyrillic letter that looks like ours leads elsewhere."""
    assert host_of("https://Shop.Example.org:8080/x") == "shop.example.org"
    assert host_of("https://p\u0430ypal.example/") == "xn--pypal-4ve.example"


@pytest.mark.parametrize("letter", ["\xdf", "\u1e9e", "\u03c2"])
def test_where_computers_do_not_agree_no_host_is_shown(letter):
    """A-15: old programs go to strasse.example, and new ones to another house."""
    assert host_of(f"https://stra{letter}e.example/") == ""


def test_the_dearest_come_first_and_then_the_oldest():
    some = [
        wish(priority=Priority.NICE),
        wish(number=3),
        wish(number=2),
        wish(number=4, priority=Priority.LOVE),
    ]
    assert [one.id.int for one in dearest_first(some)] == [4, 2, 3, 1]


def test_a_change_that_is_undone_is_none():
    """How dear it is, and its link, belong to it; the order in which it was written does not."""
    before = mark_of_wishes(ID, "Tea", [wish(), wish("Ink", number=2)])
    assert mark_of_wishes(ID, "Tea", [wish("Ink", number=2), wish()]) == before
    others = [
        mark_of_wishes(ID, "Tea!", [wish(), wish("Ink", number=2)]),
        mark_of_wishes(ID, "Tea", [wish()]),
        mark_of_wishes(ID, "Tea", [wish(url="https://a.example"), wish("Ink", number=2)]),
        mark_of_wishes(ID, "Tea", [wish(priority=Priority.LOVE), wish("Ink", number=2)]),
        mark_of_wishes(OTHER, "Tea", [wish(), wish("Ink", number=2)]),
    ]
    assert before not in others


def test_what_is_bought_is_another_thing_by_its_words_and_its_link_only():
    assert fingerprint(wish()) == fingerprint(wish(priority=Priority.LOVE, number=5))
    assert len({fingerprint(wish()), fingerprint(wish("Kites")), fingerprint(wish(url="https://a.b"))}) == 3


def test_what_is_bought_is_sealed_to_its_row_and_always_as_long():
    """T-20: a length would tell how many, and so whose list it is."""
    some = {UUID(int=number): bytes([number]) * 8 for number in range(1, MOST_WISHES + 1)}
    full = sealing.seal_bought(ID, OTHER, b"salt", some)
    assert len(full) == len(sealing.seal_bought(ID, OTHER, b"salt", {}))
    assert sealing.bought_of(ID, OTHER, b"salt", full) == some
    for row in ((OTHER, ID, b"salt"), (ID, OTHER, b"pepper"), (ID, ID, b"salt")):
        with pytest.raises(BrokenSeal):
            sealing.bought_of(*row, full)
    with pytest.raises(ValueError, match="more than a list"):
        sealing.seal_bought(ID, OTHER, b"salt", {**some, UUID(int=99): b"12345678"})


def exchange(zone="Europe/London", gifts_on=date(2026, 12, 24), days=(7, 1), told=None):
    return SimpleNamespace(zone=zone, gifts_on=gifts_on, remind_days=days, wishes_told_on=told)


@pytest.mark.parametrize(
    ("zone", "gifts_on", "moment", "days"),
    [
        ("Europe/London", date(2026, 12, 24), at(2026, 12, 17, 7, 59), None),
        ("Europe/London", date(2026, 12, 24), at(2026, 12, 17, 8, 0), 7),
        ("Europe/London", date(2026, 12, 24), at(2026, 12, 17, 23, 59), 7),
        ("Europe/London", date(2026, 12, 24), at(2026, 12, 18, 0, 0), None),
        ("Europe/London", date(2026, 12, 24), at(2026, 12, 23, 8, 0), 1),
        # The clocks go forward on 29 March, and back on 25 October: eight is eight by the clock there.
        ("Europe/London", date(2026, 4, 5), at(2026, 3, 29, 6, 59), None),
        ("Europe/London", date(2026, 4, 5), at(2026, 3, 29, 7, 0), 7),
        ("Europe/London", date(2026, 11, 1), at(2026, 10, 25, 7, 59), None),
        ("Europe/London", date(2026, 11, 1), at(2026, 10, 25, 8, 0), 7),
        ("Pacific/Kiritimati", date(2026, 12, 24), at(2026, 12, 16, 18, 0), 7),
        ("Pacific/Kiritimati", date(2026, 12, 24), at(2026, 12, 17, 8, 0), 7),
        ("Pacific/Kiritimati", date(2026, 12, 24), at(2026, 12, 17, 10, 0), None),
        ("Pacific/Pago_Pago", date(2026, 12, 24), at(2026, 12, 17, 18, 59), None),
        ("Pacific/Pago_Pago", date(2026, 12, 24), at(2026, 12, 18, 10, 59), 7),
        ("Asia/Kathmandu", date(2026, 12, 24), at(2026, 12, 17, 2, 15), 7),
    ],
)
def test_reminders_go_from_eight_in_the_morning_until_midnight_of_their_zone(zone, gifts_on, moment, days):
    """SK-96, G18."""
    assert days_to_remind_of(exchange(zone, gifts_on), moment) == days


@pytest.mark.parametrize(
    ("days", "kept"),
    [((1, 7), (7, 1)), ((3, 3, 0), (3, 0)), ((), ()), ((60, 30, 0), (60, 30, 0))],
)
def test_up_to_three_reminders_can_be_chosen(days, kept):
    assert clean_days(days) == kept


@pytest.mark.parametrize("days", [(61,), (-1,), (1, 2, 3, 4)])
def test_more_or_further_ones_cannot(days):
    with pytest.raises(ValueError, match="not days"):
        clean_days(days)


@pytest.mark.parametrize(
    ("hour", "told", "is_time"),
    [
        (17, None, False),
        (18, None, True),
        (20, None, True),
        (21, None, False),
        (18, date(2026, 12, 1), False),
        (18, date(2026, 11, 30), True),
    ],
)
def test_givers_are_told_in_the_evening_and_once(hour, told, is_time):
    moment = datetime(2026, 12, 1, hour, 30, tzinfo=UTC)
    assert is_evening_to_tell(exchange(told=told), moment) is is_time


def test_nobody_is_told_on_the_day_of_the_gifts():
    moment = datetime(2026, 12, 24, 18, 30, tzinfo=UTC)
    assert not is_evening_to_tell(exchange(), moment)


@pytest.mark.parametrize("stop", list(Stop))
def test_a_token_stops_one_thing_for_one_place_and_cannot_be_made_up(stop):
    token = stop_token(stop, ID, OTHER)
    claim = read_stop(token)
    assert claim[:2] == (stop, ID)
    assert claim.holds_for(OTHER)
    assert not claim.holds_for(ID), "whoever has the place later"
    assert token not in {stop_token(stop, OTHER, OTHER), stop_token(stop, ID, None)}
    other = next(one for one in Stop if one is not stop)
    middle = "B" if token[30] == "A" else "A"
    for forged in (other[0] + token[1:], token[:30] + middle + token[31:]):
        assert not read_stop(forged).holds_for(OTHER)
    for forged in (token[:-2], token + "AA", "", "é"):
        assert read_stop(forged) is None
