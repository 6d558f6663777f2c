"""The audit trail as a person reads it: sentences, filters, files, and for whom it is (T-23, A-7)."""

from __future__ import annotations

import csv
import html
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from kinkeeper.app.admin import audit_pages, trail
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service import book
from kinkeeper.features.accounts.service.book import About
from kinkeeper.features.accounts.service.custom_roles import make_role
from kinkeeper.features.accounts.service.granting import grant_role_to
from kinkeeper.features.accounts.service.housing import make_household
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.roles import Role, all_rights
from kinkeeper.platform import audit
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.web import language
from kinkeeper.web.access import titles_of_scopes
from tests.factories import guest, make_account, make_exchange, make_person
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import MISSING, bearer, fingerprint


@pytest.fixture
def admin(stage):
    with stage() as session:
        return make_account(session, "Ada", is_admin=True)


@pytest.fixture
def olga(stage, admin):
    with stage() as session:
        return make_account(session, "Olga")


@pytest.fixture
def exchange(stage, olga):
    """With a few acts behind it."""
    with stage() as session:
        exchange = make_exchange(session, people=3, organiser=olga)
    add_people(olga, exchange.id, [Newcomer("Zoe", "zoe@example.org")], language="en")
    close_exchange(olga, exchange.id)
    return exchange


def entry(who: str, **facts: object) -> AuditEntry:
    """Something that somebody did."""
    plain = {"actor_id": None, "action": "account.signed_in", "subject_id": None, "details": {}}
    return AuditEntry(actor_name=who, **{"at": clock.now(), **plain, **facts})


def main_of(answer) -> str:
    return answer.text.partition("<main")[2].partition("</main>")[0]


def test_acts_stand_in_sentences_newest_first(client_of, admin, olga, exchange):
    grant_role_to(admin, olga.person_id, Role.OBSERVER)
    page = main_of(client_of(admin).get("/admin/audit"))
    said = ["Ada gave Olga a role.", "Olga closed Christmas.", "Olga put people on the list of Christmas."]
    assert [page.index(one) for one in said] == sorted(page.index(one) for one in said)
    assert "role: Observer" in page
    assert "people: 1" in page
    assert f'href="/exchanges/{exchange.id}"' in page


def test_what_was_made_is_named_by_its_own_name(client_of, session, admin):
    circle_id = session.get_one(Person, admin.person_id).circle_id
    una = book.add_person(admin, circle_id, About("Una"))
    people = book.add_people(admin, circle_id, [About("Vic"), About("Wim")]).ids
    make_household(admin, circle_id, "Oak Road", [una, *people])
    page = html.unescape(main_of(client_of(admin).get("/admin/audit")))
    assert "Ada put Una into the address book." in page
    assert "Ada put people into the address book of The Olsens." in page
    assert "Ada made the household Oak Road." in page


def test_it_is_filtered_by_who_what_about_what_and_when(client_of, admin, olga, exchange, now):
    now.advance(days=2)
    make_role(admin, "reader", "Reader", [])
    client = client_of(admin)

    def says(**asked) -> list[str]:
        answer = client.get("/admin/audit.json", query_string=asked)
        return [entry["says"] for entry in json.loads(answer.data)]

    made, closed, added = (
        "Ada made up a role.",
        "Olga closed Christmas.",
        "Olga put people on the list of Christmas.",
    )
    assert says() == [made, closed, added]
    assert says(who="ol") == [closed, added]
    assert says(who="LGA") == [closed, added], "a surname stands behind another name"
    assert says(actor_id=str(admin.account_id)) == [made]
    assert says(group="exchange") == [closed, added]
    assert says(group="role") == [made]
    assert says(subject_id=str(exchange.id)) == [closed, added]
    assert says(subject_id=MISSING) == []
    assert says(since="2026-12-02") == [made]
    assert says(until="2026-12-02") == [closed, added]
    assert says(since="2026-12-01", until="2026-12-01", who="Olga", group="exchange") == [closed, added]
    assert "Ada made up a role." not in main_of(client.get("/admin/audit?group=exchange"))


def test_days_are_those_of_the_house_s_zone(client_of, admin, now, settings):
    """A day begins at midnight there, in summer at 23:00 UTC."""
    from datetime import UTC, datetime

    now.moment = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    make_role(admin, "reader", "Reader", [])
    client = client_of(admin)
    assert len(json.loads(client.get("/admin/audit.json?since=2026-07-02&until=2026-07-02").data)) == 1
    assert json.loads(client.get("/admin/audit.json?until=2026-07-01").data) == []


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"since": "yesterday"}, 422),
        ({"group": "exchange' OR 1=1 --"}, 422),
        ({"group": "nothing"}, 422),
        ({"who": "x" * 500}, 422),
        ({"who": "%"}, 200),
        ({"who": "\0"}, 200),
        ({"actor_id": "x"}, 200),
        ({"subject_id": "' OR 1=1 --"}, 200),
        ({"until": "9999-12-31"}, 200),
        ({"since": "0001-01-01"}, 200),
        ({"page": "-1"}, 200),
    ],
)
def test_what_cannot_be_asked_is_no_error_of_ours(client_of, admin, exchange, asked, status):
    client = client_of(admin)
    assert client.get("/admin/audit", query_string=asked).status_code == status
    for kind in ("csv", "json"):
        assert client.get(f"/admin/audit.{kind}", query_string=asked).status_code == 200


def test_a_sign_for_any_letter_is_a_letter(client_of, admin, exchange):
    assert json.loads(client_of(admin).get("/admin/audit.json?who=%25").data) == []


def test_the_file_for_spreadsheets_calculates_nothing(client_of, stage, admin):
    """A-7: whoever is called =1+1 is text."""
    with stage() as session:
        evil = make_account(session, "Evil")
        session.get_one(Person, evil.person_id).name = '=HYPERLINK("http://evil")'
    with stage() as session:
        session.add(entry("=1+1", actor_id=evil.account_id, details={"name": "@SUM(A1)"}))
    answer = client_of(admin).get("/admin/audit.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    (head, row) = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert head[0] == "at"
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert row[1] == "'=1+1"


def test_hostile_names_are_shown_as_text(client_of, stage, admin):
    with stage() as session:
        said = {"<b>": "<img src=x onerror=alert(1)>"}
        session.add(entry("<script>alert(1)</script>", details=said))
    page = main_of(client_of(admin).get("/admin/audit"))
    assert "<script>" not in page
    assert "<img" not in page
    assert "<b>" not in page


def test_an_action_of_another_version_is_shown_all_the_same(client_of, stage, admin):
    with stage() as session:
        session.add(entry("Kim", action="rocket.launched"))
    assert "Kim did something that this version cannot name." in main_of(client_of(admin).get("/admin/audit"))


def test_it_is_for_those_with_the_right_only(client_of, stage, admin, olga, exchange, session):
    """RS-58: an auditor need not be an administrator, and an organiser is none."""
    make_role(admin, "auditor", "Auditor", ["house.see_audit"])
    with stage() as staged:
        kim, ana = make_account(staged, "Kim"), guest(make_person(staged, "Ana"))
    grant_role_to(admin, kim.person_id, "auditor")
    for path in ("/admin/audit", "/admin/audit.csv", "/admin/audit.json"):
        assert client_of(kim).get(path).status_code == 200
        assert client_of(olga).get(path).status_code == 403
        assert client_of(ana).get(path).status_code == 302
        assert client_of(None).get(path).status_code == 302
    assert client_of(kim).get("/admin/mailbox").status_code == 403
    assert client_of(kim).get(f"/exchanges/{exchange.id}").status_code == 404


def test_looking_changes_nothing_and_says_little(client_of, admin, exchange, session, queries_at_most):
    client = client_of(admin)
    client.get("/admin/audit")
    before = fingerprint(session)
    with queries_at_most(10):
        client.get("/admin/audit")
    assert fingerprint(session) == before


def test_a_long_trail_has_pages_and_files_are_whole(client_of, stage, admin, now):
    with stage() as session:
        session.add_all(entry("Kim", at=now() - timedelta(minutes=number)) for number in range(120))
    client = client_of(admin)
    assert "Page 3 of 3" in client.get("/admin/audit?page=3&who=kim").text
    assert "who=kim" in main_of(client.get("/admin/audit?page=2&who=kim"))
    assert len(json.loads(client.get("/admin/audit.json").data)) == 120


def test_entries_are_kept_as_long_as_the_house_says(stage, session, now):
    with stage() as staged:
        for days in (29, 31, 399, 401):
            staged.add(entry(str(days), at=now() - timedelta(days=days)))
    audit.forget_old(SYSTEM)
    assert set(session.scalars(select(AuditEntry.actor_name))) == {"29", "31", "399"}
    audit.keep_for(30)
    try:
        audit.forget_old(SYSTEM)
    finally:
        audit.keep_for(400)
    assert set(session.scalars(select(AuditEntry.actor_name))) == {"29"}


def test_a_day_is_nothing_but_a_day(client_of, admin):
    """A-66: 0 was taken for a day of 1970."""
    asked = client_of(admin).get("/api/v1/audit?until=0")
    assert asked.status_code == 422
    assert list(asked.json["error"]["details"]) == ["until"]


def test_a_trail_that_strangers_made_long_is_not_counted_to_its_end(client_of, stage, monkeypatch):
    """Refused sign-ins are entries, too: their number must not make the page slow."""
    with stage() as staged:
        ada = make_account(staged, "Ada", is_admin=True)
        plain = {"actor_name": "somebody", "actor_id": None, "subject_id": None, "details": {}}
        for _ in range(60):
            staged.add(AuditEntry(at=LONG_AGO, action="account.sign_in_refused", **plain))
    monkeypatch.setattr(trail, "MOST_COUNTED", 55)
    page = client_of(None).get("/api/v1/audit?per_page=50", headers=bearer(ada)).json["pagination"]
    assert (page["total_items"], page["has_next"]) == (55, True)


def test_details_are_told_in_words(app, client_of, stage, admin, olga):
    make_role(admin, "post-keeper", "Keeper of the post", ["house.see_letters"])
    grant_role_to(admin, olga.person_id, "post-keeper")
    seal = "0123456789abcdef" * 4
    with stage() as session:
        session.add(entry("Kim", action="person.child_said", details={"is_child": True}))
        session.add(entry("Kim", action="account.token_made", details={"scopes": "*"}))
        session.add(
            entry("Kim", action="account.token_made", details={"scopes": "read:people write:nothing"})
        )
        session.add(entry("Kim", action="exchange.names_drawn", details={"commitment": seal}))
        session.add(entry("Kim", action="person.changed", details={"changed": ["email", "zone"]}))
    page, file = (client_of(admin).get(f"/admin/audit{kind}").text for kind in ("", ".csv"))
    for told in (
        "role: Keeper of the post",
        f"rights: {all_rights()['house.see_letters'].title}",
        "for: everything in this house",
        "a child: yes",
        "may be used for: everything",
        f"may be used for: {titles_of_scopes(app)['people']}: look and write:nothing",
        "what: address and time zone",
    ):
        assert told in page
        assert told in file
    assert "hash: 0123456789ab…" in page
    assert f"hash: {seal}" in file
    assert "where: –" not in page


def test_a_place_that_is_no_more_is_nothing_to_a_program_and_a_name_may_end_with_a_dot(
    client_of, stage, admin
):
    with stage() as session:
        olga = make_account(session, "Olga O.")
        gone = {"role": "observer", "scope": "circle", "scope_id": MISSING}
        session.add(entry("Ada", action="role.granted", subject_id=olga.account_id, details=gone))
        session.add(entry("Ada", action="account.changed", subject_id=olga.account_id))
    told = json.loads(client_of(admin).get("/admin/audit.json").data)
    assert [one["details"].get("scope_id", "-") for one in told] == ["-", None]
    assert told[0]["says"] == "Ada changed the account of Olga O."
    assert "where: –" in main_of(client_of(admin).get("/admin/audit"))


def test_an_entry_of_nobody_known_begins_and_ends_as_a_sentence_does(client_of, stage, admin):
    """No dot stands before the only way that it leads."""
    with stage() as session:
        session.add(entry("somebody", action="account.username_chosen", subject_id=admin.account_id))
    page = main_of(client_of(admin).get("/admin/audit"))
    assert "<span>Somebody chose a username.</span>" in page
    assert " · <a" not in page.partition("Somebody")[2].partition("</li>")[0]


def test_somebody_without_a_name_is_called_so_in_the_reader_s_language(client_of, stage, admin, monkeypatch):
    """Who set the house up was nobody yet, and whoever is forgotten is so again."""
    in_german = {"somebody": "jemand"}
    monkeypatch.setattr(
        audit_pages, "text", lambda said, **gaps: in_german.get(said) or language.text(said, **gaps)
    )
    with stage() as session:
        session.add(entry("somebody", action="account.username_chosen", subject_id=admin.account_id))
    client = client_of(admin)
    for path in ("/admin/audit", "/admin/audit.csv", "/admin/audit.json"):
        page = client.get(path).text
        assert "Jemand " in page
        assert "Somebody " not in page


def test_a_search_without_a_find_says_so(client_of, admin):
    assert "Nothing found." in main_of(client_of(admin).get("/admin/audit?who=nobody"))


@pytest.mark.parametrize("who", ["Öz", "öz", "ÖZ", "özlem y", "Özlem Y"])
def test_a_name_is_found_however_it_is_written(client_of, stage, admin, who):
    """SQLite lowers A to Z alone, PostgreSQL everything; the trail keeps names as they were."""
    with stage() as session:
        session.add(entry("Özlem Yilmaz"))
    found = json.loads(client_of(admin).get("/admin/audit.json", query_string={"who": who}).data)
    assert [one["actor"] for one in found] == ["Özlem Yilmaz"]
