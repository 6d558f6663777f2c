"""Devices: browsers that an account has signed in with, known again by a long-lived cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import NewDevice
from kinkeeper.features.accounts.models import Account, ApiSession, Device, WebSession
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.rules import name_of_browser
from kinkeeper.kernel import crypto
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import NotFound, Unauthenticated
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor

MOST = 50
"""Devices of one account; the one that was not seen for longest is forgotten for the next."""


def meet(work: Work, account: Account, secret: str | None, agent: str) -> tuple[UUID, str]:
    """Step: know the device again, or get to know it; answers its row and the secret it is known by.

    Whoever signs in from a device that is new to the account is told of by letter, unless it is the first.
    """
    known = _known(work, account, secret)
    if known is not None:
        known.seen_at, known.name = work.now, name_of_browser(agent)
        return known.id, secret or ""
    if not (secret and _is_anybodys(work, secret)):
        secret = crypto.new_token()  # what nobody here has given out may have been planted
    device = Device(
        id=new_id(),
        account_id=account.id,
        digest=crypto.token_digest(secret),
        name=name_of_browser(agent),
        created_at=work.now,
        seen_at=work.now,
    )
    if _make_room(work, account):
        _tell(work, account, device)
    work.session.add(device)
    work.session.flush()  # its session refers to it
    return device.id, secret


def forget(work: Work, account: Account, *, besides: str | None = None) -> None:
    """Step: forget the account's devices, and with each what is signed in on it; but for one's secret."""
    others = delete(Device).where(Device.account_id == account.id)
    if besides:
        others = others.where(Device.digest != crypto.token_digest(besides))
    work.session.execute(others)


def sign_out_device(actor: Actor, device_id: UUID) -> None:
    """Forget one of one's devices; whoever is signed in on it is out at the next request."""
    if actor.account_id is None:
        raise Unauthenticated
    with transaction(actor) as work:
        account = queries.account_for_change(work.session, actor.account_id)
        work.authorize(may_keep_own_account, account.id)
        own = Device.id == device_id, Device.account_id == account.id
        if work.session.execute(delete(Device).where(*own).returning(Device.id)).first() is None:
            raise NotFound
        audit.record(work, "account.device_signed_out", account.id)


def sign_out_elsewhere(actor: Actor) -> None:
    """End every session of one's account but this browser's, and forget all other devices (ASVS 7.4.3)."""
    if actor.account_id is None:
        raise Unauthenticated
    with transaction(actor) as work:
        account = queries.account_for_change(work.session, actor.account_id)
        work.authorize(may_keep_own_account, account.id)
        this = WebSession.id == actor.session_id, WebSession.account_id == account.id
        here = work.session.scalar(select(WebSession.device_id).where(*this))
        work.session.execute(delete(Device).where(Device.account_id == account.id, Device.id != here))
        others = WebSession.account_id == account.id, WebSession.id != actor.session_id
        work.session.execute(delete(WebSession).where(*others))
        work.session.execute(delete(ApiSession).where(ApiSession.account_id == account.id))
        audit.record(work, "account.signed_out_elsewhere", account.id)


def end_program(actor: Actor, session_id: UUID) -> None:
    """End the session of a program that signed in with one's password."""
    if actor.account_id is None:
        raise Unauthenticated
    with transaction(actor) as work:
        account = queries.account_for_change(work.session, actor.account_id)
        work.authorize(may_keep_own_account, account.id)
        own = ApiSession.id == session_id, ApiSession.account_id == account.id
        if work.session.execute(delete(ApiSession).where(*own).returning(ApiSession.id)).first() is None:
            raise NotFound
        audit.record(work, "account.program_signed_out", account.id)


def _known(work: Work, account: Account, secret: str | None) -> Device | None:
    if not secret:
        return None
    own = Device.account_id == account.id, Device.digest == crypto.token_digest(secret)
    return work.session.scalar(select(Device).where(*own))


def _is_anybodys(work: Work, secret: str) -> bool:
    given = select(Device.id).where(Device.digest == crypto.token_digest(secret))
    return bool(work.session.scalar(select(given.exists())))


def _make_room(work: Work, account: Account) -> bool:
    """Forget the devices that are too many; tells whether the account has any."""
    own = select(Device.id).where(Device.account_id == account.id).order_by(Device.seen_at.desc(), Device.id)
    ids = work.session.scalars(own).all()
    if len(ids) >= MOST:
        work.session.execute(delete(Device).where(Device.id.in_(ids[MOST - 1 :])))
    return bool(ids)


def _tell(work: Work, account: Account, device: Device) -> None:
    person = queries.person(work.session, account.person_id)
    letter = NewDevice(to=account.email, language=person.language, name=person.name, device=device.name)
    mail.post(work, letter, about=device.id, person_id=account.person_id)
