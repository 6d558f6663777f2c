"""C-1, G-B10: the master secret is turned while the house lives, and nothing becomes unreadable."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.engine import Engine

from kinkeeper.app import turning
from kinkeeper.app.admin.service import send_again
from kinkeeper.app.features import LASTING, SEALED
from kinkeeper.app.house import furnish, prepare_house
from kinkeeper.app.tables import METADATA
from kinkeeper.app.turning import NothingToTurn, StillNeeded
from kinkeeper.features.accounts.emails import RESET, PasswordReset
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.service import tickets
from kinkeeper.features.accounts.service.tickets import Ticket
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import (
    Assignment,
    Draw,
    Exchange,
    ExchangeState,
    Participant,
)
from kinkeeper.features.exchanges.queries.memory import past_pairs
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.rules.stopping import Stop, read_stop, stop_token
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import complete_exchange
from kinkeeper.kernel import clock, crypto, db, secret_file
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.config import Settings
from kinkeeper.kernel.crypto import Keys
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Problem
from kinkeeper.kernel.work import end_reading, read_session, transaction
from kinkeeper.platform import codes, idempotency, keys, links, mail, resealing
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.idempotency import Call, KeyReused
from kinkeeper.platform.keys import MasterKey, OldSecretMissing, SecretExchanged
from kinkeeper.platform.links import Link, LinkOrder
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending
from tests.conftest import BASE_URL, MASTER, SERVER, secret_of
from tests.factories import make_account, make_exchange, make_participant
from tests.integration.web.support import carry_letters, keep_house

ONE, TWO, THREE = map(secret_of, (1, 2, 3))
embedded = pytest.mark.skipif(bool(SERVER), reason="is about a house in its own folder")


def let_go() -> None:
    """Leave no connection open that nobody will close."""
    end_reading()
    db.Writer.kw["bind"].dispose()


def turned(settings: Settings) -> turning.Turned:
    """Turn it; there is no other process that has to notice."""
    let_go()
    return turning.turn(settings, wait=lambda _seconds: None)


def finished(settings: Settings, meanwhile=lambda: None) -> None:
    let_go()
    turning.finish(settings, wait=lambda _seconds: meanwhile())


def opened(settings: Settings) -> None:
    """Open the house, as a start does."""
    let_go()
    prepare_house(settings).dispose()


@pytest.fixture(autouse=True)
def _ours_again(engine):
    yield
    let_go()
    crypto.unlock(MASTER)
    furnish(BASE_URL)


@pytest.fixture
def settings_with(engine, tmp_path):
    """`settings_with(TWO, ONE)`: the secret TWO, and ONE before it."""

    def make(secret: str, *older: str) -> Settings:
        url = engine.url.render_as_string(hide_password=False)
        return Settings(
            data=tmp_path, base_url=BASE_URL, database_url=url, secret=secret, secrets_old=",".join(older)
        )

    return make


@pytest.fixture
def open_with(settings_with):
    """`open_with(TWO, ONE)` opens the house with these secrets, as a start does."""

    def start(*secrets: str) -> None:
        opened(settings_with(*secrets))

    return start


class Season:
    """A house in which there is something sealed of each kind."""

    def __init__(self, stage) -> None:
        with stage() as staged:
            self.olga = make_account(staged, "Olga")
            today = date(2026, 12, 1)
            facts = {"closes_on": today, "gifts_on": today, "state": ExchangeState.CLOSED}
            exchange = make_exchange(staged, people=5, organiser=self.olga, **facts)
            self.exchange_id, self.series_id = exchange.id, exchange.series_id
            account = staged.get_one(Account, self.olga.account_id)
            account.totp_sealed = crypto.keys().seal("totp", b"JBSWY3DP", bound_to=account.id.bytes)
        draw_names(self.olga, self.exchange_id)
        with stage() as staged:
            for row, salt in _rows(staged):
                row.bought_sealed = sealing.seal_bought(
                    row.draw_id, row.giver_id, salt, {row.giver_id: bytes(8)}
                )
        complete_exchange(self.olga, self.exchange_id)
        with stage() as staged:
            day = date(2027, 12, 24)
            facts = {"closes_on": day, "gifts_on": day, "series_id": self.series_id}
            later = make_exchange(staged, people=0, organiser=self.olga, **facts)
            for seat in queries.all_seats(staged, self.exchange_id):
                make_participant(staged, later, f"New {seat.name}").person_id = seat.person_id
            self.later_id = later.id
            staged.execute(update(OutboxLetter).values(state=Sending.SENT))

    def read(self, session) -> dict[str, object]:
        """Everything that has to be the same whatever the secret is; raises where something does not open."""
        session.expire_all()
        found: dict[str, object] = {}
        for row, salt in _rows(session):
            receiver_id = sealing.unseal(row.draw_id, row.giver_id, salt, row.receiver_sealed)
            assert sealing.mark_of(row.draw_id, receiver_id) == row.receiver_mark
            bought = row.bought_sealed and sealing.bought_of(
                row.draw_id, row.giver_id, salt, row.bought_sealed
            )
            found[f"{row.giver_id}"] = (receiver_id, bought)
        later = session.get_one(Exchange, self.later_id)
        found["past"] = past_pairs(session, later, queries.all_seats(session, later.id), 3)
        account = session.get_one(Account, self.olga.account_id)
        found["totp"] = crypto.keys().unseal("totp", account.totp_sealed, bound_to=account.id.bytes)
        draws = session.scalars(select(Draw).order_by(Draw.id))
        found["documents"] = [sealing.document_of(one.id, one.document_sealed) for one in draws]
        return found


def _rows(session) -> list[tuple[Assignment, bytes]]:
    rows = select(Assignment, Participant.salt).join(Participant, Participant.id == Assignment.giver_id)
    return [(row, salt) for row, salt in session.execute(rows)]


@pytest.fixture
def season(stage, open_with):
    """Under the secret ONE."""
    open_with(ONE)
    return Season(stage)


def left(session) -> int:
    return sum(resealing.left_over(session, one) for one in SEALED)


def test_after_a_turn_everything_opens_and_nothing_is_under_the_old_secret(
    season, session, settings_with, open_with
):
    """C-1: matches, what was bought, past years, documents and second factors."""
    before = season.read(session)
    assert len(before["past"]) == 5
    assert turned(settings_with(TWO, ONE)).unreadable == 0
    assert season.read(session) == before
    assert left(session) == 0
    finished(settings_with(TWO, ONE))
    open_with(TWO)
    assert season.read(session) == before
    actions = session.scalars(select(AuditEntry.action)).all()
    assert {"secret.turned", "secret.retired"} <= set(actions)


def test_marks_stay_unique_after_it(season, session, settings_with, stage):
    """The database still holds "nobody receives twice", and next year avoids this one's pairs."""
    turned(settings_with(TWO, ONE))
    with stage() as staged:
        later = staged.get_one(Exchange, season.later_id)
        later.state = ExchangeState.CLOSED
    draw_names(season.olga, season.later_id)
    past = {(giver, receiver) for giver, receiver, _ in season.read(session)["past"]}
    seats = [seat.id for seat in queries.all_seats(session, season.later_id)]
    drawn = {
        (
            seats.index(row.giver_id),
            seats.index(sealing.unseal(row.draw_id, row.giver_id, salt, row.receiver_sealed)),
        )
        for row, salt in _rows(session)
        if row.giver_id in seats
    }
    assert len(drawn) == 5
    assert not drawn & past


def test_a_turn_said_twice_changes_nothing_more(season, session, settings_with):
    assert turned(settings_with(TWO, ONE)).resealed > 10
    assert turned(settings_with(TWO, ONE)).resealed == 0
    assert len(session.scalars(select(MasterKey)).all()) == 2


def test_a_secret_can_be_turned_again_and_again(season, session, settings_with, open_with):
    """What is kept of the first goes along."""
    before = season.read(session)
    for old, new in ((ONE, TWO), (TWO, THREE), (THREE, ONE)):
        turned(settings_with(new, old))
        finished(settings_with(new, old))
        open_with(new)
        assert season.read(session) == before


def test_without_a_new_secret_there_is_nothing_to_turn(season, settings_with):
    with pytest.raises(NothingToTurn):
        turned(settings_with(ONE))


def test_a_new_secret_without_the_old_one_opens_nothing(season, open_with, settings_with, session):
    with pytest.raises(SecretExchanged):
        open_with(TWO)
    with pytest.raises(SecretExchanged):
        open_with(TWO, THREE)
    turned(settings_with(TWO, ONE))
    with pytest.raises(OldSecretMissing):
        open_with(TWO)
    finished(settings_with(TWO, ONE))
    with pytest.raises(SecretExchanged):
        open_with(ONE)
    open_with(TWO)


def test_a_value_under_a_secret_that_is_nowhere_stops_it(season, stage, settings_with):
    with stage() as staged:
        account = staged.get_one(Account, season.olga.account_id)
        stranger = crypto.Keys(THREE.encode())
        account.totp_sealed = stranger.seal("totp", b"x", bound_to=account.id.bytes)
    with pytest.raises(turning.AnotherSecretMissing):
        turned(settings_with(TWO, ONE))


def test_a_value_that_opened_before_no_more_is_left_alone_and_told(season, stage, session, settings_with):
    with stage() as staged:
        row, _ = _rows(staged)[0]
        row.receiver_sealed = row.receiver_sealed[:-1] + bytes([row.receiver_sealed[-1] ^ 1])
        broken = row.receiver_sealed
    assert turned(settings_with(TWO, ONE)).unreadable == 1
    finished(settings_with(TWO, ONE))
    session.expire_all()
    assert broken in session.scalars(select(Assignment.receiver_sealed)).all()


# --- links, codes, forms


def promise(*, asked_by: bytes | None = None):
    """A letter that waits to be sent; answers it with its link's order."""
    letter_id, subject_id = new_id(), new_id()
    order = LinkOrder("sample.open", subject_id, timedelta(hours=1), "/open", None, asked_by)
    with transaction(SYSTEM) as work:
        links.promise(work, {letter_id: order})
    return letter_id, order


def test_the_links_and_codes_of_letters_on_their_way_work_after_it(season, session, settings_with, now):
    letter_id, order = promise(asked_by=b"browser")
    code = codes.code_for(letter_id, order.purpose, order.subject_id)
    turned(settings_with(TWO, ONE))
    key_id = session.get_one(Link, letter_id).key_id
    secret = links.secret_for(letter_id, order.purpose, order.subject_id, key_id)
    assert links.look_at(read_session(), order.purpose, secret, now()) == order.subject_id
    assert codes.find(read_session(), b"browser", [order.purpose], code).letter_id == letter_id


def test_the_old_secret_stays_as_long_as_a_letter_or_a_code_needs_it(
    season, session, stage, settings_with, now
):
    letter_id, _ = promise(asked_by=b"browser")
    with transaction(SYSTEM) as work:
        links.hand_over(work, letter_id)
        one = select(OutboxLetter.id).limit(1).scalar_subquery()
        work.session.execute(update(OutboxLetter).where(OutboxLetter.id == one).values(state=Sending.QUEUED))
    turned(settings_with(TWO, ONE))
    with pytest.raises(StillNeeded) as needed:
        finished(settings_with(TWO, ONE))
    assert needed.value.gaps == {"sealed": 0, "letters": 1, "codes": 1}
    with stage() as staged:
        staged.execute(update(OutboxLetter).values(state=Sending.SENT))
    now.advance(hours=2)
    finished(settings_with(TWO, ONE))


def test_old_letters_can_still_be_stopped_when_the_old_secret_is_gone(season, settings_with, open_with):
    """RFC 8058: the button of a letter of last year works."""
    holder = new_id()
    token = stop_token(Stop.REMINDERS, season.exchange_id, holder)
    turned(settings_with(TWO, ONE))
    finished(settings_with(TWO, ONE))
    open_with(TWO)
    assert read_stop(token).holds_for(holder)


@pytest.fixture
def kept_letter(season):
    """`kept_letter(Sending.SENT)`: a letter to Olga that the built-in mailbox took, with a link; its id."""

    def make(state: Sending) -> UUID:
        olga = season.olga
        facts = {"to": "olga@example.org", "language": "en", "name": "Olga", "minutes": 10}
        reset = PasswordReset(**facts, account_id=olga.account_id)
        with transaction(SYSTEM) as work:
            letter_id = mail.post(work, reset, about=olga.account_id, person_id=olga.person_id)
        carry_letters()
        with transaction(SYSTEM) as work:
            row = work.session.get_one(OutboxLetter, letter_id)
            assert (row.state, row.carrier) == (Sending.SENT, "mailbox")
            row.state = state
            if state is Sending.FAILED:
                row.carrier = "smtp"
        return letter_id

    return make


def test_a_call_that_was_named_before_is_known_when_the_old_secret_is_gone(season, settings_with, open_with):
    """It has its answer, and another body by the same key has none."""

    def call(body: bytes) -> Call:
        return Call.of(season.olga.account_id, "a key", b"PUT", b"/api/v1/participations/1/bought", body)

    with transaction(SYSTEM) as work:
        idempotency.note_effect(work, call(b"a kite"))
    idempotency.keep_answer(call(b"a kite"), b"bought")
    turned(settings_with(TWO, ONE))
    finished(settings_with(TWO, ONE))
    open_with(TWO)
    now = clock.now()
    assert idempotency.answer_to(read_session(), call(b"a kite"), now) == b"bought"
    with pytest.raises(KeyReused):
        idempotency.answer_to(read_session(), call(b"a boat"), now)


def test_a_letter_kept_here_is_read_and_its_link_followed_when_the_old_secret_is_gone(
    season, kept_letter, settings_with, open_with, stage, session, client_of, now
):
    """The mailbox page writes each letter out anew, link included."""
    with stage() as staged:
        admin = keep_house(staged)
    letter_id = kept_letter(Sending.SENT)
    turned(settings_with(TWO, ONE))
    finished(settings_with(TWO, ONE))
    open_with(TWO)
    client = client_of(admin)
    for row in session.scalars(select(OutboxLetter).where(OutboxLetter.carrier == "mailbox")):
        for part in ("", "/sheet"):
            assert client.get(f"/admin/mailbox/{row.id}{part}").status_code == 200
    row = session.get_one(OutboxLetter, letter_id)
    secret = links.secret_for(letter_id, RESET, season.olga.account_id)
    assert secret in client.get(f"/admin/mailbox/{letter_id}").text
    assert row.key_id == session.get_one(Link, letter_id).key_id == crypto.keys().key_id
    assert links.look_at(session, RESET, secret, now()) == season.olga.account_id


def test_a_letter_that_failed_before_can_be_sent_again_when_the_old_secret_is_gone(
    season, kept_letter, settings_with, open_with, stage, session, now
):
    with stage() as staged:
        admin = keep_house(staged)
    letter_id = kept_letter(Sending.FAILED)
    turned(settings_with(TWO, ONE))
    finished(settings_with(TWO, ONE))
    open_with(TWO)
    send_again(admin, letter_id)
    carry_letters()
    assert session.get_one(OutboxLetter, letter_id).state is Sending.SENT
    secret = links.secret_for(letter_id, RESET, season.olga.account_id)
    assert links.look_at(session, RESET, secret, now()) == season.olga.account_id


def test_a_letter_that_left_the_house_has_the_same_link_afterwards(
    season, kept_letter, settings_with, open_with, stage, session, now
):
    """Somebody has it in their mailbox; what is known of its secret stays."""
    letter_id = kept_letter(Sending.SENT)
    with stage() as staged:
        staged.execute(update(OutboxLetter).where(OutboxLetter.id == letter_id).values(carrier="smtp"))
    secret = links.secret_for(letter_id, RESET, season.olga.account_id)
    turned(settings_with(TWO, ONE))
    finished(settings_with(TWO, ONE))
    open_with(TWO)
    assert links.look_at(session, RESET, secret, now()) == season.olga.account_id


def test_a_form_that_was_open_meanwhile_can_be_sent(season, settings_with, open_with):
    mac = crypto.keys().mac("csrf", b"visitor")
    turned(settings_with(TWO, ONE))
    assert crypto.keys().is_mac(mac, "csrf", b"visitor")
    assert crypto.keys().mac("csrf", b"visitor") != mac
    assert not crypto.keys().is_mac(mac, "csrf", b"another")


# --- cut off


class Killed(BaseException):
    """As kill -9: nothing that catches exceptions sees it."""


def test_killed_at_any_statement_it_leaves_everything_readable_and_goes_on(season, session, settings_with):
    """G-B10, for each statement that it says, in turn."""
    before = season.read(session)
    secrets = [ONE, *map(secret_of, range(4, 201))]
    for number in range(len(secrets) - 1):
        old, new = secrets[number : number + 2]
        settings = settings_with(new, old)
        said = _killed_after(number, lambda settings=settings: turned(settings))
        opened(settings)
        assert season.read(session) == before, number
        turned(settings)
        assert left(session) == 0
        with transaction(SYSTEM) as work:
            keys.retire_all_but(work, crypto.keys().key_id)
        let_go()
        if not said:
            break
    assert number > 20, "it was killed at each of its statements"
    assert not said


def _killed_after(statements: int, act) -> bool:
    """Tell whether the act was cut off, at the statement of this number."""
    ahead = [statements]

    def count(*_facts: object) -> None:
        ahead[0] -= 1
        if ahead[0] < 0:
            raise Killed

    event.listen(Engine, "before_cursor_execute", count)
    try:
        act()
    except Killed:
        return True
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return False


@pytest.fixture
def own_house(tmp_path):
    """A house that made its secret itself, and its settings."""
    (tmp_path / "data").mkdir()
    settings = Settings(data=tmp_path / "data", base_url=BASE_URL)
    opened(settings)
    return settings


@embedded
def test_an_embedded_house_makes_its_new_secret_itself(stage, own_house, session):
    folder, first = own_house.data, (own_house.data / "secret.key").read_bytes()
    turned(own_house)
    assert crypto.keys().older == (first,)
    assert stat.S_IMODE((folder / "secret.old").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    second = (folder / "secret.key").read_bytes()
    assert second != first
    turned(own_house)
    assert (folder / "secret.key").read_bytes() == second, "begun once, it is only gone on with"
    finished(own_house)
    assert not (folder / "secret.old").exists()
    opened(own_house)
    assert crypto.keys().master == second
    assert sorted(path.name for path in folder.iterdir() if "secret" in path.name) == ["secret.key"]


@embedded
@pytest.mark.parametrize("moment", range(4))
def test_cut_off_between_the_files_no_secret_is_lost(own_house, monkeypatch, moment):
    first, folder = crypto.keys().master, own_house.data
    sealed = crypto.keys().seal("sample", b"Ben", bound_to=b"row")
    plain, calls = secret_file._replace, []

    def cut_off(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) - 1 == moment // 2:
            if moment % 2:
                plain(path, content)
            raise Killed
        plain(path, content)

    monkeypatch.setattr(secret_file, "_replace", cut_off)
    with pytest.raises(Killed):
        secret_file.turn(folder)
    opened(own_house)
    assert crypto.keys().unseal("sample", sealed, bound_to=b"row") == b"Ben"
    monkeypatch.undo()
    turned(own_house)
    assert crypto.keys().master != first
    assert crypto.keys().unseal("sample", sealed, bound_to=b"row") == b"Ben"


@embedded
def test_two_do_not_turn_it_at_the_same_moment(own_house):
    with secret_file.alone(own_house.data) as is_alone:
        assert is_alone
        with pytest.raises(turning.BeingTurned):
            turned(own_house)
    turned(own_house)


# --- at work meanwhile

TURN = """
import time
from kinkeeper.app import turning
from kinkeeper.app.admin.service import send_again
from kinkeeper.kernel.config import Settings
turning.turn(Settings(), wait=lambda _seconds: time.sleep(1.5))
"""


def turned_elsewhere(settings: Settings) -> None:
    subprocess.run(
        [sys.executable, "-c", TURN],
        env={**os.environ, "KINKEEPER_DATA": str(settings.data), "KINKEEPER_BASE_URL": BASE_URL},
        check=True,
        timeout=60,
    )


@pytest.fixture
def living_house(own_house, monkeypatch):
    """A process at work in its house, with a season in it."""
    monkeypatch.setattr(crypto, "LOOKS_EVERY", 0.2)
    monkeypatch.setattr("kinkeeper.kernel.clock.ticks", time.monotonic)
    return own_house


def _stage():
    return db.Writer.begin()


@embedded
def test_a_process_at_work_reads_and_seals_on_while_the_secret_is_turned(living_house):
    """G-B10: rotation under load, 0 unreadable fields."""
    season, stop, troubles, reads = Season(_stage), threading.Event(), [], []
    with _look() as session:
        before = season.read(session)

    def work_on() -> None:
        while not stop.is_set():
            try:
                with _stage() as session:
                    for row, salt in _rows(session):
                        row.bought_sealed = sealing.seal_bought(
                            row.draw_id, row.giver_id, salt, {row.giver_id: bytes(8)}
                        )
                    assert season.read(session) == before
                reads.append(1)
            except (Problem, crypto.BrokenSeal, AssertionError) as trouble:
                troubles.append(trouble)

    threads = [threading.Thread(target=work_on) for _ in range(3)]
    for thread in threads:
        thread.start()
    turned_elsewhere(living_house)
    stop.set()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert len(reads) > 10
    with _look() as session:
        assert left(session) == 0
    finished(living_house)
    opened(living_house)
    with _look() as session:
        assert season.read(session) == before


@embedded
def test_one_that_never_looked_again_could_not_read(living_house):
    """The control: the scene does show the loss once the defence is taken out."""
    season = Season(_stage)
    crypto._Ring.source = None
    turned_elsewhere(living_house)
    with _look() as session, pytest.raises(crypto.UnknownKey):
        season.read(session)


@pytest.fixture
def theirs(own_house):
    """The keys of another process, which has turned the secret while this one was not looking."""
    return Keys(secret_file.turn(own_house.data).present)


@embedded
@pytest.mark.parametrize("derive", [links.secret_for, codes.code_for])
def test_a_letter_does_not_wait_for_the_next_look_at_the_secret(theirs, derive):
    """G-B10: what was written under the new one leaves at once, and not after a failed attempt."""
    letter, before = (new_id(), RESET, new_id()), crypto.keys()
    derived = derive(*letter, theirs.key_id)
    assert theirs.key_id not in before.key_ids
    assert derived == derive(*letter)
    assert crypto.keys().key_id == theirs.key_id


@embedded
def test_a_ticket_of_a_process_that_has_looked_is_good_for_one_that_has_not(theirs, now):
    """G-B10: no program is turned away meanwhile."""
    ticket, before = Ticket(new_id(), new_id(), 0), crypto.keys()
    crypto.put_in(theirs)
    shown = tickets.write(ticket, issuer=BASE_URL, now=now(), life=timedelta(minutes=1))
    crypto.put_in(before)
    assert tickets.read(shown, issuer=BASE_URL, now=now()) == ticket


def _look():
    return db.Reader()


@embedded
def test_what_a_slow_process_seals_while_it_is_finished_is_brought_along(engine, tmp_path, stage):
    """G-B10: the turn was cut off right after the new secret was written, and finished at once."""
    with stage() as staged:
        olga = make_account(staged, "Olga")
    settings = Settings(data=tmp_path, base_url=BASE_URL, database_url=f"{engine.url}")
    (tmp_path / "secret.key").write_text(MASTER.decode("latin-1"), encoding="latin-1")
    opened(settings)
    before = crypto.keys()
    secret_file.turn(tmp_path)

    def seal_with_the_old_one():
        with stage() as staged:
            account = staged.get_one(Account, olga.account_id)
            account.totp_sealed = before.seal("totp", b"JBSWY3DP", bound_to=account.id.bytes)

    finished(settings, meanwhile=seal_with_the_old_one)
    opened(settings)
    sealed = read_session().scalars(select(Account.totp_sealed)).one()
    plain = crypto.keys().unseal("totp", sealed, bound_to=olga.account_id.bytes)
    assert (plain, crypto.keys().older) == (b"JBSWY3DP", ())


# --- nothing is forgotten


def test_every_sealed_column_is_listed():
    listed = {(one.column.class_.__tablename__, one.column.key) for one in SEALED}
    sealed = {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.name.endswith("sealed")
    }
    assert listed == sealed


def test_what_lasts_is_named_once():
    assert len(LASTING) == len(set(LASTING)) == 8
