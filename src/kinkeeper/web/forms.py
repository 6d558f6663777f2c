"""HTML forms: the base class, its fields, and refusals of verbs that come back into the form."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from flask import request
from wtforms import DateField, IntegerField, StringField
from wtforms import Form as WTForm
from wtforms.validators import StopValidation, ValidationError
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
from kinkeeper.web import language
from kinkeeper.web.problems import say_when, status_of, way_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wtforms import Field
    from wtforms.form import BaseForm

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


_TOO_LONG = mark("Please use at most %(most)s characters; this has %(length)s.")
_MINUTES_PEOPLE_READ = 90
"""More than that are hours."""
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

    Its token was checked at the door (`access`); problems that verbs raise land at their field, or on top.
    """

    class Meta:
        """WTForms' hook for translations."""

        def get_translations(self, _form: WTForm) -> _Words:
            """Use the reader's language."""
            return _Words()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what WTForms takes
        super().__init__(*args, **kwargs)
        self._status = 0
        self._has_remedy = False
        for field in self:
            field.label.text = language.text(str(field.label.text))
            field.description = language.text(field.description) if field.description else ""

    @property
    def was_sent(self) -> bool:
        """Whether this request posts the form."""
        return request.method == "POST"

    def is_good(self) -> bool:
        """Whether the form was posted, and every field can be meant."""
        return self.was_sent and self.validate()

    @property
    def status(self) -> int:
        """The status of the page that shows the form: what a refusal says, 422 for any other error."""
        return self._status or (422 if self.errors else 200)

    @property
    def way_on(self) -> tuple[str, str] | None:
        """The address and name of the page on which the remedy of a refusal is found, where it has one."""
        return way_on() if self._has_remedy else None

    @contextmanager
    def problems(self) -> Iterator[None]:
        """Let a verb's refusal come back at its field or on top, with what was typed."""
        try:
            yield
        except INTO_THE_FORM as problem:
            self._status = status_of(problem)
            self._has_remedy = bool(problem.remedy)
            say_when(problem)
            message = _told(problem)
            field = self._fields.get(problem.field or "")
            if field is not None:
                field.errors = [*field.errors, message]
            else:
                self.form_errors.append(message)


def _told(problem: Problem) -> str:
    """Say what is wrong, what to do about it, and when trying again is worth while."""
    said = problem.text(language.language())
    if problem.remedy:
        said = f"{said} {language.text(problem.remedy)}"
    if not isinstance(problem, TooMany):
        return said
    minutes = ceil(problem.retry_after / 60)
    if minutes <= 1:
        when = language.text(mark("It works again in a minute."))
    elif minutes < _MINUTES_PEOPLE_READ:
        when = language.text(mark("It works again in %(n)s minutes."), n=minutes)
    else:
        when = language.text(mark("It works again in %(n)s hours."), n=ceil(minutes / 60))
    return f"{said} {when}"


class Line(StringField):
    """A line of text, without the spaces around it; empty where nothing was sent."""

    data: str
    longest = 4_000
    """Characters: what is longer nobody typed, and no rule of the field gets to read it."""

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002 - WTForms' hook
        """Refuse what is far too long before anything looks at it."""
        if len(self.data) > self.longest:
            raise StopValidation(language.text(_TOO_LONG, most=self.longest, length=len(self.data)))

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

    longest = 400_000
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


def one_at_least(_form: WTForm, field: Field) -> None:
    """Refuse boxes of which none is ticked.

    `InputRequired` would mark every box as required, and browsers would ask for all of them.
    """
    if not field.data:
        raise ValidationError(language.text(mark("Please choose at least one.")))


def at_most(letters: int) -> Callable[[WTForm, Field], None]:
    """Refuse text longer than `letters`."""

    def check(_form: WTForm, field: Field) -> None:
        length = len(field.data or "")
        if length > letters:
            raise ValidationError(language.text(_TOO_LONG, most=letters, length=length))

    return check


def by_rule(rule: Callable[[str], object]) -> Callable[[WTForm, Field], None]:
    """Refuse what the rule refuses, so that a form tells of all its fields at once."""

    def check(_form: WTForm, field: Field) -> None:
        try:
            rule(field.data)
        except Problem as problem:
            raise ValidationError(_told(problem)) from problem

    return check
