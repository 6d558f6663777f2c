"""What tests of pages and verbs share: forms without their page, links, races, fingerprints."""

from __future__ import annotations

import hashlib
import re
import threading
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kinkeeper.app.tables import METADATA
from kinkeeper.kernel import db, work
from kinkeeper.kernel.gate import Gate
from kinkeeper.platform.mail.delivery import deliver_due, link_of
from kinkeeper.platform.mail.transports import Mailbox
from tests.factories import make_account, make_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

SEEN = {("web_session", "seen_at"), ("web_session", "idle_at"), ("access_token", "used_at")}
"""Columns that note a visit and nothing else (A-31 exempts them)."""

MISSING = "01976f00-0000-7000-8000-000000000000"
"""An id that nothing has."""


def fingerprint(session: Session, *, besides: frozenset[str] = frozenset()) -> str:
    """Answer a digest over every row of every table; equal means that nothing was changed."""
    digest = hashlib.sha256()
    for table in METADATA.sorted_tables:
        if table.name in besides:
            continue
        columns = [column for column in table.columns if (table.name, column.name) not in SEEN]
        rows = sorted(repr(tuple(row)) for row in session.execute(select(*columns)))
        digest.update(f"{table.name}:{rows}".encode())
    return digest.hexdigest()


def form_token(client: Any) -> str:
    """Answer the token for this browser's forms, from a page that everybody can see."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/nothing-here").text)
    assert found
    return found[1]


def fill_in(client: Any, path: str, /, **fields: object) -> Any:
    """Post a form with this browser's token."""
    return client.post(path, data={"csrf_token": form_token(client), **fields})


def bearer(actor: Any, name: str = "A script") -> dict[str, str]:
    """Answer the header of a fresh access token."""
    return {"Authorization": f"Bearer {make_token(actor, name, days=30)}"}


def carry_letters() -> int:
    """Hand all letters that are due to the built-in mailbox, which starts their links' life."""
    return deliver_due(
        Mailbox(), sender="k@example.org", worker="test", rng=Random(1), stopping=lambda: False
    ).sent


def path_in(letter: Any) -> str:
    """Answer the path that the letter's link leads to."""
    link = link_of(letter)
    assert link
    return link.removeprefix("http://kinkeeper.test")


def secret_in(letter: Any) -> str:
    """Answer the secret at the end of the letter's link."""
    return path_in(letter).rpartition("/")[2]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all acts at the same moment, each in a thread; answers what each returned or raised."""
    start = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(place: int) -> None:
        start.wait(30)
        try:
            results[place] = acts[place]()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error
        finally:
            work.end_reading()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@contextmanager
def without_lock(monkeypatch: Any, module: Any, name: str, model: Any) -> Iterator[None]:
    """The control of a test of a race: the same scene with the defence taken out.

    SQLite: no gate, and BEGIN instead of BEGIN IMMEDIATE. PostgreSQL: `module.name` without FOR UPDATE.
    """
    monkeypatch.setattr(
        module, name, lambda session, row_id: session.scalars(select(model).where(model.id == row_id)).one()
    )
    bind, gate = db.Writer.kw["bind"], db.gate()
    db._Bound.gate = Gate(None)
    if bind.dialect.name == "sqlite":
        db.Writer.configure(bind=bind.execution_options(sqlite_begin="BEGIN"))
    try:
        yield
    finally:
        db.Writer.configure(bind=bind)
        db._Bound.gate = gate


def keep_house(session: Session) -> Any:
    """Put an administrator into the house, without whom every page leads to set-up."""
    return make_account(session, "Ada Admin", is_admin=True)


def problems_among(results: list[object]) -> list[str]:
    """Answer the names of what was raised, for assertions that read well."""
    return sorted(type(result).__name__ for result in results if isinstance(result, Exception))


def visible_text(html: str) -> str:
    """Answer a page's HTML without what differs between two equal pages: nonces, ids, tokens, counters."""
    html = re.sub(r'nonce="[^"]+"', "", html)
    html = re.sub(r'name="csrf_token" value="[^"]+"', "", html)
    html = re.sub(r"live\?after=\d+", "live", html)  # counts what happened in the whole house
    return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", html)


def get_routes(app) -> list[str]:
    """Answer a path for every rule that can be looked at; what its gaps name is nowhere."""
    paths = []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            values = {name: _sample(rule, name) for name in rule.arguments}
            paths.append(rule.build(values)[1])
    return sorted(paths)


def _sample(rule, name) -> str:
    if name == "kind":
        return min(rule._converters[name].items)
    return MISSING if "UUID" in type(rule._converters[name]).__name__ else "x" * 43
