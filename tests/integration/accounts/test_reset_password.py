"""A forgotten password: a link by mail, once, and everything older ends (SK-15)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from kinkeeper.features.accounts.errands import ResetRequest
from kinkeeper.features.accounts.models import AccessToken, Account, WebSession
from kinkeeper.features.accounts.rules import BadAddress, PasswordTooShort
from kinkeeper.features.accounts.service import passwords
from kinkeeper.features.accounts.service.hashing import is_right
from kinkeeper.features.accounts.service.naming import choose_username
from kinkeeper.features.accounts.service.passwords import ask_for_reset, change_password, reset_password
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import TooMany
from kinkeeper.platform.jobs.queue import ErrandRow
from kinkeeper.platform.links import ExpiredLink, Link, UnknownLink, UsedLink
from tests.factories import PASSWORD, make_token
from tests.integration.accounts.conftest import BROWSER
from tests.integration.web.support import (
    at_once,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
    secret_in,
    visible_text,
)

NEW = "crooked violin under a lamp"


@pytest.fixture
def letter(olga, outbox, run_errands):
    """The letter with the link, handed over."""
    ask_for_reset(ANONYMOUS, "olga@example.org", address="192.0.2.1", lasts=timedelta(minutes=10))
    run_errands()
    carry_letters()
    return outbox()[-1]


def reset(secret, password=NEW):
    return reset_password(ANONYMOUS, secret, password, address="192.0.2.1", browser=BROWSER)


def test_a_username_will_do_and_the_letter_goes_to_its_address(client_of, olga, outbox, run_errands):
    choose_username(olga, "olga.olsen")
    fill_in(client_of(None), "/forgotten", email="Olga.Olsen")
    run_errands()
    assert [(letter.kind, letter.to) for letter in outbox()] == [
        ("accounts.password_reset", "olga@example.org")
    ]


def test_known_and_unknown_names_get_the_same_answer(client_of, olga):
    """T-8, A-47."""
    choose_username(olga, "olga.olsen")
    pages = []
    for email in ("olga@example.org", "nobody@example.org", "olga.olsen", "nobody.olsen"):
        client = client_of(None)
        answer = fill_in(client, "/forgotten", email=email)
        assert (answer.status_code, answer.location) == (303, "/forgotten/sent")
        pages.append(visible_text(client.get("/forgotten/sent").text))
    assert len(set(pages)) == 1


def test_known_and_unknown_names_leave_the_same_rows(olga, session, outbox):
    """T-8: an errand in all cases; only the worker finds out."""
    choose_username(olga, "olga.olsen")
    for email in ("olga@example.org", "nobody@example.org", "olga.olsen", "nobody.olsen"):
        ask_for_reset(ANONYMOUS, email, address="192.0.2.1", lasts=timedelta(minutes=10))
    rows = session.scalars(select(ErrandRow)).all()
    assert [(row.kind, sorted(row.fields)) for row in rows] == [
        ("accounts.reset_request", ["email", "errand_id", "minutes"])
    ] * 4
    assert outbox() == []


def test_only_an_account_s_address_gets_a_letter(olga, outbox, run_errands):
    for email in ("OLGA@example.org", "nobody@example.org"):
        ask_for_reset(ANONYMOUS, email, address="192.0.2.1", lasts=timedelta(minutes=10))
    run_errands()
    assert [(letter.kind, letter.to) for letter in outbox()] == [
        ("accounts.password_reset", "olga@example.org")
    ]


def test_the_errand_may_run_twice_and_sends_one_letter(olga, outbox):
    """2.6: a killed worker's errand runs again."""
    errand = ResetRequest(email="olga@example.org", minutes=10)
    passwords.send_reset(SYSTEM, errand)
    passwords.send_reset(SYSTEM, errand)
    assert len(outbox()) == 1


def test_the_link_s_ten_minutes_begin_when_the_letter_is_handed_over(olga, outbox, now, run_errands):
    """3.1: an outage of the mail server does not deliver dead links."""
    ask_for_reset(ANONYMOUS, "olga@example.org", address="192.0.2.1", lasts=timedelta(minutes=10))
    run_errands()
    now.advance(hours=26)
    carry_letters()
    now.advance(minutes=9, seconds=59)
    reset(secret_in(outbox()[-1]))


def test_after_ten_minutes_the_link_is_dead_and_says_so(letter, client_of, now, session):
    now.advance(minutes=10)
    with pytest.raises(ExpiredLink):
        reset(secret_in(letter))
    page = client_of(None).get(path_in(letter))
    assert page.status_code == 410
    assert "expired" in page.text
    assert 'href="/forgotten"><span>Ask for a new letter' in page.text


def test_looking_at_the_link_uses_nothing_up(letter, client_of, session):
    """T-1, A-31, A-55."""
    before, client = fingerprint(session), client_of(None)
    for method in ("get", "head", "get"):
        answer = getattr(client, method)(path_in(letter))
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert fingerprint(session) == before
    assert client.get_cookie("kk_account", domain="kinkeeper.test") is None


def test_the_link_gives_a_new_password_and_lets_its_owner_in(letter, client_of, session, olga):
    client = client_of(None)
    answer = fill_in(client, path_in(letter), password=NEW)
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account").status_code == 200
    account = session.get_one(Account, olga.account_id)
    assert is_right(NEW, account.password_hash)
    assert not is_right(PASSWORD, account.password_hash)


def test_everything_older_ends_at_once(letter, client_of, olga, session):
    """A-53: sessions, access tokens, and whatever an open page still wants to do."""
    client = client_of(olga)
    token = make_token(olga, "Script", days=5)
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/exchanges", headers=headers).status_code == 200
    reset(secret_in(letter))
    assert client_of(None).get("/api/v1/exchanges", headers=headers).status_code == 401
    assert client.get("/account").status_code == 302
    assert session.scalar(select(func.count()).select_from(AccessToken)) == 0
    assert session.get_one(Account, olga.account_id).epoch == 1


def test_the_owner_is_told_that_the_password_was_changed(letter, outbox):
    reset(secret_in(letter))
    told = next(one for one in outbox() if one.kind == "accounts.password_changed")
    assert told.to == "olga@example.org"
    assert NEW not in str(told.fields)


def test_the_link_works_once(letter, client_of, session):
    """A-49: a replay is answered 410."""
    reset(secret_in(letter))
    before = fingerprint(session, besides=frozenset({"limit_spending"}))
    with pytest.raises(UsedLink):
        reset(secret_in(letter), "another violin under a lamp")
    assert client_of(None).get(path_in(letter)).status_code == 410
    assert fingerprint(session, besides=frozenset({"limit_spending"})) == before


def test_of_two_at_the_same_moment_one_wins(letter, session):
    """T-4."""
    results = at_once(*(lambda n=n: reset(secret_in(letter), f"{NEW} {n}") for n in range(4)))
    assert problems_among(results) == ["UsedLink"] * 3
    assert session.scalar(select(func.count()).select_from(WebSession)) == 1


def test_a_newer_link_ends_the_one_before(letter, olga, outbox, now, run_errands):
    """T-9: one pending link."""
    now.advance(minutes=5)
    ask_for_reset(ANONYMOUS, "olga@example.org", address="192.0.2.1", lasts=timedelta(minutes=10))
    run_errands()
    carry_letters()
    with pytest.raises(ExpiredLink):
        reset(secret_in(letter))
    reset(secret_in(outbox()[-1]))


def ask_again(run_errands) -> None:
    ask_for_reset(ANONYMOUS, "olga@example.org", address="192.0.2.1", lasts=timedelta(minutes=10))
    run_errands()


def resets(outbox) -> int:
    return sum(letter.kind == "accounts.password_reset" for letter in outbox())


def test_within_five_minutes_of_a_letter_there_is_no_other(letter, outbox, now, run_errands):
    """T-9, T-59: counted from the letter, so that no boundary of the clock lets a second one through."""
    now.advance(minutes=4, seconds=59)
    ask_again(run_errands)
    assert resets(outbox) == 1
    reset(secret_in(letter))


def test_five_minutes_after_a_letter_there_is_another(letter, outbox, now, run_errands):
    now.advance(minutes=5)
    ask_again(run_errands)
    assert resets(outbox) == 2


def test_after_a_link_was_used_the_next_comes_at_once(letter, outbox, run_errands):
    """Whoever mistyped the new password twice is not left outside for minutes."""
    reset(secret_in(letter))
    ask_again(run_errands)
    assert resets(outbox) == 2


def test_a_link_whose_short_life_is_over_does_not_hold_up_the_next(olga, outbox, now, run_errands):
    """The life of links is a setting, and may be shorter than five minutes."""
    ask_for_reset(ANONYMOUS, "olga@example.org", address="192.0.2.1", lasts=timedelta(minutes=1))
    run_errands()
    carry_letters()
    now.advance(minutes=1)
    ask_again(run_errands)
    assert resets(outbox) == 2


def test_whoever_asks_again_sees_the_same_page(letter, client_of, run_errands, outbox):
    """T-8: whether a letter went out is for the mailbox's owner to know."""
    pages = []
    for email in ("olga@example.org", "nobody@example.org"):
        client = client_of(None)
        for _ in range(2):
            answer = fill_in(client, "/forgotten", email=email)
            assert (answer.status_code, answer.location) == (303, "/forgotten/sent")
            pages.append(visible_text(client.get("/forgotten/sent").text))
    run_errands()
    assert len(set(pages)) == 1
    assert resets(outbox) == 1


def test_two_asked_for_at_the_same_moment_are_one_letter(olga, outbox):
    """T-9: the account is locked before anybody looks for the last letter."""
    errands = [ResetRequest(email="olga@example.org", minutes=10) for _ in range(4)]
    results = at_once(*(lambda errand=errand: passwords.send_reset(SYSTEM, errand) for errand in errands))
    assert problems_among(results) == []
    assert resets(outbox) == 1


def test_using_a_link_while_the_next_is_sent_is_before_or_after(letter, outbox, now):
    """Both lock the account first: neither ends in a deadlock."""
    now.advance(minutes=5)
    errand = ResetRequest(email="olga@example.org", minutes=10)
    results = at_once(lambda: reset(secret_in(letter)), lambda: passwords.send_reset(SYSTEM, errand))
    assert problems_among(results) in ([], ["ExpiredLink"])
    assert resets(outbox) == 2


def test_a_link_for_something_else_resets_nothing(letter, session, stage):
    """T-39: a link does what it was made for."""
    with stage() as staged:
        staged.scalars(select(Link)).one().purpose = "exchanges.enter"
    with pytest.raises(UnknownLink):
        reset(secret_in(letter))


def test_a_weak_password_leaves_the_link_alive(letter, client_of):
    with pytest.raises(PasswordTooShort):
        reset(secret_in(letter), "short")
    page = fill_in(client_of(None), path_in(letter), password="olga@example.org")
    assert page.status_code == 422
    assert "easy to guess" in page.text
    reset(secret_in(letter))


def test_garbage_is_answered_404(client_of, admin, session):
    for token in ("x", "x" * 43, "%00", "..%2f"):
        assert client_of(None).get(f"/reset/{token}").status_code == 404
    with pytest.raises(UnknownLink):
        reset("x" * 43)


def test_no_letter_and_no_row_holds_the_secret(letter, session):
    """T-6: a copied database opens nothing."""
    secret = secret_in(letter)
    for table in (Link, ErrandRow, type(letter)):
        for row in session.execute(select(table.__table__)):
            assert secret not in repr(tuple(row))


def test_a_mailbox_gets_three_letters_in_a_quarter_of_an_hour(olga, now):
    """T-9, 3.0: known or not, and the page says when to come back."""
    for email in ("olga@example.org", "nobody@example.org"):
        for number in range(3):
            ask_for_reset(ANONYMOUS, email, address=f"192.0.2.{number}", lasts=timedelta(minutes=10))
        with pytest.raises(TooMany):
            ask_for_reset(ANONYMOUS, email, address="192.0.2.9", lasts=timedelta(minutes=10))
    now.advance(minutes=15)
    ask_for_reset(ANONYMOUS, "olga@example.org", address="192.0.2.1", lasts=timedelta(minutes=10))


def test_one_machine_may_ask_ten_times_an_hour(admin, client_of):
    for number in range(10):
        ask_for_reset(ANONYMOUS, f"a{number}@example.org", address="127.0.0.1", lasts=timedelta(minutes=10))
    answer = fill_in(client_of(None), "/forgotten", email="b@example.org")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 60


def test_what_is_no_address_is_said_in_the_form(client_of, admin):
    page = fill_in(client_of(None), "/forgotten", email="non sense")
    assert page.status_code == 422
    with pytest.raises(BadAddress):
        ask_for_reset(ANONYMOUS, "a@b@c", address="192.0.2.1", lasts=timedelta(minutes=10))


def test_an_account_that_was_closed_meanwhile_cannot_be_entered(letter, olga, stage, client_of):
    with stage() as session:
        session.execute(delete(Account).where(Account.id == olga.account_id))
    answer = fill_in(client_of(None), path_in(letter), password=NEW)
    assert answer.status_code in {404, 410}


def test_a_password_manager_is_told_whose_password_it_is(client_of, letter):
    client, path = client_of(None), path_in(letter)
    for page in (client.get(path), fill_in(client, path, password="short")):
        assert 'value="olga@example.org" autocomplete="username"' in page.text


def test_a_change_while_signed_in_ends_a_link_that_was_asked_for_before(olga, letter):
    """T-7: whoever changes the password because somebody reads their mail must not be undone by that mail."""
    change_password(olga, PASSWORD, "nineteen herons paint fences", browser=BROWSER)
    with pytest.raises(ExpiredLink):
        reset(secret_in(letter))
