"""The OpenAPI document says what the schemas say, and has an example for every operation (issue list 5)."""

from __future__ import annotations

from collections import Counter

import pytest
from pydantic import BaseModel


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
