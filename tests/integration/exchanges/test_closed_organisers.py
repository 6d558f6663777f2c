"""Whose account is closed runs nothing any more, and nothing is left to nobody (C-12, C-43, SK-92)."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select, update

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts.models import Account, Circle, CustomRole, Person
from kinkeeper.features.accounts.service.closing import close_account
from kinkeeper.features.accounts.service.closing_accounts import (
    deactivate_account,
    delete_account,
    purge_account,
    reactivate_account,
    restore_account,
)
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser
from kinkeeper.features.exchanges.service.helping import add_helper
from kinkeeper.features.exchanges.service.hosting import add_organiser
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.mail import letters
from tests.factories import make_account, make_circle, make_exchange, make_grant
from tests.factories.accounts import LONG_AGO, actor_of
from tests.integration.web.support import at_once, problems_among

close = partial(close_account, steps=STEPS.close)
delete = partial(delete_account, steps=STEPS.close)


@pytest.fixture
def circle(stage, admin):
    with stage() as session:
        return make_circle(session)


@pytest.fixture
def somebody(stage, circle):
    """Make somebody of the circle with an account, and a role for it if one is named."""

    def make(name, role=None):
        with stage() as session:
            home = session.get_one(Circle, circle.id)
            actor = make_account(session, name, circle=home)
            if role:
                person = session.get_one(Person, actor.person_id)
                make_grant(session, person, role, Scope.CIRCLE, circle.id)
        return actor

    return make


@pytest.fixture
def olga(somebody):
    return somebody("Olga")


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        return make_exchange(session, people=3, organiser=olga)


def running(session, exchange) -> set:
    session.rollback()
    mine = select(ExchangeOrganiser.person_id).where(ExchangeOrganiser.exchange_id == exchange.id)
    return set(session.scalars(mine))


def restored(session, admin, actor):
    restore_account(admin, actor.account_id)
    session.rollback()
    return actor_of(session.get_one(Account, actor.account_id))


@pytest.mark.parametrize("by", ["oneself", "an administrator"])
def test_who_comes_back_does_not_run_what_others_run(olga, admin, somebody, exchange, session, client_of, by):
    """A-57: a role is given anew by whoever means it, and so is this."""
    otto = somebody("Otto")
    add_organiser(olga, exchange.id, otto.person_id)
    assert client_of(otto).get(f"/exchanges/{exchange.id}").status_code == 200
    close(otto) if by == "oneself" else delete(admin, otto.account_id)
    assert running(session, exchange) == {olga.person_id}
    again = restored(session, admin, otto)
    assert client_of(again).get(f"/exchanges/{exchange.id}").status_code == 404
    add_organiser(olga, exchange.id, otto.person_id)
    assert client_of(again).get(f"/exchanges/{exchange.id}").status_code == 200


def test_what_nobody_else_runs_goes_to_whoever_organises_the_circle(
    olga, admin, somebody, exchange, session, client_of
):
    """Who may run it anyway; nobody gets a right by somebody else's leaving."""
    somebody("Nina")
    hanna = somebody("Hanna", Role.ORGANISER)
    close(olga)
    assert running(session, exchange) == {hanna.person_id}
    assert queries.hosts_of(session, exchange) == ("Hanna", "The Olsens")
    done = select(AuditEntry.action).where(AuditEntry.subject_id == exchange.id).order_by(AuditEntry.id)
    assert session.scalars(done).all() == ["exchange.organiser_added", "exchange.organiser_removed"]
    assert client_of(restored(session, admin, olga)).get(f"/exchanges/{exchange.id}").status_code == 404


@pytest.mark.parametrize("gone", ["deactivated_at", "deleted_at"])
def test_else_to_whoever_looks_after_the_house(olga, admin, somebody, stage, exchange, session, gone):
    """Those who cannot come in themselves are passed over."""
    for name, column in (("Hanna", gone), ("Ina", "verified_at")):
        heir = somebody(name, Role.ORGANISER)
        with stage() as staged:
            value = None if column == "verified_at" else LONG_AGO
            staged.execute(update(Account).where(Account.id == heir.account_id).values({column: value}))
    somebody("Nina", Role.COORDINATOR)
    delete(admin, olga.account_id)
    assert running(session, exchange) == {admin.person_id}


def test_a_role_that_the_house_has_made_up_counts_by_its_rights(
    olga, admin, somebody, stage, exchange, session
):
    facts = {"created_at": LONG_AGO, "changed_at": LONG_AGO}
    with stage() as staged:
        staged.add(CustomRole(name="looks", title="Looks", rights=["exchanges.observe"], **facts))
        staged.add(CustomRole(name="runs", title="Runs", rights=["exchanges.organise"], **facts))
    somebody("Lena", "looks")
    rita = somebody("Rita", "runs")
    add_helper(olga, exchange.id, rita.person_id, Role.OBSERVER)
    delete(admin, olga.account_id)
    assert running(session, exchange) == {rita.person_id}
    assert queries.hosts_page(session, admin, exchange.id).helpers == []


def test_who_runs_it_too_and_is_closed_is_nobody_to_leave_it_to(
    olga, admin, somebody, stage, exchange, session
):
    otto = somebody("Otto")
    add_organiser(olga, exchange.id, otto.person_id)
    with stage() as staged:  # as from before accounts handed anything on
        staged.execute(update(Account).where(Account.id == otto.account_id).values(deleted_at=LONG_AGO))
    close(olga)
    assert running(session, exchange) == {otto.person_id, admin.person_id}


def test_who_runs_it_too_and_cannot_sign_in_is_not_left_alone_with_it(
    olga, admin, somebody, exchange, session
):
    """They keep it for the day on which they are let in again; until then somebody else sees to it."""
    otto = somebody("Otto")
    add_organiser(olga, exchange.id, otto.person_id)
    deactivate_account(admin, otto.account_id)
    close(olga)
    assert running(session, exchange) == {otto.person_id, admin.person_id}


def test_where_nobody_else_may_it_is_left_to_who_is_deactivated(
    olga, admin, somebody, stage, exchange, session
):
    otto = somebody("Otto")
    add_organiser(olga, exchange.id, otto.person_id)
    deactivate_account(admin, otto.account_id)
    with stage() as staged:
        staged.execute(update(Account).where(Account.id == admin.account_id).values(deleted_at=LONG_AGO))
    close(olga)
    assert running(session, exchange) == {otto.person_id}


def test_where_nobody_may_it_stays_theirs(olga, stage, exchange, session):
    """A house without an administrator: an exchange that nobody runs could not even be looked at."""
    with stage() as staged:
        staged.execute(update(Account).where(Account.id != olga.account_id).values(deleted_at=LONG_AGO))
    close(olga)
    assert running(session, exchange) == {olga.person_id}


def test_nothing_of_it_is_left_when_the_account_is_purged(olga, admin, exchange, session, now):
    close(olga)
    now.advance(days=31)
    purge_account(SYSTEM, olga.account_id)
    assert running(session, exchange) == {admin.person_id}


def test_who_is_not_let_in_for_a_while_runs_it_on(olga, admin, exchange, session):
    """As their roles stay, too."""
    deactivate_account(admin, olga.account_id)
    reactivate_account(admin, olga.account_id)
    assert running(session, exchange) == {olga.person_id}


@pytest.mark.parametrize("runs_it", [True, False], ids=["who runs it, too", "who would be next"])
def test_of_two_who_go_at_the_same_moment_neither_leaves_it_to_the_other(
    olga, admin, somebody, exchange, session, runs_it
):
    """Administrators' roles are locked before anything is handed on, and so one goes after the other."""
    hanna = somebody("Hanna", Role.ORGANISER)
    if runs_it:
        add_organiser(olga, exchange.id, hanna.person_id)
    results = at_once(lambda: close(olga), lambda: close(hanna))
    assert problems_among(results) == []
    assert running(session, exchange) == {admin.person_id}


# --- what the heir hears of it ------------------------------------------------------------------


@pytest.fixture
def heirs_letters(outbox, session):
    """`heirs_letters()` answers who is told, and what, as it is written when it leaves."""

    def look() -> list[tuple[str, letters.Rendered]]:
        session.rollback()
        found = [one for one in outbox() if one.kind == "exchanges.handed_on"]
        late = [letters.look_up(session, one.kind, one.fields) for one in found]
        written = [letters.unpack(one.kind, one.fields) for one in found]
        return [
            (one.to, letters.render(one, None, late=said)) for one, said in zip(written, late, strict=True)
        ]

    return look


@pytest.fixture
def three(stage, olga, somebody, exchange):
    """Olga runs three: two alone, and the third with Otto."""
    with stage() as staged:
        found = [
            exchange,
            *(make_exchange(staged, people=0, organiser=olga, title=one) for one in ("Yule", "Eid")),
        ]
    add_organiser(olga, found[2].id, somebody("Otto").person_id)
    return found


@pytest.mark.parametrize("by", ["oneself", "an administrator"])
def test_the_heir_gets_one_letter_about_all_that_has_come_to_them(
    olga, admin, somebody, three, outbox, heirs_letters, by
):
    """What they run now, and how to get there; nobody's name, and nobody's match."""
    hanna = somebody("Hanna", Role.ORGANISER)
    close(olga) if by == "oneself" else delete(admin, olga.account_id)
    ((to, letter),) = heirs_letters()
    assert to == "hanna@example.org"
    assert "2 gift exchanges are yours to run" in letter.subject
    for part in (letter.text, letter.html):
        assert "Hello Hanna" in part
        for one in three[:2]:
            assert one.title in part
            assert f"http://kinkeeper.test/exchanges/{one.id}" in part
        assert str(three[2].id) not in part, "Otto runs it on"
        assert [name for name in ("Olga", "Ana", "Ben", "Cleo") if name in part] == []
    (row,) = (one for one in outbox() if one.kind == "exchanges.handed_on")
    assert row.person_id == hanna.person_id, "it goes when they do"


def test_it_is_in_the_heir_s_language(olga, somebody, stage, exchange, outbox):
    hanna = somebody("Hanna", Role.ORGANISER)
    with stage() as staged:
        staged.get_one(Person, hanna.person_id).language = "it"
    close(olga)
    assert [one.fields["language"] for one in outbox() if one.kind == "exchanges.handed_on"] == ["it"]


def test_each_heir_hears_of_what_has_come_to_them(olga, admin, somebody, stage, exchange, heirs_letters):
    """What is another circle's goes to who looks after the house."""
    somebody("Hanna", Role.ORGANISER)
    with stage() as staged:
        elsewhere = make_exchange(staged, people=3, organiser=admin, title="Yule")
    with stage() as staged:
        row = staged.get_one(ExchangeOrganiser, (elsewhere.id, admin.person_id))
        row.person_id = olga.person_id
    close(olga)
    told = dict(heirs_letters())
    assert sorted(told) == ["ada.admin@example.org", "hanna@example.org"]
    assert str(elsewhere.id) in told["ada.admin@example.org"].text
    assert str(elsewhere.id) not in told["hanna@example.org"].text


def test_who_goes_too_before_it_has_left_is_not_told(olga, admin, somebody, exchange, heirs_letters):
    hanna = somebody("Hanna", Role.ORGANISER)
    close(olga)
    close(hanna)
    assert [to for to, _ in heirs_letters()] == ["ada.admin@example.org"]


def test_no_row_keeps_what_an_exchange_was_called(olga, admin, stage, exchange, outbox, heirs_letters):
    """Titles are forgotten with exchanges, and one letter may be about several."""
    close(olga)
    (row,) = (one for one in outbox() if one.kind == "exchanges.handed_on")
    assert exchange.title not in str(row.fields)
    with stage() as staged:  # as a purge leaves it
        staged.get_one(Exchange, exchange.id).title = ""
    ((_, letter),) = heirs_letters()
    address = f"http://kinkeeper.test/exchanges/{exchange.id}"
    assert address in letter.text
    assert f">{address}</a>" in letter.html, "a link wants words"
    assert exchange.title not in letter.text + letter.html


@pytest.mark.parametrize("who", ["Otto runs it, too", "nobody may"])
def test_nobody_is_told_where_nothing_comes_to_anybody(olga, somebody, stage, exchange, heirs_letters, who):
    if who == "nobody may":
        with stage() as staged:
            staged.execute(update(Account).where(Account.id != olga.account_id).values(deleted_at=LONG_AGO))
    else:
        add_organiser(olga, exchange.id, somebody("Otto").person_id)
    close(olga)
    assert heirs_letters() == []
