"""Devices: known again, told of when new, signed out one by one or all but this one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import ApiSession, Device, WebSession
from kinkeeper.features.accounts.service import devices, sessions
from kinkeeper.features.accounts.service.passwords import change_password
from kinkeeper.features.accounts.service.signing_in import sign_in
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound, Unauthenticated
from tests.factories import PASSWORD, make_account
from tests.factories.accounts import LONG_AGO
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import fill_in

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
    assert "Last seen 1 Dec 2026, 09:00" in page
    assert 'href="/account#password"' in page
    assert page.count('/sign-out"') == 3  # the phone's, all others', and the layout's own


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


def test_a_program_is_listed_and_signed_out(client_of, olga, stage, session, now):
    with stage() as staged:
        program = ApiSession(
            account_id=olga.account_id, name="My script", created_at=now(), seen_at=now(), ends_at=now()
        )
        staged.add(program)
    client = client_of(olga)
    assert "My script" in client.get("/account/devices").text
    client.send("/account/devices", f"/account/programs/{program.id}/sign-out")
    assert session.scalar(select(func.count()).select_from(ApiSession)) == 0


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
