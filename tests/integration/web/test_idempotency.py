"""Idempotency-Key: the same call ten times has one effect and one answer (T-59)."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select

from kinkeeper.features.accounts.models import AccessToken, Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.crypto import Keys
from kinkeeper.platform import idempotency
from kinkeeper.platform.idempotency import RepeatableCall
from kinkeeper.web.idempotency import REPLAYED
from tests.conftest import secret_of
from tests.factories import guest, make_account, make_exchange
from tests.integration.web.support import at_once, bearer, fingerprint, form_token

API = "/api/v1/exchanges"
NEW = {"title": "Christmas", "closes_on": "2026-12-10", "gifts_on": "2026-12-24"}


@pytest.fixture
def olga(stage, admin):
    with stage() as session:
        return make_account(session, "Olga")


@pytest.fixture
def key():
    return str(uuid4())


@pytest.fixture
def program(client_of, olga):
    client = client_of(None)
    client.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    return client


def begin(client, key, **said):
    return client.post(API, json={**NEW, **said}, headers={"Idempotency-Key": key})


def count(session, model=Exchange) -> int:
    return session.scalar(select(func.count()).select_from(model))


def code(answer) -> str:
    return answer.json["error"]["code"]


def test_a_call_that_is_repeated_has_one_effect_and_the_same_answer(program, key, session, now):
    first = begin(program, key)
    now.advance(hours=23)
    again = begin(program, key)
    assert (count(session), first.status_code, again.status_code) == (1, 201, 201)
    assert again.data == first.data
    for name in ("Content-Type", "Location", "ETag"):
        assert again.headers[name] == first.headers[name]
    assert again.headers[REPLAYED] == "true"
    assert REPLAYED not in first.headers
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]


def test_without_a_key_a_repeated_call_has_two(program, session):
    """The control."""
    for _ in range(2):
        program.post(API, json=NEW)
    assert count(session) == 2


def test_another_key_is_another_call(program, session):
    begin(program, "one")
    begin(program, "two")
    assert count(session) == 2


@pytest.mark.parametrize(
    ("method", "path", "json"),
    [
        ("POST", API, {**NEW, "title": "Easter"}),
        ("POST", f"{API}?", {**NEW, "title": "Christmas "}),
        ("PATCH", "/api/v1/users/{olga}", {"name": "Olga"}),
        ("DELETE", "/api/v1/users/{olga}", None),
    ],
)
def test_the_same_key_for_something_else_is_refused(program, key, olga, session, method, path, json):
    begin(program, key)
    before = fingerprint(session)
    path = path.format(olga=olga.account_id)
    answer = program.open(path, method=method, json=json, headers={"Idempotency-Key": key})
    assert (answer.status_code, code(answer)) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert fingerprint(session) == before


def test_a_key_is_its_caller_s_own(program, client_of, stage, key, session, admin):
    begin(program, key)
    other = client_of(None).post(API, json=NEW, headers={**bearer(admin), "Idempotency-Key": key})
    assert (other.status_code, REPLAYED in other.headers) == (201, False)
    assert count(session) == 2


def test_another_token_of_the_same_account_reads_no_answer_that_is_not_its_own(program, olga, key, session):
    """An answer may hold a secret that is shown once."""
    begin(program, key)
    program.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    other = begin(program, key)
    assert (other.status_code, code(other)) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert count(session) == 1


def test_what_was_refused_is_tried_again(program, key, session):
    """Only what had its effect is frozen."""
    for _ in range(2):
        assert begin(program, key, closes_on="2026-12-30").status_code == 422
    assert count(session, RepeatableCall) == 0
    assert begin(program, key).status_code == 201


def test_a_browser_s_call_can_be_repeated_too(client_of, olga, key, session):
    client = client_of(olga)
    headers = {"Idempotency-Key": key, "X-CSRF-Token": form_token(client)}
    answers = [client.post(API, json=NEW, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert count(session) == 1


def test_what_is_answered_without_a_body_is_answered_again(program, client_of, admin, olga, key):
    headers = {**bearer(admin), "Idempotency-Key": key}
    for replayed in (None, "true"):
        answer = client_of(None).delete(f"/api/v1/users/{olga.account_id}", headers=headers)
        assert (answer.status_code, answer.data, answer.headers.get(REPLAYED)) == (204, b"", replayed)


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "é", "a\tb"])
def test_a_key_that_cannot_be_meant_is_refused(program, session, key):
    answer = begin(program, key.encode().decode("latin-1"))
    assert (answer.status_code, code(answer)) == (422, "idempotency.bad_key")
    assert count(session) == 0


def test_looking_takes_no_key(program, key, session):
    assert program.get(API, headers={"Idempotency-Key": key}).status_code == 200
    assert count(session, RepeatableCall) == 0


def test_ten_at_the_same_moment_have_one_effect(client_of, olga, key, session):
    """T-59."""
    header = {**bearer(olga), "Idempotency-Key": key}
    clients = [client_of(None) for _ in range(10)]
    answers = at_once(
        *(lambda client=client: client.post(API, json=NEW, headers=header) for client in clients)
    )
    assert count(session) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.data for answer in answers if answer.status_code == 201}) == 1
    assert {code(answer) for answer in answers if answer.status_code == 409} <= {"IDEMPOTENCY_KEY_IN_USE"}
    assert client_of(None).post(API, json=NEW, headers=header).headers[REPLAYED] == "true"


def test_without_the_note_several_would(client_of, olga, key, session, monkeypatch):
    """The control: all have looked before one has written, and nothing goes along."""
    header = {**bearer(olga), "Idempotency-Key": key}
    looked = threading.Barrier(2, timeout=10)

    def look(*_facts):
        looked.wait()

    monkeypatch.setattr(idempotency, "answer_to", look)
    monkeypatch.setattr(idempotency, "note_effect", lambda _work, call: call)
    at_once(*(lambda: client_of(None).post(API, json=NEW, headers=header).status_code,) * 2)
    assert count(session) == 2


def test_with_the_note_a_second_one_that_has_looked_too_is_turned_away(
    client_of, olga, key, session, monkeypatch
):
    """The same scene with the defence: the effect and its note are one."""
    header = {**bearer(olga), "Idempotency-Key": key}
    looked = threading.Barrier(2, timeout=10)

    def look(*_facts):
        looked.wait()

    monkeypatch.setattr(idempotency, "answer_to", look)
    results = at_once(*(lambda: client_of(None).post(API, json=NEW, headers=header).status_code,) * 2)
    assert sorted(results) == [201, 409]
    assert count(session) == 1


def test_where_the_answer_got_lost_the_caller_is_told_to_look(program, key, session, now, monkeypatch):
    """The house is killed between the commit and the answer."""
    with monkeypatch.context() as killed:
        killed.setattr(idempotency, "keep_answer", lambda _call, _answer: None)
        begin(program, key)
    answer = begin(program, key)
    assert (answer.status_code, code(answer)) == (409, "IDEMPOTENCY_KEY_IN_USE")
    assert answer.headers["Retry-After"] == "1"
    now.advance(minutes=1)
    answer = begin(program, key)
    assert (answer.status_code, code(answer)) == (409, "idempotency.answer_lost")
    assert count(session) == 1


def test_after_a_day_it_is_a_new_call(program, key, session, now):
    begin(program, key)
    now.advance(hours=24, seconds=1)
    assert REPLAYED not in begin(program, key).headers
    now.advance(hours=25)
    idempotency.forget_old(SYSTEM)
    assert count(session, RepeatableCall) == 0


def test_answers_are_sealed(program, key, session):
    """A-61: a copied database tells nothing, and a row moved elsewhere does not open."""
    begin(program, key)
    row = session.scalars(select(RepeatableCall)).one()
    assert b"Christmas" not in row.answer_sealed
    assert key.encode() not in row.key_digest
    assert count(session, AccessToken) == 1


def test_nothing_of_a_call_can_be_worked_out_without_the_house_s_secret(
    program, key, session, stage, monkeypatch
):
    """T-21: whoever guesses at a copied database what was asked, finds no guess confirmed."""
    found = []
    for number in (1, 2):
        monkeypatch.setattr(crypto._Ring, "keys", Keys(secret_of(number).encode()))
        begin(program, key)
        row = session.scalars(select(RepeatableCall).execution_options(populate_existing=True)).one()
        found.append({row.fingerprint, row.key_digest})
        with stage() as staged:
            staged.execute(delete(RepeatableCall))
    assert not found[0] & found[1]


def test_the_length_of_a_kept_answer_tells_nobody_s_match(client_of, stage, olga, session, key):
    """T-21: names, words and lists are of all lengths, and whoever copied the database knows them."""
    with stage() as staged:
        exchange = make_exchange(staged, people=4, organiser=olga, state=ExchangeState.CLOSED)
        for number, seat in enumerate(queries.all_seats(staged, exchange.id)):
            seat.name, seat.wishes = f"{seat.name} {'van ' * number}Dijk", "A book. " * 40 * number
    seats = queries.all_seats(session, exchange.id)
    for number, seat in enumerate(seats):
        for place in range(3 * number):
            add_wish(SYSTEM, seat.id, Wanted(text=f"Book {place}", url=f"https://books.example/{place}"))
    draw_names(olga, exchange.id)
    bare = set()
    for seat in seats:
        client = client_of(guest(session.get_one(Person, session.get_one(Participant, seat.id).person_id)))
        headers = {"Idempotency-Key": key, "X-CSRF-Token": form_token(client)}
        answer = client.post(f"/api/v1/participations/{seat.id}/match", headers=headers)
        again = client.post(f"/api/v1/participations/{seat.id}/match", headers=headers)
        assert (again.data, again.headers[REPLAYED]) == (answer.data, "true")
        bare.add(len(answer.data))
    kept = session.scalars(select(RepeatableCall)).all()
    assert (len(kept), len(bare)) == (4, 4)
    assert len({len(row.answer_sealed) for row in kept}) == 1
