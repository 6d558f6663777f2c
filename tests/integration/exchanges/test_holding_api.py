"""What a program does for people without an address, and on the board of letters (G11, G15, T-16)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Guardian, Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending
from tests.factories import make_account
from tests.integration.web.support import MISSING, bearer, carry_letters, fingerprint, secret_in

SPENDING = frozenset({"limit_spending"})


@pytest.fixture
def path(exchange):
    return f"/api/v1/exchanges/{exchange.id}"


def guardian(program, path, name="Ana") -> str:
    found = program.get(f"{path}/guardians?per_page=100").json["data"]
    return next(one["person_id"] for one in found if one["name"] == name)


def test_somebody_without_an_address_is_put_on_the_list_and_their_guardian_asked(program, path, outbox):
    answer = program.post(f"{path}/people/held", json={"name": "Wim", "guardian_id": guardian(program, path)})
    assert answer.status_code == 201
    held = answer.json["data"]
    assert (held["name"], held["email"], held["confirmed_at"]) == ("Wim", None, None)
    carry_letters()
    (letter,) = outbox()
    assert (letter.to, letter.fields["ward"]) == ("ana@example.org", "Wim")
    assert secret_in(letter) not in answer.text
    assert "Wim" in {one["name"] for one in program.get(f"{path}/people").json["data"]}


def test_twice_a_stranger_and_too_late_are_refused(program, path, exchange, olga, session):
    ana = guardian(program, path)
    assert program.post(f"{path}/people/held", json={"name": "Wim", "guardian_id": ana}).status_code == 201
    before = fingerprint(session, besides=SPENDING)
    again = program.post(f"{path}/people/held", json={"name": "wim", "guardian_id": ana})
    assert (again.status_code, again.json["error"]["code"]) == (409, "exchange.already_held")
    nobody = program.post(f"{path}/people/held", json={"name": "Yan", "guardian_id": MISSING})
    assert nobody.status_code == 404
    assert program.post(f"{path}/people/held", json={"name": "Yan"}).status_code == 422
    assert fingerprint(session, besides=SPENDING) == before


def test_another_guardian_is_found_where_nobody_looks_after_them_any_more(program, path, stage, session):
    held = program.post(
        f"{path}/people/held", json={"name": "Wim", "guardian_id": guardian(program, path)}
    ).json["data"]["id"]
    care = {"guardian_id": guardian(program, path, "Ben")}
    kept = program.put(f"{path}/people/{held}/guardian", json=care)
    assert (kept.status_code, kept.json["error"]["code"]) == (409, "exchange.looked_after")
    with stage() as staged:
        staged.delete(staged.scalars(select(Guardian)).one())
    assert program.put(f"{path}/people/{held}/guardian", json=care).status_code == 200
    ward = session.scalars(select(Guardian)).one()
    assert session.get_one(Person, ward.guardian_id).name == "Ben"


def test_whom_an_organiser_looks_after_is_in_at_once_and_released_by_either(program, path, olga):
    olga_herself = {"guardian_id": str(olga.person_id)}
    held = [
        program.post(f"{path}/people/held", json={"name": name, **olga_herself}).json["data"]
        for name in ("Wim", "Yan")
    ]
    assert all(one["confirmed_at"] for one in held)
    assert program.delete(f"{path}/people/{held[0]['id']}").status_code == 204
    own = f"/api/v1/participations/{held[1]['id']}"
    assert program.post(f"{own}/confirm").status_code == 200, "saying it twice changes nothing"
    assert program.post(f"{own}/release").status_code == 204
    assert {one["name"] for one in program.get(f"{path}/people").json["data"]} == {
        "Ana",
        "Ben",
        "Cleo",
        "Dan",
    }


def test_whoever_is_drawn_is_not_released(program, path, exchange, olga):
    care = {"name": "Wim", "guardian_id": str(olga.person_id)}
    held = program.post(f"{path}/people/held", json=care).json["data"]["id"]
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    answer = program.post(f"/api/v1/participations/{held}/release")
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "exchange.held_in_the_draw")


def test_the_board_says_how_far_letters_are_and_nothing_that_is_in_them(
    program, path, exchange, olga, stage, session, outbox
):
    """T-14, T-16: neither a link nor a match."""
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    assert {one["reach"] for one in program.get(f"{path}/letters").json["data"]} == {"waiting"}
    carry_letters()
    with stage() as staged:
        row = staged.scalars(select(OutboxLetter).where(OutboxLetter.to == "ben@example.org")).one()
        row.state, row.last_error = Sending.FAILED, "550 5.1.1 no such user"
    said = program.get(f"{path}/letters")
    ana, ben = said.json["data"][:2]
    assert (ana["name"], ben["name"], ben["reach"]) == ("Ana", "Ben", "refused")
    assert [(one["kind"], one["why"]) for one in ben["letters"]] == [("exchanges.match_ready", "no-mailbox")]
    one = program.get(f"{path}/people/{ben['id']}/letters")
    assert one.json["data"]["letters"] == ben["letters"]
    told = said.text + one.text
    assert not any(secret_in(letter) in told for letter in outbox())
    assert not re.search(r"/(ready|enter)/", told)
    assert "receiver" not in told


def test_the_board_comes_a_page_at_a_time(program, path):
    second = program.get(f"{path}/letters?page=2&per_page=3").json
    assert [one["name"] for one in second["data"]] == ["Dan"]
    assert second["pagination"]["total_items"] == 4


def test_of_a_foreign_exchange_there_is_nothing(path, client_of, stage, exchange, session):
    """SK-6: foreign and missing are the same."""
    with stage() as staged:
        stranger = make_account(staged, "Otto")
    otto = bearer(stranger)
    seat = queries.all_seats(session, exchange.id)[0].id
    before = fingerprint(session, besides=SPENDING)
    client = client_of(None)
    for there in ("letters", "guardians", f"people/{seat}/letters"):
        assert client.get(f"{path}/{there}", headers=otto).status_code == 404, there
    care = {"guardian_id": MISSING}
    held = client.post(f"{path}/people/held", headers=otto, json={"name": "Wim", **care})
    cared = client.put(f"{path}/people/{seat}/guardian", headers=otto, json=care)
    assert (held.status_code, cared.status_code) == (404, 404)
    for act in ("confirm", "release"):
        own = f"/api/v1/participations/{seat}/{act}"
        assert client.post(own, headers=otto).status_code == 404, act
    assert fingerprint(session, besides=SPENDING) == before
