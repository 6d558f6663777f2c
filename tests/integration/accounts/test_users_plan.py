"""A page of accounts costs the same however many there are: indexes find it, nothing is read whole."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, func, insert, select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, Circle, Person
from kinkeeper.features.accounts.queries import Wanted
from kinkeeper.features.accounts.queries.logins import ACCOUNTS
from kinkeeper.kernel.work import read_session
from kinkeeper.platform.tallies import Tally
from tests.conftest import SERVER
from tests.factories.accounts import LONG_AGO

MANY = 3_000
READ_WHOLE = {"SCAN account", "SCAN person", "SCAN account_1"}


@pytest.fixture
def many(stage):
    """Many accounts; each tenth is deactivated, each hundredth deleted."""
    circle = {"id": UUID(int=9), "name": "C", "language": "en", "zone": "UTC", "created_at": LONG_AGO}
    people = [
        {
            "id": UUID(int=1000 + number),
            "circle_id": circle["id"],
            "name": f"Person {number:05}",
            "email": f"p{number:05}@example.org",
            "language": "en",
            "created_at": LONG_AGO,
        }
        for number in range(MANY)
    ]
    accounts = [
        {
            "id": UUID(int=900_000 + number),
            "person_id": person["id"],
            "email": person["email"],
            "created_at": LONG_AGO + timedelta(seconds=number),
            "changed_at": LONG_AGO,
            "epoch": 0,
            "deactivated_at": LONG_AGO if number % 10 == 0 else None,
            "deleted_at": LONG_AGO if number % 100 == 0 else None,
        }
        for number, person in enumerate(people)
    ]
    with stage() as session:
        session.execute(insert(Circle), [circle])
        session.execute(insert(Person), people)
        session.execute(insert(Account), accounts)
        everybody = session.scalar(select(func.count()).where(Account.deleted_at.is_(None)))
        session.merge(Tally(name=ACCOUNTS, number=everybody))


WAYS = [
    Wanted(),
    Wanted(newest_first=False),
    Wanted(is_active=True),
    Wanted(is_deleted=True),
    Wanted(begins="p0001"),
    Wanted(begins="person 0001"),
    Wanted(begins="p0001", is_active=True),
]


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(newest_first=False), Wanted(is_active=True)], ids=str)
def test_pages_hold_everybody_once_from_whichever_end_they_are_reached(admin, many, session, wanted):
    """The last page comes from the far end of the index: the last one is not full."""
    look = lambda page: queries.users(session, admin, wanted, page=page, per_page=400)  # noqa: E731
    pages = [look(page) for page in range(1, look(1).total_pages + 2)]
    listed = [line for page in pages for line in page.items]
    assert len({line.id for line in listed}) == len(listed) == pages[0].total_items
    order = sorted(listed, key=lambda line: (line.created_at, line.id), reverse=wanted.newest_first)
    assert listed == order
    assert [len(page.items) for page in pages[-2:]] == [pages[0].total_items % 400, 0]


@pytest.mark.skipif(bool(SERVER), reason="PostgreSQL's planner reads tables as small as this one whole")
@pytest.mark.parametrize("page", [1, 140])
@pytest.mark.parametrize("wanted", WAYS, ids=str)
def test_no_table_is_read_from_end_to_end(admin, many, engine, wanted, page):
    """Checked by what the database says it would do."""
    with plans(engine, "SELECT account.", "count(*)") as said:
        queries.users(read_session(), admin, wanted, page=page, per_page=20)
    for rows in said:
        plan = [str(row[-1]) for row in rows]
        assert not READ_WHOLE & set(plan), plan
        if wanted.begins:
            assert not [step for step in plan if "(deleted_at=?)" in step], plan  # nearly everybody
        else:
            within = [str(row[-1]) for row in rows if row[1]]  # the page's own few are sorted outside
            assert not [step for step in within if "FOR ORDER BY" in step], plan


@pytest.mark.skipif(bool(SERVER), reason="PostgreSQL's planner reads tables as small as this one whole")
@pytest.mark.parametrize(("begins", "found"), [("0001", 10), ("person", 2970)], ids=["few", "many"])
def test_nor_where_accounts_are_found_by_a_surname(admin, many, engine, begins, found):
    """Where few begin so, an index of names is read and no row; where many do, not even that."""
    with plans(engine, "SELECT account.", "count(*)") as said:
        page = queries.users(read_session(), admin, Wanted(begins=begins), page=1, per_page=20)
    assert page.total_items == found
    scans = [str(row[-1]) for rows in said for row in rows]
    read = [step for step in scans if step.startswith(("SCAN person", "SCAN account"))]
    assert {step.partition(" USING ")[2] for step in read} == (
        set() if begins == "person" else {"COVERING INDEX ix_person_circle_id_folded_id"}
    )


@pytest.mark.skipif(bool(SERVER), reason="PostgreSQL's planner reads tables as small as this one whole")
def test_nor_where_somebody_is_looked_for_to_have_a_role(admin, many, engine):
    with plans(engine, "SELECT person.") as said:
        assert len(queries.candidates(read_session(), admin, "person 0010")) == 9  # one is in the bin
    for rows in said:
        plan = [str(row[-1]) for row in rows]
        assert not READ_WHOLE & set(plan), plan
        assert not [step for step in plan if "(deleted_at=?)" in step], plan


@pytest.mark.skipif(bool(SERVER), reason="PostgreSQL's planner reads tables as small as this one whole")
def test_nor_where_a_surname_is(admin, many, engine):
    """What stands in the middle of names is found by reading an index of them, and no row."""
    with plans(engine, "SELECT person.") as said:
        assert len(queries.candidates(read_session(), admin, "0010")) == 10  # 00101 to 00109, and 00010
    plan = [str(row[-1]) for row in said[1]]
    assert not READ_WHOLE & set(plan), plan
    assert [step for step in plan if step.startswith(("SCAN person", "SCAN account"))] == [
        "SCAN person_1 USING COVERING INDEX ix_person_circle_id_folded_id"
    ]


@contextmanager
def plans(engine, *beginnings):
    """Ask the database how it would answer what the block asks it: a list of rows for each statement."""
    said, found = [], []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if any(one in statement for one in beginnings):
            said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert said
    with engine.connect() as connection:
        for statement, parameters in said:
            found.append(list(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)))
