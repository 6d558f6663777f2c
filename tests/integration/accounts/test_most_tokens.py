"""An account has fifty access tokens that work, and not one more, whoever is quicker."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import AccessToken, Account
from kinkeeper.features.accounts.service.tokens import MOST, TooManyTokens, revoke_token
from tests.conftest import with_many_writers
from tests.factories import make_account, make_token
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import at_once, fill_in, form_token, problems_among, without_lock

NEW = {"name": "One more", "days": 30, "scopes": ["*"]}


@pytest.fixture
def keep(stage, now):
    """Let an account have so many tokens, each for as long."""

    def keep(actor, many, lasts=timedelta(days=1)):
        with stage() as session:
            session.add_all(
                AccessToken(account_id=actor.account_id, name="Script", digest=bytes([at, lasts.days]),
                            created_at=LONG_AGO, ends_at=now() + lasts, scopes="*")
                for at in range(many)
            )  # fmt: skip

    return keep


def number_of(session, actor):
    theirs = select(func.count()).where(AccessToken.account_id == actor.account_id)
    return session.scalar(theirs)


def test_the_fiftieth_is_made_and_no_other(olga, keep, session):
    keep(olga, MOST - 1)
    make_token(olga, "The fiftieth", days=30)
    with pytest.raises(TooManyTokens):
        make_token(olga, "One more", days=30)
    assert (MOST, number_of(session, olga)) == (50, 50)


def test_whoever_revokes_one_makes_another(olga, keep, session):
    keep(olga, MOST)
    revoke_token(olga, session.scalars(select(AccessToken.id).limit(1)).one())
    make_token(olga, "In its place", days=30)
    assert number_of(session, olga) == MOST


def test_what_has_ended_and_what_others_have_does_not_count(olga, keep, stage, session):
    with stage() as staged:
        otto = make_account(staged, "Otto")
    keep(otto, MOST)
    keep(olga, MOST, lasts=timedelta())
    make_token(olga, "The first", days=30)
    assert number_of(session, olga) == MOST + 1


def test_the_page_and_the_answer_say_what_helps(olga, keep, client_of):
    """Refused kindly: what is typed stays, and what to do is said."""
    keep(olga, MOST)
    client = client_of(olga)
    page = fill_in(client, "/account/tokens", name="One more", days="30", scopes="*")
    assert page.status_code == 409
    assert "You have 50 access tokens that work, as many as there can be. Revoke one" in page.text
    assert 'value="One more"' in page.text
    answer = client.post("/api/v1/tokens", json=NEW, headers={"X-CSRF-Token": form_token(client)})
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "token.too_many")
    assert "50" in answer.json["error"]["message"]


def two_make_the_last(olga, monkeypatch, patience):
    """Two have counted before either has made one; where a lock keeps them apart, that is not waited for."""
    both = threading.Barrier(2)
    plain = queries.tokens_alive

    def count_together(*facts):
        number = plain(*facts)
        with suppress(threading.BrokenBarrierError):
            both.wait(patience)
        return number

    monkeypatch.setattr(queries, "tokens_alive", count_together)
    return at_once(*(lambda at=at: make_token(olga, f"Script {at}", days=30) for at in range(2)))


def test_of_two_at_the_same_moment_the_second_is_counted_with_the_first(olga, keep, session, monkeypatch):
    keep(olga, MOST - 1)
    results = two_make_the_last(olga, monkeypatch, 0.5)
    assert problems_among(results) == ["TooManyTokens"]
    assert number_of(session, olga) == MOST


@with_many_writers
def test_without_the_lock_both_would_be_made(olga, keep, session, monkeypatch):
    """The twin."""
    keep(olga, MOST - 1)
    with without_lock(monkeypatch, queries.logins, "account_for_change", Account):
        results = two_make_the_last(olga, monkeypatch, 30)
    assert problems_among(results) == []
    assert number_of(session, olga) == MOST + 1
