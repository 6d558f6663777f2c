"""From whatever page somebody looks at, changing language or theme leads back to it."""

from __future__ import annotations

import html
import re

import pytest

from kinkeeper.features.exchanges.models import ExchangeState
from tests.factories import PASSWORD, make_account, make_exchange
from tests.integration.web.support import MISSING, fill_in, form_token


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


@pytest.mark.parametrize(("action", "page"), [("/close", ""), ("/rules/pairs", "/rules")])
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
