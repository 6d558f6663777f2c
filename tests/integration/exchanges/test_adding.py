"""An organiser puts people on the list; they are asked, and say yes or have themselves taken off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service import adding
from kinkeeper.features.exchanges.service.adding import (
    AskedOften,
    LinesRefused,
    Newcomer,
    NoRoom,
    TooManyAtOnce,
    add_people,
)
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, enter, join
from kinkeeper.features.exchanges.service.leaving import leave
from kinkeeper.features.exchanges.service.organising import AlreadyDrawn, close_exchange, open_exchange
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound, TooMany
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.limits import Budget, Spending
from tests.factories import guest, make_account, make_exchange
from tests.integration.web.support import (
    MISSING,
    at_once,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
    secret_in,
)

from uuid import UUID  # isort: skip

HERE, LEASE = "192.0.2.1", Lease(timedelta(days=14), timedelta(days=60))
ZOE, YAN = Newcomer("Zoe", "zoe@example.org"), Newcomer("Yan", "yan@example.org")


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        return make_exchange(session, people=3, organiser=olga)


def add(olga, exchange, *people):
    return add_people(olga, exchange.id, people, language="en")


def people_in(session, exchange) -> dict[str, bool]:
    session.expire_all()
    return {seat.name: seat.is_confirmed for seat in queries.all_seats(session, exchange.id)}


def test_one_person_is_put_on_the_list_and_asked(exchange, olga, session, outbox, client_of):
    """The page of an exchange leads there; the letter says by whom."""
    browser, path = client_of(olga), f"/exchanges/{exchange.id}"
    assert f'href="{path}/people/add"' in browser.get(path).text
    answer = fill_in(browser, f"{path}/people/add", name="Zoe", email="Zoe@Example.org")
    assert (answer.status_code, answer.location) == (303, path)
    assert people_in(session, exchange)["Zoe"] is False, "not before they have said yes"
    (letter,) = outbox()
    assert (letter.kind, letter.to) == ("exchanges.invited", "zoe@example.org")
    assert letter.fields["host"] == "Olga"
    assert path_in(letter) not in browser.get(path).text, "T-16"
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.subject_id == exchange.id))
    assert (entry.action, entry.details) == ("exchange.people_added", {"people": 1})


def test_whoever_was_put_on_the_list_says_yes_with_one_button(exchange, olga, session, outbox, client_of):
    add(olga, exchange, ZOE)
    carry_letters()
    browser, (letter,) = client_of(None), outbox()
    before = fingerprint(session)
    page = browser.get(path_in(letter)).text
    assert "Olga has put you on the list" in page
    assert "Not me, take me off" in page
    assert fingerprint(session) == before, "T-1"
    assert fill_in(browser, path_in(letter)).status_code == 303
    assert people_in(session, exchange)["Zoe"] is True


def test_or_has_themselves_taken_off_and_is_forgotten(exchange, olga, session, outbox, client_of):
    add(olga, exchange, ZOE)
    carry_letters()
    (letter,) = outbox()
    assert fill_in(client_of(None), f"{path_in(letter)}/decline").status_code == 303
    assert "Zoe" not in people_in(session, exchange)
    assert "zoe@example.org" not in session.scalars(select(Person.email)).all()


def test_several_lines_are_added_at_once(exchange, olga, session, outbox, client_of):
    lines = "Zoe, zoe@example.org\n\nYan <yan@example.org>\nxaver@example.org; Xaver Olsen\n"
    answer = fill_in(client_of(olga), f"/exchanges/{exchange.id}/people/add", people=lines)
    assert answer.status_code == 303
    assert {"Zoe", "Yan", "Xaver Olsen"} < set(people_in(session, exchange))
    assert [letter.kind for letter in outbox()] == ["exchanges.invited"] * 3


def test_each_line_that_cannot_be_meant_is_named_and_nothing_is_lost(
    exchange, olga, session, outbox, client_of
):
    """All or none; also where only the list itself tells that somebody is there already."""
    lines = (
        "Zoe, zoe@example.org\nNobody at all\nYan, yan@\nhttp://evil.example, x@example.org\n"
        "Zoe 2, zoe@example.org"
    )
    browser = client_of(olga)
    page = fill_in(browser, f"/exchanges/{exchange.id}/people/add", people=lines)
    assert page.status_code == 422
    for number, why in (
        (2, "does not look like an e-mail address"),
        (3, "does not look like an e-mail address"),
        (4, "Please give a name"),
        (5, "stands in the list twice"),
    ):
        assert f"Line {number}: “" in page.text
        assert why in page.text
    assert "Line 1: " not in page.text
    assert lines.replace("\n", "\r\n") in page.text or lines in page.text
    known = fill_in(
        browser, f"/exchanges/{exchange.id}/people/add", people="Zoe, zoe@example.org\nA, ana@example.org"
    )
    assert known.status_code == 422
    assert "Line 2: “A, ana@example.org”. Somebody with this address is on the list already." in known.text
    assert set(people_in(session, exchange)) == {"Ana", "Ben", "Cleo"}
    assert outbox() == []


def test_a_telephone_number_in_a_name_is_asked_about_here_too(exchange, olga, session, outbox, client_of):
    said = "Zoe 0170 123, zoe@example.org\nYan"
    page = fill_in(client_of(olga), f"/exchanges/{exchange.id}/people/add", people=said)
    assert page.status_code == 422
    assert "Line 1: “Zoe 0170 123, zoe@example.org”. There is a number in the name" in page.text
    assert "Line 2: “Yan”. This does not look like an e-mail address." in page.text
    assert (set(people_in(session, exchange)), outbox()) == ({"Ana", "Ben", "Cleo"}, [])


def test_one_who_is_there_already_is_told_at_the_field(exchange, olga, client_of):
    page = fill_in(
        client_of(olga), f"/exchanges/{exchange.id}/people/add", name="Ana", email="ana@example.org"
    )
    assert page.status_code == 409
    assert "on the list already" in page.text
    assert 'value="ana@example.org"' in page.text
    empty = fill_in(client_of(olga), f"/exchanges/{exchange.id}/people/add", people=" \n ")
    assert empty.status_code == 422


def test_nothing_is_said_of_who_is_known_elsewhere(exchange, olga, stage, session):
    """T-8: an address of another exchange of the circle is as new as any; its person keeps their name."""
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=olga)
    join(
        ANONYMOUS,
        other.slug,
        Joining(name="Zoe Olsen", email="zoe@example.org", wishes="", language="de"),
        address=HERE,
    )
    add(olga, exchange, ZOE)
    (person,) = session.scalars(select(Person).where(Person.email == "zoe@example.org"))
    assert person.name == "Zoe Olsen"
    (seat,) = session.scalars(
        select(Participant).where(Participant.exchange_id == exchange.id, Participant.name == "Zoe")
    )
    assert (seat.person_id, seat.language) == (person.id, "de")


def test_a_draft_s_people_are_asked_when_it_is_opened(stage, olga, session, outbox):
    """Who was put there by hand is not told that they took part last time."""
    with stage() as staged:
        draft = make_exchange(staged, people=0, organiser=olga, state=ExchangeState.DRAFT)
    add(olga, draft, ZOE, YAN)
    assert outbox() == []
    open_exchange(olga, draft.id)
    assert {(letter.kind, letter.to) for letter in outbox()} == {
        ("exchanges.invited", "zoe@example.org"),
        ("exchanges.invited", "yan@example.org"),
    }


def test_after_closing_somebody_can_still_be_added_and_say_yes(exchange, olga, session, outbox):
    """SK-35 is about the draw: until then the organiser is the door."""
    close_exchange(olga, exchange.id)
    add(olga, exchange, ZOE)
    carry_letters()
    enter(ANONYMOUS, "invited", secret_in(outbox()[0]), address=HERE, lease=LEASE)
    assert people_in(session, exchange)["Zoe"] is True


def test_after_the_draw_it_takes_a_repair(exchange, olga, session, client_of):
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    browser = client_of(olga)
    before = fingerprint(session, besides=frozenset({"limit_spending"}))
    with pytest.raises(AlreadyDrawn):
        add(olga, exchange, ZOE)
    page = browser.get(f"/exchanges/{exchange.id}/people/add")
    assert f"/exchanges/{exchange.id}/changes#late" in page.text
    assert fingerprint(session, besides=frozenset({"limit_spending"})) == before


def test_no_more_than_there_is_room_for(exchange, olga, stage, session):
    """SK-34."""
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).most_people = 4
    with pytest.raises(NoRoom, match=r"fewer places left than you want to fill: 1\."):
        add(olga, exchange, ZOE, YAN)
    add(olga, exchange, ZOE)
    with pytest.raises(NoRoom):
        add(olga, exchange, YAN)


def test_who_left_can_be_asked_again_and_has_the_same_place(exchange, olga, session, outbox):
    add(olga, exchange, ZOE)
    carry_letters()
    seat_id, _ = enter(ANONYMOUS, "invited", secret_in(outbox()[0]), address=HERE, lease=LEASE)
    zoe = guest(session.scalars(select(Person).where(Person.name == "Zoe")).one())
    leave(zoe, seat_id)
    assert add(olga, exchange, ZOE) == [seat_id]
    assert people_in(session, exchange)["Zoe"] is False
    assert [letter.kind for letter in outbox()][-1] == "exchanges.invited"


def test_strangers_are_not_written_to_without_bound(exchange, olga, stage, now, monkeypatch, session):
    """T-9: so many letters a day for an organiser, and for a mailbox, however its address is spelled."""
    assert adding.PER_ORGANISER.amount == adding.PER_EXCHANGE.amount == 300
    assert adding.PER_MAILBOX.amount == 3
    with pytest.raises(TooManyAtOnce):
        add(olga, exchange, *(Newcomer("N", f"n{number}@example.org") for number in range(101)))
    monkeypatch.setattr(adding, "PER_ORGANISER", Budget("ask.organiser", 5, timedelta(days=1)))
    with pytest.raises(LinesRefused):
        add(olga, exchange, *(Newcomer("Zoe", f"z.o.e+{number}@example.org") for number in range(4)))
    now.advance(days=2)
    add(olga, exchange, *(Newcomer("N", f"n{number}@example.org") for number in range(5)))
    with pytest.raises(TooMany):
        add(olga, exchange, ZOE)
    now.advance(days=2)
    add(olga, exchange, ZOE)


def test_a_list_that_is_refused_costs_nothing(exchange, olga, stage, session, outbox):
    """T-9 is about letters: whoever tries a list again and again until it is right has written none."""
    for _ in range(adding.PER_MAILBOX.amount + 1):
        with pytest.raises(LinesRefused):
            add(olga, exchange, ZOE, Newcomer("Ana", "ana@example.org"))
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).most_people = 4
    for _ in range(adding.PER_MAILBOX.amount + 1):
        with pytest.raises(NoRoom):
            add(olga, exchange, ZOE, YAN)
    add(olga, exchange, ZOE)
    assert [letter.to for letter in outbox()] == ["zoe@example.org"]


def ask_too_often(host, exchange, one):
    """Put somebody on the list and take them off again, as often as they can be written to in a day."""
    for _ in range(adding.PER_MAILBOX.amount):
        (seat_id,) = add(host, exchange, one)
        remove_person(host, exchange.id, seat_id)


def test_nobody_elsewhere_uses_up_whom_a_circle_asks(exchange, olga, stage, outbox):
    """T-8, T-11: nor is anybody told that another circle has asked them."""
    with stage() as staged:
        mallory = make_account(staged, "Mallory")
        other = make_exchange(staged, people=0, organiser=mallory)
    ask_too_often(mallory, other, ZOE)
    assert len(add(olga, exchange, YAN, ZOE)) == 2


def test_who_was_asked_often_enough_today_is_one_line_of_the_list(exchange, olga, session, client_of):
    """The others are asked all the same, once that line is out; what was refused has cost nothing."""
    ask_too_often(olga, exchange, ZOE)
    before = sum(session.scalars(select(Spending.spent)))
    with pytest.raises(LinesRefused) as refused:
        add(olga, exchange, YAN, ZOE)
    assert {at: type(why) for at, why in refused.value.lines.items()} == {1: AskedOften}
    session.rollback()
    assert sum(session.scalars(select(Spending.spent))) == before
    path = f"/exchanges/{exchange.id}/people/add"
    page = fill_in(client_of(olga), path, name="Zoe", email="zoe@example.org")
    assert (page.status_code, "Zoe has been asked three times" in page.text) == (409, True)
    add(olga, exchange, YAN)


def test_only_an_organiser_adds_and_others_learn_and_spend_nothing(exchange, olga, session, stage):
    """T-39."""
    ana = guest(session.scalars(select(Person).where(Person.name == "Ana")).one())
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    before = fingerprint(session)
    for actor, exchange_id in (
        (stranger, exchange.id),
        (ana, exchange.id),
        (ANONYMOUS, exchange.id),
        (olga, UUID(MISSING)),
    ):
        with pytest.raises(NotFound):
            add_people(actor, exchange_id, [ZOE], language="en")
    assert fingerprint(session) == before


def test_two_lists_with_the_same_person_at_the_same_moment_add_them_once(exchange, olga, session, outbox):
    """They meet at the person's row in the address book, and one place each is the table's own rule."""
    results = at_once(lambda: add(olga, exchange, ZOE, YAN), lambda: add(olga, exchange, YAN, ZOE))
    assert problems_among(results) == ["LinesRefused"]
    (refused,) = (one for one in results if isinstance(one, LinesRefused))
    assert sorted(refused.details) == ["people.0", "people.1"]
    assert sorted(people_in(session, exchange)) == ["Ana", "Ben", "Cleo", "Yan", "Zoe"]
    assert len(outbox()) == 2
