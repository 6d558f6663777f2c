"""What a giver has bought is for that giver's eyes, and tells nobody else a pair (T-14, T-20, T-21)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kinkeeper.app.features import ERASE_STEPS
from kinkeeper.app.tables import METADATA
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Assignment, ExchangeState, Wish
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.rules.wishing import MOST_WISHES
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.ending import complete_exchange
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.organising import AlreadyOver
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.wishing import (
    Wanted,
    add_wish,
    change_wish,
    mark_bought,
    remove_wish,
)
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import NotFound
from tests.factories import make_exchange
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import MISSING, fill_in, fingerprint

from uuid import UUID  # isort: skip

PEOPLE = 6


@pytest.fixture
def scene(stage, session, olga):
    """Drawn; everybody has looked, and has a list of another length."""
    with stage() as staged:
        exchange = make_exchange(staged, people=PEOPLE, organiser=olga, state=ExchangeState.CLOSED)
    scene = Scene(session, exchange)
    draw_names(olga, exchange.id)
    for number, name in enumerate(sorted(scene.pairs())):
        for place in range(number + 1):
            add_wish(SYSTEM, scene.seat(name).id, Wanted(text=f"{name} likes {place}"))
        open_match(scene.actor(name), scene.seat(name).id)
    return scene


def wishes(scene, name) -> list[Wish]:
    return queries.wishes_of(scene.session, scene.seat(name).id)


def ideas(scene, name):
    seat = scene.seat(name)
    row = queries.assignment_of(scene.session, seat)
    return queries.gift_ideas(scene.session, seat, row)


def bought(scene, name) -> set[str]:
    return {idea.wish.text for idea in ideas(scene, name).ideas if idea.is_bought}


def buy(scene, name, place=0) -> Wish:
    wish = wishes(scene, scene.pairs()[name])[place]
    mark_bought(scene.actor(name), scene.seat(name).id, wish.id, bought=True)
    return wish


def test_the_giver_ticks_a_wish_and_takes_it_back(client_of, scene):
    client, path = client_of(scene.actor("Ana")), f"/my/{scene.seat('Ana').id}"
    wish = wishes(scene, scene.pairs()["Ana"])[0]
    answer = fill_in(client, f"{path}/bought", wish=wish.id, bought="y")
    assert answer.location == f"{path}?look=1"
    assert "You have bought it" in client.get(answer.location).text
    assert str(wish.id) not in answer.location, "T-22: no address names it"
    assert bought(scene, "Ana") == {wish.text}
    fill_in(client, f"{path}/bought", wish=wish.id)
    assert bought(scene, "Ana") == set()
    assert "You have bought it" not in client.get(answer.location).text


def test_buying_twice_is_as_once_and_undoing_nothing_is_nothing(scene):
    wish = buy(scene, "Ana")
    mark_bought(scene.actor("Ana"), scene.seat("Ana").id, wish.id, bought=True)
    assert bought(scene, "Ana") == {wish.text}
    for _ in range(2):
        mark_bought(scene.actor("Ana"), scene.seat("Ana").id, wish.id, bought=False)
    assert bought(scene, "Ana") == set()


def test_nobody_else_reads_of_it(client_of, scene, olga, admin):
    """T-20: every page and file of everybody else is the same as before, the receiver's first of all."""
    receiver = scene.pairs()["Ana"]
    looks = [(name, f"/my/{scene.seat(name).id}") for name in scene.pairs() if name != "Ana"]
    looks += [(receiver, f"/my/{scene.seat(receiver).id}/wishes")]
    pages = ["", "/export.json", "/export.csv", "/changes", "/rules"]

    def seen() -> list[str]:
        texts = [client_of(scene.actor(name)).get(path).text for name, path in looks]
        texts += [
            str(queries.export_person(scene.session, scene.seat(name).person_id)) for name in scene.pairs()
        ]
        for actor in (olga, admin):
            texts += [client_of(actor).get(f"/exchanges/{scene.exchange.id}{page}").text for page in pages]
        return [re.sub(r'nonce="[^"]+"|name="csrf_token" value="[^"]+"', "", text) for text in texts]

    before = seen()
    buy(scene, "Ana")
    assert seen() == before


def test_a_copied_database_tells_no_pair(scene, session):
    """T-21: no row names two of them but those of everybody alike, no length tells how many were bought.

    The control finds the pairs as soon as the seal is none.
    """
    for name in ("Ana", "Ben", "Cleo"):
        buy(scene, name)
    rows = session.scalars(select(Assignment)).all()
    assert {row.bought_sealed is not None for row in rows} == {True}, "there as soon as somebody has looked"
    assert len({len(row.bought_sealed) for row in rows}) == 1
    assert told_pairs(scene) == set()
    seat = scene.seat("Ana")
    row = queries.assignment_of(session, seat)
    plain = sealing.bought_of(row.draw_id, seat.id, seat.salt, row.bought_sealed)
    leak = b"".join(wish_id.bytes for wish_id in plain)
    assert ("Ana", scene.pairs()["Ana"]) in told_pairs(scene, instead={row.giver_id: leak})


def told_pairs(scene, instead=()) -> set[tuple[str, str]]:
    """Pairs that some row of any table gives away: it holds an id of the giver, and one of the match."""
    pairs, found = scene.pairs(), set()
    ids = {
        name: [scene.seat(name).id, scene.seat(name).person_id, *(wish.id for wish in wishes(scene, name))]
        for name in pairs
    }
    for table in METADATA.sorted_tables:
        for row in scene.session.execute(select(table)):
            values = [*row]
            if table.name == "exchange_assignment" and row.giver_id in dict(instead):
                values.append(dict(instead)[row.giver_id])
            held = {name for name in pairs if any(is_in(one, values) for one in ids[name])}
            found |= {(one, pairs[one]) for one in held if pairs[one] in held}
    return found


def is_in(one: UUID, values: list) -> bool:
    spelt = (one.hex, str(one))
    return any(
        value == one
        or (isinstance(value, bytes) and one.bytes in value)
        or (isinstance(value, (str, dict)) and any(text in str(value) for text in spelt))
        for value in values
    )


def test_whoever_has_not_looked_has_nothing_to_tick(stage, session, olga):
    with stage() as staged:
        exchange = make_exchange(staged, people=4, organiser=olga, state=ExchangeState.CLOSED)
    fresh = Scene(session, exchange)
    draw_names(olga, exchange.id)
    add_wish(SYSTEM, fresh.seat(fresh.pairs()["Ana"]).id, Wanted(text="A kite"))
    wish = wishes(fresh, fresh.pairs()["Ana"])[0]
    with pytest.raises(NotFound):
        mark_bought(fresh.actor("Ana"), fresh.seat("Ana").id, wish.id, bought=True)


def test_another_s_wish_is_as_missing_as_none(client_of, scene, session):
    """T-14: else whoever tries all ids finds whose list it is."""
    other = next(name for name in scene.pairs() if name not in {"Ana", scene.pairs()["Ana"]})
    foreign = wishes(scene, other)[0]
    client, path = client_of(scene.actor("Ana")), f"/my/{scene.seat('Ana').id}/bought"
    before = fingerprint(session)
    answers = [fill_in(client, path, wish=one, bought="y") for one in (foreign.id, MISSING, "x", "")]
    assert {answer.status_code for answer in answers} == {404}
    with pytest.raises(NotFound):
        mark_bought(scene.actor("Ben"), scene.seat("Ana").id, foreign.id, bought=True)
    assert fingerprint(session) == before


def test_a_wish_that_says_something_else_or_is_gone_is_told(client_of, scene):
    receiver = next(name for name in scene.pairs() if len(wishes(scene, name)) >= 3)
    giver = next(name for name, other in scene.pairs().items() if other == receiver)
    changed, gone, same = (buy(scene, giver, place).id for place in range(3))
    change_wish(SYSTEM, scene.seat(receiver).id, changed, Wanted(text="Something blue"))
    remove_wish(SYSTEM, scene.seat(receiver).id, gone)
    found = ideas(scene, giver)
    assert {idea.wish.id: idea.is_changed for idea in found.ideas if idea.is_bought} == {
        changed: True,
        same: False,
    }
    assert found.vanished == 1
    page = client_of(scene.actor(giver)).get(f"/my/{scene.seat(giver).id}").text
    assert "It says something else since you bought it." in page
    assert "A wish was taken off the list after you had bought it." in page


def test_room_is_made_where_a_list_was_bought_and_rewritten(scene):
    """What vanished is forgotten first: the seal holds as many marks as a list has wishes."""
    receiver = scene.pairs()["Ana"]
    for wish in wishes(scene, receiver):
        remove_wish(SYSTEM, scene.seat(receiver).id, wish.id)
    for _ in range(2):
        ids = [
            add_wish(SYSTEM, scene.seat(receiver).id, Wanted(text="x")) for _ in range(MOST_WISHES // 2 + 1)
        ]
        for wish_id in ids:
            mark_bought(scene.actor("Ana"), scene.seat("Ana").id, wish_id, bought=True)
        for wish_id in ids[1:]:
            remove_wish(SYSTEM, scene.seat(receiver).id, wish_id)
    found = ideas(scene, "Ana")
    assert sum(idea.is_bought for idea in found.ideas) == 2
    assert found.vanished < MOST_WISHES


def test_a_match_that_stays_keeps_its_ticks_and_another_begins_with_none(scene, olga):
    """A repair moves few; a new draw moves all, and nobody reads what an earlier giver has bought."""
    before = scene.pairs()
    had = {name: {buy(scene, name).text} for name in before}
    drop_out(olga, scene.exchange.id, scene.seat("Finn").id)
    after = scene.pairs()
    stay = {name for name in after if after[name] == before[name]}
    assert stay
    for name in after:
        if name in stay:
            assert bought(scene, name) == had[name]
        else:
            open_match(scene.actor(name), scene.seat(name).id)
            assert bought(scene, name) == set()
    redraw_names(olga, scene.exchange.id, "A mistake")
    for name in scene.pairs():
        open_match(scene.actor(name), scene.seat(name).id)
        assert (bought(scene, name), ideas(scene, name).vanished) == (set(), 0)


def test_it_ends_with_the_exchange_and_with_the_giver(scene, session, olga, now):
    ana = scene.seat("Ana")
    wish = buy(scene, "Ana")
    person_id, ana_id = ana.person_id, ana.id
    actor = scene.actor("Ana")
    now.advance(days=23)
    complete_exchange(olga, scene.exchange.id)
    with pytest.raises(AlreadyOver):
        mark_bought(actor, ana_id, wish.id, bought=False)
    erase_person(SYSTEM, person_id, steps=ERASE_STEPS)
    session.expire_all()
    rows = session.scalars(select(Assignment).where(Assignment.giver_id == ana_id)).all()
    assert [row.bought_sealed for row in rows] == [None]
