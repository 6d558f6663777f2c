"""Inviting somebody of the address book to have an account; they choose the password themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.features.accounts.service.hashing import is_right
from kinkeeper.features.accounts.service.inviting import AccountInUse, NoAddress, accept_invitation, invite
from kinkeeper.features.accounts.service.registering import RegistrationClosed
from kinkeeper.features.accounts.service.signing_in import LetIn
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound, TooMany
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.links import ExpiredLink, UnknownLink, UsedLink
from tests.factories import grant_to, guest, make_account, make_circle, make_organiser, make_person
from tests.factories.accounts import LONG_AGO
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import (
    at_once,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
    secret_in,
)

PASSWORD = "crooked violin under a lamp"


@pytest.fixture
def circle(stage, admin):
    """A circle with an organiser, a member with an account, and Ana without one."""
    with stage() as session:
        home = make_circle(session)
        host = make_organiser(session, "Hanna Host", circle=home)
        member = make_account(session, "Max Member", circle=home)
        ana = make_person(session, "Ana", circle=home)
        return home, host, member, ana


@pytest.fixture
def letter(circle, outbox):
    """Ana's invitation, handed over."""
    invite(circle[1], circle[3].id, is_open=True)
    carry_letters()
    (letter,) = outbox()
    return letter


def accept(token, password=PASSWORD, username=""):
    return accept_invitation(ANONYMOUS, token, password, username, address=HERE, browser=BROWSER)


def of_ana(session, circle):
    return session.scalars(select(Account).where(Account.person_id == circle[3].id)).all()


def test_the_whole_way_by_its_pages(client_of, circle, outbox, session, now, settings):
    _, host, _, ana = circle
    invite(host, ana.id, is_open=True)
    carry_letters()
    (letter,) = outbox()
    assert (letter.kind, letter.to) == ("accounts.account_invited", "ana@example.org")
    assert letter.fields["host"] == "Hanna Host"
    client, way = client_of(None), path_in(letter)
    before = fingerprint(session)
    assert "Welcome, Ana." in client.get(way).text
    assert fingerprint(session) == before
    assert client.send(way, password=PASSWORD, username="ana").location == "/"
    assert client.get("/account").status_code == 200
    (account,) = of_ana(session, circle)
    assert (account.email, account.username, account.verified_at) == ("ana@example.org", "ana", now())
    assert session.get_one(Person, ana.id).confirmed_at == now()
    assert client_of(None).get(way).status_code == 410


def test_pages_go_on_in_the_language_in_which_the_password_was_chosen(client_of, letter):
    """Whoever invited them has guessed theirs; the next page was in another one than this."""
    client, german = client_of(None), {"Accept-Language": "de-DE"}
    way = path_in(letter)
    assert '<html lang="de"' in client.get(way, headers=german).text
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de-DE"
    assert client.send(way, password=PASSWORD).location == "/"
    assert '<html lang="de"' in client.get("/account").text
    del client.environ_base["HTTP_ACCEPT_LANGUAGE"]
    assert '<html lang="de"' in client.get("/account").text


@pytest.mark.parametrize("email", ["ana@example.org", "otto@example.org"])
def test_their_page_says_that_they_were_invited_and_offers_it_again(
    client_of, stage, circle, admin, now, email
):
    """T-8: the same where the address signs in elsewhere in the house."""
    with stage() as session:
        make_account(session, "Otto", circle=make_circle(session, "The Bergs"))
        session.get_one(Person, circle[3].id).email = email
    client, path = client_of(admin), f"/people/{circle[3].id}"
    assert "Invite to have an account" in client.get(path).text
    client.send(path, f"{path}/invite", next=path)
    assert "the letter waits in the house’s own mailbox" in client.get(path).text, "there is no mail yet"
    now.advance(days=1)
    client = client_of(admin)
    page = client.get(path).text
    assert "Invited to have an account on 1 Dec 2026" in page
    assert "Invite again" in page
    assert client.send(path, f"{path}/invite", next=path).location == path
    assert "on 2 Dec 2026" in client.get(path).text


def test_in_a_closed_house_administrators_invite_and_nobody_else(client_of, circle, admin, outbox):
    """Issue, 2; the setting is `closed` here."""
    _, host, _, ana = circle
    answer = fill_in(client_of(host), f"/people/{ana.id}/invite")
    assert answer.status_code == 403
    with pytest.raises(RegistrationClosed):
        invite(host, ana.id, is_open=False)
    assert outbox() == []
    answer = fill_in(client_of(admin), f"/people/{ana.id}/invite", next="/exchanges")
    assert (answer.status_code, answer.location) == (303, "/exchanges")
    assert len(outbox()) == 1


def test_who_may_not_is_not_told_who_is_there(circle, stage, outbox):
    """A-56: foreign and missing are the same."""
    _, _, member, ana = circle
    with stage() as session:
        other = make_circle(session, "Others")
        stranger = make_account(session, "Stranger", circle=other)
        grant_to(session, stranger, Role.ORGANISER, Scope.CIRCLE, other.id)
    for actor in (ANONYMOUS, guest(ana), member, stranger):
        with pytest.raises(NotFound):
            invite(actor, ana.id, is_open=True)
    with pytest.raises(NotFound):
        invite(circle[1], circle[0].id, is_open=True)
    assert outbox() == []


def test_who_has_an_account_needs_none(circle):
    with pytest.raises(AccountInUse):
        invite(circle[1], circle[2].person_id, is_open=True)


def test_who_has_no_address_cannot_be_written_to(circle, stage):
    with stage() as session:
        kit = make_person(session, "Kit", circle=session.merge(circle[0]), email=None)
    with pytest.raises(NoAddress):
        invite(circle[1], kit.id, is_open=True)


def test_an_address_that_signs_in_elsewhere_is_told_there_alone(circle, stage, outbox):
    """T-8: the host learns nothing."""
    with stage() as session:
        make_account(session, "Ana")
    invite(circle[1], circle[3].id, is_open=True)
    assert [letter.kind for letter in outbox()] == ["accounts.account_known"]


def test_an_account_without_a_password_gets_its_first(circle, stage, session, outbox):
    """Who keeps accounts may make one without."""
    with stage() as staged:
        ana = staged.get_one(Person, circle[3].id)
        staged.add(Account(person_id=ana.id, email=ana.email, created_at=LONG_AGO, changed_at=LONG_AGO))
    invite(SYSTEM, circle[3].id, is_open=False)
    carry_letters()
    assert isinstance(accept(secret_in(outbox()[0])), LetIn)
    (account,) = of_ana(session, circle)
    assert is_right(PASSWORD, account.password_hash)
    assert account.verified_at is not None


def test_it_works_once_and_at_the_same_moment_too(letter, circle, session):
    """A-49."""
    results = at_once(*(lambda: accept(secret_in(letter)) for _ in range(4)))
    assert problems_among(results) == ["UsedLink"] * 3
    with pytest.raises(UsedLink):
        accept(secret_in(letter))
    assert len(of_ana(session, circle)) == 1


def test_it_works_for_three_days(letter, now):
    now.advance(hours=72)
    with pytest.raises(ExpiredLink):
        accept(secret_in(letter))


def test_the_next_invitation_ends_the_one_before(letter, circle, outbox):
    invite(circle[1], circle[3].id, is_open=True)
    carry_letters()
    with pytest.raises(ExpiredLink):
        accept(secret_in(letter))
    accept(secret_in(next(row for row in outbox() if row.id != letter.id)))


def test_an_account_that_was_closed_stays_closed(letter, circle, stage):
    accept(secret_in(letter))
    with stage() as session:
        session.execute(
            update(Account).where(Account.person_id == circle[3].id).values(deactivated_at=LONG_AGO)
        )
    with pytest.raises(AccountInUse):
        invite(circle[1], circle[3].id, is_open=True)


def test_three_a_day_to_one_mailbox(circle):
    for _ in range(3):
        invite(circle[1], circle[3].id, is_open=True)
    with pytest.raises(TooMany):
        invite(circle[1], circle[3].id, is_open=True)


def test_both_are_written_down(letter, circle, session):
    accept(secret_in(letter))
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["account.invited", "account.invitation_accepted"]


def test_a_link_that_was_never_made(client_of, circle):
    assert client_of(None).get("/welcome/" + "x" * 43).status_code == 404
    with pytest.raises(UnknownLink):
        accept("x" * 43)


def test_a_wrong_form_says_so_and_keeps_the_link(client_of, letter, session, circle):
    client = client_of(None)
    assert client.send(path_in(letter), password="short", username="ana").status_code == 422
    assert of_ana(session, circle) == []
    assert client.send(path_in(letter), password=PASSWORD).status_code == 303
    assert session.scalar(select(func.count()).select_from(Account)) == 4
