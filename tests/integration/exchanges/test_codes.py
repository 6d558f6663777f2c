"""The typed code: a second way in for the browser that asked, when something else has used the link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import WebSession
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.service.entering import PER_ADDRESS, enter_by_code
from kinkeeper.features.exchanges.service.joining import (
    CODES,
    Joining,
    ask_for_way_in,
    enter,
    join,
)
from kinkeeper.features.exchanges.service.renewing import renew_link
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import TooMany
from kinkeeper.platform import codes
from kinkeeper.platform.codes import WrongCode
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.links import Link, UsedLink
from kinkeeper.platform.mail.delivery import code_of, compose
from tests.factories import make_exchange
from tests.factories.accounts import browser_of
from tests.integration.web.support import (
    at_once,
    carry_letters,
    fill_in,
    form_token,
    path_in,
    problems_among,
    secret_in,
)

LEASE = Lease(timedelta(days=14), timedelta(days=60))
HERE, MINE, ANOTHER = "192.0.2.1", b"m" * 32, b"a" * 32
WRONG = "2222-2222"


@pytest.fixture
def exchange(stage, admin):
    with stage() as session:
        return make_exchange(session, people=3)


@pytest.fixture
def letter(exchange, outbox):
    """The letter that asks Zoe to confirm, handed over; MINE asked for it."""
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, zoe, address=HERE, browser=MINE)
    carry_letters()
    return outbox()[-1]


def type_in(code: str, browser: bytes = MINE, *, address: str = HERE) -> tuple:
    return enter_by_code(ANONYMOUS, code, browser=browser, address=address, lease=LEASE)


def follow(letter, browser: bytes = b""):
    return enter(ANONYMOUS, "confirm", secret_in(letter), address=HERE, lease=LEASE, browser=browser)


def ask(exchange, session, email: str = "ana@example.org", browser: bytes = MINE) -> None:
    """Ask for a link, and let the letter go out if there is one."""
    ask_for_way_in(ANONYMOUS, exchange.slug, email, address=HERE, browser=browser)
    for errand_id in session.scalars(select(ErrandRow.id)).all():
        run_errand(errand_id)
    carry_letters()


def sessions(session) -> int:
    return session.scalar(select(func.count()).select_from(WebSession))


def cookie(client, name: str):
    return client.get_cookie(f"kk_{name}", domain="kinkeeper.test")


# --- what it is ---------------------------------------------------------------------------------


def test_a_code_has_eight_signs_that_nobody_mistakes_for_others(letter):
    code = code_of(letter)
    assert re.fullmatch(r"[2-9BCDFGHJKMNPQRSTVWXZ]{4}-[2-9BCDFGHJKMNPQRSTVWXZ]{4}", code)
    assert not set("01OILUAE") & set(codes.LETTERS)


def test_the_letter_says_it_in_text_and_in_html(letter):
    message = compose(letter, "k@example.org")
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        assert body.count(code_of(letter)) == 1
        assert "Tell it to nobody" in body


def test_a_letter_that_nobody_waits_for_has_none(exchange, outbox):
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, zoe, address=HERE)
    (letter,) = outbox()
    assert code_of(letter) == ""
    assert "type this code" not in compose(letter, "k@example.org").as_string()


def test_no_table_holds_it_or_what_it_could_be_tried_against(letter, session):
    """T-6: it is short; whoever has a copy of the database could try all of them against a digest."""
    (link,) = session.scalars(select(Link)).all()
    plain = code_of(letter).replace("-", "")
    kept = repr((vars(link), letter.fields, letter.once, letter.message_id))
    assert plain not in kept
    assert code_of(letter) not in kept
    assert link.asked_by == MINE


# --- coming in ----------------------------------------------------------------------------------


def test_typed_in_the_browser_that_asked_it_confirms_and_lets_in(exchange, client_of, session, outbox, now):
    """SK-42, G8: from the join form to one's own page without following any link."""
    client = client_of(None)
    sent = client.send(f"/join/{exchange.slug}", name="Zoe", email="zoe@example.org", wishes="a kite")
    assert (sent.status_code, sent.location) == (303, f"/join/{exchange.slug}/sent")
    assert cookie(client, "asked").http_only
    carry_letters()
    (letter,) = outbox()
    answer = client.send(sent.location, code=code_of(letter))
    zoe = session.scalars(select(Participant).where(Participant.name == "Zoe")).one()
    assert (answer.status_code, answer.location) == (303, f"/my/{zoe.id}")
    assert zoe.confirmed_at == now()
    assert "a kite" in client.get(answer.location).text


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("-", ""), " {} ".format])
def test_how_it_is_typed_does_not_matter(letter, spelling):
    assert type_in(spelling(code_of(letter)))


def test_whoever_asks_for_a_new_link_can_type_it_too(exchange, session, outbox):
    ask(exchange, session)
    ana = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    assert type_in(code_of(outbox()[-1]))[0] == ana.id


def test_it_works_in_no_other_browser(letter):
    """A-50: somebody who reads it over a shoulder, or is told it on the telephone, has nothing."""
    for browser in (ANOTHER, b""):
        with pytest.raises(WrongCode):
            type_in(code_of(letter), browser)
    assert type_in(code_of(letter))


def test_it_works_once(letter, session):
    type_in(code_of(letter))
    with pytest.raises(WrongCode):
        type_in(code_of(letter))
    assert sessions(session) == 1


def test_it_lives_as_long_as_the_link(letter, now):
    now.advance(hours=71, minutes=59)
    follow_later = code_of(letter)
    now.advance(minutes=1)
    with pytest.raises(WrongCode):
        type_in(follow_later)


@pytest.mark.parametrize("is_used", [True, False])
def test_a_newer_letter_of_its_kind_ends_it(exchange, session, outbox, now, is_used):
    """T-7: also where something has used the link of the older one already."""
    ask(exchange, session)
    first = outbox()[-1]
    if is_used:
        enter(ANONYMOUS, "enter", secret_in(first), address=HERE, lease=LEASE)
    now.advance(minutes=6)
    ask(exchange, session)
    with pytest.raises(WrongCode):
        type_in(code_of(first))
    assert type_in(code_of(outbox()[-1]))


def test_it_ends_when_the_person_is_erased(letter, session, admin):
    from kinkeeper.app.features import ERASE_STEPS

    zoe = session.scalars(select(Participant).where(Participant.name == "Zoe")).one()
    erase_person(admin, zoe.person_id, steps=ERASE_STEPS)
    with pytest.raises(WrongCode):
        type_in(code_of(letter))


def test_asked_again_from_the_same_browser_the_letter_in_the_mailbox_is_still_good(
    exchange, client_of, session, outbox
):
    """T-59: a second request within minutes sends nothing, so the first code has to go on working."""
    client = client_of(None)
    again = f"/join/{exchange.slug}/again"
    for _ in range(2):
        client.send(again, email="ana@example.org")
        for errand_id in session.scalars(select(ErrandRow.id)).all():
            run_errand(errand_id)
    carry_letters()
    (letter,) = outbox()
    assert client.send(f"/join/{exchange.slug}/sent", code=code_of(letter)).status_code == 303


# --- link and code ------------------------------------------------------------------------------


def test_the_code_takes_the_link_along(letter):
    type_in(code_of(letter))
    with pytest.raises(UsedLink):
        follow(letter)


def test_in_the_browser_that_asked_the_link_takes_the_code_along(letter):
    follow(letter, MINE)
    with pytest.raises(WrongCode):
        type_in(code_of(letter))


def test_link_and_code_at_once_let_in_once(letter, session):
    """T-4: one browser that does both, and both ways of doing one of them twice."""
    code = code_of(letter)
    results = at_once(*[lambda: follow(letter, MINE), lambda: type_in(code)] * 2)
    assert sessions(session) == 1
    assert set(problems_among(results)) <= {"UsedLink", "WrongCode"}
    assert len(problems_among(results)) == 3


def scan(app, letter, profile: str):
    """What mail scanners do to a link before anybody reads the letter (T-1)."""
    scanner, path = browser_of(app, None), path_in(letter)
    if profile == "HEAD":
        scanner.head(path)
    elif profile == "GET":
        scanner.get(path)
    elif profile == "GET twice, and the icon":
        for address in (path, "/favicon.ico", path):
            scanner.get(address).close()
    elif profile == "a browser that runs scripts":
        page = scanner.get(path)
        for address in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
            scanner.get(address).close()
        assert "<script" not in page.text.partition("<main")[2].partition("</main>")[0]
    else:
        fill_in(scanner, path)
    return scanner


@pytest.mark.parametrize(
    ("profile", "made"),
    [
        ("HEAD", 0),
        ("GET", 0),
        ("GET twice, and the icon", 0),
        ("a browser that runs scripts", 0),
        ("the same, and presses the button", 1),
    ],
)
def test_whatever_a_scanner_does_the_human_comes_in(exchange, app, client_of, session, outbox, profile, made):
    """T-1: the first four make no session; after the last the link is used, and the code is left."""
    human = client_of(None)
    human.send(f"/join/{exchange.slug}", name="Zoe", email="zoe@example.org", wishes="")
    carry_letters()
    (letter,) = outbox()
    scan(app, letter, profile)
    assert sessions(session) == made
    followed = fill_in(human, path_in(letter))
    if made:
        assert followed.status_code == 410
        assert f'href="/join/{exchange.slug}/sent"' in followed.text
        followed = human.send(f"/join/{exchange.slug}/sent", code=code_of(letter))
    assert followed.status_code == 303
    assert cookie(human, "guest")
    assert sessions(session) == made + 1


def test_a_browser_that_did_not_ask_is_not_offered_the_code(letter, client_of):
    follow(letter)
    assert "/sent" not in client_of(None).get(path_in(letter)).text


# --- tries --------------------------------------------------------------------------------------


def test_five_wrong_tries_and_the_right_one_comes_too_late(letter):
    for _ in range(CODES.amount):
        with pytest.raises(WrongCode):
            type_in(WRONG)
    with pytest.raises(TooMany):
        type_in(code_of(letter))
    assert CODES.amount == 5


def test_another_letter_allows_other_tries(letter, exchange, session):
    for _ in range(CODES.amount):
        with pytest.raises(WrongCode):
            type_in(WRONG)
    ask(exchange, session, "nobody@example.org")
    assert type_in(code_of(letter))


def test_one_network_cannot_try_for_many_browsers(letter):
    for place in range(PER_ADDRESS.amount):
        with pytest.raises(WrongCode):
            type_in(WRONG, place.to_bytes(32, "big"))
    with pytest.raises(TooMany):
        type_in(code_of(letter))
    assert type_in(code_of(letter), address="198.51.100.7")


def test_the_tries_are_counted_whether_the_address_is_known_or_not(exchange, client_of, session):
    """T-8, SK-49: page by page the same, to the last try."""
    seen = []
    for email in ("ana@example.org", "nobody@example.org"):
        client, pages = client_of(None), []
        client.send(f"/join/{exchange.slug}/again", email=email)
        for errand_id in session.scalars(select(ErrandRow.id)).all():
            run_errand(errand_id)
        carry_letters()
        for _ in range(CODES.amount + 1):
            page = client.send(f"/join/{exchange.slug}/sent", code=WRONG)
            pages.append((page.status_code, page.text.replace(form_token(client), "")))
        seen.append([(status, re.sub(r'nonce="[^"]+"', "", text)) for status, text in pages])
    assert seen[0] == seen[1]
    assert [status for status, _ in seen[0]] == [422] * CODES.amount + [429]


def test_the_page_has_the_field_only_where_somebody_asked(exchange, client_of):
    client = client_of(None)
    assert 'name="code"' not in client.get(f"/join/{exchange.slug}/sent").text
    client.send(f"/join/{exchange.slug}/again", email="nobody@example.org")
    assert 'autocomplete="one-time-code"' in client.get(f"/join/{exchange.slug}/sent").text


def test_the_page_sends_to_the_link_of_a_letter_that_somebody_else_had_written(
    stage, olga, client_of, session, outbox
):
    """T-8, T-9: no second letter comes, and the first has no code; the page says so to everybody alike."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
    ana = queries.seat_by_email(session, exchange.id, "ana@example.org")
    renew_link(olga, exchange.id, ana.id)
    pages = []
    for who in ("ana", "nobody"):
        client = client_of(None)
        client.send(f"/join/{exchange.slug}/again", email=f"{who}@example.org")
        for errand_id in session.scalars(select(ErrandRow.id)).all():
            run_errand(errand_id)
        carry_letters()
        page = client.get(f"/join/{exchange.slug}/sent").text
        assert "no second one follows: use the link in it" in page
        pages.append(re.sub(r'nonce="[^"]+"', "", page.replace(form_token(client), "")))
    assert pages[0] == pages[1]
    (letter,) = outbox()
    assert code_of(letter) == ""
    assert enter(ANONYMOUS, "enter", secret_in(letter), address=HERE, lease=LEASE)


def test_whoever_signs_out_leaves_nothing_that_could_type_it(exchange, client_of):
    client = client_of(None)
    client.send(f"/join/{exchange.slug}/again", email="nobody@example.org")
    fill_in(client, "/sign-out")
    assert cookie(client, "asked") is None
