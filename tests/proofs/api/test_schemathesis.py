"""Schemathesis over the OpenAPI document, in all its phases, as three kinds of callers.

No answer may be a server error, and none may break what the document says: its status, media type, headers
and schema.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.context import EngineContext

from tests.integration.web.support import bearer
from tests.proofs.web.scene import furnish

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST = 1_700
"""Calls as each of the three: more than 5,000 in all."""
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


def calls_of(app: Any, headers: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Every call that was made, with what the checks found wrong about it."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=configuration(headers))
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            for case_id in event.recorder.interactions:
                failed = [
                    check
                    for check in event.recorder.checks.get(case_id, ())
                    if check.status is Status.FAILURE
                ]
                yield event.phase.value, (event.recorder.interactions[case_id], failed)
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


def told(interaction: Any, check: Any) -> str:
    """What somebody has to know to look at it."""
    request, failure = interaction.request, check.failure_info.failure
    return f"{request.method} {request.uri}\n  {check.name}: {failure.title}: {failure.message[:500]}"


@pytest.mark.parametrize("who", ["anonymous", "member", "administrator"])
def test_no_server_error_and_no_break_of_the_schema(app, session, who):
    """The issue's own measure: at least 5,000 cases in all."""
    scene = furnish(session)
    actor = {"anonymous": None, "member": scene.actors["organiser"]}.get(who, scene.actors["administrator"])
    headers = bearer(actor, "Schemathesis") if actor is not None else {}
    phases: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    wrong: dict[str, int] = {}
    for phase, (interaction, failed) in calls_of(app, headers):
        phases[phase] += 1
        if interaction.response is not None:
            statuses[interaction.response.status_code] += 1
        for check in failed:
            line = told(interaction, check)
            wrong[line] = wrong.get(line, 0) + 1
    print(who, dict(phases), dict(sorted(statuses.items())))
    assert not wrong, "\n".join(list(wrong)[:20])
    assert not [status for status in statuses if status >= 500]
    assert sum(phases.values()) >= FEWEST, phases
