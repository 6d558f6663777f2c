"""What makes generated calls reach what is behind the doors: ids of what is there, in a house that stays.

Schemathesis finds ids in answers and tries them, `DELETE /tokens/{token_id}` with its own token's among
them: all that it said afterwards was answered 401. So the house is put back before every call.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.hooks import unregister

from tests.proofs.web.routes import body_of
from tests.proofs.web.ways import ways_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from werkzeug.routing import Rule

    from tests.proofs.web.ways import Scene

WAYS = 12
"""As many paths to things that are there are tried in turn for each operation."""
LEFT_ALONE = 4
"""One call in so many goes out as it was generated."""


class Reaching:
    """A hook that fills in what no generator can know."""

    def __init__(self, app: Flask, scene: Scene, put_back: Callable[[], None]) -> None:
        self._app, self._scene, self._put_back = app, scene, put_back
        self._rules = {
            (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)): rule
            for rule in app.url_map.iter_rules()
            for method in rule.methods or ()
        }
        self._calls: Counter[str] = Counter()

    def before_call(self, _context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
        """Put the house back, and name things that are there where a call names any.

        A chain of calls (the stateful phase) has ids of its own, and is to find what it has done.
        """
        if case.meta is not None and case.meta.phase.name == TestPhase.STATEFUL:
            return
        self._put_back()
        rule = self._rules.get((case.operation.method.upper(), case.operation.path))
        if rule is None or case.meta is None:
            return
        self._calls[case.operation.label] += 1
        turn = self._calls[case.operation.label]
        if turn % LEFT_ALONE:
            self._fill(case, rule, turn)

    def _fill(self, case: Any, rule: Rule, turn: int) -> None:
        """Leave alone whatever is wrong on purpose."""
        ways = list(islice(ways_to(self._scene, rule), WAYS))
        way = ways[turn % len(ways)]
        if rule.arguments and not case.meta.is_negative_at(ParameterLocation.PATH):
            case.path_parameters = dict(way.gaps)
        if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
            good = self._scene.json(way.place, rule.endpoint, body_of(self._app, rule.endpoint))
            said = good if turn % 2 else {name: one for name, one in good.items() if _is_id(one)}
            case.body = case.body | {name: one for name, one in said.items() if name in case.body}


def _is_id(said: object) -> bool:
    return bool(re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(said)))


@contextmanager
def reaching(app: Flask, scene: Scene, put_back: Callable[[], None]) -> Iterator[None]:
    """Every call of the block is made to reach something."""
    fill = Reaching(app, scene, put_back)

    def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        fill.before_call(context, case, kwargs)

    schemathesis.hook(before_call)
    try:
        yield
    finally:
        unregister(before_call)
