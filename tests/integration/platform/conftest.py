"""A desk with sample letters, and a mail server on loopback that can be told to misbehave."""

from __future__ import annotations

import asyncio
import email
import email.policy
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import partial
from random import Random
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from kinkeeper.app.house import furnish
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.mail import delivery, post
from kinkeeper.platform.mail.transports import Smtp
from tests.conftest import BASE_URL
from tests.integration.platform import samples
from tests.integration.platform.samples import Bulk, Invitation

SENDER = "The Olsens <olsens@kinkeeper.test>"


@dataclass
class Taken:
    """A letter as it came over the wire."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()


@dataclass
class Sink:
    """A real SMTP server; `answers` maps a command to what it says instead of yes.

    An answer is a reply line, or "drop" to cut the connection there, or "hang" for none as long as
    anybody waits, or a function of the address.
    """

    answers: dict[str, str | Callable[[str], str]] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    most_a_connection: int | None = None
    before_yes: Callable[[Taken], None] = lambda _taken: None
    port: int = 0
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def url(self, query: str = "?tls=none", user: str = "") -> str:
        return f"smtp://{user}127.0.0.1:{self.port}{query}"

    # aiosmtpd's hooks

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name, session.served = hostname, 0
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.most_a_connection is not None and session.served >= self.most_a_connection:
            return self._cut(server, "421 too many letters, come again")
        answer = self._answer(server, "MAIL", address)
        if answer is None:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = await self._after_all(self._answer(server, "RCPT", address))
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        session.served += 1
        answer = self._answer(server, "DATA", envelope.rcpt_tos[0])
        if answer is not None:
            return answer
        taken = Taken(envelope.mail_from, list(envelope.rcpt_tos), envelope.content)
        with self.arrived:
            self.taken.append(taken)
            self.arrived.notify_all()
        self.before_yes(taken)
        answer = await self._after_all(self._answer(server, "YES", envelope.rcpt_tos[0]))
        return answer or "250 taken as 4711"

    def _answer(self, server: SMTP, command: str, address: str) -> str | None:
        self.commands.append(f"{command} {address}")
        answer = self.answers.get(command)
        said = answer(address) if callable(answer) else answer
        return self._cut(server, said) if said == "drop" or (said or "").startswith("421") else said

    @staticmethod
    async def _after_all(answer: str | None) -> str | None:
        if answer == "hang":
            await asyncio.Event().wait()
        return answer

    @staticmethod
    def _cut(server: SMTP, said: str) -> str:
        if said == "drop":
            server.transport.abort()
        else:
            server.loop.call_soon(server.transport.close)
        return said


class _Server(Controller):
    """On a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def factory(self) -> SMTP:
        self.handler.connections += 1
        return super().factory()


@pytest.fixture
def serve_mail() -> Iterator[Callable[..., Sink]]:
    """`serve_mail()` starts a sink; its arguments are those of aiosmtpd's server."""
    servers = []

    def start(**options: object) -> Sink:
        sink = Sink()
        server = _Server(sink, hostname="127.0.0.1", port=0, **options)
        server.start()
        servers.append(server)
        sink.port, sink.connections = server.port, 0
        return sink

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def sink(serve_mail) -> Sink:
    return serve_mail()


def only(name: str, password: str):
    """An authenticator that lets one user in."""

    def check(server, session, envelope, mechanism, data) -> AuthResult:
        known = (data.login, data.password) == (name.encode(), password.encode())
        return AuthResult(success=known, handled=False)

    return check


@pytest.fixture
def desk(tmp_path) -> Iterator[None]:
    """Sample letters instead of the features'."""
    samples.lay_out(tmp_path / "texts", BASE_URL)
    yield
    furnish(BASE_URL)


@pytest.fixture
def invite(desk, engine) -> Callable[..., UUID]:
    """`invite("Ana")` queues an invitation to ana@example.org, in a verb of its own."""

    def send(name: str = "Ana", /, *, guest_id: UUID | None = None, **facts: object) -> UUID:
        guest_id = guest_id or new_id()
        to = f"{name.lower()}@example.org"
        letter = Invitation(**{"to": to, "language": "en", "name": name, "guest_id": guest_id, **facts})
        with transaction(SYSTEM) as work:
            return post(work, letter, about=guest_id, person_id=None)

    return send


@pytest.fixture
def announce(desk, engine) -> Callable[..., UUID]:
    """`announce("Ana")` queues a bulk letter to ana@example.org."""

    def send(name: str = "Ana") -> UUID:
        letter = Bulk(to=f"{name.lower()}@example.org", language="en", name=name)
        with transaction(SYSTEM) as work:
            return post(work, letter, about=new_id(), person_id=None)

    return send


@pytest.fixture
def by_mail(sink) -> Iterator[Smtp]:
    """A transport to the sink."""
    transport = Smtp(sink.url())
    yield transport
    transport.close()


@pytest.fixture
def deliver() -> Callable[..., int]:
    """`deliver(transport)` is one round of a worker with settled chance."""
    return partial(_deliver, rng=Random(7))


def _deliver(transport, *, rng: Random, worker: str = "worker", sender: str = SENDER, stopping=bool) -> int:
    done = delivery.deliver_due(transport, sender=sender, worker=worker, rng=rng, stopping=stopping)
    return done.sent
