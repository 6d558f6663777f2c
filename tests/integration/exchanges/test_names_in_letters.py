"""Letters say whom one gives to only where the group has chosen so, and nothing else does (T-15)."""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from kinkeeper.app.tables import METADATA
from kinkeeper.features.accounts.models import Circle, Guardian, Person
from kinkeeper.features.accounts.service.caring import remove_guardian
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.jobs import purge_in_time
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.organising import open_exchange
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.revealing import reveal_match
from kinkeeper.features.exchanges.service.ruling import DrawWishes, NamingSettled, wish_draw
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.mail import files
from kinkeeper.platform.mail.delivery import deliver_due
from kinkeeper.platform.mail.transports import Folder, Receipt, Refused
from tests.factories import guest, make_exchange, make_participant, make_person
from tests.integration.web.support import bearer, carry_letters, fill_in

PEOPLE = ("Quillonia", "Brambertus", "Zephyrella", "Oddvarine")
NAMED = DrawWishes(Shape.ANY, 3, publishes_draw=False, names_in_letters=True)


class Post:
    """A mail server that keeps what it is handed, or refuses it with its own words."""

    name = "smtp"

    def __init__(self, refusal: str = "") -> None:
        self.refusal = refusal
        self.taken: dict[str, list] = {}

    def send(self, message, *, once: str) -> Receipt:
        if self.refusal:
            raise Refused(f"{self.refusal} {message.get_body(('plain',)).get_content()}")
        self.taken.setdefault(message["To"].partition("@")[0], []).append(message)
        return Receipt(once)

    def close(self) -> None:
        """Nothing is open."""

    def text(self, name: str) -> str:
        return self.taken[name.lower()][-1].get_body(("plain",)).get_content()

    def sheet(self, name: str) -> str:
        return self.taken[name.lower()][-1].get_body(("html",)).get_content()


def deliver(transport) -> None:
    deliver_due(transport, sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False)


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        found = make_exchange(session, people=0, organiser=olga, state=ExchangeState.CLOSED)
        for name in PEOPLE:
            make_participant(session, found, name, wishes=f"A kite\n& a <b>drum</b> for {name}")
    return found


def choose(stage, exchange) -> None:
    """The group has chosen so, before its list was closed."""
    with stage() as session:
        session.get_one(Exchange, exchange.id).names_in_letters = True


@pytest.fixture
def pairs(session, exchange):
    """`pairs()` answers who gives to whom."""

    def look() -> dict[str, str]:
        session.expire_all()
        stood = queries.standing(session, exchange.id)
        name_of = {seat.id: seat.name for seat in stood.seats}
        found = {name_of[one]: name_of[other] for one, other in stood.receivers.items()}
        session.commit()
        return found

    return look


def test_a_letter_names_nobody_unless_the_group_wants_it(olga, exchange, pairs):
    """The default (T-15)."""
    draw_names(olga, exchange.id)
    post = Post()
    deliver(post)
    for giver, receiver in pairs().items():
        message = post.taken[giver.lower()][0].as_string()
        assert receiver not in message
        assert "kite" not in message
        assert "where only you can see it" in " ".join(post.text(giver).split())


def test_where_it_does_the_letter_says_name_and_wishes_and_its_subject_neither(stage, olga, exchange, pairs):
    """T-22: a preview on a locked screen shows the subject first."""
    choose(stage, exchange)
    draw_names(olga, exchange.id)
    post = Post()
    deliver(post)
    for giver, receiver in pairs().items():
        assert f"You give to: {receiver}" in post.text(giver)
        assert f"for {receiver}" in post.text(giver)
        assert f"&amp; a &lt;b&gt;drum&lt;/b&gt; for {receiver}" in post.sheet(giver)
        assert receiver not in post.taken[giver.lower()][0]["Subject"]
        others = set(PEOPLE) - {giver, receiver}
        assert [name for name in others if name in post.text(giver)] == []


def test_no_row_holds_the_pair_before_or_after(stage, olga, exchange, session, pairs):
    """What waits, is sent or comes back: ids and the giver's own name, and nothing of the receiver."""
    choose(stage, exchange)
    draw_names(olga, exchange.id)
    receiver_of, table = pairs(), METADATA.tables["outbox_letter"]

    def told() -> list[str]:
        rows = session.execute(select(table)).all()
        session.commit()
        assert len(rows) == len(PEOPLE)
        giving = ((receiver_of[row.fields["name"]], str(tuple(row))) for row in rows)
        return [receiver for receiver, row in giving if receiver in row or "kite" in row]

    assert told() == []
    deliver(Post("550 5.7.1 we do not like"))
    assert told() == [], "some servers repeat what they refuse"
    assert {row.last_error for row in session.execute(select(table))} == {"550 5.7.1"}


def test_what_leaves_late_names_the_match_that_counts_by_then(stage, olga, exchange, pairs):
    choose(stage, exchange)
    draw_names(olga, exchange.id, seed=bytes(32))
    redraw_names(olga, exchange.id, "A mistake", seed=bytes(range(32)))
    post = Post()
    deliver(post)
    for giver, receiver in pairs().items():
        assert all(f"You give to: {receiver}" in one.as_string() for one in post.taken[giver.lower()])


def test_what_waits_names_nobody_to_whom_looks_after_the_giver_no_more(stage, olga, exchange, session, pairs):
    """T-17: two looked after Oddvarine when the names were drawn, and one of them does not any more."""
    choose(stage, exchange)
    with stage() as staged:
        child = staged.scalars(select(Person).where(Person.name == "Oddvarine")).one()
        child.email = child.confirmed_at = None
        circle = staged.get_one(Circle, child.circle_id)
        readers = [make_person(staged, name, circle=circle) for name in ("Gran", "Uncle")]
        staged.add_all(Guardian(ward_id=child.id, guardian_id=reader.id) for reader in readers)
    draw_names(olga, exchange.id)
    remove_guardian(SYSTEM, child.id, readers[1].id, expected=())
    post = Post()
    deliver(post)
    receiver = pairs()["Oddvarine"]
    assert f"gives to: {receiver}" in post.text("Gran")
    assert receiver not in post.taken["uncle"][-1].as_string()


def test_a_repair_tells_everybody_alike(stage, olga, exchange, session, pairs):
    """T-14: also those whose match stayed are told it again."""
    choose(stage, exchange)
    draw_names(olga, exchange.id)
    deliver(Post())
    seat = session.scalars(select(Participant).where(Participant.name == "Oddvarine")).one()
    session.commit()
    drop_out(olga, exchange.id, seat.id)
    post = Post()
    deliver(post)
    assert len(pairs()) == 3
    for giver, receiver in pairs().items():
        assert f"You give to: {receiver}" in post.text(giver)


def test_a_letter_about_somebody_s_look_names_nobody(stage, olga, exchange, session, pairs):
    choose(stage, exchange)
    draw_names(olga, exchange.id)
    deliver(Post())
    giver = session.scalars(select(Participant).where(Participant.name == "Quillonia")).one()
    session.commit()
    reveal_match(olga, exchange.id, giver.id, "Ill")
    post = Post()
    deliver(post)
    assert pairs()["Quillonia"] not in post.taken["quillonia"][0].as_string()


def test_the_built_in_mailbox_does_not_show_it_to_the_administrator(
    stage, olga, admin, exchange, outbox, pairs, client_of
):
    choose(stage, exchange)
    draw_names(olga, exchange.id)
    carry_letters()
    for row in outbox():
        for where in ("", "/sheet"):
            page = client_of(admin).get(f"/admin/mailbox/{row.id}{where}").text
            assert pairs()[row.fields["name"]] not in page


def test_what_waits_says_less_once_the_organiser_thinks_better_of_it(stage, olga, exchange, pairs):
    choose(stage, exchange)
    draw_names(olga, exchange.id)
    wish_draw(olga, exchange.id, DrawWishes(Shape.ANY, 3, publishes_draw=False))
    post = Post()
    deliver(post)
    for giver, receiver in pairs().items():
        assert receiver not in post.taken[giver.lower()][0].as_string()


# --- choosing it


def test_it_is_settled_with_the_draw(olga, exchange, session, client_of):
    draw_names(olga, exchange.id)
    with pytest.raises(NamingSettled):
        wish_draw(olga, exchange.id, NAMED)
    answer = client_of(None).put(
        f"/api/v1/exchanges/{exchange.id}/rules/draw",
        json={"names_in_letters": True},
        headers=bearer(olga),
    )
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "exchange.naming_settled")
    assert not session.get_one(Exchange, exchange.id).names_in_letters


def test_the_form_warns_and_programs_can_choose_it(olga, exchange, session, client_of):
    open_exchange(olga, exchange.id)
    client, path = client_of(olga), f"/exchanges/{exchange.id}/rules"
    page = html.unescape(client.get(path).text)
    assert "those who run the mail servers" in page
    sent = fill_in(client, f"{path}/draw", shape="any", avoid_years="3", names_in_letters="y")
    assert sent.status_code == 303
    assert session.get_one(Exchange, exchange.id).names_in_letters
    program, api = client_of(None), f"/api/v1/exchanges/{exchange.id}/rules"
    assert program.get(api, headers=bearer(olga)).json["data"]["names_in_letters"] is True
    off = program.put(f"{api}/draw", json={}, headers=bearer(olga, "Another"))
    assert off.json["data"]["names_in_letters"] is False


@pytest.mark.parametrize("names", [False, True])
def test_everybody_sees_it_before_they_join_and_on_their_page(stage, olga, session, client_of, names):
    with stage() as staged:
        opened = make_exchange(staged, people=3, organiser=olga, names_in_letters=names)
    ana = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    client = client_of(guest(session.get_one(Person, ana.person_id)))
    session.commit()
    for page in (client_of(None).get(f"/join/{opened.slug}"), client.get(f"/my/{ana.id}")):
        assert ("the letters say whom you give to" in page.text) is names


def test_the_organiser_is_told_before_the_draw_what_the_letters_will_say(stage, olga, exchange, client_of):
    client, only = client_of(olga), "stands on their own page only"
    assert only in client.get(f"/exchanges/{exchange.id}").text
    choose(stage, exchange)
    page = client.get(f"/exchanges/{exchange.id}").text
    assert only not in page
    assert "and says whom they give to" in page


# --- files


@pytest.fixture
def folder(tmp_path) -> Path:
    """Where this house writes its letters."""
    where = tmp_path / "letters"
    files.use_folder(where)
    yield where
    files.use_folder(None)


def run_errands(session) -> None:
    for errand_id in session.scalars(select(ErrandRow.id)).all():
        session.commit()
        run_errand(errand_id)


def test_files_of_letters_are_deleted_with_what_they_were_about(
    stage, olga, exchange, session, folder, now, pairs
):
    """SK-98, G17: nothing personal of a purged exchange stays in the folder; what is not ours does."""
    with stage() as staged:
        other = make_exchange(
            staged, people=3, organiser=olga, state=ExchangeState.CLOSED, gifts_on=date(2027, 12, 24)
        )
    choose(stage, exchange)
    draw_names(olga, exchange.id)
    draw_names(olga, other.id)
    deliver(Folder(folder))
    (folder / "notes.eml").write_text("somebody's own")
    written = {path: path.read_text() for path in folder.glob("*.eml")}
    about_it = [path for path, text in written.items() if any(name in text for name in PEOPLE)]
    assert len(about_it) == 4
    (folder / f".{about_it[0].stem}.4711").write_text("what a killed worker left of it")
    cancel_exchange(olga, exchange.id)
    now.advance(days=31)
    purge_in_time.run(SYSTEM)
    run_errands(session)
    run_errands(session)
    assert set(folder.iterdir()) == set(written) - set(about_it)
    assert folder / "notes.eml" in set(folder.iterdir())
    assert len(written) == 4 + 3 + 1
