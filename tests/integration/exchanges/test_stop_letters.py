"""Stopping letters from the letter itself, by a person or by a mail program (SK-93, RFC 8058, RFC 2369)."""

from __future__ import annotations

import email
import re
from datetime import UTC, datetime

import pytest

from kinkeeper.app.features import ERASE_STEPS
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.exchanges.jobs import remind_in_time, tell_of_wishes
from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.wishing import write_wishes
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.platform.mail import letters
from kinkeeper.platform.mail.delivery import compose
from tests.factories import make_account, make_exchange
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import fingerprint

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
REMINDER, CHANGED = "exchanges.gifts_soon", "exchanges.wishes_changed"


@pytest.fixture
def scene(stage, session, admin, now):
    """Both kinds of letters lie in the outbox."""
    with stage() as staged:
        olga = make_account(staged, "Olga")
        exchange = make_exchange(staged, people=4, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, exchange.id)
    scene = Scene(session, exchange)
    for name in ("Ana", "Ben"):
        write_wishes(SYSTEM, scene.seat(name).id, "Socks")
    now.moment = datetime(2026, 12, 17, 18, 0, tzinfo=UTC)
    remind_in_time.run(SYSTEM)
    tell_of_wishes.run(SYSTEM)
    return scene


@pytest.fixture
def on_the_wire(outbox, monkeypatch):
    """`on_the_wire(kind, name)` answers a letter as a mail server gets it, from a house behind TLS."""
    monkeypatch.setattr(letters._Desk, "base_url", "https://kinkeeper.test")

    def send(kind: str, name: str):
        row = next(one for one in outbox() if one.kind == kind and one.fields["name"] == name)
        return email.message_from_bytes(compose(row, "k@example.org").as_bytes())

    return send


def stop_path(message) -> str:
    (address,) = re.fullmatch(
        r"<(https://kinkeeper\.test/stop/[\w-]+)>", message["List-Unsubscribe"]
    ).groups()
    return address.removeprefix("https://kinkeeper.test")


@pytest.mark.parametrize(
    ("kind", "stopped"), [(REMINDER, (False, True)), (CHANGED, (True, False))], ids=["reminder", "wishes"]
)
def test_a_mail_program_stops_them_with_one_click(client_of, scene, on_the_wire, kind, stopped):
    """RFC 8058 3.1, 3.2: both headers, and a POST without cookies, token or redirect is all it takes."""
    message = on_the_wire(kind, "Ana")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = client_of(None).post(stop_path(message), data=ONE_CLICK)
    assert answer.status_code == 200
    ana, ben = scene.seat("Ana"), scene.seat("Ben")
    assert (ana.wants_reminders, ana.hears_of_wishes) == stopped
    assert (ben.wants_reminders, ben.hears_of_wishes) == (True, True)


def test_the_address_stays_one_word_on_one_line(scene, on_the_wire, outbox):
    """RFC 2369 2: an encoded word, or a fold within the address, and nothing can follow it."""
    row = next(one for one in outbox() if one.kind == REMINDER)
    (line,) = [one for one in compose(row, "k@example.org").as_bytes().split(b"\r\n") if b"/stop/" in one][:1]
    assert line.startswith(b"List-Unsubscribe: <https://")
    assert line.endswith(b">")


def test_a_house_without_tls_offers_the_page_and_no_click(scene, outbox):
    """RFC 8058 3.1 knows https only."""
    message = compose(next(one for one in outbox() if one.kind == REMINDER), "k@example.org")
    assert message["List-Unsubscribe"].startswith("<http://kinkeeper.test/stop/")
    assert message["List-Unsubscribe-Post"] is None


def test_letters_that_must_come_cannot_be_stopped(scene, outbox):
    for row in outbox():
        message = compose(row, "k@example.org")
        assert (message["List-Unsubscribe"] is not None) == (row.kind in {REMINDER, CHANGED}), row.kind


def test_a_person_sees_one_button_and_looking_changes_nothing(client_of, scene, on_the_wire, session):
    """T-1: mail scanners look, too; the button needs no form's token, and no cookie."""
    path = stop_path(on_the_wire(REMINDER, "Ana"))
    client = client_of(None)
    before = fingerprint(session)
    for _ in range(3):
        page = client.get(path)
        client.head(path)
    assert fingerprint(session) == before
    assert re.search(r"<main.*</main>", page.text, re.DOTALL)[0].count("<button") == 1
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Ana" not in page.text
    for _ in range(2):
        assert "No more of these" in client.post(path).text
    assert scene.seat("Ana").wants_reminders is False


def test_it_opens_nothing_else(client_of, scene, on_the_wire):
    """Neither the page of whose it is, nor the other kind of letters."""
    client = client_of(None)
    path = stop_path(on_the_wire(REMINDER, "Ana"))
    client.post(path)
    assert client.get(f"/my/{scene.seat('Ana').id}").status_code == 302
    token = path.rpartition("/")[2]
    for kind in ("remind", "changed", "enter", "ready", "confirm"):
        assert client.get(f"/{kind}/{token}").status_code == 404
    assert scene.seat("Ana").hears_of_wishes is True


def test_a_made_up_address_stops_nothing(client_of, scene, on_the_wire, session):
    client = client_of(None)
    path = stop_path(on_the_wire(REMINDER, "Ana"))
    before = fingerprint(session)
    for wrong in (path[:-1], path + "A", path.replace("/stop/r", "/stop/w"), "/stop/x", "/stop/" + "r" * 44):
        for answer in (client.get(wrong), client.post(wrong, data=ONE_CLICK)):
            assert answer.status_code == 404
    assert fingerprint(session) == before


def test_another_site_cannot_press_it(client_of, scene, on_the_wire):
    path = stop_path(on_the_wire(REMINDER, "Ana"))
    answer = client_of(None).post(path, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert scene.seat("Ana").wants_reminders is True


def test_whoever_is_erased_has_nothing_to_stop(client_of, scene, on_the_wire):
    path = stop_path(on_the_wire(REMINDER, "Ana"))
    erase_person(SYSTEM, scene.seat("Ana").person_id, steps=ERASE_STEPS)
    assert client_of(None).post(path, data=ONE_CLICK).status_code == 404


def test_what_is_stopped_comes_no_more_and_can_be_switched_on_again(
    client_of, scene, on_the_wire, now, outbox
):
    for name in ("Ana", "Ben"):
        client_of(None).post(stop_path(on_the_wire(REMINDER, name)), data=ONE_CLICK)
    page = client_of(scene.actor("Ben"))
    form = {"csrf_token": re.search(r'csrf_token" value="([^"]+)', page.get("/my/data").text)[1]}
    page.post(f"/my/{scene.seat('Ben').id}/letters", data={**form, "reminders": "y", "wishes": "y"})
    now.moment = datetime(2026, 12, 23, 9, 0, tzinfo=UTC)
    remind_in_time.run(SYSTEM)
    found = [one for one in outbox() if one.kind == REMINDER and one.fields["days"] == 1]
    assert [one.fields["name"] for one in found] == ["Ben", "Cleo", "Dan"]
