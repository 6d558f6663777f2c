"""A page of accounts costs the same however many there are: indexes find it, nothing is read whole."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, insert

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, Circle, Person
from kinkeeper.features.accounts.queries import Wanted
from kinkeeper.kernel.work import read_session
from tests.conftest import SERVER
from tests.factories.accounts import LONG_AGO

MANY = 3_000


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


WAYS = [
    Wanted(),
    Wanted(newest_first=False),
    Wanted(is_active=True),
    Wanted(is_deleted=True),
    Wanted(begins="p0001"),
    Wanted(begins="person 0001"),
    Wanted(begins="p0001", is_active=True),
]


@pytest.mark.skipif(bool(SERVER), reason="PostgreSQL's planner reads tables as small as this one whole")
@pytest.mark.parametrize("wanted", WAYS, ids=str)
def test_no_table_is_read_from_end_to_end(admin, many, engine, wanted):
    """Checked by what the database says it would do."""
    said = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if statement.startswith("SELECT account.") or "count(*)" in statement:
            said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        queries.users(read_session(), admin, wanted, page=1, per_page=20)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert said
    with engine.connect() as connection:
        for statement, parameters in said:
            rows = list(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
            plan = [str(row[-1]) for row in rows]
            assert not {"SCAN account", "SCAN person", "SCAN account_1"} & set(plan), plan
            if wanted.begins:
                assert not [step for step in plan if "(deleted_at=?)" in step], plan  # nearly everybody
            else:
                within = [str(row[-1]) for row in rows if row[1]]  # the page's own few are sorted outside
                assert not [step for step in within if "FOR ORDER BY" in step], plan
