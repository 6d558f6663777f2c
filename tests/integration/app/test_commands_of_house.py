"""Commands that look at a house: which version its tables are, which addresses it has, and a prompt."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kinkeeper.app.schema import CURRENT, VERSIONS
from tests.integration.app.test_start import embedded, kinkeeper


@pytest.fixture
def house(tmp_path):
    assert kinkeeper("migrate", data=tmp_path).returncode == 0
    return tmp_path


@embedded
def test_migrate_tells_the_version_without_making_a_house(tmp_path):
    """RS-141."""
    new = tmp_path / "new"
    assert kinkeeper("migrate", "--current", data=new).stdout == "-\n"
    asked = kinkeeper("migrate", "--check", data=new)
    assert (asked.returncode, asked.stdout) == (1, "Run this first: kinkeeper migrate\n")
    assert not new.exists()


@embedded
def test_migrate_tells_the_version_of_a_house(house):
    assert kinkeeper("migrate", "--current", data=house).stdout == f"{CURRENT}\n"
    asked = kinkeeper("migrate", "--check", data=house)
    assert (asked.returncode, asked.stdout) == (0, "The database is up to date.\n")


@embedded
def test_migrate_lists_every_version(tmp_path):
    told = kinkeeper("migrate", "--history", data=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in told] == list(reversed(VERSIONS))
    rows = json.loads(kinkeeper("migrate", "--history", "--json", data=tmp_path).stdout)
    assert [f"{row['version']}  {row['purpose']}" for row in rows] == told
    assert kinkeeper("migrate", "--json", data=tmp_path / "new").returncode == 2
    assert not (tmp_path / "new").exists()


@embedded
def test_routes_tells_whom_every_address_lets_in(house):
    """RS-157."""
    told = json.loads(kinkeeper("routes", "--json", data=house).stdout)
    access = {(row["path"], *row["methods"]): row["access"] for row in told}
    assert access["/admin/mailbox", "GET"] == "signed in"
    assert access["/api/v1/exchanges", "POST"] == "api"
    assert access["/health", "GET"] == "public"
    lines = kinkeeper("routes", data=house).stdout.splitlines()
    assert len(lines) == len(told)
    assert any(line.split() == ["GET", "/health", "public"] for line in lines)


@embedded
def test_a_prompt_reads_what_is_there(house):
    done = subprocess.run(
        [sys.executable, "-m", "kinkeeper", "shell"],
        input="from sqlalchemy import text\nprint('has', read_session().scalar(text('SELECT 41 + 1')))\n",
        env={"KINKEEPER_DATA": str(house), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "has 42" in done.stdout
