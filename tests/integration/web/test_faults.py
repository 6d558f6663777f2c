"""What is wrong with a field of a call is told in our words, and in the language of who reads it."""

from __future__ import annotations

import itertools

import pytest
from pydantic import ValidationError

from kinkeeper.kernel.words import gettext
from kinkeeper.web import faults
from kinkeeper.web.json import Body, Query
from tests.factories import make_account
from tests.integration.web.support import bearer

API = "/api/v1/exchanges"
ODD = (
    *(None, 5, -1, 10**30, 1.5, float("inf"), True, "", "x", "\0", "x" * 100_000, [], {}, {"x": 1}),
    *("2026-13-45", "2026-12-24T01:00", "0", ["x"] * 2_000, [1], [None], [{}], ["x" * 100_000]),
)


@pytest.fixture
def program(client_of, stage, admin):
    with stage() as session:
        olga = make_account(session, "Olga", is_admin=True)
    client = client_of(None)
    client.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    return client


def details(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422, answer.text
    return answer.json["error"]["details"]


def schemas() -> list[type]:
    """All that can be sent anywhere; the application has been made, so all are there."""
    found, todo = [], [Body, Query]
    while todo:
        known = todo.pop().__subclasses__()
        found += known
        todo += known
    return found


def faults_of(schema: type) -> list:
    """Everything that is wrong with odd things sent to a schema, each alone."""
    bodies = itertools.chain(ODD, ({name: odd} for name in schema.model_fields for odd in ODD))
    found = []
    for body in ({"something else": 1}, *bodies):
        try:
            schema.model_validate(body)
        except ValidationError as error:
            found += error.errors(include_url=False)
    return found


def test_whatever_is_odd_is_told_in_a_sentence_of_ours(app):
    """Nothing of what pydantic says is left, and every gap is filled."""
    with app.test_request_context("/"):
        told = [(fault, faults.said(fault)) for schema in schemas() for fault in faults_of(schema)]
    assert len({fault["type"] for fault, _ in told}) > 15, "the scene finds most of them"
    for fault, said in told:
        assert said != fault["msg"], fault
        assert "%(" not in said
        assert said.endswith(".")


@pytest.mark.parametrize("language", ["en", "de", "it"])
def test_it_is_told_in_the_reader_s_language(program, language):
    answer = program.post(API, json={"title": 5}, headers={"Accept-Language": language})
    told = details(answer)
    assert told["closes_on"] == [gettext(language, faults.MISSING)]
    assert told["title"] == [gettext(language, "This should be text.")]


def test_sentences_name_what_is_wanted(program):
    sent = {"title": "x" * 200, "closes_on": 0, "gifts_on": "2026-12-24", "zone": None, "shoe": 41}
    told = details(program.post(API, json=sent))
    assert told == {
        "title": ["Please use at most 80 characters."],
        "closes_on": ["This should be a day such as 2026-12-24."],
        "zone": ["This should be text."],
        "shoe": ["This is not asked for here."],
    }
    assert details(program.get("/api/v1/exchanges?page=0&per_page=many")) == {
        "page": ["This should be at least 1."],
        "per_page": ["Not a valid integer value."],
    }


def test_choices_are_listed_without_a_word_of_english(app):
    with app.test_request_context("/"):
        fault = {"type": "enum", "loc": (), "msg": "", "input": "", "ctx": {"expected": "'a', 'b' or 'c'"}}
        assert faults.said(fault) == "Please choose one of these: a, b, c."


def test_a_kind_that_is_new_is_told_as_it_comes(app):
    with app.test_request_context("/"):
        assert faults.said({"type": "new", "loc": (), "msg": "Something new", "input": ""}) == "Something new"


def test_what_is_refused_before_any_schema_is_told_likewise(program):
    assert details(program.get(f"{API}?page=1&page=2")) == {"page": ["It is said more than once."]}
    assert details(program.get("/api/v1/auth/me?debug=1")) == {"debug": ["This is not asked for here."]}
    assert details(program.post(API, json="text")) == {"body": ["This should be an object."]}


def test_nothing_that_was_sent_comes_back(program):
    """T-43: an answer that repeats its question carries other people's words."""
    answer = program.post(API, json={"title": ["<evil>"], "zone": "<evil>" * 1_000, "closes_on": "<evil>"})
    assert "evil" not in answer.text.replace("&lt;", "")
