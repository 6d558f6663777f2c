"""Forms of gift exchanges."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from wtforms import BooleanField, Field, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput, URLInput

from kinkeeper.features.accounts.rules import clean_address, clean_name
from kinkeeper.features.exchanges.rules.joining import FEWEST_PEOPLE
from kinkeeper.features.exchanges.rules.keeping import KEEPING, LONGEST_KEEPING, SHORTEST_KEEPING
from kinkeeper.features.exchanges.rules.reminding import FURTHEST_REMINDER, MOST_REMINDERS
from kinkeeper.features.exchanges.rules.wishing import LONGEST_LINK, LONGEST_WISH, Priority
from kinkeeper.features.exchanges.service.joining import LONGEST_WISHES
from kinkeeper.features.exchanges.service.planning import (
    LONGEST_BUDGET,
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    BadReminders,
)
from kinkeeper.features.exchanges.service.telling import Telling
from kinkeeper.kernel.words import mark
from kinkeeper.web.forms import Address, Count, Day, Form, Line, Paragraphs, at_most, by_rule
from kinkeeper.web.language import text
from kinkeeper.web.zones import Zone

REMINDERS = {"most": MOST_REMINDERS, "furthest": FURTHEST_REMINDER}


class ExchangeForm(Form):
    """What an organiser says of a new exchange."""

    title = Line(
        mark("What is it called?"),
        [InputRequired(), at_most(LONGEST_TITLE)],
        description=mark("For example “Christmas at the Olsens”."),
    )
    gifts_on = Day(mark("When are the gifts given?"), [InputRequired()])
    closes_on = Day(
        mark("People can join until"), [InputRequired()], description=mark("The end of that day.")
    )
    budget = Line(
        mark("About how much to spend"),
        [Optional(), at_most(LONGEST_BUDGET)],
        description=mark("In your own words, for example “around £20”."),
    )
    description = Paragraphs(mark("Anything people should know"), [Optional(), at_most(LONGEST_DESCRIPTION)])
    most_people = IntegerField(
        mark("At most how many people"), [Optional()], render_kw={"min": FEWEST_PEOPLE}
    )
    zone = Zone(mark("Time zone"), [InputRequired()])


class BeginForm(ExchangeForm):
    """The same, and for which circle; asked of who may begin one in several."""

    circle = SelectField(mark("For which circle?"), [Optional()])


class DayCounts(Field):
    """A few numbers of days, as people write them: "7, 1"."""

    widget = TextInput()
    data: tuple[int, ...]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read them; what cannot be read stays as it was typed."""
        if valuelist:
            try:
                self.data = tuple(int(days) for days in re.split(r"[\s,;]+", valuelist[0]) if days)
            except ValueError as odd:
                raise ValueError(text(BadReminders.message, **REMINDERS)) from odd

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ", ".join(str(days) for days in self.data or ())


class ChangeForm(ExchangeForm):
    """What an organiser says anew; also how long it is kept, which hardly anybody asks at the beginning."""

    keep_days = Count(
        mark("For how many days is it kept afterwards?"),
        [InputRequired()],
        default=KEEPING,
        description=mark(
            "Then all that is personal is deleted: names, addresses, wishes, and who gave to whom."
        ),
        render_kw={"min": SHORTEST_KEEPING, "max": LONGEST_KEEPING},
    )
    telling = RadioField(
        mark("Tell everybody who is in by letter?"),
        coerce=Telling,
        default=Telling.IF_A_DAY_CHANGES,
        description=mark("It leaves ten minutes later, so that you can correct yourself."),
    )
    remind_days = DayCounts(
        mark("How many days before the gifts are people reminded?"),
        description=mark(
            "Up to three numbers. Whoever has a gift ready, or wants no reminders, gets none. "
            "Leave it empty for none at all."
        ),
    )


TELLINGS = {
    Telling.IF_A_DAY_CHANGES: mark("If a day changes"),
    Telling.YES: mark("Yes, whatever changes"),
    Telling.NO: mark("No, they see it on their page"),
}


class WishForm(Form):
    """One wish of one's own list."""

    text = Line(mark("What would you like?"), [InputRequired(), at_most(LONGEST_WISH)])
    url = Line(
        mark("A link to it"),
        [Optional(), at_most(LONGEST_LINK)],
        description=mark("Of a shop, for example; copied from the browser."),
        widget=URLInput(),
    )
    priority = RadioField(mark("How much do you wish for it?"), [InputRequired()], coerce=Priority)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what WTForms takes
        super().__init__(*args, **kwargs)
        self.priority.choices = [(one, text(said)) for one, said in PRIORITIES.items()]


class LettersForm(Form):
    """Which letters a participant wants."""

    reminders = BooleanField(mark("Remind me before the day"))
    wishes = BooleanField(
        mark("Tell me when wishes have changed"),
        description=mark("One letter in an evening at most, and only after the draw."),
    )


class HostForm(Form):
    """Who is to run it, too."""

    person = SelectField(mark("Who?"), [InputRequired()])


class HelperForm(Form):
    """Who is to help with it, or to look on."""

    person = SelectField(mark("Who?"), [InputRequired()])
    role = SelectField(mark("As what?"), [InputRequired()])


class NoticesForm(Form):
    """What an organiser wants to hear of."""

    hears_of_joining = BooleanField(mark("When somebody joins"))
    hears_of_leaving = BooleanField(mark("When somebody says no, or leaves"))
    hears_of_drawing = BooleanField(mark("When the names are drawn"))


class AgainForm(Form):
    """What differs another year."""

    title = ExchangeForm.title
    gifts_on = ExchangeForm.gifts_on
    closes_on = ExchangeForm.closes_on


class JoinForm(Form):
    """A name, an address, and perhaps wishes (SK-38, G7)."""

    name = Line(mark("Your name"), [InputRequired(), by_rule(clean_name)])
    email = Address(mark("E-mail"), [InputRequired(), by_rule(clean_address)])
    wishes = Paragraphs(
        mark("What would make you happy?"),
        [Optional(), at_most(LONGEST_WISHES)],
        description=mark("Only the person who draws you will read this. You can change it later."),
    )
    wants_reminders = BooleanField(
        mark("Remind me before the day"), default=True, description=mark("Twice at most, as a rule.")
    )


class WayInForm(Form):
    """The address that somebody joined with."""

    email = Address(
        mark("E-mail"),
        [InputRequired(), at_most(254)],
        description=mark("The one you joined with."),
    )


class CodeForm(Form):
    """The code of a letter that was asked for."""

    code = Line(
        mark("The code from the letter"),
        [InputRequired(), at_most(40)],
        description=mark("Eight letters and digits. It works in this browser only, and once."),
    )


class OnePersonForm(Form):
    """Somebody to be put on the list."""

    name = Line(mark("Their name"), [InputRequired(), by_rule(clean_name)])
    email = Address(mark("Their e-mail"), [InputRequired(), by_rule(clean_address)])


class SeveralPeopleForm(Form):
    """A list that somebody has at hand."""

    people = Paragraphs(
        mark("A name and an e-mail address on each line"),
        [DataRequired()],
        description=mark("For example: Ana, ana@example.org"),
    )


class PickForm(Form):
    """People of the address book; the page lists them, and the verb knows who may be picked."""

    person_ids = SelectMultipleField(mark("People"), [DataRequired()], validate_choice=False)

    def validate_person_ids(self, field: SelectMultipleField) -> None:
        """Refuse what is nobody's id."""
        for one in field.data or []:
            try:
                UUID(one)
            except ValueError as odd:
                raise ValidationError(text(mark("Not a valid choice."))) from odd


class SureForm(Form):
    """The tick before what cannot simply be taken back."""

    sure = BooleanField(mark("Yes, I am sure"), [InputRequired()])


class NewAddressForm(Form):
    """Where somebody's letters are to go."""

    email = Address(mark("Their new e-mail"), [InputRequired(), by_rule(clean_address)])


class WishesForm(Form):
    """One's own wishes."""

    wishes = Paragraphs(mark("Your wishes"), [Optional(), at_most(LONGEST_WISHES)])


PRIORITIES = {
    Priority.LOVE: mark("I would love it"),
    Priority.LIKE: mark("I would like it"),
    Priority.NICE: mark("It would be nice"),
}


class LateForm(Form):
    """Somebody who comes after the draw."""

    name = Line(mark("Their name"), [InputRequired(), by_rule(clean_name)])
    email = Address(mark("Their e-mail"), [InputRequired(), by_rule(clean_address)])
    apart_from = SelectMultipleField(
        mark("Whom should they not draw, nor be drawn by?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class HoldForm(Form):
    """Somebody without an address."""

    name = Line(mark("Their name"), [InputRequired(), by_rule(clean_name)])


class NameForm(Form):
    """What somebody is called."""

    name = Line(mark("Name"), [InputRequired(), by_rule(clean_name)])


class CareForm(Form):
    """Who looks after somebody from now on."""

    guardian = SelectField(
        mark("Who looks after them?"),
        [InputRequired()],
        description=mark("They get the letters, and open the page. We ask them first."),
    )


class PutOnListForm(CareForm):
    """Somebody without an address, with whoever looks after them."""

    name = Line(mark("Their name"), [InputRequired(), by_rule(clean_name)])


class ReleaseForm(Form):
    """Whether they really go."""

    sure = BooleanField(mark("Yes, take them off the list"), [InputRequired()])
