"""Coordinators help with people, observers look on, and neither does more (RS-58, A-57)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.queries import with_grants
from kinkeeper.features.exchanges.models import ExchangeState, Participant
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.features.exchanges.service.revealing import reveal_match
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.kernel.roles import Role, Scope
from tests.factories import make_account, make_exchange, make_grant
from tests.integration.web.support import bearer, fingerprint, form_token

LOOK = {
    "exchanges.show",
    "exchanges.board",
    "exchanges.letters_to",
    "exchanges.changes_live",
}
HELP = {
    "exchanges.person",
    "exchanges.add_people",
    "exchanges.put_on_list",
    "exchanges.hand_over_care",
    "exchanges.remove_person",
    "exchanges.send_again",
    "exchanges.renew_link",
    "exchanges.change_address",
    "exchanges.take_back_address",
    "exchanges.qr_svg",
    "exchanges.qr_png",
}
"""All else is for those who run it; so is whatever comes new, until somebody writes it down here."""
PICK = {"exchanges.pick_people"}
"""Out of the circle's address book, which has to be theirs to read."""


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        return make_exchange(session, people=4, organiser=olga, state=ExchangeState.CLOSED)


@pytest.fixture
def with_role(stage, exchange):
    """`with_role(Role.OBSERVER)` answers somebody who is that for the exchange, or for its circle."""

    def make(role, scope=Scope.OCCASION):
        with stage() as session:
            actor = make_account(session, f"{role.title()} {scope}")
            place = exchange.id if scope is Scope.OCCASION else exchange.circle_id
            make_grant(session, session.get_one(Person, actor.person_id), role, scope, place)
            return with_grants(session, actor)

    return make


def routes_of_an_exchange(app):
    for rule in app.url_map.iter_rules():
        if "<uuid:exchange_id>" in rule.rule:
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, rule


def ask(client, method, path):
    if method == "GET":
        return client.get(path).status_code
    return client.open(path, method=method, data={"csrf_token": form_token(client)}).status_code


@pytest.mark.parametrize(
    ("role", "scope", "allowed"),
    [
        (Role.OBSERVER, Scope.OCCASION, LOOK),
        (Role.OBSERVER, Scope.CIRCLE, LOOK),
        (Role.COORDINATOR, Scope.OCCASION, LOOK | HELP),
        (Role.COORDINATOR, Scope.CIRCLE, LOOK | HELP | PICK),
    ],
)
def test_every_page_of_an_exchange_knows_who_may(
    app, client_of, exchange, session, with_role, monkeypatch, scope, role, allowed
):
    """The whole map of addresses, with nothing sent: pages say 403 to whom they are not for."""
    from kinkeeper.web import live

    monkeypatch.setattr(live, "LIFE", 0.0)
    seat_id = session.scalars(select(Participant.id).where(Participant.exchange_id == exchange.id)).first()
    client = client_of(with_role(role, scope))
    wrong = []
    for method, rule in routes_of_an_exchange(app):
        if not rule.endpoint.startswith("exchanges."):
            continue
        path = rule.rule.replace("<uuid:exchange_id>", str(exchange.id))
        path = re.sub(r"<uuid:\w+>", str(seat_id), path)
        status = ask(client, method, path)
        if (status == 403) == (rule.endpoint in allowed) or status >= 500:
            wrong.append((method, rule.rule, status))
    assert wrong == []


def test_the_lists_name_pages_that_are_there(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints >= LOOK | HELP | PICK


def test_an_observer_sees_who_is_in_and_no_button(client_of, exchange, with_role):
    client = client_of(with_role(Role.OBSERVER))
    page = client.get(f"/exchanges/{exchange.id}").text
    assert "Ana" in page
    assert "You look on" in page
    body = page.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in body
    for word in ("people/add", "/change", "/rules", "/organisers", "export", "Look after"):
        assert word not in body, word
    for where in ("/", "/exchanges"):
        assert exchange.title in client.get(where).text
    assert "Draw the names" not in client.get("/").text


def test_a_coordinator_has_the_buttons_for_people_and_no_other(client_of, exchange, with_role):
    page = client_of(with_role(Role.COORDINATOR)).get(f"/exchanges/{exchange.id}").text
    body = page.partition("<main")[2].partition("</main>")[0]
    assert "You help with it" in body
    assert "people/add" in body
    assert "Look after" in body
    assert "<form" not in body
    for word in ("/draw", '/change"', "/rules", "/organisers", "export"):
        assert word not in body, word


def test_no_link_of_their_pages_leads_to_a_refusal(client_of, exchange, session, with_role, now):
    """Buttons show only what one may: in every state, every link on every page that one may see."""
    actors = [with_role(role) for role in (Role.OBSERVER, Role.COORDINATOR)]
    for act in (lambda: None, lambda: draw_names(SYSTEM, exchange.id), lambda: complete(exchange, now)):
        act()
        for actor in actors:
            _follow_all(client_of(actor), [f"/exchanges/{exchange.id}"], exchange)


def complete(exchange, now):
    from kinkeeper.features.exchanges.service.ending import complete_exchange

    now.advance(days=30)
    complete_exchange(SYSTEM, exchange.id)


def _follow_all(client, ahead, exchange) -> None:
    seen = set()
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code in {200, 303}, path
        body = answer.text.partition("<main")[2].partition("</main>")[0]
        found = re.findall(r'(?:href|action)="(/[^"#]*)', body)
        ahead += [one for one in found if one.startswith(f"/exchanges/{exchange.id}")]


def test_a_coordinator_looks_after_the_list(stage, olga, exchange, with_role, session, outbox):
    cora = with_role(Role.COORDINATOR)
    (seat_id,) = add_people(cora, exchange.id, [Newcomer("Zoe", "zoe@example.org")], language="en")
    assert [letter.to for letter in outbox()] == ["zoe@example.org"]
    remove_person(cora, exchange.id, seat_id)
    for refused in (
        lambda: close_exchange(cora, exchange.id),
        lambda: draw_names(cora, exchange.id),
        lambda: reveal_match(cora, exchange.id, seat_id, "Curious"),
    ):
        with pytest.raises(Forbidden):
            refused()


def test_an_observer_changes_nothing(exchange, with_role, session):
    otto = with_role(Role.OBSERVER)
    seat_id = session.scalars(select(Participant.id)).first()
    before = fingerprint(session)
    for refused in (
        lambda: add_people(otto, exchange.id, [Newcomer("Zoe", "zoe@example.org")], language="en"),
        lambda: remove_person(otto, exchange.id, seat_id),
        lambda: draw_names(otto, exchange.id),
    ):
        with pytest.raises(Forbidden):
            refused()
    assert fingerprint(session) == before


def test_a_role_elsewhere_opens_nothing_here(stage, exchange, olga):
    """T-39: for another exchange of the same circle, and for another circle."""
    with stage() as session:
        other = make_exchange(session, people=0, organiser=olga)
        elsewhere = make_exchange(session, people=0, organiser=make_account(session, "Otto"))
        actors = []
        for name, scope, place in (
            ("Cora", Scope.OCCASION, other.id),
            ("Cleo", Scope.OCCASION, elsewhere.id),
            ("Carl", Scope.CIRCLE, elsewhere.circle_id),
        ):
            actor = make_account(session, name)
            make_grant(session, session.get_one(Person, actor.person_id), Role.ORGANISER, scope, place)
            actors.append(with_grants(session, actor))
    for actor in actors:
        with pytest.raises(NotFound):
            close_exchange(actor, exchange.id)
        with pytest.raises(NotFound):
            draw_names(actor, exchange.id)


def test_a_program_of_an_observer_reads_and_changes_nothing(client_of, exchange, with_role):
    client, headers = client_of(None), bearer(with_role(Role.OBSERVER))
    path = f"/api/v1/exchanges/{exchange.id}"
    for there in ("", "/people", "/letters"):
        assert client.get(path + there, headers=headers).status_code == 200
    for not_theirs in ("/organisers", "/export", "/rules", "/feasibility", "/draws"):
        assert client.get(path + not_theirs, headers=headers).status_code == 403
    assert client.post(f"{path}/draw", headers=headers).status_code == 403
    assert client.patch(path, json={"title": "Mine"}, headers=headers).status_code == 403
    (only,) = client.get("/api/v1/exchanges", headers=headers).json["data"]
    assert only["id"] == str(exchange.id)
    assert client.get("/api/v1/exchanges", headers=headers).json["pagination"]["total_items"] == 1
