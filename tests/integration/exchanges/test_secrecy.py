"""Whom one gives to: on one's own page, and nowhere else (SK-6, T-14, T-16, T-22)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Assignment, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.wishing import write_wishes
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.mail import letters
from tests.factories import guest, make_account, make_exchange
from tests.integration.web.support import MISSING, bearer, carry_letters, fill_in, fingerprint

from uuid import UUID  # isort: skip


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        exchange = make_exchange(session, people=5, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, exchange.id)
    return exchange


def seats(session, exchange) -> dict:
    found = select(Participant).where(Participant.exchange_id == exchange.id)
    return {seat.name: seat for seat in session.scalars(found)}


def actor_of(session, seat):
    return guest(session.get_one(Person, seat.person_id))


def matches(session, exchange) -> dict[str, str]:
    by_id = {seat.id: seat for seat in seats(session, exchange).values()}
    return {
        by_id[row.giver_id].name: by_id[
            sealing.unseal(row.draw_id, row.giver_id, by_id[row.giver_id].salt, row.receiver_sealed)
        ].name
        for row in session.scalars(select(Assignment))
        if row.giver_id in by_id
    }


def look(client, seat):
    """Ask to see whom one gives to."""
    answer = fill_in(client, f"/my/{seat.id}/match")
    return client.get(answer.location)


def main_of(page) -> str:
    return page.text.partition("<main")[2]


def test_each_giver_sees_their_own_match_and_its_wishes_and_nobody_else(client_of, session, exchange):
    """SK-6, SK-44: not even the list of names any more."""
    drawn = matches(session, exchange)
    for name, seat in seats(session, exchange).items():
        client = client_of(actor_of(session, seat))
        assert not any(
            f"{other} would like" in client.get(f"/my/{seat.id}").text for other in set(drawn) - {name}
        )
        page = look(client, seat)
        text = main_of(page)
        assert page.status_code == 200
        assert f"{drawn[name]} would like a book" in text
        others = set(drawn) - {name, drawn[name]}
        assert not any(f"{other} would like a book" in text for other in others)
        assert not any(re.search(rf"\b{other}\b", text) for other in others)
        assert page.headers["Cache-Control"] == "no-store"


def test_neither_address_nor_title_names_the_match(client_of, session, exchange):
    """T-22."""
    drawn = matches(session, exchange)
    ana = seats(session, exchange)["Ana"]
    page = look(client_of(actor_of(session, ana)), ana)
    title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)[1]
    assert drawn["Ana"] not in title
    receiver = seats(session, exchange)[drawn["Ana"]]
    assert str(receiver.id) not in page.text
    assert str(receiver.person_id) not in page.text


def test_before_the_draw_one_sees_who_has_joined(client_of, stage, olga, session):
    """SK-44: names, A–Z, only those who confirmed; no wishes and no addresses."""
    with stage() as staged:
        exchange = make_exchange(staged, people=4, organiser=olga)
    cleo = seats(session, exchange)["Cleo"]
    with stage() as staged:
        staged.get_one(Participant, seats(session, exchange)["Ben"].id).confirmed_at = None
    text = main_of(client_of(actor_of(session, cleo)).get(f"/my/{cleo.id}"))
    assert text.index("Ana") < text.index("Dan")
    assert not re.search(r"\bBen\b", text)
    assert "Ana would like" not in text
    assert "ana@example.org" not in text


def test_organiser_administrator_and_the_others_find_nothing_there(
    client_of, session, exchange, olga, admin, stage
):
    """SK-6, T-39: another's page is as missing as one that never was."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    ana, ben = (seats(session, exchange)[name] for name in ("Ana", "Ben"))
    for actor in (olga, admin, stranger, actor_of(session, ben)):
        client = client_of(actor)
        foreign, missing = client.get(f"/my/{ana.id}"), client.get(f"/my/{MISSING}")
        assert foreign.status_code == missing.status_code == 404
        plain = [
            re.sub(r'(nonce|value)="[^"]*"|' + f"{ana.id}|{MISSING}", "", p.text) for p in (foreign, missing)
        ]
        assert plain[0] == plain[1]
        for path in ("wishes/words", "wishes", "ready", "letters", "bought"):
            assert fill_in(client, f"/my/{ana.id}/{path}", wishes="coal", text="coal").status_code == 404
    answer = client_of(None).get(f"/my/{ana.id}")
    assert answer.status_code == 302


def test_nobody_writes_another_s_wishes(session, exchange, olga, admin):
    ana, ben = (seats(session, exchange)[name] for name in ("Ana", "Ben"))
    before = fingerprint(session)
    for actor in (olga, admin, actor_of(session, ben), ANONYMOUS):
        for place in (ana.id, UUID(MISSING)):
            with pytest.raises(NotFound):
                write_wishes(actor, place, "coal")
    assert fingerprint(session) == before


def test_one_s_own_wishes_are_written_down(client_of, stage, olga, session):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
    ana = seats(session, exchange)["Ana"]
    client = client_of(actor_of(session, ana))
    answer = fill_in(client, f"/my/{ana.id}/wishes/words", wishes="  a telescope\r\nor two ")
    assert (answer.status_code, answer.location) == (303, f"/my/{ana.id}/wishes")
    assert "a telescope" in client.get(answer.location).text
    too_long = fill_in(client, f"/my/{ana.id}/wishes/words", wishes="telescope " * 1001)
    assert too_long.status_code == 422
    assert "telescope telescope" in too_long.text
    session.expire_all()
    assert seats(session, exchange)["Ana"].wishes == "a telescope\nor two"


def season(client_of, stage, session, seed: bytes, organiser_name: str) -> tuple[list[str], dict]:
    """Draw with this seed, and answer all that the organiser can read afterwards, ids and times masked."""
    with stage() as staged:
        organiser = make_account(staged, organiser_name)
        exchange = make_exchange(staged, people=6, organiser=organiser, state=ExchangeState.CLOSED)
    draw_names(organiser, exchange.id, seed=seed)
    carry_letters()
    client, headers = client_of(organiser), bearer(organiser)
    pages = [
        client.get(path)
        for path in ("/", "/exchanges", f"/exchanges/{exchange.id}", f"/exchanges/{exchange.id}/rules")
    ]
    pages.append(fill_in(client, f"/exchanges/{exchange.id}/draw"))
    pages.append(fill_in(client, f"/exchanges/{exchange.id}/open"))
    pages.append(client.get(f"/join/{exchange.slug}"))
    for method, path in (
        ("get", "/api/v1/exchanges"),
        ("get", f"/api/v1/exchanges/{exchange.id}"),
        ("post", f"/api/v1/exchanges/{exchange.id}/draw"),
        ("post", f"/api/v1/exchanges/{exchange.id}/close"),
    ):
        pages.append(getattr(client_of(None), method)(path, headers=headers))
    masked = [_masked(page, exchange, organiser_name) for page in pages]
    return masked, matches(session, exchange)


def test_two_different_draws_look_the_same_to_the_organiser(client_of, stage, admin, session):
    """T-14: every byte that the organiser can read is equal, whatever was drawn."""
    first, one_way = season(client_of, stage, session, bytes(32), "Olga")
    second, another = season(client_of, stage, session, bytes(range(32)), "Otto")
    assert one_way != another, "the control: the draws do differ"
    for number, (left, right) in enumerate(zip(first, second, strict=True)):
        assert left == right, number


def written(letter) -> str:
    """The letter in words, but for its exchange's own share link."""
    rendered = letters.render(letters.unpack(letter.kind, letter.fields), "LINK")
    return re.sub(r"/join/\w+", "/join/SLUG", str(rendered))


def test_letters_and_their_order_are_the_same_for_two_draws(client_of, stage, admin, session, outbox):
    """T-14, T-15: nor does the mailbox tell, in which the administrator reads."""
    season(client_of, stage, session, bytes(32), "Olga")
    first = [(one.kind, one.to) for one in outbox()]
    bodies = [written(one) for one in outbox()]
    season(client_of, stage, session, bytes(range(32)), "Otto")
    second = [(one.kind, one.to) for one in outbox()][len(first) :]
    again = [written(one) for one in outbox()][len(first) :]
    assert first == second
    assert bodies == again
    for body, (_, to) in zip(bodies, first, strict=True):
        own = to.partition("@")[0].title()
        assert not any(other in body for other in {"Ana", "Ben", "Cleo", "Dan", "Eve", "Finn"} - {own})


def test_no_page_of_the_organiser_holds_a_way_into_another_s_page(client_of, olga, exchange, session):
    """T-16: peers were broken by links on the manage page."""
    carry_letters()
    client = client_of(olga)
    for path in ("/", "/exchanges", f"/exchanges/{exchange.id}", f"/exchanges/{exchange.id}/rules"):
        text = client.get(path).text
        assert "/ready/" not in text
        assert "/enter/" not in text
        assert "/confirm/" not in text
        assert "would like a book" not in text


def test_an_organiser_who_takes_part_sees_their_own_match_only(client_of, stage, session, olga):
    """SK-2."""
    with stage() as staged:
        exchange = make_exchange(staged, people=4, organiser=olga, state=ExchangeState.CLOSED)
        staged.scalars(select(Participant).where(Participant.name == "Ana")).one().person_id = olga.person_id
    draw_names(SYSTEM, exchange.id)
    client = client_of(olga)
    mine, other = (seats(session, exchange)[name] for name in ("Ana", "Ben"))
    assert client.get(f"/my/{mine.id}").status_code == 200
    assert client.get(f"/my/{other.id}").status_code == 404


def _masked(page, exchange, organiser_name) -> str:
    text = f"{page.status_code} {page.text}"
    for what in (exchange.slug, organiser_name, organiser_name.lower()):
        text = text.replace(what, "X")
    text = re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", text)
    text = re.sub(r'nonce="[^"]+"', "", text)
    text = re.sub(r'name="csrf_token" value="[^"]+"', "", text)
    text = re.sub(r"live\?after=\d+", "live", text)  # counts what happened in the whole house
    return re.sub(r"avatar--tint-\d", "", text)
