"""ETag and If-Match: of two who change the same thing, the second is told (RFC 9110 13)."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.web import json
from tests.integration.web.support import at_once, bearer, fingerprint, without_lock


@pytest.fixture
def path(exchange):
    return f"/api/v1/exchanges/{exchange.id}"


def title(session):
    return session.scalars(select(Exchange.title).execution_options(populate_existing=True)).one()


def test_a_thing_tells_its_state_and_keeps_it_while_nothing_changes(program, path, now):
    first, second = program.get(path), program.get(path)
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["ETag"].startswith('"')
    assert first.json["metadata"] != second.json["metadata"]  # of the data alone


def test_who_has_it_already_gets_just_that(program, path, olga, exchange):
    tag = program.get(path).headers["ETag"]
    for said in (tag, f'W/{tag}, "other"', "*"):
        answer = program.get(path, headers={"If-None-Match": said})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    for said in ('"other"', tag.strip('"')[:-1]):
        assert program.get(path, headers={"If-None-Match": said}).status_code == 200
    change_plan(olga, exchange.id, {"title": "Easter"})
    assert program.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_what_is_still_as_it_was_seen_is_changed(program, path, session):
    tag = program.get(path).headers["ETag"]
    answer = program.patch(path, json={"title": "Easter"}, headers={"If-Match": tag})
    assert (answer.status_code, title(session)) == (200, "Easter")
    assert answer.headers["ETag"] == program.get(path).headers["ETag"] != tag
    again = program.patch(path, json={"title": "Yule"}, headers={"If-Match": answer.headers["ETag"]})
    assert (again.status_code, title(session)) == (200, "Yule")


@pytest.mark.parametrize("said", ['"other"', "W/{tag}", "", "{bare}", '"'])
def test_any_other_state_is_refused_and_nothing_changes(program, path, session, said):
    """Comparison is strong: a weak tag names no state exactly (RFC 9110 13.1.1)."""
    tag = program.get(path).headers["ETag"]
    before = fingerprint(session)
    wanted = said.format(tag=tag, bare=tag.strip('"')[:-1])
    answer = program.patch(path, json={"title": "Easter"}, headers={"If-Match": wanted})
    assert (answer.status_code, answer.json["error"]["code"]) == (412, "PRECONDITION_FAILED")
    assert fingerprint(session) == before


def test_any_state_will_do_where_the_caller_says_so(program, path, session):
    for headers in ({"If-Match": "*"}, {}):
        assert program.patch(path, json={"title": "Easter"}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("thing", "method", "below", "said"),
    [
        ("", "POST", "/close", None),
        ("/rules", "PUT", "/rules/draw", {"shape": "any", "avoid_years": 1}),
        ("/people/{ana}", "DELETE", "/people/{ana}", None),
    ],
)
def test_whatever_has_an_etag_is_changed_by_whoever_has_the_newest(
    program, path, session, place, thing, method, below, said
):
    """The one of another thing, or of yesterday, does nothing."""
    thing, below = (path + part.format(ana=place("Ana").id) for part in (thing, below))
    tag, before = program.get(thing).headers["ETag"], fingerprint(session)
    refused = program.open(below, method=method, json=said, headers={"If-Match": '"yesterday"'})
    assert (refused.status_code, refused.json["error"]["code"]) == (412, "PRECONDITION_FAILED")
    assert fingerprint(session) == before
    done = program.open(below, method=method, json=said, headers={"If-Match": tag})
    assert done.status_code in {200, 204}
    assert done.status_code == 204 or done.headers["ETag"] == program.get(thing).headers["ETag"] != tag


def test_where_nothing_can_be_compared_it_is_said(program, path, session):
    before = fingerprint(session)
    for below, said in (("/again", {"closes_on": "2027-12-10", "gifts_on": "2027-12-24"}), ("/people", {})):
        answer = program.post(path + below, json=said, headers={"If-Match": "*"})
        assert (answer.status_code, answer.json["error"]["code"]) == (422, "precondition.not_taken")
    assert fingerprint(session) == before


def test_a_stranger_learns_nothing_by_it(client_of, path, admin, stage):
    from tests.factories import make_account
    from tests.integration.web.support import MISSING

    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    headers = {**bearer(stranger), "If-Match": '"x"'}
    client = client_of(None)
    foreign = client.patch(path, json={"title": "x"}, headers=headers)
    missing = client.patch(f"/api/v1/exchanges/{MISSING}", json={"title": "x"}, headers=headers)
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json["error"] == missing.json["error"]


def edits(client_of, olga, path, tag):
    client, headers = client_of(None), {**bearer(olga), "If-Match": tag}
    return [
        lambda number=number: client.patch(path, json={"title": f"No. {number}"}, headers=headers).status_code
        for number in range(4)
    ]


def test_of_several_at_the_same_moment_one_changes_it(client_of, program, olga, path):
    """A-67: the look and the change are one step."""
    tag = program.get(path).headers["ETag"]
    assert sorted(at_once(*edits(client_of, olga, path, tag))) == [200, 412, 412, 412]


def test_without_the_lock_several_would(client_of, program, olga, path, monkeypatch):
    """The control: all have looked before one has written."""
    tag = program.get(path).headers["ETag"]
    acts = edits(client_of, olga, path, tag)[:2]
    both, plain = threading.Barrier(2, timeout=10), json._tag_of

    def look_and_wait(written):
        found = plain(written)
        if threading.current_thread() is not threading.main_thread() and found == tag.strip('"'):
            both.wait()
        return found

    monkeypatch.setattr(json, "_tag_of", look_and_wait)
    with without_lock(monkeypatch, queries, "exchange_in_series_for_change", Exchange):
        results = at_once(*acts)
    assert sorted(results) != [200, 412]
