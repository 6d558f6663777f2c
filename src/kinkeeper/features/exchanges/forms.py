"""Forms of gift exchanges."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import available_timezones

from markupsafe import Markup
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget, Select

from kinkeeper.features.accounts.rules import LONGEST_NAME
from kinkeeper.features.exchanges.service.joining import LONGEST_WISHES
from kinkeeper.features.exchanges.service.organising import (
    FEWEST_PEOPLE,
    LONGEST_BUDGET,
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
)
from kinkeeper.kernel.words import mark
from kinkeeper.web.forms import Address, Day, Form, Line, Paragraphs, at_most

PLACES = re.compile(r"(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/")
"""Zones that people look for; the other names are old spellings of the same."""


class PlainOptions(Select):
    """A select whose options say their value only: there are five hundred zones."""

    @classmethod
    def render_option(cls, choice: Any, **_attributes: object) -> Markup:  # type: ignore[override]  # noqa: ANN401 - the stubs are of 3.2
        """Answer one option."""
        chosen = Markup(" selected") if choice.selected else ""
        return Markup("<option{}>{}</option>").format(chosen, choice.value)


def zones(own: str) -> list[str]:
    """Answer the zones to choose from, the house's own among them."""
    return sorted({zone for zone in available_timezones() if PLACES.match(zone)} | {own, "UTC"})


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
    zone = SelectField(mark("Time zone"), [InputRequired()], widget=PlainOptions())


class JoinForm(Form):
    """A name, an address, and perhaps wishes (SK-38, G7)."""

    name = Line(mark("Your name"), [InputRequired(), at_most(LONGEST_NAME)])
    email = Address(mark("E-mail"), [InputRequired(), at_most(254)])
    wishes = Paragraphs(
        mark("What would make you happy?"),
        [Optional(), at_most(LONGEST_WISHES)],
        description=mark("Only the person who draws you will read this. You can change it later."),
    )


class WayInForm(Form):
    """The address that somebody joined with."""

    email = Address(
        mark("E-mail"),
        [InputRequired(), at_most(254)],
        description=mark("The one you joined with."),
    )


class WishesForm(Form):
    """One's own wishes."""

    wishes = Paragraphs(mark("Your wishes"), [Optional(), at_most(LONGEST_WISHES)])


class PairForm(Form):
    """Two people who are kept apart."""

    giver = SelectField(mark("This person"), [InputRequired()])
    receiver = SelectField(mark("does not give to"), [InputRequired()])
    both_ways = BooleanField(mark("Nor the other way round"), default=True)


class HouseholdForm(Form):
    """People who live together."""

    name = Line(
        mark("What do you call them?"),
        [InputRequired(), at_most(LONGEST_NAME)],
        description=mark("For example “The ones from Oak Road”."),
    )
    members = SelectMultipleField(
        mark("Who lives there?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
