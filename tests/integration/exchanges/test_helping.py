"""Those who run an exchange let others help with it, or look on."""

from __future__ import annotations

import pytest

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts.models import Person, RoleGrant
from kinkeeper.features.accounts.queries import circle_of
from kinkeeper.features.accounts.service.closing_accounts import delete_account
from kinkeeper.features.exchanges.permissions import may_coordinate, may_observe
from kinkeeper.features.exchanges.queries import exchange_of, hosts_page
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.helping import NoHelper, RunsItAlready, add_helper, remove_helper
from kinkeeper.features.exchanges.service.hosting import add_organiser, remove_organiser
from kinkeeper.features.exchanges.service.purging import purge_in_time
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.kernel.roles import Role
from tests.factories import guest, make_account, make_person
from tests.integration.web.support import MISSING, bearer, fill_in, fingerprint


@pytest.fixture
def otto(stage, olga):
    """Of Olga's circle, with an account."""
    with stage() as session:
        return make_account(session, "Otto", circle=circle_of(session, olga.person_id))


def helping(session) -> set:
    return {(row.person_id, row.role, row.scope_id) for row in session.query(RoleGrant) if row.role in ROLES}


ROLES = {Role.COORDINATOR, Role.OBSERVER}


def test_somebody_is_asked_to_help_and_later_to_look_on_only(client_of, olga, otto, exchange, session):
    path = f"/exchanges/{exchange.id}"
    client = client_of(olga)
    assert (
        fill_in(client, f"{path}/helpers", person=str(otto.person_id), role="coordinator").status_code == 303
    )
    assert "Coordinator" in client.get(f"{path}/organisers").text
    assert client_of(otto).get(f"{path}/people/add").status_code == 200
    add_helper(olga, exchange.id, otto.person_id, Role.OBSERVER)
    assert helping(session) == {(otto.person_id, "observer", exchange.id)}
    assert client_of(otto).get(f"{path}/people/add").status_code == 403
    assert client_of(otto).get(path).status_code == 200
    assert fill_in(client, f"{path}/helpers/{otto.person_id}/remove").status_code == 303
    assert client_of(otto).get(path).status_code == 404


def test_only_people_of_the_circle_with_an_account_and_these_two_roles(
    client_of, stage, olga, otto, exchange, session
):
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = staged.query(Person).filter_by(name="Ana").one()
    client = client_of(olga)
    before = fingerprint(session)
    for person_id in (stranger.person_id, ana.id):
        with pytest.raises(NotFound):
            add_helper(olga, exchange.id, person_id, Role.OBSERVER)
    for role in ("organiser", "administrator", "nothing"):
        with pytest.raises(NoHelper):
            add_helper(olga, exchange.id, otto.person_id, role)
    with pytest.raises(RunsItAlready):
        add_helper(olga, exchange.id, olga.person_id, Role.OBSERVER)
    with pytest.raises(NotFound):
        remove_helper(olga, exchange.id, otto.person_id)
    path = f"/exchanges/{exchange.id}/helpers"
    for fields in ({}, {"person": MISSING, "role": "observer"}, {"person": str(otto.person_id), "role": "x"}):
        assert fill_in(client, path, **fields).status_code == 422
    assert fingerprint(session) == before


@pytest.mark.parametrize("ask", [lambda *who: add_helper(*who, Role.COORDINATOR), add_organiser])
def test_who_is_in_the_bin_is_asked_for_nothing(admin, olga, otto, exchange, session, ask):
    """C-43: whoever restores the account must not find it with what nobody took back."""
    delete_account(admin, otto.account_id, steps=STEPS.close)
    before = fingerprint(session)
    with pytest.raises(NotFound):
        ask(olga, exchange.id, otto.person_id)
    assert fingerprint(session) == before
    assert otto.person_id not in dict(hosts_page(session, olga, exchange.id).others)


def test_helpers_participants_and_strangers_ask_nobody(stage, olga, otto, exchange, session):
    add_helper(olga, exchange.id, otto.person_id, Role.COORDINATOR)
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = guest(make_person(staged, "Ana"))
    before = fingerprint(session)
    for actor, problem in ((otto, Forbidden), (stranger, NotFound), (ana, NotFound), (ANONYMOUS, NotFound)):
        with pytest.raises(problem):
            add_helper(actor, exchange.id, otto.person_id, Role.OBSERVER)
        with pytest.raises(problem):
            remove_helper(actor, exchange.id, otto.person_id)
        with pytest.raises(problem):
            add_organiser(actor, exchange.id, otto.person_id)
    assert fingerprint(session) == before


def test_who_runs_it_and_stops_has_nothing_left(olga, otto, exchange, session):
    add_helper(olga, exchange.id, otto.person_id, Role.COORDINATOR)
    add_organiser(olga, exchange.id, otto.person_id)
    remove_organiser(olga, exchange.id, otto.person_id)
    assert helping(session) == set()
    for may in (may_coordinate, may_observe):
        with pytest.raises(NotFound):
            exchange_of(session, otto, exchange.id, may)


def test_a_purged_exchange_has_no_helpers(olga, otto, exchange, session, now):
    add_helper(olga, exchange.id, otto.person_id, Role.OBSERVER)
    cancel_exchange(olga, exchange.id)
    now.advance(days=400)
    purge_in_time(SYSTEM, exchange.id)
    assert helping(session) == set()


def test_a_program_adds_and_removes(client_of, olga, otto, exchange):
    program, headers = client_of(None), bearer(olga)
    path = f"/api/v1/exchanges/{exchange.id}/helpers"
    body = {"person_id": str(otto.person_id), "role": "observer"}
    added = program.post(path, json=body, headers=headers)
    assert added.json["data"]["helpers"] == [
        {"person_id": str(otto.person_id), "name": "Otto", "role": "observer"}
    ]
    assert program.post(path, json={**body, "role": "organiser"}, headers=headers).status_code == 422
    gone = program.post(f"{path}/{otto.person_id}/remove", headers=headers)
    assert gone.json["data"]["helpers"] == []
    assert program.post(f"{path}/{otto.person_id}/remove", headers=headers).status_code == 404
