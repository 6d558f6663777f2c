"""What makes a name, an address and a password good; decisions without a database."""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from kinkeeper.kernel.errors import Invalid
from kinkeeper.kernel.lines import clean_line, fold, names_host, normal
from kinkeeper.kernel.words import mark

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1024
LONGEST_TOKEN_LIFE = 366
"""Days that an access token can be made for."""
LONGEST_NAME = 80
_LONGEST_TYPED_ADDRESS = 1_000
"""Characters, spaces around it and all: what is longer is not taken apart, for that takes its time."""
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
SHORTEST_USERNAME, LONGEST_USERNAME = 3, 80
_EASIEST_SCORE = 2
"""zxcvbn's score for a password that stands up to guessing over the network (10^6 tries and more)."""
_READ_BY_ZXCVBN = 32
"""Characters: its work grows with the square of them, and with signs that may stand for letters (A-6)."""
ENCODED_WORD = "=?"
_HOUSE = "kinkeeper"
_LOOK_ALIKE = str.maketrans(
    "1l|3\u0131\u0456\u03b9\u0435\u03b5\u043a\u03ba\u0138\u043f\u0440\u03c1\u0433", "iiieiiieekkknppr"
)
"""What is read as one of its letters: figures, and small Latin, Cyrillic and Greek letters."""


class BadName(Invalid):
    """Not a name that can stand in a letter."""

    code = "person.bad_name"
    message = mark("Please give a name of at most %(most)s characters, without web or e-mail addresses.")
    field = "name"


class HouseName(BadName):
    """Letters and the log say Kinkeeper where they mean the house, and a person's name in the same places."""

    code = "person.house_name"
    message = mark("By this name, people would take somebody for Kinkeeper itself. Please give another one.")


class BadAddress(Invalid):
    """Not an address that mail can go to."""

    code = "person.bad_address"
    message = mark("This does not look like an e-mail address.")
    field = "email"


class BadUsername(Invalid):
    """What might be an address, or look like another's name, is none."""

    code = "account.bad_username"
    message = mark(
        "A username has %(fewest)s to %(most)s characters: letters from a to z, numbers, and dots, dashes or "
        "underscores between them."
    )
    field = "username"


class PasswordTooShort(Invalid):
    """SK-13."""

    code = "account.password_too_short"
    message = mark("A password needs at least %(fewest)s characters.")
    field = "password"


class PasswordTooLong(Invalid):
    """A bound, so that hashing cannot be made to work for minutes."""

    code = "account.password_too_long"
    message = mark("A password can have at most %(most)s characters.")
    field = "password"


class PasswordUnreadable(Invalid):
    """A terminal can hand over bytes that are no text, and nobody types them into a form."""

    code = "account.password_unreadable"
    message = mark("This password is not written in UTF-8. Please choose one that can be typed everywhere.")
    field = "password"


class PasswordTooEasy(Invalid):
    """On every list of passwords that are tried first, or made of one's own name and address."""

    code = "account.password_too_easy"
    message = mark(
        "This password is easy to guess. Three or four words that do not belong together are good."
    )
    field = "password"


def clean_name(text: str) -> str:
    """Answer a person's name with single spaces, or raise BadName, or HouseName.

    Letters come from the house, and say in subject and text who invites, joins or asks: nobody invites to
    Kinkeeper as Kinkeeper, or as its support.
    """
    name = clean_label(text)
    words = re.findall(r"[^\W_]+", fold(normal("NFKC", name)).translate(_LOOK_ALIKE))
    if any("".join(words[start:]).startswith(_HOUSE) for start in range(len(words))):
        raise HouseName
    return name


def clean_label(text: str) -> str:
    """Answer what a circle, a home or a token is called, with single spaces, or raise BadName.

    It stands in subjects and salutations: what looks like an address there would make our letters
    carry other people's advertising (T-32), and a line break would forge a header (T-31).
    """
    try:
        name = clean_line(text, LONGEST_NAME)
    except ValueError as odd:
        raise BadName(most=LONGEST_NAME) from odd
    if ENCODED_WORD in name or names_host(name):
        raise BadName(most=LONGEST_NAME)
    return name


def clean_address(text: str) -> str:
    """Answer the address in lower case (SK-18), or raise BadAddress.

    An encoded word (RFC 2047) inside would be read as another address by mail libraries.
    """
    if len(text) > _LONGEST_TYPED_ADDRESS or ENCODED_WORD in text:
        raise BadAddress
    try:
        checked = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as wrong:
        raise BadAddress from wrong
    return (checked.ascii_email or checked.normalized).lower()


def mailbox(email: str) -> str:
    """Answer the mailbox behind an address, for counting only: dots and +tags folded (3.0)."""
    local, _, domain = email.lower().partition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def clean_username(text: str) -> str:
    """Answer the username in lower case, or raise BadUsername; it never looks like an address."""
    name = text.strip().lower()
    if not SHORTEST_USERNAME <= len(name) <= LONGEST_USERNAME or not _USERNAME.fullmatch(name):
        raise BadUsername(fewest=SHORTEST_USERNAME, most=LONGEST_USERNAME)
    return name


def clean_sign_in_name(text: str) -> str:
    """Answer what somebody signs in with as it is stored: an address or a username, which has no `@`.

    Raises BadAddress or BadUsername.
    """
    return clean_address(text) if "@" in text else clean_username(text)


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""In this order: most browsers also say the names of those that they are like."""


def name_of_browser(agent: str) -> str:
    """Answer what a person would call it, such as `Firefox (Windows)`; empty where it does not say.

    Nothing of what it says is repeated: a letter tells of it, and anybody can send anything (T-32).
    """
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return f"{browser} ({system})" if browser and system else browser or system


def check_password(password: str, *own_words: str) -> None:
    """Raise unless the password is long enough and not among the first to be tried (ASVS 6.2, C-5).

    There are no rules about kinds of characters: they make passwords worse (ASVS 6.2.5).
    """
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(fewest=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLong(most=LONGEST_PASSWORD)
    if any(unicodedata.category(letter) == "Cs" for letter in password):
        raise PasswordUnreadable
    from zxcvbn import zxcvbn  # noqa: PLC0415 - import diet: its word lists take 10 MB

    words = [part for word in ("kinkeeper", *own_words) for part in re.split(r"\W+", word) if part]
    if zxcvbn(password[:_READ_BY_ZXCVBN], user_inputs=words)["score"] < _EASIEST_SCORE:
        raise PasswordTooEasy
    if _letters_besides(words, password) < SHORTEST_PASSWORD // 2:
        raise PasswordTooEasy


def _letters_besides(words: list[str], password: str) -> int:
    """How many letters and digits are left when one's own words are taken out of a password."""
    left = password.lower()
    for word in sorted({word.lower() for word in words if len(word) > 2}, key=len, reverse=True):  # noqa: PLR2004
        left = left.replace(word, " ")
    return sum(letter.isalnum() for letter in left) if left != password.lower() else len(password)
