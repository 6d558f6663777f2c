"""Inviting somebody of the address book to have an account: they choose the password themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import INVITE, AccountInvited
from kinkeeper.features.accounts.permissions import may_invite_people, may_keep_accounts
from kinkeeper.features.accounts.rules import check_password, clean_username, mailbox
from kinkeeper.features.accounts.service import proving
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.hashing import hash_password
from kinkeeper.features.accounts.service.known import tell_of_account
from kinkeeper.features.accounts.service.naming import give_username
from kinkeeper.features.accounts.service.opening import open_account
from kinkeeper.features.accounts.service.registering import RegistrationClosed
from kinkeeper.features.accounts.service.signing_in import Browser, HalfWay, LetIn, let_in_or_ask
from kinkeeper.kernel import clock
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict, Forbidden, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, anyone, read_session, transaction
from kinkeeper.platform import audit, limits, links, mail
from kinkeeper.platform.limits import Budget
from kinkeeper.platform.links import ExpiredLink

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account, Person
    from kinkeeper.kernel.actor import Actor

PER_HOST = Budget("invite.host", 50, timedelta(days=1))
PER_MAILBOX = Budget("invite.mailbox", 3, timedelta(days=1))
TRIES = Budget("invite.try", 30, timedelta(minutes=5))


class NoAddress(Conflict):
    """An invitation goes by mail."""

    code = "person.no_address"
    message = mark("%(name)s has no e-mail address, and could not be written to.")


class AccountInUse(Conflict):
    """They are here already."""

    code = "account.in_use"
    message = mark("%(name)s has an account already.")


def invite(actor: Actor, person_id: UUID, *, is_open: bool) -> None:
    """Invite a person to have an account; asking again ends the letter before.

    Where the house is closed (`is_open` is false), only who keeps its accounts may. An address that
    signs in to another circle of the house gets word of that instead, and the host is not told (T-8).
    """
    invited, host = queries.person(read_session(), person_id), str(actor.account_id)
    letters = (PER_MAILBOX, f"{host} {mailbox(invited.email or '')}"), (PER_HOST, host)
    # What was refused has written nothing, and must not tell whom somebody else has invited.
    with limits.spending(*letters, back=(NotFound, Forbidden, Conflict)), transaction(actor) as work:
        person = _person_for_change(work, person_id)
        work.authorize(may_invite_people, person, visible=may_invite_people)
        if not is_open and not work.actor.is_system and not may_keep_accounts(work.actor, None):
            raise RegistrationClosed
        refuse_stale_browser(work)  # as whoever makes an account is asked: the entry may be made a moment ago
        _refuse_account(work, person)
        post_invitation(work, person)
        audit.record(work, "account.invited", person.id)


def accept_invitation(
    actor: Actor, token: str, password: str, username: str, *, address: str, browser: Browser
) -> LetIn | HalfWay:
    """Choose a password by the invitation's link, and be let in; the mailbox is proved with it."""
    limits.spend((TRIES, address))
    guest = invited_by(token)
    wanted = clean_username(username) if username.strip() else None
    check_password(password, guest.email or "", guest.name)
    password_hash = hash_password(password)
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        person, known = _lock(work, links.subject_of(work.session, INVITE, token))
        links.consume(work, INVITE, token)
        account = _account_with(work, person, known, password_hash, wanted)
        if person.email == account.email:  # that is where the letter went
            person.confirmed_at = person.confirmed_at or work.now
        proving.note(work, "account.invitation_accepted", account)
        return let_in_or_ask(work, account, browser)


def invited_by(token: str) -> Person:
    """Answer whom an invitation that can be used now is for; raises what is wrong with it."""
    try:
        return queries.person(read_session(), links.look_at(read_session(), INVITE, token, clock.now()))
    except NotFound as gone:
        if isinstance(gone, links.UnknownLink):
            raise
        raise ExpiredLink from gone


def _person_for_change(work: Work, person_id: UUID) -> Person:
    found = queries.people_left_for_change(work.session, [person_id])
    if person_id not in found:
        raise NotFound
    return found[person_id]


def _lock(work: Work, person_id: UUID) -> tuple[Person, Account | None]:
    """Lock the account before its person, as whoever moves it does: one order, no deadlock."""
    account = queries.account_of_for_change(work.session, person_id)
    return _person_for_change(work, person_id), account


def _refuse_account(work: Work, person: Person) -> None:
    own = queries.account_of(work.session, person.id)
    if own is None and person.email is None:
        raise NoAddress(name=person.name)
    if own is not None and (own.password_hash is not None or queries.is_closed(own)):
        raise AccountInUse(name=person.name)


def post_invitation(work: Work, person: Person) -> None:
    """Step: send the letter by which somebody chooses a password, or word that they have one.

    It goes where they are to sign in: an account that is there already may have another address than the
    entry.
    """
    own = queries.account_of(work.session, person.id)
    email = own.email if own is not None else person.email or ""
    known = queries.account_by_email(work.session, email)
    if known is not None and known.person_id != person.id:
        tell_of_account(work, known, about=new_id())
        return
    reader = {"to": email, "language": person.language, "name": person.name}
    circle = queries.circle_of(work.session, person.id)
    letter = AccountInvited(**reader, circle=circle.name, host=work.actor.name, person_id=person.id)
    mail.post(work, letter, about=new_id(), person_id=person.id)


def _account_with(
    work: Work, person: Person, known: Account | None, password_hash: str, username: str | None
) -> Account:
    """Answer the account with its first password; who keeps accounts may have made one without.

    One that was made before the person was locked came with a password, or with another letter.
    """
    if known is None:
        if person.email is None or queries.account_of(work.session, person.id) is not None:
            raise ExpiredLink
        return open_account(
            work,
            person.id,
            email=person.email,
            password_hash=password_hash,
            username=username,
            is_verified=True,
        )
    if known.password_hash is not None or queries.is_closed(known):
        raise ExpiredLink
    known.password_hash, known.verified_at = password_hash, known.verified_at or work.now
    if username is not None:
        give_username(work, known, username)
    return known
