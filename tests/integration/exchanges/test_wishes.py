"""Wish lists: one's own, before and after the draw, and what whoever gives sees of them (SK-57)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kinkeeper.app.features import ERASE_STEPS, STEPS
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import ExchangeState, Wish
from kinkeeper.features.exchanges.rules.wishing import MOST_WISHES, Priority
from kinkeeper.features.exchanges.service import wishing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import complete_exchange
from kinkeeper.features.exchanges.service.leaving import AlreadyLeft, leave
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.organising import AlreadyOver, open_exchange
from kinkeeper.features.exchanges.service.reminding import choose_letters
from kinkeeper.features.exchanges.service.wishing import (
    BadLink,
    BadWish,
    Reworded,
    TooManyWishes,
    Wanted,
    add_wish,
    change_wish,
    remove_wish,
    write_wishes,
)
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import NotFound
from tests.factories import make_exchange, make_participant
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import at_once, bearer, fill_in, fingerprint, problems_among

from uuid import uuid4  # isort: skip


@pytest.fixture
def scene(stage, session, olga):
    with stage() as staged:
        exchange = make_exchange(staged, people=5, organiser=olga, state=ExchangeState.CLOSED)
    return Scene(session, exchange)


def texts(session, seat) -> list[str]:
    session.expire_all()
    return [wish.text for wish in queries.wishes_of(session, seat.id)]


def test_a_list_is_written_changed_ordered_and_thinned_out(client_of, scene, session):
    ana = scene.seat("Ana")
    client, path = client_of(scene.actor("Ana")), f"/my/{ana.id}/wishes"
    assert fill_in(client, path, text="A kite", priority="nice").location == path
    fill_in(client, path, text=" A  boat ", url="https://shop.example.org/boat", priority="love")
    assert texts(session, ana) == ["A boat", "A kite"]
    page = client.get(path).text
    assert 'href="https://shop.example.org/boat" rel="noopener noreferrer nofollow"' in page
    assert "<bdi>shop.example.org</bdi>" in page
    kite = queries.wishes_of(session, ana.id)[1].id
    assert "A kite" in client.get(f"{path}/{kite}").text
    fill_in(client, f"{path}/{kite}", text="Two kites", url="", priority="love")
    assert texts(session, ana) == ["Two kites", "A boat"], "the older one first"
    fill_in(client, f"{path}/{kite}/remove")
    assert texts(session, ana) == ["A boat"]
    assert client.get(f"{path}/{kite}").status_code == 404
    assert "A boat" in client.get(f"/my/{ana.id}").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "A boat", "url": "javascript:alert(1)"}, "no link to a web page"),
        ({"text": "A boat", "url": "shop.example.org"}, "no link to a web page"),
        ({"text": "B" * 201, "url": "https://shop.example.org"}, "at most 200"),
        ({"text": "", "url": "https://shop.example.org"}, "required"),
    ],
)
def test_what_was_typed_is_kept_where_it_is_refused(client_of, scene, session, fields, said):
    ana = scene.seat("Ana")
    path = f"/my/{ana.id}/wishes"
    client = client_of(scene.actor("Ana"))
    before = fingerprint(session)
    answer = fill_in(client, path, priority="love", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(f'value="{typed}"' in answer.text for typed in fields.values() if typed)
    assert re.search(r'<input checked [^>]*value="love"', answer.text)
    assert fingerprint(session) == before


def test_problems_have_names(scene):
    ana = scene.seat("Ana")
    for wanted, problem in (
        (Wanted(text=""), BadWish),
        (Wanted(text="a\u202eb"), BadWish),
        (Wanted(text="a", url="data:text/html,x"), BadLink),
    ):
        with pytest.raises(problem):
            add_wish(SYSTEM, ana.id, wanted)
    with pytest.raises(NotFound):
        add_wish(SYSTEM, uuid4(), Wanted(text="a"))


def test_fifty_wishes_are_enough_also_at_the_same_moment(scene, session):
    """A-16: the limit holds for two requests at once, too."""
    ana = scene.seat("Ana")
    for number in range(MOST_WISHES - 1):
        add_wish(SYSTEM, ana.id, Wanted(text=f"Wish {number}"))
    acts = [lambda: add_wish(SYSTEM, ana.id, Wanted(text="The last")) for _ in range(4)]
    assert problems_among(at_once(*acts)) == ["TooManyWishes"] * 3
    assert len(texts(session, ana)) == MOST_WISHES
    with pytest.raises(TooManyWishes):
        add_wish(SYSTEM, ana.id, Wanted(text="One more"))


def test_nobody_reads_or_touches_another_s_list(scene, session, olga, admin):
    """T-39: organisers and administrators neither; a wish of another place is as missing as none."""
    ana, ben = scene.seat("Ana"), scene.seat("Ben")
    wish_id = add_wish(SYSTEM, ana.id, Wanted(text="A kite"))
    before = fingerprint(session)
    for actor in (olga, admin, scene.actor("Ben")):
        for act in (
            lambda who=actor: add_wish(who, ana.id, Wanted(text="Coal")),
            lambda who=actor: change_wish(who, ana.id, wish_id, Wanted(text="Coal")),
            lambda who=actor: remove_wish(who, ana.id, wish_id),
            lambda who=actor: queries.wishes_page(session, who, ana.id),
        ):
            with pytest.raises(NotFound):
                act()
    with pytest.raises(NotFound):
        change_wish(scene.actor("Ben"), ben.id, wish_id, Wanted(text="Coal"))
    assert fingerprint(session) == before


def test_who_left_writes_no_wishes_that_would_be_there_when_they_come_back(scene, session, olga):
    """SK-61, SK-63: nothing stays of what somebody wished, and they begin anew."""
    open_exchange(olga, scene.exchange.id)
    seat_id, ana = scene.seat("Ana").id, scene.actor("Ana")
    leave(ana, seat_id)
    before = fingerprint(session)
    for act in (
        lambda: write_wishes(ana, seat_id, "Coal"),
        lambda: add_wish(ana, seat_id, Wanted(text="Coal")),
        lambda: choose_letters(ana, seat_id, reminders=False),
    ):
        with pytest.raises(AlreadyLeft):
            act()
    assert fingerprint(session) == before


def test_a_list_stays_live_after_the_draw_until_it_is_over(client_of, scene, session, olga, now):
    """SK-57 done otherwise: whoever gives sees every change."""
    draw_names(olga, scene.exchange.id)
    giver, receiver = next(iter(scene.pairs().items()))
    client = client_of(scene.actor(giver))
    path = fill_in(client, f"/my/{scene.seat(giver).id}/match").location
    wish_id = add_wish(SYSTEM, scene.seat(receiver).id, Wanted(text="A velvet trombone"))
    assert "A velvet trombone" in client.get(path).text
    change_wish(SYSTEM, scene.seat(receiver).id, wish_id, Wanted(text="A bassoon"))
    page = client.get(path).text
    assert "A bassoon" in page
    assert "A velvet trombone" not in page
    now.advance(days=23)
    complete_exchange(olga, scene.exchange.id)
    for act in (
        lambda: add_wish(SYSTEM, scene.seat(receiver).id, Wanted(text="Late")),
        lambda: change_wish(SYSTEM, scene.seat(receiver).id, wish_id, Wanted(text="Late")),
        lambda: remove_wish(SYSTEM, scene.seat(receiver).id, wish_id),
        lambda: write_wishes(SYSTEM, scene.seat(receiver).id, "Late"),
    ):
        with pytest.raises(AlreadyOver):
            act()
    own = client_of(scene.actor(receiver)).get(f"/my/{scene.seat(receiver).id}/wishes")
    assert "A bassoon" in own.text
    assert "<textarea" not in own.text


def test_only_the_one_who_gives_reads_a_list(client_of, scene, olga):
    draw_names(olga, scene.exchange.id)
    add_wish(SYSTEM, scene.seat("Ana").id, Wanted(text="A velvet trombone"))
    pairs = scene.pairs()
    for name in pairs:
        open_match(scene.actor(name), scene.seat(name).id)
        page = client_of(scene.actor(name)).get(f"/my/{scene.seat(name).id}?look=1")
        assert ("A velvet trombone" in page.text) == ("Ana" in {name, pairs[name]}), name
    for page in (f"/exchanges/{scene.exchange.id}", f"/exchanges/{scene.exchange.id}/export.json"):
        assert "trombone" not in client_of(olga).get(page).text


def test_what_is_typed_stays_text(client_of, scene, olga):
    """T-23."""
    evil = "<img src=x onerror=alert(1)>"
    draw_names(olga, scene.exchange.id)
    giver, receiver = next(iter(scene.pairs().items()))
    add_wish(SYSTEM, scene.seat(receiver).id, Wanted(text=evil, url='https://a.example/"><b>'))
    open_match(scene.actor(giver), scene.seat(giver).id)
    own = f"/my/{scene.seat(receiver).id}"
    for name, path in ((giver, f"/my/{scene.seat(giver).id}"), (receiver, own), (receiver, f"{own}/wishes")):
        page = client_of(scene.actor(name)).get(path).text
        assert "<img" not in page
        assert "<b>" not in page
        assert "&lt;img src=x" in page


def test_whoever_is_erased_leaves_no_wishes_and_merging_keeps_both_lists(stage, scene, session, olga):
    with stage() as staged:
        make_participant(staged, scene.exchange, "Anna")
    add_wish(SYSTEM, scene.seat("Ana").id, Wanted(text="A kite", priority=Priority.NICE))
    add_wish(SYSTEM, scene.seat("Anna").id, Wanted(text="A boat"))
    ana = scene.seat("Ana")
    merge_people(SYSTEM, scene.seat("Anna").person_id, ana.person_id, steps=STEPS.merge)
    assert texts(session, ana) == ["A boat", "A kite"]
    draw_names(olga, scene.exchange.id)
    erase_person(SYSTEM, ana.person_id, steps=ERASE_STEPS)
    assert session.scalars(select(Wish)).all() == []


def test_one_s_own_data_holds_the_list_and_the_choice_of_letters(scene, session):
    ana = scene.seat("Ana")
    add_wish(SYSTEM, ana.id, Wanted(text="A kite", url="https://shop.example.org"))
    (place,) = queries.export_person(session, ana.person_id)["exchanges"]
    assert place["wish_list"] == [{"text": "A kite", "url": "https://shop.example.org", "priority": "like"}]
    assert (place["wants_reminders"], place["hears_of_wishes"]) == (True, True)


@pytest.fixture
def own(stage, session, olga, scene):
    """A place of Olga's own, and the header of a token of hers: the API is for accounts."""
    with stage() as staged:
        seat = make_participant(staged, scene.exchange, "Hers", wishes="Tea")
        seat.person_id = olga.person_id
    return f"/api/v1/participations/{seat.id}/wishes", bearer(olga)


def test_programs_write_one_s_own_list(client_of, own):
    path, headers = own
    client = client_of(None)
    new = {"text": "A kite", "url": "https://shop.example.org", "priority": "love"}
    created = client.post(path, json=new, headers=headers)
    assert created.status_code == 201
    (wish,) = created.json["data"]["wishes"]
    assert set(wish) == {"id", "text", "url", "priority", "created_at", "changed_at"}
    changed = client.patch(f"{path}/{wish['id']}", json={"text": "Two kites"}, headers=headers)
    assert changed.json["data"]["wishes"][0]["text"] == "Two kites"
    assert changed.json["data"]["wishes"][0]["url"] == "https://shop.example.org"
    words = client.put(f"{path}/words", json={"words": "Coffee"}, headers=headers)
    assert words.json["data"]["words"] == "Coffee"
    assert client.get(path, headers=headers).json["data"]["words"] == "Coffee"
    assert client.delete(f"{path}/{wish['id']}", headers=headers).json["data"]["wishes"] == []
    refused = client.post(path, json={"text": "A kite", "url": "javascript:x"}, headers=headers)
    assert (refused.status_code, refused.json["error"]["code"]) == (422, "exchange.bad_link")


def test_two_programs_that_say_different_things_of_a_wish_lose_neither_s_word(
    client_of, own, session, monkeypatch
):
    """The other's word comes just before the lock is taken: what is left out is read under it."""
    path, headers = own
    client = client_of(None)
    (wish,) = client.post(path, json={"text": "A kite"}, headers=headers).json["data"]["wishes"]
    change = wishing.change_wish

    def late(actor, seat_id, wish_id, said):
        change(SYSTEM, seat_id, wish_id, Reworded(url="https://shop.example.org"))
        change(actor, seat_id, wish_id, said)

    monkeypatch.setattr(wishing, "change_wish", late)
    client.patch(f"{path}/{wish['id']}", json={"text": "Two kites"}, headers=headers)
    (kept,) = client.get(path, headers=headers).json["data"]["wishes"]
    assert (kept["text"], kept["url"]) == ("Two kites", "https://shop.example.org")


def test_programs_reach_no_other_list(client_of, own, scene, admin):
    headers = own[1]
    add_wish(SYSTEM, scene.seat("Ana").id, Wanted(text="A kite"))
    path = f"/api/v1/participations/{scene.seat('Ana').id}/wishes"
    assert client_of(None).get(path, headers=headers).status_code == 404
    assert client_of(None).get(path, headers=bearer(admin)).status_code == 404
    assert client_of(None).post(path, json={"text": "Coal"}, headers=headers).status_code == 404
    assert client_of(None).get(path).status_code == 401


def test_the_limits_that_forms_name_are_the_verb_s(client_of, scene):
    page = client_of(scene.actor("Ana")).get(f"/my/{scene.seat('Ana').id}/wishes").text
    assert f'maxlength="{wishing.LONGEST_WISH}"' in page
