"""Files of an exchange for its organiser: people, rules and states, and nothing of who gives to whom."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import delete

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Draw, Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import Shape, sealing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.holding import put_on_list
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.features.exchanges.service.ruling import (
    DrawWishes,
    keep_apart,
    keep_household_apart,
    wish_draw,
)
from tests.factories import make_exchange, make_participant
from tests.integration.web.support import bearer


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        exchange = make_exchange(session, people=5, organiser=olga)
        make_participant(session, exchange, "Zoe", confirmed=False)
    with stage() as session:
        ana, ben, cleo, dan, _ = queries.confirmed_seats(session, exchange.id)
    keep_household_apart(olga, exchange.id, "Oak Road", [ana.id, ben.id])
    keep_apart(olga, exchange.id, cleo.id, dan.id, both_ways=False)
    return exchange


def rows_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_list_for_a_spreadsheet(client_of, olga, exchange):
    """A-43: its name is ours, whatever the exchange is called."""
    answer = client_of(olga).get(f"/exchanges/{exchange.id}/export.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=people.csv"
    rows = rows_of(answer)
    assert [row["name"] for row in rows] == ["Ana", "Ben", "Cleo", "Dan", "Eve", "Zoe"]
    assert '\n"Ana","ana@example.org",' in answer.text, "every cell is in quotes"
    assert rows[0]["email"] == "ana@example.org"
    assert [bool(row["confirmed_at"]) for row in rows] == [True] * 5 + [False]


WIDE = ("\uff1d1+2", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", "\ufe661", "\ufe621")
"""The same signs, as wide as a Chinese one or small."""


@pytest.mark.parametrize("name", ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", *WIDE])
def test_no_cell_is_a_formula(client_of, stage, olga, name):
    """A-7: whatever got into a name: a spreadsheet shows it, and calculates nothing."""
    with stage() as session:
        exchange = make_exchange(session, people=1, organiser=olga)
        session.query(Participant).filter_by(exchange_id=exchange.id).one().name = name
    (row,) = rows_of(client_of(olga).get(f"/exchanges/{exchange.id}/export.csv"))
    assert row["name"] == f"'{name}"


def test_everything_as_json_by_page_and_by_program(client_of, olga, exchange):
    body = client_of(olga).get(f"/exchanges/{exchange.id}/export.json").json
    program = client_of(None)
    answer = program.get(f"/api/v1/exchanges/{exchange.id}/export", headers=bearer(olga))
    assert answer.json["data"] == body
    assert body["exchange"]["state"] == "open"
    assert (body["exchange"]["people"], body["exchange"]["confirmed"]) == (6, 5)
    assert body["kept_apart"] == [{"giver": "Cleo", "receiver": "Dan"}]
    assert body["households"] == [{"name": "Oak Road", "members": ["Ana", "Ben"]}]
    assert [one["name"] for one in body["people"]] == ["Ana", "Ben", "Cleo", "Dan", "Eve", "Zoe"]


def test_both_files_say_who_looks_after_whom_and_who_left(client_of, stage, olga, exchange, session):
    """With the shape all that an organiser sees; who left has no address there (SK-61)."""
    ana, *_, eve, _ = queries.all_seats(session, exchange.id)
    put_on_list(olga, exchange.id, "Wim", ana.person_id)
    remove_person(olga, exchange.id, eve.id)
    wish_draw(olga, exchange.id, DrawWishes(Shape.ONE_LOOP, 2, publishes_draw=False))
    path = f"/exchanges/{exchange.id}/export"
    rows = rows_of(client_of(olga).get(f"{path}.csv"))
    assert {row["name"]: row["looked_after_by"] for row in rows if row["looked_after_by"]} == {"Wim": "Ana"}
    assert [(row["name"], row["email"]) for row in rows if row["left_at"]] == [("Eve", "")]
    body = client_of(olga).get(f"{path}.json").json
    assert [one["looked_after_by"] for one in body["people"] if one["name"] in {"Dan", "Wim"}] == [
        [],
        ["Ana"],
    ]
    assert [one["name"] for one in body["left"]] == ["Eve"]
    assert (body["shape"], body["avoid_years"]) == (Shape.ONE_LOOP.value, 2)


def test_nothing_tells_who_gives_to_whom_nor_what_anybody_wishes(client_of, stage, olga, exchange, session):
    """T-14: two draws that differ are the same in both files, to the byte."""
    close_exchange(olga, exchange.id)
    said, drawn = [], []
    for seed in (b"a" * 32, b"b" * 32):
        draw_names(olga, exchange.id, seed=seed)
        drawn.append(_pairs(session, exchange))
        session.commit()
        path = f"/exchanges/{exchange.id}/export"
        said.append([client_of(olga).get(f"{path}.{kind}").data for kind in ("csv", "json")])
        with stage() as staged:
            staged.execute(delete(Draw))
            row = staged.get_one(Exchange, exchange.id)
            row.state, row.drawn_at = ExchangeState.CLOSED, None
    assert drawn[0] != drawn[1]
    assert said[0] == said[1]
    assert b"would like" not in b"".join(said[0])


def _pairs(session, exchange) -> set:
    salts = {seat.id: seat.salt for seat in queries.all_seats(session, exchange.id)}
    return {
        (row.giver_id, sealing.unseal(row.draw_id, row.giver_id, salts[row.giver_id], row.receiver_sealed))
        for row in queries.sealed_pairs(session, exchange.id)
    }


@pytest.mark.parametrize("path", ["/exchanges/{}/export.csv", "/exchanges/{}/export.json"])
def test_an_open_browser_is_asked_who_it_is_before_it_takes_anything_along(
    client_of, olga, exchange, now, path
):
    """A-54."""
    client, page = client_of(olga), path.format(exchange.id)
    now.advance(minutes=16)
    assert client.get(page).location == f"/sign-in/again?next={page}"
    answer = client.get(f"/api/v1/exchanges/{exchange.id}/export")
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "account.prove_again")
    program = client_of(None)
    answer = program.get(f"/api/v1/exchanges/{exchange.id}/export", headers=bearer(olga))
    assert answer.status_code == 200
