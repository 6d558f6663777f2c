"""Refusals in one shape: a page for people, the envelope for programs; logs, notices, looks."""

from __future__ import annotations

import re

import pytest
import structlog
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, TimeoutError  # noqa: A004 - the pool's

from kinkeeper.app import requests
from kinkeeper.kernel import clock, errors
from kinkeeper.kernel.crypto import BrokenSeal
from kinkeeper.platform.logs import mask_path, mask_secrets
from kinkeeper.web.forms import Form
from kinkeeper.web.problems import lead_on
from tests.factories import make_account, make_exchange
from tests.integration.web.support import bearer, fill_in, form_token


@pytest.fixture
def olga(stage, admin):
    with stage() as session:
        return make_account(session, "Olga")


class Full(errors.Conflict):
    code = "test.full"
    message = "No room for %(name)s."
    remedy = "Try the garden."


PROBLEMS = [
    (errors.NotFound(), 404, "NOT_FOUND"),
    (errors.Forbidden(), 403, "FORBIDDEN"),
    (errors.Conflict(), 409, "CONFLICT"),
    (Full(name="Ana"), 409, "test.full"),
    (errors.Invalid(), 422, "VALIDATION_ERROR"),
    (errors.Gone(), 410, "GONE"),
    (errors.TooMany(retry_after=17), 429, "RATE_LIMIT_EXCEEDED"),
    (errors.Unavailable(), 503, "SERVICE_UNAVAILABLE"),
    (BrokenSeal("canary"), 503, "SEAL_BROKEN"),
    (IntegrityError("INSERT canary", {}, Exception("canary")), 409, "CONFLICT"),
    (RuntimeError("canary"), 500, "INTERNAL_ERROR"),
]


def raising(problem):
    def view(**_values):
        raise problem

    return view


@pytest.mark.parametrize(("problem", "status", "code"), PROBLEMS)
def test_a_page_tells_a_person(app, client_of, olga, problem, status, code):
    """2.5: what happened, what to do, a way on; nothing from inside."""
    app.view_functions["exchanges.index"] = raising(problem)
    page = client_of(olga).get("/exchanges")
    assert page.status_code == status
    assert page.content_type == "text/html; charset=utf-8"
    assert "canary" not in page.text
    assert "Traceback" not in page.text
    assert '<a class="button' in page.text
    if code == "test.full":
        assert "No room for Ana." in page.text
        assert "Try the garden." in page.text


SUMMARY = "{% import 'macros/forms.html' as forms %}{{ forms.summary(form) }}"


@pytest.mark.parametrize(
    ("problem", "said", "leads_on"),
    [
        (Full(name="Ana"), "No room for Ana. Try the garden.", True),
        (errors.Forbidden(), "You may not do that.", False),
    ],
)
def test_a_form_that_comes_back_says_what_to_do_and_leads_there(app, problem, said, leads_on):
    """2.5: where the refusal has no remedy, the page's other way is none."""
    with app.test_request_context("/garden", method="POST"):
        lead_on("/garden", "The garden")
        form = Form()
        with form.problems():
            raise problem
        shown = app.jinja_env.from_string(SUMMARY).render(form=form)
    assert f"<li>{said}</li>" in shown
    assert ('<a href="/garden">The garden</a>' in shown) is leads_on


@pytest.mark.parametrize(("problem", "status", "code"), PROBLEMS)
def test_the_envelope_tells_a_program(app, client_of, olga, problem, status, code):
    """Seed 004."""
    app.view_functions["exchanges_api.list_exchanges"] = raising(problem)
    answer = client_of(None).get("/api/v1/exchanges", headers=bearer(olga))
    assert answer.status_code == status
    assert set(answer.json) == {"status", "error", "metadata"}
    assert answer.json["error"]["code"] == code
    assert answer.json["metadata"]["request_id"] == answer.headers["X-Request-ID"]
    assert "canary" not in answer.text


@pytest.mark.parametrize(
    ("problem", "wait"), [(errors.TooMany(retry_after=17), "17"), (errors.Unavailable(), "5")]
)
def test_a_busy_house_says_when_to_come_back(app, client_of, olga, problem, wait):
    app.view_functions["exchanges.index"] = raising(problem)
    assert client_of(olga).get("/exchanges").headers["Retry-After"] == wait


def test_a_constraint_without_a_named_problem_is_logged_as_our_defect(app, client_of, olga):
    """2.5."""
    app.view_functions["exchanges.index"] = raising(IntegrityError("INSERT", {}, Exception("uq_canary")))
    with structlog.testing.capture_logs() as logged:
        client_of(olga).get("/exchanges")
    assert any(line["log_level"] == "error" and "uq_canary" in str(line) for line in logged)


def said_with(sqlstate: str) -> Exception:
    """What PostgreSQL's driver raises with this state."""
    fault = Exception("canary")
    fault.sqlstate = sqlstate
    return fault


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (OperationalError("SELECT 1", {}, Exception("database is locked")), 503),
        (OperationalError("SELECT 1", {}, Exception("database or disk is full")), 503),
        (OperationalError(None, None, Exception("connection refused")), 503),
        (TimeoutError("the pool is empty"), 503),
        (DBAPIError("SELECT 1", {}, said_with("57014")), 503),
        (DBAPIError("SELECT 1", {}, said_with("53300")), 503),
        (DBAPIError("SELECT canary", {}, said_with("25006")), 500),
        (DBAPIError("SELECT canary", {}, Exception("canary is locked")), 500),
        (OperationalError("SELECT canary", {}, Exception("no such column: canary")), 500),
    ],
)
def test_a_page_that_only_reads_says_when_the_database_cannot_answer(app, client_of, olga, trouble, status):
    """2.5: what passes is worth another try; what does not is our defect, and neither tells of the inside."""
    app.view_functions["exchanges.index"] = raising(trouble)
    answer = client_of(olga).get("/exchanges")
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) is (status == 503)
    assert b"canary" not in answer.data


def test_unknown_pages_and_methods_are_answered_in_kind(client_of, admin):
    client = client_of(None)
    assert client.get("/nothing").status_code == 404
    assert client.get("/nothing").content_type == "text/html; charset=utf-8"
    assert client.get("/api/v1/nothing").json["error"]["code"] == "NOT_FOUND"
    refused = client.put("/sign-out")
    assert (refused.status_code, "POST" in refused.headers["Allow"]) == (405, True)
    assert client.put("/health").json["error"]["code"] == "METHOD_NOT_ALLOWED"


def test_too_large_and_too_many_are_refused_before_they_are_read(client_of, admin):
    """A-39, T-43: body, and number of fields."""
    client = client_of(None)
    token = form_token(client)
    large = client.post("/sign-in", data={"csrf_token": token, "email": "x" * 1_000_001})
    assert large.status_code == 413
    part = '--cut\r\nContent-Disposition: form-data; name="f{}"\r\n\r\nx\r\n'
    body = "".join(part.format(number) for number in range(5000)) + "--cut--\r\n"
    many = client.post("/sign-in", data=body, content_type="multipart/form-data; boundary=cut")
    assert many.status_code == 413
    assert "too large" in many.text


def test_each_answer_has_a_name_of_our_own_making(client_of, admin):
    """A caller's own id could be anything."""
    answer = client_of(None).get("/sign-in", headers={"X-Request-ID": "evil\r\nname"[:4]})
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", answer.headers["X-Request-ID"])


# --- the line that a request leaves in the log -------------------------------------------------


@pytest.fixture
def lines(monkeypatch):
    """What requests write down, whatever the log's format is."""
    said: list[dict] = []
    monkeypatch.setattr(
        requests,
        "log",
        type(
            "Log", (), {"info": lambda _self, message, **fields: said.append({"message": message, **fields})}
        )(),
    )
    return said


def test_a_request_leaves_one_line_without_query_or_token(client_of, olga, lines):
    """C-34, A-69."""
    client = client_of(olga)
    client.get("/exchanges?page=1&canary=query", headers={"Referer": "http://kinkeeper.test/canary-referrer"})
    (line,) = lines
    assert line["message"] == "Request served"
    assert line["user_id"] == str(olga.account_id)
    assert (line["method"], line["path"], line["status_code"]) == ("GET", "/exchanges", 200)
    assert line["ip_address"] == "127.0.0.1"
    assert line["execution_time_ms"] >= 0
    assert "canary" not in str(line)
    assert client.get_cookie("kk_account", domain="kinkeeper.test").value not in str(line)


@pytest.mark.parametrize("kind", ["set-up", "reset", "confirm", "ready", "enter"])
def test_no_link_s_secret_is_written_down(client_of, admin, lines, kind):
    """C-34: tokens are in paths."""
    secret = "Canary_-" * 5 + "abc"
    client_of(None).get(f"/{kind}/{secret}")
    assert [line["path"] for line in lines] == [f"/{kind}/***"]


def test_a_failed_sign_in_writes_down_no_password_and_no_address(client_of, admin, lines):
    """A-69."""
    client = client_of(None)
    fill_in(client, "/sign-in", email="canary@example.org", password="canary-password")
    assert "canary" not in str(lines)


def test_probes_fill_no_log(client_of, engine, lines):
    for path in ("/health", "/livez", "/readiness"):
        client_of(None).get(path)
    assert lines == []


def test_ids_stay_readable_and_tokens_do_not():
    assert mask_path("/exchanges/0197a230-d512-7e0c-bc81-4bd382d5774f/rules").count("*") == 0
    assert mask_path("/enter/" + "a" * 43) == "/enter/***"
    assert mask_path("/join/abcdefghjkmn") == "/join/abcdefghjkmn"


def test_whatever_is_named_like_a_secret_is_blanked():
    """C-34."""
    event = {"event": "x", "password": "p", "access_token": "t", "Cookie": "c", "path": "/"}
    assert mask_secrets(None, "info", event) == {
        "event": "x",
        "password": "***",
        "access_token": "***",
        "Cookie": "***",
        "path": "/",
    }


# --- notices, theme and language ---------------------------------------------------------------


def test_a_notice_survives_one_redirect_and_is_shown_once(client_of, stage, olga):
    with stage() as session:
        exchange = make_exchange(session, people=3, organiser=olga)
    client = client_of(olga)
    fill_in(client, f"/exchanges/{exchange.id}/close")
    first, second = client.get("/exchanges"), client.get("/exchanges")
    assert "Nobody else can join now" in first.text
    assert "Nobody else can join now" not in second.text


def test_a_notice_is_not_lost_on_a_second_redirect(client_of, stage, olga):
    with stage() as session:
        exchange = make_exchange(session, people=3, organiser=olga)
    client = client_of(olga)
    client.post(f"/exchanges/{exchange.id}/close", data={"csrf_token": form_token(client)})
    client.post("/look", data={"csrf_token": _token(client), "theme": "dark"})
    assert "Nobody else can join now" in client.get("/exchanges").text


def _token(client) -> str:
    """A token without showing a page, which would show the notice."""
    from kinkeeper.web import security

    return security._csrf_for(client.get_cookie("kk_account", domain="kinkeeper.test").value)


@pytest.mark.parametrize("value", ["x", "AAAA", "é", "W3t9XQ==", "a" * 4000])
def test_a_forged_notice_says_nothing(client_of, admin, value):
    """It is signed: nobody puts words into our mouth."""
    client = client_of(None)
    client.set_cookie("kk_said", value, domain="kinkeeper.test")
    page = client.get("/sign-in")
    assert page.status_code == 200
    assert "data-notice=" not in page.text


@pytest.mark.parametrize("theme", ["dark", "light", "auto"])
def test_the_theme_is_remembered(client_of, admin, theme):
    client = client_of(None)
    answer = fill_in(client, "/look", theme=theme, next="/forgotten")
    assert (answer.status_code, answer.location) == (303, "/forgotten")
    page = client.get("/sign-in").text
    assert (f'data-theme="{theme}"' in page) is (theme != "auto")


def test_an_unknown_theme_or_language_changes_nothing(client_of, admin):
    client = client_of(None)
    fill_in(client, "/look", theme='"><script>')
    fill_in(client, "/language", language="xx")
    client.set_cookie("kk_theme", '"><script>', domain="kinkeeper.test")
    client.set_cookie("kk_language", "../../x", domain="kinkeeper.test")
    page = client.get("/sign-in").text
    assert '<html lang="en" dir="ltr">' in page


def test_the_language_is_the_one_chosen_else_the_browser_s_else_the_house_s(client_of, admin):
    client = client_of(None)
    assert '<html lang="en"' in client.get("/sign-in").text
    assert '<html lang="it"' in client.get("/sign-in", headers={"Accept-Language": "it-IT,de;q=0.5"}).text
    assert '<html lang="en"' in client.get("/sign-in", headers={"Accept-Language": "fi"}).text
    answer = fill_in(client, "/language", language="de", next="//evil.example")
    assert answer.location == "/"
    assert '<html lang="de"' in client.get("/sign-in", headers={"Accept-Language": "it"}).text


def test_health_tells_nothing_of_the_inside(client_of, engine):
    """C-20, A-63."""
    health, ready = client_of(None).get("/health"), client_of(None).get("/readiness")
    assert set(health.json) == {"status", "timestamp", "service"}
    assert health.json["status"] == "healthy"
    assert (ready.status_code, ready.json["status"]) == (200, "ready")
    assert set(ready.json["checks"]) == {"database", "disk_space"}
    assert "version" not in health.text + ready.text


def test_a_house_with_another_version_s_tables_is_not_ready(client_of, stage):
    from sqlalchemy import text

    with stage() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    try:
        answer = client_of(None).get("/readiness")
        assert (answer.status_code, answer.json["status"]) == (503, "unready")
        assert client_of(None).get("/health").status_code == 200
    finally:
        from kinkeeper.app.schema import CURRENT

        with stage() as session:
            session.execute(text("UPDATE alembic_version SET version_num = :now"), {"now": CURRENT})


def test_asking_whether_the_house_is_ready_leaves_nothing_behind(client_of, engine):
    """Anybody may ask, as often as they like."""
    commits: list[object] = []
    note = commits.append
    event.listen(engine, "commit", note)
    try:
        assert client_of(None).get("/readiness").status_code == 200
    finally:
        event.remove(engine, "commit", note)
    assert commits == []


def test_health_does_not_ask_the_database(client_of, engine, queries_at_most):
    """Nor does it before anybody has set the house up."""
    with queries_at_most(0):
        assert client_of(None).get("/health").status_code == 200


def test_the_database_is_asked_once_a_second_at_most(client_of, engine, queries_at_most, monkeypatch):
    """Whoever asks takes the writers' turn for a moment."""
    seconds = [100.0]
    monkeypatch.setattr(clock, "ticks", lambda: seconds[0])
    client = client_of(None)
    for moment, most in ((100.0, 9), (100.9, 0), (101.0, 9)):
        seconds[0] = moment
        with queries_at_most(most) as said:
            assert client.get("/readiness").status_code == 200
        assert bool(said) is (most > 0)


def test_too_little_disk_makes_it_unready(settings, client_of):
    from kinkeeper.app.factory import create_app

    cramped = create_app(settings.model_copy(update={"least_disk": 2**62}))
    answer = cramped.test_client().get("/readiness")
    assert (answer.status_code, answer.json["checks"]["disk_space"]) == (503, {"status": "low"})
