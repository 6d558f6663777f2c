"""Accounts, as those keep them who may: making and changing them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
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
from kinkeeper.features.accounts.rules import check_password
from kinkeeper.features.accounts.service import naming, saying
from kinkeeper.features.accounts.service.addresses import give_address
from kinkeeper.features.accounts.service.bin import refuse_in_the_bin
from kinkeeper.features.accounts.service.closing import refuse_last_administrator
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser, refuse_to_hand_over
from kinkeeper.features.accounts.service.hashing import hash_password
from kinkeeper.features.accounts.service.inviting import AccountInUse, post_invitation
from kinkeeper.features.accounts.service.naming import give_username
from kinkeeper.features.accounts.service.one_mailbox import refuse_another_entry
from kinkeeper.features.accounts.service.opening import AddressTaken, open_account, refuse_taken
from kinkeeper.features.accounts.service.people import put_in_book
from kinkeeper.features.accounts.service.saying import Way
from kinkeeper.kernel import roles
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinkeeper.features.accounts.models import Person
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.steps import ReadersStep


class OwnAddress(Conflict):
    """Whoever took over a program must not take over its owner's account by it (T-7)."""

    code = "account.own_address"
    message = mark("Your own address changes on your account’s page, by a link to the new one.")
    field = "email"


class KnownEntry(Conflict):
    """Whoever chose a password for them could come in as they, and read what is theirs alone (SK-6)."""

    code = "account.known_entry"
    message = mark(
        "%(email)s is in the address book already. Leave the password out: they choose one, by a letter."
    )
    field = "password"


_SAID = frozenset({"email", "username", "name", "language", "zone"})
"""What is said of an account."""
_TOLD = frozenset({"email", "name", "language"})
"""As much of it as cannot be left empty."""


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


def create_account(actor: Actor, newcomer: NewAccount) -> UUID:
    """Make an account for somebody and answer its id; the entry that the circle has of them is theirs.

    Without a password they are sent a link to choose one. Nobody gets a role by this.
    """
    if newcomer.password is not None:
        check_password(newcomer.password, newcomer.email, newcomer.name, newcomer.username or "")
    password_hash = hash_password(newcomer.password) if newcomer.password is not None else None
    with transaction(actor) as work:
        work.authorize(may_keep_accounts, None)
        circle = _circle_for(work, newcomer.circle_id)
        refuse_stale_browser(work)
        person, account = _add(work, circle, newcomer, password_hash)
        if password_hash is None:
            post_invitation(work, person)
        audit.record(work, "account.created", account.id, invited=password_hash is None)
        return account.id


def change_account(
    actor: Actor, account_id: UUID, changes: Mapping[str, Any], *, steps: Iterable[ReadersStep]
) -> None:
    """Say anew some of e-mail, username, name, language and zone.

    Everybody changes their own, but for the address; another one ends what the old one has opened, and is
    refused while they, or whom they look after, have a match to read: the new mailbox would open it (T-17).
    Who was invited under the old one, and has not come yet, is invited under the new one.
    """
    if "username" in changes and actor.account_id == account_id:
        limits.spend((naming.TRIES, str(account_id)))
    with transaction(actor) as work:
        account = queries.account_for_change(work.session, account_id)
        wanted = str(changes.get("email", account.email)).strip().lower()
        moves = wanted != account.email and actor.account_id != account_id
        person = None if moves else saying.lock(work, account_id)[1]
        kept = _kept(work, account)
        work.authorize(may_change_account, kept, visible=may_see_account)
        refuse_in_the_bin(account)
        person = person or _lock_to_move(work, kept, account, steps)
        if actor.account_id != account_id:
            refuse_stale_browser(work)
        circle = work.session.get_one(Circle, kept.circle_id)
        clean = saying.cleaned(work, circle, changes, of=_SAID, told=_TOLD)
        ways = {
            "email": Way(account.email, partial(_move, work, kept, account)),
            "username": Way(account.username, partial(give_username, work, account)),
        }
        act = ("account.changed", account.id)
        saying.say_anew(work, person, clean, act=act, account=account, ways=ways)


def invite_again(actor: Actor, account_id: UUID) -> None:
    """Send somebody who keeps an account another link to choose a password."""
    with transaction(actor) as work:
        account = to_keep(work, account_id)
        refuse_stale_browser(work)
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


def _kept(work: Work, account: Account) -> queries.Weighed:
    home = queries.circle_of(work.session, account.person_id)
    grants = queries.grants_of_account(work.session, account.id)
    return queries.Weighed(account.id, home.id, grants, roles.run_by(work.session, account.person_id))


def _lock_to_move(
    work: Work, kept: queries.Weighed, account: Account, steps: Iterable[ReadersStep]
) -> Person:
    """Ask every feature, which locks its part before people; then what was seen is compared once more.

    An account that moves has to prove its mailbox anew, so that its owner counts as no administrator until
    then. Their roles are locked before all else, as by whoever closes an account.
    """
    work.authorize(may_move_account, kept)
    refuse_last_administrator(work, account)
    for step in steps:
        step(work, [account.person_id])
    person = queries.people_for_change(work.session, [account.person_id])[account.person_id]
    work.look_again()
    return person


def _move(work: Work, kept: queries.Weighed, account: Account, email: str) -> None:
    work.authorize(may_move_account, kept)
    if work.actor.account_id == account.id:
        raise OwnAddress
    refuse_to_hand_over(work)
    refuse_taken(work, email)
    refuse_another_entry(work, account.person_id, email)
    give_address(work, account, email, is_proved=False)
    if account.password_hash is None and account.deactivated_at is None:
        post_invitation(work, queries.person(work.session, account.person_id))


def _circle_for(work: Work, circle_id: UUID | None) -> Circle:
    """Answer whose address book it is; the circle cannot end before they stand in it."""
    if circle_id is None:
        if work.actor.person_id is None:
            raise NotFound
        circle_id = queries.circle_of(work.session, work.actor.person_id).id
    return queries.circle_to_fill(work.session, circle_id)


def _add(
    work: Work, circle: Circle, newcomer: NewAccount, password_hash: str | None
) -> tuple[Person, Account]:
    told = {name: getattr(newcomer, name) for name in _SAID}
    said = saying.cleaned(work, circle, told, of=_SAID, told=_TOLD)
    if password_hash is not None and queries.has_entry(work.session, circle.id, said["email"]):
        raise KnownEntry(email=said["email"])
    person = put_in_book(work, circle.id, name=said["name"], email=said["email"], language=said["language"])
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
