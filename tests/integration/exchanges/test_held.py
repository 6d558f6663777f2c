"""Places held for people without an address: one reader, several hats (G15)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kinkeeper.app.features import ERASE_STEPS, STEPS
from kinkeeper.app.tables import METADATA
from kinkeeper.features.accounts.models import Circle, Guardian, Person
from kinkeeper.features.accounts.service.erasing import erase_oneself, erase_person
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service.belongings import MatchAtStake
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.holding import (
    MOST_HELD,
    AlreadyHeld,
    HeldInTheDraw,
    LookedAfter,
    NotInYourself,
    TooManyHeld,
    confirm_held,
    hand_over_care,
    hold_place,
    put_on_list,
    release_held,
)
from kinkeeper.features.exchanges.service.joining import (
    ExchangeFull,
    RegistrationClosed,
    SeatGone,
    ask_for_way_in,
    enter,
)
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.organising import AlreadyOver
from kinkeeper.features.exchanges.service.purging import purge_in_time
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.features.exchanges.service.renewing import renew_link
from kinkeeper.features.exchanges.service.repairing import NotAnswered, let_in
from kinkeeper.features.exchanges.service.wishing import write_wishes
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.links import ExpiredLink, Link
from kinkeeper.platform.mail.delivery import code_of, compose
from tests.factories import guest, make_account, make_exchange, make_participant, make_person
from tests.integration.web.support import (
    at_once,
    carry_letters,
    fill_in,
    path_in,
    problems_among,
    secret_in,
)

LEASE = Lease(timedelta(days=14), timedelta(days=60))
HERE = "192.0.2.1"
CHILD = "Wilhelmina"


@pytest.fixture
def ana(session, exchange):
    return guest(person_called(session, "Ana"))


def person_called(session, name):
    found = select(Person).where(Person.name == name)
    return session.scalars(found, execution_options={"populate_existing": True}).one_or_none()


def seat_called(session, name):
    found = select(Participant).where(Participant.name == name)
    return session.scalars(found, execution_options={"populate_existing": True}).one_or_none()


def held_by_ana(session, ana, name=CHILD):
    return hold_place(ana, seat_called(session, "Ana").id, name)


def drawn(stage, exchange):
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).state = ExchangeState.CLOSED
    draw_names(SYSTEM, exchange.id)


def letters_about(outbox, seat_id):
    return [row for row in outbox() if row.about_id == seat_id]


def as_stranger(session):
    return guest(person_called(session, "Ben"))


# --- holding a place ----------------------------------------------------------------------------


def test_a_participant_adds_a_child_who_counts_at_once(exchange, ana, session, outbox, now):
    """Decision 12: a name and no address; nobody need confirm what the guardian says."""
    seat_id = held_by_ana(session, ana)
    seat = seat_called(session, CHILD)
    assert (seat.id, seat.confirmed_at) == (seat_id, now())
    child = session.get_one(Person, seat.person_id)
    assert (child.name, child.email) == (CHILD, None)
    assert session.scalars(select(Guardian.guardian_id)).all() == [ana.guest_id]
    assert outbox() == []
    assert CHILD in [one.name for one in queries.confirmed_seats(session, exchange.id)]


def test_one_guardian_holds_ten_places_and_no_class(exchange, ana, session):
    """G15: at least ten."""
    assert MOST_HELD >= 10
    for number in range(MOST_HELD):
        held_by_ana(session, ana, f"Child {number}")
    with pytest.raises(TooManyHeld):
        held_by_ana(session, ana)
    assert len(queries.hats_of(read_session(), ana, exchange.id)) == MOST_HELD + 1


def test_the_same_child_is_on_the_list_once(exchange, ana, session):
    held_by_ana(session, ana)
    with pytest.raises(AlreadyHeld):
        held_by_ana(session, ana, CHILD.upper())


def test_of_two_at_once_one_is_put_on_the_list(exchange, ana, session):
    seat_id = seat_called(session, "Ana").id
    results = at_once(*[lambda: hold_place(ana, seat_id, CHILD)] * 2)
    assert problems_among(results) == ["AlreadyHeld"]
    assert len(session.scalars(select(Guardian)).all()) == 1


def test_next_year_it_is_the_same_child(stage, olga, exchange, ana, session):
    """So that past years' pairs and households hold for them."""
    held_by_ana(session, ana)
    child_id = seat_called(session, CHILD).person_id
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=olga, gifts_on=date(2027, 12, 24))
        seat = Participant(
            exchange_id=other.id,
            person_id=ana.guest_id,
            name="Ana next year",
            wishes="",
            language="en",
            salt=bytes(16),
            joined_at=other.created_at,
            confirmed_at=other.created_at,
        )
        staged.add(seat)
    again = hold_place(ana, seat.id, CHILD)
    assert session.get_one(Participant, again).person_id == child_id


def test_nobody_holds_a_place_who_has_not_confirmed_their_own(stage, exchange, ana, session):
    with stage() as staged:
        staged.get_one(Participant, seat_called(session, "Ana").id).confirmed_at = None
    with pytest.raises(NotInYourself):
        held_by_ana(session, ana)


def test_held_places_count_towards_the_most_people(stage, exchange, ana, session):
    """SK-34."""
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).most_people = 5
    held_by_ana(session, ana)
    with pytest.raises(ExchangeFull):
        held_by_ana(session, ana, "Another")


def test_nobody_comes_in_by_a_guardian_when_nobody_can_join(stage, exchange, ana, session):
    """SK-39."""
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).state = ExchangeState.CLOSED
    with pytest.raises(RegistrationClosed):
        held_by_ana(session, ana)


def test_one_adds_from_one_s_own_page_only(exchange, ana, session):
    """T-39: somebody else's place is as missing as none."""
    with pytest.raises(NotFound):
        hold_place(as_stranger(session), seat_called(session, "Ana").id, CHILD)
    with pytest.raises(NotFound):
        hold_place(ANONYMOUS, seat_called(session, "Ana").id, CHILD)


# --- put on the list by the organiser -----------------------------------------------------------


def test_the_organiser_names_a_guardian_who_is_asked_by_letter(exchange, olga, ana, session, outbox):
    seat_id = put_on_list(olga, exchange.id, CHILD, ana.guest_id)
    assert not seat_called(session, CHILD).is_confirmed
    (letter,) = letters_about(outbox, seat_id)
    assert letter.to == "ana@example.org"
    message = compose(letter, "k@example.org")
    assert message["Subject"] == f"Do you look after {CHILD}? Christmas"
    assert "Hello Ana," in message.get_body(("plain",)).get_content()
    carry_letters()
    enter(ANONYMOUS, "confirm", secret_in(letter), address=HERE, lease=LEASE)
    assert seat_called(session, CHILD).is_confirmed


def test_an_organiser_who_looks_after_them_need_not_be_asked(exchange, olga, session, outbox):
    put_on_list(olga, exchange.id, CHILD, olga.person_id)
    assert seat_called(session, CHILD).is_confirmed
    assert outbox() == []


def test_only_whom_organisers_know_anyway_can_be_named(stage, exchange, olga, session):
    """The address book of the circle is not theirs to read."""
    with stage() as staged:
        circle = staged.get_one(Circle, exchange.circle_id)
        hidden = make_person(staged, "Hidden", circle=circle)
        helper = make_account(staged, "Helper", circle=circle)
    with pytest.raises(NotFound):
        put_on_list(olga, exchange.id, CHILD, hidden.id)
    assert put_on_list(olga, exchange.id, CHILD, helper.person_id)
    offered = queries.possible_guardians(read_session(), exchange)
    assert sorted(offered.values()) == ["Ana", "Ben", "Cleo", "Dan", "Helper", "Olga"]


def test_a_guardian_says_yes_on_the_page_too(exchange, olga, ana, session, outbox):
    seat_id = put_on_list(olga, exchange.id, CHILD, ana.guest_id)
    carry_letters()
    confirm_held(ana, seat_id)
    assert seat_called(session, CHILD).is_confirmed
    (letter,) = letters_about(outbox, seat_id)
    with pytest.raises(Exception, match="expired"):
        enter(ANONYMOUS, "confirm", secret_in(letter), address=HERE, lease=LEASE)


@pytest.mark.parametrize("link_ended", [False, True])
def test_a_yes_after_the_draw_is_heard_and_they_can_be_let_in(
    stage, exchange, olga, ana, session, client_of, link_ended
):
    """T-9: a child was put on the list, and the names were drawn before anybody answered."""
    seat_id = put_on_list(olga, exchange.id, CHILD, ana.guest_id)
    drawn(stage, exchange)
    if link_ended:
        renew_link(olga, exchange.id, seat_id)
    with pytest.raises(NotAnswered):
        let_in(olga, exchange.id, seat_id)
    browser = client_of(ana)
    assert "Say yes, and" in browser.get(f"/my/{seat_id}").text
    assert fill_in(browser, f"/my/{seat_id}/confirm").status_code == 303
    page = browser.get(f"/my/{seat_id}").text
    assert f"/my/{seat_id}/confirm" not in page
    assert f"can still let {CHILD} in" in page
    confirm_held(ana, seat_id)
    answers = select(Link.used_at).where(Link.subject_id == seat_id, Link.used_at.is_not(None))
    assert len(session.scalars(answers).all()) == 1, "a second yes is as the first"
    let_in(olga, exchange.id, seat_id)
    assert seat_called(session, CHILD).is_confirmed


def test_the_link_that_asked_after_a_child_is_dead_once_the_page_was_answered(
    stage, exchange, olga, ana, outbox
):
    """T-7, after the draw as before."""
    seat_id = put_on_list(olga, exchange.id, CHILD, ana.guest_id)
    drawn(stage, exchange)
    carry_letters()
    letter = next(one for one in letters_about(outbox, seat_id) if one.kind == "exchanges.confirm_joining")
    confirm_held(ana, seat_id)
    with pytest.raises(ExpiredLink):
        enter(ANONYMOUS, "confirm", secret_in(letter), address=HERE, lease=LEASE)


def test_when_it_is_over_a_yes_is_too_late_and_told_so(stage, exchange, olga, ana, session):
    seat_id = put_on_list(olga, exchange.id, CHILD, ana.guest_id)
    cancel_exchange(olga, exchange.id)
    with pytest.raises(AlreadyOver):
        confirm_held(ana, seat_id)
    assert session.scalars(select(Link).where(Link.used_at.is_not(None))).all() == []


def test_nobody_says_yes_for_themselves_on_a_page(stage, exchange, ana, session):
    """SK-42: one's own mailbox answers by the letter."""
    with pytest.raises(Forbidden):
        confirm_held(ana, seat_called(session, "Ana").id)


def test_whoever_is_not_asked_cannot_answer(exchange, olga, ana, session):
    seat_id = put_on_list(olga, exchange.id, CHILD, ana.guest_id)
    for stranger in (as_stranger(session), olga):
        with pytest.raises(NotFound):
            confirm_held(stranger, seat_id)
        with pytest.raises(NotFound):
            release_held(stranger, seat_id)


# --- one reader, several hats -------------------------------------------------------------------


def test_one_session_opens_every_page_that_its_reader_holds(exchange, ana, session, client_of):
    """Decision 12."""
    seat_id = held_by_ana(session, ana)
    client = client_of(ana)
    own = client.get(f"/my/{seat_called(session, 'Ana').id}").text
    held = client.get(f"/my/{seat_id}").text
    for page in (own, held):
        bar = page.partition('class="hats"')[2].partition("</nav>")[0]
        assert re.findall(r"<span>(\w+)</span></a>", bar) == ["Ana", CHILD]
    assert f"The place of {CHILD}" in held
    assert "signed in as" not in held
    assert client_of(as_stranger(session)).get(f"/my/{seat_id}").status_code == 404


def test_whoever_looks_after_nobody_sees_no_switch(exchange, ana, session, client_of):
    assert 'class="hats"' not in client_of(ana).get(f"/my/{seat_called(session, 'Ana').id}").text


def test_a_guardian_writes_a_child_s_wishes_down(exchange, ana, session):
    seat_id = held_by_ana(session, ana)
    write_wishes(ana, seat_id, "a dragon")
    assert seat_called(session, CHILD).wishes == "a dragon"
    with pytest.raises(NotFound):
        write_wishes(as_stranger(session), seat_id, "a spider")


def test_the_page_of_a_child_s_wishes_says_whose_they_are(exchange, ana, session, client_of):
    """One reader, several hats: wishes are not to be written down on the wrong list (G15)."""
    browser, seat_id = client_of(ana), held_by_ana(session, ana)
    assert f"<h1>The wishes of {CHILD}</h1>" in browser.get(f"/my/{seat_id}/wishes").text
    own = browser.get(f"/my/{seat_called(session, 'Ana').id}/wishes").text
    assert "<h1>Your wishes</h1>" in own


def test_home_lists_what_one_holds(exchange, ana, session, client_of):
    held_by_ana(session, ana)
    assert f"The place of {CHILD}" in client_of(ana).get("/").text


def test_an_account_looks_after_others_without_taking_part(exchange, olga, session, client_of):
    seat_id = put_on_list(olga, exchange.id, CHILD, olga.person_id)
    page = client_of(olga).get(f"/my/{seat_id}")
    assert page.status_code == 200
    assert "signed in as" not in page.text


def test_after_the_draw_each_place_has_a_letter_a_link_and_a_match_of_its_own(
    stage, exchange, ana, session, outbox
):
    """One letter for each place, to the guardian, naming the child; never the match (T-15)."""
    seats = {name: held_by_ana(session, ana, name) for name in (CHILD, "Bartholomew")}
    drawn(stage, exchange)
    carry_letters()
    for name, seat_id in seats.items():
        (letter,) = letters_about(outbox, seat_id)
        message = compose(letter, "k@example.org")
        assert letter.to == "ana@example.org"
        assert message["Subject"] == f"{name}’s match is ready: Christmas"
        opened, _ = enter(ANONYMOUS, "ready", secret_in(letter), address=HERE, lease=LEASE)
        assert opened == seat_id
        page = queries.participant_page(read_session(), ana, seat_id)
        assert page.match is not None
        said = set(re.findall(r"\w+", message.get_body(("plain",)).get_content()))
        assert said & {"Ana", "Ben", "Cleo", "Dan", *seats} == {"Ana", name}
        end_reading()
    own = letters_about(outbox, seat_called(session, "Ana").id)
    assert [compose(one, "k@example.org")["Subject"] for one in own] == ["The names are drawn: Christmas"]


def test_the_link_in_a_child_s_letter_lets_its_guardian_in_as_themselves(
    stage, exchange, ana, session, outbox, client_of
):
    """One login, several hats: from the child's letter on to the guardian's own page."""
    seat_id = held_by_ana(session, ana)
    drawn(stage, exchange)
    carry_letters()
    (letter,) = letters_about(outbox, seat_id)
    client = client_of(None)
    answer = fill_in(client, path_in(letter))
    assert answer.location == f"/my/{seat_id}"
    assert client.get(f"/my/{seat_called(session, 'Ana').id}").status_code == 200
    assert person_called(session, "Ana").confirmed_at is not None
    assert person_called(session, CHILD).confirmed_at is None


def test_nobody_else_opens_a_child_s_match(stage, exchange, ana, olga, admin, session):
    """SK-6: no organiser, no administrator."""
    seat_id = held_by_ana(session, ana)
    drawn(stage, exchange)
    for other in (olga, admin, as_stranger(session), ANONYMOUS):
        with pytest.raises(NotFound):
            open_match(other, seat_id)
    open_match(ana, seat_id)


def test_with_an_address_of_their_own_they_read_it_themselves(stage, exchange, ana, session):
    """A child grows up: from then on the page is theirs alone."""
    seat_id = held_by_ana(session, ana)
    with stage() as staged:
        staged.get_one(Person, seat_called(session, CHILD).person_id).email = "w@example.org"
    with pytest.raises(NotFound):
        queries.participant_page(read_session(), ana, seat_id)
    assert [hat.name for hat in queries.hats_of(read_session(), ana, exchange.id)] == ["Ana"]


@pytest.mark.parametrize("takes_part", [True, False])
def test_a_guardian_who_lost_the_link_gets_one_to_what_they_hold(
    exchange, ana, olga, stage, session, outbox, takes_part
):
    """SK-48: their own page first, from which the others are one tap away."""
    seat_id = held_by_ana(session, ana)
    own = seat_called(session, "Ana")
    if not takes_part:
        with stage() as staged:
            staged.delete(staged.get_one(Participant, own.id))
    browser = b"b" * 32
    ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE, browser=browser)
    for errand_id in session.scalars(select(ErrandRow.id)).all():
        run_errand(errand_id)
    (letter,) = outbox()
    assert letter.about_id == (own.id if takes_part else seat_id)
    assert (letter.to, bool(code_of(letter))) == ("ana@example.org", True)
    assert letter.person_id != (None if takes_part else ana.guest_id)


def test_both_guardians_of_a_child_come_in_each_as_themselves(
    stage, exchange, ana, session, outbox, client_of
):
    seat_id = held_by_ana(session, ana)
    with stage() as staged:
        staged.add(
            Guardian(
                ward_id=seat_called(session, CHILD).person_id, guardian_id=person_called(session, "Ben").id
            )
        )
    drawn(stage, exchange)
    carry_letters()
    letters = letters_about(outbox, seat_id)
    assert {letter.to for letter in letters} == {"ana@example.org", "ben@example.org"}
    for letter in letters:
        client = client_of(None)
        fill_in(client, path_in(letter))
        own = "Ana" if letter.to == "ana@example.org" else "Ben"
        assert client.get(f"/my/{seat_called(session, own).id}").status_code == 200


def test_the_letter_that_calls_it_off_says_for_whom(exchange, ana, olga, session, outbox):
    seat_id = held_by_ana(session, ana)
    cancel_exchange(olga, exchange.id)
    (letter,) = letters_about(outbox, seat_id)
    assert compose(letter, "k@example.org")["Subject"] == f"{CHILD} · Called off: Christmas"


# --- letting go ---------------------------------------------------------------------------------


def traces_of(session, name):
    is_told = re.compile(rf"\b{name}\b").search
    rows = ((table, row) for table in METADATA.sorted_tables for row in session.execute(select(table)))
    return [f"{table.name}: {tuple(row)}" for table, row in rows if is_told(str(tuple(row)))]


def test_who_is_taken_off_the_list_leaves_no_trace(exchange, ana, session):
    """A child's name is kept for nothing else."""
    release_held(ana, held_by_ana(session, ana))
    assert traces_of(session, CHILD) == []
    assert session.scalars(select(Guardian)).all() == []
    assert person_called(session, "Ana")


def test_whom_another_exchange_knows_stays_known(stage, olga, exchange, ana, session):
    seat_id = held_by_ana(session, ana)
    child_id = seat_called(session, CHILD).person_id
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=olga)
        staged.add(
            Participant(
                exchange_id=other.id,
                person_id=child_id,
                name=CHILD,
                wishes="",
                language="en",
                salt=bytes(16),
                joined_at=other.created_at,
            )
        )
    release_held(ana, seat_id)
    assert person_called(session, CHILD).id == child_id


def test_nobody_is_taken_off_once_somebody_counts_on_them(stage, exchange, ana, session):
    seat_id = held_by_ana(session, ana)
    drawn(stage, exchange)
    with pytest.raises(HeldInTheDraw):
        release_held(ana, seat_id)


def test_one_s_own_place_is_not_let_go_here(exchange, ana, session, client_of):
    seat_id = seat_called(session, "Ana").id
    with pytest.raises(Forbidden):
        release_held(ana, seat_id)
    assert client_of(ana).get(f"/my/{seat_id}/release").status_code == 404


def test_an_unanswered_place_goes_with_the_name(exchange, olga, ana, session):
    """As the organiser removes it; whoever was named stays as they were."""
    seat_id = put_on_list(olga, exchange.id, CHILD, ana.guest_id)
    remove_person(olga, exchange.id, seat_id)
    assert person_called(session, CHILD) is None
    assert person_called(session, "Ana")


def test_after_the_purge_neither_child_nor_guardian_is_known(stage, exchange, ana, session, now):
    """SK-98."""
    held_by_ana(session, ana)
    drawn(stage, exchange)
    with stage() as staged:
        over = staged.get_one(Exchange, exchange.id)
        over.state, over.ended_at = ExchangeState.COMPLETED, now()
    now.advance(days=60)
    purge_in_time(SYSTEM, exchange.id)
    for name in (CHILD, "Ana"):
        assert traces_of(session, name) == []


# --- export and erasure -------------------------------------------------------------------------


def test_a_guardian_sees_and_takes_along_what_is_kept_of_a_child(exchange, ana, session, client_of):
    write_wishes(ana, held_by_ana(session, ana), "a dragon")
    client = client_of(ana)
    assert "a dragon" in client.get("/my/data").text
    kept = client.get("/my/data.json").json
    assert [one["accounts"]["name"] for one in kept] == ["Ana", CHILD]
    assert client_of(as_stranger(session)).get("/my/data").text.count("dragon") == 0


def test_a_guardian_has_a_child_forgotten(exchange, ana, session, client_of):
    held_by_ana(session, ana)
    child_id = seat_called(session, CHILD).person_id
    with pytest.raises(NotFound):
        erase_oneself(as_stranger(session), child_id, steps=ERASE_STEPS)
    answer = fill_in(client_of(ana), f"/my/data/{child_id}/erase")
    assert answer.location == "/my/data"
    assert traces_of(session, CHILD) == []
    assert person_called(session, "Ana")


# --- when a guardian goes -----------------------------------------------------------------------


def test_when_the_last_guardian_is_erased_the_place_waits_for_another(
    exchange, ana, olga, session, client_of, outbox
):
    """In no draw until somebody looks after them; the organiser reads it, and finds somebody."""
    seat_id = held_by_ana(session, ana)
    erase_oneself(ana, ana.guest_id, steps=ERASE_STEPS)
    assert not seat_called(session, CHILD).is_confirmed
    page = client_of(olga).get(f"/exchanges/{exchange.id}").text
    assert "Nobody looks after somebody here any more." in page
    asking = f"/exchanges/{exchange.id}/others/{seat_id}"
    assert f'href="{asking}"' in page
    own = client_of(olga).get(f"/exchanges/{exchange.id}/people/{seat_id}").text
    assert f"Nobody looks after {CHILD} any more." in own
    assert f'href="{asking}"' in own
    assert "Send a letter again" not in own, "there is nobody to write to"
    ben = person_called(session, "Ben")
    assert client_of(olga).send(asking, guardian=str(ben.id)).status_code == 303
    (letter,) = letters_about(outbox, seat_id)
    assert letter.to == "ben@example.org"
    carry_letters()
    enter(ANONYMOUS, "confirm", secret_in(letter), address=HERE, lease=LEASE)
    assert seat_called(session, CHILD).is_confirmed
    assert "any more" not in client_of(olga).get(f"/exchanges/{exchange.id}").text
    own = client_of(olga).get(f"/exchanges/{exchange.id}/people/{seat_id}").text
    assert "any more" not in own
    assert "Send a letter again" in own, "it goes to Ben"


def test_a_drawn_place_stays_drawn_and_nobody_is_let_to_look(stage, exchange, ana, olga, session, client_of):
    """SK-6: whoever looked after it next would read the match, the organiser for one; here and elsewhere."""
    seat_id = held_by_ana(session, ana)
    drawn(stage, exchange)
    erase_oneself(ana, ana.guest_id, steps=ERASE_STEPS)
    seat = seat_called(session, CHILD)
    assert (seat.is_confirmed, seat.person_id is not None) == (True, True)
    for guardian_id in (person_called(session, "Ben").id, olga.person_id):
        with pytest.raises(HeldInTheDraw):
            hand_over_care(olga, exchange.id, seat_id, guardian_id)
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=olga)
        elsewhere = make_participant(staged, other, "Elsewhere", confirmed=False)
        elsewhere.person_id = seat.person_id
    with pytest.raises(HeldInTheDraw):
        hand_over_care(olga, other.id, elsewhere.id, olga.person_id)
    assert "/changes" in client_of(olga).get(f"/exchanges/{exchange.id}").text
    own = client_of(olga).get(f"/exchanges/{exchange.id}/people/{seat_id}").text
    assert "Take them out of the draw." in own
    assert f'href="/exchanges/{exchange.id}/changes/{seat_id}"' in own
    assert "Send a letter again" not in own


def test_an_organiser_who_takes_over_has_answered(exchange, ana, olga, session, outbox):
    seat_id = held_by_ana(session, ana)
    erase_oneself(ana, ana.guest_id, steps=ERASE_STEPS)
    hand_over_care(olga, exchange.id, seat_id, olga.person_id)
    assert seat_called(session, CHILD).is_confirmed
    assert outbox() == []


def test_another_guardian_goes_on(stage, exchange, ana, session):
    held_by_ana(session, ana)
    with stage() as staged:
        ben_id, child_id = person_called(session, "Ben").id, seat_called(session, CHILD).person_id
        staged.add(Guardian(ward_id=child_id, guardian_id=ben_id))
    erase_oneself(ana, ana.guest_id, steps=ERASE_STEPS)
    assert seat_called(session, CHILD).is_confirmed
    assert session.scalars(select(Guardian.guardian_id)).all() == [ben_id]


def test_nobody_is_put_in_the_place_of_a_guardian(stage, exchange, ana, olga, session):
    """SK-6: an organiser who could would read the child's match."""
    seat_id = held_by_ana(session, ana)
    drawn(stage, exchange)
    with pytest.raises(LookedAfter):
        hand_over_care(olga, exchange.id, seat_id, olga.person_id)
    with pytest.raises(NotFound):
        hand_over_care(olga, exchange.id, seat_called(session, "Ben").id, olga.person_id)


def test_whoever_looks_after_nobody_any_more_comes_in_by_no_old_letter(stage, exchange, ana, session, outbox):
    seat_id = held_by_ana(session, ana)
    drawn(stage, exchange)
    carry_letters()
    (letter,) = letters_about(outbox, seat_id)
    with stage() as staged:
        for row in staged.scalars(select(Guardian)):
            staged.delete(row)
    with pytest.raises(SeatGone):
        enter(ANONYMOUS, "ready", secret_in(letter), address=HERE, lease=LEASE)


def test_a_child_in_no_exchange_is_forgotten_with_who_knew_them(stage, exchange, ana, session):
    seat_id = held_by_ana(session, ana)
    with stage() as staged:
        staged.delete(staged.get_one(Participant, seat_id))
    erase_oneself(ana, ana.guest_id, steps=ERASE_STEPS)
    assert traces_of(session, CHILD) == []


def test_two_entries_of_one_guardian_become_one_and_the_letters_go_on_working(
    stage, exchange, ana, admin, session, outbox
):
    seat_id = held_by_ana(session, ana)
    with stage() as staged:
        circle = staged.get_one(Circle, exchange.circle_id)
        kept = make_person(staged, "Ana the other", circle=circle)
    merge_people(admin, ana.guest_id, kept.id, steps=STEPS.merge)
    drawn(stage, exchange)
    carry_letters()
    (letter,) = letters_about(outbox, seat_id)
    opened, _ = enter(ANONYMOUS, "ready", secret_in(letter), address=HERE, lease=LEASE)
    assert opened == seat_id


@pytest.mark.parametrize("stays", ["ana", "other"])
def test_nobody_becomes_the_guardian_of_a_drawn_child_by_being_called_one(
    stage, exchange, ana, admin, session, stays
):
    """SK-6, T-17: as one, either could read the match of whom the other looks after."""
    held_by_ana(session, ana)
    with stage() as staged:
        staged.query(Participant).filter_by(person_id=ana.guest_id).delete()
        other = make_person(staged, "Somebody else", circle=staged.get_one(Circle, exchange.circle_id))
    drawn(stage, exchange)
    pair = (other.id, ana.guest_id) if stays == "ana" else (ana.guest_id, other.id)
    with pytest.raises(MatchAtStake):
        merge_people(admin, *pair, steps=STEPS.merge)


def test_an_erased_child_s_drawn_place_stays_without_a_name(stage, exchange, ana, admin, session):
    seat_id = held_by_ana(session, ana)
    drawn(stage, exchange)
    erase_person(admin, seat_called(session, CHILD).person_id, steps=ERASE_STEPS)
    seat = session.get_one(Participant, seat_id, populate_existing=True)
    assert (seat.name, seat.person_id) == ("Somebody who left", None)


# --- pages --------------------------------------------------------------------------------------


def test_from_the_page_to_a_child_and_off_again(exchange, ana, session, client_of):
    client = client_of(ana)
    own = f"/my/{seat_called(session, 'Ana').id}"
    assert f'href="{own}/others"' in client.get(own).text
    assert client.send(f"{own}/others", name=CHILD).location == f"{own}/others"
    assert f"{CHILD} is in." in client.get(f"{own}/others").text
    seat_id = seat_called(session, CHILD).id
    release = f"/my/{seat_id}/release"
    assert f'href="{release}"' in client.get(f"/my/{seat_id}").text
    assert client.send(release).status_code == 422
    assert seat_called(session, CHILD)
    assert client.send(release, sure="y").status_code == 303
    assert seat_called(session, CHILD) is None


def test_the_organiser_s_list_says_by_whom_letters_go(exchange, olga, ana, session, client_of):
    client = client_of(olga)
    page = f"/exchanges/{exchange.id}/others"
    assert f'href="{page}"' in client.get(f"/exchanges/{exchange.id}").text
    assert client.send(page, name=CHILD, guardian=str(ana.guest_id)).status_code == 303
    assert "by way of Ana" in client.get(f"/exchanges/{exchange.id}").text


def test_a_refused_name_comes_back_into_the_form(exchange, ana, session, client_of):
    client = client_of(ana)
    page = f"/my/{seat_called(session, 'Ana').id}/others"
    client.send(page, name=CHILD)
    again = client.send(page, name=CHILD)
    assert again.status_code == 409
    assert f"{CHILD} is on the list already." in again.text
