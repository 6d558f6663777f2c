"""What is asked stands in the log, with its address: no address names both ends of a match (T-21, T-22)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.app import requests
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import ExchangeState, Wish
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish
from kinkeeper.kernel.actor import SYSTEM
from tests.factories import make_exchange
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import fingerprint, form_token

OF_A_PLACE = {"participant_id", "exchange_id", "wish_id"}
"""Whose place, in what, and a wish on the list of that very place."""


@pytest.fixture
def scene(stage, session, olga):
    """Drawn, and everybody wishes for a kite."""
    with stage() as staged:
        exchange = make_exchange(staged, people=4, organiser=olga, state=ExchangeState.CLOSED)
    scene = Scene(session, exchange)
    draw_names(olga, exchange.id)
    for name in scene.pairs():
        add_wish(SYSTEM, scene.seat(name).id, Wanted(text="A kite"))
    return scene


def wish_for(scene, giver):
    """What the match of somebody would like."""
    return queries.wishes_of(scene.session, scene.seat(scene.pairs()[giver]).id)[0].id


def of_places(app):
    return [rule for rule in app.url_map.iter_rules() if "participant_id" in rule.arguments]


def test_an_address_with_a_place_names_nobody_else(app):
    found = of_places(app)
    assert len(found) > 30
    assert [rule.rule for rule in found if not rule.arguments <= OF_A_PLACE] == []


def test_no_address_with_a_giver_s_place_takes_a_wish_of_the_match(app, client_of, scene, session):
    client = client_of(scene.actor("Ana"))
    token = form_token(client)
    headers, form = {"X-CSRF-Token": token}, {"csrf_token": token, "text": "A boat", "priority": "love"}
    sent = ({"json": {"is_bought": True}}, {"json": {"text": "A boat"}})
    client.post(f"/api/v1/participations/{scene.seat('Ana').id}/match", headers=headers)
    gaps = {"participant_id": scene.seat("Ana").id, "wish_id": wish_for(scene, "Ana")}
    before = fingerprint(session)
    for rule in of_places(app):
        if "wish_id" in rule.arguments:
            path = rule.build(gaps)[1]
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                for said in sent if path.startswith("/api") else ({"data": form},):
                    answer = client.open(path, method=method, headers=headers, **said)
                    assert answer.status_code in {404, 422}, (rule.rule, method)
    assert fingerprint(session) == before


def test_of_a_match_that_is_read_and_bought_for_the_log_tells_nothing(client_of, scene, monkeypatch):
    """By the API as on the page."""
    told = []
    monkeypatch.setattr(requests.log, "info", lambda _said, **facts: told.append(repr(facts)))
    client, place = client_of(scene.actor("Ana")), scene.seat("Ana").id
    api, headers = f"/api/v1/participations/{place}", {"X-CSRF-Token": form_token(client)}
    wish = client.post(f"{api}/match", headers=headers).json["data"]["match"]["wish_list"][0]
    said = {"wish_id": wish["id"], "is_bought": True}
    assert client.put(f"{api}/bought", json=said, headers=headers).status_code == 200
    assert any(str(place) in line for line in told)
    others = scene.session.scalars(select(Wish)).all()
    names = {str(one.id) for one in others} | {str(one.participant_id) for one in others} - {str(place)}
    assert [line for line in told for name in names if name in line] == []
