"""RS-158: what may be wrong with a house, and what to do about it; nothing is changed."""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime, timedelta

import pytest

from kinkeeper.app.doctor import examine
from kinkeeper.kernel.config import Settings
from kinkeeper.kernel.crypto import Keys
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.setting_files import PREFIX
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.jobs.queue import ErrandRow, Progress, SweepSlot
from kinkeeper.platform.keys import MasterKey
from tests.conftest import SERVER
from tests.integration.app.test_start import ONE, OTHER, embedded, kinkeeper

PARTS = ("database", "clock", "worker", "address", "mail", "disk")
WELL = {
    "base_url": "https://party.example.org",
    "trusted_proxies": "1",
    "least_disk": "1MiB",
}


@pytest.fixture
def house(engine, stage, tmp_path):
    """A house with the secret ONE, whose worker has just been at work."""
    with stage() as session:
        key_id = Keys(ONE.encode()).key_id
        session.add(MasterKey(generation=1, key_id=key_id, since_at=datetime(2026, 12, 1, tzinfo=UTC)))
        session.add(slot(timedelta(minutes=5)))
    return {"data": tmp_path, "database_url": engine.url.render_as_string(hide_password=False), "secret": ONE}


def slot(ago: timedelta) -> SweepSlot:
    moment = datetime.now(UTC) - ago  # noqa: TID251 - the command's clock is the real one
    return SweepSlot(name="x", slot=moment, leased_until=moment, finished_at=moment)


@pytest.fixture
def ask(house):
    """`ask(setting=…)` is what the doctor finds, by part the worst, and the exit status."""

    def run(**settings: object) -> tuple[dict[str, dict[str, str]], int]:
        done = kinkeeper("doctor", "--json", **{**house, **WELL, **settings})
        found = sorted(
            json.loads(done.stdout), key=lambda one: ("wrong", "warning", "ok").index(one["state"])
        )
        return {one["part"]: one for one in reversed(found)}, done.returncode

    return run


def test_all_is_well(ask, tmp_path):
    found, status = ask(mail_url=f"file:{tmp_path / 'letters'}", mail_from="Us <us@example.org>")
    assert {part: one["state"] for part, one in found.items()} == dict.fromkeys(
        ("database", "address", "mail", "disk", "clock", "worker"), "ok"
    )
    assert status == 0
    assert not (tmp_path / "letters").exists(), "it has written"


def test_an_old_secret_that_is_left_is_told(ask):
    """C-1: it opens what it sealed, for whoever has it."""
    found, status = ask(secrets_old=OTHER)
    assert "rotate-key --finish" in found["secret"]["remedy"]
    assert status == 0


def test_it_says_so_to_people_too(house):
    done = kinkeeper("doctor", **house)
    assert (
        "! Letters stay in the house's own mailbox: nobody gets mail.\n  Set KINKEEPER_MAIL_URL"
        in done.stdout
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("settings", "part", "words"),
    [
        ({"base_url": ""}, "address", "only this computer can open"),
        ({"base_url": "http://party.example.org"}, "address", "read along"),
        ({"trusted_proxies": "0"}, "address", "KINKEEPER_TRUSTED_PROXIES"),
        ({}, "mail", "nobody gets mail"),
        ({"mail_url": "console:"}, "mail", "KINKEEPER_MAIL_FROM"),
        ({"admin_email": "o@example.org", "admin_password": "plum basket"}, "settings", "Unset it"),
    ],
)
def test_what_could_be_better_is_a_warning(ask, settings, part, words):
    found, status = ask(**settings)
    assert found[part]["state"] == "warning"
    assert words in found[part]["message"] + found[part]["remedy"]
    assert status == 0


def test_a_mail_server_that_does_not_answer_is_wrong(ask):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        port = nobody.getsockname()[1]
        found, status = ask(mail_url=f"smtp://127.0.0.1:{port}?tls=none", mail_from="us@example.org")
    assert found["mail"]["state"] == "wrong"
    assert f"127.0.0.1:{port}" in found["mail"]["message"]
    assert status == 1


def test_a_folder_for_letters_that_cannot_be_is_wrong(ask, tmp_path):
    (tmp_path / "file").write_text("")
    found, status = ask(mail_url=f"file:{tmp_path / 'file' / 'letters'}", mail_from="us@example.org")
    assert (found["mail"]["state"], status) == ("wrong", 1)


def test_a_full_disk_is_wrong(ask):
    found, status = ask(least_disk="900PiB")
    assert (found["disk"]["state"], status) == ("wrong", 1)


def test_another_secret_is_wrong(ask):
    found, status = ask(secret=OTHER)
    assert "not the secret that the database was made with" in found["database"]["message"]
    assert (found["database"]["state"], status) == ("wrong", 1)


def test_a_worker_that_does_nothing_is_noticed(ask, stage, session):
    with stage() as staged:
        staged.query(SweepSlot).delete()
        staged.add(slot(timedelta(hours=1)))
    found, _ = ask()
    assert "No worker" in found["worker"]["message"]


def test_letters_and_errands_that_were_given_up_are_noticed(ask, stage):
    with stage() as staged:
        moment = datetime(2026, 12, 1, tzinfo=UTC)
        staged.add(
            ErrandRow(
                id=new_id(),
                kind="x",
                fields={},
                state=Progress.DEAD,
                due_at=moment,
            )
        )
    found, _ = ask()
    assert "given up" in found["worker"]["message"]


@pytest.mark.skipif(bool(SERVER), reason="a server has a clock of its own to compare with")
def test_a_clock_that_was_set_back_is_wrong(ask, stage):
    ahead = datetime.now(UTC) + timedelta(days=1)  # noqa: TID251 - the command's clock is the real one
    with stage() as staged:
        staged.add(AuditEntry(at=ahead, actor_name="Olga", action="x", details={}))
    found, status = ask()
    assert (found["clock"]["state"], status) == ("wrong", 1)


@embedded
def test_where_there_is_no_house_none_is_made(tmp_path):
    done = kinkeeper("doctor", data=tmp_path / "house")
    assert "There is no house" in done.stdout
    assert done.returncode == 0
    assert not (tmp_path / "house").exists()


@embedded
def test_a_secret_that_others_can_read_is_noticed(tmp_path):
    new = tmp_path / "house"
    assert kinkeeper("migrate", data=new).returncode == 0
    (new / "secret.key").chmod(0o644)
    assert f"chmod 600 {new / 'secret.key'}" in kinkeeper("doctor", data=new).stdout


@pytest.mark.skipif(not SERVER, reason="SQLite takes no connections")
def test_more_connections_than_the_server_has_are_noticed(ask):
    """C-21."""
    found, _ = ask(threads="256")
    assert "connections" in found["database"]["message"]


def test_the_settings_of_this_machine_do_not_matter(monkeypatch, tmp_path):
    """What is examined is handed in, as everywhere."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    found = examine(Settings(data=tmp_path / "nothing", base_url="https://party.example.org"))
    assert [one.part for one in found] == ["database", "address", "mail"]
