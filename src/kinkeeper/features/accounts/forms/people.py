"""Forms of circles and address books."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from kinkeeper.features.accounts.rules import LONGEST_NAME, clean_address, clean_label, clean_name
from kinkeeper.features.accounts.rules.birthdays import EARLIEST_YEAR, BadBirthday, Birthday, read_birthday
from kinkeeper.kernel import words
from kinkeeper.kernel.errors import Invalid
from kinkeeper.kernel.lines import fold
from kinkeeper.kernel.words import mark
from kinkeeper.web.forms import Address, Form, Line, Paragraphs, at_most, by_rule, one_at_least
from kinkeeper.web.language import LANGUAGE_NAMES, language, text
from kinkeeper.web.zones import Zone

_MONTHS = frozenset(str(month) for month in range(1, 13))


class CircleForm(Form):
    """What a circle is called, and where it lives."""

    name = Line(
        mark("What do you call yourselves?"),
        [InputRequired(), by_rule(clean_label)],
        description=mark("For example “The Olsens”."),
    )
    language = SelectField(
        mark("Language"), [InputRequired()], description=mark("Whoever is new gets letters in it.")
    )
    zone = Zone(mark("Time zone"), [InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what WTForms takes
        super().__init__(*args, **kwargs)
        self.language.choices = list(LANGUAGE_NAMES.items())
        self.zone.offer()


class ProfileForm(Form):
    """What is said of somebody besides their address."""

    name = Line(mark("Name"), [InputRequired(), by_rule(clean_name)])
    language = SelectField(mark("Language"), [InputRequired()])
    zone = Zone(mark("Time zone"))
    day = IntegerField(mark("Day"), [Optional(), NumberRange(1, 31)])
    month = SelectField(mark("Month"), default="")
    year = IntegerField(mark("Year"), [Optional(), NumberRange(EARLIEST_YEAR, 9999)])

    def __init__(self, *args: Any, birthday: str | None = None, own_zone: str = "UTC", **kwargs: Any) -> None:  # noqa: ANN401 - likewise
        born = read_birthday(birthday) if birthday else None
        facts = {"day": born.day, "month": str(born.month), "year": born.year} if born else {}
        super().__init__(*args, **{**kwargs, **facts})
        self.language.choices = list(LANGUAGE_NAMES.items())
        self.zone.offer(own_zone)
        if not self.zone.data:
            self.zone.data = own_zone
        self.month.choices = [("", text(mark("Month"))), *words.months(language())]

    def validate_month(self, _field: SelectField) -> None:
        """Refuse half a birthday, and the 31st of June."""
        try:
            self.birthday()
        except Invalid as odd:
            raise ValidationError(odd.text(language())) from odd

    def birthday(self) -> str | None:
        """Answer the birthday as it is kept, or None where nothing was said of it."""
        if not (self.day.data or self.month.data or self.year.data):
            return None
        if not self.day.data or self.month.data not in _MONTHS:
            raise BadBirthday
        return str(read_birthday(str(Birthday(self.day.data, int(self.month.data), self.year.data))))

    def said(self) -> dict[str, Any]:
        """Answer what was said, by the names under which it is kept."""
        return {
            "name": self.name.data,
            "language": self.language.data,
            "zone": self.zone.data,
            "birthday": self.birthday(),
        }


class PersonForm(ProfileForm):
    """Somebody in the address book."""

    email = Address(
        mark("E-mail"),
        [Optional(), by_rule(clean_address)],
        description=mark("None for a child, or whoever has no e-mail: somebody else gets their letters."),
    )

    def said(self) -> dict[str, Any]:
        """Answer it together with the address."""
        return super().said() | {"email": self.email.data or None}


class ListForm(Form):
    """People as they stand in a message or a spreadsheet."""

    people = Paragraphs(
        mark("A name on each line, with an address or without"),
        [InputRequired(), at_most(100_000)],
        description=mark("“Ana Olsen, ana@example.org”, “Ana Olsen <ana@example.org>”, or just “Tim”."),
    )


class HouseholdForm(Form):
    """People who live together."""

    name = Line(
        mark("What do you call them?"),
        [InputRequired(), at_most(LONGEST_NAME), by_rule(clean_label)],
        description=mark("For example “The ones from Oak Road”."),
    )
    person_ids = SelectMultipleField(
        mark("Who lives there?"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class GuardiansForm(Form):
    """Who looks after somebody, besides those who do."""

    guardian = SelectMultipleField(
        mark("Who else looks after them?"),
        [one_at_least],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class ChildForm(Form):
    """Whether somebody with an account is a child."""

    is_child = BooleanField(mark("A child: takes part, and begins nothing"))


class TypedNameForm(Form):
    """What cannot be undone: the name is typed, so that nobody does it by the way."""

    typed = Line(mark("Type the name"), [InputRequired()])

    def __init__(self, *args: Any, expected: str, also: str | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - likewise
        super().__init__(*args, **kwargs)
        self._expected, self._also = expected, also

    def validate_typed(self, field: Line) -> None:
        """Refuse any other name; capitals and accents do not matter."""
        meant = {fold(one) for one in (self._expected, self._also) if one}
        if fold(field.data) not in meant:
            raise ValidationError(text(mark("Please type “%(name)s”."), name=self._expected))
