"""An organiser may look up one match in an emergency, and never in secret (G13)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Participant, Reveal
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import NotDrawn
from kinkeeper.features.exchanges.service.refusals import BadReason, NotInTheDraw
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.revealing import reveal_match
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_account, make_participant
from tests.integration.web.support import fill_in, fingerprint, form_token


def match_of(session, drawn, seat_id) -> str:
    receiver = queries.standing(session, drawn.id).receivers[seat_id]
    return session.get_one(Participant, receiver).name


def test_the_match_is_told_once_and_everybody_reads_who_looked(client_of, olga, drawn, seat, session, outbox):
    wanted = match_of(session, drawn, seat("Ben"))
    client, path = client_of(olga), f"/exchanges/{drawn.id}/reveal"
    sent = len(outbox())
    page = fill_in(client, path, giver=seat("Ben"), reason="Ben is in hospital", sure="y")
    assert page.status_code == 200
    assert f"Ben gives to {wanted}." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert f"gives to {wanted}" not in client.get(path).text
    (letter,) = outbox()[sent:]
    assert (letter.kind, letter.fields["name"]) == ("exchanges.match_seen", "Ben")
    assert wanted not in str(letter.fields)
    for name in ("Ana", "Ben", "Eve"):
        person = session.get_one(Person, session.get_one(Participant, seat(name)).person_id)
        text = client_of(guest(person)).get(f"/my/{seat(name)}").text
        assert "Olga looked up whom Ben gives to" in text
        assert "Ben is in hospital" in text
        assert f"{wanted} would like" not in text.replace(f"{name} would like", "")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "exchange.match_revealed")).one()
    assert entry.details == {"giver": str(seat("Ben"))}


def test_looking_again_is_written_down_again(olga, drawn, seat, session, outbox):
    sent = len(outbox())
    for _ in range(2):
        reveal_match(olga, drawn.id, seat("Ben"), "Still in hospital")
    assert len(session.scalars(select(Reveal)).all()) == 2
    assert len(outbox()) - sent == 2


def test_without_reason_tick_or_draw_nothing_is_told(client_of, olga, closed, seat, stage, session):
    with pytest.raises(NotDrawn):
        reveal_match(olga, closed.id, seat("Ben"), "Why not")
    draw_names(olga, closed.id)
    wanted = match_of(session, closed, seat("Ben"))
    with stage() as staged:
        late = make_participant(staged, closed, "Zoe", confirmed=False).id
    client, path = client_of(olga), f"/exchanges/{closed.id}/reveal"
    before = fingerprint(session)
    for fields in (
        {"giver": seat("Ben"), "reason": "", "sure": "y"},
        {"giver": seat("Ben"), "reason": "He is ill"},
        {"giver": closed.id, "reason": "He is ill", "sure": "y"},
        {"giver": seat("Ben"), "reason": "x" * 201, "sure": "y"},
    ):
        page = fill_in(client, path, **fields)
        assert page.status_code == 422
        assert f"gives to {wanted}" not in page.text
    with pytest.raises(BadReason):
        reveal_match(olga, closed.id, seat("Ben"), " ")
    with pytest.raises(NotInTheDraw):
        reveal_match(olga, closed.id, late, "Is she in?")
    assert fingerprint(session) == before
    drop_out(olga, closed.id, seat("Ben"))
    with pytest.raises(NotFound):
        reveal_match(olga, closed.id, seat("Ben"), "He left")


def test_only_the_organiser_may_and_a_stranger_learns_nothing(stage, drawn, seat, session):
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = guest(staged.get_one(Person, staged.get_one(Participant, seat("Ana")).person_id))
    before = fingerprint(session)
    for actor in (stranger, ana, ANONYMOUS):
        with pytest.raises(NotFound):
            reveal_match(actor, drawn.id, seat("Ben"), "Please")
    assert fingerprint(session) == before


def test_an_open_browser_looks_up_nothing(client_of, olga, drawn, seat, session, now):
    """A-54: neither on the page nor by a call."""
    client, path = client_of(olga), f"/exchanges/{drawn.id}/reveal"
    token = form_token(client)
    now.advance(minutes=16)
    assert client.get(path).location == f"/sign-in/again?next={path}"
    assert fill_in(client, path, giver=seat("Ben"), reason="Why not", sure="y").status_code == 303
    said = {"giver_id": str(seat("Ben")), "reason": "Why not"}
    answer = client.post(f"/api/v1{path}", json=said, headers={"X-CSRF-Token": token})
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "account.prove_again")
    assert session.scalars(select(Reveal)).all() == []
