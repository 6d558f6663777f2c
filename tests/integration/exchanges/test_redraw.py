"""Drawing all names again: a version of its own, and everybody is told (SK-80, T-18)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Draw, DrawKind, ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.ending import NotDrawn, complete_exchange
from kinkeeper.features.exchanges.service.organising import AlreadyOver
from kinkeeper.features.exchanges.service.refusals import BadReason
from kinkeeper.features.exchanges.service.ruling import keep_apart
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_account, make_exchange
from tests.integration.web.support import at_once, fill_in, fingerprint, problems_among

SEED = bytes(32)


@pytest.fixture
def closed(stage, olga):
    with stage() as session:
        return make_exchange(session, people=6, organiser=olga, state=ExchangeState.CLOSED)


@pytest.fixture
def exchange(olga, closed):
    draw_names(olga, closed.id, seed=SEED)
    return closed


def matches(session, exchange) -> dict[str, str]:
    """Who gives to whom in the version that counts."""
    stood = queries.standing(session, exchange.id)
    name_of = {seat.id: seat.name for seat in stood.seats}
    return {name_of[giver]: name_of[receiver] for giver, receiver in stood.receivers.items()}


def test_all_names_are_drawn_anew_and_everybody_is_told_once(olga, exchange, session, outbox):
    first = matches(session, exchange)
    told = len(outbox())
    redraw_names(olga, exchange.id, "We forgot that Ana and Ben are a couple", seed=bytes(range(32)))
    session.expire_all()
    second = matches(session, exchange)
    assert set(second) == set(second.values()) == set(first)
    assert second != first
    again = outbox()[told:]
    assert {letter.kind for letter in again} == {"exchanges.drawn_again"}
    assert len({letter.to for letter in again}) == len(again) == 6
    assert not any("couple" in str(letter.fields) for letter in again), "the reason stands on the page"


def test_each_draw_is_written_down_with_its_hash_and_reason(olga, exchange, session):
    """T-18."""
    redraw_names(olga, exchange.id, "A mistake")
    first, second = session.scalars(select(Draw).order_by(Draw.version))
    assert [(one.version, one.kind, one.reason) for one in (first, second)] == [
        (1, DrawKind.DRAW, ""),
        (2, DrawKind.REDRAW, "A mistake"),
    ]
    assert first.commitment != second.commitment
    trail = session.scalars(select(AuditEntry).where(AuditEntry.action == "exchange.names_drawn_again")).one()
    assert trail.details == {"people": 6, "version": 2, "commitment": second.commitment}


def test_everybody_reads_of_it_and_asks_to_see_the_new_match(client_of, olga, exchange, session):
    seat = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    client = client_of(guest(session.get_one(Person, seat.person_id)))
    fill_in(client, f"/my/{seat.id}/match")
    assert "match__name" in client.get(f"/my/{seat.id}").text
    redraw_names(olga, exchange.id, "Too many <b>mistakes</b>")
    page = client.get(f"/my/{seat.id}").text
    assert "All names were drawn again on" in page
    assert "Too many &lt;b&gt;mistakes&lt;/b&gt;" in page
    assert "match__name" not in page
    assert "would like a book" not in page.replace("Ana would like a book", "")
    new = matches(session, exchange)["Ana"]
    fill_in(client, f"/my/{seat.id}/match")
    assert f"{new} would like a book" in client.get(f"/my/{seat.id}").text


def test_rules_made_after_the_draw_hold_from_the_next_one_on(olga, exchange, session):
    ids = {seat.name: seat.id for seat in session.scalars(select(Participant))}
    giver, receiver = next(iter(matches(session, exchange).items()))
    keep_apart(olga, exchange.id, ids[giver], ids[receiver], both_ways=True)
    for _ in range(4):
        redraw_names(olga, exchange.id, "They are a couple")
        session.expire_all()
        now = matches(session, exchange)
        assert now[giver] != receiver
        assert now[receiver] != giver


def test_without_a_reason_or_a_draw_nothing_happens(olga, closed, session, now):
    before = fingerprint(session)
    with pytest.raises(NotDrawn):
        redraw_names(olga, closed.id, "Why not")
    for reason in ("", " ", "x" * 201, "two\u202elines"):
        with pytest.raises(BadReason):
            redraw_names(olga, closed.id, reason)
    assert fingerprint(session) == before
    draw_names(olga, closed.id)
    now.advance(days=23)
    complete_exchange(olga, closed.id)
    with pytest.raises(AlreadyOver):
        redraw_names(olga, closed.id, "Too late")


def test_only_the_organiser_redraws_and_a_stranger_learns_nothing(stage, exchange, session):
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    before = fingerprint(session)
    for actor in (stranger, ANONYMOUS):
        with pytest.raises(NotFound):
            redraw_names(actor, exchange.id, "Please")
    assert fingerprint(session) == before


def test_of_several_redraws_at_once_one_wins(olga, exchange, session):
    """T-56, T-59: all of them have the same version before their eyes."""
    results = at_once(*(lambda: redraw_names(olga, exchange.id, "A mistake", after=1) for _ in range(6)))
    assert problems_among(results) == ["DrawnMeanwhile"] * 5
    assert session.scalars(select(Draw.version).order_by(Draw.version)).all() == [1, 2]


def test_the_page_asks_for_a_reason_and_keeps_what_was_typed(client_of, olga, exchange, session):
    client, path = client_of(olga), f"/exchanges/{exchange.id}/redraw"
    assert path in client.get(f"/exchanges/{exchange.id}/changes").text
    assert client.get(path).status_code == 200
    long = fill_in(client, path, reason="word " * 60, after="1")
    assert long.status_code == 422
    assert "word word" in long.text
    stale = fill_in(client, path, reason="A mistake", after="7")
    assert stale.status_code == 409
    assert "has changed since you looked" in stale.text
    assert session.scalars(select(Draw.version)).all() == [1]
    done = fill_in(client, path, reason="A mistake", after="1")
    assert (done.status_code, done.location) == (303, f"/exchanges/{exchange.id}")
    assert session.scalars(select(Draw.version)).all() == [1, 2]
