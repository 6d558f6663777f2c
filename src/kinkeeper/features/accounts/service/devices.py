"""Devices: browsers that an account has signed in with, known again by a long-lived cookie; and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import NewDevice
from kinkeeper.features.accounts.models import Account, ApiSession, Device, WebSession
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.rules import name_of_browser
from kinkeeper.features.accounts.service.sessions import end_guest_sessions, end_mailed_ways
from kinkeeper.kernel import crypto
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor

MOST = 50
"""Devices of one account, and programs; the one that was not seen for longest is forgotten for the next."""


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
    if _make_room(work, account, Device) or _programs_of(work, account):
        _tell(work, account, device.id, device=device.name)
    work.session.add(device)
    work.session.flush()  # its session refers to it
    return device.id, secret


def meet_program(work: Work, account: Account, program: ApiSession) -> None:
    """Step: let a program's session begin; its owner is told likewise, unless one of its name came before.

    It has no cookie to be known by. Sessions that have ended are kept for that, one of each name.
    """
    known = _programs_of(work, account)
    if program.name not in known and (known or _has_devices(work, account)):
        _tell(work, account, program.id, is_program=True)
    named = ApiSession.account_id == account.id, ApiSession.name == program.name
    work.session.execute(delete(ApiSession).where(*named, ApiSession.ends_at <= work.now))
    _make_room(work, account, ApiSession)
    work.session.add(program)
    work.session.flush()  # its tokens refer to it


def forget(work: Work, account: Account, *, besides: str | None = None) -> None:
    """Step: forget the account's devices, and with each what is signed in on it; but for one's secret."""
    others = delete(Device).where(Device.account_id == account.id)
    if besides:
        others = others.where(Device.digest != crypto.token_digest(besides))
    work.session.execute(others)


def sign_out_device(actor: Actor, device_id: UUID) -> None:
    """Forget one of one's devices; whoever is signed in on it is out at the next request."""
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        _end(work, account, Device, device_id)
        audit.record(work, "account.device_signed_out", account.id)


def sign_out_elsewhere(actor: Actor) -> None:
    """End every session of one's account but this browser's, and forget all other devices (ASVS 7.4.3).

    What was mailed and not used yet opens the account no more, either; access tokens stay.
    """
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        this = WebSession.id == actor.session_id, WebSession.account_id == account.id
        here = work.session.scalar(select(WebSession.device_id).where(*this))
        work.session.execute(delete(Device).where(Device.account_id == account.id, Device.id != here))
        others = WebSession.account_id == account.id, WebSession.id != actor.session_id
        work.session.execute(delete(WebSession).where(*others))
        work.session.execute(delete(ApiSession).where(ApiSession.account_id == account.id))
        end_guest_sessions(work, account.person_id)
        end_mailed_ways(work, account)
        account.epoch += 1  # whoever is asked for a code at this moment begins again
        audit.record(work, "account.signed_out_elsewhere", account.id)


def end_program(actor: Actor, session_id: UUID) -> None:
    """End the session of a program that signed in with one's password."""
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        _end(work, account, ApiSession, session_id)
        audit.record(work, "account.program_signed_out", account.id)


def _end(work: Work, account: Account, kind: type[Device | ApiSession], row_id: UUID) -> None:
    """Forget one of the account's devices, or programs; raises NotFound where it is none of its."""
    own = kind.id == row_id, kind.account_id == account.id
    if work.session.execute(delete(kind).where(*own).returning(kind.id)).first() is None:
        raise NotFound


def _known(work: Work, account: Account, secret: str | None) -> Device | None:
    if not secret:
        return None
    own = Device.account_id == account.id, Device.digest == crypto.token_digest(secret)
    return work.session.scalar(select(Device).where(*own))


def _is_anybodys(work: Work, secret: str) -> bool:
    given = select(Device.id).where(Device.digest == crypto.token_digest(secret))
    return bool(work.session.scalar(select(given.exists())))


def _make_room(work: Work, account: Account, kind: type[Device | ApiSession]) -> bool:
    """Forget the devices, or programs, that are too many; tells whether the account has any."""
    own = select(kind.id).where(kind.account_id == account.id).order_by(kind.seen_at.desc(), kind.id)
    ids = work.session.scalars(own).all()
    if len(ids) >= MOST:
        work.session.execute(delete(kind).where(kind.id.in_(ids[MOST - 1 :])))
    return bool(ids)


def _has_devices(work: Work, account: Account) -> bool:
    own = select(Device.id).where(Device.account_id == account.id)
    return bool(work.session.scalar(select(own.exists())))


def _programs_of(work: Work, account: Account) -> frozenset[str]:
    """Answer the names of the programs that the account has signed in with and not forgotten."""
    own = select(ApiSession.name).where(ApiSession.account_id == account.id).distinct()
    return frozenset(work.session.scalars(own))


def _tell(work: Work, account: Account, about: UUID, *, device: str = "", is_program: bool = False) -> None:
    reader = queries.reader_of(work.session, account)
    letter = NewDevice(**reader, device=device, is_program=is_program)
    mail.post(work, letter, about=about, person_id=account.person_id)
