"""Three ways to say anew what is said of somebody, and one outcome, whoever says it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.features.accounts.rules import BadAddress, BadName
from kinkeeper.features.accounts.rules.localities import UnknownLanguage, UnknownZone
from kinkeeper.features.accounts.service.book import change_person, change_profile
from kinkeeper.features.accounts.service.keeping_accounts import change_account
from kinkeeper.platform.audit import AuditEntry
from tests.factories import make_person
from tests.integration.web.support import fingerprint


@pytest.fixture
def say_profile(olga):
    """Olga says it of herself."""
    return olga.person_id, lambda **said: change_profile(olga, said)


@pytest.fixture
def say_account(admin, olga):
    """Whoever keeps accounts says it of hers."""
    return olga.person_id, lambda **said: change_account(admin, olga.account_id, said, steps=())


@pytest.fixture
def say_entry(admin, stage):
    """Whoever keeps the address book says it of somebody without an account."""
    with stage() as session:
        bo = make_person(session, "Bo").id
    return bo, lambda **said: change_person(admin, bo, said, steps=(), expected=())


@pytest.fixture(params=["say_profile", "say_account", "say_entry"])
def way(request):
    """Of whom it is said, and how."""
    return request.getfixturevalue(request.param)


def details_of(session):
    return session.scalars(select(AuditEntry.details).order_by(AuditEntry.id)).all()


def test_it_is_kept_alike_and_the_trail_says_what_differs(way, session):
    person_id, say = way
    say(name=" Zoë   Åse ", language="en", zone="Europe/Oslo")
    person = session.get_one(Person, person_id)
    assert (person.name, person.folded, person.zone) == ("Zoë Åse", "zoe ase", "Europe/Oslo")
    assert details_of(session) == [{"changed": ["name", "zone"]}]


def test_who_says_what_is_there_already_changes_nothing(way, session):
    """The trail tells of acts, and this is none."""
    person_id, say = way
    say(zone="Europe/Oslo")
    before = fingerprint(session, besides=frozenset({"person"}))
    say(name=session.get_one(Person, person_id).name, zone="Europe/Oslo")
    assert fingerprint(session, besides=frozenset({"person"})) == before


def test_who_says_nothing_does_not_put_anybody_into_the_address_book(say_entry, session):
    """Whoever stands there for an exchange alone would have come in without an entry in the trail."""
    _, say = say_entry
    before = fingerprint(session)
    say()
    assert fingerprint(session) == before


def test_empty_is_taken_back_where_nothing_need_be_told(way, session):
    person_id, say = way
    say(zone="Europe/Oslo")
    say(zone="")
    assert session.get_one(Person, person_id).zone is None


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"name": ""}, BadName),
        ({"name": "buy at evil.example.com"}, BadName),
        ({"language": ""}, UnknownLanguage),
        ({"language": "xx"}, UnknownLanguage),
        ({"zone": "Mars/Olympus"}, UnknownZone),
    ],
)
def test_what_cannot_be_meant_is_refused_alike(way, session, said, problem):
    _, say = way
    before = fingerprint(session)
    with pytest.raises(problem):
        say(**said)
    assert fingerprint(session) == before


def test_an_account_is_never_without_an_address(say_account):
    with pytest.raises(BadAddress):
        say_account[1](email="")


def test_what_is_nobodys_to_say_there_is_not_heard(say_profile, say_account, session):
    person_id, say = say_profile
    say(email="evil@example.org", username="evil", listed_at=None)
    say_account[1](birthday="--01-01")
    person = session.get_one(Person, person_id)
    assert (person.email, person.birthday) == ("olga@example.org", None)
    assert details_of(session) == []


@pytest.mark.parametrize("how", ["say_profile", "say_account"])
def test_an_account_was_changed_with_what_is_said_of_its_person(how, session, olga, now, request):
    """`updated_at` of `/api/v1/users` is of all that it shows."""
    _, say = request.getfixturevalue(how)
    now.advance(hours=1)
    say(name="Olga Olsen")
    assert session.get_one(Account, olga.account_id).changed_at == now()
    now.advance(hours=1)
    say(name="Olga Olsen")
    changed_at = session.get_one(Account, olga.account_id, populate_existing=True).changed_at
    assert changed_at == now() - timedelta(hours=1)


def test_an_address_that_moved_meanwhile_is_not_moved_back(say_entry, session, monkeypatch):
    """Who sends the form with the address as it was has not said anything of it."""
    person_id, say = say_entry
    plain = queries.people_for_change

    def moved_by_another(session, ids):
        session.execute(update(Person).where(Person.id == person_id).values(email="moved@example.org"))
        return plain(session, ids)

    monkeypatch.setattr(queries, "people_for_change", moved_by_another)
    say(name="Bob", email="bo@example.org")
    person = session.get_one(Person, person_id)
    assert (person.name, person.email) == ("Bob", "moved@example.org")
