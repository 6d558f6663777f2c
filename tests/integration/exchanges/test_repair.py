"""After the draw somebody leaves or comes late: few matches change, and nobody can tell whose (G6, T-14)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Draw, DrawKind, Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service import repairing
from kinkeeper.features.exchanges.service.adding import NoRoom
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.ending import NotDrawn, complete_exchange
from kinkeeper.features.exchanges.service.joining import Joining
from kinkeeper.features.exchanges.service.leaving import leave
from kinkeeper.features.exchanges.service.organising import AlreadyOver, close_exchange
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.features.exchanges.service.refusals import (
    DrawImpossible,
    DrawnMeanwhile,
    MatchesCertain,
    NotInTheDraw,
    TooFewPeople,
)
from kinkeeper.features.exchanges.service.repairing import (
    LET_IN,
    AlreadyHere,
    InTheDraw,
    NotAnswered,
    add_late,
    drop_out,
    let_in,
)
from kinkeeper.features.exchanges.service.ruling import allow, keep_apart, keep_household_apart
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound, TooMany
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_account, make_answer, make_exchange, make_participant
from tests.integration.web.support import (
    MISSING,
    at_once,
    bearer,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
)

SPENDING = frozenset({"limit_spending"})
ZOE = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
YAN = Joining(name="Yan", email="yan@example.org", wishes="", language="en")


@pytest.fixture
def browser(client_of, session, seat):
    def open_one(name):
        person_id = session.get_one(Participant, seat(name)).person_id
        return client_of(guest(session.get_one(Person, person_id)))

    return open_one


def matches(session, drawn) -> dict[str, str]:
    """Who gives to whom in the version that counts."""
    session.expire_all()
    stood = queries.standing(session, drawn.id)
    name_of = {seat.id: seat.name for seat in stood.seats}
    return {name_of[giver]: name_of[receiver] for giver, receiver in stood.receivers.items()}


def changed(before, after) -> list[str]:
    return [giver for giver in before if giver in after and before[giver] != after[giver]]


def test_whoever_leaves_is_out_and_at_most_two_others_get_another_match(olga, drawn, seat, session):
    """G6."""
    before = matches(session, drawn)
    drop_out(olga, drawn.id, seat("Ana"))
    after = matches(session, drawn)
    assert set(after) == set(after.values()) == set(before) - {"Ana"}
    assert 1 <= len(changed(before, after)) <= 2
    assert all(giver != receiver for giver, receiver in after.items())
    newest = session.scalars(select(Draw).order_by(Draw.version.desc())).first()
    assert (newest.version, newest.kind, newest.commitment) == (2, DrawKind.REPAIR, None)


def test_the_rules_of_whoever_left_wait_for_them_to_be_let_in_again(client_of, olga, closed, seat, session):
    """They stand on no page meanwhile, and in no export."""
    keep_apart(olga, closed.id, seat("Ana"), seat("Ben"), both_ways=True)
    draw_names(olga, closed.id)
    drop_out(olga, closed.id, seat("Ana"))
    client, program = client_of(olga), bearer(olga)
    here, there = f"/exchanges/{closed.id}", f"/api/v1/exchanges/{closed.id}"
    assert client.get(f"{here}/rules").status_code == 200
    assert client.get(f"{here}/export.json").json["kept_apart"] == []
    for part in ("export", "rules", "feasibility"):
        assert client_of(None).get(f"{there}/{part}", headers=program).status_code == 200, part
    let_in(olga, closed.id, seat("Ana"))
    assert len(client.get(f"{here}/export.json").json["kept_apart"]) == 2
    assert matches(session, closed)["Ana"] != "Ben"


def test_whoever_comes_late_gives_and_receives_and_one_other_match_changes(
    olga, drawn, seat, session, come_late
):
    before = matches(session, drawn)
    seat_id = come_late(drawn.id, ZOE)
    assert matches(session, drawn) == before, "on the list only"
    let_in(olga, drawn.id, seat_id)
    after = matches(session, drawn)
    assert set(after) == set(after.values()) == {*before, "Zoe"}
    assert len(changed(before, after)) == 1


def test_everybody_gets_the_same_letter_so_that_it_tells_nothing(
    olga, drawn, seat, outbox, session, come_late
):
    """T-14: a letter to the few whose match changed would say who had to do with whoever left or came."""
    carry_letters()
    sent = len(outbox())
    drop_out(olga, drawn.id, seat("Ana"))
    first = outbox()[sent:]
    told = sorted((letter.kind.partition(".")[2], letter.fields["name"]) for letter in first)
    assert told == [("draw_changed", name) for name in ("Ben", "Cleo", "Dan", "Eve", "Finn")] + [
        ("left_out", "Ana")
    ]
    zoe = come_late(drawn.id, ZOE)
    sent = len(outbox())
    let_in(olga, drawn.id, zoe)
    told = sorted((letter.kind.partition(".")[2], letter.fields["name"]) for letter in outbox()[sent:])
    assert told == [("draw_changed", name) for name in ("Ben", "Cleo", "Dan", "Eve", "Finn")] + [
        ("match_ready", "Zoe")
    ]
    for letter in outbox():
        others = {"Ana", "Ben", "Cleo", "Dan", "Eve", "Finn", "Zoe"} - {letter.fields["name"]}
        assert not any(other in str(letter.fields) for other in others)
    assert [entry.details for entry in session.scalars(select(AuditEntry)) if "version" in entry.details] == [
        {"version": 2},
        {"version": 3},
    ]


def test_a_match_that_stays_stays_open_and_a_new_one_asks_to_be_opened(browser, olga, drawn, seat, session):
    before = matches(session, drawn)
    for name in before:
        fill_in(browser(name), f"/my/{seat(name)}/match")
    drop_out(olga, drawn.id, seat("Ana"))
    after = matches(session, drawn)
    anew = changed(before, after)
    for name in after:
        page = browser(name).get(f"/my/{seat(name)}").text
        assert ("Your match is waiting" in page) == (name in anew), name
        assert (f"{after[name]} would like" in page) == (name not in anew), name
        assert ("It is new since" in page) == (name in anew), name
        assert ("It is the same as before" in page) == (name not in anew), name


def test_who_gives_to_a_latecomer_cannot_be_chosen_by_who_has_looked(
    olga, session, browser, seat, drawn, come_late
):
    """T-14: the latecomer learns whom that one gave to, so it must not be known beforehand who it is."""
    before = matches(session, drawn)
    for name in before:
        if name != "Finn":
            fill_in(browser(name), f"/my/{seat(name)}/match")
    seat_id, givers = come_late(drawn.id, ZOE), set()
    for _ in range(8):
        before = matches(session, drawn)
        let_in(olga, drawn.id, seat_id)
        givers |= set(changed(before, matches(session, drawn)))
        drop_out(olga, drawn.id, seat_id)
    assert givers - {"Finn", "Zoe"}


def test_people_are_let_in_and_taken_out_so_often_and_no_more(olga, seat, drawn, come_late):
    """T-14: each time tells a little of the others."""
    seat_id = come_late(drawn.id, ZOE)
    for _ in range(LET_IN.amount):
        let_in(olga, drawn.id, seat_id)
        drop_out(olga, drawn.id, seat_id)
    with pytest.raises(TooMany):
        let_in(olga, drawn.id, seat_id)


def test_clicks_that_are_refused_before_any_match_counts_cost_no_try(olga, drawn, seat, stage, come_late):
    """T-14: they teach nothing, and whoever waits for a yes is not kept from letting others in."""
    unasked, late = add_late(olga, drawn.id, ZOE, []), come_late(drawn.id, YAN)
    with stage() as staged:
        staged.get_one(Exchange, drawn.id).most_people = 6
        staged.get_one(Participant, late).joined_at -= timedelta(days=4)
    for _ in range(LET_IN.amount):
        for problem, one, after in (
            (NotAnswered, unasked, None),
            (InTheDraw, seat("Ana"), None),
            (NoRoom, late, None),
            (DrawnMeanwhile, late, 7),
        ):
            with pytest.raises(problem):
                let_in(olga, drawn.id, one, after=after)
    with stage() as staged:
        staged.get_one(Exchange, drawn.id).most_people = None
    let_in(olga, drawn.id, late)


def test_a_refusal_by_the_rules_costs_its_try(olga, drawn, seat, come_late):
    """T-14: it depends on who gives to whom, or may."""
    everybody = [seat(name) for name in ("Ana", "Ben", "Cleo", "Dan", "Eve", "Finn")]
    late = come_late(drawn.id, ZOE, everybody)
    for _ in range(LET_IN.amount):
        with pytest.raises(DrawImpossible):
            let_in(olga, drawn.id, late)
    with pytest.raises(TooMany):
        let_in(olga, drawn.id, late)


def test_whoever_left_sees_that_they_are_out_and_their_letters_lead_nowhere(
    client_of, browser, olga, drawn, seat, outbox
):
    carry_letters()
    letter = next(one for one in outbox() if one.fields["name"] == "Ana")
    drop_out(olga, drawn.id, seat("Ana"))
    assert client_of(None).get(path_in(letter)).status_code == 410
    page = browser("Ana").get(f"/my/{seat('Ana')}").text
    assert "You are no longer in" in page
    assert not any(f"{name} would like" in page for name in ("Ben", "Cleo", "Dan", "Eve", "Finn"))
    fill_in(browser("Ana"), f"/my/{seat('Ana')}/match")
    assert "Your match is waiting" not in browser("Ana").get(f"/my/{seat('Ana')}").text
    page = client_of(olga).get(f"/exchanges/{drawn.id}").text
    assert "ana@example.org" not in page
    assert "ben@example.org" in page


def test_nobody_is_let_in_where_every_place_is_taken(olga, drawn, seat, stage, client_of, session, come_late):
    """SK-34: as for every other way in; the page says what to do, and whoever leaves makes room."""
    with stage() as staged:
        make_answer(staged, make_participant(staged, drawn, "Yan", confirmed=False).id)
        staged.get_one(Exchange, drawn.id).most_people = 6
    client, path = client_of(olga), f"/exchanges/{drawn.id}/changes"
    for page in (path, f"{path}/{seat('Yan')}"):
        text = client.get(page).text
        assert "allow more people in the plan first" in text
        assert f"/exchanges/{drawn.id}/change" in text
    assert "/let-in" not in client.get(f"{path}/{seat('Yan')}").text
    before = fingerprint(session, besides=SPENDING)
    with pytest.raises(NoRoom):
        let_in(olga, drawn.id, seat("Yan"))
    with pytest.raises(NoRoom):
        add_late(olga, drawn.id, ZOE, [])
    assert fingerprint(session, besides=SPENDING) == before
    drop_out(olga, drawn.id, seat("Ana"))
    assert "allow more people" not in client.get(path).text
    let_in(olga, drawn.id, seat("Yan"))
    with pytest.raises(NoRoom):
        let_in(olga, drawn.id, seat("Ana"))
    change_plan(olga, drawn.id, {"most_people": 7})
    let_in(olga, drawn.id, come_late(drawn.id, ZOE))


def test_whoever_left_can_be_let_in_again(olga, drawn, seat, session):
    drop_out(olga, drawn.id, seat("Ana"))
    with pytest.raises(NotInTheDraw):
        drop_out(olga, drawn.id, seat("Ana"))
    let_in(olga, drawn.id, seat("Ana"))
    assert "Ana" in matches(session, drawn)
    with pytest.raises(InTheDraw):
        let_in(olga, drawn.id, seat("Ana"))
    redraw_names(olga, drawn.id, "All anew")
    assert len(matches(session, drawn)) == 6


def test_nobody_is_given_a_match_who_has_not_said_yes(client_of, olga, drawn, seat, outbox, session):
    """T-9: put on the list is not asked; the letter asks, the organiser waits, and the link answers."""
    seat_id, path = add_late(olga, drawn.id, ZOE, []), f"/exchanges/{drawn.id}/changes"
    before = matches(session, drawn)
    with pytest.raises(NotAnswered):
        let_in(olga, drawn.id, seat_id)
    page = client_of(olga).get(f"{path}/{seat_id}").text
    assert "Zoe has not said yet whether they want to be in." in page
    assert "let-in" not in page
    assert matches(session, drawn) == before
    carry_letters()
    letter = next(one for one in outbox() if one.to == "zoe@example.org")
    assert (letter.kind, letter.fields["host"]) == ("exchanges.invited", "Olga")
    browser = client_of(None)
    asked = browser.get(path_in(letter)).text
    assert "The names are drawn already." in asked
    assert "Yes, I am in" in asked
    answer = fill_in(browser, path_in(letter))
    assert "can still let you in" in browser.get(answer.location).text
    assert "let-in" in client_of(olga).get(f"{path}/{seat_id}").text
    let_in(olga, drawn.id, seat_id)
    assert "Zoe" in matches(session, drawn)


def test_whoever_said_yes_late_is_said_to_wait_and_not_to_be_left_out(
    client_of, olga, drawn, seat, stage, come_late
):
    """On the organiser's page, and on their home page, with the way to let them in; who is silent is not."""
    browser, look = client_of(olga), f"/exchanges/{drawn.id}"
    with stage() as session:
        make_participant(session, session.get_one(Exchange, drawn.id), "Ivo", confirmed=False)
    page = browser.get(look).text
    assert "1 did not confirm and is left out" in page
    assert "All done." in page
    assert "would like to be let in" not in page
    assert "Nothing to do here" in browser.get("/").text
    zoe = come_late(drawn.id, ZOE)
    page, home = browser.get(look).text, browser.get("/").text
    assert "1 did not confirm and is left out" in page, "Ivo, as before"
    assert "All done." not in page
    assert "Nothing to do here" not in home
    for text in (page, home):
        assert "Zoe would like to be let in." in text
        assert f'href="{look}/changes/{zoe}"' in text
    let_in(olga, drawn.id, zoe)
    assert "would like to be let in" not in browser.get(look).text + browser.get("/").text


def test_whoever_was_taken_out_is_not_said_to_wait(client_of, olga, drawn, seat, session):
    drop_out(olga, drawn.id, seat("Ana"))
    assert queries.waiting_in(session, [drawn.id]) == {}
    assert "would like to be let in" not in client_of(olga).get(f"/exchanges/{drawn.id}").text


def test_a_latecomer_who_says_no_is_off_the_list(client_of, olga, drawn, seat, outbox, session):
    seat_id = add_late(olga, drawn.id, ZOE, [seat("Ana")])
    carry_letters()
    letter = next(one for one in outbox() if one.to == "zoe@example.org")
    assert fill_in(client_of(None), f"{path_in(letter)}/decline").status_code == 303
    assert session.get(Participant, seat_id, populate_existing=True) is None


def test_whoever_left_by_themselves_is_asked_anew(stage, olga, session):
    """Their yes of before ended when they left."""
    with stage() as staged:
        exchange = make_exchange(staged, people=5, organiser=olga)
    left = queries.all_seats(session, exchange.id)[0]
    leave(guest(session.get_one(Person, left.person_id)), left.id)
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    with stage() as staged:
        make_answer(staged, left.id)
    with pytest.raises(NotAnswered):
        let_in(olga, exchange.id, left.id)
    ana = Joining(name="Ana", email="ana@example.org", wishes="", language="en")
    assert add_late(olga, exchange.id, ana, []) == left.id
    with stage() as staged:
        make_answer(staged, left.id)
    let_in(olga, exchange.id, left.id)
    assert "Ana" in matches(session, exchange)


def test_somebody_who_missed_the_draw_can_be_let_in(olga, closed, stage, session, seat):
    with stage() as staged:
        make_answer(staged, make_participant(staged, closed, "Zoe", confirmed=False).id)
    draw_names(olga, closed.id)
    let_in(olga, closed.id, seat("Zoe"))
    assert "Zoe" in matches(session, closed)
    assert session.get_one(Participant, seat("Zoe"), populate_existing=True).is_confirmed


def test_a_latecomer_is_kept_apart_from_whom_the_organiser_says_and_from_their_household(
    olga, drawn, seat, session, come_late
):
    for number in range(3):
        zoe = Joining(name=f"Zoe{'abc'[number]}", email=f"z{number}@example.org", wishes="", language="en")
        seat_id = come_late(drawn.id, zoe, [seat("Ana"), seat("Ben"), seat("Cleo")])
        let_in(olga, drawn.id, seat_id)
        gives_to = matches(session, drawn)
        givers = {receiver: giver for giver, receiver in gives_to.items()}
        kept = {"Ana", "Ben", "Cleo"}
        assert not {gives_to[zoe.name], givers[zoe.name]} & kept
    late = Joining(name="Yan", email="yan@example.org", wishes="", language="en")
    seat_id = come_late(drawn.id, late)
    home = {"Ana", "Ben", "Cleo", "Dan"}
    keep_household_apart(olga, drawn.id, "Oak Road", [seat_id, *map(seat, sorted(home))])
    before = matches(session, drawn)
    let_in(olga, drawn.id, seat_id)
    after = matches(session, drawn)
    givers = {receiver: giver for giver, receiver in after.items()}
    assert not {after["Yan"], givers["Yan"]} & home
    assert len(changed(before, after)) <= 2, "the rule is new, and moves nobody who was drawn before it"


def test_rules_hold_in_a_repair_as_they_were_drawn_by(olga, closed, seat, session):
    """SK-69; and trying new rules on the draw moves nothing, so it tells nothing (T-14)."""
    keep_household_apart(olga, closed.id, "Oak Road", [seat("Ana"), seat("Ben")])
    keep_apart(olga, closed.id, seat("Dan"), seat("Eve"), both_ways=True)
    draw_names(olga, closed.id)
    before = matches(session, closed)
    for giver, receiver in before.items():
        keep_apart(olga, closed.id, seat(giver), seat(receiver), both_ways=False)
    drop_out(olga, closed.id, seat("Finn"))
    after = matches(session, closed)
    assert len(changed(before, after)) <= 2
    home = {"Ana", "Ben"}
    assert not any(giver in home and receiver in home for giver, receiver in after.items())
    assert after.get("Dan") != "Eve"
    assert after.get("Eve") != "Dan"


def test_where_the_old_rules_leave_no_way_lifting_some_helps(client_of, olga, closed, seat, session):
    keep_household_apart(olga, closed.id, "Oak Road", [seat("Ana"), seat("Ben"), seat("Cleo")])
    draw_names(olga, closed.id)
    before = fingerprint(session, besides=SPENDING)
    with pytest.raises(DrawImpossible, match="Ana, Ben and Cleo can only give to"):
        drop_out(olga, closed.id, seat("Finn"))
    assert fingerprint(session, besides=SPENDING) == before
    page = client_of(olga).get(f"/exchanges/{closed.id}/changes/{seat('Finn')}").text
    assert "Ana, Ben and Cleo can only give to Dan and Eve" in page
    allow(olga, closed.id, seat("Ana"), seat("Ben"))
    with pytest.raises(MatchesCertain, match="whom Ana must give to"):
        drop_out(olga, closed.id, seat("Finn"))
    allow(olga, closed.id, seat("Ana"), seat("Cleo"))
    drop_out(olga, closed.id, seat("Finn"))
    assert matches(session, closed)["Ana"] in {"Ben", "Cleo"}


def test_two_people_are_not_left_alone(olga, stage, session):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, state=ExchangeState.CLOSED)
        ana = queries.all_seats(staged, exchange.id)[0].id
    draw_names(olga, exchange.id)
    before = fingerprint(session, besides=SPENDING)
    with pytest.raises(TooFewPeople):
        drop_out(olga, exchange.id, ana)
    assert fingerprint(session, besides=SPENDING) == before


def test_what_does_not_fit_is_refused_by_name_and_nothing_changed(olga, closed, seat, stage, session, now):
    with pytest.raises(NotDrawn):
        drop_out(olga, closed.id, seat("Ana"))
    draw_names(olga, closed.id)
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=make_account(staged, "Otto"))
        foreign = make_participant(staged, other, "Foreign").id
        stranger = make_account(staged, "Stranger")
    before = fingerprint(session, besides=SPENDING)
    for act in (drop_out, let_in):
        for seat_id in (foreign, UUID(MISSING)):
            with pytest.raises(NotFound):
                act(olga, closed.id, seat_id)
        for actor in (stranger, ANONYMOUS):
            with pytest.raises(NotFound):
                act(actor, closed.id, seat("Ana"))
    with pytest.raises(AlreadyHere):
        add_late(olga, closed.id, Joining(name="A", email="ana@example.org", wishes="", language="en"), [])
    with pytest.raises(NotFound):
        add_late(olga, closed.id, ZOE, [foreign])
    assert fingerprint(session, besides=SPENDING) == before
    now.advance(days=23)
    complete_exchange(olga, closed.id)
    with pytest.raises(AlreadyOver):
        drop_out(olga, closed.id, seat("Ana"))


def test_of_several_who_press_at_once_one_wins(drawn, seat, session):
    """T-56: two organisers take two people out by the same page."""
    names = ("Ana", "Ben", "Cleo", "Dan")
    ids = [seat(name) for name in names]
    results = at_once(*(lambda one=one: drop_out(SYSTEM, drawn.id, one, after=1) for one in ids))
    assert problems_among(results) == ["DrawnMeanwhile"] * 3
    assert len(matches(session, drawn)) == 5


def test_without_the_lock_several_would_repair(drawn, seat, session, without_locks, monkeypatch):
    """T-56, the control: only the database stands in the way then."""
    import threading

    met = threading.Barrier(2)
    plain = repairing.refuse_undrawn

    def look_and_wait(*facts):
        plain(*facts)
        met.wait(10)

    monkeypatch.setattr(repairing, "refuse_undrawn", look_and_wait)
    ids = [seat(name) for name in ("Ana", "Ben")]
    results = at_once(*(lambda one=one: drop_out(SYSTEM, drawn.id, one, after=1) for one in ids))
    assert problems_among(results) != ["DrawnMeanwhile"]
    assert not met.broken, "both were past the check at the same moment"


def test_the_wizard_says_what_it_takes_and_does_it(client_of, olga, drawn, seat, session, stage):
    client, path = client_of(olga), f"/exchanges/{drawn.id}/changes"
    assert "Ana" in client.get(path).text
    page = client.get(f"{path}/{seat('Ana')}").text
    assert "One or two people get another match, rarely more." in page
    done = fill_in(client, f"{path}/{seat('Ana')}/leave", after="1")
    assert (done.status_code, done.location) == (303, path)
    stale = fill_in(client, f"{path}/{seat('Ben')}/leave", after="1")
    assert stale.status_code == 409
    listed = fill_in(client, path, name="Zoe", email="zoe@example.org", apart_from=[str(seat("Ben"))])
    assert listed.location == f"{path}/{seat('Zoe')}"
    with stage() as staged:
        make_answer(staged, seat("Zoe"))
    assert "Let Zoe in?" in client.get(listed.location).text
    assert fill_in(client, f"{listed.location}/let-in", after="2").status_code == 303
    assert set(matches(session, drawn)) == {"Ben", "Cleo", "Dan", "Eve", "Finn", "Zoe"}
    typed = fill_in(client, path, name="Zoe", email="nonsense")
    assert (typed.status_code, 'value="nonsense"' in typed.text) == (422, True)
