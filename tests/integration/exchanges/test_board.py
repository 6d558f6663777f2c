"""What became of everybody's letters, for those who run the exchange (G11)."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Guardian, Person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.feature import FEATURE
from kinkeeper.features.exchanges.models import ExchangeState, Participant
from kinkeeper.features.exchanges.queries import Reach, board, board_of
from kinkeeper.features.exchanges.rules.stopping import STOPPED
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, enter, join
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.features.exchanges.service.reminding import remind_in_time, say_ready, tell_of_wishes
from kinkeeper.features.exchanges.service.telling import Telling
from kinkeeper.features.exchanges.service.wishing import write_wishes
from kinkeeper.features.exchanges.web.letters import KINDS
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.work import read_session
from kinkeeper.platform.live.events import LiveEvent
from kinkeeper.platform.mail.delivery import deliver_due
from kinkeeper.platform.mail.transports import Deferred, Receipt, Refused, Unsure
from tests.factories import guest, make_account, make_exchange, make_participant, make_person
from tests.integration.web.support import at_once, carry_letters, secret_in

LEASE = Lease(timedelta(days=14), timedelta(days=90))
READY = "exchanges.match_ready"


class Server:
    """A mail server that answers each address as it is told, and takes the rest."""

    name = "smtp"

    def __init__(self, **answers: Exception) -> None:
        self.answers = answers

    def send(self, message, *, once: str) -> Receipt:
        trouble = self.answers.get(message["To"].partition("@")[0])
        if trouble is not None:
            raise trouble
        return Receipt(once)

    def close(self) -> None:
        """Nothing is open."""


def deliver(**answers: Exception) -> None:
    deliver_due(
        Server(**answers), sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False
    )


@pytest.fixture
def drawn(stage, olga):
    """Ana, Ben, Cleo, Dan and Eve, whose letters wait."""
    with stage() as session:
        exchange = make_exchange(session, people=5, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, exchange.id)
    return exchange


@pytest.fixture
def reach(olga, session):
    """`reach(exchange)` answers how far everybody's letter has come, by name."""

    def look(exchange) -> dict[str, Reach]:
        session.expire_all()
        return {line.name: line.reach for line in board_of(session, olga, exchange.id).lines}

    return look


def letter_to(outbox, name: str, kind: str = READY):
    return next(one for one in reversed(outbox()) if one.to.startswith(name) and one.kind == kind)


def follow(letter, kind: str = "ready") -> None:
    enter(ANONYMOUS, kind, secret_in(letter), address="192.0.2.1", lease=LEASE)


def seat_id_of(session, name: str):
    return session.scalars(select(Participant.id).where(Participant.name == name)).one()


def test_each_letter_s_state_is_told_apart(drawn, reach, outbox):
    """Queued, sent, refused, of which nobody knows, and visited."""
    assert set(reach(drawn).values()) == {Reach.WAITING}
    deliver(ben=Refused("550 5.1.1 no such user"), cleo=Unsure("cut off"), dan=Deferred("451 later"))
    assert reach(drawn) == {
        "Ana": Reach.SENT,
        "Ben": Reach.REFUSED,
        "Cleo": Reach.WAITING,  # it is tried again
        "Dan": Reach.WAITING,
        "Eve": Reach.SENT,
    }
    follow(letter_to(outbox, "ana"))
    assert reach(drawn)["Ana"] is Reach.VISITED


def test_a_letter_of_which_nobody_knows_stays_so(drawn, reach, now):
    for _ in range(4):
        deliver(cleo=Unsure("cut off"))
        now.advance(hours=2)
    assert reach(drawn)["Cleo"] is Reach.UNSURE


def test_what_stays_in_the_built_in_mailbox_is_not_called_sent(drawn, reach):
    carry_letters()
    assert set(reach(drawn).values()) == {Reach.KEPT}


def test_whoever_looks_at_their_page_without_the_link_was_here_too(drawn, reach, session, client_of, now):
    """Whether their match is a new one makes no difference: it is no matter of the match (T-14)."""
    carry_letters()
    deliver()
    now.advance(hours=1)
    seat = session.get_one(Participant, seat_id_of(session, "Eve"))
    client = client_of(guest(session.get_one(Person, seat.person_id)))
    session.commit()
    client.get(f"/my/{seat.id}")
    assert reach(drawn)["Eve"] is Reach.VISITED
    assert reach(drawn)["Dan"] is Reach.KEPT


def test_a_newer_letter_begins_anew_and_one_without_a_link_replaces_none(drawn, olga, reach, outbox, now):
    """Who was here before the names were drawn again has not been here since."""
    deliver(ben=Refused("550 no"))
    follow(letter_to(outbox, "ana"))
    now.advance(hours=1)
    change_plan(olga, drawn.id, {"budget": "around £5"}, telling=Telling.YES)
    now.advance(minutes=11)
    deliver()
    assert reach(drawn)["Ana"] is Reach.SENT
    assert reach(drawn)["Ben"] is Reach.REFUSED, "the link to their match never reached them"


def test_of_two_who_look_after_a_child_the_worse_counts(stage, olga, reach):
    with stage() as session:
        exchange = make_exchange(session, people=3, organiser=olga, state=ExchangeState.CLOSED)
        child = make_participant(session, exchange, "Child")
        ward = session.get_one(Person, child.person_id)
        ward.email = None
        for name in ("Mum", "Dad"):
            session.add(Guardian(ward_id=ward.id, guardian_id=make_person(session, name).id))
    draw_names(olga, exchange.id)
    deliver(dad=Refused("550 5.2.2 full"))
    assert reach(exchange)["Child"] is Reach.REFUSED


def test_whoever_left_stands_on_no_board(drawn, stage, reach, session):
    with stage() as staged:
        staged.get_one(Participant, seat_id_of(session, "Eve")).withdrawn_at = drawn.created_at
    assert "Eve" not in reach(drawn)


def test_whoever_joins_while_a_board_is_read_is_on_the_next(stage, olga, reach, monkeypatch):
    """Its people and their letters are of one moment, on both engines."""
    with stage() as session:
        exchange = make_exchange(session, people=3, organiser=olga)
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    plain, newcomers = board.BoardLine, [lambda: join(ANONYMOUS, exchange.slug, zoe, address="192.0.2.1")]

    def line(*row):
        if newcomers:
            assert at_once(newcomers.pop()) == [None]
        return plain(*row)

    monkeypatch.setattr(board, "BoardLine", line)
    lines = board_of(read_session(), olga, exchange.id).lines
    assert [one.name for one in lines] == ["Ana", "Ben", "Cleo"]
    assert reach(exchange)["Zoe"] is Reach.WAITING


# --- the pages


def test_the_page_says_what_came_back_and_why(drawn, olga, client_of, session, outbox):
    """In words first, and what the server said without what could open anything (T-16)."""
    secret = secret_in(letter_to(outbox, "ben"))
    deliver(ben=Refused(f"550 5.1.1 no mailbox, see http://kinkeeper.test/ready/{secret}"))
    path = f"/exchanges/{drawn.id}/letters"
    page = html.unescape(client_of(olga).get(path).text)
    assert "A letter came back" in page
    assert "There is no such mailbox" in page
    ben = html.unescape(client_of(olga).get(f"{path}/{seat_id_of(session, 'Ben')}").text)
    assert "550 5.1.1 no mailbox, see …" in ben
    assert re.search(r"2026,? 0?9:00(?!:)", ben), "no finer than minutes"
    for text in (page, ben):
        assert secret not in text
    assert secret not in str(letter_to(outbox, "ben").last_error)


def test_no_page_holds_a_link_of_somebody_else(drawn, olga, client_of, outbox, session):
    """T-16."""
    deliver()
    for where in ("", *(f"/{seat.id}" for seat in queries.all_seats(session, drawn.id))):
        page = client_of(olga).get(f"/exchanges/{drawn.id}/letters{where}").text
        assert [one.to for one in outbox() if secret_in(one) in page] == []


def all_that_a_board_tells(session, olga, drawn):
    """Answer it of everybody, and how often an open page was told to look again."""
    session.expire_all()
    board = board_of(session, olga, drawn.id)
    each = [queries.letters_to(session, olga, drawn.id, line.id)[1] for line in board.lines]
    events = session.scalars(select(LiveEvent.kind).where(LiveEvent.kind.startswith("letter."))).all()
    return board.lines, each, queries.undelivered(session, drawn.id), events


def test_nobody_who_runs_it_learns_whose_gift_is_ready(drawn, olga, outbox, session, now):
    """SK-6: nobody is reminded of what is done, so to whom such a letter goes is for nobody's eyes."""
    ana = session.get_one(Participant, seat_id_of(session, "Ana"))
    say_ready(guest(session.get_one(Person, ana.person_id)), ana.id, ready=True)
    write_wishes(SYSTEM, ana.id, "Socks")
    deliver()
    before = all_that_a_board_tells(session, olga, drawn)
    now.moment = datetime(2026, 12, 17, 18, 0, tzinfo=UTC)
    remind_in_time(SYSTEM, drawn.id)
    tell_of_wishes(SYSTEM, drawn.id)
    deliver(ben=Refused("550 gone"))
    kinds = [one.kind for one in outbox() if one.kind in STOPPED.values()]
    assert sorted(kinds) == ["exchanges.gifts_soon"] * 4 + ["exchanges.wishes_changed"] * 4
    assert all_that_a_board_tells(session, olga, drawn) == before


def test_a_board_is_for_those_who_run_it(drawn, stage, client_of, session):
    """T-39."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    ana = session.get_one(Participant, seat_id_of(session, "Ana"))
    for where in ("letters", f"letters/{ana.id}", "live"):
        assert client_of(stranger).get(f"/exchanges/{drawn.id}/{where}").status_code == 404
    with stage() as staged:
        other = make_exchange(staged, people=0, organiser=stranger)
    assert client_of(stranger).get(f"/exchanges/{other.id}/letters/{ana.id}").status_code == 404


@pytest.mark.parametrize("people", [10, 500])
def test_a_board_takes_as_many_statements_for_ten_as_for_five_hundred(
    stage, olga, client_of, people, queries_at_most
):
    with stage() as session:
        exchange = make_exchange(session, people=people, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, exchange.id)
    client, path = client_of(olga), f"/exchanges/{exchange.id}/letters"
    client.get(path)
    with queries_at_most(6):
        page = client.get(path)
    assert page.text.count('class="row"') == people
    assert len(page.data) < 12_000 + 300 * people, "the whole of five hundred is no heavier than a photograph"


# --- live


def events(session, topic: str) -> list[tuple[str, object]]:
    found = session.execute(
        select(LiveEvent.kind, LiveEvent.subject_id).where(LiveEvent.topic == topic).order_by(LiveEvent.id)
    )
    return [tuple(row) for row in found]


def test_open_boards_hear_of_every_step_of_a_letter(drawn, session, outbox):
    """And of nothing but which place it is about; a hundred letters in one act are told once."""
    topic, ana, ben = f"exchange/{drawn.id}", seat_id_of(session, "Ana"), seat_id_of(session, "Ben")
    assert events(session, topic) == [("letter.queued", None)]
    deliver(ben=Refused("550 no"))
    told = events(session, topic)[1:]
    assert len(told) == 5
    assert {("letter.sent", ana), ("letter.failed", ben)} <= set(told)
    follow(letter_to(outbox, "ana"))
    assert events(session, topic)[-1] == ("seat.visited", ana)


def test_telling_takes_no_commit_of_its_own(drawn, engine):
    """A letter's outcome, its event and the next letter's beginning are one transaction."""
    from sqlalchemy import event

    committed = []

    def note(_connection) -> None:
        committed.append(1)

    event.listen(engine, "commit", note)
    try:
        deliver()
    finally:
        event.remove(engine, "commit", note)
    assert len(committed) == 1 + 5 + 1


def test_the_picture_has_its_numbers_in_words(drawn, olga, client_of):
    deliver(ben=Refused("550 no"))
    page = client_of(olga).get(f"/exchanges/{drawn.id}/letters").text
    assert re.search(r"Sent <strong>4</strong>", page)
    assert re.search(r"Came back <strong>1</strong>", page)
    assert page.count("<rect") == 2


def test_the_exchange_s_own_page_keeps_who_is_in_up_to_date(drawn, olga, client_of, session):
    page = client_of(olga).get(f"/exchanges/{drawn.id}").text
    newest = max(session.scalars(select(LiveEvent.id)))
    assert f'data-live="/exchanges/{drawn.id}/live?after={newest}"' in page


def test_every_letter_that_a_board_shows_says_what_it_is_about():
    """No organiser has to guess what another letter was."""
    about_places = {kind.kind for kind in FEATURE.letters if "participant_id" in kind.__dataclass_fields__}
    assert about_places - set(STOPPED.values()) == set(KINDS)
