"""Forms of rules and draws."""

from __future__ import annotations

from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from kinkeeper.features.accounts.rules import LONGEST_NAME
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.rules.exclusions import MOST_YEARS
from kinkeeper.features.exchanges.service.refusals import LONGEST_REASON
from kinkeeper.features.exchanges.service.ruling import BadRule
from kinkeeper.kernel.words import mark
from kinkeeper.web.forms import Count, Form, Line, at_most
from kinkeeper.web.language import text


class PairForm(Form):
    """Two people who are kept apart."""

    giver = SelectField(mark("This person"), [InputRequired()])
    receiver = SelectField(mark("does not give to"), [InputRequired()])
    both_ways = BooleanField(mark("Nor the other way round"), default=True)


SHAPES = {
    Shape.ANY: mark("Any way"),
    Shape.NO_MUTUAL: mark("No two people give to each other"),
    Shape.ONE_LOOP: mark("In one big loop through everybody"),
}


class DrawForm(Form):
    """What the draw should be like, beyond the rules."""

    shape = RadioField(
        mark("How should the gifts go round?"),
        [InputRequired()],
        coerce=Shape,
    )
    avoid_years = Count(
        mark("Past years to avoid"),
        [InputRequired()],
        description=mark(
            "Nobody gives to whom they gave to then, unless there is no other way. The oldest years are let "
            "go where somebody would be left just one person, whom everybody could guess. 0 for none."
        ),
        render_kw={"min": 0, "max": MOST_YEARS},
    )
    publishes_draw = BooleanField(
        mark("Let everybody check the draw when the gifts are given"),
        description=mark(
            "From the day after, each participant can read who gave to whom, and check that nobody had a "
            "hand in it. It can be chosen until the list is closed, and everybody hears of it by letter. "
            "Past years are not avoided then: the proof would tell them."
        ),
    )
    names_in_letters = BooleanField(
        mark("Write into the letters whom one gives to"),
        description=mark(
            "Otherwise it stands on everybody’s own page only. A letter can be read by whoever reads that "
            "mailbox, sees its preview or gets it forwarded, and by those who run the mail servers. A letter "
            "that comes back may bring the name to whoever runs Kinkeeper. It can be chosen until the list "
            "is closed, and everybody hears of it by letter."
        ),
    )


class RedrawForm(Form):
    """Why all names are drawn anew."""

    reason = Line(
        mark("Why?"),
        [InputRequired(), at_most(LONGEST_REASON)],
        description=mark("Everybody reads this on their page."),
    )
    after = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class RevealForm(Form):
    """Whose match has to be looked up, and why."""

    giver = SelectField(mark("Whose match do you have to see?"), [InputRequired()])
    reason = Line(
        mark("Why?"),
        [InputRequired(), at_most(LONGEST_REASON)],
        description=mark("Everybody reads this on their page."),
    )
    sure = BooleanField(mark("They get a letter, and everybody reads that I looked."), [InputRequired()])


def _two_people(_form: Form, field: SelectMultipleField) -> None:
    if len(field.data or []) < 2:  # noqa: PLR2004 - a rule is between two
        raise ValidationError(text(BadRule.message))


class HouseholdForm(Form):
    """People who live together."""

    name = Line(
        mark("What do you call them?"),
        [InputRequired(), at_most(LONGEST_NAME)],
        description=mark("For example “The ones from Oak Road”."),
    )
    members = SelectMultipleField(
        mark("Who lives there?"),
        [_two_people],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
