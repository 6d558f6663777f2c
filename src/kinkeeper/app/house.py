"""Opening the house: what web, worker and commands all need before they can do anything."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from kinkeeper.app.features import FEATURES, LASTING
from kinkeeper.app.schema import NotMigrated, is_current
from kinkeeper.features.accounts import queries
from kinkeeper.kernel import crypto, db, roles, secret_file
from kinkeeper.kernel.errors import CannotOpen
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import end_reading, read_session, use_grants
from kinkeeper.platform import audit, idempotency, keys, limits, links, logs, mail
from kinkeeper.platform.jobs import declare, every, handles, queue
from kinkeeper.platform.live import events
from kinkeeper.platform.mail import files, letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine

    from kinkeeper.kernel.config import Settings

log = structlog.get_logger(__name__)

OURS_ALONE = 0o077
"""What we write nobody else of this computer reads: addresses and wishes lie in the database."""

SPARE_CONNECTIONS = 4
"""The worker's two threads and their doorbells."""

HOUSE_JOBS = (
    every("links.forget_dead", minutes=60, run=links.forget_dead),
    every("idempotency.forget_old", minutes=60, run=idempotency.forget_old),
    every("limits.forget_ended", minutes=60, run=limits.forget_ended),
    every("jobs.forget_finished", minutes=60, run=queue.forget_finished),
    every("live.forget_old", minutes=60, run=events.forget_old),
    every("mail.forget_old", minutes=24 * 60, run=mail.forget_old),
    handles(files.BurnFiles, run=files.burn),
    every("audit.forget_old", minutes=24 * 60, run=audit.forget_old),
)
"""Work that belongs to no feature."""


class NoDataFolder(CannotOpen):
    """The data folder cannot be used."""

    code = "house.no_data_folder"
    message = mark(
        "KINKEEPER_DATA has to be a folder that Kinkeeper may write to, inside one that is there already; "
        "%(folder)s is not: %(why)s."
    )


class NoDatabase(CannotOpen):
    """The database does not answer, or not to us."""

    code = "house.no_database"
    message = mark("The database cannot be used: %(why)s")


class SecretLost(CannotOpen):
    """There is a database, but not the secret that it was made with."""

    code = "house.secret_lost"
    message = mark(
        "There is a database, but the secret that belongs to it is missing: %(path)s. A new one could not "
        "open what is sealed, so none was made. Restore the file from your backup, or set KINKEEPER_SECRET "
        "again if it was set before."
    )


class SecretUnreadable(CannotOpen):
    """The house's own secret cannot be read, or not be made."""

    code = "house.secret_unreadable"
    message = mark("The secret in %(path)s cannot be used: %(why)s")


def prepare_house(settings: Settings) -> Engine:
    """Open the house, bring its tables to this version, and let the database know its secret."""
    engine, has_our_tables = _unlocked(settings)
    if not has_our_tables:
        from kinkeeper.app.migrate import upgrade  # noqa: PLC0415 - import diet: Alembic only when needed

        upgrade(engine)
    if not keys.is_known(read_session()):
        keys.remember()
    _take_what_is_kept()
    end_reading()
    return engine


def open_house(settings: Settings) -> Engine:
    """Unlock the keys, connect the database, and lay out letters and jobs.

    Raises CannotOpen where something stands in the way that whoever runs the house has to put right,
    tables of another version included.
    """
    engine, has_our_tables = _unlocked(settings)
    if not has_our_tables:
        raise NotMigrated
    return engine


def _unlocked(settings: Settings) -> tuple[Engine, bool]:
    """Do what opening takes but for the tables; answers whether they are this version's."""
    os.umask(OURS_ALONE)
    logs.set_up(settings.log_format, settings.log_level)
    if settings.is_embedded:
        make_data_folder(settings.data)
    stamp = secret_file.stamp(settings.data)  # before they are read: what is exchanged meanwhile is noticed
    crypto.unlock(*master_secrets(settings))
    furnish(settings.address, sender=settings.mail_from)
    audit.keep_for(settings.audit_days)
    files.use_folder(settings.mail_folder)
    with _no_database():
        engine = db.connect(settings.database, pool_size=settings.threads + SPARE_CONNECTIONS)
        try:
            has_our_tables = is_current(read_session())
            keys.is_known(read_session())
            if has_our_tables:
                _take_what_is_kept()
        except BaseException:
            end_reading()
            engine.dispose()
            raise
        end_reading()
    if settings.secret is None:
        crypto.use_source(_TurnedFiles(settings.data, stamp))
    return engine, has_our_tables


def _take_what_is_kept() -> None:
    crypto.put_in(keys.with_kept(read_session(), crypto.keys()))


class _TurnedFiles:
    """Tells a process at work when its house's own secret was turned."""

    def __init__(self, folder: Path, stamp: secret_file.Stamp) -> None:
        self._folder, self._stamp = folder, stamp

    def __call__(self) -> crypto.Keys | None:
        stamp = secret_file.stamp(self._folder)
        if stamp == self._stamp:
            return None
        try:
            ours = crypto.Keys(secret_file.keep(self._folder), secret_file.read_older(self._folder))
            with db.Reader() as session:  # its own: the thread's may be in the middle of something
                ours = keys.with_kept(session, ours)
        except (OSError, SQLAlchemyError, crypto.BrokenSeal):
            log.exception("the secret seems to be turned, and cannot be read")
            return None
        self._stamp = stamp
        return ours


def make_data_folder(folder: Path) -> None:
    """Make the data folder, in one that is there: a disk that is not mounted is no reason to begin anew."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        raise NoDataFolder(folder=folder, why=fault.strerror) from fault


@contextmanager
def _no_database() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, ImportError, OSError) as fault:
        reason = fault.orig if isinstance(fault, DBAPIError) else fault
        raise NoDatabase(why=str(reason).partition("\n")[0]) from fault


def furnish(base_url: str, *, sender: str = "") -> None:
    """Tell the platform what the features have listed."""
    use_grants(queries.with_grants)
    keys.keep_for_ever(LASTING)
    roles.lay_out(
        [right for feature in FEATURES for right in feature.rights],
        [feature.runs for feature in FEATURES if feature.runs],
    )
    letters.lay_out(
        [letter for feature in FEATURES for letter in feature.letters],
        [feature.templates for feature in FEATURES],
        base_url,
        sender,
        {letter: lookup for feature in FEATURES for letter, lookup in feature.late.items()},
    )
    declare.pin_up([*HOUSE_JOBS, *(job for feature in FEATURES for job in feature.jobs)])


def master_secrets(settings: Settings) -> secret_file.Secrets:
    """Answer the secrets that were set, or the house's own, which is made with its database only."""
    if settings.secret is not None:
        return secret_file.Secrets(settings.secret.get_secret_value().encode(), settings.older_secrets)
    path = settings.data / secret_file.PRESENT
    if not path.exists() and is_lived_in(settings.database):
        raise SecretLost(path=path)
    try:
        present = secret_file.keep(settings.data)
        return secret_file.Secrets(present, (*secret_file.read_older(settings.data), *settings.older_secrets))
    except OSError as fault:
        raise SecretUnreadable(path=path, why=fault.strerror) from fault


def is_lived_in(database: str) -> bool:
    """Tell whether there is a SQLite file that somebody has begun."""
    file = Path(make_url(database).database or "")
    return file.is_file() and file.stat().st_size > 0
