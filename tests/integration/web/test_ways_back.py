"""From whatever page somebody looks at, changing language or theme leads back to it."""

from __future__ import annotations

import html
import re

import pytest

from kinkeeper.features.exchanges.models import ExchangeState
from tests.factories import PASSWORD, make_account, make_exchange
from tests.integration.web.support import MISSING, fill_in, fingerprint, form_token


@pytest.fixture
def olga(stage, admin):
    with stage() as session:
        return make_account(session, "Olga")


@pytest.fixture
def here(stage, olga):
    """The address of an exchange that cannot be drawn yet."""
    with stage() as session:
        exchange = make_exchange(session, people=2, organiser=olga, state=ExchangeState.CLOSED)
    return f"/exchanges/{exchange.id}"


def ways_back(page) -> set[str]:
    return {html.unescape(path) for path in re.findall(r'name="next" value="([^"]+)"', page.text)}


@pytest.mark.parametrize(
    ("action", "page"),
    [("/rules/pairs", "/rules"), ("/rules/households", "/rules"), ("/draw", "")],
)
def test_a_refused_form_leads_back_to_its_page(client_of, olga, here, action, page):
    client = client_of(olga)
    refused = fill_in(client, here + action)
    assert refused.status_code in {409, 422}
    assert ways_back(refused) == {here + page}
    turned = fill_in(client, "/language", language="de", next=here + page)
    assert client.get(turned.location).status_code == 200


@pytest.mark.parametrize("action", ["/account/tokens", "/account/password"])
def test_so_do_the_forms_of_the_account(client_of, olga, action):
    refused = fill_in(client_of(olga), action)
    assert refused.status_code == 422
    assert ways_back(refused) == {"/account"}


def test_the_page_of_a_list_and_whoever_signs_in_keep_their_place(client_of, olga, admin):
    assert ways_back(client_of(olga).get("/exchanges?page=2")) == {"/exchanges?page=2"}
    assert "/sign-in?next=/account" in ways_back(client_of(None).get("/sign-in?next=/account"))


def test_an_address_that_only_takes_forms_leads_to_its_page(client_of, olga, here):
    client = client_of(olga)
    for path, page in {
        f"{here}/rules/pairs": f"{here}/rules",
        f"{here}/people/{MISSING}/resend": f"{here}/people/{MISSING}",
        f"{here}/draw": here,
        "/account/tokens": "/account",
        f"/account/tokens/{MISSING}/revoke": "/account",
        "/sign-out": "/",
        "/look": "/",
    }.items():
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, page)


def way_on(page) -> str:
    """The one button of a page that refuses."""
    (found,) = re.findall(r'<a class="button[^"]*" href="([^"]+)"', page.text.partition("<main")[2])
    return html.unescape(found)


FORMS = [("/close", ""), ("/rules/pairs", "/rules")]


@pytest.mark.parametrize(("action", "page"), FORMS)
def test_a_form_from_before_somebody_signed_out_leads_through_the_door_and_back(
    client_of, olga, here, session, action, page
):
    """In another tab, say. The token is as dead as the session, and nothing else is asked."""
    client = client_of(olga)
    token = form_token(client)
    fill_in(client, "/sign-out")
    before = fingerprint(session)
    refused = client.post(here + action, data={"csrf_token": token})
    assert refused.status_code == 403
    assert "You are signed out by now" in refused.text
    way = way_on(refused)
    assert way == f"/sign-in?next={here}{page}"
    assert fingerprint(session) == before
    entered = client.send(way, "/sign-in", email="olga@example.org", password=PASSWORD, next=here + page)
    assert (entered.status_code, entered.location) == (303, here + page)


@pytest.mark.parametrize(("action", "page"), FORMS)
def test_a_form_from_before_somebody_signed_in_anew_leads_to_its_page(client_of, olga, here, action, page):
    client = client_of(olga)
    refused = client.post(here + action, data={"csrf_token": form_token(client_of(olga))})
    assert refused.status_code == 403
    assert "You have signed in or out" in refused.text
    assert way_on(refused) == here + page
    assert client.get(here + page).status_code == 200


def test_whoever_has_signed_in_in_another_tab_goes_where_this_one_was_to_lead(client_of, olga):
    """The page of signing in has nothing to tell them any more."""
    old = form_token(client_of(None))
    fields = {"csrf_token": old, "email": "olga@example.org", "password": PASSWORD}
    refused = client_of(olga).post("/sign-in", data={**fields, "next": "/exchanges"})
    assert (refused.status_code, way_on(refused)) == (403, "/exchanges")
    elsewhere = client_of(olga).post("/sign-in", data={**fields, "next": "//evil.example"})
    assert way_on(elsewhere) == "/sign-in"


def test_a_page_that_everybody_can_see_is_opened_again_by_whoever_lost_their_cookies(client_of, admin):
    refused = client_of(None).post("/forgotten", data={"email": "olga@example.org"})
    assert (refused.status_code, way_on(refused)) == (403, "/forgotten")


def test_another_site_does_not_say_where_to_go_on(client_of, olga):
    """Nor is its form read at all, however large it is."""
    client, headers = client_of(olga), {"Sec-Fetch-Site": "cross-site"}
    for more in ("", "x" * 1_000_001):
        fields = {"csrf_token": form_token(client), "next": "/account/erase", "more": more}
        refused = client.post("/look", data=fields, headers=headers)
        assert (refused.status_code, way_on(refused)) == (403, "/")
        assert "sent from another site" in refused.text


@pytest.mark.parametrize(("action", "page"), FORMS)
def test_a_form_that_is_sent_after_the_session_ended_leads_through_the_door_and_back(
    client_of, olga, here, action, page, now
):
    """Half an hour at dinner is enough to be signed out."""
    client = client_of(olga)
    token = form_token(client)
    now.advance(days=2)
    refused = client.post(here + action, data={"csrf_token": token})
    assert refused.status_code == 401
    way = f"/sign-in?next={here}{page}"
    assert f'href="{way}"' in refused.text.partition("<main")[2]
    entered = client.send(way, "/sign-in", email="olga@example.org", password=PASSWORD, next=here + page)
    assert (entered.status_code, entered.location) == (303, here + page)
