"""Budgets: how often a thing may be tried, over all threads and processes."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import TooMany
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import limits
from kinkeeper.platform.limits import Budget, Spending

SIGN_IN = Budget("sign_in", 3, timedelta(minutes=5))
HOUSE = Budget("house", 100, timedelta(minutes=1))
ANA, BEN = "ana@example.org", "ben@example.org"


def spend_all(budget: Budget = SIGN_IN, key: str = ANA) -> None:
    for _ in range(budget.amount):
        limits.spend((budget, key))


def test_a_budget_is_spent_try_by_try_and_then_refuses(engine):
    """RS-31, A-20."""
    spend_all()
    with pytest.raises(TooMany):
        limits.spend((SIGN_IN, ANA))


def test_each_key_and_each_budget_counts_for_itself(engine):
    spend_all()
    limits.spend((SIGN_IN, BEN))
    limits.spend((HOUSE, ANA))


def test_the_refusal_says_when_to_come_again_and_then_it_works(engine, now):
    """TooMany carries what Retry-After says; coming back then must not be refused again."""
    limits.spend((SIGN_IN, ANA))
    now.advance(seconds=100.5)
    for _ in range(2):
        limits.spend((SIGN_IN, ANA))
    with pytest.raises(TooMany) as refusal:
        limits.spend((SIGN_IN, ANA))
    assert refusal.value.retry_after == 200
    now.advance(seconds=refusal.value.retry_after)
    spend_all()


def test_of_several_that_are_spent_the_longest_wait_is_told(engine, now):
    """Told of the shorter one only, they would come back to be told of the other."""
    short = Budget("test.short", SIGN_IN.amount, timedelta(minutes=1))
    both = (short, ANA), (SIGN_IN, ANA)
    for _ in range(SIGN_IN.amount):
        limits.spend(*both)
    with pytest.raises(TooMany) as refusal:
        limits.spend(*both)
    assert refusal.value.retry_after == SIGN_IN.window.total_seconds()
    now.advance(seconds=refusal.value.retry_after)
    limits.spend(*both)


def test_a_window_that_is_over_begins_anew(engine, now):
    spend_all()
    now.advance(minutes=4, seconds=59)
    with pytest.raises(TooMany) as refusal:
        limits.spend((SIGN_IN, ANA))
    assert refusal.value.retry_after == 1
    now.advance(seconds=1)
    spend_all()
    with pytest.raises(TooMany):
        limits.spend((SIGN_IN, ANA))


def test_trying_on_does_not_lengthen_the_wait(engine, now):
    spend_all()
    for _ in range(10):
        now.advance(seconds=30)
        try:
            limits.spend((SIGN_IN, ANA))
        except TooMany as refusal:
            waits = refusal.retry_after
    assert waits <= 30
    limits.spend((SIGN_IN, ANA))


def test_who_is_refused_for_their_own_tries_does_not_use_up_everybodys(engine, session):
    """One stranger must not shut the whole house out by being refused often enough."""
    spend_all()
    with pytest.raises(TooMany):
        limits.spend((SIGN_IN, ANA), (HOUSE, ""))
    assert sorted(session.scalars(select(Spending.spent))) == [SIGN_IN.amount + 1]


def test_what_was_rightful_is_given_back(engine):
    """A correct password forgets the wrong ones before it."""
    spend_all()
    limits.refund((SIGN_IN, ANA))
    spend_all()


def test_what_is_bounded_for_its_letters_costs_nothing_where_it_fails(engine, session):
    """T-9: it has written none; a refusal for the budget itself stays one."""
    for _ in range(2):
        with limits.spending((SIGN_IN, ANA)):
            pass
    with pytest.raises(ValueError, match="no"), limits.spending((SIGN_IN, ANA), (HOUSE, "")):
        raise ValueError("no")
    with pytest.raises(ValueError, match="no"), limits.spending():
        raise ValueError("no")
    assert list(session.scalars(select(Spending.spent))) == [2]
    limits.spend((SIGN_IN, ANA))
    session.rollback()
    with pytest.raises(TooMany) as refused, limits.spending((HOUSE, ""), (SIGN_IN, ANA)):
        raise AssertionError
    assert refused.value.keys == {ANA}
    assert list(session.scalars(select(Spending.spent))) == [SIGN_IN.amount]


def test_a_refusal_that_teaches_something_is_spent_for_good(engine, session):
    """T-14: only those that are named are given back."""
    for problem in (KeyError, ValueError, LookupError):
        with pytest.raises(problem), limits.spending((SIGN_IN, ANA), back=(LookupError,)):
            raise problem
    assert list(session.scalars(select(Spending.spent))) == [1]


def test_giving_back_touches_nobody_else(engine):
    spend_all()
    spend_all(key=BEN)
    limits.refund((SIGN_IN, BEN), (HOUSE, BEN))
    with pytest.raises(TooMany):
        limits.spend((SIGN_IN, ANA))


def test_a_try_is_remembered_whatever_comes_after_it(engine):
    """4 point 4: a refusal that must be remembered is a small verb of its own."""
    for _ in range(SIGN_IN.amount):
        with pytest.raises(KeyError):
            limits.spend((SIGN_IN, ANA))
            with transaction(SYSTEM):
                raise KeyError
    with pytest.raises(TooMany):
        limits.spend((SIGN_IN, ANA))


def test_a_limit_in_a_verb_is_refused_as_it_would_be_rolled_back(engine):
    with pytest.raises(RuntimeError), transaction(SYSTEM):
        limits.spend((SIGN_IN, ANA))


@pytest.mark.parametrize("keys", [[ANA], [ANA, BEN]], ids=["one budget", "two budgets"])
def test_of_twenty_at_once_exactly_ten_pass(engine, keys):
    """C-30, G-F12: also where two budgets are charged, in either order, nobody is stuck."""
    ten, gate, passed, refused = Budget("ten", 10, timedelta(minutes=1)), threading.Barrier(20), [], []

    def try_it(number: int) -> None:
        charges = [(ten, key) for key in keys]
        gate.wait()
        try:
            limits.spend(*(charges if number % 2 else reversed(charges)))
            passed.append(number)
        except TooMany:
            refused.append(number)

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(passed), len(refused)) == (10, 10)


def test_what_is_given_back_is_locked_in_the_order_of_spending(engine):
    """Else whoever gives two back and whoever spends both wait for each other."""
    deleted = []

    def note(_connection, _cursor, statement, facts, *_more):
        if statement.startswith("DELETE FROM limit_spending"):
            deleted.extend(facts.values() if isinstance(facts, dict) else facts)

    event.listen(engine, "before_cursor_execute", note)
    for charges in [((SIGN_IN, ANA), (HOUSE, ANA)), ((HOUSE, ANA), (SIGN_IN, ANA))]:
        limits.spend(*charges)
        limits.refund(*charges)
    event.remove(engine, "before_cursor_execute", note)
    keys = [bytes(getattr(one, "obj", one)) for one in deleted]
    assert len(keys) == 4
    assert keys[:2] == keys[2:] == sorted(keys[:2])


def test_keys_are_not_stored_in_clear(engine, session):
    """3.0: addresses of people and machines are personal; equal keys of two budgets look different."""
    limits.spend((SIGN_IN, ANA), (HOUSE, ANA))
    stored = session.scalars(select(Spending.key)).all()
    assert len(set(stored)) == 2
    assert all(len(key) == 32 and b"ana" not in key for key in stored)


def test_windows_that_are_over_are_forgotten(engine, session, now):
    limits.spend((SIGN_IN, ANA))
    limits.forget_ended(SYSTEM)
    assert len(session.scalars(select(Spending)).all()) == 1
    now.advance(minutes=6)
    limits.forget_ended(SYSTEM)
    assert session.scalars(select(Spending)).all() == []


def test_an_act_that_is_a_hundred_tries_counts_as_many_and_those_it_did_not_reach_are_given_back(now):
    """One press may write to many people."""
    own, house = Budget("own", 5, timedelta(hours=1)), Budget("whole", 9, timedelta(hours=1))
    limits.spend(*[(own, "a")] * 4, *[(house, "")] * 4)
    with pytest.raises(TooMany):
        limits.spend(*[(own, "a")] * 2, *[(house, "")] * 2)
    limits.spend(*[(own, "b")] * 5, *[(house, "")] * 5)
    with pytest.raises(TooMany):
        limits.spend((house, ""))
