"""What every call of the API has to be: 405, 406, 415, 400 and 422 before anything is looked at (T-43)."""

from __future__ import annotations

import time

import pytest

from tests.factories import make_account
from tests.integration.web.support import MISSING, bearer, fingerprint

API = "/api/v1/exchanges"


@pytest.fixture
def program(client_of, stage, admin):
    with stage() as session:
        olga = make_account(session, "Olga")
    client = client_of(None)
    client.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    return client


def code(answer) -> str:
    return answer.json["error"]["code"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", API, {"GET", "HEAD", "OPTIONS", "POST"}),
        ("PUT", f"{API}/{MISSING}", {"GET", "HEAD", "OPTIONS", "PATCH"}),
        ("GET", "/api/v1/auth/login", {"OPTIONS", "POST"}),
        ("GET", "/auth/login", {"OPTIONS", "POST"}),
        ("POST", "/api/v1/openapi.json", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_method_that_is_not_there_is_told_with_those_that_are(program, method, path, allowed):
    """RFC 9110, 15.5.6."""
    answer = program.open(path, method=method)
    assert (answer.status_code, code(answer)) == (405, "METHOD_NOT_ALLOWED")
    assert {name.strip() for name in answer.headers["Allow"].split(",")} == allowed


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/auth/nothing", "/api/", "/auth/"])
def test_an_address_that_is_not_there_is_told_in_json(program, path):
    assert code(program.get(path)) == "NOT_FOUND"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0", "image/*"])
@pytest.mark.parametrize("path", [API, "/auth/me"])
def test_who_takes_no_json_is_told_so(program, path, accept):
    answer = program.get(path, headers={"Accept": accept})
    assert (answer.status_code, code(answer)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*", "text/html, application/json;q=0.1", "", "text/html, */*;q=0.8"]
)
def test_who_takes_json_among_others_gets_it(program, accept):
    assert program.get(API, headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/vnd.api+json"},
        {"Content-Type": "text/json"},
        {"Content-Type": ""},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", [API, "/auth/login", "/api/v1/auth/refresh"])
def test_what_is_no_json_is_not_read(program, path, headers):
    """A page of another site can send such bodies without asking; programs send JSON."""
    answer = program.post(path, data=b'{"title": "x"}', headers=headers)
    assert (answer.status_code, code(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_is_read_however_its_kind_is_written(program, kind):
    answer = program.post(API, data=b"{}", headers={"Content-Type": kind})
    assert answer.status_code == 422


@pytest.mark.parametrize("path", [f"/api/v1/users/{MISSING}", f"{API}/{MISSING}", "/auth/me"])
def test_what_nobody_asked_for_in_the_address_is_refused(program, path):
    answer = program.get(f"{path}?debug=1")
    assert (answer.status_code, list(answer.json["error"]["details"])) == (422, ["debug"])


def test_what_is_said_twice_is_refused(program):
    answer = program.get(f"{API}?page=1&page=2")
    assert (answer.status_code, list(answer.json["error"]["details"])) == (422, ["page"])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"name": "Ana", "language": "en", "name": "Ben"}', ["name"]),
        (b'{"name": "Ana", "n\\u0061me": "Ana"}', ["name"]),
        (b'{"members": [{"x": {"role": "member", "role": "organiser"}}, {"x": 1}], "a": 1, "a": 2}', None),
        (b'{"name": "Ana", "n": ' + b"9" * 300 + b', "n": 1e308}', ["n"]),
    ],
)
def test_a_name_that_a_body_says_twice_is_refused(program, session, body, said):
    """A-15, A-66, RFC 8259, 4: the last one would count, and a proxy or a log may have read the first."""
    before = fingerprint(session)
    answer = program.post("/api/v1/circles", data=body, content_type="application/json")
    assert (answer.status_code, code(answer)) == (422, "VALIDATION_ERROR")
    assert sorted(answer.json["error"]["details"]) == (said or ["a", "role"])
    assert set(map(tuple, answer.json["error"]["details"].values())) == {("It is said more than once.",)}
    assert fingerprint(session) == before


def test_the_same_name_in_several_objects_of_a_body_is_said_once_in_each(program):
    body = {"name": {"name": 1, "list": [{"name": 2}, {"name": 3}]}}
    answer = program.post("/api/v1/circles", json=body)
    assert "It is said more than once." not in answer.text


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 500 + b"]" * 500])
def test_brackets_within_brackets_take_no_time(program, body, session):
    """T-43: below 200 ms, and nothing breaks."""
    before, began = fingerprint(session), time.perf_counter()
    answer = program.post(API, data=body, content_type="application/json")
    took = time.perf_counter() - began
    assert answer.status_code in {400, 422}
    assert took < 0.2
    assert fingerprint(session) == before


@pytest.mark.parametrize(("depth", "status"), [(20, 422), (22, 400)])
def test_a_body_may_be_twenty_deep(program, depth, status):
    body = b'{"a":' * depth + b"1" + b"}" * depth
    assert program.post(API, data=body, content_type="application/json").status_code == status


@pytest.mark.parametrize("body", [b'{"title": "x"', b"title=x", b"{'title': 'x'}", b"\xff", b"nothing"])
@pytest.mark.parametrize("path", [API, "/api/v1/circles"])
def test_what_breaks_off_is_said_to_be_no_json(program, path, body):
    answer = program.post(path, data=body, content_type="application/json")
    assert (answer.status_code, code(answer)) == (422, "VALIDATION_ERROR")
    assert answer.json["error"]["message"] == "This is not JSON."
    assert answer.json["error"]["details"] == {"body": ["This is not JSON."]}


def test_json_within_text_is_text(program):
    answer = program.post(API, json='{"title": "x"}')
    assert (answer.status_code, code(answer)) == (422, "VALIDATION_ERROR")


def test_pages_are_not_asked_what_they_answer(client_of, admin):
    assert client_of(None).get("/sign-in", headers={"Accept": "image/png"}).status_code == 200
