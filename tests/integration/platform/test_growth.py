"""Tables that take a row for everything that happens: what is old goes, and what is asked has an index."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select, text

from kinkeeper.app.admin.queries import letters
from kinkeeper.features.exchanges import queries
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit, mail
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending
from tests.factories import make_account
from tests.factories.accounts import LONG_AGO

MOVING = {Sending.QUEUED, Sending.LEASED, Sending.HANDING, Sending.RETRY}


@pytest.mark.parametrize("state", Sending)
def test_a_letter_that_will_not_move_any_more_is_forgotten_after_ninety_days(
    invite, stage, session, now, state
):
    """It names an address. What still waits, waits."""
    invite("Ana")
    with stage() as staged:
        staged.scalars(select(OutboxLetter)).one().state = state
    now.advance(days=90)
    mail.forget_old(SYSTEM)
    assert len(session.scalars(select(OutboxLetter.id)).all()) == 1
    now.advance(seconds=1)
    mail.forget_old(SYSTEM)
    assert len(session.scalars(select(OutboxLetter.id)).all()) == (1 if state in MOVING else 0)


def test_what_was_done_is_forgotten_after_four_hundred_days(engine, session, now):
    """One Christmas can be compared with the last."""
    for _ in range(2):
        with transaction(SYSTEM) as work:
            audit.record(work, "cake.eaten")
        now.advance(days=200)
    audit.forget_old(SYSTEM)
    assert len(session.scalars(select(AuditEntry.id)).all()) == 2
    now.advance(seconds=1)
    audit.forget_old(SYSTEM)
    assert [entry.at for entry in session.scalars(select(AuditEntry))] == [
        now() - timedelta(days=200, seconds=1)
    ]


def _in_a_unit_of_work(step):
    with transaction(SYSTEM) as work:
        step(work)


ASKED = {
    "ix_outbox_letter_queued_at_id": lambda session, admin: letters(session, admin, page=1),
    "ix_audit_entry_actor_id": lambda _session, _admin: _in_a_unit_of_work(
        lambda work: audit.forget(work, [new_id()])
    ),
    "ix_exchange_participant_unconfirmed": lambda session, _admin: queries.exchanges_with_unanswered(
        session, before=LONG_AGO.date()
    ),
    "ix_exchange_state_closes_on": lambda session, _admin: queries.to_be_purged(session, LONG_AGO),
}


@pytest.mark.parametrize("index", ASKED)
def test_no_page_or_sweep_reads_the_whole_of_a_table_that_grows(engine, stage, session, index):
    """Asked of the database itself: how it would look up what the house asks for."""
    with stage() as staged:
        admin = make_account(staged, "Ada", is_admin=True)
    said = []
    note = lambda _connection, _cursor, statement, facts, *_rest: said.append((statement, facts))  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    try:
        ASKED[index](session, admin)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert any(index in _plan(engine, *one) for one in said)


def _plan(engine, statement: str, facts) -> str:
    if not statement.startswith(("SELECT", "UPDATE")):
        return ""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", facts).all())
        for way in ("seqscan", "sort", "bitmapscan"):  # a table of no rows is read whole otherwise
            connection.execute(text(f"SET LOCAL enable_{way} = off"))
        return str(connection.exec_driver_sql(f"EXPLAIN {statement}", facts).all())
