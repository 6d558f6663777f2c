"""/api/v1/participations: one's own places and those one holds; the match only once it is asked for."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service import participating
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.holding import hold_place
from kinkeeper.features.exchanges.service.organising import AlreadyOver
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish
from kinkeeper.kernel.actor import SYSTEM
from tests.factories import guest, make_exchange, make_participant
from tests.integration.web.support import MISSING, fingerprint, form_token

API = "/api/v1/participations"
CHILD = "Wilhelmina"


@pytest.fixture
def exchange(stage, olga):
    """Olga runs it, and takes part herself."""
    with stage() as session:
        exchange = make_exchange(session, people=4, organiser=olga)
        make_participant(session, exchange, "Olga's seat").person_id = olga.person_id
    return exchange


def place(session, name):
    return session.scalars(select(Participant).where(Participant.name == name)).one()


@pytest.fixture
def own(session, exchange):
    return place(session, "Olga's seat")


@pytest.fixture
def ana(session, exchange):
    return guest(session.scalars(select(Person).where(Person.name == "Ana")).one())


def drawn(stage, exchange):
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).state = ExchangeState.CLOSED
    draw_names(SYSTEM, exchange.id)


def test_a_participant_reads_their_place_and_the_plan(program, own):
    answer = program.get(f"{API}/{own.id}")
    assert answer.status_code == 200
    data = answer.json["data"]
    assert (data["name"], data["is_held"], data["match"]) == ("Olga's seat", False, None)
    assert data["wishes"] == "Olga's seat would like a book"
    assert data["exchange"] == {
        "title": "Christmas",
        "description": "",
        "budget": "around £20",
        "gifts_on": "2026-12-24",
        "closes_on": "2026-12-10",
        "zone": "Europe/London",
        "state": "open",
    }


def test_the_list_holds_every_place_of_the_caller_and_no_other(program, own, olga):
    hold_place(olga, own.id, CHILD)
    answer = program.get(API)
    names = {one["name"]: one["is_held"] for one in answer.json["data"]}
    assert names == {"Olga's seat": False, CHILD: True}
    assert answer.json["pagination"]["total_items"] == 2
    second = program.get(f"{API}?page=2&per_page=1").json
    assert len(second["data"]) == 1
    assert second["pagination"]["has_prev"] is True


def test_wishes_are_written_down(program, own, session):
    answer = program.patch(f"{API}/{own.id}", json={"wishes": "  a kite  "})
    assert (answer.status_code, answer.json["data"]["wishes"]) == (200, "a kite")
    session.expire_all()
    assert place(session, "Olga's seat").wishes == "a kite"


def test_a_name_is_mended_until_the_draw(program, own, stage, exchange):
    """With something wrong about it nothing else of the call is done."""
    answer = program.patch(f"{API}/{own.id}", json={"name": " Olga  Olsen ", "wishes": "a kite"})
    assert (answer.status_code, answer.json["data"]["name"]) == (200, "Olga Olsen")
    refused = program.patch(f"{API}/{own.id}", json={"name": "casino.example.com", "wishes": "a drum"})
    assert (refused.status_code, program.get(f"{API}/{own.id}").json["data"]["wishes"]) == (422, "a kite")
    drawn(stage, exchange)
    settled = program.patch(f"{API}/{own.id}", json={"name": "Olga"})
    assert (settled.status_code, settled.json["error"]["code"]) == (409, "exchange.name_settled")


@pytest.mark.parametrize(
    "body", [{"wishes": 1}, {"wishes": "x" * 10_001}, {"wishes": "", "person_id": MISSING}]
)
def test_nothing_but_name_wishes_and_letters_can_be_changed(program, own, session, body):
    """A-66."""
    before = fingerprint(session)
    assert program.patch(f"{API}/{own.id}", json=body).status_code == 422
    assert fingerprint(session) == before


def test_two_programs_that_choose_different_letters_lose_neither_s_choice(program, own, monkeypatch):
    """The other's comes just before the lock is taken: what is left out is read under it."""
    change = participating.change_place

    def late(actor, seat_id, **said):
        change(actor, seat_id, hears_of_wishes=False)
        change(actor, seat_id, **said)

    monkeypatch.setattr(participating, "change_place", late)
    data = program.patch(f"{API}/{own.id}", json={"wants_reminders": False}).json["data"]
    assert (data["wants_reminders"], data["hears_of_wishes"]) == (False, False)


def test_of_several_changes_all_are_made_or_none(program, own, session, monkeypatch):
    def refuse(*_args, **_choices):
        raise AlreadyOver(title="Christmas")

    monkeypatch.setattr(participating, "choose", refuse)
    before = fingerprint(session)
    answer = program.patch(f"{API}/{own.id}", json={"wishes": "a kite", "wants_reminders": False})
    assert answer.status_code == 409
    assert fingerprint(session) == before


def test_the_match_is_told_only_once_it_is_asked_for(program, own, stage, exchange, session):
    """SK-6, T-15: reading the place, or the list, opens nothing."""
    drawn(stage, exchange)
    before = fingerprint(session)
    for _ in range(2):
        assert program.get(f"{API}/{own.id}").json["data"]["match"] is None
        assert program.get(API).json["data"][0]["match"] is None
    assert fingerprint(session) == before
    opened = program.post(f"{API}/{own.id}/match").json["data"]["match"]
    assert opened["name"] in {"Ana", "Ben", "Cleo", "Dan"}
    assert opened["wishes"] == f"{opened['name']} would like a book"
    assert program.get(f"{API}/{own.id}").json["data"]["match"] == opened
    assert program.get(API).json["data"][0]["match"] is None


def test_before_the_draw_there_is_nothing_to_open(program, own):
    """A-17."""
    answer = program.post(f"{API}/{own.id}/match")
    assert (answer.status_code, answer.json["data"]["match"]) == (200, None)


def test_a_giver_ticks_what_is_bought_and_says_that_the_gift_is_ready(program, own, stage, exchange, session):
    """T-20: in the giver's own answers, and in nobody else's."""
    drawn(stage, exchange)
    name = program.post(f"{API}/{own.id}/match").json["data"]["match"]["name"]
    wish_id = add_wish(SYSTEM, place(session, name).id, Wanted(text="A kite", url="https://kite.example/1"))
    bought = f"{API}/{own.id}/bought"
    answer = program.put(bought, json={"wish_id": str(wish_id), "is_bought": True}).json["data"]["match"]
    assert [(one["text"], one["is_bought"], one["is_changed"]) for one in answer["wish_list"]] == [
        ("A kite", True, False)
    ]
    assert program.put(f"{API}/{own.id}/ready", json={"is_ready": True}).json["data"]["match"]["is_ready"]
    assert program.put(bought, json={"wish_id": MISSING, "is_bought": True}).status_code == 404
    again = program.put(bought, json={"wish_id": str(wish_id), "is_bought": False}).json["data"]["match"]
    assert not again["wish_list"][0]["is_bought"]


def test_letters_are_chosen_and_what_is_left_out_stays(program, own):
    """SK-59."""
    before = program.get(f"{API}/{own.id}").json["data"]
    data = program.patch(f"{API}/{own.id}", json={"wants_reminders": False}).json["data"]
    assert (data["wants_reminders"], data["hears_of_wishes"]) == (False, True)
    assert data["wishes"] == before["wishes"]


def test_a_place_is_given_up_while_people_can_join(program, own, stage, exchange):
    """SK-60: and no longer."""
    assert program.post(f"{API}/{own.id}/leave").json["data"]["withdrawn_at"] is not None
    assert program.post(f"{API}/{own.id}/leave").status_code == 409


def test_a_guardian_opens_the_match_of_a_child(program, own, olga, stage, exchange):
    child = hold_place(olga, own.id, CHILD)
    drawn(stage, exchange)
    data = program.post(f"{API}/{child}/match").json["data"]
    assert (data["name"], data["is_held"], data["match"] is not None) == (CHILD, True, True)


def test_whoever_runs_it_reads_nobody_else_s_place(program, session, exchange):
    """SK-6, T-39: foreign and missing alike, for every act."""
    before = fingerprint(session)
    answers = []
    for seat_id in (place(session, "Ana").id, MISSING):
        path = f"{API}/{seat_id}"
        tried = (
            program.get(path),
            program.patch(path, json={"wishes": "mine"}),
            program.post(f"{path}/match"),
            program.put(f"{path}/ready", json={"is_ready": True}),
            program.put(f"{path}/bought", json={"wish_id": MISSING, "is_bought": True}),
            program.post(f"{path}/leave"),
        )
        answers.append([(one.status_code, one.json["error"]) for one in tried])
    assert answers[0] == answers[1]
    assert [status for status, _ in answers[0]] == [404] * 6
    assert fingerprint(session) == before


def test_a_guest_s_session_reads_and_changes_with_the_header(client_of, ana, session, exchange):
    """Whoever followed a mailed link; without the header no other site could make the browser do it."""
    client, path = client_of(ana), f"{API}/{place(session, 'Ana').id}"
    assert client.get(path).json["data"]["name"] == "Ana"
    assert client.patch(path, json={"wishes": "a kite"}).status_code == 403
    token = {"X-CSRF-Token": form_token(client)}
    assert client.patch(path, json={"wishes": "a kite"}, headers=token).status_code == 200
    assert [one["name"] for one in client.get(API).json["data"]] == ["Ana"]


def test_a_guest_s_session_opens_no_organiser_s_endpoint(client_of, ana):
    """D-1: a link proves a mailbox, not a password."""
    assert client_of(ana).get("/api/v1/exchanges").status_code == 401


def test_nobody_is_refused(client_of, own):
    for path in (API, f"{API}/{own.id}"):
        assert client_of(None).get(path).status_code == 401
