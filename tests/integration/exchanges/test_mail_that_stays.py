"""In a house that no letter leaves, no page says that one is on its way."""

from __future__ import annotations

import html

import pytest
from pydantic import SecretStr

from kinkeeper.app import factory
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.service.holding import hold_place
from tests.factories import guest, make_participant
from tests.factories.accounts import browser_of
from tests.integration.web.support import carry_letters, fill_in, path_in

STAYS = "Nobody gets mail from here yet: the letter waits in the house’s own mailbox."
NOBODY = "Nobody gets mail yet."
LOOK_AGAIN = "Nobody gets mail from here yet, so look here again."


@pytest.fixture(params=["mailbox:", "smtp://mail.example.org"], ids=["stays", "leaves"])
def mailing(request, settings):
    """A house whose letters stay, and one whose letters leave."""
    return factory.create_app(settings.model_copy(update={"mail_url": SecretStr(request.param)}))


@pytest.fixture
def stays(mailing):
    return mailing.config["SETTINGS"].mail_stays


@pytest.fixture
def press(mailing, olga):
    """`press(path, …)` sends a form as Olga or as `who`, and answers the page that follows."""

    def send(path, who=olga, **fields):
        browser = browser_of(mailing, who)
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


@pytest.fixture
def read(mailing):
    """`read(actor, path)` answers what a page says to somebody."""

    def look(who, path):
        answer = browser_of(mailing, who).get(path)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    return look


@pytest.mark.parametrize(
    "path", ["people/add", "people/pick", "changes", "changes/{ben}", "people/{ben}/address"]
)
def test_a_form_that_promises_letters_says_where_they_stay(read, stays, admin, drawn, seat, path):
    page = read(admin, f"/exchanges/{drawn.id}/{path.format(ben=seat('Ben'))}")
    assert (NOBODY in page) is stays


def test_so_does_the_form_for_taking_somebody_off_the_list(read, stays, olga, exchange, place, stage):
    with stage() as session:
        zoe = make_participant(session, exchange, "Zoe", confirmed=False)
    page = read(olga, f"/exchanges/{exchange.id}/people/{place('Ben').id}/remove")
    assert "gets a letter about it" in page
    assert (NOBODY in page) is stays
    page = read(olga, f"/exchanges/{exchange.id}/people/{zoe.id}/remove")
    assert "No letter goes out" in page
    assert NOBODY not in page


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


def test_whoever_waits_for_the_draw_is_promised_a_letter_only_where_one_comes(read, stays, ana, place):
    page = read(ana, f"/my/{place().id}")
    assert "The names are not drawn yet." in page
    assert (LOOK_AGAIN in page) is stays
    assert ("You get a letter when they are." in page) is not stays


def test_so_does_whoever_waits_for_somebody_else(read, stays, ana, place):
    kim = hold_place(ana, place().id, "Kim")
    page = read(ana, f"/my/{kim}")
    assert "The place of Kim. The names are not drawn yet." in page
    assert (LOOK_AGAIN in page) is stays
    assert ("You get a letter when they are." in page) is not stays


def test_so_does_whoever_came_too_late_for_the_draw(read, stays, stage, drawn):
    with stage() as session:
        late = make_participant(session, drawn, "Zoe", confirmed=False)
        zoe = guest(session.get_one(Person, late.person_id))
    page = read(zoe, f"/my/{late.id}")
    assert "can still let you in." in page
    assert (LOOK_AGAIN in page) is stays
    assert ("You get a letter then." in page) is not stays


def test_so_does_whoever_is_asked_after_the_draw(press, read, stays, drawn, outbox):
    press(f"/exchanges/{drawn.id}/changes", name="Zoe", email="zoe@example.org")
    carry_letters()
    page = read(None, path_in(outbox()[-1]))
    assert "can still let you in." in page
    assert ("You get a letter then." in page) is not stays


def test_whoever_chooses_letters_reads_where_they_stay(read, stays, ana, place):
    page = read(ana, f"/my/{place().id}")
    assert "Remind me before the day" in page
    assert (NOBODY in page) is stays


def test_whoever_ends_their_links_reads_beforehand_where_the_new_one_will_be(read, stays, ana, place):
    """This browser is shut out, too: whoever presses it needs somebody else to come back."""
    page = read(ana, f"/my/{place().id}")
    assert "every browser that was let in by one" in page
    assert ("The new link waits in the house’s own mailbox" in page) is stays
    assert ("You get a new link by mail." in page) is not stays


def test_whoever_looks_after_others_reads_where_their_letters_stay(read, stays, ana, place):
    page = read(ana, f"/my/{place().id}/others")
    assert "you get their letters" in page
    assert (NOBODY in page) is stays


def test_whoever_leaves_reads_where_the_letter_about_it_stays(press, read, stays, ana, place):
    path = f"/my/{place().id}/leave"
    page = read(ana, path)
    assert "Your wishes are deleted." in page
    assert (NOBODY in page) is stays
    assert ("You get a letter that says so." in page) is not stays
    page = press(path, ana, sure="y")
    assert "You are out" in page
    assert (STAYS in page) is stays
    assert ("get a letter that says so" in page) is not stays
