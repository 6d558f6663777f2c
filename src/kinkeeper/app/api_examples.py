"""An example for every operation of the API's document: what its parameters and its body could be.

They are made of what the schemas say of their fields, so that a new field brings its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kinkeeper.kernel import clock
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

SOME_ID = "01936f5e-7c1a-7d3e-9f25-5b8c6a1e4d20"
"""Names nothing: an example of a body is sent with one of the caller's own."""
_OTHERS: dict[str, object] = {
    "integer": 1,
    "number": 1,
    "boolean": True,
    "array": [],
    "object": {},
    "string": "…",
}


def put_into(document: dict[str, Any]) -> None:
    """Give every parameter and body of a document its example."""
    writer = _Writer(document["components"]["schemas"])
    for path in document["paths"].values():
        for operation in path.values():
            _complete(operation, writer)


def _complete(operation: dict[str, Any], writer: _Writer) -> None:
    for parameter in operation.get("parameters", []):
        if "schema" in parameter and (parameter["required"] or "default" in parameter["schema"]):
            parameter.setdefault("example", writer.sample(parameter["schema"]))
    for kind in operation.get("requestBody", {}).get("content", {}).values():
        kind.setdefault("example", writer.sample(kind["schema"]))


class _Writer:
    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas = schemas
        today = clock.today_in(settings().zone, clock.now())
        day = today.replace(year=today.year + 1, month=12, day=24).isoformat()
        self._formats = {"date": day, "uuid": SOME_ID, "email": "mia@example.org"}

    def sample(self, schema: Mapping[str, Any]) -> object:
        """Answer something that fits: its own example, or what must be said, each by its example."""
        schema = self._resolved(schema)
        for known in ("examples", "enum"):
            if schema.get(known):
                return schema[known][0]
        if schema.get("properties"):
            return self._object(schema)
        if "default" in schema:
            return schema["default"]
        if choices := schema.get("anyOf"):
            return self.sample(choices[0])
        if schema.get("type") == "array" and schema.get("minItems"):
            return [self.sample(schema["items"])] * schema["minItems"]
        return self._formats.get(schema.get("format", "")) or _OTHERS[schema.get("type", "string")]

    def _object(self, schema: Mapping[str, Any]) -> dict[str, object]:
        """Answer what must be said; where nothing must, what has an example of its own."""
        fields = schema["properties"]
        said = schema.get("required") or [name for name, one in fields.items() if one.get("examples")]
        return {name: self.sample(fields[name]) for name in said}

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        found: Mapping[str, Any] = self._schemas[name] if name else schema
        return found
