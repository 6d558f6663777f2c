"""Schemathesis over the OpenAPI document, in all its phases, as three kinds of callers.

No answer may be a server error, and none may break what the document says: its status, media type, headers
and schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.context import EngineContext

from tests.integration.web.support import bearer
from tests.proofs.api.found import Found
from tests.proofs.api.reaching import reaching
from tests.proofs.web.keeping import kept
from tests.proofs.web.scene import furnish

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST = 1_700
"""Calls as each of the three: more than 5,000 in all."""
MOST_OUTSIDE = 0.05
"""Of the calls of whoever has a token; some headers are generated, and are nobody's."""
FEWEST_DONE = 0.1
"""Most are wrong on purpose."""
MOST_NEVER_DONE = {"member": 0.2, "administrator": 0.05}
"""Of the operations: a member keeps no accounts and no roles."""
EXAMPLES = 12
"""Hypothesis' examples for each operation, besides those that the schema names and its edges."""


def configuration(headers: dict[str, str]) -> schemathesis.Config:
    """All phases; the checks leave out those that ask for what the document does not promise.

    `positive_data_acceptance`: what fits its schema may still be refused by the state that things are in,
    and `ensure_resource_availability` would have every draft at hand that somebody else deletes meanwhile.
    """
    left_out = ("positive_data_acceptance", "ensure_resource_availability")
    return schemathesis.Config.from_dict(
        {
            "headers": headers,
            "seed": 2026,
            "workers": 1,
            "generation": {"max-examples": EXAMPLES, "deterministic": True},
            "checks": {name: {"enabled": False} for name in left_out},
        }
    )


def calls_of(app: Any, headers: dict[str, str]) -> Iterator[tuple[str, str, Any, list[Any]]]:
    """Phase and operation of every call that was made, and what the checks found wrong about it."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=configuration(headers))
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            for case_id in event.recorder.interactions:
                failed = [
                    check
                    for check in event.recorder.checks.get(case_id, ())
                    if check.status is Status.FAILURE
                ]
                yield event.phase.value, event.recorder.label, event.recorder.interactions[case_id], failed
        assert not isinstance(event, (events.NonFatalError, events.FatalError)), event


@pytest.fixture(autouse=True)
def _no_network_settings(monkeypatch):
    """Schemathesis 4.32 hands settings of a network on to an application in the same process."""
    plain = EngineContext.get_transport_kwargs

    def without(self, operation=None):
        said = plain(self, operation)
        return {
            name: value for name, value in said.items() if name in {"headers", "app", "session", "base_url"}
        }

    monkeypatch.setattr(EngineContext, "get_transport_kwargs", without)


@pytest.mark.parametrize("who", ["anonymous", "member", "administrator"])
def test_no_server_error_and_no_break_of_the_schema(app, session, engine, who):
    """At least 5,000 cases in all, most of them let in."""
    scene = furnish(session)
    actor = {"anonymous": None, "member": scene.actors["organiser"]}.get(who, scene.actors["administrator"])
    headers = bearer(actor, "Schemathesis") if actor is not None else {}
    found = Found()
    with kept(engine) as put_back, reaching(app, scene, put_back):
        for call in calls_of(app, headers):
            found.note(*call)
    print(found.table(who))
    assert not found.wrong, "\n".join(list(found.wrong)[:20])
    assert not [status for status in found.statuses if status >= 500]
    assert sum(found.phases.values()) >= FEWEST, found.phases
    if actor is not None:
        assert found.statuses[401] <= found.calls * MOST_OUTSIDE, found.statuses
        assert found.done.total() >= found.calls * FEWEST_DONE, found.statuses
        assert len(found.never_done()) <= len(found.done) * MOST_NEVER_DONE[who], found.never_done()
