"""What a run of generated calls found, for people and for the proof."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Found:
    """Counts of calls and answers, and what was wrong."""

    phases: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    """How often each operation did what it is there for."""
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def calls(self) -> int:
        """All of them."""
        return sum(self.phases.values())

    def note(self, phase: str, operation: str, interaction: Any, failed: list[Any]) -> None:
        """Count one call."""
        self.phases[phase] += 1
        status = interaction.response.status_code if interaction.response is not None else 0
        self.statuses[status] += 1
        if phase != "stateful":  # a chain is of several operations
            self.done[operation] += 200 <= status < 300
        self.wrong.update(told(interaction, check) for check in failed)

    def never_done(self) -> set[str]:
        """Operations of which no call was let through to the end."""
        return {operation for operation, times in self.done.items() if not times}

    def table(self, who: str) -> str:
        """The answers by their status, one line each."""
        lines = [
            f"{status}  {times:5d}  {times / self.calls:4.0%}"
            for status, times in sorted(self.statuses.items())
        ]
        phases = ", ".join(f"{name} {times}" for name, times in self.phases.items())
        done = len(self.done) - len(self.never_done())
        never = "; never done: " + ", ".join(sorted(self.never_done())) if self.never_done() else ""
        head = f"{who}: {self.calls} calls ({phases}); {done} of {len(self.done)} operations done{never}"
        return "\n".join([head, *lines])


def told(interaction: Any, check: Any) -> str:
    """What somebody has to know to look at it."""
    request, failure = interaction.request, check.failure_info.failure
    return f"{request.method} {request.uri}\n  {check.name}: {failure.title}: {failure.message[:500]}"
