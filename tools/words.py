"""Keeps the message catalogues: extracts what the code says, updates each language, compiles it.

`--check` changes nothing and tells whether a catalogue lacks a sentence or is not compiled.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1] / "src" / "kinkeeper"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("de", "it")
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
METHODS = [
    ("**/static/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
]
OPTIONS = {name: {"trimmed": "true", "encoding": "utf-8"} for name, _ in METHODS[2:]}
KEYWORDS = {"_": None, "mark": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Every sentence of the code, with the file that says it (no line: lines move too often)."""
    catalog = Catalog(project="Kinkeeper", charset="utf-8")
    found = extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
    for file, _line, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        catalog.add(message, locations=[(file, None)], auto_comments=comments, context=context)
    return catalog


def updated(language: str, template: Catalog) -> Catalog:
    """A language's catalogue, with new sentences empty and sentences that are gone left out."""
    path = _po(language)
    catalog = Catalog(locale=language, project="Kinkeeper", charset="utf-8")
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """The sentences that a language does not say yet."""
    return [str(message.id) for message in catalog if message.id and not _is_said(message.string)]


def main() -> int:
    """Update and compile, or check."""
    template, wrong = extracted(), 0
    for language in LANGUAGES:
        catalog = updated(language, template)
        po, mo = _as_po(catalog), _as_mo(catalog)
        if "--check" in sys.argv:
            wrong += _complain(language, catalog, mo)
        else:
            _po(language).parent.mkdir(parents=True, exist_ok=True)
            _po(language).write_bytes(po)
            _po(language).with_suffix(".mo").write_bytes(mo)
            print(f"{language}: {len(catalog)} sentences, {len(missing(catalog))} not translated")
    return 1 if wrong else 0


def _complain(language: str, catalog: Catalog, mo: bytes) -> int:
    lacking = missing(catalog)
    for sentence in lacking:
        print(f"{language} lacks: {sentence}", file=sys.stderr)
    compiled = _po(language).with_suffix(".mo")
    stale = not compiled.exists() or compiled.read_bytes() != mo
    if stale:
        print(f"{language} is not compiled: make words", file=sys.stderr)
    return len(lacking) + stale


def _is_said(string: str | tuple[str, ...] | None) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def _as_po(catalog: Catalog) -> bytes:
    # The date of a run says nothing about the sentences, and would make every run a change.
    catalog.creation_date = catalog.revision_date = FIXED
    catalog.header_comment = f"# Kinkeeper in {catalog.locale.english_name}."
    catalog.fuzzy = False
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_by_file=True, include_lineno=False, width=100)
    return buffer.getvalue()


def _as_mo(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "kinkeeper.po"


if __name__ == "__main__":
    sys.exit(main())
