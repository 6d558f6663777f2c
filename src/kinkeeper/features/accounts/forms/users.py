"""Forms of accounts, for those who keep them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired, ValidationError

from kinkeeper.features.accounts.forms import MoveForm
from kinkeeper.features.accounts.rules import clean_address, clean_name
from kinkeeper.kernel.words import mark
from kinkeeper.web.forms import Address, Form, Line, at_most, by_rule
from kinkeeper.web.language import LANGUAGE_NAMES, text


class State(StrEnum):
    """Which accounts are shown."""

    HERE = "here"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"
    IN_THE_BIN = "bin"


_STATES = {
    State.HERE: mark("All but those in the bin"),
    State.ACTIVE: mark("Can sign in"),
    State.DEACTIVATED: mark("Deactivated"),
    State.IN_THE_BIN: mark("In the bin"),
}


class UsersForm(Form):
    """Which accounts one would like to see."""

    q = Line(
        mark("Name, e-mail or username"),
        [at_most(80)],
        description=mark("The beginning of it is enough."),
    )
    state = SelectField(mark("Which?"), default=State.HERE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what WTForms takes
        super().__init__(*args, **kwargs)
        self.state.choices = [(state, text(said)) for state, said in _STATES.items()]


class NewAccountForm(Form):
    """Somebody who is to have an account."""

    name = Line(mark("Name"), [InputRequired(), by_rule(clean_name)])
    email = Address(
        mark("E-mail"),
        [InputRequired(), by_rule(clean_address)],
        description=mark("They get a letter there, and choose a password themselves."),
    )
    circle_id = SelectField(
        mark("In which address book?"),
        [InputRequired()],
        description=mark("Whoever is in it with this address keeps their entry, and the name in it."),
    )
    language = SelectField(mark("Language"), [InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - likewise
        super().__init__(*args, **kwargs)
        self.language.choices = list(LANGUAGE_NAMES.items())


class MoveAccountForm(MoveForm):
    """Another address for somebody else's account."""

    def __init__(self, *args: Any, present: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - likewise
        super().__init__(*args, **kwargs)
        self._present = present

    def validate_email(self, field: Address) -> None:
        """Refuse the one that they have: nothing would change, and nobody be written to."""
        if field.data.lower() == self._present:
            raise ValidationError(text(mark("That is their address already.")))
