"""What may be wrong with a house, and what to do about it; looks only, changes nothing (RS-158)."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text

from kinkeeper.app.house import OURS_ALONE, SPARE_CONNECTIONS, is_lived_in, open_house
from kinkeeper.kernel import clock, crypto, db, secret_file
from kinkeeper.kernel.errors import CannotOpen
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import database_now, end_reading, read_session
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.jobs.queue import ErrandRow, Progress, SweepSlot
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending
from kinkeeper.platform.mail.transports import Unreachable, open_transport

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.config import Settings

CLOCK_MAY_DIFFER = timedelta(seconds=5)
WORKER_MAY_BE_QUIET = timedelta(minutes=40)
"""Some sweep is due every quarter of an hour."""
SHARE_OF_CONNECTIONS = 0.8
"""How many of a server's connections one process may take at most (C-21)."""


class State(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `message` and `remedy` are marked sentences with the same gaps."""

    part: str
    state: State
    message: str
    remedy: str = ""
    gaps: dict[str, Any] = field(default_factory=dict)


def examine(settings: Settings) -> list[Finding]:
    """Look at the settings, at what lies on the disk, at the database, and at the way letters leave."""
    found = [*_address(settings), *_admin_password(settings), *_mail(settings)]
    if settings.is_embedded and not settings.data.is_dir():
        return [_nothing_yet(settings), *found]
    found += [*_disk(settings), *_secret_file(settings)]
    if settings.is_embedded and not is_lived_in(settings.database):
        return [_nothing_yet(settings), *found]
    try:
        engine = open_house(settings)
    except CannotOpen as problem:
        return [Finding("database", State.WRONG, problem.message, gaps=problem.gaps), *found]
    try:
        return [*_inside(settings, read_session()), *found]
    finally:
        end_reading()
        engine.dispose()


def _nothing_yet(settings: Settings) -> Finding:
    message = mark("There is no house in %(folder)s yet.")
    remedy = mark("kinkeeper serve makes one; or set KINKEEPER_DATA to the folder of yours.")
    return Finding("database", State.WARNING, message, remedy, {"folder": settings.data.resolve()})


def _address(settings: Settings) -> Iterable[Finding]:
    gaps = {"address": settings.address}
    if settings.opens_only_here:
        message = mark("The links in letters lead to %(address)s, which only this computer can open.")
        remedy = mark("Set KINKEEPER_BASE_URL to the address that people type.")
    elif not settings.is_https:
        message = mark("People reach the house at %(address)s, where others on the way can read along.")
        remedy = mark("Put a reverse proxy with TLS in front, and set KINKEEPER_BASE_URL to https://…")
    elif not settings.trusted_proxies:
        message = mark("%(address)s needs a proxy in front, and none is trusted: all visitors look like one.")
        remedy = mark("Set KINKEEPER_TRUSTED_PROXIES to how many stand in front; usually 1.")
    else:
        yield Finding("address", State.OK, mark("People reach the house at %(address)s."), gaps=gaps)
        return
    yield Finding("address", State.WARNING, message, remedy, gaps)


def _admin_password(settings: Settings) -> Iterable[Finding]:
    if settings.admin_password is not None:
        message = mark("KINKEEPER_ADMIN_PASSWORD is set still, where others may read it.")
        yield Finding(
            "settings", State.WARNING, message, mark("Unset it: it counts on the first start only.")
        )


def _disk(settings: Settings) -> Iterable[Finding]:
    free = shutil.disk_usage(settings.data).free
    gaps = {"free": f"{free / 1024**3:.1f} GiB", "least": settings.least_disk.human_readable()}
    if free >= settings.least_disk:
        yield Finding("disk", State.OK, mark("%(free)s of the disk are free."), gaps=gaps)
        return
    message = mark("Only %(free)s of the disk are free; below %(least)s the house says that it is not ready.")
    yield Finding(
        "disk", State.WRONG, message, mark("Make room, or give KINKEEPER_DATA a larger disk."), gaps
    )


def _secret_file(settings: Settings) -> Iterable[Finding]:
    path = settings.data / secret_file.PRESENT
    if settings.secret is None and path.exists() and stat.S_IMODE(path.stat().st_mode) & OURS_ALONE:
        message = mark("Others on this computer can read the secret in %(path)s.")
        yield Finding("secret", State.WARNING, message, mark("Run: chmod 600 %(path)s"), {"path": path})


def _mail(settings: Settings) -> Iterable[Finding]:
    if settings.mail_stays:
        message = mark("Letters stay in the house's own mailbox: nobody gets mail.")
        remedy = mark("Set KINKEEPER_MAIL_URL and KINKEEPER_MAIL_FROM to those of a mail server.")
        yield Finding("mail", State.WARNING, message, remedy)
        return
    transport = open_transport(settings.mail_url.get_secret_value())
    gaps = {"carrier": settings.carrier, "sender": settings.mail_from}
    try:
        transport.check()
    except Unreachable as reason:
        message = mark("Letters cannot leave: %(why)s")
        remedy = mark("Look at KINKEEPER_MAIL_URL: name, port, user and password.")
        yield Finding("mail", State.WRONG, message, remedy, {"why": str(reason)})
        return
    finally:
        transport.close()
    if settings.mail_from.rstrip(">").endswith("@localhost"):
        message = mark("Letters leave from %(sender)s, which most mail servers refuse.")
        yield Finding(
            "mail", State.WARNING, message, mark("Set KINKEEPER_MAIL_FROM to an address of yours."), gaps
        )
        return
    yield Finding("mail", State.OK, mark("Letters leave by %(carrier)s, from %(sender)s."), gaps=gaps)


def _inside(settings: Settings, session: Session) -> Iterable[Finding]:
    """Look at what only an open house shows; the tables are this version's, and the secret is theirs."""
    yield Finding("database", State.OK, mark("The database has this version's tables, and its own secret."))
    looks: tuple[Callable[[Settings, Session], Iterable[Finding]], ...]
    looks = (_older_secrets, _connections, _sqlite, _clock, _worker, _letters, _errands)
    for look in looks:
        yield from look(settings, session)


def _older_secrets(_settings: Settings, _session: Session) -> Iterable[Finding]:
    if crypto.keys().older:
        message = mark("An old secret is kept beside the new one: whoever has it can open what it sealed.")
        remedy = mark("Once letters from before have left, run: kinkeeper rotate-key --finish")
        yield Finding("secret", State.WARNING, message, remedy)


def _connections(settings: Settings, session: Session) -> Iterable[Finding]:
    if not db.is_postgresql(session.connection()):
        return
    most = int(session.scalar(text("SHOW max_connections")) or 0)
    wanted = settings.threads + SPARE_CONNECTIONS
    if wanted > most * SHARE_OF_CONNECTIONS:
        message = mark("Each web process may take %(wanted)s of the server's %(most)s connections.")
        remedy = mark("Lower KINKEEPER_THREADS, or raise max_connections of PostgreSQL.")
        yield Finding("database", State.WARNING, message, remedy, {"wanted": wanted, "most": most})


def _sqlite(_settings: Settings, session: Session) -> Iterable[Finding]:
    if not db.is_postgresql(session.connection()) and not db.is_safe():
        message = mark("This SQLite is too old for its fast journal; everything works, and more slowly.")
        remedy = mark("Use Python 3.11 to 3.13 on Linux, where a newer one is installed along.")
        yield Finding("database", State.WARNING, message, remedy)


def _clock(_settings: Settings, session: Session) -> Iterable[Finding]:
    """Compare our clock with the server's, or with what happened last."""
    if db.is_postgresql(session.connection()):
        apart = abs(database_now(session) - clock.now())
    else:
        last = session.scalar(select(func.max(AuditEntry.at)))
        apart = (last - clock.now()) if last else timedelta()
    if apart <= CLOCK_MAY_DIFFER:
        yield Finding("clock", State.OK, mark("The clock is right, as far as can be told from here."))
        return
    message = mark("The clock is %(seconds)s seconds apart from the database's.")
    remedy = mark("Let this computer set its clock by the network (NTP): deadlines hang on it.")
    yield Finding("clock", State.WRONG, message, remedy, {"seconds": round(apart.total_seconds())})


def _worker(_settings: Settings, session: Session) -> Iterable[Finding]:
    last = session.scalar(select(func.max(SweepSlot.finished_at)))
    if last is not None and clock.now() - last <= WORKER_MAY_BE_QUIET:
        yield Finding("worker", State.OK, mark("The worker is at work."))
        return
    message = mark("No worker has done anything lately: letters wait, and reminders too.")
    yield Finding("worker", State.WARNING, message, mark("Start it: kinkeeper serve, or kinkeeper worker."))


def _letters(settings: Settings, session: Session) -> Iterable[Finding]:
    failed = _count(session, OutboxLetter, OutboxLetter.state.in_((Sending.FAILED, Sending.UNCERTAIN)))
    if failed:
        message = mark("Letters that did not leave, or perhaps did not: %(count)s.")
        remedy = mark("An administrator finds them, and why, at %(address)s/admin/mailbox.")
        gaps = {"count": failed, "address": settings.address}
        yield Finding("letters", State.WARNING, message, remedy, gaps)


def _errands(_settings: Settings, session: Session) -> Iterable[Finding]:
    dead = _count(session, ErrandRow, ErrandRow.state == Progress.DEAD)
    if dead:
        message = mark("Background work that was given up after several tries: %(count)s.")
        remedy = mark("The worker's log tells why.")
        yield Finding("worker", State.WARNING, message, remedy, {"count": dead})


def _count(session: Session, table: type[db.Base], which: Any) -> int:  # noqa: ANN401 - a condition
    return session.scalar(select(func.count()).select_from(table).where(which)) or 0
