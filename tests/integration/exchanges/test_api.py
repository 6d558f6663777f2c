"""/api/v1/exchanges: the seed's envelope, exact types, by token or by session with the CSRF header."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from kinkeeper import __version__
from kinkeeper.features.exchanges.models import Exchange, ExchangeState
from kinkeeper.kernel import words
from tests.factories import guest, make_account, make_exchange, make_person
from tests.integration.web.support import MISSING, at_once, bearer, fingerprint, form_token

API = "/api/v1/exchanges"
NEW = {"title": "Christmas", "closes_on": "2026-12-10", "gifts_on": "2026-12-24", "zone": "Europe/London"}


@pytest.fixture
def closed(stage, olga):
    with stage() as session:
        return make_exchange(session, people=4, organiser=olga, state=ExchangeState.CLOSED)


def count(session) -> int:
    return session.scalar(select(func.count()).select_from(Exchange))


def is_envelope_of_error(answer, status, code) -> dict:
    """The seed's error envelope, and nothing beside it."""
    body = answer.json
    assert answer.status_code == status, body
    assert answer.content_type == "application/json; charset=utf-8"
    assert set(body) == {"status", "error", "metadata"}
    assert body["status"] == "error"
    assert set(body["error"]) == {"code", "message", "details"}
    assert body["error"]["code"] == code
    assert set(body["metadata"]) == {"timestamp", "request_id"}
    return body["error"]["details"]


def test_an_exchange_is_begun_and_answered_in_the_envelope(program, session, olga):
    """Seed 004: status, data, message, metadata with timestamp and request_id."""
    answer = program.post(API, json=NEW)
    body = answer.json
    assert answer.status_code == 201
    assert answer.content_type == "application/json; charset=utf-8"
    assert set(body) == {"status", "data", "message", "metadata"}
    assert (body["status"], body["message"]) == ("success", "Exchange created")
    assert body["metadata"]["timestamp"] == "2026-12-01T09:00:00.000Z"
    assert re.fullmatch(r"[0-9a-f-]{36}", body["metadata"]["request_id"])
    assert body["metadata"]["request_id"] == answer.headers["X-Request-ID"]
    assert answer.headers["Location"] == f"{API}/{body['data']['id']}"
    exchange = session.scalars(select(Exchange)).one()
    assert body["data"] == {
        "id": str(exchange.id),
        "circle_id": str(exchange.circle_id),
        "title": "Christmas",
        "description": "",
        "budget": "",
        "most_people": None,
        "closes_on": "2026-12-10",
        "gifts_on": "2026-12-24",
        "zone": "Europe/London",
        "keep_days": 30,
        "remind_days": [7, 1],
        "state": "open",
        "share_path": f"/join/{exchange.slug}",
        "people": 0,
        "confirmed": 0,
        "created_at": "2026-12-01T09:00:00Z",
        "drawn_at": None,
        "ended_at": None,
    }
    assert program.get(answer.headers["Location"]).json["data"] == body["data"]


def test_a_zone_that_is_left_out_is_the_house_s_own(settings, client_of, olga, session):
    """KINKEEPER_ZONE, as on the page."""
    from kinkeeper.app import factory
    from tests.factories.accounts import browser_of

    abroad = factory.create_app(settings.model_copy(update={"zone": "Pacific/Auckland"}))
    body = {name: value for name, value in NEW.items() if name != "zone"}
    answer = browser_of(abroad, None).post(API, json=body, headers=bearer(olga))
    assert (answer.status_code, answer.json["data"]["zone"]) == (201, "Pacific/Auckland")


def test_a_list_comes_in_pages_with_the_names_of_the_seed(program, stage, olga):
    """Seed 004: pagination beside data."""
    with stage() as session:
        for number in range(5):
            make_exchange(
                session, people=0, organiser=olga, title=f"No. {number}", gifts_on=date(2026, 12, 20 + number)
            )
    answer = program.get(f"{API}?page=2&per_page=2").json
    assert set(answer) == {"status", "data", "pagination", "metadata"}
    pages = [program.get(f"{API}?page={number}&per_page=2").json["data"] for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({one["title"] for page in pages for one in page}) == 5
    assert answer["data"] == pages[1]
    assert answer["pagination"] == {
        "page": 2,
        "per_page": 2,
        "total_pages": 3,
        "total_items": 5,
        "has_next": True,
        "has_prev": True,
    }
    beyond = program.get(f"{API}?page=9&per_page=2").json
    assert (beyond["data"], beyond["pagination"]["has_next"]) == ([], False)


def test_an_empty_list_is_one_empty_page(program):
    answer = program.get(API).json
    assert answer["data"] == []
    assert answer["pagination"] == {
        "page": 1,
        "per_page": 20,
        "total_pages": 1,
        "total_items": 0,
        "has_next": False,
        "has_prev": False,
    }


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "per_page=0", "per_page=101", "page=10000000", "sort=title", "page=1.5"],
)
def test_a_page_that_cannot_be_meant_is_refused(program, query):
    details = is_envelope_of_error(program.get(f"{API}?{query}"), 422, "VALIDATION_ERROR")
    assert list(details) == [query.partition("=")[0]]


def test_the_list_of_many_takes_few_statements(program, stage, olga, queries_at_most):
    with stage() as session:
        for _ in range(25):
            make_exchange(session, people=0, organiser=olga)
    program.get(API)
    with queries_at_most(4):
        assert len(program.get(f"{API}?per_page=25").json["data"]) == 25


def test_only_one_s_own_are_listed_and_the_administrator_sees_all(client_of, stage, olga, admin):
    """SK-1."""
    with stage() as session:
        make_exchange(session, people=0, organiser=olga, title="Olga's")
        make_exchange(session, people=0, organiser=make_account(session, "Otto"), title="Otto's")
    for actor, titles in ((olga, {"Olga's"}), (admin, {"Olga's", "Otto's"})):
        answer = client_of(None).get(API, headers=bearer(actor))
        assert {one["title"] for one in answer.json["data"]} == titles


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "title"),
        ({**NEW, "title": ""}, "title"),
        ({**NEW, "title": "   "}, "title"),
        ({**NEW, "title": "x" * 81}, "title"),
        ({**NEW, "title": 7}, "title"),
        ({**NEW, "title": None}, "title"),
        ({**NEW, "title": ["Christmas"]}, "title"),
        ({**NEW, "closes_on": "tomorrow"}, "closes_on"),
        ({**NEW, "closes_on": "2026-12-25"}, "closes_on"),
        ({**NEW, "closes_on": "2026-11-30"}, "closes_on"),
        ({**NEW, "gifts_on": "2026-02-30"}, "gifts_on"),
        ({**NEW, "zone": "Mars/Base"}, "zone"),
        ({**NEW, "most_people": "5"}, "most_people"),
        ({**NEW, "most_people": 2}, "most_people"),
        ({**NEW, "most_people": 5001}, "most_people"),
        ({**NEW, "most_people": 3.0}, "most_people"),
        ({**NEW, "most_people": True}, "most_people"),
        ({**NEW, "description": "x" * 5001}, "description"),
        ({**NEW, "description": "a\x00b"}, "description"),
        ({**NEW, "state": "drawn"}, "state"),
        ({**NEW, "id": MISSING}, "id"),
        ({**NEW, "organiser_id": MISSING}, "organiser_id"),
        ({**NEW, "is_admin": True}, "is_admin"),
        ({**NEW, "slug": "mine"}, "slug"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_field(program, session, body, field):
    """A-66, T-38: exact types, no unknown field."""
    answer = program.post(API, json=body)
    code = answer.json["error"]["code"]
    assert code == "VALIDATION_ERROR" or code.startswith("exchange.")
    details = is_envelope_of_error(answer, 422, code)
    assert field in details
    assert all(isinstance(line, str) for lines in details.values() for line in lines)
    assert count(session) == 0


def test_a_refusal_repeats_nothing_of_what_was_sent(program):
    """A-71: what was sent may be a secret in the wrong place."""
    body = {**NEW, "title": ["canary-one"], "zone": "canary-two", "most_people": "canary-three"}
    assert "canary" not in program.post(API, json=body).text


@pytest.mark.parametrize("raw", [b"", b"{", b"nonsense", b"[1]", b'"title"', b"null", b"\xff\xfe", b"NaN"])
def test_a_body_that_is_no_object_is_refused(program, session, raw):
    answer = program.post(API, data=raw, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.json["status"] == "error"
    assert count(session) == 0


def test_deep_and_large_bodies_are_refused(program, session):
    """T-43."""
    deep = program.post(API, data=b"[" * 100_000, content_type="application/json")
    assert deep.status_code in {400, 422}
    large = program.post(API, json={**NEW, "description": "x" * 1_000_001})
    is_envelope_of_error(large, 413, "PAYLOAD_TOO_LARGE")
    assert count(session) == 0


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_json_is_only_json_when_it_says_so(program, session, content_type):
    """A-30: a form on another site can send text/plain."""
    answer = program.post(API, data=b'{"title": "x"}', content_type=content_type)
    assert answer.status_code in {400, 415, 422}
    assert count(session) == 0


def test_what_was_done_is_told_in_the_caller_s_language(program, closed, monkeypatch):
    """As refusals are."""
    monkeypatch.setattr(words, "gettext", lambda language, said, **_gaps: f"{said} ({language})")
    headers = {"Accept-Language": "de"}
    begun = program.post(API, json=NEW, headers=headers)
    looked_at = program.get(begun.headers["Location"], headers=headers)
    shut = program.post(f"{begun.headers['Location']}/close", headers=headers)
    drawn = program.post(f"{API}/{closed.id}/draw", headers=headers)
    assert [answer.json["message"] for answer in (begun, looked_at, shut, drawn)] == [
        "Exchange created (de)",
        "Exchange found (de)",
        "Exchange closed (de)",
        "Names drawn (de)",
    ]


def test_close_and_draw_tell_the_new_state(program, stage, olga):
    with stage() as session:
        exchange = make_exchange(session, people=4, organiser=olga)
    closed = program.post(f"{API}/{exchange.id}/close")
    assert (closed.status_code, closed.json["data"]["state"], closed.json["message"]) == (
        200,
        "closed",
        "Exchange closed",
    )
    drawn = program.post(f"{API}/{exchange.id}/draw")
    assert (drawn.status_code, drawn.json["data"]["state"], drawn.json["message"]) == (
        200,
        "drawn",
        "Names drawn",
    )
    assert drawn.json["data"]["drawn_at"] == "2026-12-01T09:00:00Z"
    assert not {"pairs", "assignments", "matches"} & set(drawn.json["data"])


def test_conflicts_have_codes_of_their_own(program, stage, olga, closed):
    with stage() as session:
        opened = make_exchange(session, people=0, organiser=olga)
        small = make_exchange(session, people=0, organiser=olga, state=ExchangeState.CLOSED)
        drawn = make_exchange(
            session,
            people=0,
            organiser=olga,
            state=ExchangeState.DRAWN,
            drawn_at=datetime(2026, 11, 30, tzinfo=UTC),
        )
    for exchange, act, code in (
        (opened, "draw", "exchange.still_open"),
        (small, "draw", "exchange.too_few_people"),
        (drawn, "draw", "exchange.already_drawn"),
        (drawn, "close", "exchange.already_drawn"),
        (closed, "close", "exchange.already_closed"),
    ):
        answer = program.post(f"{API}/{exchange.id}/{act}")
        assert is_envelope_of_error(answer, 409, code) == {}
        assert answer.json["error"]["message"]


def test_rules_that_leave_no_way_are_a_conflict_that_names_who_is_stuck(program, closed, session):
    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.features.exchanges.service.ruling import keep_apart
    from kinkeeper.kernel.actor import SYSTEM

    seats = {seat.name: seat.id for seat in session.scalars(select(Participant))}
    for other in ("Ben", "Cleo", "Dan"):
        keep_apart(SYSTEM, closed.id, seats["Ana"], seats[other], both_ways=False)
    answer = program.post(f"{API}/{closed.id}/draw")
    is_envelope_of_error(answer, 409, "exchange.draw_impossible")
    assert "Ana may give to nobody" in answer.json["error"]["message"]


def test_eight_draws_at_once_are_one_answer_and_seven_conflicts(client_of, olga, closed):
    """T-56."""
    headers = bearer(olga)
    clients = [client_of(None) for _ in range(8)]
    results = at_once(
        *(
            lambda c=client: c.post(f"{API}/{closed.id}/draw", headers=headers).status_code
            for client in clients
        )
    )
    assert sorted(results) == [200] + [409] * 7


def test_another_s_exchange_is_as_missing_as_one_that_never_was(program, stage, session):
    """T-39: 404 for both, in the same words."""
    with stage() as staged:
        foreign = make_exchange(staged, people=4, organiser=make_account(staged, "Otto"))
    before = fingerprint(session)
    for method, act in (("get", ""), ("post", "/close"), ("post", "/draw")):
        answers = []
        for exchange_id in (foreign.id, MISSING):
            answer = getattr(program, method)(f"{API}/{exchange_id}{act}")
            is_envelope_of_error(answer, 404, "NOT_FOUND")
            answers.append(answer.json["error"])
        assert answers[0] == answers[1]
    assert fingerprint(session) == before


@pytest.mark.parametrize("exchange_id", ["1", "nonsense", "../accounts", "%00", MISSING[:-1], "null"])
def test_an_id_that_is_none_is_not_found(program, exchange_id):
    assert program.get(f"{API}/{exchange_id}").status_code == 404


def test_guests_and_nobody_are_asked_to_sign_in(client_of, stage, closed):
    """401 in the envelope, and no redirect to a page."""
    with stage() as session:
        ana = guest(make_person(session, "Anabel"))
    for actor in (None, ana):
        client = client_of(actor)
        for method, path in (
            ("get", API),
            ("post", API),
            ("get", f"{API}/{closed.id}"),
            ("post", f"{API}/{closed.id}/draw"),
            ("post", f"{API}/{MISSING}/close"),
        ):
            is_envelope_of_error(getattr(client, method)(path), 401, "UNAUTHENTICATED")


def test_a_signed_in_browser_reads_with_its_cookie_and_acts_with_the_header_too(client_of, olga, session):
    """C-27, A-30: the cookie alone could be sent by any site."""
    client = client_of(olga)
    assert client.get(API).status_code == 200
    before = fingerprint(session)
    token = form_token(client)
    for headers in (
        {},
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "x" * 43},
        {"X-CSRF-Token": form_token(client_of(None))},
    ):
        is_envelope_of_error(client.post(API, json=NEW, headers=headers), 403, "CSRF_FAILED")
    assert fingerprint(session) == before
    assert client.post(API, json=NEW, headers={"X-CSRF-Token": token}).status_code == 201


def test_an_empty_authorization_header_does_not_replace_the_csrf_header(client_of, olga, session):
    client = client_of(olga)
    for value in ("", " "):
        assert client.post(API, json=NEW, headers={"Authorization": value}).status_code in {401, 403}
    assert count(session) == 0


def test_no_other_site_is_let_in_by_cors(client_of, program):
    """A-24."""
    answer = program.get(API, headers={"Origin": "https://evil.example"})
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_are_refused_in_the_envelope(program, closed, method):
    """A-37."""
    answer = getattr(program, method)(f"{API}/{closed.id}")
    is_envelope_of_error(answer, 405, "METHOD_NOT_ALLOWED")
    assert "GET" in answer.headers["Allow"]


def test_the_openapi_document_lists_exactly_what_there_is(app, client_of, admin):
    """Goal 8: made from the schemas, so it cannot tell of what is not there."""
    document = client_of(None).get("/api/v1/openapi.json").json
    told = {
        (method.upper(), path.replace("{", "<").replace("}", ">"))
        for path, methods in document["paths"].items()
        for method in methods
    }
    there = {
        (method, rule.rule.replace("<uuid:", "<"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.endpoint != "openapi"
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert told == there
    assert document["info"]["version"] == __version__
    assert set(document["components"]["securitySchemes"]) == {"token", "session"}


def test_every_answer_of_the_document_is_an_envelope(client_of, admin):
    document = client_of(None).get("/api/v1/openapi.json").json
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert {"401", "406", "422", "429", "503"} <= set(operation["responses"]), (method, path)
            assert operation["summary"]
            if path.startswith("/api/v1/auth/"):
                continue  # there nobody is known yet
            refusals = {"403", "404"} if "{" in path else {"403"}  # a path that names nothing misses nothing
            assert refusals <= set(operation["responses"]), (method, path)
            assert operation["security"] == [{"token": []}, {"session": []}]
