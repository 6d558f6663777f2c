"""Rules that leave no way are told of while people can still join: as things stand, and no louder (G4)."""

from __future__ import annotations

import html

import pytest

from kinkeeper.features.exchanges.models import Exchange
from kinkeeper.features.exchanges.service.ruling import keep_household_apart
from tests.factories import make_exchange, make_participant

SO_FAR = "As things stand, the names could not be drawn."


@pytest.fixture
def family(stage, olga, session):
    """Ana, Ben and Cleo live together, Dan does not; people can still join."""
    with stage() as staged:
        exchange = make_exchange(staged, people=4, organiser=olga)
        found = staged.get_one(Exchange, exchange.id)
        staged.refresh(found, ["participants"])
        home = [seat.id for seat in found.participants if seat.name != "Dan"]
    keep_household_apart(olga, exchange.id, "The Olsens", home)
    return exchange


@pytest.fixture
def page(client_of, olga, family):
    """`page("/rules")` answers that page of it."""
    return lambda path="": html.unescape(client_of(olga).get(f"/exchanges/{family.id}{path}").text)


@pytest.mark.parametrize("path", ["", "/rules"])
def test_whoever_looks_is_warned_in_time_and_told_what_changes_it(page, path):
    assert SO_FAR in page(path)
    assert "The Olsens are 3 of 4 people, and only 1 live elsewhere." in page(path)
    assert "That changes if somebody else joins, or if you lift a rule." in page(path)
    assert "Something is in the way" not in page(path)


@pytest.mark.parametrize("path", ["", "/rules"])
def test_the_warning_goes_by_itself_when_others_join(page, path, stage, family):
    with stage() as staged:
        for name in ("Eve", "Finn"):
            make_participant(staged, family, name)
    assert SO_FAR not in page(path)


def test_too_few_people_are_no_matter_of_rules(client_of, olga, stage):
    with stage() as staged:
        exchange = make_exchange(staged, people=2, organiser=olga)
    page = client_of(olga).get(f"/exchanges/{exchange.id}").text
    assert SO_FAR not in page
    assert "Drawing takes 3 confirmed people at least" in page
