"""docs/api.md is true: what it shows to copy is run as it stands there, and answers fit their schemas."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from kinkeeper.features.accounts.schemas.circles import CircleOut
from kinkeeper.features.exchanges.models import Exchange
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer
from tests.factories import make_account, make_exchange, make_token
from tests.factories.accounts import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """What the page shows in this language."""
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def olga(stage):
    with stage() as session:
        make_account(session, "Ada", is_admin=True)
        return make_account(session, "Olga")


@contextmanager
def served(app) -> Iterator[str]:
    """The house on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(*command: str, **known: str) -> str:
    """Run it to its end; what it says."""
    done = subprocess.run(
        command, env={**os.environ, **known}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_shell_s_examples_run_one_after_the_other(app, olga, session, stage):
    """They change what they have made, and nothing that was there before."""
    with stage() as staged:
        make_exchange(
            staged, people=0, organiser=olga, title="Real", budget="as ever", gifts_on=date(2031, 1, 1)
        )
    script = "\n".join(["set -eu", *blocks("sh")])
    assert script.count("curl") == 6
    with served(app) as address:
        said = run("bash", "-c", script, KINKEEPER=address, EMAIL="olga@example.org", PASSWORD=PASSWORD)
    assert '"budget":"around £20"' in said
    budgets = {one.title: one.budget for one in session.query(Exchange)}
    assert budgets == {"Christmas": "around £20", "Real": "as ever"}
    assert session.query(Exchange).count() == 2  # begun twice by one key


def test_the_client_runs(app, olga, session):
    [program] = blocks("python")
    with served(app) as address:
        said = run(sys.executable, "-c", program, KINKEEPER=address, TOKEN=make_token(olga, "Client", days=1))
    assert "Easter eggs open" in said
    assert session.query(Exchange).count() == 1


def test_answers_that_it_shows_fit_their_schemas():
    thing, page, refusal = blocks("json")
    assert Answer[CircleOut].model_validate_json(thing)
    assert PageAnswer[CircleOut].model_validate_json(page)
    assert ErrorAnswer.model_validate_json(refusal)


def test_it_names_every_resource_and_what_can_be_done_with_it(client_of):
    paths = client_of().get("/api/v1/openapi.json").json["paths"]
    rows = dict(re.findall(r"^\| `/api/v1/(\w+)` \| (.*)", PAGE, re.MULTILINE))
    words = {tuple(re.findall(r"/([\w-]+)", path))[2:4] for path in paths}
    assert {said[0] for said in words} == rows.keys()
    assert [said for said in words if len(said) > 1 and f"`{said[1]}`" not in rows[said[0]]] == []
