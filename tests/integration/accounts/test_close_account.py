"""Closing one's own account: everything ends at once, and somebody keeps looking after the house."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import func, select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.errands import ResetRequest
from kinkeeper.features.accounts.models import (
    AccessToken,
    Account,
    Circle,
    Device,
    Person,
    RoleGrant,
    WebSession,
)
from kinkeeper.features.accounts.service.closing import close_account
from kinkeeper.features.accounts.service.closing_accounts import (
    deactivate_account,
    delete_account,
    purge_account,
    restore_account,
)
from kinkeeper.features.accounts.service.granting import LastAdministrator
from kinkeeper.features.accounts.service.keeping_accounts import NewAccount, change_account, create_account
from kinkeeper.features.accounts.service.passwords import send_reset
from kinkeeper.features.accounts.service.proving import WrongCredentials
from kinkeeper.features.accounts.service.signing_in import sign_in
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Unauthenticated
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform import tallies
from kinkeeper.platform.audit import AuditEntry
from tests.factories import (
    PASSWORD,
    grant_to,
    guest,
    make_account,
    make_circle,
    make_grant,
    make_person,
    make_token,
)
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import at_once, carry_letters, fill_in, path_in, problems_among


def test_by_its_page_everything_ends_at_once(client_of, olga, session, now, outbox):
    """A-53, C-43."""
    sign_in(ANONYMOUS, "olga@example.org", PASSWORD, address=HERE, browser=BROWSER)
    make_token(olga, "A script", days=30)
    client, other = client_of(olga), client_of(olga)
    assert client.send("/account/close", None, typed="olga@example.org").location == "/sign-in"
    assert other.get("/account").status_code == 302
    account = session.get_one(Account, olga.account_id)
    assert (account.deleted_at, account.epoch) == (now(), 1)
    for table in (WebSession, AccessToken, Device):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    with pytest.raises(WrongCredentials):
        sign_in(ANONYMOUS, "olga@example.org", PASSWORD, address=HERE, browser=BROWSER)
    assert tallies.number_of(session, queries.ACCOUNTS) == -1  # nobody was counted when the stage was set
    assert [letter.kind for letter in outbox()] == ["accounts.account_closed"]
    assert "account.closed" in session.scalars(select(AuditEntry.action)).all()


def test_its_links_end(client_of, olga, outbox):
    send_reset(SYSTEM, ResetRequest(email="olga@example.org", minutes=10))
    carry_letters()
    close_account(olga, steps=STEPS.close)
    assert client_of(None).get(path_in(outbox()[0])).status_code == 410
    send_reset(SYSTEM, ResetRequest(email="olga@example.org", minutes=10))
    assert [letter.kind for letter in outbox()].count("accounts.password_reset") == 1


@pytest.mark.parametrize("close", [partial(delete_account, steps=STEPS.close), deactivate_account])
def test_letters_that_wait_because_of_it_never_go(olga, admin, outbox, close):
    """C-43: queued mails end in the same transaction."""
    _use_a_new_device()
    send_reset(SYSTEM, ResetRequest(email="olga@example.org", minutes=10))
    assert [letter.kind for letter in outbox()] == ["accounts.new_device", "accounts.password_reset"]
    close(admin, olga.account_id)
    assert outbox() == []


def test_nor_does_an_invitation_to_it(admin, outbox):
    """C-43: nobody has chosen a password yet."""
    made = create_account(admin, NewAccount("carol@example.org", "Carol", "en"))
    assert [letter.kind for letter in outbox()] == ["accounts.account_invited"]
    delete_account(admin, made, steps=STEPS.close)
    assert outbox() == []


def test_the_mailbox_that_it_had_before_is_told_all_the_same(olga, admin, outbox):
    """T-7: whoever moves an account and closes it at once does not do so in silence."""
    change_account(admin, olga.account_id, {"email": "stranger@example.org"}, steps=())
    delete_account(admin, olga.account_id, steps=STEPS.close)
    assert [(letter.kind, letter.to) for letter in outbox()] == [
        ("accounts.address_moving", "olga@example.org")
    ]


def test_its_letters_are_forgotten_with_it(olga, admin, outbox, now):
    """C-12: also those that went; what is about the person stays with the person."""
    _use_a_new_device()
    carry_letters()
    delete_account(admin, olga.account_id, steps=STEPS.close)
    assert [letter.kind for letter in outbox()] == ["accounts.new_device"]
    now.advance(days=31)
    purge_account(SYSTEM, olga.account_id)
    assert outbox() == []


def _use_a_new_device() -> None:
    """The first one is told of to nobody."""
    for agent in ("", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"):
        browser = replace(BROWSER, agent=agent)
        sign_in(ANONYMOUS, "olga@example.org", PASSWORD, address=HERE, browser=browser)


def test_twice_it_is_closed_once(olga, session):
    close_account(olga, steps=STEPS.close)
    with pytest.raises(Unauthenticated):
        close_account(olga, steps=STEPS.close)
    assert tallies.number_of(session, queries.ACCOUNTS) == -1


def test_the_last_administrator_stays(client_of, admin, session):
    with pytest.raises(LastAdministrator):
        close_account(admin, steps=STEPS.close)
    page = client_of(admin).send("/account/close", None, typed="ada.admin@example.org")
    assert page.status_code == 409
    assert session.get_one(Account, admin.account_id).deleted_at is None


def test_of_two_administrators_who_go_at_the_same_moment_one_stays(admin, stage, session):
    with stage() as staged:
        bea = make_account(staged, "Bea", is_admin=True)
    results = at_once(
        lambda: close_account(admin, steps=STEPS.close), lambda: close_account(bea, steps=STEPS.close)
    )
    assert problems_among(results) == ["LastAdministrator"]


def test_whoever_was_not_asked_for_long_is_asked_first(client_of, olga, session, now):
    """A-54."""
    client = client_of(olga)
    now.advance(minutes=16)
    assert client.get("/account/close").location == "/sign-in/again?next=/account/close"
    fill_in(client, "/account/close", typed="olga@example.org")
    assert session.get_one(Account, olga.account_id).deleted_at is None


def test_nobody_and_guests_have_none(stage, olga):
    with stage() as session:
        ana = guest(make_person(session, "Ana"))
    for actor in (ANONYMOUS, ana):
        with pytest.raises(Unauthenticated):
            close_account(actor, steps=STEPS.close)


def by_themselves(_admin, actor):
    close_account(actor, steps=STEPS.close)


def by_somebody_else(admin, actor):
    delete_account(admin, actor.account_id, steps=STEPS.close)


@pytest.mark.parametrize("close", [by_themselves, by_somebody_else])
def test_roles_go_and_none_comes_back_whoever_closes_it(olga, admin, stage, session, close):
    """C-43: for the house, at home, and in other circles; devices are forgotten, too."""
    with stage() as staged:
        person, other = staged.get_one(Person, olga.person_id), make_circle(staged, "The Browns")
        make_grant(staged, person, Role.OBSERVER)
        for circle_id in (person.circle_id, other.id):
            make_grant(staged, person, Role.ORGANISER, Scope.CIRCLE, circle_id)
    sign_in(ANONYMOUS, "olga@example.org", PASSWORD, address=HERE, browser=BROWSER)
    close(admin, olga)
    restore_account(admin, olga.account_id)
    theirs = select(RoleGrant.role).where(RoleGrant.person_id == olga.person_id)
    assert session.scalars(theirs).all() == []
    assert session.scalar(select(func.count()).select_from(Device)) == 0
    assert [grant.role for grant in queries.grants_of_account(session, olga.account_id)] == [Role.MEMBER]


@pytest.mark.parametrize("close", [by_themselves, by_somebody_else])
def test_a_child_comes_back_as_a_child(olga, admin, stage, session, close):
    """That role takes rights away: the bin is no way to lose it."""
    with stage() as staged:
        person = staged.get_one(Person, olga.person_id)
        make_grant(staged, person, Role.CHILD, Scope.CIRCLE, person.circle_id)
    close(admin, olga)
    restore_account(admin, olga.account_id)
    assert [grant.role for grant in queries.grants_of_account(session, olga.account_id)] == [Role.CHILD]


def test_it_is_not_done_by_the_way(client_of, olga, stage, session):
    """What cannot be undone alone is typed: the address, or the username."""
    client = client_of(olga)
    for typed in ("", "ben@example.org"):
        assert client.send("/account/close", None, typed=typed).status_code == 422
    assert session.get_one(Account, olga.account_id).deleted_at is None
    with stage() as staged:
        staged.get_one(Account, olga.account_id).username = "olga"
    assert "Type “olga” to go on" in client.get("/account/close").text
    assert "Please type “olga”." in client.send("/account/close", None, typed="ben").text
    assert client.send("/account/close", None, typed="Olga").location == "/sign-in"


def test_whoever_organises_a_circle_alone_is_warned(client_of, stage, olga):
    with stage() as session:
        person = session.get_one(Person, olga.person_id)
        circle = session.get_one(Circle, person.circle_id)
        make_grant(session, person, Role.ORGANISER, Scope.CIRCLE, circle.id)
        ben = make_account(session, "Ben", circle=circle)
        grant_to(session, ben, Role.ORGANISER, Scope.CIRCLE, circle.id)
    client, warning = client_of(olga), "Nobody else organises"
    assert warning not in client.get("/account/close").text
    close_account(ben, steps=STEPS.close)
    assert warning in client.get("/account/close").text
    assert warning not in client_of(ben).get("/account/close").text
