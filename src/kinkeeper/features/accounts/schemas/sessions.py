"""JSON of programs that sign in, in and out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from kinkeeper.features.accounts.rules import LONGEST_PASSWORD
from kinkeeper.features.accounts.schemas.circles import CircleName
from kinkeeper.features.accounts.schemas.users import LONGEST_ADDRESS, Address, Language, Name, UserOut
from kinkeeper.kernel.lines import clean_line
from kinkeeper.kernel.words import mark
from kinkeeper.web.json import Body
from kinkeeper.web.settings import settings

LONGEST_TOKEN = 200
LONGEST_PROGRAM = 80
RefreshTokenText = Annotated[
    str, Field(min_length=1, max_length=LONGEST_TOKEN, examples=["the one that came last"])
]


class Login(Body):
    """Who signs in: an e-mail address or a username, and the password."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "mia@example.org", "password": "a sentence of your own"}]}
    )

    email: str | None = Field(default=None, min_length=1, max_length=LONGEST_ADDRESS)
    username: str | None = Field(default=None, min_length=1, max_length=LONGEST_ADDRESS)
    password: str = Field(min_length=1, max_length=LONGEST_PASSWORD)
    code: str | None = Field(
        default=None,
        min_length=1,
        max_length=40,
        description="Of the authenticator app, or a recovery code, where the account asks for one.",
    )
    program: str = Field(
        default="A program",
        min_length=1,
        max_length=LONGEST_PROGRAM,
        description="What its owner reads among their devices.",
    )

    @field_validator("program")
    @classmethod
    def _seen_whole(cls, value: str) -> str:
        """Keep it on one line, with nothing unseen that would turn its owner's page around."""
        try:
            return clean_line(value, LONGEST_PROGRAM)
        except ValueError:
            raise ValueError(mark("Please write it on one line, in letters that can be seen.")) from None

    @model_validator(mode="after")
    def _one_name(self) -> Login:
        if (self.email is None) == (self.username is None):
            raise ValueError(mark("Please send either email or username."))
        return self


class Register(Body):
    """Who asks for an account; the password is chosen by the mailed link, and by nobody else."""

    email: Address
    name: Name
    circle: CircleName = Field(description="What you call yourselves, for example “The Olsens”.")
    language: Language = Field(default_factory=lambda: settings().language)


class AskedOut(BaseModel):
    """What is said to everybody, whether the address is known or not."""

    email: str


class Refresh(Body):
    """What a program renews its access token with."""

    refresh_token: RefreshTokenText


class Logout(Body):
    """Which session ends: the one of the refresh token, or the one of the access token that is sent along."""

    refresh_token: RefreshTokenText | None = Field(default=None, examples=["the one that came last"])

    @model_validator(mode="before")
    @classmethod
    def _nothing_will_do(cls, sent: object) -> object:
        return {} if sent is None else sent


class PassOut(BaseModel):
    """What a program goes on with."""

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind, not a secret
    expires_in: int = Field(description="Seconds for which the access token is good.")
    refresh_token: str = Field(description="Works once; the answer brings the next one.")
    user: UserOut
