"""The outbox: a letter is a row of the act that causes it, and goes once."""

from __future__ import annotations

import threading
from datetime import timedelta

import jinja2
import pytest
from sqlalchemy import select

from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import end_reading, read_session, transaction
from kinkeeper.platform.limits import Spending
from kinkeeper.platform.links import Link
from kinkeeper.platform.mail import outbox as outbox_module
from kinkeeper.platform.mail import post
from kinkeeper.platform.mail.outbox import LEASE, OutboxLetter, Sending, claim, is_anything_due
from kinkeeper.platform.mail.transports import Mailbox
from tests.integration.platform.samples import Broken, Bulk, Invitation

CAKE = new_id()


def bulk(name: str = "Ana", **facts) -> Bulk:
    return Bulk(**{"to": f"{name.lower()}@example.org", "language": "en", "name": name, **facts})


def queue(letter, about=CAKE, person_id=None, **facts):
    with transaction(SYSTEM) as work:
        return post(work, letter, about=about, person_id=person_id, **facts)


def lease(worker: str = "one", most: int = 50):
    with transaction(SYSTEM) as work:
        return claim(work, worker, most)


def states(session) -> list[Sending]:
    session.expire_all()
    return list(session.scalars(select(OutboxLetter.state).order_by(OutboxLetter.id)))


@pytest.mark.usefixtures("desk")
class TestPosting:
    def test_a_letter_is_kept_as_kind_and_fields_and_without_its_text(self, outbox, engine, now):
        """2.7."""
        letter_id = queue(bulk())
        (row,) = outbox()
        assert (row.id, row.kind, row.to) == (letter_id, "sample.bulk", "ana@example.org")
        assert row.fields == {"to": "ana@example.org", "language": "en", "name": "Ana"}
        assert (row.state, row.queued_at, row.due_at, row.attempts) == (Sending.QUEUED, now(), now(), 0)

    def test_the_same_letter_about_the_same_thing_to_the_same_address_goes_once(self, outbox, engine):
        """4.1 rule 1, G-F4: asking again answers the letter that waits already."""
        assert queue(bulk()) == queue(bulk(name="Ana")) == queue(bulk())
        assert len(outbox()) == 1

    @pytest.mark.parametrize(
        "difference",
        [{"about": new_id()}, {"generation": 2}, {"letter": bulk("Ben")}],
        ids=["thing", "generation", "address"],
    )
    def test_another_thing_address_or_generation_is_another_letter(self, outbox, engine, difference):
        first = queue(bulk())
        assert queue(difference.pop("letter", bulk()), **difference) != first
        assert len(outbox()) == 2

    def test_a_letter_that_was_sent_is_not_sent_again_by_asking_again(self, outbox, engine, stage):
        letter_id = queue(bulk())
        with stage() as session:
            session.get_one(OutboxLetter, letter_id).state = Sending.SENT
        assert queue(bulk()) == letter_id
        assert [row.state for row in outbox()] == [Sending.SENT]

    def test_ten_who_ask_at_once_get_one_letter(self, outbox, engine):
        """G-F4."""
        gate, ids = threading.Barrier(10), []

        def ask() -> None:
            gate.wait()
            ids.append(queue(bulk()))

        threads = [threading.Thread(target=ask) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(ids) == 10
        assert {row.id for row in outbox()} == set(ids)

    def test_asking_again_does_not_end_the_link_that_is_on_its_way(self, session, engine):
        letter = Invitation(to="ana@example.org", language="en", name="Ana", guest_id=CAKE)
        queue(letter)
        queue(letter)
        (link,) = session.scalars(select(Link))
        assert link.voided_at is None

    def test_a_letter_goes_with_its_act_or_not_at_all(self, outbox, session, engine):
        """C-17, C-18: nothing is told that did not happen."""
        letter = Invitation(to="ana@example.org", language="en", name="Ana", guest_id=CAKE)
        with pytest.raises(KeyError), transaction(SYSTEM) as work:
            post(work, letter, about=CAKE, person_id=None)
            raise KeyError
        assert outbox() == []
        assert session.scalars(select(Link)).all() == []

    def test_a_name_that_a_text_does_not_know_fails_the_request(self, outbox, session, engine):
        """2.7: and not the worker at night."""
        letter = Broken(to="ana@example.org", language="en", name="Ana")
        with pytest.raises(jinja2.UndefinedError, match="nmae"), transaction(SYSTEM) as work:
            work.session.add(Spending(key=b"k", ends_at=work.now, spent=1))
            post(work, letter, about=CAKE, person_id=None)
        assert outbox() == []
        assert session.scalars(select(Spending)).all() == []


@pytest.mark.usefixtures("desk")
class TestForgetting:
    ANA, BEN = new_id(), new_id()

    def forget(self, person_id, address=None) -> None:
        with transaction(SYSTEM) as work:
            outbox_module.forget(work, [person_id], [address] if address else [])

    @pytest.mark.parametrize("state", list(Sending))
    def test_letters_about_a_person_go_whatever_became_of_them(self, outbox, stage, engine, state):
        """Those to their guardian, too."""
        queue(bulk("Gran"), person_id=self.ANA)
        with stage() as session:
            session.scalars(select(OutboxLetter)).one().state = state
        kept = queue(bulk("Gran"), about=new_id(), person_id=self.BEN)
        self.forget(self.ANA)
        assert [row.id for row in outbox()] == [kept]

    def test_so_do_letters_to_their_address(self, outbox, engine):
        queue(bulk("Ana"), person_id=self.BEN)
        kept = queue(bulk("Joana"), person_id=self.BEN)
        self.forget(self.ANA, "ana@example.org")
        assert [row.id for row in outbox()] == [kept]

    def test_a_link_that_waits_in_such_a_letter_never_works(self, session, engine, now):
        letter = Invitation(to="a@example.org", language="en", name="A", guest_id=CAKE)
        queue(letter, person_id=self.ANA)
        self.forget(self.ANA)
        assert session.scalars(select(Link.ends_at)).one() == now()

    def test_a_letter_that_a_worker_holds_is_not_begun(self, session, engine, deliver):
        """It is forgotten while the one before it is on its way."""
        queue(bulk("Ben"), person_id=self.BEN)
        queue(bulk("Ana"), person_id=self.ANA)
        sent = []

        class Forgetting(Mailbox):
            def send(self, message, *, once: str):
                sent.append(message["To"])
                test.forget(test.ANA)
                return super().send(message, once=once)

        test = self
        assert deliver(Forgetting()) == 1
        assert sent == ["ben@example.org"]

    def test_letters_of_a_double_entry_are_about_the_one_that_stays(self, outbox, engine):
        queue(bulk("Annie"), person_id=self.ANA)
        with transaction(SYSTEM) as work:
            outbox_module.merge(work, self.ANA, self.BEN)
        self.forget(self.BEN)
        assert outbox() == []


@pytest.mark.usefixtures("desk")
class TestClaiming:
    def test_what_is_due_is_leased_in_the_order_of_queueing(self, session, engine, now):
        ids = []
        for name in ("Ana", "Ben", "Cleo"):
            ids.append(queue(bulk(name)))
            now.advance(seconds=1)
        assert [letter_id for letter_id, _fence in lease(most=2)] == ids[:2]
        assert [letter_id for letter_id, _fence in lease(most=2)] == ids[2:]
        assert lease() == []
        assert states(session) == [Sending.LEASED] * 3

    def test_what_waits_for_later_is_left(self, stage, engine, now):
        letter_id = queue(bulk())
        with stage() as session:
            session.get_one(OutboxLetter, letter_id).due_at = now() + timedelta(minutes=1)
        assert lease() == []
        now.advance(minutes=1)
        assert [found for found, _fence in lease()] == [letter_id]

    @pytest.mark.parametrize("state", [Sending.SENT, Sending.FAILED, Sending.UNCERTAIN])
    def test_a_letter_that_is_settled_is_never_taken_again(self, stage, engine, now, state):
        letter_id = queue(bulk())
        with stage() as session:
            row = session.get_one(OutboxLetter, letter_id)
            row.state, row.leased_until = state, now()
        now.advance(days=1)
        assert lease() == []

    def test_a_lease_that_ran_out_is_taken_over_with_a_new_fence(self, engine, now):
        """4.1 rule 2."""
        letter_id = queue(bulk())
        ((_, first),) = lease("one")
        now.advance(seconds=LEASE.total_seconds())
        assert lease("two") == []
        now.advance(seconds=1)
        assert lease("two") == [(letter_id, first + 1)]

    @pytest.mark.parametrize(
        ("letter", "state"),
        [
            (bulk(), Sending.UNCERTAIN),
            (Invitation(to="a@example.org", language="en", name="A", guest_id=CAKE), Sending.LEASED),
        ],
        ids=["ask", "resend"],
    )
    def test_a_worker_lost_while_handing_over_leaves_it_to_the_kind(
        self, stage, session, engine, now, letter, state
    ):
        """4.1 rule 4: sent again where a copy does no harm; a person is asked elsewhere."""
        letter_id = queue(letter)
        lease("one")
        with stage() as staged:
            staged.get_one(OutboxLetter, letter_id).state = Sending.HANDING
        assert lease("two") == []
        now.advance(seconds=LEASE.total_seconds() + 1)
        assert len(lease("two")) == (state is Sending.LEASED)
        assert states(session) == [state]

    def test_the_link_of_a_letter_that_may_have_left_with_a_lost_worker_lives(
        self, stage, session, engine, now
    ):
        """Reliability 3.1: perhaps somebody has it already; it must not work for ever."""
        letter = Invitation(to="a@example.org", language="en", name="A", guest_id=CAKE)
        letter_id = queue(letter)
        lease("one")
        with stage() as staged:
            staged.get_one(OutboxLetter, letter_id).state = Sending.HANDING
        now.advance(seconds=LEASE.total_seconds() + 1)
        lease("two")
        assert session.scalars(select(Link.ends_at)).one() == now() + timedelta(hours=1)

    def test_two_workers_at_once_share_the_letters(self, engine, session):
        """G-F12: no letter twice, none forgotten."""
        for number in range(40):
            queue(bulk(f"P{number}"))
        gate, shares = threading.Barrier(4), []

        def work(name: str) -> None:
            gate.wait()
            shares.extend(letter_id for letter_id, _fence in lease(name, most=10))

        threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        shares += [letter_id for letter_id, _fence in lease("late")]
        assert len(shares) == len(set(shares)) == 40

    def test_asking_whether_anything_is_due_agrees_with_claiming(self, stage, engine, now):
        """An idle worker asks this every second and must not miss a letter."""

        def ask() -> bool:
            end_reading()
            return is_anything_due(read_session(), now())

        assert not ask()
        letter_id = queue(bulk())
        assert ask()
        lease()
        assert not ask()
        now.advance(seconds=LEASE.total_seconds() + 1)
        assert ask()
        for state, due in ((Sending.HANDING, True), (Sending.UNCERTAIN, False), (Sending.SENT, False)):
            with stage() as session:
                session.get_one(OutboxLetter, letter_id).state = state
            assert ask() is due

    def test_what_was_not_tried_can_be_given_back(self, session, engine, now):
        ids = [queue(bulk(name)) for name in ("Ana", "Ben")]
        lease("one", most=1)
        lease("two", most=1)
        with transaction(SYSTEM) as work:
            outbox_module.release(work, "one")
        assert sorted(states(session)) == [Sending.LEASED, Sending.RETRY]
        ((given_back, _fence),) = lease("three")
        assert given_back in ids
