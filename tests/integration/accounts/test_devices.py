"""Devices: known again, told of when new, signed out one by one or all but this one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from kinkeeper.features.accounts.emails import ENTER, RESET
from kinkeeper.features.accounts.emails.changes import MOVE
from kinkeeper.features.accounts.errands import LinkRequest, ResetRequest
from kinkeeper.features.accounts.models import Account, ApiSession, Device, WebSession
from kinkeeper.features.accounts.service import devices, sessions
from kinkeeper.features.accounts.service.mailed_link import send_link
from kinkeeper.features.accounts.service.moving import ask_to_move
from kinkeeper.features.accounts.service.passwords import change_password, send_reset
from kinkeeper.features.accounts.service.signing_in import StartAgain, sign_in, sign_in_with_code
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM, Actor
from kinkeeper.kernel.errors import Gone, NotFound, Unauthenticated
from kinkeeper.platform import links
from kinkeeper.platform.mail.delivery import link_of
from tests.factories import PASSWORD, make_account
from tests.factories.accounts import LONG_AGO, code_of_app, give_app
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import bearer, carry_letters, fill_in, secret_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1"


def come_in(device=None, agent=FIREFOX, email="olga@example.org"):
    browser = replace(BROWSER, device=device, agent=agent)
    return sign_in(ANONYMOUS, email, PASSWORD, address=HERE, browser=browser)


def of(session, olga):
    return session.scalars(select(Device).where(Device.account_id == olga.account_id)).all()


def enter(client, agent=FIREFOX):
    fill_in(client, "/sign-in", email="olga@example.org", password=PASSWORD)
    return client


def test_the_first_device_is_no_news_the_second_is(olga, session, outbox):
    """ASVS 6.3.5."""
    come_in()
    assert outbox() == []
    come_in(agent=PHONE)
    (letter,) = outbox()
    assert (letter.kind, letter.to) == ("accounts.new_device", "olga@example.org")
    assert letter.fields["device"] == "Safari (iPhone)"
    assert sorted(device.name for device in of(session, olga)) == ["Firefox (Windows)", "Safari (iPhone)"]


def test_it_is_news_to_whom_only_programs_came_in_for(olga, stage, outbox, now):
    with stage() as staged:
        seen = {"created_at": LONG_AGO, "seen_at": LONG_AGO, "ends_at": now()}
        staged.add(ApiSession(account_id=olga.account_id, name="x", **seen))
    come_in()
    assert len(outbox()) == 1


def test_a_device_is_known_again(olga, session, outbox, now):
    first = come_in()
    now.advance(days=100)
    again = come_in(first.device, agent=PHONE)
    assert again.device == first.device
    (device,) = of(session, olga)
    assert (device.name, device.seen_at) == ("Safari (iPhone)", now())
    assert outbox() == []


def test_a_familys_tablet_is_a_device_of_each(olga, stage, session, outbox):
    with stage() as staged:
        make_account(staged, "Otto")
    first = come_in()
    other = come_in(first.device, email="otto@example.org")
    assert other.device == first.device
    assert session.scalar(select(func.count()).select_from(Device)) == 2


def test_a_secret_that_was_planted_is_not_taken(olga):
    """T-12."""
    assert come_in("planted").device != "planted"


def test_the_cookie_is_long_lived_and_out_of_scripts_reach(client_of, olga):
    answer = fill_in(client_of(None), "/sign-in", email="olga@example.org", password=PASSWORD)
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("kk_device="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Max-Age={180 * 86400}" in cookie


def test_it_lets_nobody_in(client_of, olga):
    client = client_of(None)
    client.set_cookie("kk_device", come_in().device, domain="kinkeeper.test")
    assert client.get("/account").status_code == 302


def test_whoever_was_signed_out_from_afar_reads_why_where_they_sign_in(client_of, olga):
    here, there = enter(client_of(None)), enter(client_of(None))
    here.send("/account/devices", "/account/devices/sign-out")
    page = there.get(there.get("/account").location).text
    assert "You are signed out here." in page
    assert "You are signed out here." not in there.get("/sign-in").text
    here.send("/account", "/sign-out")
    assert "You are signed out here." not in here.get(here.get("/account").location).text, "they know"


def test_signing_out_leaves_the_device_known(client_of, olga, outbox):
    client = enter(client_of(None))
    client.send("/account", "/sign-out")
    enter(client)
    assert outbox() == []


def test_the_page_lists_them_and_marks_this_one(client_of, olga):
    come_in(agent=PHONE)
    page = enter(client_of(None)).get("/account/devices").text
    assert "Safari (iPhone)" in page
    assert page.index("This browser, last seen 1 Dec 2026, 09:00") < page.index("Safari (iPhone)")
    assert "Signed in, last seen 1 Dec 2026, 09:00" in page
    assert 'href="/account#change-password"' in page
    assert page.count('/sign-out"') == 3  # the phone's, all others', and the layout's own


def row_of(client, name):
    return client.get("/account/devices").text.partition(name)[2].partition("</li>")[0]


def test_one_that_has_signed_out_is_only_remembered(client_of, olga, stage, session):
    """It can be forgotten: the next time it is news again."""
    come_in(agent=PHONE)
    desk = enter(client_of(None))
    assert "Sign out<" in row_of(desk, "Safari (iPhone)")
    with stage() as staged:
        phone = select(Device.id).where(Device.name == "Safari (iPhone)").scalar_subquery()
        staged.execute(delete(WebSession).where(WebSession.device_id == phone))
    row = row_of(desk, "Safari (iPhone)")
    assert "Not signed in, last seen" in row
    assert ("Forget<" in row, "Sign out<" in row) == (True, False)
    path = row.partition('action="')[2].partition('"')[0]
    assert desk.send("/account/devices", path).status_code == 303
    assert "Safari (iPhone)" not in [device.name for device in of(session, olga)]


@pytest.mark.parametrize("is_over", ["idle", "ended"])
def test_a_session_that_is_over_signs_nobody_in(client_of, olga, stage, now, is_over):
    """A-52: it is judged as at the door, before the sweep has deleted it."""
    come_in(agent=PHONE)
    with stage() as staged:
        (held,) = staged.scalars(select(WebSession)).all()
        if is_over == "idle":
            held.idle_at = now()
        else:
            held.ends_at = now()
    assert "Not signed in, last seen" in row_of(enter(client_of(None)), "Safari (iPhone)")


def test_one_is_signed_out_at_once_and_forgotten(client_of, olga, session):
    """A-53."""
    phone, desk = enter(client_of(None)), enter(client_of(None))
    this = desk.get_cookie("kk_device", domain="kinkeeper.test").value
    other = next(device for device in of(session, olga) if device.digest != devices.crypto.token_digest(this))
    assert desk.send("/account/devices", f"/account/devices/{other.id}/sign-out").status_code == 303
    assert phone.get("/account").status_code == 302
    assert desk.get("/account").status_code == 200
    assert len(of(session, olga)) == 1


def test_everything_else_is_signed_out_at_once(client_of, olga, stage, session, now):
    """A-53, ASVS 7.4.3: programs too."""
    phone, desk = enter(client_of(None)), enter(client_of(None))
    old = client_of(olga)  # a session from before devices were known
    with stage() as staged:
        staged.add(
            ApiSession(account_id=olga.account_id, name="x", created_at=now(), seen_at=now(), ends_at=now())
        )
    desk.send("/account/devices", "/account/devices/sign-out")
    assert [client.get("/account").status_code for client in (phone, old, desk)] == [302, 302, 200]
    assert len(of(session, olga)) == 1
    assert session.scalar(select(func.count()).select_from(ApiSession)) == 0


@pytest.mark.parametrize(
    "end",
    [
        devices.sign_out_elsewhere,
        lambda olga: change_password(olga, PASSWORD, "crooked violin under a lamp", browser=BROWSER),
    ],
    ids=["sign out elsewhere", "new password"],
)
def test_nothing_that_was_mailed_before_opens_the_account_or_moves_it(olga, outbox, session, end):
    """ASVS 7.4.3, T-7: a thief may have asked for it; of a move the letter says so, and what to do."""
    send_reset(SYSTEM, ResetRequest(email="olga@example.org", minutes=60))
    send_link(SYSTEM, LinkRequest(email="olga@example.org", minutes=60, browser=""))
    ask_to_move(olga, "thief@example.org")
    carry_letters()
    mailed = [secret_in(letter) for letter in outbox() if link_of(letter)]
    assert len(mailed) == 3
    end(olga)
    for purpose, secret in zip((RESET, ENTER, MOVE), mailed, strict=True):
        with pytest.raises(Gone):
            links.look_at(session, purpose, secret, clock.now())
    assert session.get_one(Account, olga.account_id).new_email is None


def test_what_a_mailed_link_opened_ends_too(olga, client_of, session):
    """A-53: the place that a lost telephone shows is its owner's as much as the account is."""
    client_of(Actor(name="Olga", guest_id=olga.person_id))
    devices.sign_out_elsewhere(olga)
    assert session.scalar(select(func.count()).select_from(WebSession)) == 0


def test_a_letter_that_would_open_it_and_waits_never_goes(olga, outbox):
    send_reset(SYSTEM, ResetRequest(email="olga@example.org", minutes=60))
    devices.sign_out_elsewhere(olga)
    assert outbox() == []


def test_who_is_asked_for_a_code_meanwhile_begins_again(olga, stage):
    """A-53."""
    with stage() as staged:
        give_app(staged, olga)
    half_way = come_in()
    devices.sign_out_elsewhere(olga)
    with pytest.raises(StartAgain):
        sign_in_with_code(ANONYMOUS, half_way, code_of_app(), browser=BROWSER)


def test_the_page_says_that_access_tokens_stay_and_where_they_end(client_of, olga):
    """ASVS 7.4.3."""
    token, client = bearer(olga), client_of(olga)
    page = client.get("/account/devices").text
    assert "Access tokens stay." in page
    assert 'href="/account#tokens"' in page
    client.send("/account/devices", "/account/devices/sign-out")
    assert client_of(None).get("/api/v1/circles", headers=token).status_code == 200
    assert client.get("/account").status_code == 200


def test_a_program_is_listed_while_it_is_signed_in_and_signed_out(client_of, olga, stage, session, now):
    seen = {"account_id": olga.account_id, "created_at": now(), "seen_at": now()}
    with stage() as staged:
        program = ApiSession(name="My script", ends_at=now() + timedelta(days=1), **seen)
        staged.add_all([program, ApiSession(name="Long over", ends_at=now(), **seen)])
    client = client_of(olga)
    page = client.get("/account/devices").text
    assert ("My script" in page, "Long over" in page) == (True, False)
    client.send("/account/devices", f"/account/programs/{program.id}/sign-out")
    assert session.scalars(select(ApiSession.name)).all() == ["Long over"]


def test_nobody_signs_out_somebody_elses(olga, stage, session, now):
    """A-56: foreign and missing are the same."""
    come_in()
    (device,) = of(session, olga)
    with stage() as staged:
        other = make_account(staged, "Otto")
        program = ApiSession(
            account_id=olga.account_id, name="x", created_at=now(), seen_at=now(), ends_at=now()
        )
        staged.add(program)
    for verb, row in ((devices.sign_out_device, device), (devices.end_program, program)):
        with pytest.raises(NotFound):
            verb(other, row.id)
        with pytest.raises(Unauthenticated):
            verb(ANONYMOUS, row.id)
    with pytest.raises(Unauthenticated):
        devices.sign_out_elsewhere(ANONYMOUS)
    assert len(of(session, olga)) == 1


def test_a_changed_password_forgets_all_but_this_one(olga, session):
    come_in(agent=PHONE)
    here = come_in()
    change_password(
        olga,
        PASSWORD,
        "crooked violin under a lamp",
        browser=replace(BROWSER, device=here.device, agent=FIREFOX),
    )
    assert [device.name for device in of(session, olga)] == ["Firefox (Windows)"]
    assert session.scalar(select(func.count()).select_from(WebSession)) == 1


def test_devices_that_nobody_uses_are_forgotten(olga, session, now):
    come_in()
    now.advance(days=179)
    sessions.forget_ended(SYSTEM)
    assert len(of(session, olga)) == 1
    now.advance(days=2)
    sessions.forget_ended(SYSTEM)
    assert of(session, olga) == []


def test_nobody_has_more_than_fifty(olga, stage, session):
    with stage() as staged:
        for number in range(55):
            staged.add(
                Device(
                    account_id=olga.account_id,
                    digest=bytes([number]),
                    name="",
                    created_at=LONG_AGO,
                    seen_at=LONG_AGO,
                )
            )
    come_in()
    assert len(of(session, olga)) == 50
