"""Jobs may run twice; tables are what the models say, on both engines."""

from __future__ import annotations

import dataclasses
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from kinkeeper.app.features import FEATURES
from kinkeeper.app.house import HOUSE_JOBS
from kinkeeper.app.migrate import configuration, upgrade
from kinkeeper.app.schema import CURRENT, VERSIONS, schema_version
from kinkeeper.app.tables import METADATA
from kinkeeper.features.accounts.errands import LinkRequest, RegisterRequest, ResetRequest
from kinkeeper.features.accounts.models import Account, ApiSession, Registration
from kinkeeper.features.accounts.service.sessions import Lease, open_session
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.errands import WayInRequest
from kinkeeper.features.exchanges.models import Exchange, ExchangeState
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, join
from kinkeeper.features.exchanges.service.wishing import write_wishes
from kinkeeper.kernel import db
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import idempotency, jobs, limits, live
from kinkeeper.platform.jobs import Handler, Sweep
from kinkeeper.platform.jobs.queue import ErrandRow, Progress
from kinkeeper.platform.mail.files import BurnFiles
from tests.factories import make_account, make_exchange, make_participant, make_token
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import carry_letters, fingerprint

from datetime import date, timedelta  # isort: skip

JOBS = [*HOUSE_JOBS, *(job for feature in FEATURES for job in feature.jobs)]


OUTSIDE = {"mail.burn_files"}
"""What these change stands in no table."""


ASKED = {
    "email": "new@example.org",
    "name": "Nia",
    "circle": "The News",
    "language": "en",
    "zone": "Europe/London",
}


def errand_for(handler: Handler, exchange_id: UUID):
    samples = {
        "accounts.reset_request": ResetRequest(email="olga@example.org", minutes=10),
        "accounts.link_request": LinkRequest(email="olga@example.org", minutes=10, browser="07"),
        "accounts.register_request": RegisterRequest(**ASKED),
        "mail.burn_files": BurnFiles(letter_ids=(UUID(int=7),)),
        "exchanges.way_in_request": WayInRequest(exchange_id=exchange_id, email="ana@example.org"),
    }
    return samples[handler.name]


def test_each_job_has_a_name_of_its_own():
    names = [job.name for job in JOBS]
    assert len(names) == len(set(names))
    assert all("." in name for name in names)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_each_job_run_twice_is_as_if_run_once(job, stage, session, now):
    """2.6: a killed worker's job runs again."""
    with stage() as staged:
        olga = make_account(staged, "Olga")
        exchange = make_exchange(staged, people=3, organiser=olga)
        make_participant(staged, exchange, "Zoe", confirmed=False)
        make_exchange(staged, people=0, organiser=olga, state=ExchangeState.DRAWN, drawn_at=LONG_AGO)
        make_exchange(staged, people=0, organiser=olga, state=ExchangeState.DRAFT, keep_days=7)
        facts = {"zone": "Asia/Tokyo", "closes_on": date(2028, 4, 15), "gifts_on": date(2028, 4, 15)}
        bo = make_account(staged, "Bo")
        closed = make_exchange(staged, people=3, organiser=bo, state=ExchangeState.CLOSED, **facts)
    draw_names(bo, closed.id)
    seat = queries.confirmed_seats(session, closed.id)[0]
    write_wishes(SYSTEM, seat.id, "a kite")
    join(
        ANONYMOUS,
        exchange.slug,
        Joining(name="Yan", email="yan@example.org", wishes="", language="en"),
        address="192.0.2.1",
    )
    carry_letters()
    make_token(olga, "Old", days=1)
    with stage() as staged:
        staged.get_one(Account, make_account(staged, "Gone").account_id).deleted_at = LONG_AGO
        moments = {"created_at": LONG_AGO, "seen_at": LONG_AGO, "ends_at": LONG_AGO}
        staged.add(ApiSession(account_id=olga.account_id, name="A script", **moments))
    with transaction(SYSTEM) as work:
        idempotency.note_effect(work, idempotency.Call(olga.account_id, b"key", b"call"))
    limits.spend((limits.Budget("x", 3, timedelta(minutes=1)), "y"))
    with transaction(SYSTEM) as work:
        work.session.add(Registration(id=UUID(int=7), asked_at=work.now, **ASKED))
        open_session(work, olga.person_id, lease=Lease(timedelta(days=1), timedelta(days=1)))
        done = ResetRequest(email="olga@example.org", minutes=10)
        jobs.enqueue(work, done)
        for _ in range(2):
            live.tell(work, "exchange/1", "exchange.changed")
    with stage() as staged:
        staged.get_one(ErrandRow, done.errand_id).state = Progress.DONE
    if isinstance(job, Sweep):
        now.advance(days=500)  # the eve of one exchange's gifts, at six in the evening

        def run():
            return job.run(SYSTEM)
    else:
        errand = errand_for(job, exchange.id)

        def run():
            return job.run(SYSTEM, errand)

    before = fingerprint(session)
    run()
    once = fingerprint(session)
    run()
    assert fingerprint(session) == once
    assert once != before or job.name in OUTSIDE


def test_errands_survive_being_written_down_and_read_again(stage):
    """A row holds all that the work needs."""
    from pydantic import TypeAdapter

    for job in JOBS:
        if isinstance(job, Handler):
            errand = errand_for(job, UUID(int=7))
            adapter = TypeAdapter(job.errand)
            assert adapter.validate_python(adapter.dump_python(errand, mode="json")) == errand
            assert dataclasses.is_dataclass(errand)


def test_there_is_one_newest_migration_and_the_program_knows_it(engine):
    script = ScriptDirectory.from_config(configuration(engine))
    assert script.get_heads() == [CURRENT]
    assert {revision.revision for revision in script.walk_revisions()} == set(VERSIONS)
    assert script.get_bases() == ["0001"]


def test_migrated_tables_are_what_the_models_say(engine):
    """On whichever engine this runs; CI runs it on both."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            one for one in compare_metadata(context, METADATA) if "alembic_version" not in str(one)
        ]
    assert differences == []


def test_no_default_stays_that_only_a_migration_needed(engine):
    """What a statement leaves out is the models' to say; a default of the database would hide that it did."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        columns = [one for one in compare_metadata(context, METADATA) if isinstance(one, list)]
    kept = {(table, column) for ((kind, _, table, column, *_),) in columns if kind == "modify_default"}
    assert kept == LEFT_BY_0_2_0


LEFT_BY_0_2_0 = {
    *(("exchange", name) for name in ("keep_days", "shape", "avoid_years", "remind_days")),
    *(("exchange", name) for name in ("publishes_draw", "names_in_letters")),
    *(("exchange_participant", name) for name in ("wants_reminders", "hears_of_wishes")),
    *(("exchange_draw", name) for name in ("kind", "reason")),
}
"""Released with it, and harmless: every row says its own."""


def test_constraints_have_the_names_that_refusals_are_read_by(engine):
    """Settled point 6."""
    from sqlalchemy import inspect

    found = inspect(engine)
    for table in METADATA.sorted_tables:
        for unique in found.get_unique_constraints(table.name):
            expected = f"uq_{table.name}_{'_'.join(unique['column_names'])}"
            assert unique["name"] == expected


def test_every_moment_is_stored_with_its_offset():
    """C-32: no column takes a naive time."""
    from sqlalchemy import DateTime

    for table in METADATA.sorted_tables:
        for column in table.columns:
            assert type(column.type) is not DateTime, f"{table.name}.{column.name}"
            if isinstance(column.type, db.UtcDateTime):
                assert column.name.endswith(("_at", "_until")) or column.name in {"at", "slot"}


def test_upgrading_twice_changes_nothing(engine, session):
    upgrade(engine)
    upgrade(engine)
    assert schema_version(session) == CURRENT


def test_an_empty_database_becomes_a_house(tmp_path):
    """From nothing, on SQLite; the template of every test is the same on PostgreSQL."""
    before = (db.Writer.kw.get("bind"), db.Reader.kw.get("bind"), db.gate())
    fresh = db.connect(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    try:
        upgrade(fresh)
        with fresh.connect() as connection:
            assert connection.execute(select(Exchange.id)).all() == []
    finally:
        fresh.dispose()
        db.Writer.configure(bind=before[0])
        db.Reader.configure(bind=before[1])
        db._Bound.gate = before[2]
