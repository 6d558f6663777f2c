"""Problems: what a person can be told, as named kinds without HTTP (docs/problems.md lists all)."""

from __future__ import annotations

from typing import ClassVar

from kinkeeper.kernel.words import gettext, listed, mark


class Problem(Exception):
    """Something to tell the person who asked; raising it rolls back.

    `code` is for programs, `message` for people (its %(gaps)s are the keyword arguments; a
    tuple is a row of names), `field` names the form field it belongs to, `remedy` says what to do next.
    """

    code: ClassVar[str] = "PROBLEM"
    message: ClassVar[str] = mark("That did not work.")
    remedy: ClassVar[str] = ""
    field: ClassVar[str | None] = None

    def __init__(self, **gaps: object) -> None:
        super().__init__()
        self.gaps = gaps

    def text(self, language: str = "en") -> str:
        """Answer the message in `language`."""
        said = {
            name: listed(language, gap) if isinstance(gap, tuple) else gap for name, gap in self.gaps.items()
        }
        return gettext(language, self.message, **said)

    def __str__(self) -> str:
        return self.text()


class NotFound(Problem):
    """What was asked for is not there, or not for this actor: the two look the same."""

    code = "NOT_FOUND"
    message = mark("There is nothing here. The address may be mistyped, or it is not yours to see.")


class Forbidden(Problem):
    """The actor may see it, but not do this."""

    code = "FORBIDDEN"
    message = mark("You may not do that.")


class Unauthenticated(Problem):
    """Nobody is signed in, or no longer."""

    code = "UNAUTHENTICATED"
    message = mark("Please sign in first.")


class Conflict(Problem):
    """It does not fit the state that things are in."""

    code = "CONFLICT"
    message = mark("Somebody else was quicker, or things have changed. Please look again.")


class Invalid(Problem):
    """What was sent cannot be meant; `details` maps fields to messages."""

    code = "VALIDATION_ERROR"
    message = mark("Some of this is not right yet.")

    def __init__(self, details: dict[str, list[str]] | None = None, **gaps: object) -> None:
        super().__init__(**gaps)
        self.details = details or {}


class Gone(Problem):
    """It was there once: a used or expired link."""

    code = "GONE"
    message = mark("This is no longer available.")


class TooMany(Problem):
    """A budget is spent; `retry_after` is in seconds, `keys` whose budget it is."""

    code = "RATE_LIMIT_EXCEEDED"
    message = mark("That was tried too often. Please wait a little and try again.")

    def __init__(self, retry_after: int = 60, *, keys: frozenset[str] = frozenset(), **gaps: object) -> None:
        super().__init__(**gaps)
        self.retry_after, self.keys = retry_after, keys


class Unavailable(Problem):
    """Kinkeeper cannot do it right now; nothing was changed."""

    code = "SERVICE_UNAVAILABLE"
    message = mark("Kinkeeper is busy at the moment. Nothing was changed; please try again.")
    retry_after: ClassVar[int | None] = 5


class Unreadable(Unavailable):
    """A sealed value does not open; no use in trying again, somebody has to look."""

    code = "SEAL_BROKEN"
    message = mark(
        "What is kept here cannot be opened: it was altered, or sealed with another secret. "
        "Please tell whoever looks after Kinkeeper."
    )
    retry_after = None


class CannotOpen(Unavailable):
    """The house cannot be opened as it is set up; told to whoever starts it, before anything is done."""

    code = "house.cannot_open"
    message = mark("Kinkeeper cannot start as it is set up.")
    retry_after = None
