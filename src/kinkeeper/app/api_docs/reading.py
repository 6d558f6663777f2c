"""What an OpenAPI document says, in the shape of a page: operations by topic, each with an example."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from markupsafe import Markup

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
    data: list[Field]
    """What stands in `data` of the answer, and in each of it where it is a list."""
    is_list: bool
    statuses: list[str]
    """Each with its words."""
    example: str
    """A command for a shell in which TOKEN is set, and the ids that the address has gaps for."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Operations that belong together."""

    name: str
    description: str
    operations: list[Operation]


def _with_code(prose: str) -> str:
    """Answer prose with what stands between backticks as code; all of it is escaped."""
    pieces = enumerate(prose.split("`"))
    return Markup().join(Markup("<code>{}</code>").format(one) if place % 2 else one for place, one in pieces)


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
        answers = said.get("responses", {})
        data = self._data(answers)
        return Operation(
            anchor=f"{method}-{re.sub(r'[^a-z0-9]+', '-', path.lower()).strip('-')}",
            method=method.upper(),
            path=path,
            summary=said.get("summary", ""),
            description=_with_code(said.get("description", "")),
            parameters=[self._parameter(one) for one in said.get("parameters", []) if "schema" in one],
            body=list(self._fields(body)),
            data=list(self._fields(self._resolved(data.get("items", data)))),
            is_list=data.get("type") == "array",
            statuses=sorted(_in_words(status, answer) for status, answer in answers.items()),
            example=self._command(method, path, said),
        )

    def _parameter(self, said: Mapping[str, Any]) -> Field:
        kind = self._kind(said.get("schema", {}))
        description = said.get("description") or said.get("schema", {}).get("description", "")
        return Field(said["name"], kind, bool(said.get("required")), description)

    def _fields(
        self, schema: Mapping[str, Any], above: str = "", seen: tuple[str, ...] = ()
    ) -> Iterator[Field]:
        """Answer the fields of a thing, and below each what stands within it: `guardians[].name`."""
        required = schema.get("required", [])
        for name, said in schema.get("properties", {}).items():
            description = said.get("description") or self._resolved(said).get("description", "")
            yield Field(above + name, self._kind(said), name in required, description)
            inner, mark = self._within(said)
            if _name_of(inner) not in {"", *seen}:
                deeper = (*seen, _name_of(inner))
                yield from self._fields(self._resolved(inner), f"{above}{name}{mark}.", deeper)

    def _within(self, said: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
        """Answer what a field holds, where that has fields itself, and how a path into it goes on."""
        for one in (said, *said.get("anyOf", ())):
            if one.get("type") == "array":
                return one["items"], "[]"
            if "$ref" in one:
                return one, ""
        return {}, ""

    def _data(self, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer the schema of what comes back where all goes well; nothing where that is no JSON."""
        for status, answer in sorted(answers.items()):
            if status.startswith("2"):
                envelope = self._resolved(_content(answer))
                found: Mapping[str, Any] = envelope.get("properties", {}).get("data", {})
                return found
        return {}

    def _kind(self, schema: Mapping[str, Any]) -> str:
        """Answer in a few words what a value is."""
        if choices := schema.get("anyOf") or schema.get("oneOf"):
            return " or ".join(self._kind(one) for one in choices)
        resolved = self._resolved(schema)
        if values := resolved.get("enum"):
            return ", ".join(map(str, values))
        if resolved.get("type") == "array":
            return f"list of {self._kind(resolved.get('items', {}))}"
        return str(resolved.get("format") or resolved.get("type") or "anything")

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        name = _name_of(schema)
        found: Mapping[str, Any] = self._schemas.get(name, {}) if name else schema
        return found

    def _command(self, method: str, path: str, said: Mapping[str, Any]) -> str:
        address = self._address + _GAP.sub(lambda gap: f"${{{gap[1].upper()}}}", path)
        lines = [f'curl --request {method.upper()} "{address}"']
        if said.get("security"):
            lines.append('--header "Authorization: Bearer ${TOKEN}"')
        for kind, content in said.get("requestBody", {}).get("content", {}).items():
            sample = orjson.dumps(content["example"]).decode()
            lines += [f'--header "Content-Type: {kind}"', f"--data {shlex.quote(sample)}"]
        return " \\\n  ".join(lines)


def _in_words(status: str, answer: Mapping[str, Any]) -> str:
    words = HTTPStatus(int(status)).phrase if status.isdigit() else answer.get("description", "")
    return f"{status} {words}"


def _content(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answer the schema of a body or an answer."""
    kinds: Mapping[str, Any] = said.get("content", {})
    for kind in kinds.values():
        return dict(kind.get("schema", {}))
    return {}


def _name_of(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
