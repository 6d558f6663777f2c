"""Delivery against a real mail server: what it answers, and what becomes of the letter."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from datetime import timedelta
from email.utils import parsedate_to_datetime
from random import Random

import pytest
from sqlalchemy import select

from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Unavailable
from kinkeeper.kernel.work import end_reading, read_session, transaction
from kinkeeper.platform import links
from kinkeeper.platform.mail import delivery
from kinkeeper.platform.mail import outbox as outbox_module
from kinkeeper.platform.mail.outbox import HANDING_LEASE, LEASE, RESENDS, OutboxLetter, Sending
from kinkeeper.platform.mail.transports import Mailbox, Receipt, Smtp, Timeouts, open_transport
from tests.conftest import BASE_URL
from tests.integration.platform import samples
from tests.integration.platform.conftest import only
from tests.integration.platform.samples import PURPOSE


def by_name(outbox) -> dict[str, OutboxLetter]:
    return {row.fields["name"]: row for row in outbox()}


# --- a letter arrives


def test_a_letter_that_was_taken_is_sent(invite, by_mail, sink, deliver, outbox, now):
    invite("Ana")
    now.advance(minutes=3)
    assert deliver(by_mail) == 1
    (row,) = outbox()
    assert (row.state, row.sent_at, row.attempts, row.carrier) == (Sending.SENT, now(), 1, "smtp")
    assert row.provider_id == "taken as 4711"
    assert (row.last_error, row.leased_by, row.leased_until, row.doubts) == (None, None, None, 0)
    assert deliver(by_mail) == 0
    assert len(sink.taken) == 1


def test_the_letter_on_the_wire(invite, by_mail, sink, deliver, outbox, now):
    """RS-18; RFC 3834 for Auto-Submitted: no holiday answers come back."""
    invite("Ana")
    now.advance(minutes=3)
    deliver(by_mail)
    (taken,) = sink.taken
    (row,) = outbox()
    assert (taken.sender, taken.recipients) == ("olsens@kinkeeper.test", ["ana@example.org"])
    message = taken.message
    assert (message["From"], message["To"]) == ("The Olsens <olsens@kinkeeper.test>", "ana@example.org")
    assert message["Subject"] == "An invitation for Ana"
    assert message["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(message["Date"]) == row.queued_at.replace(microsecond=0)
    assert message["Message-ID"] == row.message_id == f"<{row.id}@kinkeeper.test>"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert all(len(line) <= 998 and line.isascii() for line in taken.raw.split(b"\r\n"))


def test_a_letter_is_named_under_the_domain_of_its_sender(invite, outbox, tmp_path):
    """A house on a laptop is at 127.0.0.1, and mail servers mistrust letters named after that."""
    samples.lay_out(tmp_path / "texts", "http://127.0.0.1:8000", "The Olsens <us@olsen.example.org>")
    invite("Ana")
    samples.lay_out(tmp_path / "texts", "http://127.0.0.1:8000", "us@olsen.example.net")
    invite("Ben")
    assert {row.message_id.partition("@")[2] for row in outbox()} == {
        "olsen.example.org>",
        "olsen.example.net>",
    }


def test_the_link_in_the_letter_works(invite, by_mail, sink, deliver, outbox, now):
    """SK-46, T-5: it leads to our own address and lives from now on."""
    invite("Ana")
    deliver(by_mail)
    (url,) = [word for word in sink.taken[0].text.split() if word.startswith("http")]
    assert url.startswith(f"{BASE_URL}/open/")
    secret = url.rpartition("/")[2]
    (row,) = outbox()
    assert links.look_at(read_session(), PURPOSE, secret, now()) == _guest(row)
    end_reading()
    now.advance(hours=1)
    with pytest.raises(links.ExpiredLink):
        links.look_at(read_session(), PURPOSE, secret, now())


def _guest(row):
    from uuid import UUID

    return UUID(row.fields["guest_id"])


def test_words_beyond_ascii_arrive_unharmed(invite, by_mail, sink, deliver):
    invite("Zoë", to="zoe@example.org")
    deliver(by_mail)
    (taken,) = sink.taken
    assert taken.message["Subject"] == "An invitation for Zoë"
    assert "Dear Zoë" in taken.text


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\u2028", "\x85"])
def test_a_line_break_in_a_name_makes_no_header(invite, by_mail, sink, deliver, end):
    """A-12, T-31."""
    invite("x", name=f"Ana{end}Bcc: everybody@example.org{end}{end}Buy!", to="ana@example.org")
    deliver(by_mail)
    (taken,) = sink.taken
    assert taken.recipients == ["ana@example.org"]
    assert taken.message["Bcc"] is None
    assert taken.message["Subject"].startswith("An invitation for Ana Bcc:")
    assert len(list(taken.message.iter_parts())) == 2


@pytest.mark.parametrize(
    "to", ["ana@example.org\r\nBcc: e@example.org", "ana@example.org\nRCPT TO:<e@example.org>"]
)
def test_a_line_break_in_an_address_sends_nothing_and_stops_nobody(
    invite, by_mail, sink, deliver, to, outbox
):
    """A-12: verbs refuse such an address; were one stored, it must not hold up the others."""
    invite("Mallory", to=to)
    invite("Ana")
    deliver(by_mail)
    assert [taken.recipients for taken in sink.taken] == [["ana@example.org"]]
    assert by_name(outbox)["Mallory"].state is not Sending.SENT


def test_one_letter_that_cannot_be_written_does_not_hold_up_the_others(
    invite, by_mail, sink, deliver, outbox, stage, now
):
    """A kind that an upgrade took away, say: the others go, in this round, and are sent once."""
    for name in ("Ana", "Ben", "Cleo"):
        invite(name)
        now.advance(seconds=1)
    with stage() as session:
        ben = session.scalars(select(OutboxLetter).where(OutboxLetter.to == "ben@example.org")).one()
        ben.kind = "sample.forgotten"
    for _ in range(4):
        deliver(by_mail)
        now.advance(seconds=LEASE.total_seconds() + 1)
    assert [taken.recipients for taken in sink.taken] == [["ana@example.org"], ["cleo@example.org"]]
    ben = by_name(outbox)["Ben"]
    assert ben.state is Sending.RETRY
    assert ben.last_error == "UnknownLetter"


def test_a_letter_that_can_never_be_written_fails_in_the_end(invite, by_mail, deliver, outbox, stage, now):
    letter_id = invite("Ben")
    with stage() as session:
        session.get_one(OutboxLetter, letter_id).kind = "sample.forgotten"
    for _ in range(3):
        deliver(by_mail)
        now.advance(hours=36)
    assert [row.state for row in outbox()] == [Sending.FAILED]


def test_a_transport_with_a_defect_does_not_hold_up_the_others(invite, deliver, outbox, now):
    """What it did with the letter nobody knows: it is treated like a broken connection."""

    class Defective(Mailbox):
        def send(self, message, *, once: str) -> Receipt:
            if message["To"] == "ben@example.org":
                raise ZeroDivisionError("a defect")
            return super().send(message, once=once)

    for name in ("Ana", "Ben", "Cleo"):
        invite(name)
        now.advance(seconds=1)
    assert deliver(Defective()) == 2
    states = {name: row.state for name, row in by_name(outbox).items()}
    assert states == {"Ana": Sending.SENT, "Ben": Sending.RETRY, "Cleo": Sending.SENT}


def test_every_attempt_is_the_same_to_the_last_byte(invite, by_mail, sink, deliver, now, outbox):
    """4.1 rule 5: Message-ID, body and link; so a second copy can be known as one."""
    sink.answers["YES"] = "451 try again"
    invite("Ana")
    for _ in range(3):
        deliver(by_mail)
        now.advance(hours=2)
    assert len(sink.taken) == 3
    assert len({taken.raw for taken in sink.taken}) == 1
    assert outbox()[0].attempts == 3


def test_one_connection_carries_several_letters(invite, by_mail, sink, deliver):
    for name in ("Ana", "Ben", "Cleo", "Dan"):
        invite(name)
    assert deliver(by_mail) == 4
    invite("Eve")
    assert deliver(by_mail) == 1
    assert sink.connections == 1
    assert [len(taken.recipients) for taken in sink.taken] == [1] * 5


def test_a_server_that_takes_only_so_many_letters_a_connection_gets_a_new_one(invite, by_mail, sink, deliver):
    """It says 421 and hangs up; no letter may wait for that."""
    sink.most_a_connection = 3
    for number in range(10):
        invite(f"P{number}")
    assert deliver(by_mail) == 10
    assert sink.connections == 4


def test_a_connection_that_lay_idle_is_not_trusted(invite, by_mail, sink, deliver, monkeypatch):
    from kinkeeper.kernel import clock

    invite("Ana")
    deliver(by_mail)
    later = clock.ticks() + 31
    monkeypatch.setattr(clock, "ticks", lambda: later)
    invite("Ben")
    assert deliver(by_mail) == 1
    assert sink.connections == 2


# --- a letter does not arrive


def test_not_now_is_tried_again_with_a_growing_wait(invite, by_mail, sink, deliver, outbox, now):
    """4.1: 1, 2, 4 … minutes, an hour at most, each a little longer or shorter by chance."""
    sink.answers["RCPT"] = "450 mailbox busy"
    invite("Ana")
    waits = []
    for _ in range(9):
        assert deliver(by_mail) == 0
        waits.append((outbox()[0].due_at - now()).total_seconds() / 60)
        now.advance(minutes=waits[-1] - 0.01)
        assert deliver(by_mail) == 0  # not due yet
        now.advance(minutes=0.01)
    steps = [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert all(0.8 * step <= wait <= 1.2 * step for step, wait in zip(steps, waits, strict=True))
    assert len({wait / step for step, wait in zip(steps, waits, strict=True)}) > 5
    (row,) = outbox()
    assert (row.state, row.attempts, row.doubts) == (Sending.RETRY, 9, 0)
    assert "450 mailbox busy" in row.last_error
    assert sink.taken == []


@pytest.mark.parametrize(("hours", "state"), [(70, Sending.RETRY), (71.5, Sending.FAILED)])
def test_after_three_days_a_letter_has_failed(
    invite, by_mail, sink, deliver, outbox, stage, now, hours, state
):
    """G-F3: the horizon is 72 hours; what would be tried again after it is not."""
    sink.answers["RCPT"] = "450 mailbox busy"
    letter_id = invite("Ana")
    with stage() as session:
        session.get_one(OutboxLetter, letter_id).attempts = 20
    now.advance(hours=hours)
    deliver(by_mail)
    (row,) = outbox()
    assert row.state is state
    now.advance(hours=2)
    deliver(by_mail)
    assert outbox()[0].state is Sending.FAILED
    assert outbox()[0].attempts == (22 if state is Sending.RETRY else 21)


@pytest.mark.parametrize("days", [0, 4], ids=["refused", "given up"])
def test_the_link_of_a_letter_that_will_not_leave_is_forgotten(
    invite, by_mail, sink, deliver, outbox, session, now, days
):
    sink.answers["RCPT"] = "450 mailbox busy" if days else "550 no such user"
    invite("Ana")
    now.advance(days=days)
    deliver(by_mail)
    assert outbox()[0].state is Sending.FAILED
    assert session.scalars(select(links.Link.ends_at)).one() == now()
    now.advance(days=31)
    links.forget_dead(SYSTEM)
    assert session.scalars(select(links.Link.id)).all() == []


def test_waits_depend_on_chance_so_that_letters_do_not_come_back_in_a_herd(
    invite, by_mail, sink, deliver, outbox
):
    sink.answers["RCPT"] = "450 mailbox busy"
    for name in ("Ana", "Ben", "Cleo"):
        invite(name)
    deliver(by_mail, rng=Random(1))
    assert len({row.due_at for row in outbox()}) == 3


def test_never_is_believed_and_the_others_go_on(invite, by_mail, sink, deliver, outbox, now):
    """5xx for this recipient: failed at once."""
    sink.answers["RCPT"] = lambda to: "550 no such user" if to.startswith("ben") else None
    for name in ("Ana", "Ben", "Cleo"):
        invite(name)
    assert deliver(by_mail) == 2
    rows = by_name(outbox)
    assert rows["Ben"].state is Sending.FAILED
    assert "550 no such user" in rows["Ben"].last_error
    assert {rows[name].state for name in ("Ana", "Cleo")} == {Sending.SENT}
    now.advance(days=1)
    assert deliver(by_mail) == 0
    assert sink.connections == 1


@pytest.mark.parametrize(
    ("command", "answer", "state"),
    [
        ("DATA", "554 spam", Sending.FAILED),
        ("YES", "552 too large", Sending.FAILED),
        ("DATA", "451 later", Sending.RETRY),
        ("YES", "452 full", Sending.RETRY),
    ],
)
def test_the_answer_to_the_text_counts_like_that_to_the_recipient(
    invite, by_mail, sink, deliver, outbox, command, answer, state
):
    sink.answers[command] = answer
    invite("Ana")
    deliver(by_mail)
    assert outbox()[0].state is state


def test_a_refused_sender_is_no_letters_fault(invite, by_mail, sink, deliver, outbox, now):
    """5xx at MAIL FROM is our set-up: nothing may fail of it, and nothing else is tried now."""
    sink.answers["MAIL"] = "553 sender not allowed"
    for name in ("Ana", "Ben", "Cleo"):
        invite(name)
    assert deliver(by_mail) == 0
    assert {row.state for row in outbox()} == {Sending.RETRY}
    del sink.answers["MAIL"]
    now.advance(minutes=2)
    assert deliver(by_mail) == 3


def test_a_wrong_password_for_the_server_is_no_letters_fault(invite, serve_mail, deliver, outbox, now):
    sink = serve_mail(authenticator=only("house", "right"), auth_require_tls=False)
    invite("Ana")
    assert deliver(Smtp(sink.url(user="house:wrong@"))) == 0
    (row,) = outbox()
    assert row.state is Sending.RETRY
    now.advance(minutes=2)
    transport = Smtp(sink.url(user="house:right@"))
    assert deliver(transport) == 1
    transport.close()


def test_when_nobody_listens_the_whole_batch_goes_back_untried(invite, deliver, outbox, now, serve_mail):
    """G-F3: one attempt tells enough; the others stay due without having spent one."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for name in ("Ana", "Ben", "Cleo"):
        invite(name)
        now.advance(seconds=1)
    assert deliver(Smtp(f"smtp://127.0.0.1:{port}?tls=none")) == 0
    rows = by_name(outbox)
    assert {row.state for row in rows.values()} == {Sending.RETRY}
    assert [rows[name].attempts for name in ("Ana", "Ben", "Cleo")] == [1, 0, 0]
    assert "127.0.0.1" in rows["Ana"].last_error
    assert rows["Ben"].due_at < rows["Cleo"].due_at < now() < rows["Ana"].due_at
    now.advance(minutes=2)
    transport = Smtp(serve_mail().url())
    assert deliver(transport) == 3
    transport.close()


@pytest.fixture
def unreachable() -> Smtp:
    """A transport to a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return Smtp(f"smtp://127.0.0.1:{port}?tls=none")


def test_a_day_without_a_mail_server_loses_nothing_and_delivers_live_links(
    invite, sink, deliver, outbox, now
):
    """G-F3: 26 hours; each letter is there once and its link works."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody = Smtp(f"smtp://127.0.0.1:{port}?tls=none")
    for number in range(5):
        invite(f"P{number}")
    for _ in range(13):
        deliver(nobody)
        now.advance(hours=2)
    transport = Smtp(sink.url())
    for _ in range(6):
        deliver(transport)
        now.advance(minutes=10)
    transport.close()
    assert {row.state for row in outbox()} == {Sending.SENT}
    assert sorted(taken.recipients[0] for taken in sink.taken) == [f"p{n}@example.org" for n in range(5)]


def test_a_link_does_not_begin_to_live_while_the_server_is_out_of_reach_for_its_letter(
    invite, announce, sink, deliver, outbox, now
):
    """Reliability 3.1: its life starts at the first hand-over; an hour's outage must not eat it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    invite("Ana")
    deliver(Smtp(f"smtp://127.0.0.1:{port}?tls=none"))
    now.advance(hours=2)
    transport = Smtp(sink.url())
    deliver(transport)
    transport.close()
    secret = sink.taken[0].text.split("/open/")[1].split()[0]
    assert links.look_at(read_session(), PURPOSE, secret, now())


def test_after_an_outage_only_the_letter_with_the_newest_link_leaves(
    invite, sink, deliver, outbox, now, unreachable
):
    """Whoever asked three times meanwhile must not open the two links that were ended."""
    guest_id = new_id()
    for _ in range(3):
        invite("Ana", guest_id=guest_id, to=f"ana{len(outbox())}@example.org")
        deliver(unreachable)
        now.advance(minutes=6)
    invite("Ben")
    transport = Smtp(sink.url())
    assert deliver(transport) == 2
    now.advance(days=1)
    assert deliver(transport) == 0
    transport.close()
    states = {row.to: row.state for row in outbox()}
    assert states["ana0@example.org"] is states["ana1@example.org"] is Sending.OVERTAKEN
    assert {taken.recipients[0] for taken in sink.taken} == {"ana2@example.org", "ben@example.org"}
    assert all(row.leased_by is None for row in outbox())


@pytest.mark.parametrize("command", ["DATA", "YES"])
def test_a_connection_that_breaks_while_the_text_is_handed_over(
    invite, announce, by_mail, sink, deliver, outbox, now, command
):
    """4.1 rule 4: it may have been taken; the kind says whether to send again or to ask."""
    sink.answers[command] = lambda to: "drop" if to in {"ana@example.org", "bob@example.org"} else None
    invite("Ana")
    announce("Bob")
    now.advance(seconds=1)
    invite("Cleo")
    assert deliver(by_mail) == 1
    rows = by_name(outbox)
    assert rows["Ana"].state is Sending.RETRY
    assert rows["Bob"].state is Sending.UNCERTAIN
    assert rows["Cleo"].state is Sending.SENT
    sink.answers.clear()
    now.advance(days=1)
    deliver(by_mail)
    assert by_name(outbox)["Ana"].state is Sending.SENT
    assert by_name(outbox)["Bob"].state is Sending.UNCERTAIN
    assert [t.recipients[0] for t in sink.taken].count("bob@example.org") == (command == "YES")


def test_a_link_lives_from_the_moment_its_letter_may_have_left(invite, by_mail, sink, deliver, session, now):
    """Reliability 3.1: what was perhaps delivered must not work for ever."""
    sink.answers["YES"] = "drop"
    invite("Ana")
    deliver(by_mail)
    assert session.scalars(select(links.Link.ends_at)).one() == now() + timedelta(hours=1)


@pytest.mark.parametrize(("command", "answer"), [("RCPT", "450 busy"), ("DATA", "451 later")])
def test_a_link_does_not_live_while_its_letter_is_put_off(
    invite, by_mail, sink, deliver, session, command, answer
):
    sink.answers[command] = answer
    invite("Ana")
    deliver(by_mail)
    assert session.scalars(select(links.Link.ends_at)).one() is None


def test_a_server_that_will_not_begin_a_letter_is_left_alone(invite, by_mail, sink, deliver, outbox, now):
    """421 before a recipient is named is about the server: the others are not tried there."""
    sink.answers["MAIL"] = "421 shutting down"
    for name in ("Ana", "Ben", "Cleo"):
        invite(name)
        now.advance(seconds=1)
    assert deliver(by_mail) == 0
    assert {row.state for row in outbox()} == {Sending.RETRY}
    assert sorted(row.attempts for row in outbox()) == [0, 0, 1]
    sink.answers.clear()
    now.advance(minutes=2)
    assert deliver(by_mail) == 3


@pytest.mark.parametrize("command", ["RCPT", "DATA", "YES"])
def test_a_server_that_hangs_up_on_some_recipients_gets_the_letters_to_the_others(
    invite, by_mail, sink, deliver, outbox, now, command
):
    """421 to one address must not stop everybody's mail for half a minute, again and again."""
    sink.answers[command] = lambda to: "421 too many" if to.startswith("bad") else None
    for number in range(4):
        invite(f"Bad{number}")
        now.advance(seconds=1)
    invite("Good")
    now.advance(seconds=1)
    invite("Bad4")  # on a connection that was good so far
    assert deliver(by_mail) == 1
    rows = by_name(outbox)
    assert rows["Good"].state is Sending.SENT
    assert {(row.state, row.attempts) for name, row in rows.items() if name != "Good"} == {(Sending.RETRY, 1)}
    assert "421 too many" in rows["Bad4"].last_error
    sink.answers.clear()
    now.advance(minutes=2)
    assert deliver(by_mail) == 5


def test_a_connection_that_breaks_before_the_text_is_certain(announce, by_mail, sink, deliver, outbox, now):
    """Nothing has left, so nobody need be asked."""
    sink.answers["RCPT"] = "drop"
    announce("Bob")
    assert deliver(by_mail) == 0
    assert outbox()[0].state is Sending.RETRY
    sink.answers.clear()
    now.advance(minutes=2)
    assert deliver(by_mail) == 1


def test_a_server_without_starttls_gets_no_letter_unless_that_is_allowed(invite, sink, deliver, outbox, now):
    """Nothing leaves in clear by default; nothing is lost either."""
    invite("Ana")
    assert deliver(Smtp(sink.url(query=""))) == 0
    assert sink.commands == []
    assert outbox()[0].state is Sending.RETRY
    now.advance(minutes=2)
    transport = Smtp(sink.url(query="?tls=none"))
    assert deliver(transport) == 1
    transport.close()


def test_a_password_does_not_travel_in_clear_by_default(invite, serve_mail, deliver):
    sink = serve_mail(authenticator=only("house", "right"), auth_require_tls=False)
    heard = []
    invite("Ana")
    sink.handle_AUTH = lambda *_: heard.append(1)
    assert deliver(Smtp(sink.url(query="", user="house:right@"))) == 0
    assert (heard, sink.commands) == ([], [])


# --- a server that takes its time


def test_a_server_may_look_at_a_letter_for_longer_than_at_a_command(invite, serve_mail, deliver, outbox):
    """RFC 5321 4.5.3.2.6: whoever hangs up too early sends it again, and again."""
    sink = serve_mail()
    sink.before_yes = lambda _taken: threading.Event().wait(0.4)
    invite("Ana")
    transport = Smtp(sink.url(), Timeouts(command=0.2, text=0.2, answer=20))
    assert deliver(transport) == 1
    assert outbox()[0].state is Sending.SENT
    invite("Ben")
    sink.before_yes = lambda _taken: None
    assert deliver(transport) == 1
    assert (len(sink.taken), sink.connections) == (2, 1)
    transport.close()


def test_a_server_is_given_the_time_that_the_standard_asks_for():
    """RFC 5321 4.5.3.2.5 and .6: three minutes for the text, ten for the answer to it."""
    assert (Timeouts().text, Timeouts().answer) == (3 * 60, 10 * 60)


def test_no_letter_is_taken_over_while_its_server_may_still_answer():
    """Greeting, EHLO, STARTTLS, EHLO, two lines of AUTH, MAIL, RCPT and DATA; then text and answer."""
    patience = Timeouts()
    assert 9 * patience.command + patience.text + patience.answer < HANDING_LEASE.total_seconds()


@pytest.mark.parametrize("send", ["invite", "announce"])
def test_a_server_that_hangs_before_the_text_leaves_no_doubt(request, sink, deliver, outbox, now, send):
    sink.answers["RCPT"] = "hang"
    request.getfixturevalue(send)("Bob")
    assert deliver(Smtp(sink.url(), Timeouts(command=0.1))) == 0
    assert (outbox()[0].state, outbox()[0].doubts) == (Sending.RETRY, 0)


def test_a_server_that_does_not_even_greet_leaves_no_doubt(announce, deliver, outbox):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        announce("Bob")
        port = silent.getsockname()[1]
        assert deliver(Smtp(f"smtp://127.0.0.1:{port}?tls=none", Timeouts(command=0.1))) == 0
    assert (outbox()[0].state, outbox()[0].doubts) == (Sending.RETRY, 0)


def test_a_server_that_never_says_whether_it_took_a_letter_gets_it_three_times_at_most(
    invite, sink, deliver, outbox, now
):
    """Once, and twice again; then a person must look."""
    sink.answers["YES"] = "hang"
    invite("Ana")
    for _ in range(10):
        deliver(Smtp(sink.url(), Timeouts(answer=0.1)))
        now.advance(hours=2)
    (row,) = outbox()
    assert (row.state, row.doubts) == (Sending.UNCERTAIN, 1 + RESENDS)
    assert len(sink.taken) == 1 + RESENDS == 3


@pytest.fixture
def dripping():
    """`dripping(piece)` is a port where a server says `piece` again and again instead of yes, for seconds."""
    listeners = []

    def serve(listener: socket.socket, piece: bytes) -> None:
        caller, _ = listener.accept()
        with caller, caller.makefile("rb") as said, suppress(OSError):
            caller.sendall(b"220 house.test\r\n")
            for line in iter(said.readline, b"DATA\r\n"):
                caller.sendall(b"250 OK\r\n")
                assert line
            caller.sendall(b"354 go on\r\n")
            assert all(iter(said.readline, b".\r\n"))
            for _ in range(100):
                caller.sendall(piece)
                threading.Event().wait(0.05)
            caller.sendall(b"\r\n250 taken\r\n")

    def start(piece: bytes) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=serve, args=(listener, piece))
        thread.start()
        listeners.append((listener, thread))
        return listener.getsockname()[1]

    yield start
    for listener, thread in listeners:
        thread.join(30)
        listener.close()


@pytest.mark.parametrize("piece", [b"250-still looking\r\n", b"2"], ids=["lines", "bytes"])
def test_an_answer_that_never_ends_is_given_up(invite, dripping, deliver, outbox, piece):
    """Or the letter would be another worker's while this one still waits for its answer."""
    invite("Ana")
    transport = Smtp(f"smtp://127.0.0.1:{dripping(piece)}?tls=none", Timeouts(answer=0.3))
    began = clock.ticks()
    assert deliver(transport) == 0
    assert clock.ticks() - began < 4
    assert (outbox()[0].state, outbox()[0].doubts) == (Sending.RETRY, 1)


@pytest.mark.parametrize("answer", ["299 perhaps", "I do not speak numbers"])
def test_an_answer_that_is_neither_yes_nor_no_leaves_a_doubt(
    announce, by_mail, sink, deliver, outbox, answer
):
    sink.answers["YES"] = answer
    announce("Bob")
    assert deliver(by_mail) == 0
    assert outbox()[0].state is Sending.UNCERTAIN


def test_a_letter_whose_workers_are_lost_again_and_again_goes_three_times_at_most(
    invite, deliver, outbox, now
):
    """The letter itself may be what takes them down."""
    invite("Ana")
    sent = []

    class Killed(Mailbox):
        def send(self, message, *, once: str) -> Receipt:
            sent.append(once)
            raise KeyboardInterrupt

    for _ in range(1 + RESENDS):
        with pytest.raises(KeyboardInterrupt):
            deliver(Killed())
        now.advance(seconds=HANDING_LEASE.total_seconds())
        assert deliver(Killed()) == 0  # it may still be under way
        now.advance(seconds=1)
    assert deliver(Killed()) == 0
    assert (len(sent), outbox()[0].state) == (3, Sending.UNCERTAIN)


def test_lines_that_begin_with_a_dot_arrive_as_they_were(invite, by_mail, sink, deliver, outbox):
    """RFC 5321 4.5.2; a line that is nothing but a dot does not end the letter."""
    invite("x", name="Ana\n.\n..\n.b", to="ana@example.org")
    deliver(by_mail)
    (row,) = outbox()
    message = delivery.compose(row, "The Olsens <olsens@kinkeeper.test>")
    assert b"\n.\r\n..\r\n.b" in message.as_bytes()
    assert sink.taken[0].raw == message.as_bytes()


# --- workers come and go


class Slow(Mailbox):
    """A transport during which something else happens."""

    def __init__(self, meanwhile) -> None:
        self.meanwhile, self.sent = meanwhile, 0

    def send(self, message, *, once: str) -> Receipt:
        self.sent += 1
        self.meanwhile()
        return super().send(message, once=once)


def test_a_late_result_of_a_worker_that_was_given_up_is_ignored(invite, deliver, outbox, now):
    """4.1 rule 2: the fence; the second worker's attempt is the one that counts."""
    invite("Ana")
    seen = []

    def meanwhile() -> None:
        now.advance(seconds=HANDING_LEASE.total_seconds() + 1)
        seen.append(deliver(Slow(lambda: None), worker="two"))
        seen.append(outbox()[0].sent_at)
        now.advance(minutes=5)

    deliver(Slow(meanwhile), worker="one")
    (row,) = outbox()
    assert seen == [1, row.sent_at]
    assert (row.state, row.attempts, row.fence) == (Sending.SENT, 2, 2)


def test_a_late_result_does_not_end_the_attempt_of_the_worker_that_took_over(invite, deliver, outbox, now):
    """The state alone would not tell: the second attempt is under way, too."""
    invite("Ana")
    begun, go_on = threading.Event(), threading.Event()
    first = Slow(lambda: (begun.set(), go_on.wait(20)))
    late = threading.Thread(target=deliver, args=(first,), kwargs={"worker": "one"})
    late.start()
    assert begun.wait(20)
    now.advance(seconds=HANDING_LEASE.total_seconds() + 1)
    seen = []

    def meanwhile() -> None:
        go_on.set()
        late.join()
        seen.append((outbox()[0].state, outbox()[0].fence))

    deliver(Slow(meanwhile), worker="two")
    assert seen == [(Sending.HANDING, 2)]
    assert outbox()[0].state is Sending.SENT


def test_a_late_refusal_does_not_undo_what_another_worker_has_sent(invite, deliver, outbox, now):
    from kinkeeper.platform.mail.transports import Refused

    invite("Ana")

    class Refusing(Mailbox):
        def send(self, message, *, once: str) -> Receipt:
            now.advance(seconds=HANDING_LEASE.total_seconds() + 1)
            deliver(Mailbox(), worker="two")
            raise Refused("550 no")

    deliver(Refusing(), worker="one")
    assert (outbox()[0].state, outbox()[0].last_error) == (Sending.SENT, None)


def test_a_worker_whose_lease_was_taken_over_does_not_begin(invite, deliver, outbox, now):
    """The letters at the end of a slow batch have a new owner by then."""
    for name in ("Ana", "Ben"):
        invite(name)
        now.advance(seconds=1)
    others = []

    def meanwhile() -> None:
        now.advance(seconds=LEASE.total_seconds() + 1)
        with transaction(SYSTEM) as work:
            others.extend(outbox_module.claim(work, "two", 50))

    slow = Slow(meanwhile)
    deliver(slow, worker="one")
    assert slow.sent == 1
    assert by_name(outbox)["Ben"].leased_by == "two"


def test_what_is_being_handed_over_is_written_down_before_the_first_byte(announce, deliver, outbox):
    """4.1 rule 3: a kill in the middle must not look as if nothing had happened."""
    announce("Bob")
    seen = []
    deliver(Slow(lambda: seen.append((outbox()[0].state, outbox()[0].attempts))))
    assert seen == [(Sending.HANDING, 1)]


def test_each_result_is_written_down_before_the_next_letter_leaves(announce, deliver, outbox, now):
    """So a kill leaves one letter uncertain at most."""
    for name in ("Ana", "Ben", "Cleo"):
        announce(name)
        now.advance(seconds=1)
    seen = []
    deliver(Slow(lambda: seen.append([row.state for row in outbox()])))
    assert [states.count(Sending.HANDING) for states in seen] == [1, 1, 1]
    assert [states.count(Sending.SENT) for states in seen] == [0, 1, 2]


def test_being_told_to_stop_gives_back_what_is_not_begun(invite, deliver, outbox, now):
    """The next worker carries it at once, and not when a lease is over."""
    for name in ("Ana", "Ben", "Cleo"):
        invite(name)
        now.advance(seconds=1)
    answers = iter([False, True])
    assert deliver(Mailbox(), worker="one", stopping=lambda: next(answers)) == 1
    rows = by_name(outbox)
    assert rows["Ana"].state is Sending.SENT
    for name in ("Ben", "Cleo"):
        row = rows[name]
        assert row.due_at < now()
        assert (row.leased_by, row.leased_until, row.attempts) == (None, None, 0)
    assert deliver(Mailbox(), worker="two") == 2


def busy_once(plain, at: int):
    """As `plain`, but the database is busy the `at`-th time."""
    calls = []

    def act(*facts):
        calls.append(facts)
        if len(calls) == at:
            raise Unavailable
        return plain(*facts)

    return act


def test_a_result_is_kept_where_the_next_letter_cannot_be_begun(invite, deliver, outbox, now, monkeypatch):
    """T-60: otherwise it would be sent again; and those behind it are due at once, not when leases end."""
    for name in ("Ana", "Ben", "Cleo"):
        invite(name)
        now.advance(seconds=1)
    monkeypatch.setattr(delivery, "_hand", busy_once(delivery._hand, at=2))
    with pytest.raises(Unavailable):
        deliver(Mailbox())
    rows = by_name(outbox)
    assert (rows["Ana"].state, rows["Ana"].attempts) == (Sending.SENT, 1)
    assert {(rows[name].leased_by, rows[name].attempts) for name in ("Ben", "Cleo")} == {(None, 0)}
    assert deliver(Mailbox()) == 2


def test_the_last_result_is_kept_where_the_others_cannot_be_given_back(
    invite, deliver, outbox, now, monkeypatch
):
    for name in ("Ana", "Ben"):
        invite(name)
        now.advance(seconds=1)
    told = iter([False, True])
    release = busy_once(outbox_module.release, at=1)
    monkeypatch.setattr(outbox_module, "release", release)
    assert deliver(Mailbox(), stopping=lambda: next(told)) == 1
    rows = by_name(outbox)
    assert rows["Ana"].state is Sending.SENT
    assert (rows["Ben"].state, rows["Ben"].leased_by) == (Sending.RETRY, None)


def test_a_batch_has_an_end(announce, deliver, outbox, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    for name in ("Ana", "Ben", "Cleo"):
        announce(name)
    assert [deliver(Mailbox()) for _ in range(3)] == [2, 1, 0]


# --- other ways out


def test_a_folder_keeps_each_letter_once_as_a_file(invite, deliver, outbox, tmp_path):
    folder = tmp_path / "letters"
    transport = open_transport(f"file:{folder}")
    letter_id = invite("Ana")
    assert deliver(transport) == 1
    assert [path.name for path in folder.iterdir()] == [f"{letter_id}.eml"]
    assert b"Subject: An invitation for Ana" in (folder / f"{letter_id}.eml").read_bytes()
    assert outbox()[0].carrier == "file"


def test_a_folder_that_cannot_be_written_loses_nothing(invite, deliver, outbox, tmp_path, now):
    (tmp_path / "taken").write_text("a file, where a folder should be")
    invite("Ana")
    assert deliver(open_transport(f"file:{tmp_path / 'taken'}")) == 0
    assert outbox()[0].state is Sending.RETRY
    assert "cannot write" in outbox()[0].last_error


def test_the_console_prints_whom_what_and_the_link(invite, deliver, outbox, capsys):
    invite("Ana")
    assert deliver(open_transport("console:")) == 1
    printed = capsys.readouterr().out
    assert "ana@example.org: An invitation for Ana" in printed
    assert f"{BASE_URL}/open/" in printed
    assert outbox()[0].carrier == "console"


def test_the_mailbox_keeps_letters_for_the_administrator(invite, deliver, outbox):
    invite("Ana")
    assert deliver(open_transport("mailbox:")) == 1
    (row,) = outbox()
    assert (row.state, row.carrier) == (Sending.SENT, "mailbox")
    assert "Dear Ana" in delivery.compose(row, "x@example.org").get_body(("plain",)).get_content()
