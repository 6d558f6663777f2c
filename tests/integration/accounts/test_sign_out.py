"""Signing out ends the session on the server, not only in the browser (SK-16, A-53)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Person, WebSession
from kinkeeper.features.accounts.service.sessions import sign_out
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.words import gettext
from tests.factories import guest, make_person
from tests.integration.web.support import fill_in, fingerprint, form_token


def sessions_left(session) -> int:
    return session.scalar(select(func.count()).select_from(WebSession))


def test_the_old_cookie_is_dead(client_of, olga, session):
    """A-53: whoever copied it gets nowhere."""
    client = client_of(olga)
    copied = client.get_cookie("kk_account", domain="kinkeeper.test").value
    answer = fill_in(client, "/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert sessions_left(session) == 0
    assert client.get_cookie("kk_account", domain="kinkeeper.test") is None
    thief = client_of(None)
    thief.set_cookie("kk_account", copied, domain="kinkeeper.test")
    assert thief.get("/account").status_code == 302


def test_a_guest_s_session_ends_too(client_of, stage, admin, session):
    """T-13: the next person at a family's computer sees nothing."""
    with stage() as staged:
        ana = guest(make_person(staged, "Ana"))
    client = client_of(ana)
    fill_in(client, "/sign-out")
    assert sessions_left(session) == 0


def test_other_browsers_stay_signed_in(client_of, olga):
    here, there = client_of(olga), client_of(olga)
    fill_in(here, "/sign-out")
    assert here.get("/account").status_code == 302
    assert there.get("/account").status_code == 200


def test_signing_out_twice_or_never_having_been_in_is_no_error(client_of, olga):
    client = client_of(olga)
    assert fill_in(client, "/sign-out").status_code == 303
    assert fill_in(client, "/sign-out").status_code == 303
    sign_out(ANONYMOUS, ["never heard of it"])


def test_a_link_on_another_site_signs_nobody_out(client_of, olga, session):
    """T-24."""
    client, before = client_of(olga), fingerprint(session)
    assert client.get("/sign-out").status_code == 303
    assert client.post("/sign-out").status_code == 403
    assert fingerprint(session) == before
    assert client.get("/account").status_code == 200


def test_it_says_so_once(client_of, olga):
    client = client_of(olga)
    fill_in(client, "/sign-out")
    assert "You are signed out" in client.get("/sign-in").text
    assert "You are signed out" not in client.get("/sign-in").text


@pytest.mark.parametrize(
    ("own", "browser", "said"),
    [("de", "en", "You are signed out."), ("en", "de", gettext("de", "You are signed out."))],
)
def test_it_says_so_in_the_language_of_the_page(client_of, olga, stage, own, browser, said):
    """Whoever is signed in reads in their own language; then nobody is known, and the browser's counts."""
    with stage() as session:
        session.get(Person, olga.person_id).language = own
    client, asks_for = client_of(olga), {"Accept-Language": browser}
    client.post("/sign-out", data={"csrf_token": form_token(client)}, headers=asks_for)
    page = client.get("/sign-in", headers=asks_for).text
    assert f'<html lang="{browser}"' in page
    assert f">{said}</div>" in page
