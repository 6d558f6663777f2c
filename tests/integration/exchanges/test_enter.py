"""Mailed links: looking at one changes nothing, pressing its button once lets its owner in (T-1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Person, WebSession
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.errands import WayInRequest
from kinkeeper.features.exchanges.models import ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import (
    PER_EXCHANGE,
    Joining,
    SeatGone,
    ask_for_way_in,
    enter,
    join,
    send_way_in,
)
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import TooMany
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.links import ExpiredLink, Link, UnknownLink, UsedLink
from kinkeeper.platform.mail.outbox import OutboxLetter
from tests.factories import make_account, make_exchange
from tests.integration.web.support import (
    at_once,
    carry_letters,
    fill_in,
    fingerprint,
    form_token,
    path_in,
    problems_among,
    secret_in,
)

LEASE = Lease(timedelta(days=14), timedelta(days=60))
HERE = "192.0.2.1"


@pytest.fixture
def exchange(stage, admin):
    with stage() as session:
        return make_exchange(session, people=3)


@pytest.fixture
def letter(exchange, outbox):
    """The letter that asks Zoe to confirm, handed over."""
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="a kite", language="en")
    join(ANONYMOUS, exchange.slug, zoe, address=HERE)
    carry_letters()
    return outbox()[0]


def press(letter, kind="confirm"):
    return enter(ANONYMOUS, kind, secret_in(letter), address=HERE, lease=LEASE)


def zoe_in(session):
    return session.scalars(
        select(Participant).where(Participant.name == "Zoe"), execution_options={"populate_existing": True}
    ).one()


def test_looking_at_a_link_changes_nothing_at_all(letter, client_of, session):
    """T-1, A-31, A-55: scanners GET, HEAD, GET twice with a favicon, ask for OPTIONS."""
    before, client = fingerprint(session), client_of(None)
    for method, path in (
        ("get", path_in(letter)),
        ("head", path_in(letter)),
        ("get", "/sign-in"),
        ("get", path_in(letter)),
        ("options", path_in(letter)),
    ):
        assert getattr(client, method)(path).status_code == 200
        client.delete_cookie("kk_visit", domain="kinkeeper.test")
    assert fingerprint(session) == before
    assert client.get_cookie("kk_guest", domain="kinkeeper.test") is None


def test_the_page_shows_one_button_and_gives_the_secret_to_nobody(letter, client_of):
    """C-10."""
    page = client_of(None).get(path_in(letter))
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "Christmas" in page.text
    main = page.text.partition("<main")[2].partition("</main>")[0]
    assert main.count("<button") == 1


def test_pressing_the_button_confirms_and_lets_them_in(letter, client_of, session, now):
    """SK-42, SK-43."""
    client = client_of(None)
    answer = fill_in(client, path_in(letter))
    zoe = zoe_in(session)
    assert (answer.status_code, answer.location) == (303, f"/my/{zoe.id}")
    assert zoe.confirmed_at == now()
    assert session.get_one(Person, zoe.person_id).confirmed_at == now()
    assert client.get_cookie("kk_guest", domain="kinkeeper.test").value
    mine = client.get(answer.location)
    assert mine.status_code == 200
    assert "a kite" in mine.text


def test_without_the_page_s_token_nothing_is_used_up(letter, client_of, session):
    """T-1, T-24: a scanner that posts blindly, or another site, does not burn it."""
    before, client = fingerprint(session), client_of(None)
    assert client.post(path_in(letter)).status_code == 403
    assert client.post(path_in(letter), data={"csrf_token": form_token(client_of(None))}).status_code == 403
    form_token(client)
    assert client.post(path_in(letter), data={"csrf_token": "x" * 43}).status_code == 403
    assert fingerprint(session) == before


def test_a_used_link_says_so_and_offers_a_new_one(letter, exchange, client_of, session):
    """SK-50, A-49: 410, for looking and for pressing."""
    press(letter)
    before = fingerprint(session, besides=frozenset({"limit_spending"}))
    client = client_of(None)
    for page in (client.get(path_in(letter)), fill_in(client, path_in(letter))):
        assert page.status_code == 410
        assert "used already" in page.text
        assert f"/join/{exchange.slug}/again" in page.text
    with pytest.raises(UsedLink):
        press(letter)
    assert fingerprint(session, besides=frozenset({"limit_spending"})) == before


def test_a_used_link_leads_on_in_the_browser_that_used_it(letter, client_of, session):
    """Whoever presses the link of last week again is known here, and need not wait for another letter."""
    client, stranger = client_of(None), client_of(None)
    fill_in(client, path_in(letter))
    page = client.get(path_in(letter))
    assert page.status_code == 410
    main = page.text.partition("<main")[2]
    assert f'href="/my/{zoe_in(session).id}"' in main
    assert "/again" not in main
    assert "/my/" not in stranger.get(path_in(letter)).text


def test_a_confirm_link_lasts_three_days_from_hand_over(exchange, outbox, now, client_of):
    """3.1: from the first hand-over, whatever the mail server did before."""
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, zoe, address=HERE)
    now.advance(hours=26)
    carry_letters()
    letter = outbox()[0]
    now.advance(hours=71, minutes=59)
    assert client_of(None).get(path_in(letter)).status_code == 200
    now.advance(minutes=1)
    page = client_of(None).get(path_in(letter))
    assert page.status_code == 410
    assert f"/join/{exchange.slug}/again" in page.text
    with pytest.raises(ExpiredLink):
        press(letter)


@pytest.mark.parametrize("kind", ["confirm", "ready", "enter"])
@pytest.mark.parametrize("token", ["x" * 43, "x", "%00", "A" * 2000, "é", "..%2f.."])
def test_garbage_is_answered_404_with_a_way_on(client_of, exchange, kind, token):
    """SK-50."""
    client = client_of(None)
    for page in (client.get(f"/{kind}/{token}"), fill_in(client, f"/{kind}/{token}")):
        assert page.status_code == 404
        assert "<a " in page.text


def test_a_link_opens_only_what_it_was_made_for(letter, client_of):
    """T-39: a confirm link is no match link."""
    for kind in ("ready", "enter"):
        with pytest.raises(UnknownLink):
            press(letter, kind)
        assert client_of(None).get(path_in(letter).replace("confirm", kind)).status_code == 404


def test_of_many_at_the_same_moment_one_wins(letter, session):
    """T-4: one session, everybody else 410."""
    results = at_once(*(lambda: press(letter) for _ in range(8)))
    assert problems_among(results) == ["UsedLink"] * 7
    assert session.scalar(select(func.count()).select_from(WebSession)) == 1


def test_each_link_makes_a_session_of_its_own(letter, client_of, session):
    """A-51: whatever guest cookie was in the browser before is not kept."""
    client = client_of(None)
    client.set_cookie("kk_guest", "planted", domain="kinkeeper.test")
    fill_in(client, path_in(letter))
    assert client.get_cookie("kk_guest", domain="kinkeeper.test").value != "planted"


def test_a_new_link_ends_the_guest_s_session_that_this_browser_had(
    letter, exchange, client_of, session, stage
):
    """ADR 6: a family's tablet collects nobody's matches, and a copied cookie ends with its browser's."""
    with stage() as staged:
        olga = make_account(staged, "Olga B")
    browser = client_of(olga)
    fill_in(browser, path_in(letter))
    first = session.scalars(select(WebSession.digest).where(WebSession.account_id.is_(None))).one()
    yan = Joining(name="Yan", email="yan@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, yan, address=HERE)
    carry_letters()
    yan_s = session.scalars(select(OutboxLetter).where(OutboxLetter.to == "yan@example.org")).one()
    assert fill_in(browser, path_in(yan_s)).status_code == 303
    session.expire_all()
    (guest_s,) = session.scalars(select(WebSession).where(WebSession.account_id.is_(None)))
    assert guest_s.digest != first
    assert session.get_one(Person, guest_s.person_id).name == "Yan"
    kept = session.scalars(select(WebSession.account_id).where(WebSession.account_id.is_not(None))).all()
    assert kept == [olga.account_id]


def test_only_a_digest_of_the_secret_is_kept(letter, session):
    """T-6: no table holds anything that could be used."""
    secret = secret_in(letter)
    for table in (Link, type(letter), ErrandRow):
        for row in session.execute(select(table.__table__)):
            assert secret not in repr(tuple(row))


def test_confirming_after_the_draw_lets_in_but_changes_no_pair(stage, admin, outbox, session):
    """Whoever was late sees their page; the draw stands."""
    with stage() as staged:
        exchange = make_exchange(staged, people=4)
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, zoe, address=HERE)
    carry_letters()
    letter = outbox()[0]
    close_exchange(SYSTEM, exchange.id)
    draw_names(SYSTEM, exchange.id)
    press(letter)
    assert zoe_in(session).confirmed_at is None


def test_confirming_while_names_are_drawn_is_before_or_after(stage, admin, outbox, session):
    """T-56: whoever counts as confirmed has a match, and nobody else."""
    from kinkeeper.features.exchanges.models import Assignment

    with stage() as staged:
        exchange = make_exchange(staged, people=4)
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, zoe, address=HERE)
    carry_letters()
    letter = outbox()[0]
    close_exchange(SYSTEM, exchange.id)
    results = at_once(lambda: press(letter), lambda: draw_names(SYSTEM, exchange.id))
    assert problems_among(results) == []
    confirmed = set(session.scalars(select(Participant.id).where(Participant.confirmed_at.is_not(None))))
    assert set(session.scalars(select(Assignment.giver_id))) == confirmed


def test_the_link_of_somebody_who_was_erased_is_gone(letter, client_of, session):
    """Looking and pressing answer alike, and neither is an error of ours."""
    from kinkeeper.app.features import ERASE_STEPS

    erase_person(SYSTEM, zoe_in(session).person_id, steps=ERASE_STEPS)
    client = client_of(None)
    for page in (client.get(path_in(letter)), fill_in(client, path_in(letter))):
        assert page.status_code == 410
        assert SeatGone.message in page.text
    with pytest.raises(SeatGone):
        press(letter)


def test_sixty_tries_in_five_minutes_are_enough_for_a_family(exchange):
    """T-3: guessing costs tries."""
    for _ in range(60):
        with pytest.raises(UnknownLink):
            enter(ANONYMOUS, "enter", "x" * 43, address=HERE, lease=LEASE)
    with pytest.raises(TooMany):
        enter(ANONYMOUS, "enter", "x" * 43, address=HERE, lease=LEASE)


# --- asking for a new link --------------------------------------------------------------------


def run_errands(session) -> None:
    for errand_id in session.scalars(select(ErrandRow.id)).all():
        run_errand(errand_id)


def test_known_and_unknown_addresses_get_the_same_answer(client_of, exchange, session, outbox):
    """SK-48, SK-49, T-8: the same page, and the same rows; only the worker finds out."""
    from tests.integration.web.support import visible_text

    pages = []
    for email in ("ana@example.org", "nobody@example.org"):
        client = client_of(None)
        answer = fill_in(client, f"/join/{exchange.slug}/again", email=email)
        assert (answer.status_code, answer.location) == (303, f"/join/{exchange.slug}/sent")
        pages.append(visible_text(client.get(answer.location).text))
    assert pages[0] == pages[1]
    rows = session.scalars(select(ErrandRow)).all()
    assert [(row.kind, sorted(row.fields)) for row in rows] == [
        ("exchanges.way_in_request", ["asked_by", "email", "errand_id", "exchange_id"])
    ] * 2
    assert outbox() == []


def test_only_somebody_who_is_in_gets_a_letter(exchange, session, outbox):
    for email in ("ANA@example.org", "nobody@example.org"):
        ask_for_way_in(ANONYMOUS, exchange.slug, email, address=HERE)
    run_errands(session)
    assert [(letter.kind, letter.to) for letter in outbox()] == [("exchanges.way_in", "ana@example.org")]


def test_pressing_again_and_again_sends_one_letter_in_five_minutes(exchange, session, outbox, now):
    """T-9, T-59."""
    for _ in range(3):
        ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE)
        now.advance(seconds=30)
    run_errands(session)
    assert len(outbox()) == 1


@pytest.fixture
def ask(exchange, session):
    """Ana asks for a way in, and the worker does what is asked for."""

    def once_more() -> None:
        ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE)
        run_errands(session)
        carry_letters()

    return once_more


def test_the_five_minutes_begin_with_the_last_letter(ask, outbox, now):
    """T-9: counted from the letter, so that no boundary of the clock lets a second one through."""
    now.advance(minutes=4, seconds=59)  # just before five minutes past nine
    ask()
    now.advance(seconds=2)
    ask()
    assert len(outbox()) == 1
    now.advance(minutes=4, seconds=57)
    ask()
    assert len(outbox()) == 1


def test_exactly_five_minutes_after_the_last_letter_there_is_another(ask, outbox, now):
    ask()
    now.advance(minutes=5)
    ask()
    assert len(outbox()) == 2


def test_after_a_link_was_used_the_next_comes_at_once(ask, outbox):
    """Whoever opened it on the wrong telephone asks again, and is not left outside."""
    ask()
    press(outbox()[-1], "enter")
    ask()
    assert len(outbox()) == 2
    press(outbox()[-1], "enter")


def test_joining_again_counts_as_asking(ask, exchange, outbox, now):
    """SK-40, T-59: the join form of somebody who is in sends the same letter."""
    ana = Joining(name="Ana", email="ana@example.org", wishes="", language="en")
    for minutes, letters in ((0, 1), (4, 1), (1, 2)):
        now.advance(minutes=minutes)
        join(ANONYMOUS, exchange.slug, ana, address=HERE)
        assert len(outbox()) == letters


def test_two_asked_for_at_the_same_moment_are_one_letter(exchange, outbox):
    """T-9: the exchange is locked before anybody looks for the last letter."""
    errands = [WayInRequest(exchange_id=exchange.id, email="ana@example.org") for _ in range(4)]
    results = at_once(*(lambda errand=errand: send_way_in(SYSTEM, errand) for errand in errands))
    assert problems_among(results) == []
    assert len(outbox()) == 1


def test_an_errand_that_runs_again_after_its_link_was_used_sends_nothing(exchange, outbox):
    """2.6: a killed worker's errand runs again, perhaps late."""
    errand = WayInRequest(exchange_id=exchange.id, email="ana@example.org")
    send_way_in(SYSTEM, errand)
    carry_letters()
    press(outbox()[-1], "enter")
    send_way_in(SYSTEM, errand)
    assert len(outbox()) == 1


def test_an_asked_for_link_lasts_an_hour_and_the_newest_counts(exchange, session, outbox, now, client_of):
    """SK-47, T-9: one pending link a person."""
    ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE)
    run_errands(session)
    carry_letters()
    now.advance(minutes=20)
    ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE)
    run_errands(session)
    carry_letters()
    first, second = outbox()
    with pytest.raises(ExpiredLink):
        press(first, "enter")
    now.advance(minutes=59)
    assert client_of(None).get(path_in(second)).status_code == 200
    now.advance(minutes=1)
    assert client_of(None).get(path_in(second)).status_code == 410


def test_a_drawn_exchange_still_lets_its_people_in(stage, admin, session, outbox, client_of):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, state=ExchangeState.CLOSED)
    draw_names(SYSTEM, exchange.id)
    ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE)
    run_errands(session)
    carry_letters()
    letter = next(one for one in outbox() if one.kind == "exchanges.way_in")
    assert fill_in(client_of(None), path_in(letter)).status_code == 303


def test_what_is_no_address_is_said_in_the_form(client_of, exchange, session):
    assert fill_in(client_of(None), f"/join/{exchange.slug}/again", email="nonsense").status_code == 422
    assert session.scalar(select(func.count()).select_from(ErrandRow)) == 0


def test_asking_is_counted(client_of, exchange):
    """SK-48."""
    for number in range(3):
        ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=f"192.0.2.{number}")
    answer = fill_in(client_of(None), f"/join/{exchange.slug}/again", email="ana@example.org")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


def test_asking_for_a_way_in_does_not_keep_others_from_joining(exchange, session):
    """Whoever has the share link could otherwise shut an exchange for an hour, with invented addresses."""
    for number in range(PER_EXCHANGE.amount):
        stranger = f"x{number}@example.org"
        ask_for_way_in(ANONYMOUS, exchange.slug, stranger, address=f"192.0.2.{number % 20}")
    joining = Joining(name="Aunt Petra", email="petra@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, joining, address=HERE)
    names = session.scalars(select(Participant.name).where(Participant.exchange_id == exchange.id)).all()
    assert "Aunt Petra" in names
