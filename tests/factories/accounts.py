"""People, accounts and browsers, with sensible defaults."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pyotp
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from kinkeeper.features.accounts.models import Account, Circle, CustomRole, Person, RoleGrant, WebSession
from kinkeeper.features.accounts.queries import with_grants
from kinkeeper.features.accounts.service import second_factor, tokens
from kinkeeper.kernel import crypto, db
from kinkeeper.kernel.actor import Actor
from kinkeeper.kernel.roles import HOUSE, Role, Scope

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask
    from sqlalchemy.orm import Session

LONG_AGO = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
PASSWORD = "plum basket seventeen otters"


def make_circle(session: Session, name: str = "The Olsens") -> Circle:
    """A circle of nobody yet."""
    circle = Circle(name=name, language="en", zone="Europe/London", created_at=LONG_AGO)
    session.add(circle)
    session.flush()
    return circle


def make_person(
    session: Session, name: str = "Ana", *, circle: Circle | None = None, email: str | None = ""
) -> Person:
    """A person; their address is made of their name unless it is given, or None."""
    circle = circle or make_circle(session)
    address = f"{re.sub(r'[^a-z]+', '.', name.lower())}@example.org" if email == "" else email
    person = Person(circle_id=circle.id, name=name, email=address, language="en", created_at=LONG_AGO)
    session.add(person)
    session.flush()
    return person


def make_account(
    session: Session, name: str = "Olga", *, is_admin: bool = False, circle: Circle | None = None
) -> Actor:
    """An account, as the actor that it signs in as; its password is PASSWORD."""
    person = make_person(session, name, circle=circle)
    account = Account(
        person_id=person.id,
        email=person.email or "",
        password_hash=cheap_hash(),
        created_at=LONG_AGO,
        changed_at=LONG_AGO,
        verified_at=LONG_AGO,
    )
    session.add(account)
    session.flush()
    if is_admin:
        make_grant(session, person, Role.ADMINISTRATOR)
    actor = Actor(name=name, account_id=account.id, person_id=person.id)
    return with_grants(session, actor)


def make_organiser(session: Session, name: str = "Olga", *, circle: Circle) -> Actor:
    """Somebody with an account who runs their circle."""
    actor = make_account(session, name, circle=circle)
    grant_to(session, actor, Role.ORGANISER, Scope.CIRCLE, circle.id)
    return with_grants(session, actor)


def make_clerk(session: Session, name: str, *rights: str, circle: Circle | None = None) -> Actor:
    """Somebody with an account who has just these rights, by a role of the house's own."""
    role = CustomRole(name="own", title="Own", rights=list(rights), created_at=LONG_AGO, changed_at=LONG_AGO)
    session.add(role)
    actor = make_account(session, name, circle=circle)
    grant_to(session, actor, role.name)
    return with_grants(session, actor)


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of the app of whoever has one."""


def give_app(session: Session, actor: Actor) -> None:
    """Let signing in ask for a code of an app; `code_of_app` answers it."""
    account = session.get_one(Account, actor.account_id)
    second_factor.seal_secret(account, SECRET)
    account.totp_confirmed_at = LONG_AGO


def code_of_app(seconds: int = 0) -> str:
    """The code that the app shows now, or so many seconds later."""
    from kinkeeper.kernel import clock

    return pyotp.TOTP(SECRET).at(int(clock.now().timestamp()) + seconds)


def make_grant(
    session: Session, person: Person, role: str, scope: Scope = Scope.HOUSE, scope_id: UUID = HOUSE
) -> RoleGrant:
    """A role that somebody has; read anew at each request, so an actor made before has it too."""
    grant = RoleGrant(person_id=person.id, role=role, scope=scope, scope_id=scope_id, since_at=LONG_AGO)
    session.add(grant)
    session.flush()
    return grant


def grant_to(
    session: Session, actor: Actor, role: str, scope: Scope = Scope.HOUSE, scope_id: UUID = HOUSE
) -> RoleGrant:
    """The same, of somebody with an account."""
    return make_grant(session, session.get_one(Person, actor.person_id), role, scope, scope_id)


def withdraw_grants(session: Session, actor: Actor) -> None:
    """Take every role back, and leave the account as it is."""
    session.execute(delete(RoleGrant).where(RoleGrant.person_id == actor.person_id))


def actor_of(account: Account) -> Actor:
    """The actor of somebody who signed in; what they may is read when it is asked for."""
    return Actor("", account_id=account.id, person_id=account.person_id, epoch=account.epoch)


def guest(person: Person) -> Actor:
    """The actor of somebody who followed a mailed link."""
    return Actor(name=person.name, guest_id=person.id)


def make_token(actor: Actor, name: str, **said: object) -> str:
    """An access token, made in a browser's session that is over afterwards."""
    if actor.account_id is None:
        return tokens.make_token(actor, name, **said)
    secret = _open(actor.person_id, actor.account_id)
    with db.Writer.begin() as session:
        known = select(WebSession.id).where(WebSession.digest == crypto.token_digest(secret))
        session_id = session.scalars(known).one()
    try:
        return tokens.make_token(replace(actor, session_id=session_id), name, **said)
    finally:
        with db.Writer.begin() as session:
            session.execute(delete(WebSession).where(WebSession.id == session_id))


@cache
def cheap_hash() -> str:
    """Argon2id of PASSWORD with the least parameters: verifying reads them from the hash."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD.encode())


class Browser(FlaskClient):
    """A test client that asks for our host and can send forms with the token of their page."""

    def open(self, *args, **kwargs):
        kwargs.setdefault("base_url", "http://kinkeeper.test")
        return super().open(*args, **kwargs)

    def send(self, page: str, action: str | None = None, /, **fields: object):
        """Load `page`, then post `fields` with its token to `action` (default: the page itself)."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page).text)
        assert token, f"{page} has no form"
        return self.post(action or page, data={"csrf_token": token[1], **fields})


def browser_of(app: Flask, actor: Actor | None) -> Browser:
    """A browser with the cookies of a session that is opened here, in the database."""
    app.test_client_class = Browser
    client = app.test_client()
    if actor is None:
        return client
    for name, person_id, account_id in (
        ("kk_account", actor.person_id, actor.account_id),
        ("kk_guest", actor.guest_id, None),
    ):
        if person_id is not None:
            client.set_cookie(name, _open(person_id, account_id), domain="kinkeeper.test")
    return client


def _open(person_id, account_id) -> str:
    from kinkeeper.kernel import clock

    secret, now = crypto.new_token(), clock.now()
    with db.Writer.begin() as session:
        session.add(
            WebSession(
                digest=crypto.token_digest(secret),
                person_id=person_id,
                account_id=account_id,
                created_at=now,
                seen_at=now,
                idle_at=now + timedelta(days=1),
                ends_at=now + timedelta(days=1),
                proved_at=now,
            )
        )
    return secret
