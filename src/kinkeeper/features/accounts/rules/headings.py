"""What stands above the columns of a spreadsheet: which are a name, and which an e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAIL = {
    "e-mail",
    "e-mail address",
    "e-mail-adresse",
    "email",
    "email address",
    "indirizzo e-mail",
    "indirizzo email",
    "mail",
    "mailadresse",
}
_SOME_ADDRESS = {"address", "adresse", "indirizzo"}
"""Of mail, or of a house: the cell tells."""
_WHOLE = {"anzeigename", "display name", "full name", "nome completo", "nome e cognome", "vor- und nachname"}
_GIVEN = {"first name", "firstname", "forename", "given name", "vorname"}
_NAME = {"name", "nome"}
"""All of it, or what the other column leaves of it: "Vorname" and "Name", "Nome" and "Cognome"."""
_FAMILY = {"cognome", "family name", "familienname", "last name", "lastname", "nachname", "surname"}


class Columns(NamedTuple):
    """Where to look; none where nothing is said of it."""

    number: int
    names: tuple[int, ...]
    """In the order in which they make a name."""
    email: int | None


def columns_of(cells: Sequence[str]) -> Columns | None:
    """Answer what a first line says of the columns below it, or None where it is a person's own."""
    said = [" ".join(cell.lower().split()) for cell in cells]
    email = _first(said, _MAIL)
    whole, given, name, family = (_first(said, words) for words in (_WHOLE, _GIVEN, _NAME, _FAMILY))
    parts = (given, family) if given is not None and family is not None else (given, name, family)
    names = tuple(place for place in (parts if whole is None else (whole,)) if place is not None)
    is_told = names or email is not None or _first(said, _SOME_ADDRESS) is not None
    return Columns(len(said), names, email) if is_told else None


def _first(said: Sequence[str], words: set[str]) -> int | None:
    return next((place for place, cell in enumerate(said) if cell in words), None)
