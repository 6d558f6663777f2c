"""`make demo`: a house with an invented family in it, so that everything can be tried at once."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from sqlalchemy import func, select

from kinkeeper.app.demo import EMAIL, FAMILY, PASSWORD, invent_family
from kinkeeper.features.exchanges.models import Assignment, Exchange, ExchangeState, Participant
from tests.factories import make_account
from tests.integration.web.support import carry_letters, fill_in, fingerprint


@pytest.fixture
def demo(settings, engine):
    invent_family(settings)


def test_there_is_something_of_everything_to_look_at(demo, session, outbox):
    """One exchange that takes people, somebody who has not confirmed yet, and one whose names are drawn."""
    states = dict(session.execute(select(Exchange.state, Exchange.title)).all())
    assert states == {
        ExchangeState.OPEN: "Christmas at the Olsens",
        ExchangeState.DRAWN: "Midsummer surprise",
    }
    waiting = session.scalars(select(Participant.name).where(Participant.confirmed_at.is_(None)))
    assert list(waiting) == ["Astrid"]
    assert session.scalar(select(func.count()).select_from(Assignment)) == 5
    assert {letter.kind for letter in outbox()} == {"exchanges.confirm_joining", "exchanges.match_ready"}
    assert carry_letters() == len(outbox()), "every letter can be written out and delivered"


@pytest.mark.parametrize("month", range(1, 13))
def test_its_days_fit_their_names_whenever_it_is_started(settings, engine, session, now, month):
    now.moment = now.moment.replace(year=2027, month=month, day=20)
    invent_family(settings)
    days = dict(session.execute(select(Exchange.title, Exchange.gifts_on)).all())
    found = {title: (day.month, day.day) for title, day in days.items()}
    assert found == {"Christmas at the Olsens": (12, 24), "Midsummer surprise": (6, 24)}


def test_one_can_sign_in_with_what_it_prints_and_see_every_page(settings, client_of, capsys, session):
    invent_family(settings)
    printed = capsys.readouterr().out
    assert f"{settings.address}/sign-in" in printed
    client = client_of(None)
    email, password = (line.partition(": ")[2] for line in printed.strip().splitlines()[1:])
    assert fill_in(client, "/sign-in", email=email, password=password).status_code == 303
    carry_letters()
    for exchange_id in session.scalars(select(Exchange.id)):
        for page in ("", "/rules"):
            assert client.get(f"/exchanges/{exchange_id}{page}").status_code == 200
    for path in ("/", "/exchanges", "/account", "/admin/mailbox"):
        assert client.get(path).status_code == 200


def test_a_second_start_changes_nothing(demo, settings, session, capsys):
    before = fingerprint(session)
    invent_family(settings)
    assert fingerprint(session) == before
    assert PASSWORD in capsys.readouterr().out


def test_a_house_that_is_lived_in_stays_as_it_is(settings, stage, session):
    with stage() as staged:
        make_account(staged, "Olga", is_admin=True)
    before = fingerprint(session)
    invent_family(settings)
    assert fingerprint(session) == before


# --- and as people start it -------------------------------------------------------------------


@pytest.fixture
def served(engine, tmp_path):
    """`kinkeeper serve --demo` on a free port, over the test's own database; answers its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KINKEEPER_")}
    environment = {
        **kept,
        "KINKEEPER_DATA": str(tmp_path / "data"),
        "KINKEEPER_DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "KINKEEPER_SECRET": "9b1f" * 4 + "7c3e58a2d460" * 5,
        "KINKEEPER_PORT": str(port),
    }
    command, log = [sys.executable, "-m", "kinkeeper", "serve", "--demo"], tmp_path / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/readiness", process, log)
        yield address, log
    finally:
        process.terminate()
        process.wait(30)


def wait_for(address, process, log):
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        assert process.poll() is None, log.read_text()
        try:
            build_opener().open(address, timeout=5).close()
        except (HTTPError, OSError):
            time.sleep(0.05)
        else:
            return
    pytest.fail(log.read_text())


def test_make_demo_starts_a_house_with_people_in_it(served, session):
    """Web and worker run, and whoever signs in with what was printed is greeted with the exchanges."""
    address, log = served
    assert re.search(rf"{address}/sign-in\s+E-mail: {EMAIL}\s+Password: {PASSWORD}", log.read_text())
    browser = build_opener(HTTPCookieProcessor())
    page = browser.open(f"{address}/sign-in", timeout=30).read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = f"csrf_token={token}&email={EMAIL}&password={PASSWORD.replace(' ', '+')}"
    home = browser.open(f"{address}/sign-in", form.encode(), timeout=30).read().decode()
    assert "Christmas at the Olsens" in home
    assert "Midsummer surprise" in home
    assert session.scalar(select(func.count()).select_from(Participant)) == len(FAMILY) + 5
