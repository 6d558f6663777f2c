"""Security headers on every answer, cookies as they should be, over http and https (A-22…A-29)."""

from __future__ import annotations

import re

import pytest

from kinkeeper.app import factory
from tests.factories import make_account, make_exchange
from tests.factories.accounts import Browser
from tests.integration.web.support import fill_in, form_token, get_routes


def check_headers(answer) -> None:
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe-eval" not in policy
    if "nonce-" in policy:
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        nonce = re.search(r"'nonce-([^']+)'", policy)[1]
        assert len(nonce) >= 22
        assert set(re.findall(r'nonce="([^"]+)"', answer.text)) <= {nonce}
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


@pytest.fixture
def secure(engine, settings) -> factory.OpenAPI:
    """The house behind TLS."""
    app = factory.create_app(settings.model_copy(update={"base_url": "https://kinkeeper.test"}))
    app.testing = False
    app.test_client_class = Browser
    return app


def test_every_get_route_carries_the_headers_for_everybody(app, client_of, admin, stage):
    """A-25…A-29 and A-32, also on redirects and refusals."""
    with stage() as session:
        olga = make_account(session, "Olga")
        exchange = make_exchange(session, people=3, organiser=olga)
    for actor in (None, olga, admin):
        client = client_of(actor)
        for path in (
            *get_routes(app),
            f"/exchanges/{exchange.id}",
            f"/join/{exchange.slug}",
            "/nothing",
            "/%00",
        ):
            answer = client.get(path)
            assert answer.status_code < 500, path
            check_headers(answer)


def test_pages_run_only_scripts_of_their_own_nonce(client_of, admin):
    """A-3, A-25: no inline handlers, no inline styles or data, a new nonce each time."""
    client = client_of(admin)
    nonces = set()
    for path in ("/", "/exchanges", "/exchanges/new", "/account", "/sign-in", "/admin/mailbox"):
        page = client.get(path)
        assert page.status_code == 200, path
        nonces.add(re.search(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])[1])
        for script in re.findall(r"<script[^>]*>", page.text):
            assert "nonce=" in script
            assert "src=" in script
        assert not re.search(r"<[^>]+\son\w+=", page.text), path
        assert not re.search(r"<[^>]+\sstyle=", page.text), path
        assert "<style" not in page.text
        assert "javascript:" not in page.text
    assert len(nonces) == 6


def test_pages_fetch_nothing_from_elsewhere(client_of, admin):
    """A-33."""
    client = client_of(admin)
    for path in ("/", "/exchanges/new", "/account"):
        for address in re.findall(r'(?:src|href|action)="([^"]+)"', client.get(path).text):
            assert not re.match(r"(https?:)?//", address), address


def test_an_error_of_ours_carries_them_too(app, client_of, admin, monkeypatch):
    """A-23, A-71: 500, without a word from inside."""
    app.view_functions["exchanges.index"] = lambda: 1 / 0
    answer = client_of(admin).get("/exchanges")
    assert answer.status_code == 500
    check_headers(answer)
    assert "ZeroDivision" not in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def test_files_may_be_kept_for_ever_and_are_not_read_as_anything_else(client_of, admin):
    """A-26, T-27: no cookie on static files."""
    client = client_of(None)
    page = client.get("/sign-in").text
    style = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
    answer = client.get(style)
    answer.close()
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_over_http_cookies_are_plain_lax_and_closed_to_scripts(client_of, admin, stage):
    """A-22."""
    client = client_of(None)
    made = client.get("/sign-in").headers.getlist("Set-Cookie")
    assert len(made) == 1
    assert made[0].startswith("kk_visit=")
    check_cookies(made, secure=False)


def test_over_https_every_cookie_is_secure_and_bound_to_this_host(secure, admin):
    """A-22, A-23, T-12: `__Host-`, and HSTS on every answer."""
    client = secure.test_client()
    made = []
    base = {"base_url": "https://kinkeeper.test"}
    page = client.get("/sign-in", **base)
    made += page.headers.getlist("Set-Cookie")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    from tests.factories import PASSWORD

    for path, fields in (
        ("/look", {"theme": "dark"}),
        ("/language", {"language": "de"}),
        ("/sign-in", {"email": "ada.admin@example.org", "password": PASSWORD}),
    ):
        answer = client.post(path, data={"csrf_token": token, **fields}, **base)
        assert answer.status_code == 303, path
        made += answer.headers.getlist("Set-Cookie")
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    names = {cookie.partition("=")[0] for cookie in made}
    assert {"__Host-kk_visit", "__Host-kk_account"} <= names
    check_cookies(made, secure=True)
    for path in ("/nothing", "/", "/api/v1/exchanges", "/health"):
        assert "Strict-Transport-Security" in client.get(path, **base).headers


def check_cookies(made, *, secure) -> None:
    assert made
    for cookie in made:
        flags = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert "httponly" in flags, cookie
        assert "samesite=lax" in flags, cookie
        assert "path=/" in flags, cookie
        assert not any(flag.startswith("domain=") for flag in flags), cookie
        assert ("secure" in flags) is secure, cookie


def test_a_cookie_that_a_sibling_host_tossed_is_not_ours_over_https(secure, admin):
    """T-12: without `__Host-` it is not read."""
    from tests.factories.accounts import _open

    secret = _open(admin.person_id, admin.account_id)
    for name, status in (("kk_account", 302), ("__Host-kk_account", 200)):
        client = secure.test_client()
        client.set_cookie(name, secret, domain="kinkeeper.test", secure=True)
        assert client.get("/account", base_url="https://kinkeeper.test").status_code == status


def test_no_hsts_over_http(client_of, admin):
    assert "Strict-Transport-Security" not in client_of(None).get("/sign-in").headers


@pytest.mark.parametrize(
    "host", ["evil.example", "kinkeeper.test.evil.example", "evilkinkeeper.test", "", "a b"]
)
def test_we_answer_to_our_own_name_only(client_of, admin, session, host):
    """T-5: a forged Host reaches no link, no redirect, no cache."""
    answer = client_of(None).get("/sign-in", headers={"Host": host})
    assert 400 <= answer.status_code < 500
    assert "evil" not in answer.text.replace("Set KINKEEPER", "")


def test_a_forged_host_sends_no_letter(client_of, admin, outbox, session):
    """T-5."""
    client = client_of(None)
    token = form_token(client)
    answer = client.post(
        "/forgotten",
        data={"csrf_token": token, "email": "ada.admin@example.org"},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )
    assert answer.status_code == 400
    from sqlalchemy import select

    from kinkeeper.platform.jobs.queue import ErrandRow

    assert session.scalars(select(ErrandRow)).all() == []


@pytest.mark.parametrize(
    "host", ["kinkeeper.test", "kinkeeper.test:8000", "127.0.0.1:8000", "localhost", "[::1]:8000"]
)
def test_our_own_names_with_any_port_are_fine(client_of, admin, host):
    assert client_of(None).get("/sign-in", headers={"Host": host}).status_code == 200


def test_probes_may_ask_by_address(client_of, engine):
    for path in ("/health", "/livez", "/readiness"):
        assert client_of(None).get(path, headers={"Host": "10.0.0.7"}).status_code == 200


def spend_all(client, tries=10) -> int:
    status = 0
    for number in range(tries + 1):
        status = fill_in_from(client, f"203.0.113.{number}")
    return status


def fill_in_from(client, claimed: str) -> int:
    """Try to sign in, claiming to come from elsewhere; each try another account."""
    token = form_token(client)
    return client.post(
        "/sign-in",
        data={"csrf_token": token, "email": f"x{claimed[-2:]}@example.org", "password": "wrong"},
        headers={"X-Forwarded-For": claimed, "Forwarded": f"for={claimed}", "X-Real-IP": claimed},
    ).status_code


def test_forwarded_headers_are_not_believed_without_a_trusted_proxy(client_of, admin):
    """A-36, T-47: one bucket, whatever is claimed."""
    assert spend_all(client_of(None)) == 429


def test_forwarded_headers_are_believed_from_the_trusted_proxy(engine, settings, admin):
    """A-36: each client behind it has a bucket of its own; only the last hop counts."""
    app = factory.create_app(settings.model_copy(update={"trusted_proxies": 1}))
    app.testing, app.test_client_class = False, Browser
    client = app.test_client()
    assert spend_all(client) == 422
    statuses = [fill_in_from(client, f"198.51.100.{number}, 192.0.2.77") for number in range(11)]
    assert statuses[-1] == 429


def test_a_forwarded_host_without_a_proxy_changes_no_link(client_of, admin, stage):
    """T-5."""
    with stage() as session:
        olga = make_account(session, "Olga")
        exchange = make_exchange(session, people=0, organiser=olga)
    page = client_of(olga).get(
        f"/exchanges/{exchange.id}",
        headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
    )
    assert "evil.example" not in page.text
    assert f"http://kinkeeper.test/join/{exchange.slug}" in page.text


def test_one_home_s_ipv6_addresses_are_one_machine(client_of, admin):
    """T-47, 3.0: /64, or every guess would come from a new address."""
    client, status = client_of(None), 0
    for number in range(11):
        status = client.post(
            "/sign-in",
            data={"csrf_token": form_token(client), "email": f"y{number}@example.org", "password": "wrong"},
            environ_overrides={"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"},
        ).status_code
    assert status == 429
    other = fill_in(client, "/sign-in", email="z@example.org", password="wrong")
    assert other.status_code == 422


def test_unused_methods_are_refused(client_of, admin):
    """A-37."""
    client = client_of(None)
    for path in ("/sign-in", "/", "/health"):
        for method in ("PUT", "DELETE", "PATCH", "TRACE"):
            assert client.open(path, method=method).status_code == 405, (method, path)


def test_nothing_of_the_inside_is_open(client_of, admin):
    """A-63."""
    client = client_of(None)
    for path in (
        "/metrics",
        "/debug",
        "/console",
        "/openapi",
        "/openapi/swagger",
        "/docs",
        "/.env",
        "/.git/config",
        "/static/../../kernel/config.py",
        "/static/%2e%2e/%2e%2e/kernel/config.py",
        "/static/",
    ):
        assert client.get(path).status_code == 404, path


def test_a_personal_page_is_kept_by_nobody_whatever_its_address_ends_in(client_of, admin):
    """A-64, T-27: cache deception."""
    client = client_of(admin)
    for path in ("/account/x.css", "/account.css", "/exchanges/x.js"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "max-age=31536000"),
        ({"hsts_subdomains": True}, "max-age=31536000; includeSubDomains"),
        ({"hsts_preload": True}, "max-age=63072000; includeSubDomains; preload"),
    ],
)
def test_https_only_is_as_strict_as_it_was_chosen(engine, settings, chosen, said):
    """A-23: subdomains may be somebody else's; lists of browsers are hard to leave."""
    secure = {"base_url": "https://kinkeeper.test", **chosen}
    app = factory.create_app(settings.model_copy(update=secure))
    answer = app.test_client().get("/livez", base_url="https://kinkeeper.test")
    assert answer.headers["Strict-Transport-Security"] == said
    plain = factory.create_app(settings.model_copy(update=chosen)).test_client()
    assert "Strict-Transport-Security" not in plain.get("/livez", base_url="http://kinkeeper.test").headers
