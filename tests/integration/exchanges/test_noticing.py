"""What organisers hear of by letter, who asked for it (SK-90, SK-91, SK-92)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.app.features import ERASE_STEPS
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.exchanges.models import ExchangeOrganiser, ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.platform.mail import letters
from tests.factories import make_account, make_exchange, make_participant
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import fill_in


@pytest.fixture
def otto(stage, admin):
    with stage() as session:
        return make_account(session, "Otto")


@pytest.fixture
def exchange(stage, olga, otto):
    """Of Olga and Otto, closed, with Ana, Ben, Cleo, Dan and Quillonia."""
    with stage() as session:
        found = make_exchange(session, people=4, organiser=olga, state=ExchangeState.CLOSED)
        make_participant(session, found, "Quillonia")
        session.add(ExchangeOrganiser(exchange_id=found.id, person_id=otto.person_id, since_at=LONG_AGO))
    return found


@pytest.fixture
def notices(outbox):
    """`notices("names_drawn")` answers the letters of that kind, written out."""

    def look(name: str) -> list[tuple[str, letters.Rendered]]:
        found = (one for one in outbox() if one.kind == f"exchanges.{name}")
        return [(one.to, letters.render(letters.unpack(one.kind, one.fields), None)) for one in found]

    return look


def choose(client_of, actor, exchange, **wanted: str) -> None:
    assert fill_in(client_of(actor), f"/exchanges/{exchange.id}/notices", **wanted).status_code == 303


def seat_of(session, name: str) -> Participant:
    return session.scalars(select(Participant).where(Participant.name == name)).one()


def test_the_page_offers_all_three(client_of, olga, exchange):
    page = client_of(olga).get(f"/exchanges/{exchange.id}/organisers").text
    for name in ("hears_of_joining", "hears_of_leaving", "hears_of_drawing"):
        assert f'name="{name}"' in page


def test_whoever_asked_hears_how_many_were_drawn_and_never_who(client_of, olga, otto, exchange, notices):
    """SK-91."""
    choose(client_of, otto, exchange, hears_of_drawing="y")
    draw_names(olga, exchange.id)
    ((to, letter),) = notices("names_drawn")
    assert to == "otto@example.org"
    assert "5 people take part" in letter.text
    assert f"/exchanges/{exchange.id}/letters" in letter.text
    everything = letter.subject + letter.text + letter.html
    assert [name for name in ("Ana", "Ben", "Cleo", "Dan", "Quillonia") if name in everything] == []


def test_drawing_again_is_told_too(client_of, olga, exchange, notices):
    choose(client_of, olga, exchange, hears_of_drawing="y")
    draw_names(olga, exchange.id)
    redraw_names(olga, exchange.id, "A mistake")
    first, second = notices("names_drawn")
    assert "drawn again" in second[1].text
    assert "drawn again" not in first[1].text


def test_who_is_taken_out_of_the_draw_is_told_to_those_who_asked(client_of, olga, exchange, notices, session):
    """SK-90."""
    choose(client_of, olga, exchange, hears_of_leaving="y")
    draw_names(olga, exchange.id)
    drop_out(olga, exchange.id, seat_of(session, "Ben").id)
    ((to, letter),) = notices("somebody_left")
    assert to == "olga@example.org"
    assert "Ben does not take part" in letter.text
    assert "4 confirmed people" in letter.text


@pytest.mark.parametrize("is_drawn", [False, True])
def test_an_erasure_is_told_without_the_name(
    client_of, olga, otto, exchange, notices, session, outbox, is_drawn
):
    """SK-90; what is to be forgotten is in no letter either."""
    choose(client_of, otto, exchange, hears_of_leaving="y")
    if is_drawn:
        draw_names(olga, exchange.id)
    person_id = seat_of(session, "Quillonia").person_id
    session.commit()
    erase_person(SYSTEM, person_id, steps=ERASE_STEPS)
    ((to, letter),) = notices("somebody_forgotten")
    assert to == "otto@example.org"
    assert "4 confirmed people" in letter.text
    assert ("somebody has drawn them" in letter.text) is is_drawn
    assert [one.kind for one in outbox() if "Quillonia" in str(one.fields)] == []


@pytest.mark.parametrize("then", [ExchangeState.DRAFT, ExchangeState.CANCELLED])
def test_an_erasure_that_matters_to_nobody_is_not_told(client_of, stage, olga, notices, session, then):
    facts = {"ended_at": LONG_AGO} if then is ExchangeState.CANCELLED else {}
    with stage() as staged:
        over = make_exchange(staged, people=0, organiser=olga, state=then, **facts)
        opened = make_exchange(staged, people=0, organiser=olga)
        seat = make_participant(staged, over, "Quillonia")
        unanswered = make_participant(staged, opened, "Brambertus", confirmed=False)
    for one in (over, opened):
        choose(client_of, olga, one, hears_of_leaving="y")
    for person_id in (seat.person_id, unanswered.person_id):
        erase_person(SYSTEM, person_id, steps=ERASE_STEPS)
    assert notices("somebody_forgotten") == []


def test_an_organiser_who_is_erased_hears_nothing_of_it(client_of, stage, olga, exchange, notices, session):
    choose(client_of, olga, exchange, hears_of_leaving="y")
    with stage() as staged:
        row = staged.get_one(ExchangeOrganiser, (exchange.id, olga.person_id))
        row.person_id = seat_of(session, "Quillonia").person_id
    session.commit()
    erase_person(SYSTEM, seat_of(session, "Quillonia").person_id, steps=ERASE_STEPS)
    assert notices("somebody_forgotten") == []
