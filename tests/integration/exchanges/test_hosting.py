"""Several people run an exchange, and each hears of what they asked for (SK-89, SK-90, SK-92)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.queries import circle_of
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import ExchangeOrganiser
from kinkeeper.features.exchanges.service.hosting import (
    LastOrganiser,
    Notices,
    add_organiser,
    choose_notices,
    remove_organiser,
)
from kinkeeper.features.exchanges.service.joining import Joining, enter, join
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound
from tests.factories import guest, make_account, make_exchange, make_person
from tests.integration.web.support import (
    MISSING,
    at_once,
    bearer,
    carry_letters,
    fill_in,
    fingerprint,
    problems_among,
    secret_in,
)

NOTHING = Notices(hears_of_joining=False, hears_of_leaving=False, hears_of_drawing=False)
LEASE = Lease(timedelta(days=14), timedelta(days=90))


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        return make_exchange(session, people=3, organiser=olga)


@pytest.fixture
def otto(stage, olga):
    """Of Olga's circle, with an account."""
    with stage() as session:
        return make_account(session, "Otto", circle=circle_of(session, olga.person_id))


def running(session, exchange) -> set:
    rows = session.query(ExchangeOrganiser).filter_by(exchange_id=exchange.id)
    return {row.person_id for row in rows.populate_existing()}


def test_one_more_person_runs_it_and_may_do_everything(client_of, olga, otto, exchange, session):
    client, path = client_of(olga), f"/exchanges/{exchange.id}/organisers"
    assert "Otto" in client.get(path).text
    assert fill_in(client, path, person=str(otto.person_id)).status_code == 303
    assert running(session, exchange) == {olga.person_id, otto.person_id}
    session.commit()
    add_organiser(olga, exchange.id, otto.person_id)
    close_exchange(otto, exchange.id)


def test_only_people_of_the_circle_with_an_account_are_offered(client_of, stage, olga, exchange, session):
    """Nobody learns here who else has one."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = staged.query(Person).filter_by(name="Ana").one()
    client, path = client_of(olga), f"/exchanges/{exchange.id}/organisers"
    assert "Stranger" not in client.get(path).text
    before = fingerprint(session)
    for person_id in (stranger.person_id, ana.id, MISSING):
        assert fill_in(client, path, person=str(person_id)).status_code == 422
    for person_id in (stranger.person_id, ana.id):
        with pytest.raises(NotFound):
            add_organiser(olga, exchange.id, person_id)
    assert fingerprint(session) == before


def test_somebody_stops_running_it_but_never_the_last(client_of, olga, otto, exchange, session):
    with pytest.raises(LastOrganiser):
        remove_organiser(olga, exchange.id, olga.person_id)
    add_organiser(olga, exchange.id, otto.person_id)
    path = f"/exchanges/{exchange.id}/organisers/{olga.person_id}/remove"
    answer = fill_in(client_of(olga), path)
    assert (answer.status_code, answer.location) == (303, "/exchanges")
    assert client_of(olga).get(f"/exchanges/{exchange.id}").status_code == 404
    assert running(session, exchange) == {otto.person_id}


def test_of_two_who_remove_each_other_one_stays(olga, otto, exchange, session):
    add_organiser(olga, exchange.id, otto.person_id)
    results = at_once(
        lambda: remove_organiser(olga, exchange.id, otto.person_id),
        lambda: remove_organiser(otto, exchange.id, olga.person_id),
    )
    assert len(problems_among(results)) == 1
    assert len(running(session, exchange)) == 1


def test_strangers_and_participants_add_nobody(stage, otto, exchange, session):
    """T-39."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = guest(make_person(staged, "Ana"))
    before = fingerprint(session)
    for actor in (stranger, ana, otto, ANONYMOUS):
        with pytest.raises(NotFound):
            add_organiser(actor, exchange.id, otto.person_id)
        with pytest.raises(NotFound):
            remove_organiser(actor, exchange.id, otto.person_id)
    assert fingerprint(session) == before


def test_each_hears_of_what_they_asked_for(client_of, olga, otto, exchange, outbox):
    """Who and how many: Otto asked, Olga did not."""
    add_organiser(olga, exchange.id, otto.person_id)
    path = f"/exchanges/{exchange.id}/notices"
    assert fill_in(client_of(otto), path, hears_of_joining="y").status_code == 303
    assert 'name="hears_of_joining" type="checkbox" value="y" checked' in _flat(
        client_of(otto).get(f"/exchanges/{exchange.id}/organisers").text
    )
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, zoe, address="192.0.2.1")
    assert [letter.to for letter in outbox()] == ["zoe@example.org"]
    carry_letters()
    enter(ANONYMOUS, "confirm", secret_in(outbox()[0]), address="192.0.2.1", lease=LEASE)
    (letter,) = (one for one in outbox() if one.kind == "exchanges.somebody_joined")
    assert letter.to == "otto@example.org"
    assert (letter.fields["who"], letter.fields["people"]) == ("Zoe", 4)


def test_whoever_says_no_is_told_to_those_who_asked(stage, olga, outbox, session):
    from kinkeeper.features.exchanges.models import ExchangeState
    from kinkeeper.features.exchanges.service.inviting import decline
    from kinkeeper.features.exchanges.service.organising import open_exchange
    from tests.factories import make_participant

    with stage() as staged:
        draft = make_exchange(staged, people=2, organiser=olga, state=ExchangeState.DRAFT)
        make_participant(staged, draft, "Zoe", confirmed=False)
    choose_notices(olga, draft.id, replace(NOTHING, hears_of_leaving=True))
    open_exchange(olga, draft.id)
    carry_letters()
    (invitation,) = outbox()
    decline(ANONYMOUS, secret_in(invitation), address="192.0.2.1")
    (letter,) = (one for one in outbox() if one.kind == "exchanges.somebody_left")
    assert (letter.to, letter.fields["who"], letter.fields["people"]) == ("olga@example.org", "Zoe", 2)
    assert [seat.name for seat in queries.all_seats(session, draft.id)] == ["Ana", "Ben"]


def test_an_administrator_who_does_not_run_it_hears_of_nothing(client_of, admin, exchange):
    assert "Tell me by letter" not in client_of(admin).get(f"/exchanges/{exchange.id}/organisers").text
    with pytest.raises(NotFound):
        choose_notices(admin, exchange.id, NOTHING)


def test_a_program_adds_and_removes(client_of, olga, otto, exchange):
    program = client_of(None)
    program.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    path = f"/api/v1/exchanges/{exchange.id}/organisers"
    otto_s = {"person_id": str(otto.person_id), "name": "Otto"}
    olga_s = {"person_id": str(olga.person_id), "name": "Olga"}
    assert program.get(path).json["data"] == {"organisers": [olga_s], "helpers": [], "others": [otto_s]}
    added = program.post(path, json={"person_id": str(otto.person_id)})
    assert added.json["data"] == {"organisers": [olga_s, otto_s], "helpers": [], "others": []}
    assert program.post(path, json={"person_id": "Otto"}).status_code == 422
    assert program.post(path, json={"person_id": MISSING}).status_code == 404
    assert program.post(f"{path}/{otto.person_id}/remove").status_code == 204
    last = program.post(f"{path}/{olga.person_id}/remove")
    assert (last.status_code, last.json["error"]["code"]) == (409, "exchange.last_organiser")


def _flat(html: str) -> str:
    """Answer with the attributes of checkboxes in one order."""
    import re

    def sort(found: re.Match[str]) -> str:
        has = {word for word in found[1].split() if not word.startswith(("id=", "checked", "aria"))}
        return f"<input {' '.join(sorted(has))}{' checked' if 'checked' in found[1] else ''}>"

    return re.sub(r"<input ([^>]*)>", sort, html)


def test_administrators_need_not_be_on_the_list_and_the_page_says_so(client_of, olga, admin, exchange):
    """The administrator has an account, in a circle of their own; nobody is said to have none."""
    page = client_of(olga).get(f"/exchanges/{exchange.id}/organisers").text
    assert "Whoever administers Kinkeeper can do the same without standing on this list." in page
    assert "has an account yet" not in page
    assert client_of(admin).get(f"/exchanges/{exchange.id}").status_code == 200
