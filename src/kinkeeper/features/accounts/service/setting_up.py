"""The first administrator: by a link on the console, by command, or from the environment (C-36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.rules import BadName, check_password, clean_address, clean_label, clean_name
from kinkeeper.features.accounts.service.circles import begin_circle
from kinkeeper.features.accounts.service.granting import grant_role
from kinkeeper.features.accounts.service.hashing import hash_password
from kinkeeper.features.accounts.service.opening import AddressTaken, open_account
from kinkeeper.features.accounts.service.people import has_account, put_in_book
from kinkeeper.features.accounts.service.signing_in import Browser, LetIn, admit
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.roles import TITLES, Role
from kinkeeper.kernel.words import gettext, mark
from kinkeeper.kernel.work import Work, anyone, read_session, transaction
from kinkeeper.platform import audit, limits, links
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from kinkeeper.features.accounts.models import Account, Circle
    from kinkeeper.kernel.actor import Actor

SET_UP = "accounts.set_up"
SET_UP_LASTS = timedelta(hours=1)
TRIES = Budget("set_up.try", 30, timedelta(minutes=5))
HOME = mark("Our home")
"""The circle of an administrator whom the environment names."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """The first administrator as they introduce themselves, and the circle they keep."""

    email: str
    password: str
    name: str
    circle: str
    language: str
    zone: str


def offer_set_up(actor: Actor) -> str | None:
    """Answer the secret of a new set-up link, or None where the house is set up already (A-48)."""
    with transaction(actor) as work:
        if queries.has_administrator(work.session):
            return None
        return links.issue(work, SET_UP, SET_UP_LASTS)


def set_up(actor: Actor, token: str, newcomer: Newcomer, *, address: str, browser: Browser) -> LetIn:
    """Make the first administrator and let them in (SK-11).

    Raises NotFound once there is an administrator (SK-12), or what is wrong with the link, which is
    looked at first: anybody may send this form, and judging and hashing a password takes long.
    """
    limits.spend((TRIES, address))
    links.look_at(read_session(), SET_UP, token, clock.now())
    check_password(newcomer.password, newcomer.email, newcomer.name, newcomer.circle)
    password_hash = hash_password(newcomer.password)
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the link from the console")
        if queries.has_administrator(work.session):
            raise NotFound
        links.consume(work, SET_UP, token)
        circle = queries.circle_called(work.session, clean_label(newcomer.circle))
        account = _first_account(work, newcomer, password_hash, circle)
        return admit(work, account, browser)


def create_admin(actor: Actor, newcomer: Newcomer) -> bool:
    """Make an administrator from the command line; tells whether their circle was there already."""
    check_password(newcomer.password, newcomer.email, newcomer.name)
    password_hash = hash_password(newcomer.password)
    with transaction(actor) as work:
        circle = queries.circle_called(work.session, clean_label(newcomer.circle))
        _first_account(work, newcomer, password_hash, circle)
        return circle is not None


def admin_from_settings(email: str, password: str, language: str, zone: str) -> bool:
    """Make the administrator that the environment names, if nobody was ever here; tells whether (SK-17)."""
    if not queries.is_empty(read_session()):
        return False
    name = _name_in(clean_address(email)) or gettext(language, TITLES[Role.ADMINISTRATOR])
    newcomer = Newcomer(email, password, name, gettext(language, HOME), language, zone)
    check_password(password, email)
    password_hash = hash_password(password)
    with transaction(SYSTEM) as work:
        if not queries.is_empty(work.session):
            return False
        _first_account(work, newcomer, password_hash)
    return True


def _name_in(email: str) -> str:
    """Answer what an address calls its owner; empty where that is no name, or the house's own."""
    try:
        return clean_name(email.partition("@")[0].replace(".", " ").title())
    except BadName:
        return ""


def _first_account(
    work: Work, newcomer: Newcomer, password_hash: str, circle: Circle | None = None
) -> Account:
    if circle is None:
        circle = begin_circle(work, newcomer.circle, language=newcomer.language, zone=newcomer.zone)
        work.session.flush()  # its people refer to it
    person = put_in_book(
        work, circle.id, name=newcomer.name, email=newcomer.email, language=newcomer.language
    )
    if has_account(work, person.id):
        raise AddressTaken
    account = open_account(
        work,
        person.id,
        email=clean_address(newcomer.email),
        password_hash=password_hash,
        is_verified=True,  # whoever sets up holds the house, and chose their own password
    )
    grant_role(work, person.id, Role.ADMINISTRATOR)
    audit.record(work, "account.administrator_created", account.id)
    return account
