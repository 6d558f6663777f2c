"""A whole house for every journey: web, worker, database and mail, reached as people reach it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.mail import Sink

SERVER = os.environ.get("KINKEEPER_TEST_DATABASE_URL", "")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@dataclass
class House:
    """A running `kinkeeper serve`."""

    address: str
    process: subprocess.Popen[str]
    output: Path
    environment: dict[str, str] = field(repr=False)

    @property
    def set_up_link(self) -> str:
        """The one-time link that it printed."""
        found = re.search(rf"{re.escape(self.address)}/set-up/\S+", self.output.read_text())
        assert found, self.output.read_text()
        return found[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; each visitor gets a context of their own."""
    if CHROMIUM is None:
        pytest.fail("these journeys need Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`visitor()` answers a new person's page on a phone; what the browser complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def arrive(*, script: bool = True, screen: dict[str, int] = PHONE, scheme: str = "light") -> Page:
        context = chromium.new_context(
            java_script_enabled=script, viewport=screen, color_scheme=scheme, locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield arrive
    for context in contexts:
        context.close()
    expected = re.compile(r"Failed to load resource: the server responded with a status of (4|503)")
    assert [said for said in complaints if not expected.search(said)] == []


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database: a file, or a schema of its own on the server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'house.sqlite'}"
        return
    if not SERVER:
        pytest.skip("no PostgreSQL: set KINKEEPER_TEST_DATABASE_URL")
    from sqlalchemy import create_engine, make_url, text

    schema, engine = f"kinkeeper_browser_{os.getpid()}", create_engine(SERVER)
    with engine.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    url = make_url(SERVER).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
    engine.dispose()


@pytest.fixture
def open_house(database: str, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """`open_house("--demo", mail_url=…)` starts `kinkeeper serve` on a free port, and waits for it."""
    houses: list[House] = []

    def start(*options: str, **settings: str) -> House:
        port = free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KINKEEPER_")},
            "KINKEEPER_DATA": str(tmp_path / "data"),
            "KINKEEPER_DATABASE_URL": database,
            "KINKEEPER_SECRET": "9b1f" * 4 + "7c3e58a2d460" * 5,
            "KINKEEPER_PORT": str(port),
            **{f"KINKEEPER_{name.upper()}": value for name, value in settings.items()},
        }
        output = tmp_path / "serve.log"
        with output.open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "kinkeeper", "serve", *options],
                stdout=log,
                stderr=log,
                env=environment,
                text=True,
            )
        house = House(f"http://127.0.0.1:{port}", process, output, environment)
        houses.append(house)
        wait_until_ready(house, port)
        return house

    yield start
    for house in houses:
        house.process.terminate()
        house.process.wait(30)


@pytest.fixture
def sink() -> Iterator[tuple[str, Sink]]:
    """A real SMTP server on this machine: its URL, and what it has been handed."""
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}?tls=none", handler
    controller.stop()


def wait_until_ready(house: House, port: int) -> None:
    """Wait until the house takes connections."""
    patience = time.monotonic() + 30
    while time.monotonic() < patience:
        assert house.process.poll() is None, house.output.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(house.output.read_text())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
