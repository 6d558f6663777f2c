"""HTML forms: the base class, CSRF, and refusals of verbs that come back into the form."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response, abort, after_this_request, request
from wtforms import DateField, IntegerField, StringField
from wtforms import Form as WTForm
from wtforms.validators import ValidationError
from wtforms.widgets import EmailInput, PasswordInput, TextArea

from kinkeeper.kernel.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    Problem,
    TooMany,
    Unavailable,
)
from kinkeeper.kernel.words import mark
from kinkeeper.web import language, security

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from wtforms import Field

NOT_OF_THE_FORM = ((Forbidden, 403), (TooMany, 429), (Unavailable, 503))
"""Refusals whose reason is not what was typed; the rest is 422."""

INTO_THE_FORM = (Conflict, Invalid, Gone, Forbidden, TooMany, Unavailable)
"""Kinds of refusals after which a person can go on in the same form."""

_WTFORMS_SAYS = (
    mark("This field is required."),
    mark("Not a valid choice."),
    mark("Not a valid choice"),
    mark("Not a valid date value."),
    mark("Not a valid integer value."),
    mark("Number must be between %(min)s and %(max)s."),
)
"""What WTForms says by itself; marked here, so that the catalogue holds it."""


_GAPS = re.compile(r"%\((\w+)\)s")


class _Words:
    """Hands WTForms' own messages to our catalogue."""

    def gettext(self, string: str) -> str:
        """Translate, and leave the %(gaps)s to WTForms, which fills them afterwards."""
        return language.text(string, **{name: f"%({name})s" for name in _GAPS.findall(string)})

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Likewise for counted sentences."""
        gaps = {name: f"%({name})s" for name in _GAPS.findall(singular + plural)}
        return language.plural(singular, plural, n, **gaps)


class Form(WTForm):
    """A form that was posted, or is shown for the first time.

    Its token is checked before anything else; problems that verbs raise land at their field, or on top.
    """

    class Meta:
        """WTForms' hook for translations."""

        def get_translations(self, _form: WTForm) -> _Words:
            """Use the reader's language."""
            return _Words()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what WTForms takes
        super().__init__(*args, **kwargs)
        self._status = 0
        for field in self:
            field.label.text = language.text(str(field.label.text))
            field.description = language.text(field.description) if field.description else ""

    @property
    def was_sent(self) -> bool:
        """Whether this request posts the form; raises StaleForm where the token is not this browser's."""
        if request.method != "POST":
            return False
        security.check_csrf(request.form.get(security.CSRF_FIELD))
        return True

    def is_good(self) -> bool:
        """Whether the form was posted, and every field can be meant."""
        return self.was_sent and self.validate()

    @property
    def status(self) -> int:
        """The status of the page that shows the form: what a refusal says, 422 for any other error."""
        return self._status or (422 if self.errors else 200)

    def problems(self) -> Refusals:
        """Let a verb's refusal come back into the form, with what was typed."""
        return Refusals(self)

    def refuse(self, problem: Problem) -> None:
        """Show a refusal at its field, or on top."""
        self._status = next((status for kind, status in NOT_OF_THE_FORM if isinstance(problem, kind)), 422)
        if isinstance(problem, TooMany | Unavailable):
            _wait(problem.retry_after)
        self._show(problem)

    def _show(self, problem: Problem) -> None:
        message = problem.text(language.language())
        if problem.field is not None and problem.field in self._fields:
            field = self._fields[problem.field]
            field.errors = [*field.errors, message]
        else:
            self.form_errors.append(message)


class Refusals:
    """Catches what a verb refuses, for a form."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        """Swallow problems that a person can mend in the form."""
        if not isinstance(problem, INTO_THE_FORM) or isinstance(problem, security.StaleForm):
            return False
        self._form.refuse(problem)
        return True


class Line(StringField):
    """A line of text, without the spaces around it; empty where nothing was sent."""

    data: str

    def process_data(self, value: str | None) -> None:
        """Begin with the default, or with nothing."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; nobody types a NUL, and PostgreSQL takes none."""
        if valuelist:
            self.data = valuelist[0].replace("\0", "").strip()


class Address(Line):
    """An e-mail address."""

    widget = EmailInput()


class Paragraphs(Line):
    """Text of several lines."""

    widget = TextArea()


class Password(Line):
    """A password: never stripped, never shown again."""

    widget = PasswordInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed, spaces and all."""
        if valuelist:
            self.data = valuelist[0]


class Day(DateField):
    """A civil day; required where it is used."""

    data: date


class Count(IntegerField):
    """A whole number; required where it is used."""

    data: int


def posted(verb: Callable[[], None]) -> None:
    """Do `verb` for a button's POST: the token first."""
    if request.method != "POST":
        abort(405)
    security.check_csrf(request.form.get(security.CSRF_FIELD))
    verb()


def at_most(letters: int) -> Callable[[WTForm, Field], None]:
    """Refuse text longer than `letters`."""
    message = mark("Please use at most %(most)s characters; this has %(length)s.")

    def check(_form: WTForm, field: Field) -> None:
        length = len(field.data or "")
        if length > letters:
            raise ValidationError(language.text(message, most=letters, length=length))

    return check


def _wait(seconds: int) -> None:
    @after_this_request
    def say_when(response: Response) -> Response:
        response.headers["Retry-After"] = str(seconds)
        return response
