"""Documentation at /api/docs, made from the document, with examples that run."""

from __future__ import annotations

import re
import shlex
from html import unescape

import pytest

from kinkeeper.web import faults
from tests.factories import make_account, make_exchange, make_token
from tests.factories.accounts import Browser


@pytest.fixture
def olga(stage):
    with stage() as session:
        make_account(session, "Ada", is_admin=True)
        return make_account(session, "Olga")


@pytest.fixture
def page(client_of, olga) -> str:
    return client_of(olga).get("/api/docs").text


def commands(page: str) -> dict[str, str]:
    """The examples, by what they do."""
    found = map(unescape, re.findall(r'<pre class="example" tabindex="0">(.*?)</pre>', page, re.DOTALL))
    return {" ".join(shlex.split(one)[2:4]): one for one in found}


def run(app, command: str, token: str, **gaps: object):
    """Do what the command says, as a shell with these variables would."""
    for name, value in {"TOKEN": token, **gaps}.items():
        command = command.replace(f"${{{name}}}", str(value))
    words = [word for word in shlex.split(command) if word.strip()]
    assert words[:2] == ["curl", "--request"]
    said = dict(zip(words[4::2], words[5::2], strict=True))
    headers = dict(re.findall(r"--header ['\"]?([\w-]+): ([^'\"\n]+)", command))
    app.test_client_class = Browser
    path = words[3].removeprefix("http://kinkeeper.test")
    return app.test_client().open(path, method=words[2], headers=headers, data=said.get("--data"))


def test_every_operation_of_the_document_is_there_with_an_example(app, page, client_of, olga):
    document = client_of(olga).get("/api/v1/openapi.json").json
    said = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert len(said) > 40
    assert {one for one in said if f"{one[0]} {one[1]}" not in unescape(page)} == set()
    assert len(commands(page)) == len(said)


def test_the_examples_run(app, page, olga, stage):
    """Token and ids are the shell's; the rest is sent as it stands there."""
    with stage() as session:
        exchange = make_exchange(session, organiser=olga)
    token, found = make_token(olga, "Examples", days=1), commands(page)
    base = "http://kinkeeper.test/api/v1/exchanges"
    assert run(app, found[f"GET {base}"], token).status_code == 200
    begun = run(app, found[f"POST {base}"], token)
    assert begun.status_code == 201, begun.text
    one = run(app, found[f"GET {base}/${{EXCHANGE_ID}}"], token, EXCHANGE_ID=exchange.id)
    assert one.json["data"]["id"] == str(exchange.id)


def test_no_example_is_refused_for_its_shape(app, page, olga, stage):
    """What an example sends fits the schema that it is made from, whatever else is in the way."""
    with stage() as session:
        exchange = make_exchange(session, organiser=olga)
    token, gaps = make_token(olga, "Examples", days=1), re.compile(r"\$\{(\w+_ID)\}")
    for name, command in commands(page).items():
        ids = dict.fromkeys(gaps.findall(command), exchange.id)
        assert run(app, command, token, **ids).status_code not in {400, 405, 415, 500}, name


def test_a_stranger_is_asked_to_sign_in(client_of, olga):
    """A-63, 13.4.5."""
    answer = client_of(None).get("/api/docs")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=/api/docs")


def test_it_says_fields_with_what_they_are_and_whether_they_must_be(page):
    assert "<code>title</code> *: string" in page
    assert "<code>closes_on</code> *: date" in page
    assert "<code>most_people</code>: integer or null" in page
    assert "422 Unprocessable" in page


def part(page: str, call: str) -> str:
    """What the page says of one call."""
    return unescape(page).partition(f">{call}</span>")[2].partition("</details>")[0]


def test_it_says_what_comes_back(page):
    """No reader knows the names that schemas have inside."""
    one, some = part(page, "GET /api/v1/people/{person_id}"), part(page, "GET /api/v1/people")
    assert "In data</h3>" in one
    assert "In data, for each of the list" in some
    for said in (one, some):
        for line in (
            "<code>birthday</code>: string or null",
            "<code>guardians</code>: list of object",
            "<code>guardians[].name</code>: string",
        ):
            assert line in said
    assert "In data" not in part(page, "DELETE /api/v1/people/{person_id}")
    assert not re.findall(r"\w+Answer\b|Answer_\w+|\b\w+Out\b", page)


def test_prose_of_the_document_is_read_as_prose(page, client_of, olga):
    """No line breaks or backticks of whoever wrote it stand in the text."""
    paths = client_of(olga).get("/api/v1/openapi.json").json["paths"].values()
    said = [one.get("description", "") for path in paths for one in path.values()]
    assert any("`" in one for one in said)
    assert not any("<br" in one for one in said)
    shown = re.findall(r'<p lang="en">(.*?)</p>', page, re.DOTALL)
    assert len(shown) == len(said)
    assert any("<code>" in one for one in shown)
    assert not any("`" in one or "&lt;" in one for one in shown)


def test_it_explains_itself(page):
    """A table of contents, the star, what surrounds every answer, and one name for the token."""
    links = re.findall(r'href="#([\w-]+)"', page)
    assert {"answers", "people", "exchanges", "auth"} <= set(links)
    assert [link for link in links if f'id="{link}"' not in page] == []
    assert "marked with a star (*) must be sent" in page
    assert '"has_next": false' in unescape(page)
    assert faults.MISSING in page, "the refusal that is shown says what one says"
    assert "export TOKEN=…" in page
    assert "KINKEEPER_TOKEN" not in page


def test_it_runs_nothing_of_anybody_else_s(page):
    """C-8: no bundle, no script of its own."""
    assert not re.findall(r'(?:src|href)="https?://(?!kinkeeper\.test)', page)
    assert "style=" not in page
