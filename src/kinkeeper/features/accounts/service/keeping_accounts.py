"""Accounts, as those keep them who may: making and changing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, Circle
from kinkeeper.features.accounts.permissions import (
    may_change_account,
    may_keep_account,
    may_keep_accounts,
    may_move_account,
    may_see_account,
)
from kinkeeper.features.accounts.rules import check_password, clean_address, clean_name, clean_username
from kinkeeper.features.accounts.service import naming
from kinkeeper.features.accounts.service.addresses import give_address
from kinkeeper.features.accounts.service.hashing import hash_password
from kinkeeper.features.accounts.service.inviting import AccountInUse, post_invitation
from kinkeeper.features.accounts.service.naming import UsernameTaken
from kinkeeper.features.accounts.service.opening import AddressTaken, open_account
from kinkeeper.features.accounts.service.people import put_in_book
from kinkeeper.kernel.clock import is_zone
from kinkeeper.kernel.errors import Conflict, Invalid, NotFound
from kinkeeper.kernel.words import LANGUAGES, mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kinkeeper.features.accounts.models import Person
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.roles import Grant


class OwnAddress(Conflict):
    """Whoever took over a program must not take over its owner's account by it (T-7)."""

    code = "account.own_address"
    message = mark("Your own address changes on your account’s page, by a link to the new one.")
    field = "email"


class InTheBin(Conflict):
    """A deleted account is restored first."""

    code = "account.in_the_bin"
    message = mark("This account is deleted. Restore it first.")


class BadLanguage(Invalid):
    """Not one that Kinkeeper speaks."""

    code = "account.bad_language"
    message = mark("Kinkeeper speaks: %(languages)s.")
    field = "language"


class BadZone(Invalid):
    """Not a name of the IANA list."""

    code = "account.bad_zone"
    message = mark("This is not a time zone, such as Europe/London.")
    field = "zone"


class KnownEntry(Conflict):
    """Whoever chose a password for them could come in as they, and read what is theirs alone (SK-6)."""

    code = "account.known_entry"
    message = mark(
        "%(email)s is in the address book already. Leave the password out: they choose one, by a letter."
    )
    field = "password"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody who is to have an account; without a password they are asked to choose one."""

    email: str
    name: str
    language: str
    username: str | None = None
    zone: str | None = None
    password: str | None = None
    circle_id: UUID | None = None
    """Whose address book they stand in; None: the one of whoever makes the account."""


class _Kept(NamedTuple):
    """An account, as far as it matters who may do what with it."""

    id: UUID
    grants: tuple[Grant, ...]


def create_account(actor: Actor, newcomer: NewAccount) -> UUID:
    """Make an account for somebody and answer its id; the entry that the circle has of them is theirs.

    Without a password they are sent a link to choose one. Nobody gets a role by this.
    """
    if newcomer.password is not None:
        check_password(newcomer.password, newcomer.email, newcomer.name, newcomer.username or "")
    password_hash = hash_password(newcomer.password) if newcomer.password is not None else None
    with transaction(actor) as work:
        work.authorize(may_keep_accounts, None)
        circle_id = _circle_for(work, newcomer.circle_id)
        person, account = _add(work, circle_id, newcomer, password_hash)
        if password_hash is None:
            post_invitation(work, person)
        audit.record(work, "account.created", account.id, invited=password_hash is None)
        return account.id


def change_account(actor: Actor, account_id: UUID, changes: Mapping[str, Any]) -> None:
    """Say anew some of e-mail, username, name, language and zone.

    Everybody changes their own, but for the address; another one ends what the old one has opened. Who was
    invited under the old one, and has not come yet, is invited under the new one.
    """
    if "username" in changes and actor.account_id == account_id:
        limits.spend((naming.TRIES, str(account_id)))
    with transaction(actor) as work:
        account = queries.account_for_change(work.session, account_id)
        kept = _kept(work, account)
        work.authorize(may_change_account, kept, visible=may_see_account)
        refuse_in_the_bin(account)
        person = queries.people_for_change(work.session, [account.person_id])[account.person_id]
        before = _said_of(account, person)
        said = {**before, **_cleaned(changes)}
        changed = sorted(name for name in said if said[name] != before[name])
        if "email" in changed:
            work.authorize(may_move_account, kept)
            _move(work, account, said["email"])
        person.name, person.language, person.zone = said["name"], said["language"], said["zone"]
        with work.refuse(Account.username, problem=UsernameTaken()):
            account.username = said["username"]
        if changed:
            account.changed_at = work.now
            audit.record(work, "account.changed", account.id, what=changed)


def invite_again(actor: Actor, account_id: UUID) -> None:
    """Send somebody who keeps an account another link to choose a password."""
    with transaction(actor) as work:
        account = to_keep(work, account_id)
        refuse_in_the_bin(account)
        if account.password_hash is not None:
            raise AccountInUse(name=account.email)
        post_invitation(work, queries.person(work.session, account.person_id))
        audit.record(work, "account.invited_again", account.id)


def to_keep(work: Work, account_id: UUID) -> Account:
    """Step: lock an account that the actor may keep; NotFound for whoever may not even see it."""
    account = queries.account_for_change(work.session, account_id)
    work.authorize(may_keep_account, _kept(work, account), visible=may_see_account)
    return account


def _kept(work: Work, account: Account) -> _Kept:
    return _Kept(account.id, queries.grants_of_account(work.session, account.id))


def refuse_in_the_bin(account: Account) -> None:
    """Raise InTheBin where the account is deleted."""
    if account.deleted_at is not None:
        raise InTheBin


def _move(work: Work, account: Account, email: str) -> None:
    if work.actor.account_id == account.id:
        raise OwnAddress
    give_address(work, account, email, is_proved=False)
    if account.password_hash is None and account.deactivated_at is None:
        post_invitation(work, queries.person(work.session, account.person_id))


def _circle_for(work: Work, circle_id: UUID | None) -> UUID:
    if circle_id is None and work.actor.person_id is not None:
        return queries.circle_of(work.session, work.actor.person_id).id
    if circle_id is None or work.session.get(Circle, circle_id) is None:
        raise NotFound
    return circle_id


def _add(
    work: Work, circle_id: UUID, newcomer: NewAccount, password_hash: str | None
) -> tuple[Person, Account]:
    said = _cleaned({name: getattr(newcomer, name) for name in _CLEAN})
    if password_hash is not None and queries.has_entry(work.session, circle_id, said["email"]):
        raise KnownEntry(email=said["email"])
    person = put_in_book(work, circle_id, name=said["name"], email=said["email"], language=said["language"])
    person.zone = said["zone"] or person.zone
    work.session.flush()
    with work.refuse(Account.person_id, problem=AddressTaken()):  # they sign in with another address
        account = open_account(
            work,
            person.id,
            email=said["email"],
            password_hash=password_hash,
            username=said["username"],
        )
    return person, account


def _said_of(account: Account, person: Person) -> dict[str, Any]:
    return {
        "email": account.email,
        "username": account.username,
        "name": person.name,
        "language": person.language,
        "zone": person.zone,
    }


def _cleaned(said: Mapping[str, Any]) -> dict[str, Any]:
    """Answer it as it is stored, or raise what is wrong with it."""
    return {name: None if value is None else _CLEAN[name](value) for name, value in said.items()}


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise BadLanguage(languages=LANGUAGES)
    return text


def _zone(text: str) -> str:
    if not is_zone(text):
        raise BadZone
    return text


_CLEAN: Mapping[str, Callable[[str], str]] = {
    "email": clean_address,
    "username": clean_username,
    "name": clean_name,
    "language": _language,
    "zone": _zone,
}
