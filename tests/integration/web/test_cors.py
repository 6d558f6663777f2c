"""C-26, A-24: other sites' pages reach the API where they are named; nothing else, never with cookies."""

from __future__ import annotations

import pytest

from kinkeeper.app import factory
from tests.factories import make_account, make_token
from tests.factories.accounts import Browser, browser_of

APP, EVIL = "https://app.example.org", "https://evil.example"
API = "/api/v1/exchanges"


@pytest.fixture
def olga(stage):
    with stage() as session:
        make_account(session, "Ada", is_admin=True)
        return make_account(session, "Olga")


@pytest.fixture
def named(olga, settings):
    """A house that names one site."""
    app = factory.create_app(settings.model_copy(update={"allowed_origins": APP}))
    app.testing, app.test_client_class = False, Browser
    return app


def preflight(app, origin: str = APP, path: str = API, method: str = "POST"):
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    return app.test_client().options(path, headers=asked)


def allowed(answer) -> list[str]:
    return [name for name, _ in answer.headers if name.lower().startswith("access-control-")]


def test_a_named_site_is_told_what_it_may_do(named):
    answer = preflight(named)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == APP
    assert {"GET", "POST"} <= set(answer.headers["Access-Control-Allow-Methods"].split(", "))
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert "Origin" in answer.headers["Vary"]
    assert answer.data == b""


def test_cookies_are_never_let_in(named):
    """A-24: no answer to another site is one that a cookie opened."""
    for answer in (preflight(named), named.test_client().get(API, headers={"Origin": APP})):
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers["Access-Control-Allow-Origin"] != "*"


@pytest.mark.parametrize(
    "origin",
    [EVIL, "null", "http://app.example.org", f"{APP}:8443", f"{APP}.evil.example", "https://APP.example.org"],
)
def test_a_site_that_is_not_named_is_told_nothing(named, origin):
    """A-24: nor one whose address begins or ends like a named one's."""
    for answer in (preflight(named, origin), named.test_client().get(API, headers={"Origin": origin})):
        assert allowed(answer) == []
        assert "Origin" in answer.headers["Vary"], "or a cache would hand a named site's answer on"


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/my/data.json", "/api/docs", "/"])
def test_pages_are_not_for_other_sites(named, path):
    client = named.test_client()
    assert allowed(preflight(named, path=path)) == []
    assert allowed(client.get(path, headers={"Origin": APP})) == []


def test_by_default_nobody_is_named(app, olga):
    """A-24."""
    assert allowed(preflight(app)) == []
    assert (
        allowed(app.test_client().get(API, base_url="http://kinkeeper.test", headers={"Origin": APP})) == []
    )


def test_a_named_site_s_page_acts_with_a_token(named, olga):
    token = make_token(olga, "My page", days=1)
    headers = {"Authorization": f"Bearer {token}", "Origin": APP, "Sec-Fetch-Site": "cross-site"}
    answer = named.test_client().post(API, json={"title": ""}, headers=headers)
    assert answer.status_code == 422, "it is let in, and told what is missing"
    assert answer.headers["Access-Control-Allow-Origin"] == APP
    assert "X-RateLimit-Limit" in answer.headers["Access-Control-Expose-Headers"]
    refused = named.test_client().post(API, json={"title": ""}, headers={**headers, "Origin": EVIL})
    assert refused.status_code == 403


def test_a_named_site_s_page_cannot_use_a_browser_s_session(named, olga):
    """A-24, T-13: what the cookie proves does not count without the token of a form."""
    headers = {"Origin": APP, "Sec-Fetch-Site": "cross-site"}
    assert browser_of(named, olga).post(API, json={"title": "x"}, headers=headers).status_code == 403
    assert browser_of(named, olga).post("/sign-out", headers=headers).status_code == 403


def test_questions_of_browsers_spend_no_pace(olga, settings):
    app = factory.create_app(
        settings.model_copy(update={"allowed_origins": APP, "pace_api_visitors": "1/hour"})
    )
    app.test_client_class = Browser
    assert [preflight(app).status_code for _ in range(3)] == [204] * 3
