"""Asking for an account of one's own, where the house lets everybody: it begins with the mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import (
    REGISTER,
    REGISTER_LASTS,
    AccountWanted,
)
from kinkeeper.features.accounts.errands import RegisterRequest
from kinkeeper.features.accounts.models import Registration
from kinkeeper.features.accounts.rules import (
    check_password,
    clean_address,
    clean_label,
    clean_name,
    clean_username,
    mailbox,
)
from kinkeeper.features.accounts.service import proving
from kinkeeper.features.accounts.service.circles import begin_circle, name_besides
from kinkeeper.features.accounts.service.granting import grant_role
from kinkeeper.features.accounts.service.hashing import hash_password
from kinkeeper.features.accounts.service.known import tell_of_account
from kinkeeper.features.accounts.service.opening import open_account
from kinkeeper.features.accounts.service.people import put_in_book
from kinkeeper.features.accounts.service.signing_in import Browser, LetIn, admit
from kinkeeper.kernel import clock
from kinkeeper.kernel.db import insert_into
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, anyone, read_session, transaction
from kinkeeper.platform import jobs, limits, links, mail
from kinkeeper.platform.limits import Budget
from kinkeeper.platform.links import ExpiredLink

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.accounts.models import Person
    from kinkeeper.kernel.actor import Actor

PER_MAILBOX = Budget("register.mailbox", 3, timedelta(minutes=15))
PER_ADDRESS = Budget("register.address", 10, timedelta(hours=1))
PER_HOUSE = Budget("register.house", 100, timedelta(hours=1))
TRIES = Budget("register.try", 10, timedelta(minutes=5))
"""Fewer than for other links: anybody can ask for one, and a password is weighed at each try."""
KEPT = 2 * REGISTER_LASTS
"""What was asked for is kept this long; the letter may have waited for the mail server."""


class RegistrationClosed(Forbidden):
    """Whoever looks after the house has not opened it."""

    code = "account.registration_closed"
    message = mark("New accounts are by invitation here. Ask somebody who has one.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who asks for an account, and the circle that they want to begin with."""

    email: str
    name: str
    circle: str
    language: str
    zone: str


def register(actor: Actor, newcomer: Newcomer, *, address: str, is_open: bool) -> None:
    """Ask for an account; a letter leads on, and nothing is there before it is followed.

    Known and unknown addresses take the same way (T-8). No password is asked for yet: whoever follows the
    letter chooses it, so nobody can prepare an account for somebody else's mailbox.
    """
    if not is_open:
        raise RegistrationClosed
    request = RegisterRequest(
        email=clean_address(newcomer.email),
        name=clean_name(newcomer.name),
        circle=clean_label(newcomer.circle),
        language=newcomer.language,
        zone=newcomer.zone,
    )
    limits.spend((PER_ADDRESS, address), (PER_MAILBOX, mailbox(request.email)), (PER_HOUSE, ""))
    with transaction(actor) as work:
        work.authorize(anyone, "the house is open to everybody")
        jobs.enqueue(work, request)


def send_registration(actor: Actor, request: RegisterRequest) -> None:
    """Send the letter that leads on, or word that there is an account already; may run twice."""
    with transaction(actor) as work:
        known = queries.account_by_email(work.session, request.email)
        if known is not None:
            tell_of_account(work, known, about=request.errand_id)
            return
        row = insert_into(work.session, Registration).values(
            id=request.errand_id,
            email=request.email,
            name=request.name,
            circle=request.circle,
            language=request.language,
            zone=request.zone,
            asked_at=work.now,
        )
        work.session.execute(row.on_conflict_do_nothing())
        reader = {"to": request.email, "language": request.language, "name": request.name}
        letter = AccountWanted(**reader, registration_id=request.errand_id)
        mail.post(work, letter, about=request.errand_id, person_id=None)


def finish_registration(
    actor: Actor,
    token: str,
    password: str,
    username: str,
    *,
    address: str,
    browser: Browser,
    is_open: bool,
) -> LetIn:
    """Make the account, by the letter's link, together with a circle that its owner organises.

    A house that was closed after the letter takes nobody in any more.
    Of two who asked for the same address the mailbox's owner decides: the first link that is followed wins,
    and whoever comes later is told that there is an account (AddressTaken).
    """
    limits.spend((TRIES, address))
    asked = registration_of(token)
    if not is_open:
        raise RegistrationClosed
    wanted = clean_username(username) if username.strip() else None
    check_password(password, asked.email, asked.name, asked.circle)
    password_hash = hash_password(password)
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        row = _registration_for_change(work, links.subject_of(work.session, REGISTER, token))
        links.consume(work, REGISTER, token)
        person = _found(work, row)
        account = open_account(
            work, person.id, email=row.email, password_hash=password_hash, username=wanted, is_verified=True
        )
        work.session.delete(row)
        proving.note(work, "account.registered", account)
        return admit(work, account, browser)


def registration_of(token: str) -> Registration:
    """Answer what was asked for, by a link that can be used now; raises what is wrong with it."""
    row = read_session().get(Registration, links.look_at(read_session(), REGISTER, token, clock.now()))
    if row is None:
        raise ExpiredLink
    return row


def forget_registrations(actor: Actor) -> None:
    """Forget what nobody has followed."""
    with transaction(actor) as work:
        work.session.execute(delete(Registration).where(Registration.asked_at < work.now - KEPT))


def _registration_for_change(work: Work, registration_id: UUID) -> Registration:
    row = work.session.get(Registration, registration_id, with_for_update=True)
    if row is None:
        raise ExpiredLink
    return row


def _found(work: Work, row: Registration) -> Person:
    """Begin a circle with one person in it, who organises what happens there."""
    named = name_besides(work, row.circle)  # strangers ask nobody which circles there are
    circle = begin_circle(work, named, language=row.language, zone=row.zone)
    work.session.flush()  # its people refer to it
    person = put_in_book(work, circle.id, name=row.name, email=row.email, language=row.language)
    person.confirmed_at = work.now
    work.session.flush()
    grant_role(work, person.id, Role.ORGANISER, Scope.CIRCLE, circle.id)
    return person
