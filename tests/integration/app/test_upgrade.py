"""A house of every release so far opens under this one, with everything that was in it (G-B7)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine, func, inspect, make_url, select, text

from kinkeeper.app import migrate
from kinkeeper.app.tables import METADATA
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Assignment, Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.kernel import crypto, db
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform import links
from kinkeeper.platform.mail import letters
from kinkeeper.platform.mail.outbox import OutboxLetter
from tests.conftest import MASTER, SERVER

RELEASES = Path(__file__).parents[2] / "releases"
SECRET = b"a release is kept with this key: 7f3c9e1b5d"
KIND = "postgresql" if SERVER else "sqlite"
DUMPS = sorted(RELEASES.glob(f"*.{KIND}.sql"))


FORGET_A_LINK = """
    DELETE FROM link
    WHERE id = (SELECT id FROM outbox_letter WHERE kind LIKE 'exchanges.%' ORDER BY id LIMIT 1)
"""
"""Links are forgotten 30 days after their end, letters 90 days after they were written."""

BEFORE = "before@example.net"
TO_ELSEWHERE = f"""
    UPDATE outbox_letter SET "to" = '{BEFORE}'
    WHERE id = (SELECT id FROM outbox_letter WHERE kind = 'exchanges.match_ready' ORDER BY id LIMIT 1)
"""


@pytest.fixture(params=DUMPS, ids=lambda path: path.name.removesuffix(f".{KIND}.sql"))
def upgraded(request, tmp_path):
    """The engine of a dumped house, a while later, after this release's migrations."""
    engine = _on_server(request.param) if SERVER else _on_file(request.param, tmp_path)
    crypto.unlock(SECRET)
    with engine.begin() as connection:
        connection.execute(text(FORGET_A_LINK))
        connection.execute(text(TO_ELSEWHERE))
    migrate.upgrade(engine)
    yield engine
    end_reading()
    crypto.unlock(MASTER)
    engine.dispose()
    if SERVER:
        _drop()


def test_there_is_a_dump_of_a_release():
    assert DUMPS


def test_the_tables_are_those_of_this_release(upgraded):
    with upgraded.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_checks_are_those_of_this_release(upgraded):
    """Alembic compares no checks; SQLite forgets them, or keeps old ones, where a table is made anew."""
    held = inspect(upgraded)
    for table in METADATA.sorted_tables:
        wanted = sorted(str(rule.name) for rule in table.constraints if isinstance(rule, CheckConstraint))
        assert sorted(rule["name"] for rule in held.get_check_constraints(table.name)) == wanted, table.name


def test_everybody_and_everything_is_still_there(upgraded):
    session = read_session()
    exchanges = {row.title: row for row in session.scalars(select(Exchange))}
    assert {"Christmas at the Olsens", "Midsummer surprise"} <= set(exchanges)
    drawn = exchanges["Midsummer surprise"]
    assert drawn.state is ExchangeState.DRAWN
    people = session.scalar(
        select(func.count()).select_from(Participant).where(Participant.exchange_id == drawn.id)
    )
    assert people == 5


def test_what_is_new_is_filled_in(upgraded):
    """Each exchange begins a series; letters are filed by the place they tell of: a purge finds them."""
    session = read_session()
    exchanges = session.scalars(select(Exchange)).all()
    assert len({row.series_id for row in exchanges}) == len(exchanges)
    assert {row.keep_days for row in exchanges} == {30}
    places = set(session.scalars(select(Participant.id)))
    told = session.scalars(select(OutboxLetter).where(OutboxLetter.kind.like("exchanges.%"))).all()
    assert told
    assert {letter.about_id for letter in told} <= places


def test_links_about_places_end_with_the_mailbox_they_went_to(upgraded):
    """T-7: until 0.2.0 only those of guardians named whose mailbox it was."""
    session = read_session()
    about = select(links.Link.reader_id, Participant.person_id).join(
        Participant, Participant.id == links.Link.subject_id
    )
    found = session.execute(about.where(Participant.person_id.is_not(None))).all()
    assert found
    assert all(row.reader_id is not None for row in found)
    assert any(row.reader_id == row.person_id for row in found)


def test_letters_that_wait_name_their_reader_whom_they_follow_to_another_mailbox(upgraded):
    """T-7: news of a match is not to get lost with its link. What goes to who had it before stays."""
    session = read_session()
    known = {row.email: row.id for row in session.scalars(select(Person))}
    waiting = select(OutboxLetter).where(OutboxLetter.kind == "exchanges.match_ready")
    named = {row.to: letters.unpack(row.kind, row.fields).reader_id for row in session.scalars(waiting)}
    assert len(named) == 5
    assert named.pop(BEFORE) is None
    assert named == {address: known[address] for address in named}


def test_what_was_sealed_opens_again(upgraded):
    session = read_session()
    salts = dict(session.execute(select(Participant.id, Participant.salt)).all())
    receivers = {
        sealing.unseal(row.draw_id, row.giver_id, salts[row.giver_id], row.receiver_sealed)
        for row in session.scalars(select(Assignment))
    }
    assert len(receivers) == 5


def _on_file(dump: Path, folder: Path):
    path = folder / "house.sqlite"
    connection = db.sqlite.connect(str(path))
    connection.executescript(dump.read_text())
    connection.close()
    return db.connect(f"sqlite:///{path}")


SCHEMA = f"kinkeeper_upgrade_{os.getpid()}"


def _on_server(dump: Path):
    engine = create_engine(SERVER)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        script = dump.read_text().replace("kinkeeper_release.", f"{SCHEMA}.")
        connection.exec_driver_sql(script.replace("%", "%%"))
    engine.dispose()
    url = make_url(SERVER).update_query_dict({"options": f"-csearch_path={SCHEMA}"})
    return db.connect(url.render_as_string(hide_password=False))


def _drop() -> None:
    engine = create_engine(SERVER)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))
    engine.dispose()
