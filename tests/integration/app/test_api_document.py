"""The OpenAPI document says what the schemas say, and has an example for every operation."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel

from kinkeeper.app import factory
from tests.integration.web.support import bearer, form_token
from tests.proofs.web.keeping import kept
from tests.proofs.web.routes import body_of
from tests.proofs.web.scene import furnish
from tests.proofs.web.ways import ways_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.routing import Rule


@pytest.fixture
def document(client_of) -> dict:
    return client_of().get("/api/v1/openapi.json").json


def test_no_two_schemas_share_a_name(document):
    """The document keeps schemas by name: of two, one would be told as the other."""
    names = Counter(
        model.__name__
        for model in models_of(BaseModel)
        if model.__module__.startswith("kinkeeper.") and model.__name__ in document["components"]["schemas"]
    )
    assert len(names) > 50
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    ("address", "cookie"),
    [("http://kinkeeper.test", "kk_account"), ("https://kinkeeper.test", "__Host-kk_account")],
)
def test_it_names_the_cookie_that_this_house_sets(settings, address, cookie):
    app = factory.create_app(settings.model_copy(update={"base_url": address}))
    said = app.test_client().get("/api/v1/openapi.json", base_url=address).json
    assert said["components"]["securitySchemes"]["session"]["name"] == cookie


def test_signing_out_needs_no_body(document):
    said = document["paths"]["/api/v1/auth/logout"]["post"]["requestBody"]
    assert said["required"] is False


def models_of(base: type[BaseModel]) -> set[type[BaseModel]]:
    """Every model that is made of this one."""
    own = set(base.__subclasses__())
    return own.union(*map(models_of, own))


def test_every_body_and_every_parameter_that_must_be_said_has_an_example(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for kind in operation.get("requestBody", {}).get("content", {}).values():
                assert isinstance(kind["example"], dict), (method, path)
            for parameter in operation.get("parameters", []):
                assert "example" in parameter or not parameter.get("required"), (method, path, parameter)


REFUSED = {"POST /api/v1/auth/register"}
"""In a house that nobody opened: accounts are not asked for there."""
OF_THE_SCENE = {"email", "username", "password", "refresh_token"}
"""Whoever signs in has to be somebody."""
NOT_TAKEN = "precondition.not_taken"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def callers(session, client_of):
    """The scene, and whoever could call in it, each with the headers that it takes."""
    scene = furnish(session)
    browsers = {who: client_of(actor) for who, actor in scene.actors.items()}
    headers = {who: {"X-CSRF-Token": form_token(browser)} for who, browser in browsers.items()}
    browsers["a program"], headers["a program"] = client_of(), bearer(scene.actors["organiser"])
    return scene, [(browsers[who], headers[who]) for who in reversed(browsers)]


def tries(app, callers, method: str, rule: Rule, example: dict | None) -> Iterator:
    """Ways of calling an operation as its example has it, with ids of what is there."""
    scene, clients = callers
    for way, (client, known) in product(ways_to(scene, rule), clients):
        good = scene.json(way.place, rule.endpoint, body_of(app, rule.endpoint))
        sent = {} if example is None else {"json": with_ids(example, good, rule.endpoint)}
        path = str(rule.build(way.gaps)[1])
        yield lambda path=path, client=client, known=known, sent=sent, **more: client.open(
            path, method=method, headers={**known, **more}, **sent
        )


def test_every_example_runs(app, engine, callers, document):
    """Each as it stands there, with ids of what is there; as whoever may, where it is possible."""
    with kept(engine) as put_back:

        def runs(method: str, rule: Rule, example: dict | None) -> bool:
            for call in tries(app, callers, method, rule, example):
                answer = call()
                put_back()
                if answer.status_code < 300:
                    return True
            return False

        found = {
            f"{method} {path}": runs(method, rule, said) for path, method, rule, said in all_of(app, document)
        }
    assert {name for name, is_done in found.items() if not is_done} == REFUSED


def test_an_if_match_is_compared_where_the_document_says_so_and_refused_elsewhere(
    app, engine, callers, document
):
    """RFC 9110, 13.1.1: passed over in silence, it would let the second of two editors win."""
    wrong, seen = [], Counter()
    with kept(engine) as put_back:

        def answers(method: str, rule: Rule, example: dict | None) -> tuple[int, str]:
            """What a call that would do answers to an ETag of yesterday."""
            for call in tries(app, callers, method, rule, example):
                status = call(**{"If-Match": "*"}).status_code
                put_back()
                if status < 300 or status == 422:
                    refused = call(**{"If-Match": '"yesterday"'})
                    put_back()
                    if refused.status_code < 300 or status < 300 or code(refused) == NOT_TAKEN:
                        return refused.status_code, code(refused)
            return 0, ""

        for path, method, rule, said in all_of(app, document):
            if method != "GET":
                expected = 412 if takes_if_match(document["paths"][path][method.lower()]) else 422
                seen[expected] += 1
                got = answers(method, rule, said)
                if got != (expected, "PRECONDITION_FAILED" if expected == 412 else NOT_TAKEN):
                    wrong.append((method, path, got))
    assert wrong == []
    assert seen[412] > 50


def takes_if_match(operation: dict) -> bool:
    return {"$ref": "#/components/parameters/IfMatch"} in operation["parameters"]


def code(answer) -> str:
    return answer.json["error"]["code"] if answer.status_code >= 400 else ""


def all_of(app, document) -> Iterator[tuple[str, str, Rule, dict | None]]:
    """Every operation of the document, with its rule, and what its example sends."""
    rules = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)): rule
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            kinds = operation.get("requestBody", {}).get("content", {})
            example = kinds["application/json"]["example"] if kinds else None
            yield path, method.upper(), rules[method.upper(), path], example


def with_ids(example: dict, good: dict, endpoint: str) -> dict:
    """The example, with the ids of what is there; who signs in has a password of their own."""
    said = OF_THE_SCENE if endpoint.startswith("auth") else set()
    return {
        name: good[name] if name in said or ID.search(str(value)) else value
        for name, value in example.items()
    }
