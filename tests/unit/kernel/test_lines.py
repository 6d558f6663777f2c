"""Lines of text: nothing unseen in them, and no host in a person's name (T-31, T-32)."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.provisional import domains, get_top_level_domains, urls

from kinkeeper.kernel import lines
from kinkeeper.kernel.lines import MOST_MARKS, MOST_READ, clean_line, fold, names_host, top_level_domains

FAMILY, HEART = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f\u200d\U0001f525"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    "text",
    [
        f"Christmas {FAMILY}",
        f"{HEART} Valentine",
        "Nurse \U0001f469\U0001f3fd\u200d\u2695\ufe0f",
        "Pride \U0001f3f3\ufe0f\u200d\U0001f308",
        "\u2744\ufe0f\u2744\ufe0f Snow \u2603\ufe0f",
        "Nr. 1\ufe0f\u20e3",
        f"Hogmanay {SCOTLAND}",
        "\U0001f1ee\U0001f1f9 Natale",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
        "\u05d7\u05e0\u05d5\u05db\u05d4",
        "Weihnachten bei Müllers & Söhne – 2026",
        "x" * 80,
    ],
)
def test_what_people_write_stays_as_it_is(text):
    """Families, hearts, flags, keycaps; Sinhala and Persian joiners; right-to-left scripts."""
    assert clean_line(text, 80) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  a \t b ", "a b"), ("Zoe\u0308", "Zoë"), ("a\u2003b\u00a0c", "a b c"), ("a\r\nBcc: b", "a Bcc: b")],
)
def test_spaces_and_accents_are_put_in_order(typed, kept):
    assert clean_line(typed, 80) == kept


@pytest.mark.parametrize(
    "unseen",
    [
        *("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202e", "\u2066", "\u2069", "\u061c"),
        *("\u00ad", "\u034f", "\u115f", "\u1160", "\u17b4", "\u180b", "\u180e", "\u2060", "\u2063"),
        *("\u2800", "\u3164", "\ufe00", "\ufe0e", "\ufe0f", "\ufeff", "\uffa0", "\ufff9"),
        *("\U000e0041", "\U000e007f", "\U000e0100", "\U0001d173", "\x00", "\x07", "\x1b", "\x7f"),
        *("\ud800", "\ue000", "\uffff"),
    ],
)
def test_nothing_unseen_gets_into_a_line(unseen):
    """Two names that look alike are one; nothing turns a subject around."""
    for text in (unseen, f"An{unseen}a", f"Ana{unseen}", f"{unseen}Ana", f"\U0001f384{unseen}Ana"):
        if text == "\U0001f384\ufe0fAna":
            continue  # this one belongs to its emoji
        with pytest.raises(ValueError, match="not a line"):
            clean_line(text, 80)


@pytest.mark.parametrize("text", ["", "   ", "\n", "x" * 81])
def test_nothing_and_too_much_are_no_line(text):
    with pytest.raises(ValueError, match="not a line"):
        clean_line(text, 80)


_LETTERS = st.one_of(
    st.characters(), st.sampled_from("\u200d\ufe0f\u200c\u202e\U000e0062\U0001f468\u2764 a1\u20e3")
)


@given(st.text(_LETTERS, max_size=60))
@example(f"{FAMILY}\u200d")
@example("\u200d\U0001f468")
@example("\U0001f468\ufe0f\ufe0f")
def test_whatever_is_typed_a_line_comes_out_clean_or_not_at_all(text):
    try:
        line = clean_line(text, 80)
    except ValueError:
        return
    assert clean_line(line, 80) == line
    assert unicodedata.is_normalized("NFC", line)
    assert line == " ".join(line.split())
    for place, letter in enumerate(line):
        assert unicodedata.category(letter) not in {"Cc", "Cs", "Co", "Cn"}
        if letter in "\u200d\ufe0f":  # never at the edge, never after a plain letter
            assert place > 0
            assert not line[place - 1].isalpha() or line[place - 1] == "\u2139"
        if letter == "\u200d":
            assert place + 1 < len(line)


@pytest.mark.parametrize(
    "name",
    [
        "bit.ly/x",
        "evil.de",
        "t.me/x",
        "T.me/x",
        "J.de/x",
        "Dr.kim/x",
        "www.evil",
        "Win at evil.shop!",
        "(evil.de)",
        "EVIL.DE",
        "Evil.Co.Uk",
        "x.com",
        "кремль.рф",
        "xn--e1afmkfd.xn--p1ai",
        "bücher.example.de",
        "evil\u3002de",
        "\uff45\uff56\uff49\uff4c\uff0e\uff44\uff45",
        "192.0.2.1",
        "ana@example",
        "mailto:ana",
        "tel://1",
        "a.b.evil.com.Anna",
        "T.Co",
        "X.Com",
        "See T.Me.",
        "A.Li:8080",
        "A.Li?x",
        "M.Kim#x",
        "M.Kim./x",
        "Mr.Kim?x",
    ],
)
def test_what_a_mail_program_makes_a_link_of_is_seen(name):
    assert names_host(name)


@pytest.mark.parametrize(
    "name",
    [
        "St. Mary",
        "St.Mary",
        "Dr.Anna",
        "dr.anna",
        "J.R.",
        "J.R.R.Tolkien",
        "J.de Vries",
        "Dr.Kim",
        "Dr.med. Anna Kim",
        "Dipl.Ing. Ben",
        "Prof.Dr.Ben",
        "A.Di Marco",
        "Mr. & Mrs. O'Neill",
        "Ana, Ben... and Cleo",
        "Anna-Maria z.B.",
        "No. 5",
        "24.12.2026",
        "Ana/Ben",
        "Sig.ra Rossi",
        "Mr.Smith",
        "St.Nicholas: who gives?",
        "A.Li",
        "Is it Mr.Kim?",
        "M.Kim: Yule",
        "Mr.Kim # 3",
        "J.Kim (a.k.a. Jo).",
    ],
)
def test_names_of_people_are_no_hosts(name):
    assert not names_host(name)


def test_every_top_level_domain_is_known():
    """The list is IANA's; Hypothesis carries it too, and renews it: copy theirs when this fails."""
    assert {name.lower() for name in get_top_level_domains()} - top_level_domains() == set()


@example("Anna.J.De", "")
@given(
    domains().filter(lambda domain: len(domain.partition(".")[0]) > 4),
    st.sampled_from(["", "Win at ", "(", "→"]),
)
def test_no_domain_passes_for_a_name(domain, before):
    assert names_host(f"{before}{domain}")


@given(urls())
def test_no_url_passes_for_a_name(url):
    assert names_host(url)


PILES = (
    "a" + "\u0301\u0323" * 60_000,
    "\u0301\u0323" * 1_000,
    "\u0f73\u0f71" * 1_000,
    "b" + "\uff9e\u0323" * 100,
)
"""Marks to be put in order; those of Tibetan and of half-wide kana are some only once taken apart."""


@pytest.fixture
def put_in_order(monkeypatch):
    """What Unicode's normal forms were asked of."""
    asked: list[str] = []

    def normalize(form, text):
        asked.append(text)
        return unicodedata.normalize(form, text[: 10 * MOST_READ])

    watched = SimpleNamespace(
        normalize=normalize, combining=unicodedata.combining, category=unicodedata.category
    )
    monkeypatch.setattr(lines, "unicodedata", watched)
    return asked


def is_mark(letter):
    return unicodedata.combining(unicodedata.normalize("NFKD", letter)[0]) > 0


@pytest.mark.parametrize("pile", PILES)
@pytest.mark.parametrize("use", [fold, names_host, lambda text: clean_line(text, 80)])
def test_nothing_takes_the_square_of_what_was_typed(put_in_order, use, pile):
    """T-43, A-6: sorting marks does; so neither very long text nor a long row of marks gets there."""
    with suppress(ValueError):
        use(pile)
    for text in put_in_order:
        assert len(text) <= MOST_READ
        assert not re.search(f"m{{{MOST_MARKS + 1}}}", "".join("m" if is_mark(one) else "-" for one in text))


def test_a_line_that_is_far_too_long_is_refused_unread(put_in_order):
    """T-43, A-6: what is longer than a line can be before it is composed."""
    with pytest.raises(ValueError, match="line"):
        clean_line("a\u0301" * 200, 80)
    assert put_in_order == []


@pytest.mark.parametrize("word", ["é" * 60, "e\u0301" * 60, "\u1ec7" * 60, "Nguye\u0302\u0303n"])
def test_accents_of_languages_are_no_pile(word):
    """Letter after letter with an accent of its own, or two."""
    assert clean_line(word, 80) == unicodedata.normalize("NFC", word)
    assert not any(map(unicodedata.combining, fold(word)))


@pytest.mark.parametrize("text", ["long " * 1_000, "a" * (MOST_READ + 1)])
def test_what_is_too_long_to_be_looked_at_may_name_a_host(text):
    """T-32: nothing is let through because it was not read."""
    assert names_host(text)
