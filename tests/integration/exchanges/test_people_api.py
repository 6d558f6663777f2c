"""What a program does with the people on a list; no answer holds a link or a pair (T-16)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.exchanges.models import Participant
from tests.factories import make_account, make_exchange
from tests.integration.web.support import MISSING, bearer, carry_letters, secret_in


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        return make_exchange(session, people=3, organiser=olga)


@pytest.fixture
def path(exchange):
    return f"/api/v1/exchanges/{exchange.id}/people"


@pytest.fixture
def ana(session):
    return session.scalars(select(Participant.id).where(Participant.name == "Ana")).one()


def test_people_are_added_in_the_order_they_are_named(program, path, outbox):
    body = {
        "people": [{"name": "Zoe", "email": "zoe@example.org"}, {"name": "Yan", "email": "yan@example.org"}]
    }
    answer = program.post(path, json=body)
    assert answer.status_code == 201
    added = answer.json["data"]["people"]
    assert [(one["name"], one["email"], one["confirmed_at"]) for one in added] == [
        ("Zoe", "zoe@example.org", None),
        ("Yan", "yan@example.org", None),
    ]
    carry_letters()
    assert not any(secret_in(letter) in answer.text for letter in outbox())
    one = program.get(f"{path}/{added[0]['id']}").json["data"]
    assert (one["name"], one["asked_to_go_by"]) == ("Zoe", None)


def test_what_is_wrong_is_said_by_place(program, path):
    body = {
        "people": [{"name": "Zoe", "email": "zoe@example.org"}, {"name": "Ana", "email": "ana@example.org"}]
    }
    answer = program.post(path, json=body)
    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "exchange.lines_refused"
    assert answer.json["error"]["details"] == {
        "people.1": ["Somebody with this address is on the list already."]
    }
    assert program.post(path, json={"people": []}).status_code == 422
    assert program.get(path).json["pagination"]["total_items"] == 3


def test_an_address_is_asked_for_and_taken_back(program, path, ana):
    asked = program.patch(f"{path}/{ana}", json={"email": "new@example.org"})
    assert (asked.status_code, asked.json["message"]) == (200, "Asked by letter")
    assert (asked.json["data"]["email"], asked.json["data"]["asked_to_go_by"]) == (
        "ana@example.org",
        "new@example.org",
    )
    kept = program.delete(f"{path}/{ana}/new-address")
    assert (kept.status_code, kept.json["data"]["asked_to_go_by"]) == (200, None)
    assert program.patch(f"{path}/{ana}", json={"name": "Anna"}).status_code == 422


@pytest.mark.parametrize("act", ["resend", "rotate"])
def test_letters_go_to_them_and_not_to_the_program(program, path, ana, outbox, act):
    answer = program.post(f"{path}/{ana}/{act}")
    assert answer.status_code == 200
    carry_letters()
    (letter,) = outbox()
    assert letter.to == "ana@example.org"
    assert secret_in(letter) not in answer.text


def test_somebody_is_removed(program, path, ana):
    assert program.delete(f"{path}/{ana}").status_code == 204
    assert program.get(f"{path}/{ana}").status_code == 404
    assert program.delete(f"{path}/{ana}").status_code == 404


def test_a_foreign_exchange_is_as_missing_as_one_that_never_was(client_of, stage, path, ana):
    """T-39."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    client = client_of(None)
    client.environ_base["HTTP_AUTHORIZATION"] = bearer(stranger)["Authorization"]
    people = {"people": [{"name": "Zoe", "email": "zoe@example.org"}]}
    nowhere = f"/api/v1/exchanges/{MISSING}/people"
    for method, tail, body in (
        ("POST", "", people),
        ("GET", f"/{ana}", None),
        ("PATCH", f"/{ana}", {"email": "x@example.org"}),
        ("DELETE", f"/{ana}", None),
        ("DELETE", f"/{ana}/new-address", None),
        ("POST", f"/{ana}/resend", None),
        ("POST", f"/{ana}/rotate", None),
    ):
        foreign, missing = (
            client.open(f"{here}{tail}", method=method, json=body) for here in (path, nowhere)
        )
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json["error"] == missing.json["error"]
