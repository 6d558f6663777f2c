"""In a house that no letter leaves, no page says that one is on its way."""

from __future__ import annotations

import html

import pytest
from pydantic import SecretStr

from kinkeeper.app import factory
from kinkeeper.features.accounts.models import Person
from tests.factories import make_participant
from tests.factories.accounts import browser_of
from tests.integration.web.support import fill_in

STAYS = "Nobody gets mail from here yet: the letter waits in the house’s own mailbox."
NOBODY = "Nobody gets mail yet."


@pytest.fixture(params=["mailbox:", "smtp://mail.example.org"], ids=["stays", "leaves"])
def mailing(request, settings):
    """A house whose letters stay, and one whose letters leave."""
    return factory.create_app(settings.model_copy(update={"mail_url": SecretStr(request.param)}))


@pytest.fixture
def stays(mailing):
    return mailing.config["SETTINGS"].mail_stays


@pytest.fixture
def press(mailing, olga):
    """`press(path, …)` sends a form as Olga, and answers the page that follows."""

    def send(path, **fields):
        browser = browser_of(mailing, olga)
        answer = fill_in(browser, path, **fields)
        assert answer.status_code == 303, answer.text
        return html.unescape(browser.get(answer.location).text)

    return send


@pytest.mark.parametrize(
    ("act", "sent", "done"),
    [
        ("resend", "The letter is on its way again.", ""),
        ("rotate", "A new link is on its way to them.", "All earlier links have ended."),
        ("address", "Asked. The address changes once it is confirmed.", "Asked."),
    ],
)
def test_what_is_done_for_somebody_on_the_list(press, stays, exchange, place, act, sent, done):
    page = press(f"/exchanges/{exchange.id}/people/{place('Ben').id}/{act}", email="ben@example.net")
    assert (STAYS in page) is stays
    assert ("on its way" in page) is ("on its way" in sent and not stays)
    assert (done if stays else sent) in page


def test_an_address_that_is_changed_at_once(press, stays, stage, exchange):
    with stage() as session:
        zoe = make_participant(session, exchange, "Zoe", confirmed=False)
    page = press(f"/exchanges/{exchange.id}/people/{zoe.id}/address", email="zoe@example.net")
    assert "Changed." in page
    assert (STAYS in page) is stays
    assert ("A letter is on its way to the new address." in page) is not stays


def test_whoever_draws_reads_where_the_letters_are(press, stays, closed):
    page = press(f"/exchanges/{closed.id}/draw")
    assert "The names are drawn." in page
    assert (NOBODY in page) is stays
    assert ("Everybody gets a letter now." in page) is not stays


def test_whoever_calls_it_off_does_likewise(press, stays, drawn):
    page = press(f"/exchanges/{drawn.id}/cancel")
    assert "Called off." in page
    assert (NOBODY in page) is stays
    assert ("Everybody who was in gets a letter." in page) is not stays


def test_whoever_changes_a_draw_does_likewise(press, stays, drawn, seat):
    page = press(f"/exchanges/{drawn.id}/changes/{seat('Ben')}/leave", after=1)
    assert "They are out." in page
    assert (NOBODY in page) is stays
    assert ("Everybody gets a letter to look again." in page) is not stays


@pytest.mark.parametrize("path", ["people/add", "people/pick", "changes", "people/{ben}/address"])
def test_a_form_that_promises_letters_says_where_they_stay(mailing, stays, admin, drawn, seat, path):
    page = browser_of(mailing, admin).get(f"/exchanges/{drawn.id}/{path.format(ben=seat('Ben'))}")
    assert page.status_code == 200
    assert (NOBODY in page.text) is stays


def test_whoever_joins_is_promised_no_letter_there(mailing, stays, exchange):
    page = browser_of(mailing, None).get(f"/join/{exchange.slug}").text
    assert "Count me in" in page
    assert ("You get a letter there" in page) is not stays


def test_whoever_has_not_confirmed_is_not_sent_to_their_mailbox(mailing, stays, olga, stage, exchange):
    with stage() as session:
        own = session.get_one(Person, olga.person_id)
        place = make_participant(session, exchange, person=own, confirmed=False)
    for path in ("/", f"/my/{place.id}"):
        page = html.unescape(browser_of(mailing, olga).get(path).text)
        assert ("your letter waits in the house’s own mailbox" in page) is stays
        assert ("that we sent you" in page) is not stays
