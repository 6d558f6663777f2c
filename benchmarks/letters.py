"""Letters a second to a local sink: the outbox, against a loop that only builds and sends the same."""

from __future__ import annotations

import smtplib
import socketserver
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

from kinkeeper.app import migrate
from kinkeeper.app.house import furnish
from kinkeeper.features.exchanges.emails import MatchReady
from kinkeeper.kernel import crypto, db
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import end_reading, read_session, transaction
from kinkeeper.platform import mail
from kinkeeper.platform.mail import delivery
from kinkeeper.platform.mail.outbox import OutboxLetter
from kinkeeper.platform.mail.transports import open_transport

LETTERS, ROUNDS = 400, 3
SENDER = "Kinkeeper <house@example.org>"


class Taker(socketserver.StreamRequestHandler):
    """Takes every letter as fast as it can; the sender must be the limit, not the sink."""

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
            if word == b"QUIT":
                return
            self.wfile.write(b"250 ok\r\n")


@contextmanager
def sink() -> Iterator[int]:
    """A mail server on this machine; answers its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Taker) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def main() -> None:
    crypto.unlock(bytes(range(64)))
    furnish("http://house.example.org")
    ours, plain = [], []
    with tempfile.TemporaryDirectory() as folder, sink() as port:
        engine = db.connect(f"sqlite:///{Path(folder) / 'house.sqlite'}")
        migrate.upgrade(engine)
        for _ in range(ROUNDS):
            ids = _queue()
            plain.append(_plain_loop(ids, port))
            ours.append(_outbox(port))
    ratio = statistics.median(mine / other for mine, other in zip(ours, plain, strict=True))
    print(
        f"{LETTERS} letters to a local sink: outbox {statistics.median(ours):.0f}/s against a plain loop "
        f"{statistics.median(plain):.0f}/s ({ratio:.0%}); one commit (synchronous=FULL) a letter"
    )


def _queue() -> list:
    ids = []
    with transaction(SYSTEM) as work:
        for number in range(LETTERS):
            participant_id = new_id()
            letter = MatchReady(
                to=f"person{number}@example.org",
                language="en",
                name=f"Person {number}",
                title="Christmas at the Olsens",
                gifts_on=date(2026, 12, 24),
                budget="around £20",
                participant_id=participant_id,
            )
            ids.append(mail.post(work, letter, about=participant_id, person_id=None))
    return ids


def _plain_loop(ids: list, port: int) -> float:
    """The same letters, each built with EmailMessage and sent over one connection; no rows."""
    rows = [read_session().get_one(OutboxLetter, letter_id) for letter_id in ids]
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for row in rows:
            message = delivery.compose(row, SENDER)
            server.sendmail("house@example.org", row.to, message.as_bytes())
    end_reading()
    return len(rows) / (time.perf_counter() - began)


def _outbox(port: int) -> float:
    transport = open_transport(f"smtp://127.0.0.1:{port}?tls=none")
    sent, began = 0, time.perf_counter()
    while done := delivery.deliver_due(
        transport, sender=SENDER, worker="bench", rng=Random(1), stopping=lambda: False
    ).sent:
        sent += done
    seconds = time.perf_counter() - began
    transport.close()
    if sent != LETTERS:
        raise RuntimeError(f"{sent} of {LETTERS} letters were sent")
    return sent / seconds


if __name__ == "__main__":
    main()
