"""What style sheets, icons and macros offer is what templates use, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path

import kinkeeper

SOURCE = Path(kinkeeper.__file__).parent
STATIC = SOURCE / "web" / "static"
CSS = re.sub(
    r"/\*.*?\*/", "", "".join(path.read_text() for path in sorted(STATIC.rglob("*.css"))), flags=re.DOTALL
)
PAGES = "".join(path.read_text() for path in sorted(SOURCE.rglob("*.html")) if "email" not in str(path))
SCRIPT = "".join(path.read_text() for path in sorted(STATIC.rglob("*.js")))
WORD = r"[a-z][\w-]*"


def styled() -> set[str]:
    """Classes that a selector names."""
    selectors = re.findall(r"[^{}]+(?=\{)", CSS)
    return {name for selector in selectors for name in re.findall(rf"\.({WORD})", selector)}


def worn() -> set[str]:
    """Classes that templates write; of a name with a gap, what stands before the gap ("chip--")."""
    attributes = re.findall(r'class="([^"]*)"', PAGES)
    attributes += re.findall(r"\{% (?:block body_class %\}|set classes = )(.*?)(?:\{%|%\})", PAGES)
    said = set()
    for attribute in attributes:
        said |= set(re.findall(WORD, re.sub(r"\{[{%].*?[}%]\}", " ", attribute)))
        for literal in re.findall(r"'([^']*)'", attribute):
            said |= set(re.findall(WORD, literal))
    return said


def is_met(name: str, words: set[str]) -> bool:
    """Whether the name is written out, or its end is a value that some template hands over."""
    gaps = [place.end() for place in re.finditer("-", name)]
    filled = [end for end in gaps if name[:end] in words and is_value(name[end:])]
    return name in words or bool(filled)


def is_value(text: str) -> bool:
    """Whether some template hands this over."""
    return text.isdigit() or f"'{text}'" in PAGES


def test_every_class_that_is_styled_is_worn():
    words = set(re.findall(WORD, PAGES + SCRIPT))
    assert [name for name in sorted(styled()) if not is_met(name, words)] == []


def test_every_class_that_is_worn_is_styled():
    names = styled()
    bare = [name for name in worn() if not any(one == name or one.startswith(name) for one in names)]
    assert bare == []


def test_every_icon_is_drawn_once_and_used():
    drawn = re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text())
    asked = set(re.findall(r"icon(?:_name=|\()'([^']+)'", PAGES))
    assert asked <= set(drawn)
    assert [name for name in drawn if f"'{name}'" not in PAGES] == []


def test_every_macro_is_called():
    macros = re.findall(r"\{% macro (\w+)", PAGES)
    calls = [*re.findall(r"(\w+)\(", PAGES), *re.findall(r"remember\((\w+)\)", PAGES)]
    unused = {name for name in macros if calls.count(name) < 2}  # once where it is written
    assert unused == set()
