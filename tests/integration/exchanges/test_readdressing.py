"""An organiser has somebody's letters go to another address, and cannot read a match by it (T-17, T-7)."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Account, Guardian, HouseholdMember, Person, WebSession
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, NewAddress, Participant
from kinkeeper.features.exchanges.service import belongings
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.again import begin_again
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.joining import AlreadyHere, Joining, ask_for_way_in, enter
from kinkeeper.features.exchanges.service.leaving import leave
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.organising import AlreadyOver, close_exchange, open_exchange
from kinkeeper.features.exchanges.service.purging import purge_in_time
from kinkeeper.features.exchanges.service.readdressing import (
    LeftBefore,
    NoOwnAddress,
    NotAgreed,
    NothingAsked,
    SameAddress,
    answer_address,
    change_address,
    confirm_address,
    take_back_address,
)
from kinkeeper.features.exchanges.service.renewing import renew_link, send_again
from kinkeeper.features.exchanges.service.repairing import add_late, let_in
from kinkeeper.features.exchanges.service.ruling import keep_household_apart
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound, TooMany
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.links import ExpiredLink
from kinkeeper.platform.mail.delivery import deliver_due
from kinkeeper.platform.mail.transports import Refused
from tests.factories import guest, make_account, make_exchange, make_participant
from tests.factories.accounts import LONG_AGO
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
NEW = "annette@new.example.org"
ZOE = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
SPENDING = frozenset({"limit_spending"})


class Lost:
    """A mail server that knows nobody."""

    name = "smtp"

    def send(self, _message, *, once):
        raise Refused(f"550 no such mailbox for {once[:4]}")

    def close(self):
        """Nothing is open."""


@pytest.fixture
def drawn(exchange, olga):
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    return exchange


@pytest.fixture
def posted(outbox):
    """`posted("kind")` answers the newest letter of a kind, or None."""

    def look(kind):
        found = [letter for letter in outbox() if letter.kind == f"exchanges.{kind}"]
        return found[-1] if found else None

    return look


def confirm(letter):
    return confirm_address(ANONYMOUS, secret_in(letter), address=HERE, lease=LEASE)


def email_of(session, seat) -> str | None:
    return session.get_one(Person, seat.person_id, populate_existing=True).email


def acts(session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


# --- before the draw ----------------------------------------------------------------------------


def test_the_new_address_is_asked_and_the_old_one_is_told(exchange, olga, place, session, posted, client_of):
    """Nothing changes before the link at the new one is followed."""
    browser = client_of(olga)
    path = f"/exchanges/{exchange.id}/people/{place().id}"
    assert "ana@example.org is told" in browser.get(f"{path}/address").text
    answer = fill_in(browser, f"{path}/address", email=NEW.upper())
    assert (answer.status_code, answer.location) == (303, path)
    assert f"asked to go by {NEW}" in browser.get(path).text
    assert posted("confirm_address").to == NEW
    old = posted("address_asked")
    assert (old.to, old.fields["host"]) == ("ana@example.org", "Olga")
    assert NEW not in str(old.fields), "where the old one is a stranger's, it is none of their business"
    assert email_of(session, place()) == "ana@example.org"
    assert "exchange.address_change_asked" in acts(session)


def test_with_the_new_link_the_place_moves_and_everything_of_before_is_dead(
    exchange, olga, place, session, posted, client_of, ana
):
    """T-7: links and sessions of the old address open nothing any more; it is told once more."""
    ask_for_way_in(ANONYMOUS, exchange.slug, "ana@example.org", address=HERE)
    for errand_id in session.scalars(select(ErrandRow.id)).all():
        run_errand(errand_id)
    before = client_of(ana)
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    earlier = secret_in(posted("way_in"))
    browser, letter = client_of(None), posted("confirm_address")
    page = browser.get(path_in(letter))
    assert "Is this your address now?" in page.text
    assert email_of(session, place()) == "ana@example.org", "looking changes nothing (T-1)"
    answer = fill_in(browser, path_in(letter))
    assert (answer.status_code, answer.location) == (303, f"/my/{place().id}")
    assert browser.get(answer.location).status_code == 200
    assert email_of(session, place()) == NEW
    assert place().is_confirmed
    assert before.get(f"/my/{place().id}").status_code in {302, 404}
    with pytest.raises(ExpiredLink):
        enter(ANONYMOUS, "enter", earlier, address=HERE, lease=LEASE)
    assert posted("address_moved").to == "ana@example.org"
    assert fill_in(client_of(None), path_in(letter)).status_code == 410, "it works once"
    assert acts(session)[-1] == "exchange.address_changed"
    assert session.scalars(select(NewAddress)).all() == []


def test_nobody_is_left_in_the_address_book_twice(exchange, olga, place, session, posted):
    """Whom nothing else holds is forgotten; the letter that tells them goes all the same."""
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    confirm(posted("confirm_address"))
    assert "ana@example.org" not in session.scalars(select(Person.email)).all()
    assert carry_letters() == 1


def test_whoever_has_the_old_address_can_say_no(exchange, olga, place, session, posted, client_of):
    """By the link in their letter, and a button on their page; the new link is dead then."""
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    browser = client_of(None)
    page = browser.get(fill_in(browser, path_in(posted("address_asked"))).location)
    assert NEW in page.text
    assert "Olga asks" in page.text
    assert fill_in(browser, f"/my/{place().id}/address", answer="no").status_code == 303
    with pytest.raises(ExpiredLink):
        confirm(posted("confirm_address"))
    assert email_of(session, place()) == "ana@example.org"
    assert "Olga asks" not in browser.get(f"/my/{place().id}").text
    assert fill_in(browser, f"/my/{place().id}/address", answer="no").status_code == 409


def test_who_never_answered_is_simply_asked_at_the_new_address(
    exchange, olga, session, posted, stage, outbox
):
    """A typing mistake; nobody has shown that the old address is theirs, and its link dies."""
    (zoe_id,) = add_people(olga, exchange.id, [Newcomer("Zoe", "zoe@exmaple.org")], language="en")
    carry_letters()
    first = posted("invited")
    assert change_address(olga, exchange.id, zoe_id, "zoe@example.org") is True
    assert email_of(session, session.get_one(Participant, zoe_id)) == "zoe@example.org"
    assert "zoe@exmaple.org" not in session.scalars(select(Person.email)).all()
    with pytest.raises(ExpiredLink):
        enter(ANONYMOUS, "invited", secret_in(first), address=HERE, lease=LEASE)
    carry_letters()
    assert posted("invited").to == "zoe@example.org"
    enter(ANONYMOUS, "invited", secret_in(posted("invited")), address=HERE, lease=LEASE)
    assert posted("address_moved") is None


def test_the_organiser_can_leave_it_as_it_is(exchange, olga, place, session, posted, client_of):
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    path = f"/exchanges/{exchange.id}/people/{place().id}"
    assert fill_in(client_of(olga), f"{path}/address/keep").status_code == 303
    with pytest.raises(ExpiredLink):
        confirm(posted("confirm_address"))
    assert session.scalars(select(NewAddress)).all() == []


def test_asking_for_yet_another_address_ends_the_first_link(exchange, olga, place, session, posted):
    change_address(olga, exchange.id, place().id, "first@example.org")
    carry_letters()
    first = posted("confirm_address")
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    with pytest.raises(ExpiredLink):
        confirm(first)
    confirm(posted("confirm_address"))
    assert email_of(session, place()) == NEW


def test_what_cannot_be_changed(exchange, olga, place, session, stage, client_of):
    """The same address, one that is in already, and somebody whose letters go to a guardian."""
    before = fingerprint(session, besides=SPENDING)
    with pytest.raises(SameAddress):
        change_address(olga, exchange.id, place().id, "Ana@example.org")
    with pytest.raises(AlreadyHere):
        change_address(olga, exchange.id, place().id, "ben@example.org")
    assert fingerprint(session, besides=SPENDING) == before
    path = f"/exchanges/{exchange.id}/people/{place().id}/address"
    page = fill_in(client_of(olga), path, email="ben@example.org")
    assert page.status_code == 409
    assert 'value="ben@example.org"' in page.text
    with stage() as staged:
        staged.get_one(Person, place("Cleo").person_id).email = None
    with pytest.raises(NoOwnAddress):
        change_address(olga, exchange.id, place("Cleo").id, NEW)
    with pytest.raises(NothingAsked):
        answer_address(guest(session.get_one(Person, place().person_id)), place().id, agrees=True)


# --- after the draw -----------------------------------------------------------------------------


def test_after_the_draw_the_old_address_is_asked_and_the_match_stays_shut_until_it_answers(
    drawn, olga, place, session, posted, client_of, ana
):
    """T-17: change → old address mailed, reveal blocked until confirmed by the participant; audit."""
    browser = client_of(ana)
    fill_in(browser, f"/my/{place().id}/match")
    assert "You give to" in browser.get(f"/my/{place().id}").text
    change_address(olga, drawn.id, place().id, NEW)
    assert posted("address_asked").to == "ana@example.org"
    assert posted("confirm_address") is None, "the new address gets nothing yet"
    page = browser.get(f"/my/{place().id}").text
    assert "You give to" not in page
    assert "your match stays shut" in page
    own = browser.get("/my/data.json").get_json()
    (seat,) = own[0]["exchanges"]["exchanges"]
    assert (seat["gives_to"], seat["asked_to_go_by"]) == (None, NEW)
    assert fill_in(browser, f"/my/{place().id}/address", answer="yes").status_code == 303
    assert "You give to" in browser.get(f"/my/{place().id}").text
    carry_letters()
    seat_id, _ = confirm(posted("confirm_address"))
    assert seat_id == place().id
    assert email_of(session, place()) == NEW
    assert acts(session)[-3:] == [
        "exchange.address_change_asked",
        "exchange.address_agreed",
        "exchange.address_changed",
    ]
    moved = guest(session.get_one(Person, place().person_id))
    assert "You give to" in client_of(moved).get(f"/my/{seat_id}").text
    assert browser.get(f"/my/{seat_id}").status_code in {302, 404}


def test_while_nobody_has_answered_not_even_asking_opens_the_match(drawn, olga, place, session, ana):
    """Neither the button, nor coming by a link, which counts as having looked elsewhere."""
    change_address(olga, drawn.id, place().id, NEW)
    open_match(ana, place().id)
    page = queries.participant_page(session, ana, place().id)
    assert page.assignment.opened_at is None
    assert page.match is None
    answer_address(ana, place().id, agrees=False)
    open_match(ana, place().id)
    session.expire_all()
    assert queries.participant_page(session, ana, place().id).match is not None


def test_an_organiser_who_redirects_a_place_to_himself_reads_nothing(
    drawn, olga, place, session, posted, client_of, outbox, stage, now
):
    """T-17, the attack: his mailbox gets no letter with a link, whatever he presses."""
    his = "olga.second@example.org"
    browser = client_of(olga)
    change_address(olga, drawn.id, place().id, his)
    now.advance(minutes=6)
    send_again(olga, drawn.id, place().id)
    renew_link(olga, drawn.id, place().id)
    ask_for_way_in(ANONYMOUS, drawn.slug, his, address=HERE)
    for errand_id in session.scalars(select(ErrandRow.id)).all():
        run_errand(errand_id)
    carry_letters()
    assert his not in [letter.to for letter in outbox()]
    for page in (f"/my/{place().id}", f"/my/{place().id}/leave"):
        assert browser.get(page).status_code == 404
    for agrees in (True, False):
        with pytest.raises(NotFound):
            answer_address(olga, place().id, agrees=agrees)
    assert email_of(session, place()) == "ana@example.org"


def test_a_link_from_before_the_draw_does_not_open_a_match_that_was_drawn_since(
    exchange, olga, place, session, posted, ana, client_of
):
    """T-17: he asks before the draw, waits, draws, and only then follows the link to his mailbox."""
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    letter = posted("confirm_address")
    before = fingerprint(session, besides=SPENDING)
    with pytest.raises(NotAgreed, match="Ana has to agree first"):
        confirm(letter)
    assert fingerprint(session, besides=SPENDING) == before
    assert fill_in(client_of(None), path_in(letter)).status_code == 409
    answer_address(ana, place().id, agrees=True)
    carry_letters()
    confirm(posted("confirm_address"))
    assert email_of(session, place()) == NEW


def test_when_it_is_over_nothing_moves_any_more(drawn, olga, place, session, posted, ana):
    change_address(olga, drawn.id, place().id, NEW)
    answer_address(ana, place().id, agrees=True)
    carry_letters()
    cancel_exchange(olga, drawn.id)
    with pytest.raises(AlreadyOver):
        confirm(posted("confirm_address"))
    with pytest.raises(AlreadyOver):
        change_address(olga, drawn.id, place("Ben").id, "ben@new.example.org")


def test_a_latecomer_who_said_yes_is_not_replaced_without_a_word(
    drawn, olga, place, session, posted, outbox, client_of, come_late
):
    """T-17: their place is confirmed only when they are let in, and theirs all the same."""
    zoe = come_late(drawn.id, ZOE)
    browser, path = client_of(olga), f"/exchanges/{drawn.id}/people/{zoe}/address"
    page = browser.get(path).text
    assert "A letter asks at zoe@example.org" in page
    assert "changes at once" not in page
    assert fill_in(browser, path, email=NEW).status_code == 303
    assert (posted("address_asked").to, posted("confirm_address")) == ("zoe@example.org", None)
    assert NEW not in [letter.to for letter in outbox()]
    assert email_of(session, place("Zoe")) == "zoe@example.org"
    let_in(olga, drawn.id, zoe)
    holder = guest(session.get_one(Person, place("Zoe").person_id))
    assert queries.participant_page(session, holder, zoe).is_in_question, "nobody's match is open meanwhile"


def test_a_latecomer_answers_on_their_page_and_moves_with_their_yes(
    drawn, olga, place, session, posted, client_of, come_late
):
    zoe = come_late(drawn.id, ZOE)
    change_address(olga, drawn.id, zoe, NEW)
    browser = client_of(guest(session.get_one(Person, place("Zoe").person_id)))
    assert "Is this your address now?" in browser.get(f"/my/{zoe}").text
    assert fill_in(browser, f"/my/{zoe}/address", answer="yes").status_code == 303
    carry_letters()
    confirm(posted("confirm_address"))
    assert email_of(session, place("Zoe")) == NEW
    assert posted("address_moved").to == "zoe@example.org"
    let_in(olga, drawn.id, zoe)


def test_a_latecomer_who_has_not_answered_is_simply_asked_elsewhere(drawn, olga, place, session, posted):
    zoe = add_late(olga, drawn.id, ZOE, [])
    assert change_address(olga, drawn.id, zoe, NEW) is True
    assert email_of(session, place("Zoe")) == NEW
    assert (posted("invited").to, posted("address_moved")) == (NEW, None)


# --- what an organiser does not touch -----------------------------------------------------------


def test_accounts_other_places_and_wards_stay_with_whoever_has_them(
    exchange, olga, place, session, stage, posted
):
    """The change concerns this place and no other: an organiser here is a stranger there."""
    with stage() as staged:
        otto = make_account(staged, "Otto")
        other = make_exchange(staged, people=0, organiser=otto)
        theirs = make_participant(staged, other, "Ana there")
        old = staged.get_one(Participant, place().id).person_id
        theirs.person_id = old
        staged.add(
            Account(
                person_id=old,
                email="ana@example.org",
                password_hash="",
                created_at=LONG_AGO,
                changed_at=LONG_AGO,
            )
        )
        staged.add(Guardian(ward_id=place("Dan").person_id, guardian_id=old))
        staged.add(
            WebSession(
                digest=b"x" * 32,
                person_id=old,
                created_at=LONG_AGO,
                seen_at=LONG_AGO,
                idle_at=LONG_AGO,
                ends_at=LONG_AGO,
                proved_at=LONG_AGO,
            )
        )
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    confirm(posted("confirm_address"))
    assert place().person_id != old
    session.expire_all()
    assert session.get_one(Participant, theirs.id).person_id == old
    assert session.get_one(Person, old).email == "ana@example.org"
    assert session.scalars(select(Account.person_id).where(Account.email == "ana@example.org")).one() == old
    assert session.scalars(select(Guardian.guardian_id)).one() == old
    assert session.scalars(select(WebSession).where(WebSession.digest == b"x" * 32)).one().person_id == old


def test_households_hold_for_the_new_address_too(exchange, olga, place, session, posted):
    """SK-69: an exclusion is not lost by a new address."""
    keep_household_apart(olga, exchange.id, "Oak Road", [place().id, place("Ben").id])
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    confirm(posted("confirm_address"))
    here = session.scalars(select(HouseholdMember.person_id)).all()
    assert set(here) == {place().person_id, place("Ben").person_id}
    page = queries.rules_in_names(session, olga, exchange.id)
    assert [sorted(home.members) for home in page.households] == [["Ana", "Ben"]]


def test_only_organisers_ask_and_only_holders_answer(exchange, olga, place, session, stage, ana):
    """T-39."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        other = make_exchange(staged, people=0, organiser=olga)
    change_address(olga, exchange.id, place("Ben").id, NEW)
    before = fingerprint(session, besides=SPENDING)
    for actor, exchange_id, seat_id in (
        (stranger, exchange.id, place().id),
        (ana, exchange.id, place().id),
        (ANONYMOUS, exchange.id, place().id),
        (olga, other.id, place().id),
        (olga, exchange.id, UUID(MISSING)),
    ):
        with pytest.raises(NotFound):
            change_address(actor, exchange_id, seat_id, "x@example.org")
        with pytest.raises(NotFound):
            take_back_address(actor, exchange_id, seat_id)
    for actor in (olga, stranger, ana, ANONYMOUS):
        with pytest.raises(NotFound):
            answer_address(actor, place("Ben").id, agrees=True)
    assert fingerprint(session, besides=SPENDING) == before


def test_saying_no_and_following_the_link_at_the_same_moment_is_one_of_them(
    exchange, olga, place, session, posted, ana
):
    """They meet at the link's row, which one uses up and the other ends, with or without other locks."""
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    letter, seat_id = posted("confirm_address"), place().id
    results = at_once(lambda: confirm(letter), lambda: answer_address(ana, seat_id, agrees=False))
    assert problems_among(results) in (["NotFound"], ["ExpiredLink"])
    assert email_of(session, place()) == (
        "ana@example.org" if problems_among(results) == ["ExpiredLink"] else NEW
    )


def test_the_address_that_was_asked_for_is_forgotten_with_the_rest(drawn, olga, place, session, stage, now):
    """SK-98, and erasure: it is somebody's, whether they ever answered or not."""
    change_address(olga, drawn.id, place().id, NEW)
    change_address(olga, drawn.id, place("Ben").id, "ben@new.example.org")
    with transaction(SYSTEM) as work:
        belongings.erase_from_exchanges(work, place().person_id)
    assert list(session.scalars(select(NewAddress.email))) == ["ben@new.example.org"]
    cancel_exchange(olga, drawn.id)
    now.advance(days=40)
    purge_in_time(SYSTEM, drawn.id)
    assert session.scalars(select(NewAddress)).all() == []


def test_a_draft_changes_without_a_letter(stage, olga, session, outbox):
    with stage() as staged:
        draft = make_exchange(staged, people=0, organiser=olga, state=ExchangeState.DRAFT)
    (seat_id,) = add_people(olga, draft.id, [Newcomer("Zoe", "zoe@exmaple.org")], language="en")
    change_address(olga, draft.id, seat_id, "zoe@example.org")
    assert outbox() == []
    assert session.get_one(Exchange, draft.id).state is ExchangeState.DRAFT


# --- letters that it writes ---------------------------------------------------------------------


def test_saying_yes_twice_is_saying_it_once(drawn, olga, place, outbox, ana):
    """T-9: whoever presses again fills nobody's mailbox."""
    change_address(olga, drawn.id, place().id, NEW)
    for _ in range(20):
        answer_address(ana, place().id, agrees=True)
    assert [letter.kind for letter in outbox() if letter.to == NEW] == ["exchanges.confirm_address"]


def test_a_yes_costs_the_new_mailbox_a_letter(exchange, olga, place, outbox, ana, now):
    """T-9: three a day that nobody there has asked for, whoever has them written."""
    change_address(olga, exchange.id, place().id, NEW)
    answer_address(ana, place().id, agrees=True)
    now.advance(hours=2)
    change_address(olga, exchange.id, place().id, NEW)
    with pytest.raises(TooMany):
        answer_address(ana, place().id, agrees=True)
    answer_address(ana, place().id, agrees=False)
    assert len([letter for letter in outbox() if letter.to == NEW]) == 3


def test_somebody_of_last_year_is_asked_the_same_at_the_address_that_is_right(
    drawn, olga, place, session, posted, client_of, now
):
    """The letter that came back is forgotten with the address; they can say no all the same."""
    again_id = begin_again(olga, drawn.id, {"closes_on": date(2027, 12, 1), "gifts_on": date(2027, 12, 24)})
    cancel_exchange(olga, drawn.id)
    open_exchange(olga, again_id)
    deliver_due(Lost(), sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False)
    found = select(Participant).where(Participant.exchange_id == again_id, Participant.name == "Ana")
    seat = session.scalars(found).one()
    assert change_address(olga, again_id, seat.id, NEW) is True
    letter = posted("invited_again")
    assert letter.to == NEW
    carry_letters()
    page = client_of(None).get(path_in(posted("invited_again"))).text
    assert "Not this time" in page
    now.advance(minutes=6)
    renew_link(olga, again_id, seat.id)
    renew_link(olga, again_id, seat.id)
    assert posted("confirm_joining") is None


def test_an_address_of_somebody_who_left_is_told_from_one_that_is_in(exchange, olga, place, ana, session):
    """SK-61: they are on no list, so the organiser must not look for them there."""
    leave(guest(session.get_one(Person, place("Ben").person_id)), place("Ben").id)
    with pytest.raises(LeftBefore, match="Ben had a place with this address, and left"):
        change_address(olga, exchange.id, place().id, "ben@example.org")


def test_somebody_who_joined_and_left_meanwhile_is_not_moved_over(
    exchange, olga, place, stage, session, posted
):
    change_address(olga, exchange.id, place().id, NEW)
    carry_letters()
    with stage() as staged:
        zoe = make_participant(staged, exchange, "Zoe")
        staged.get_one(Person, zoe.person_id).email = NEW
    leave(guest(session.get_one(Person, zoe.person_id)), zoe.id)
    with pytest.raises(LeftBefore, match="Zoe"):
        confirm(posted("confirm_address"))
