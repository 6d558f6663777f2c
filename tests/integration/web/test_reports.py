"""C-8, T-6: browsers report what they refused; one masked line each, and nothing else happens."""

from __future__ import annotations

import json

import pytest
from structlog.testing import capture_logs

from kinkeeper.app import factory
from tests.factories.accounts import Browser, make_account

TOKEN = "pNq3vX0yJ8mWc5tRb7Kd2fHs9gLz4aUe6oBi1TnYxQk"
OLD = {
    "csp-report": {
        "document-uri": f"http://kinkeeper.test/ready/{TOKEN}?next=secret",
        "effective-directive": "script-src-elem",
        "blocked-uri": f"https://ana:{TOKEN}@evil.example/x.js?{TOKEN}",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": f"http://kinkeeper.test/reset/{TOKEN}",
            "effectiveDirective": "style-src-attr",
            "blockedURL": "inline",
        },
    }
]


@pytest.fixture
def post(app, stage):
    with stage() as session:
        make_account(session, "Ada", is_admin=True)
    app.test_client_class = Browser

    def send(body: object, mimetype: str = "application/csp-report"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        with capture_logs() as lines:
            answer = app.test_client().post("/csp-report", data=data, content_type=mimetype)
        return answer, [line for line in lines if line["event"] == "Content refused by a browser"]

    return send


@pytest.mark.parametrize(
    ("body", "mimetype", "page", "refused"),
    [
        (OLD, "application/csp-report", "http://kinkeeper.test/ready/", "https://evil.example/x.js"),
        (NEW, "application/reports+json", "http://kinkeeper.test/reset/", "inline"),
    ],
)
def test_a_report_is_one_line_without_a_token(post, body, mimetype, page, refused):
    answer, (line,) = post(body, mimetype)
    assert (answer.status_code, answer.data) == (204, b"")
    assert line["page"].startswith(page)
    assert line["refused"] == refused
    assert TOKEN not in str(line)
    assert "secret" not in str(line)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"[1, null, []]",
        b'{"csp-report": "x"}',
        b'{"csp-report": {"document-uri": 7}}',
    ],
)
def test_what_is_no_report_troubles_nobody(post, body):
    assert post(body)[0].status_code == 204


def test_nobody_writes_lines_of_their_own_into_the_log(post):
    """T-20: a line break, or a book."""
    facts = {
        "effective-directive": "x\n2026 [error] forged",
        "blocked-uri": "https://e.example/" + "y/" * 2_500,
    }
    _, (line,) = post({"csp-report": facts})
    assert line["directive"] == ""
    assert len(line["refused"]) <= 200


def test_one_body_writes_a_few_lines_at_most(post):
    _, lines = post([NEW[0]] * 50, "application/reports+json")
    assert len(lines) == 20


@pytest.mark.parametrize(
    ("body", "mimetype", "status"),
    [
        (b"x" * 10_001, "application/csp-report", 413),
        (b"{}", "application/json", 415),
        (b"{}", "text/plain", 415),
    ],
)
def test_what_is_too_large_or_something_else_is_refused(post, body, mimetype, status):
    answer, lines = post(body, mimetype)
    assert (answer.status_code, lines) == (status, [])


def test_it_needs_no_session_and_asks_the_database_nothing(post, queries_at_most):
    post(OLD)
    with queries_at_most(0):
        assert post(OLD)[0].status_code == 204


def test_a_flood_is_held_back_and_spends_nothing_of_the_pages(stage, settings):
    with stage() as session:
        make_account(session, "Ada", is_admin=True)
    app = factory.create_app(
        settings.model_copy(update={"pace_reports": "2/minute", "pace_visitors": "1/minute"})
    )
    app.test_client_class = Browser
    client, sent = app.test_client(), {"data": b"{}", "content_type": "application/csp-report"}
    assert [client.post("/csp-report", **sent).status_code for _ in range(3)] == [204, 204, 429]
    assert client.get("/sign-in").status_code == 200


@pytest.mark.parametrize(
    ("address", "directives", "endpoint"),
    [
        ("http://kinkeeper.test", ["report-uri /csp-report"], None),
        ("https://kinkeeper.test", ["report-uri /csp-report", "report-to csp"], 'csp="/csp-report"'),
    ],
)
def test_pages_tell_browsers_where_to_report(settings, engine, address, directives, endpoint):
    """Chromium knows endpoints over https alone; where http names one all the same, it reports nothing."""
    app = factory.create_app(settings.model_copy(update={"base_url": address}))
    answer = app.test_client().get("/nowhere", base_url=address)
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert [one for one in policy if one.startswith("report")] == directives
    assert answer.headers.get("Reporting-Endpoints") == endpoint
