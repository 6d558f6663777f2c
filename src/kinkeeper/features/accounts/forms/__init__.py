"""Forms of accounts."""

from __future__ import annotations

from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from kinkeeper.features.accounts.rules import (
    LONGEST_NAME,
    LONGEST_PASSWORD,
    LONGEST_TOKEN_LIFE,
    LONGEST_USERNAME,
    SHORTEST_PASSWORD,
    check_password,
    clean_address,
    clean_label,
    clean_name,
    clean_sign_in_name,
)
from kinkeeper.kernel.words import mark
from kinkeeper.web.forms import Address, Count, Form, Line, Password, at_most, by_rule, one_at_least

_HOW = mark("At least 12 characters. Three or four words that do not belong together are good.")


class SignInForm(Form):
    """E-mail or username, and password."""

    email = Line(mark("E-mail or username"), [InputRequired(), at_most(254)])
    password = Password(mark("Password"), [InputRequired(), at_most(LONGEST_PASSWORD)])


class CodeForm(Form):
    """A code of an app, of paper, or of a letter."""

    code = Line(mark("Code"), [InputRequired(), at_most(40)])


class ProveAgainForm(Form):
    """The password, and the code where an app is set up."""

    present = Password(mark("Password"), [InputRequired(), at_most(LONGEST_PASSWORD)])
    code = Line(mark("Code of your app"), [at_most(40)])


class AskForLinkForm(Form):
    """Whose mailbox the way in should go to."""

    email = Line(mark("E-mail or username"), [InputRequired(), by_rule(clean_sign_in_name)])


class ConfirmForm(Form):
    """One button."""


class UsernameForm(Form):
    """What may be typed instead of the address."""

    username = Line(
        mark("Username"),
        [at_most(LONGEST_USERNAME)],
        description=mark(
            "What you may type instead of your e-mail address: at least 3 letters from a to z, numbers, and "
            "dots, dashes or underscores between them. Leave it empty to have none."
        ),
    )


class ArriveForm(UsernameForm):
    """The first password, and a username for who wants one."""

    password = Password(
        mark("Password"),
        [InputRequired()],
        description=_HOW,
        render_kw={"minlength": SHORTEST_PASSWORD},
    )


class MoveForm(Form):
    """The address to sign in with from then on."""

    email = Address(mark("New e-mail address"), [InputRequired(), by_rule(clean_address)])


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


class RegisterForm(Form):
    """Who asks for an account, and what they begin with."""

    name = Line(mark("Your name"), [InputRequired(), by_rule(clean_name)])
    circle = Line(
        mark("Your family, club or office"),
        [InputRequired(), by_rule(clean_label)],
        description=mark("What you call yourselves, for example “The Olsens”."),
    )
    email = Address(mark("E-mail"), [InputRequired(), by_rule(clean_address)])


class SetUpForm(RegisterForm):
    """The first administrator and their circle."""

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
    """Whose mailbox the link should go to."""

    email = Line(mark("E-mail or username"), [InputRequired(), by_rule(clean_sign_in_name)])


class TokenForm(Form):
    """A name to know the token by, and its life."""

    name = Line(
        mark("What is it for?"),
        [InputRequired(), at_most(LONGEST_NAME)],
        description=mark("For example “Backup script”."),
    )
    days = Count(
        mark("Works for how many days?"), [InputRequired(), NumberRange(1, LONGEST_TOKEN_LIFE)], default=90
    )
    scopes = SelectMultipleField(
        mark("What may it do?"),
        [one_at_least],
        description=mark("The less, the better: never more than you may do yourself."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class RoleForm(Form):
    """What a role is called, and what it lets people do."""

    title = Line(
        mark("What is the role called?"),
        [InputRequired(), at_most(LONGEST_NAME)],
        description=mark("For example “Keeper of the post”."),
    )
    rights = SelectMultipleField(
        mark("What may people do who have it?"),
        description=mark("Only what you may do yourself can be chosen."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class NewRoleForm(RoleForm):
    """A role that is made up."""

    name = Line(
        mark("Its name for programs"),
        [at_most(40)],
        description=mark(
            "Small letters, digits and hyphens; it never changes. Leave it empty to have it made for you."
        ),
    )


class GiveRoleForm(Form):
    """Who is to have which role, and for what."""

    person = SelectField(mark("Who?"), [InputRequired()])
    role = SelectField(mark("Which role?"), [InputRequired()])
    place = SelectField(mark("For what?"), [InputRequired()])
