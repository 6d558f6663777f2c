"""Forms of accounts."""

from __future__ import annotations

from wtforms.validators import InputRequired, NumberRange

from kinkeeper.features.accounts.rules import (
    LONGEST_NAME,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    check_password,
    clean_address,
    clean_name,
)
from kinkeeper.kernel.words import mark
from kinkeeper.web.forms import Address, Count, Form, Line, Password, at_most, by_rule

_HOW = mark("At least 12 characters. Three or four words that do not belong together are good.")


class SignInForm(Form):
    """E-mail and password."""

    email = Address(mark("E-mail"), [InputRequired(), at_most(254)])
    password = Password(mark("Password"), [InputRequired(), at_most(LONGEST_PASSWORD)])


class NewPasswordForm(Form):
    """A new password, typed once: it can be looked at, and a reset is a minute away."""

    password = Password(
        mark("New password"),
        [InputRequired()],
        description=_HOW,
        render_kw={"minlength": SHORTEST_PASSWORD},
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password, and the present one."""

    present = Password(mark("Present password"), [InputRequired(), at_most(LONGEST_PASSWORD)])


class SetUpForm(Form):
    """The first administrator and their circle."""

    name = Line(mark("Your name"), [InputRequired(), by_rule(clean_name)])
    circle = Line(
        mark("Your family, club or office"),
        [InputRequired(), by_rule(clean_name)],
        description=mark("What you call yourselves, for example “The Olsens”."),
    )
    email = Address(mark("E-mail"), [InputRequired(), by_rule(clean_address)])
    password = Password(
        mark("Password"),
        [InputRequired()],
        description=_HOW,
        render_kw={"minlength": SHORTEST_PASSWORD},
    )

    def validate_password(self, field: Password) -> None:
        """Tell of it together with all else that is wrong."""
        own_words = (self.email.data, self.name.data, self.circle.data)
        by_rule(lambda password: check_password(password, *own_words))(self, field)


class ForgottenForm(Form):
    """Where the link should go."""

    email = Address(mark("E-mail"), [InputRequired(), at_most(254)])


class TokenForm(Form):
    """A name to know the token by, and its life."""

    name = Line(
        mark("What is it for?"),
        [InputRequired(), at_most(LONGEST_NAME)],
        description=mark("For example “Backup script”."),
    )
    days = Count(mark("Works for how many days?"), [InputRequired(), NumberRange(1, 366)], default=90)
