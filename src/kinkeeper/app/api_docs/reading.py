"""What an OpenAPI document says, in the shape of a page: operations by topic, each with an example."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

METHODS = ("get", "post", "put", "patch", "delete")
_GAP = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Field:
    """Something that is sent."""

    name: str
    kind: str
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can ask for."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    body: list[Field]
    answers: list[tuple[str, str]]
    """Status with its words, and the name of the schema."""
    example: str
    """A command for a shell in which KINKEEPER_TOKEN is set, and the ids that the address has gaps for."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Operations that belong together."""

    name: str
    description: str
    operations: list[Operation]


def read(document: Mapping[str, Any], address: str) -> list[Topic]:
    """Answer the topics of a document, in its order."""
    reader = _Reader(document, address)
    tags = {tag["name"]: tag.get("description", "") for tag in document.get("tags", [])}
    topics = {name: Topic(name, description, []) for name, description in tags.items()}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                name = next(iter(methods[method].get("tags", [])), "")
                topic = topics.setdefault(name, Topic(name, "", []))
                topic.operations.append(reader.operation(method, path, methods[method]))
    return [topic for topic in topics.values() if topic.operations]


class _Reader:
    def __init__(self, document: Mapping[str, Any], address: str) -> None:
        self._schemas = document.get("components", {}).get("schemas", {})
        self._address = address

    def operation(self, method: str, path: str, said: Mapping[str, Any]) -> Operation:
        schema = _content(said.get("requestBody", {}))
        body = self._resolved(schema) if schema else {}
        return Operation(
            anchor=f"{method}-{re.sub(r'[^a-z0-9]+', '-', path.lower()).strip('-')}",
            method=method.upper(),
            path=path,
            summary=said.get("summary", ""),
            description=said.get("description", ""),
            parameters=[self._parameter(one) for one in said.get("parameters", []) if "schema" in one],
            body=list(self._fields(body)),
            answers=sorted(self._answers(said.get("responses", {}))),
            example=self._command(method, path, said),
        )

    def _parameter(self, said: Mapping[str, Any]) -> Field:
        kind = self._kind(said.get("schema", {}))
        description = said.get("description") or said.get("schema", {}).get("description", "")
        return Field(said["name"], kind, bool(said.get("required")), description)

    def _fields(self, schema: Mapping[str, Any]) -> Iterator[Field]:
        required = schema.get("required", [])
        for name, said in schema.get("properties", {}).items():
            description = said.get("description") or self._resolved(said).get("description", "")
            yield Field(name, self._kind(said), name in required, description)

    def _answers(self, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for status, answer in said.items():
            words = HTTPStatus(int(status)).phrase if status.isdigit() else answer.get("description", "")
            yield f"{status} {words}", _name_of(_content(answer))

    def _kind(self, schema: Mapping[str, Any]) -> str:
        """Answer in a few words what a value is."""
        if choices := schema.get("anyOf") or schema.get("oneOf"):
            return " or ".join(self._kind(one) for one in choices)
        resolved = self._resolved(schema)
        if values := resolved.get("enum"):
            return ", ".join(map(str, values))
        if resolved.get("type") == "array":
            return f"list of {self._kind(resolved.get('items', {}))}"
        if "$ref" in schema and resolved.get("type") == "object":
            return _name_of(schema)
        return str(resolved.get("format") or resolved.get("type") or "anything")

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        name = _name_of(schema)
        found: Mapping[str, Any] = self._schemas.get(name, {}) if name else schema
        return found

    def _command(self, method: str, path: str, said: Mapping[str, Any]) -> str:
        address = self._address + _GAP.sub(lambda gap: f"${{{gap[1].upper()}}}", path)
        lines = [f'curl --request {method.upper()} "{address}"']
        if said.get("security"):
            lines.append('--header "Authorization: Bearer ${KINKEEPER_TOKEN}"')
        for kind, content in said.get("requestBody", {}).get("content", {}).items():
            sample = orjson.dumps(content["example"]).decode()
            lines += [f'--header "Content-Type: {kind}"', f"--data {shlex.quote(sample)}"]
        return " \\\n  ".join(lines)


def _content(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answer the schema of a body or an answer."""
    kinds: Mapping[str, Any] = said.get("content", {})
    for kind in kinds.values():
        return dict(kind.get("schema", {}))
    return {}


def _name_of(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
