"""/api/v1/exchanges: rules, feasibility, draws and repairs; no answer but the reveal holds a pair (G13)."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import ExchangeState, Participant
from kinkeeper.features.exchanges.service.organising import close_exchange
from tests.factories import make_account, make_answer, make_exchange
from tests.integration.web.support import MISSING, bearer, fingerprint


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        exchange = make_exchange(session, people=6, organiser=olga, state=ExchangeState.OPEN)
    close_exchange(olga, exchange.id)
    return exchange


@pytest.fixture
def api(client_of, olga, exchange):
    """`api("get", "rules")` asks as Olga, and answers (status, data or error)."""
    client, headers = client_of(None), bearer(olga)

    def ask(method: str, path: str, body: dict | None = None):
        sent = {} if method in {"get", "delete"} else {"json": body or {}}
        answer = getattr(client, method)(f"/api/v1/exchanges/{exchange.id}/{path}", headers=headers, **sent)
        return answer.status_code, answer.json.get("data") or answer.json.get("error")

    return ask


@pytest.fixture
def seat(session, exchange):
    return {one.name: str(one.id) for one in session.scalars(select(Participant))}.__getitem__


def test_rules_are_listed_made_and_lifted(api, seat):
    pair = {"giver_id": seat("Ana"), "receiver_id": seat("Ben")}
    status, rules = api("post", "rules/pairs", pair)
    back = {"giver_id": seat("Ben"), "receiver_id": seat("Ana")}
    assert status == 200
    assert sorted(rules["pairs"], key=str) == sorted([pair, back], key=str)
    _, rules = api("delete", f"rules/pairs/{seat('Ben')}/{seat('Ana')}")
    assert rules["pairs"] == [pair]
    home = {"name": "Oak Road", "members": [seat("Cleo"), seat("Dan")]}
    _, rules = api("post", "rules/households", home)
    assert [(one["name"], one["members"]) for one in rules["households"]] == [("Oak Road", ["Cleo", "Dan"])]
    _, rules = api("delete", f"rules/households/{rules['households'][0]['id']}")
    assert rules["households"] == []
    _, rules = api("put", "rules/draw", {"shape": "one-loop", "avoid_years": 2})
    assert (rules["shape"], rules["avoid_years"], rules["publishes_draw"]) == ("one-loop", 2, False)
    assert api("get", "rules") == (200, rules)


def test_feasibility_says_who_is_stuck_and_what_would_help(api, seat):
    assert api("get", "feasibility")[1]["is_possible"]
    for giver in ("Ana", "Ben"):
        for other in {"Ana", "Ben", "Cleo", "Eve", "Finn"} - {giver}:
            api(
                "post",
                "rules/pairs",
                {"giver_id": seat(giver), "receiver_id": seat(other), "both_ways": False},
            )
    outlook = api("get", "feasibility")[1]
    assert not outlook["is_possible"]
    assert outlook["message"].startswith("These rules leave no way to draw. Ana and Ben can only give to Dan")
    assert len(outlook["lifts"]) == 8
    assert api("post", "rules/allow", outlook["lifts"][0])[0] == 200
    assert "leave no secret" in api("get", "feasibility")[1]["message"]


def test_a_season_of_draws_tells_versions_and_hashes_and_no_pair(api, seat, session, exchange, stage):
    promised = api("get", "draws")[1]
    assert (promised["version"], promised["draws"]) == (None, [])
    assert api("post", "draw")[0] == 200
    drawn = api("get", "draws")[1]
    assert (drawn["version"], drawn["commitment"]) == (1, promised["commitment"])
    leaving = api("get", f"people/{seat('Ana')}/repair")[1]
    assert leaving == {
        "participant_id": seat("Ana"),
        "is_in_the_draw": True,
        "version": 1,
    }
    assert api("post", f"people/{seat('Ana')}/drop-out", {"after": 1})[1]["version"] == 2
    stale = api("post", f"people/{seat('Ben')}/drop-out", {"after": 1})
    assert (stale[0], stale[1]["code"]) == (409, "exchange.drawn_meanwhile")
    late = {"name": "Zoe", "email": "zoe@example.org", "apart_from": [seat("Ben")]}
    status, listed = api("post", "people/late", late)
    assert (status, listed["is_in_the_draw"]) == (201, False)
    for method, path in (("get", "repair"), ("post", "let-in")):
        unasked = api(method, f"people/{listed['participant_id']}/{path}")
        assert (unasked[0], unasked[1]["code"]) == (409, "exchange.not_answered")
    with stage() as staged:
        make_answer(staged, UUID(listed["participant_id"]))
    coming = api("get", f"people/{listed['participant_id']}/repair")
    assert coming == (200, {**listed, "version": 2})
    close = {
        "name": "Yan",
        "email": "yan@example.org",
        "apart_from": [seat("Ben"), seat("Cleo"), seat("Dan")],
    }
    yan = api("post", "people/late", close)[1]["participant_id"]
    with stage() as staged:
        make_answer(staged, UUID(yan))
    for method, path in (("get", "repair"), ("post", "let-in")):
        refused = api(method, f"people/{yan}/{path}")
        assert (refused[0], refused[1]["code"]) == (409, "exchange.too_few_around")
    assert api("post", f"people/{listed['participant_id']}/let-in")[1]["version"] == 3
    again = api("post", "redraw", {"reason": "A mistake", "after": 3})[1]
    assert [(one["version"], one["kind"], one["reason"]) for one in again["draws"]] == [
        (1, "draw", ""),
        (4, "redraw", "A mistake"),
    ]
    assert set(again["draws"][1]) == {"version", "kind", "drawn_at", "reason", "commitment"}
    session.expire_all()
    stood = queries.standing(session, exchange.id)
    ben = next(one for one in stood.seats if one.name == "Ben")
    receiver = session.get_one(Participant, stood.receivers[ben.id]).name
    seen = api("post", "reveal", {"giver_id": seat("Ben"), "reason": "He is ill"})
    assert seen == (200, {"giver": "Ben", "receiver": receiver})


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("put", "rules/draw", {"shape": "star"}),
        ("put", "rules/draw", {"avoid_years": 11}),
        ("post", "rules/pairs", {"giver_id": "nonsense", "receiver_id": MISSING}),
        ("post", "rules/households", {"name": "Oak"}),
        ("post", "redraw", {"reason": ""}),
        ("post", "redraw", {"reason": "x" * 201}),
        ("post", "reveal", {"giver_id": MISSING}),
        ("post", "people/late", {"name": "Zoe", "email": "nonsense"}),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_changed(api, session, method, path, body):
    if path == "people/late":
        api("post", "draw")
    before = fingerprint(session)
    status, error = api(method, path, body)
    assert (status, error["code"] != "") == (422, True)
    assert fingerprint(session) == before


def test_strangers_find_nothing(client_of, stage, exchange, session):
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    headers, before = bearer(stranger), None
    before = fingerprint(session)
    path = f"/api/v1/exchanges/{exchange.id}"
    for method, where, body in (
        ("post", "redraw", {"reason": "Please"}),
        ("post", "reveal", {"giver_id": MISSING, "reason": "Please"}),
        ("put", "rules/draw", {}),
        ("post", f"people/{MISSING}/drop-out", {}),
        ("post", f"people/{MISSING}/let-in", {}),
    ):
        answer = getattr(client_of(None), method)(f"{path}/{where}", json=body, headers=headers)
        assert answer.status_code == 404, where
    assert fingerprint(session) == before
