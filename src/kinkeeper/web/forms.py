"""HTML forms: the base class, CSRF, and refusals of verbs that come back into the form."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import abort, request
from wtforms import Form as WTForm
from wtforms.validators import ValidationError

from kinkeeper.kernel.errors import Conflict, Forbidden, Gone, Invalid, Problem
from kinkeeper.kernel.words import mark
from kinkeeper.web import language, security

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wtforms import Field

_WTFORMS_SAYS = (
    mark("This field is required."),
    mark("Not a valid choice."),
    mark("Not a valid choice"),
    mark("Not a valid date value."),
    mark("Not a valid integer value."),
)
"""What WTForms says by itself; marked here, so that the catalogue holds it."""


class _Words:
    """Hands WTForms' own messages to our catalogue."""

    def gettext(self, string: str) -> str:
        return language.text(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return language.plural(singular, plural, n)


class Form(WTForm):
    """A form that was posted, or is shown for the first time.

    Its token is checked before anything else; problems that verbs raise land at their field, or on top.
    """

    class Meta:
        """WTForms' hook for translations."""

        def get_translations(self, _form: WTForm) -> _Words:
            """Use the reader's language."""
            return _Words()

        def bind_field(self, form: WTForm, unbound_field: Any, options: dict[str, Any]) -> Field:  # noqa: ANN401
            """Strip text that people typed around with spaces; passwords stay as they are."""
            filters = unbound_field.kwargs.get("filters", [])
            if unbound_field.field_class.__name__ in {"StringField", "TextAreaField", "EmailField"}:
                filters = [*filters, _strip]
            return unbound_field.bind(form=form, filters=filters, **options)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        """The status of the page that shows the form: 422 where it came back with errors."""
        return 422 if self.errors else 200

    @contextmanager
    def problems(self, *kinds: type[Problem]) -> Iterator[None]:
        """Let a verb's refusal come back into the form instead of replacing the page."""
        try:
            yield
        except (kinds or (Conflict, Invalid, Gone, Forbidden)) as problem:
            if isinstance(problem, security.StaleForm):
                raise
            self._show(problem)

    def _show(self, problem: Problem) -> None:
        message = problem.text(language.language())
        if problem.field is not None and problem.field in self._fields:
            field = self._fields[problem.field]
            field.errors = [*field.errors, message]
        else:
            self.form_errors.append(message)


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


def _strip(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
