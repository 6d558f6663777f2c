"""Before something dangerous: is it still you? (A-54, ASVS 7.5.1)"""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from kinkeeper.features.accounts.models import AccessToken, Account, WebSession
from kinkeeper.features.accounts.service.proving import WrongPassword
from kinkeeper.features.accounts.service.second_factor import WrongCode
from kinkeeper.features.accounts.service.signing_in import prove_again
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import TooMany, Unauthenticated
from tests.factories import PASSWORD, guest, make_person
from tests.factories.accounts import code_of_app, give_app
from tests.integration.accounts.conftest import BROWSER
from tests.integration.web.support import fill_in

PAGE = "/account/second-factor"


def test_asked_and_led_back(client_of, olga, now):
    client = client_of(olga)
    assert client.get(PAGE).status_code == 200
    now.advance(minutes=15, seconds=1)
    again = client.get(PAGE).location
    assert again == "/sign-in/again?next=/account/second-factor"
    assert client.get(again).status_code == 200
    assert client.send(again, "/sign-in/again", present=PASSWORD, next=PAGE).location == PAGE
    assert client.get(PAGE).status_code == 200


def test_it_is_a_new_session(client_of, olga, session):
    """ASVS 7.2.4: and the old one ends."""
    client = client_of(olga)
    old = client.get_cookie("kk_account", domain="kinkeeper.test").value
    client.send("/sign-in/again", present=PASSWORD)
    assert client.get_cookie("kk_account", domain="kinkeeper.test").value != old
    assert session.scalar(select(func.count()).select_from(WebSession)) == 1


def test_a_wrong_password_is_refused_and_counted(client_of, olga):
    client = client_of(olga)
    assert client.send("/sign-in/again", present="not it").status_code == 422
    for _ in range(9):
        with pytest.raises(WrongPassword):
            prove_again(olga, "not it", "", browser=BROWSER)
    with pytest.raises(TooMany):
        prove_again(olga, PASSWORD, "", browser=BROWSER)


def test_the_code_of_the_app_as_well(client_of, olga, stage):
    with stage() as session:
        give_app(session, olga)
    assert "Code of your app" in client_of(olga).get("/sign-in/again").text
    for code in ("", "000000"):
        with pytest.raises(WrongCode):
            prove_again(olga, PASSWORD, code, browser=BROWSER)
    assert prove_again(olga, PASSWORD, code_of_app(), browser=BROWSER).session


def test_without_a_password_a_letter(client_of, olga, stage, outbox, run_errands):
    with stage() as session:
        session.execute(update(Account).where(Account.id == olga.account_id).values(password_hash=None))
    client = client_of(olga)
    page = client.get("/sign-in/again").text
    assert 'action="/sign-in/link"' in page
    assert client.send("/sign-in/again", "/sign-in/link", email="olga@example.org").status_code == 303
    run_errands()
    assert [letter.kind for letter in outbox()] == ["accounts.sign_in_link"]
    with pytest.raises(WrongPassword):
        prove_again(olga, "", "", browser=BROWSER)


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "", "/\\evil"])
def test_nobody_is_led_elsewhere(client_of, olga, onward):
    """T-26."""
    answer = client_of(olga).send("/sign-in/again", present=PASSWORD, next=onward)
    assert answer.location == "/account"


def test_nobody_is_nobody_again(client_of, olga):
    with pytest.raises(Unauthenticated):
        prove_again(ANONYMOUS, PASSWORD, "", browser=BROWSER)
    assert fill_in(client_of(None), "/sign-in/again", present=PASSWORD).status_code == 401


@pytest.mark.parametrize(
    "path", ["/my/data", "/my/data.json", "/account/email", "/account/close", "/account/erase", PAGE]
)
def test_what_matters_asks_whoever_was_not_asked_for_long(client_of, olga, now, path):
    """A-54: to look at, to take along, to change."""
    client = client_of(olga)
    assert client.get(path).status_code == 200
    now.advance(minutes=16)
    assert client.get(path).location == f"/sign-in/again?next={path}"


def test_a_token_is_made_by_whoever_was_just_asked(client_of, olga, session, now):
    """A-54: it would outlive the open browser by months."""
    client = client_of(olga)
    now.advance(minutes=16)
    answer = fill_in(client, "/account/tokens", name="A script", days=30, scopes="*")
    assert (answer.status_code, answer.location) == (303, "/sign-in/again?next=/account")
    assert session.scalar(select(func.count()).select_from(AccessToken)) == 0


def test_a_guest_has_nothing_to_be_asked_for(client_of, stage, olga, now):
    """Their session is the letter itself."""
    with stage() as session:
        ana = guest(make_person(session, "Ana"))
    client = client_of(ana)
    now.advance(minutes=16)
    assert client.get("/my/data.json").status_code == 200
