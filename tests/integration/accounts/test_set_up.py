"""Setting the house up: the first administrator, by the link from the console."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Account, Circle, Person, WebSession
from kinkeeper.features.accounts.queries import with_grants
from kinkeeper.features.accounts.rules import BadName, PasswordTooShort
from kinkeeper.features.accounts.service import setting_up
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.accounts.service.signing_in import Browser
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.links import ExpiredLink, Link, UnknownLink, UsedLink
from tests.factories import PASSWORD, actor_of, make_account, withdraw_grants
from tests.integration.web.support import at_once, fill_in, fingerprint, problems_among

from datetime import timedelta  # isort: skip

HERE, BROWSER = "192.0.2.1", Browser(Lease(timedelta(minutes=30), timedelta(hours=12)))
FORM = {
    "name": "Olga Olsen",
    "email": "Olga@Example.org",
    "circle": "The Olsens",
    "password": PASSWORD,
}


def newcomer(**facts):
    defaults = {
        "email": "olga@example.org",
        "password": PASSWORD,
        "name": "Olga Olsen",
        "circle": "The Olsens",
        "language": "en",
        "zone": "Europe/London",
    }
    return setting_up.Newcomer(**{**defaults, **facts})


@pytest.fixture
def link(engine) -> str:
    """The secret that the console shows."""
    return setting_up.offer_set_up(SYSTEM)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/exchanges",
        "/exchanges/new",
        "/sign-in",
        "/forgotten",
        "/account",
        "/admin/mailbox",
        "/join/abc",
    ],
)
def test_while_nobody_keeps_the_house_every_page_leads_to_set_up(client_of, path):
    """SK-10."""
    answer = client_of(None).get(path)
    assert (answer.status_code, answer.location) == (302, "/set-up")


def test_posting_leads_to_set_up_as_well(client_of):
    """SK-10: nothing can be done before."""
    answer = fill_in(client_of(None), "/sign-in", email="a@example.org", password=PASSWORD)
    assert (answer.status_code, answer.location) == (302, "/set-up")


@pytest.mark.parametrize("path", ["/health", "/readiness", "/api/v1/openapi.json"])
def test_probes_and_programs_are_not_sent_to_a_page(client_of, path):
    assert client_of(None).get(path).status_code == 200


def test_before_set_up_the_api_lets_nobody_in(client_of):
    answer = client_of(None).get("/api/v1/exchanges")
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "UNAUTHENTICATED")


def test_there_is_no_account_by_default(session, client_of):
    """A-46: a fresh house has no user at all."""
    client_of(None).get("/")
    assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_the_first_page_says_where_the_link_is_and_does_not_show_it(client_of, link):
    page = client_of(None).get("/set-up")
    assert page.status_code == 200
    assert link not in page.text


def test_the_link_makes_the_first_administrator_and_lets_them_in(client_of, session, link):
    """SK-11: hashed, signed in at once, told so once."""
    client = client_of(None)
    answer = fill_in(client, f"/set-up/{link}", **FORM)
    assert (answer.status_code, answer.location) == (303, "/")
    account = session.scalars(select(Account)).one()
    assert (account.email, with_grants(session, actor_of(account)).is_admin) == ("olga@example.org", True)
    assert PASSWORD not in account.password_hash
    assert session.scalars(select(Circle.name)).all() == ["The Olsens"]
    assert session.scalars(select(Person.name)).all() == ["Olga Olsen"]
    assert session.scalars(select(AuditEntry.action)).all() == ["account.administrator_created"]
    home = client.get("/")
    assert home.status_code == 200
    assert "Your house is ready" in home.text
    assert "Your house is ready" not in client.get("/").text


def test_afterwards_there_is_no_set_up_any_more(client_of, link):
    """SK-12."""
    client = client_of(None)
    fill_in(client, f"/set-up/{link}", **FORM)
    assert client.get("/set-up/garbage").status_code == 404
    old_page = client.get("/set-up")  # reloaded, or bookmarked
    assert (old_page.status_code, old_page.location) == (303, "/sign-in")


def test_a_used_link_says_so_and_leads_to_the_door(client_of, link, session):
    """Whoever keeps it as a bookmark, or presses the button twice, is not left before a wall."""
    fill_in(client_of(None), f"/set-up/{link}", **FORM)
    before = fingerprint(session)
    client = client_of(None)
    for answer in (client.get(f"/set-up/{link}"), fill_in(client, f"/set-up/{link}", **FORM)):
        assert answer.status_code == 410
        assert "used already" in answer.text
        assert 'href="/sign-in"' in answer.text
    assert fingerprint(session) == before


def test_an_administrator_made_elsewhere_ends_set_up_too(client_of, stage, link):
    """SK-12, and nothing is changed by trying."""
    with stage() as session:
        make_account(session, is_admin=True)
    with pytest.raises(NotFound):
        setting_up.set_up(ANONYMOUS, link, newcomer(), address=HERE, browser=BROWSER)
    assert client_of(None).get(f"/set-up/{link}").status_code == 404


def test_the_link_dies_after_an_hour(client_of, now, link, session):
    """A-48."""
    now.advance(minutes=59)
    assert client_of(None).get(f"/set-up/{link}").status_code == 200
    now.advance(minutes=1)
    assert client_of(None).get(f"/set-up/{link}").status_code == 410
    with pytest.raises(ExpiredLink):
        setting_up.set_up(ANONYMOUS, link, newcomer(), address=HERE, browser=BROWSER)
    assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_a_new_link_ends_the_one_before(link):
    second = setting_up.offer_set_up(SYSTEM)
    with pytest.raises(ExpiredLink):
        setting_up.set_up(ANONYMOUS, link, newcomer(), address=HERE, browser=BROWSER)
    setting_up.set_up(ANONYMOUS, second, newcomer(), address=HERE, browser=BROWSER)


def test_only_a_digest_of_the_link_is_kept(session, link):
    """A-49: a copy of the database opens nothing."""
    row = session.scalars(select(Link)).one()
    assert link.encode() not in row.digest
    assert len(row.digest) == 32


def test_a_link_that_was_never_made_opens_nothing(client_of, session, engine):
    before = fingerprint(session, besides=frozenset({"limit_spending"}))
    with pytest.raises(UnknownLink):
        setting_up.set_up(ANONYMOUS, "x" * 43, newcomer(), address=HERE, browser=BROWSER)
    assert client_of(None).get("/set-up/" + "x" * 43).status_code == 404
    assert fingerprint(session, besides=frozenset({"limit_spending"})) == before


def test_a_link_that_does_not_work_costs_no_password_hash(monkeypatch, now, link):
    """Anybody can send the form; judging and hashing a password is dear."""

    def dear(*_arguments: object) -> str:
        raise AssertionError("a password was looked at")

    monkeypatch.setattr(setting_up, "check_password", dear)
    monkeypatch.setattr(setting_up, "hash_password", dear)
    with pytest.raises(UnknownLink):
        setting_up.set_up(ANONYMOUS, "x" * 43, newcomer(), address=HERE, browser=BROWSER)
    now.advance(hours=2)
    with pytest.raises(ExpiredLink):
        setting_up.set_up(ANONYMOUS, link, newcomer(), address=HERE, browser=BROWSER)


@pytest.mark.usefixtures("link")
def test_one_caller_has_a_budget_of_tries(client_of):
    def guess(where: str):
        client = client_of(None)
        client.environ_base["REMOTE_ADDR"] = where
        return fill_in(client, "/set-up/" + "x" * 43, **FORM)

    for _ in range(setting_up.TRIES.amount):
        assert guess(HERE).status_code == 404
    refused = guess(HERE)
    assert (refused.status_code, "too often" in refused.text) == (429, True)
    assert guess("192.0.2.2").status_code == 404


def test_a_weak_password_keeps_the_link_alive(link, session):
    """What is typed wrong can be typed again."""
    with pytest.raises(PasswordTooShort):
        setting_up.set_up(ANONYMOUS, link, newcomer(password="short"), address=HERE, browser=BROWSER)
    with pytest.raises(BadName):
        setting_up.set_up(ANONYMOUS, link, newcomer(circle="http://evil.com"), address=HERE, browser=BROWSER)
    setting_up.set_up(ANONYMOUS, link, newcomer(), address=HERE, browser=BROWSER)
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_page(client_of, link):
    wrong = {"name": "", "circle": "http://evil.com", "email": "olga", "password": "password1234"}
    page = fill_in(client_of(None), f"/set-up/{link}", **wrong).text
    assert "easy to guess" in page
    summary = page.partition("form-summary__list")[2].partition("</ul>")[0]
    fields = re.findall(r'<label class="field__label" for="(\w+)"', page)
    assert re.findall(r'href="#(\w+)"', summary) == fields == list(wrong)


def test_what_is_wrong_is_told_in_the_form_and_what_was_typed_stays(client_of, link):
    page = fill_in(client_of(None), f"/set-up/{link}", **{**FORM, "password": "password1234"})
    assert page.status_code == 422
    assert "easy to guess" in page.text
    assert 'value="Olga Olsen"' in page.text
    assert "password1234" not in page.text


def test_of_two_at_the_same_moment_one_becomes_administrator(link, session):
    """T-4."""
    results = at_once(
        *(
            lambda number=number: setting_up.set_up(
                ANONYMOUS, link, newcomer(email=f"o{number}@example.org"), address=HERE, browser=BROWSER
            )
            for number in range(4)
        )
    )
    refused = problems_among(results)
    assert len(refused) == 3
    assert set(refused) <= {"NotFound", "UsedLink"}
    assert session.scalar(select(func.count()).select_from(Account)) == 1
    assert session.scalar(select(func.count()).select_from(WebSession)) == 1


def test_the_console_offers_no_link_once_somebody_keeps_the_house(stage):
    with stage() as session:
        make_account(session, is_admin=True)
    assert setting_up.offer_set_up(SYSTEM) is None


def test_a_used_link_stays_used(link, session, stage):
    """Even where the administrator was taken away again."""
    setting_up.set_up(ANONYMOUS, link, newcomer(), address=HERE, browser=BROWSER)
    with stage() as staged:
        withdraw_grants(staged, actor_of(staged.scalars(select(Account)).one()))
    with pytest.raises(UsedLink):
        setting_up.set_up(ANONYMOUS, link, newcomer(email="two@example.org"), address=HERE, browser=BROWSER)


def test_a_house_that_lost_its_administrator_gets_no_second_circle_of_a_name(link, session, stage):
    """Whoever holds the link holds the house: they join the circle that they name, as by the command."""
    with stage() as staged:
        circle = staged.get_one(Person, make_account(staged, "Mia").person_id).circle_id
    setting_up.set_up(ANONYMOUS, link, newcomer(circle="the OLSENS"), address=HERE, browser=BROWSER)
    olga = session.scalars(select(Person).where(Person.email == "olga@example.org")).one()
    assert olga.circle_id == circle
    assert session.scalar(select(func.count()).select_from(Circle)) == 1
