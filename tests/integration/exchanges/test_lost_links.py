"""Whoever lost their link asks for another: of several readers each their own, and who was taken out, too."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Circle, Guardian, Person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import ask_for_way_in, enter
from kinkeeper.features.exchanges.service.leaving import leave
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.links import ExpiredLink
from tests.factories import guest, make_exchange, make_participant, make_person
from tests.integration.web.support import MISSING, carry_letters, form_token, secret_in

HERE, LEASE = "192.0.2.1", Lease(timedelta(days=14), timedelta(days=60))


@pytest.fixture
def ask(session, outbox):
    """`ask(exchange, "Ana")` answers the letters that her asking brings, once they have left."""

    def lose(exchange, name):
        before = {letter.id for letter in outbox()}
        ask_for_way_in(ANONYMOUS, exchange.slug, f"{name.lower()}@example.org", address=HERE)
        for errand_id in session.scalars(select(ErrandRow.id)).all():
            run_errand(errand_id)
        carry_letters()
        return [letter for letter in outbox() if letter.id not in before]

    return lose


def come_in(letter):
    return enter(ANONYMOUS, "enter", secret_in(letter), address=HERE, lease=LEASE)


# --- somebody whom this browser does not know any more


def test_signed_out_the_page_says_where_a_new_link_is_to_be_had(stage, olga, client_of, session):
    """SK-48, T-39: the same for a place that never was, so that no address tells the share link."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
    ana = queries.all_seats(session, exchange.id)[0]
    pages = []
    for place_id in (ana.id, MISSING):
        browser = client_of(None)
        answer = browser.get(f"/my/{place_id}")
        assert answer.status_code == 302
        page = browser.get(answer.location).text
        assert "It works once. For a new one, open the link by which people join" in page
        assert exchange.slug not in page
        plain = page.replace(form_token(browser), "").replace(str(place_id), "")
        pages.append(re.sub(r'nonce="[^"]+"', "", plain))
    assert pages[0] == pages[1]
    assert f"/join/{exchange.slug}/again" in client_of(None).get(f"/join/{exchange.slug}").text


def test_the_share_link_has_the_way_to_a_new_one_when_nobody_can_join(olga, closed, client_of):
    """SK-48."""
    way = f"/join/{closed.slug}/again"
    assert way in client_of(None).get(f"/join/{closed.slug}").text
    draw_names(olga, closed.id)
    assert way in client_of(None).get(f"/join/{closed.slug}").text


# --- two who look after one child


@pytest.fixture
def family(stage, olga):
    """A child is in, whom Mum and Dad look after."""
    with stage() as session:
        exchange = make_exchange(session, people=3, organiser=olga)
        child = session.get_one(Person, make_participant(session, exchange, "Child").person_id)
        child.email = None
        circle = session.get_one(Circle, exchange.circle_id)
        for name in ("Mum", "Dad"):
            guardian = make_person(session, name, circle=circle)
            session.add(Guardian(ward_id=child.id, guardian_id=guardian.id))
        return exchange


def test_both_who_look_after_a_child_get_the_link_that_they_ask_for(family, ask):
    """T-9 is about one mailbox: what lies in Mum's says nothing of Dad's."""
    letters = [*ask(family, "Mum"), *ask(family, "Dad")]
    assert [letter.to for letter in letters] == ["mum@example.org", "dad@example.org"]
    assert ask(family, "Mum") == [], "hers is fresh still"
    for letter in letters:
        come_in(letter)


def test_what_one_of_them_asks_for_ends_no_link_of_the_other(family, ask, now):
    (mum_s,) = ask(family, "Mum")
    now.advance(minutes=6)
    (dad_s,) = ask(family, "Dad")
    now.advance(minutes=6)
    (dad_s_newer,) = ask(family, "Dad")
    come_in(mum_s)
    with pytest.raises(ExpiredLink):
        come_in(dad_s)
    come_in(dad_s_newer)


# --- who is out


def test_whoever_was_taken_out_of_the_draw_gets_a_link_to_what_their_page_says(
    drawn, olga, seat, ask, session, client_of
):
    """SK-47: the page that tells them so is theirs still."""
    out = seat("Finn")
    drop_out(olga, drawn.id, out)
    (letter,) = ask(drawn, "Finn")
    assert come_in(letter)[0] == out
    finn = guest(session.scalars(select(Person).where(Person.name == "Finn")).one())
    assert client_of(finn).get(f"/my/{out}").status_code == 200


def test_whoever_left_before_the_draw_has_no_page_and_gets_none(exchange, ana, place, ask):
    """SK-61."""
    leave(ana, place().id)
    assert ask(exchange, "Ana") == []
