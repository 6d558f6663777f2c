"""Units of work: all or nothing, permitted or not at all, and one at a time."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import delete, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from kinkeeper.features.accounts.models import Account, Circle, Person
from kinkeeper.kernel import clock, db
from kinkeeper.kernel import work as work_module
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM, Actor
from kinkeeper.kernel.errors import Conflict, Forbidden, NotFound, Problem, Unauthenticated, Unavailable
from kinkeeper.kernel.roles import Grant, Role
from kinkeeper.kernel.work import along, anyone, end_reading, is_passing, read_session, transaction
from kinkeeper.platform.limits import Spending
from tests.conftest import SERVER
from tests.factories import make_account, make_circle, make_person, withdraw_grants

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Taken(Conflict):
    code = "test.taken"


def a_row(key: bytes = b"k") -> Spending:
    return Spending(key=key, ends_at=NOON, spent=1)


def rows(session) -> set[bytes]:
    return set(session.scalars(select(Spending.key)))


def never(_actor, _subject) -> bool:
    return False


def is_admin(actor, _subject) -> bool:
    return actor.is_admin


# --- all or nothing


def test_what_a_verb_did_is_there_afterwards(session, engine):
    with transaction(SYSTEM) as work:
        work.session.add(a_row())
    assert rows(session) == {b"k"}


@pytest.mark.parametrize("trouble", [Taken(), KeyError("a defect"), KeyboardInterrupt()])
def test_trouble_takes_everything_back(session, engine, trouble):
    """A-18: a problem, a defect or Ctrl-C; all or nothing."""
    with pytest.raises(type(trouble)), transaction(SYSTEM) as work:
        work.session.add(a_row(b"1"))
        work.session.flush()
        work.session.add(a_row(b"2"))
        raise trouble
    assert rows(session) == set()
    with transaction(SYSTEM) as work:  # and the next verb finds everything in order
        work.session.add(a_row(b"3"))
    assert rows(session) == {b"3"}


def test_a_verb_in_a_verb_is_refused_at_once(session, engine):
    """2.3: the inner one would commit half of the outer one."""
    with pytest.raises(RuntimeError, match="share a step"), transaction(SYSTEM) as work:
        work.session.add(a_row())
        with transaction(SYSTEM):
            pytest.fail("the inner verb began")
    assert rows(session) == set()


def test_after_a_refused_inner_verb_the_outer_one_can_still_commit(session, engine):
    with transaction(SYSTEM) as work:
        with pytest.raises(RuntimeError), transaction(SYSTEM):
            pass
        work.session.add(a_row())
    assert rows(session) == {b"k"}


def test_threads_have_verbs_of_their_own(session, engine):
    """The guard is per thread of control, not per process."""
    if not SERVER:
        pytest.skip("SQLite has one writer: the second thread waits at the gate")
    with transaction(SYSTEM):
        other = threading.Thread(target=_write, args=(b"other",))
        other.start()
        other.join()
    assert rows(session) == {b"other"}


def _write(key: bytes) -> None:
    with transaction(SYSTEM) as work:
        work.session.add(a_row(key))


# --- permitted


def test_a_unit_of_work_that_asked_for_no_permission_does_not_commit(session, engine):
    """2.3, 4 point 3: fail closed."""
    with pytest.raises(RuntimeError, match="never authorized"), transaction(ANONYMOUS) as work:
        work.session.add(a_row())
    assert rows(session) == set()


def test_a_public_act_says_that_it_is_one(session, engine):
    with transaction(ANONYMOUS) as work:
        work.authorize(anyone, "whoever comes may do this")
        work.session.add(a_row())
    assert rows(session) == {b"k"}


def test_what_is_not_permitted_is_forbidden_and_undone(session, engine):
    with pytest.raises(Forbidden), transaction(ANONYMOUS) as work:
        work.session.add(a_row())
        work.authorize(never, "subject")
    assert rows(session) == set()


def test_who_may_not_even_see_it_is_told_that_nothing_is_there(engine):
    """4 point 3: foreign and missing look the same."""
    with pytest.raises(NotFound), transaction(ANONYMOUS) as work:
        work.authorize(never, "subject", visible=never)
    with pytest.raises(Forbidden), transaction(ANONYMOUS) as work:
        work.authorize(never, "subject", visible=lambda _actor, _subject: True)


def test_the_permission_gets_the_subject(engine):
    asked = []

    def may(actor: Actor, subject: object) -> bool:
        asked.append((actor.name, subject))
        return True

    with transaction(ANONYMOUS) as work:
        work.authorize(may, "the cake")
    assert asked == [("somebody", "the cake")]


def test_the_house_itself_needs_no_permission(session, engine):
    with transaction(SYSTEM) as work:
        work.authorize(never, "subject")
        work.session.add(a_row())
    assert rows(session) == {b"k"}


def test_grants_are_read_in_the_transaction_and_not_taken_from_the_actor(stage):
    """C-43: an administrator who is none any more is refused, whatever the browser's session says."""
    with stage() as session:
        olga = make_account(session, "Olga", is_admin=True)
    assert olga.is_admin
    with transaction(olga) as work:
        work.authorize(is_admin, None)
    with stage() as session:
        withdraw_grants(session, olga)
    with pytest.raises(Forbidden), transaction(olga) as work:
        work.authorize(is_admin, None)


def test_a_forged_role_gives_nothing(stage):
    with stage() as session:
        ana = make_account(session, "Ana")
    forged = Actor("Ana", account_id=ana.account_id, grants=(Grant(Role.ADMINISTRATOR, frozenset()),))
    with pytest.raises(Forbidden), transaction(forged) as work:
        work.authorize(is_admin, None)


@pytest.mark.parametrize(
    "change", [update(Account).values(epoch=Account.epoch + 1), delete(Account)], ids=["epoch", "deleted"]
)
def test_an_actor_whose_sessions_have_ended_is_nobody(stage, session, change):
    """A-53: also where the session ended between the look and the act."""
    with stage() as staged:
        olga = make_account(staged, "Olga")
    with stage() as staged:
        staged.execute(change)
    with pytest.raises(Unauthenticated), transaction(olga) as work:
        work.session.add(a_row())
        work.authorize(anyone, "even a public act")
    assert rows(session) == set()


def test_where_nobody_says_how_grants_are_read_nothing_is_permitted(stage, session, monkeypatch):
    """What an actor says of itself is no grant."""
    with stage() as staged:
        olga = make_account(staged, "Olga")
    monkeypatch.setattr(work_module._Grants, "load", None)
    for actor in (ANONYMOUS, olga):
        with pytest.raises(RuntimeError, match="how grants are read"), transaction(actor) as work:
            work.session.add(a_row())
            work.authorize(anyone, "a test")
    assert rows(session) == set()


def test_grants_of_a_revocation_in_the_same_moment_hold(stage):
    """The grant is read by the writing session itself."""
    with stage() as session:
        olga = make_account(session, "Olga", is_admin=True)
    with pytest.raises(Forbidden), transaction(olga) as work:
        withdraw_grants(work.session, olga)
        work.authorize(is_admin, None)


# --- steps that go along


def permitted(_actor, _subject) -> bool:
    return True


def put_row(work) -> None:
    work.session.add(a_row(b"along"))


def test_a_step_goes_along_with_the_verb_that_is_called_and_is_committed_with_it(session, engine):
    with along(put_row) as is_done:
        with transaction(ANONYMOUS) as work:
            assert not is_done()
            work.authorize(permitted, "subject")
            work.session.add(a_row())
        assert is_done()
    assert rows(session) == {b"k", b"along"}


def test_it_goes_once_however_often_the_verb_asks_and_whatever_is_called_afterwards(session, engine):
    taken = []
    with along(taken.append):
        for _ in range(2):
            with transaction(ANONYMOUS) as work:
                work.authorize(permitted, "subject")
                work.authorize(permitted, "another")
    assert len(taken) == 1


def test_it_goes_with_none_but_the_verb_that_was_called_for(session, engine):
    """The house's own, a refusal that is written down: what they commit is not the call's effect."""
    with along(put_row) as is_done:
        with transaction(SYSTEM) as work:
            work.authorize(never, "subject")
        with transaction(ANONYMOUS) as work:
            work.authorize(anyone, "a refusal is written down")
        with pytest.raises(Forbidden), transaction(ANONYMOUS) as work:
            work.authorize(never, "subject")
        assert not is_done()
    assert rows(session) == set()


def test_what_refuses_along_takes_the_verb_back(session, engine):
    def refuse(_work) -> None:
        raise Taken

    with pytest.raises(Taken), along(refuse), transaction(ANONYMOUS) as work:
        work.session.add(a_row())
        work.authorize(permitted, "subject")
    assert rows(session) == set()


def test_where_the_verb_is_rolled_back_the_step_joins_the_next_one(session, engine):
    with along(put_row):
        with pytest.raises(KeyError), transaction(ANONYMOUS) as work:
            work.authorize(permitted, "subject")
            raise KeyError
        assert rows(session) == set()
        with transaction(ANONYMOUS) as work:
            work.authorize(permitted, "subject")
    assert rows(session) == {b"along"}


def test_after_the_block_nothing_goes_along(session, engine):
    with along(put_row):
        pass
    with transaction(ANONYMOUS) as work:
        work.authorize(permitted, "subject")
    assert rows(session) == set()


def test_several_steps_go_along_in_the_order_in_which_they_came(engine):
    order = []
    with along(lambda _work: order.append("outer")), along(lambda _work: order.append("inner")):
        with transaction(ANONYMOUS) as work:
            work.authorize(permitted, "subject")
    assert order == ["outer", "inner"]


# --- refusals of the database


@pytest.fixture
def circle(stage) -> Circle:
    with stage() as session:
        circle = make_circle(session)
        make_person(session, "Ana", circle=circle, email="ana@example.org")
    return circle


def newcomer(circle: Circle, **facts) -> Person:
    return Person(
        **{
            "circle_id": circle.id,
            "name": "Ben",
            "email": "ana@example.org",
            "language": "en",
            "created_at": NOON,
            **facts,
        }
    )


def test_a_broken_unique_constraint_becomes_its_named_problem(circle, session):
    """4 point 6, on both engines; nothing of the verb stays."""
    with pytest.raises(Taken), transaction(SYSTEM) as work:
        work.session.add(a_row())
        with work.refuse(Person.circle_id, Person.email, problem=Taken()):
            work.session.add(newcomer(circle))
    assert rows(session) == set()


def test_the_flush_is_part_of_the_guarded_block(circle):
    """Only the database can know: the refusal comes at the end of the block, not at the commit."""
    with pytest.raises(KeyError), transaction(SYSTEM) as work:
        with pytest.raises(Taken), work.refuse(Person.circle_id, Person.email, problem=Taken()):
            work.session.add(newcomer(circle))
        raise KeyError


@pytest.mark.parametrize(
    "facts",
    [{"circle_id": UUID(int=1)}, {"email": "UPPER@example.org"}, {"language": None}],
    ids=["foreign key", "check", "not null"],
)
def test_other_refusals_of_the_database_stay_defects(circle, facts):
    with pytest.raises(IntegrityError), transaction(SYSTEM) as work:
        with work.refuse(Person.circle_id, Person.email, problem=Taken()):
            work.session.add(newcomer(circle, **facts))


def test_another_unique_constraint_is_not_mistaken_for_this_one(circle):
    with pytest.raises(IntegrityError), transaction(SYSTEM) as work:
        with work.refuse(Account.email, problem=Taken()):
            work.session.add(newcomer(circle))


def test_a_block_that_breaks_nothing_goes_on(circle, session):
    with transaction(SYSTEM) as work, work.refuse(Person.circle_id, Person.email, problem=Taken()):
        work.session.add(newcomer(circle, email="ben@example.org"))
    assert set(session.scalars(select(Person.name))) == {"Ana", "Ben"}


# --- reading beside writing


def test_reading_before_a_verb_sees_the_new_state_after_it(stage, engine):
    """4 point 2: the page after the act must not show the old snapshot."""
    with stage() as session:
        make_account(session, "Olga")
    assert read_session().scalars(select(Account.epoch)).all() == [0]
    with transaction(SYSTEM) as work:
        work.session.execute(update(Account).values(epoch=1))
    assert read_session().scalars(select(Account.epoch)).all() == [1]


def test_the_snapshot_is_let_go_before_the_verb_begins(engine):
    """No connection is held twice by one thread, so that a pool as large as the threads is enough."""
    read_session().execute(text("SELECT 1"))
    assert engine.pool.checkedout() == 1
    with transaction(SYSTEM) as work:
        work.session.execute(text("SELECT 1"))
        assert engine.pool.checkedout() == 1
    assert engine.pool.checkedout() == 0


def test_reading_within_one_page_sees_one_state(engine, session):
    """On PostgreSQL, too: readers are at REPEATABLE READ."""
    assert rows(read_session()) == set()
    other = threading.Thread(target=_write, args=(b"other",))
    other.start()
    other.join()
    assert rows(read_session()) == set()
    work_module.end_reading()
    assert rows(read_session()) == {b"other"}


def test_a_page_can_be_read_while_somebody_writes(engine, session):
    """RS-5: readers do not wait for the writer."""
    seen = []
    with transaction(SYSTEM) as work:
        work.session.add(a_row())
        work.session.flush()
        reader = threading.Thread(
            target=lambda: (seen.append(rows(read_session())), work_module.end_reading())
        )
        reader.start()
        reader.join()
    assert seen == [set()]


# --- time


def test_a_unit_of_work_has_one_moment(engine, now):
    """2.4."""
    with transaction(SYSTEM) as work:
        first = work.now
        now.advance(hours=1)
        assert work.now == first


def test_postgresql_says_what_time_it_is(engine, monkeypatch):
    """C-33: replicas with clocks that differ agree on a deadline."""
    if not SERVER:
        pytest.skip("on SQLite it is the application's clock")
    monkeypatch.undo()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    with transaction(SYSTEM) as work:
        began = work.session.scalar(text("SELECT now()"))
        work.session.execute(text("SELECT pg_sleep(0.01)"))
        assert work.now > began
        assert work.now != NOON


# --- the database is busy, or away


def test_a_database_that_somebody_else_has_locked_is_unavailable(engine, session):
    """RS-8: nothing was changed, and it works again when the lock is gone."""
    if SERVER:
        pytest.skip("PostgreSQL has no lock on everything")

    def be_impatient(connection, _record, _proxy) -> None:
        connection.execute("PRAGMA busy_timeout=20")

    event.listen(engine, "checkout", be_impatient)
    with closing(db.sqlite.connect(engine.url.database, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable), transaction(SYSTEM) as work:
            work.session.add(a_row())
        assert rows(read_session()) == set()
        stranger.execute("ROLLBACK")
    _write(b"k")
    assert rows(session) == {b"k"}


def test_a_verb_whose_connection_is_cut_is_unavailable_and_the_next_one_works(engine, session):
    """G-F8: the database is restarted."""
    if not SERVER:
        pytest.skip("SQLite has no connection to cut")
    with pytest.raises(Unavailable), transaction(SYSTEM) as work:
        own = work.session.scalar(text("SELECT pg_backend_pid()"))
        with engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
        work.session.add(a_row())
        work.session.flush()
    _write(b"next")
    assert rows(session) == {b"next"}


def test_a_database_that_takes_no_writes_is_unavailable(engine, session):
    """A standby after a failover, a disk that was mounted anew to be read only."""
    with pytest.raises(Unavailable), transaction(SYSTEM) as work:
        say = work.session.connection().exec_driver_sql
        say("SET TRANSACTION READ ONLY" if SERVER else "PRAGMA query_only=ON")
        try:
            work.session.execute(insert(Spending).values(key=b"k", ends_at=NOON, spent=1))
        finally:
            if not SERVER:  # there it ends with the transaction
                say("PRAGMA query_only=OFF")
    _write(b"next")
    assert rows(session) == {b"next"}


def test_a_page_that_writes_stays_a_defect(engine):
    """Its session cannot write; that is no reason to try again."""
    with pytest.raises(DBAPIError) as defect:
        read_session().execute(insert(Spending).values(key=b"k", ends_at=clock.now(), spent=1))
    end_reading()
    assert not is_passing(defect.value)


def test_a_statement_that_took_too_long_is_unavailable(engine):
    if not SERVER:
        pytest.skip("SQLite has no limit for a statement")
    with pytest.raises(Unavailable), transaction(SYSTEM) as work:
        work.session.execute(text("SET LOCAL statement_timeout = 1"))
        work.session.execute(text("SELECT pg_sleep(20)"))


def test_a_database_that_is_not_there_is_unavailable(engine):
    """G-F8: while a database restarts, people are told to try again, not that something broke."""
    pytest.importorskip("psycopg")
    writer, reader, gate = db.Writer.kw["bind"], db.Reader.kw["bind"], db.gate()
    away = db.connect("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    try:
        with pytest.raises(Unavailable), transaction(SYSTEM) as work:
            work.session.execute(text("SELECT 1"))
    finally:
        away.dispose()
        db.Writer.configure(bind=writer)
        db.Reader.configure(bind=reader)
        db._Bound.gate = gate


def test_an_error_of_ours_in_sql_is_not_taken_for_a_busy_database(engine):
    with pytest.raises(Exception, match="nowhere") as defect, transaction(SYSTEM) as work:
        work.session.execute(text("SELECT * FROM nowhere"))
    assert not isinstance(defect.value, Problem)
    assert isinstance(defect.value, OperationalError) or SERVER


def test_what_was_compared_is_compared_once_more_and_what_was_done_is_not_done_again(stage):
    """A comparison looks again under the lock; a note is written once."""
    with stage() as session:
        olga = make_account(session, "Olga")
    said: list[str] = []
    with (
        along(lambda _work: said.append("noted")),
        along(lambda _work: said.append("compared"), is_comparison=True),
        transaction(olga) as work,
    ):
        work.authorize(lambda _actor, _subject: True, None)
        work.look_again()
        work.look_again()
    assert said == ["noted", "compared", "compared"]
