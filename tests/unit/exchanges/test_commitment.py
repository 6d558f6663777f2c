"""A draw promised by its hash can be run again by anybody, and by nobody changed unseen."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinkeeper.features.exchanges.rules import Exclusions, Shape
from kinkeeper.features.exchanges.rules.commitment import (
    BrokenCommitment,
    Plan,
    UnknownFormat,
    carry_out,
    commitment_of,
    document_of,
    plan_of,
    plan_to_draw,
    reproduce,
)
from tests.unit.exchanges.invented import exclusions

PEOPLE = ("ana", "ben", "cy", "dee", "eve", "fay")
PLAN = Plan(
    people=PEOPLE,
    exclusions=Exclusions(
        6,
        pairs=frozenset({(4, 0), (0, 5)}),
        households=(frozenset({2, 3}), frozenset({0, 1})),
        past=(frozenset({(0, 2), (1, 3)}), frozenset({(5, 0)})),
    ),
    shape=Shape.NO_MUTUAL,
    seed=bytes(range(32)),
    marks=("aa", "bb", "cc", "dd", "ee", "ff"),
)
DOCUMENT = (
    b'{"format":"kinkeeper-draw-1","households":[[0,1],[2,3]],"names":["aa","bb","cc","dd","ee","ff"],'
    b'"pairs":[[0,5],[4,0]],'
    b'"past":[[[0,2],[1,3]],[[5,0]]],"people":["ana","ben","cy","dee","eve","fay"],'
    b'"seed":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","shape":"no-mutual"}'
)


@st.composite
def plans(draw):
    rules = draw(exclusions(fewest=3))
    people = draw(
        st.lists(
            st.text("aé☃", min_size=1, max_size=4), min_size=rules.size, max_size=rules.size, unique=True
        )
    )
    return Plan(
        tuple(people),
        rules,
        draw(st.sampled_from(Shape)),
        draw(st.binary(min_size=32, max_size=32)),
        tuple(people),
    )


def test_the_document_is_as_it_has_always_been():
    # Never change what is expected here: documents of this format are in people's hands.
    assert document_of(PLAN) == DOCUMENT
    assert commitment_of(DOCUMENT) == sha256(DOCUMENT).hexdigest()


def ring(step):
    return frozenset((giver, (giver + step) % 12) for giver in range(12))


HOMES = tuple(frozenset(range(first, first + 4)) for first in (0, 4, 8))
AVOIDABLE = Exclusions(12, households=HOMES, past=(ring(4), ring(5), ring(6), ring(7)))
PICKY = frozenset(
    (giver, receiver) for giver in (0, 1) for receiver in range(12) if receiver not in {4, 5, 6}
)
FORCED = Exclusions(
    12, pairs=PICKY, households=HOMES, past=(ring(4), frozenset({(0, 5), (0, 6), (1, 4), (1, 6)}))
)

TOLD = Exclusions(
    4,
    households=(frozenset({0, 1}), frozenset({2, 3})),
    past=(frozenset({(0, 2), (1, 3), (2, 1), (3, 0)}),),
)


@pytest.mark.parametrize(
    ("rules", "shape", "receivers"),
    [
        (AVOIDABLE, Shape.ANY, (10, 11, 5, 4, 2, 8, 9, 3, 6, 7, 1, 0)),
        (AVOIDABLE, Shape.NO_MUTUAL, (11, 10, 4, 5, 3, 2, 9, 8, 6, 0, 7, 1)),
        (AVOIDABLE, Shape.ONE_LOOP, (11, 9, 4, 5, 3, 1, 8, 10, 7, 6, 0, 2)),
        (FORCED, Shape.ANY, (6, 4, 11, 8, 3, 0, 9, 10, 1, 2, 5, 7)),
        (FORCED, Shape.ONE_LOOP, (6, 4, 7, 9, 11, 10, 8, 3, 2, 5, 1, 0)),
        (TOLD, Shape.ANY, (3, 2, 0, 1)),
    ],
)
def test_a_seed_leads_where_it_has_always_led(rules, shape, receivers):
    # If this fails, the algorithm has changed: raise FORMAT's number, or old proofs break unseen.
    people = tuple(map(str, range(rules.size)))
    plan = Plan(people, rules, shape, bytes(range(32)), people)
    assert carry_out(plan_to_draw(document_of(plan))).receivers == receivers


@given(plans())
def test_a_document_says_all_of_its_plan(plan):
    document = document_of(plan)
    assert document_of(plan_of(document)) == document
    assert plan_of(document).exclusions.instance().choices == plan.exclusions.instance().choices
    assert (plan_of(document).people, plan_of(document).seed) == (plan.people, plan.seed)


@given(plans(), st.integers(0, 9))
def test_the_order_in_which_rules_were_made_does_not_matter(plan, seed):
    homes, pairs = list(plan.exclusions.households), sorted(plan.exclusions.pairs)
    Random(seed).shuffle(homes)
    Random(seed).shuffle(pairs)
    same = replace(plan.exclusions, households=tuple(homes), pairs=frozenset(pairs))
    assert document_of(replace(plan, exclusions=same)) == document_of(plan)


def test_any_change_changes_the_hash():
    rules = PLAN.exclusions
    changed = [
        replace(PLAN, people=PEOPLE[::-1]),
        replace(PLAN, marks=PLAN.marks[::-1]),
        replace(PLAN, shape=Shape.ANY),
        replace(PLAN, seed=bytes(32)),
        replace(PLAN, exclusions=replace(rules, pairs=frozenset({(0, 4), (0, 5)}))),
        replace(PLAN, exclusions=replace(rules, households=())),
        replace(PLAN, exclusions=replace(rules, past=rules.past[::-1])),
    ]
    assert len({commitment_of(document_of(plan)) for plan in [PLAN, *changed]}) == 8


def test_the_same_pairs_come_out_again():
    promised = commitment_of(DOCUMENT)
    pairs = reproduce(DOCUMENT, promised.upper() + "\n")
    told = carry_out(plan_to_draw(DOCUMENT))
    assert pairs == {PEOPLE[giver]: PEOPLE[to] for giver, to in enumerate(told.receivers)}
    assert reproduce(DOCUMENT, promised) == pairs


def test_another_document_than_the_promised_one_is_refused():
    other = document_of(replace(PLAN, seed=bytes(32)))
    with pytest.raises(BrokenCommitment):
        reproduce(other, commitment_of(DOCUMENT))


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b"\xff",
        b"{}",
        DOCUMENT + b"\n",
        DOCUMENT.replace(b'"no-mutual"', b'"star"'),
        DOCUMENT.replace(b'"seed":"00', b'"seed":"'),
        DOCUMENT.replace(b'"fay"', b'"eve"'),
        DOCUMENT.replace(b"[[0,5],[4,0]]", b"[[4,0],[0,5]]"),
        DOCUMENT.replace(b"[[0,5],[4,0]]", b"[[0,5],[0,5],[4,0]]"),
        DOCUMENT.replace(b"[[0,5],[4,0]]", b"[[0,5,1],[4,0]]"),
        json.dumps(json.loads(DOCUMENT)).encode(),
    ],
)
def test_what_is_not_canonical_of_this_format_is_refused(document):
    with pytest.raises(UnknownFormat):
        plan_of(document)


def test_the_rules_of_another_format_are_read_and_its_draw_is_not_made():
    """A repair keeps to the rules of a draw that stands; what its seed leads to, nobody asks again."""
    other = DOCUMENT.replace(b'"kinkeeper-draw-1"', b'"kinkeeper-draw-2"')
    assert plan_of(other) == plan_of(DOCUMENT)
    with pytest.raises(UnknownFormat, match="kinkeeper-draw-2"):
        carry_out(plan_to_draw(other))
    with pytest.raises(UnknownFormat):
        reproduce(other, commitment_of(other))


def test_people_must_fit_the_rules():
    for people in (PEOPLE[:5], (*PEOPLE[:5], "ana")):
        with pytest.raises(ValueError, match="6 different people"):
            document_of(replace(PLAN, people=people))
