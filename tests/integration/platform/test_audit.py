"""The audit trail: who did what to what, written in the act's own transaction."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import anyone, transaction
from kinkeeper.platform import audit
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_account, make_person

CAKE = new_id()


def act(actor, **details) -> None:
    with transaction(actor) as work:
        work.authorize(anyone, "a test")
        audit.record(work, "cake.eaten", CAKE, **details)


def test_an_entry_says_who_did_what_to_what_and_when(stage, session, now):
    with stage() as staged:
        olga = make_account(staged, "Olga")
    act(olga, pieces=2)
    (entry,) = session.scalars(select(AuditEntry))
    assert (entry.at, entry.actor_id, entry.actor_name) == (now(), olga.account_id, "Olga")
    assert (entry.action, entry.subject_id, entry.details) == ("cake.eaten", CAKE, {"pieces": 2})


def test_a_guest_the_house_and_a_stranger_are_told_apart(stage, session):
    with stage() as staged:
        ana = make_person(staged, "Ana")
    for actor in (guest(ana), SYSTEM, ANONYMOUS):
        act(actor)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.actor_id, entry.actor_name) for entry in entries] == [
        (ana.id, "Ana"),
        (None, "Kinkeeper"),
        (None, "somebody"),
    ]


def test_what_did_not_happen_is_not_in_the_trail(engine, session):
    with pytest.raises(KeyError), transaction(SYSTEM) as work:
        audit.record(work, "cake.eaten", CAKE)
        raise KeyError
    assert session.scalars(select(AuditEntry)).all() == []


def test_who_is_forgotten_did_it_without_a_name(stage, session):
    with stage() as staged:
        ana, ben = make_person(staged, "Ana"), make_person(staged, "Ben")
    for person in (ana, ben):
        act(guest(person))
    with transaction(SYSTEM) as work:
        audit.forget(work, [ana.id])
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.actor_id, entry.actor_name) for entry in entries] == [
        (ana.id, "somebody"),
        (ben.id, "Ben"),
    ]


def test_entries_outlive_the_account_and_keep_the_name_as_it_was(stage, session):
    with stage() as staged:
        olga = make_account(staged, "Olga")
    act(olga)
    with stage() as staged:
        staged.execute(delete(Account))
        staged.execute(delete(Person))
    assert session.scalars(select(AuditEntry.actor_name)).all() == ["Olga"]
