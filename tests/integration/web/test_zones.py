"""Time zones to choose from: all of them, once, by the part of the world; the likely ones first."""

from __future__ import annotations

import html
import re

import pytest
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired

from kinkeeper.kernel import clock
from kinkeeper.web.forms import Form
from kinkeeper.web.zones import PARTS, Zone


class ZoneForm(Form):
    zone = Zone("Time zone", [InputRequired()])


@pytest.fixture
def offered(app):
    """`offered("Europe/Oslo", sent=…, own=…)` answers the groups, each with its values, and the field."""

    def make(*likely, sent=None, own=None):
        with app.test_request_context("/"):
            form = ZoneForm(MultiDict({"zone": sent}) if sent else None, zone=own)
            form.zone.offer(*likely)
            form.validate()
            return {
                group: [zone for zone, _ in zones] for group, zones in form.zone.choices.items()
            }, form.zone

    return make


def test_each_is_there_once_and_no_other(offered):
    groups, _ = offered()
    values = [zone for zones in groups.values() for zone in zones]
    assert len(values) == len(set(values))
    assert set(values) == {zone for zone in clock.zones() if zone.partition("/")[0] in PARTS} | {"UTC"}


def test_likely_ones_come_first(offered, settings):
    groups, _ = offered("Asia/Tokyo", own="Europe/Rome", sent="Europe/Oslo")
    assert groups["Most likely"] == ["Europe/Rome", "Europe/Oslo", "Asia/Tokyo", settings.zone, "UTC"]
    assert list(groups)[1:3] == ["Europe", "Africa"]


def test_an_old_spelling_that_somebody_has_stays_theirs(offered):
    groups, field = offered(own="US/Eastern", sent="US/Eastern")
    assert groups["Most likely"][0] == "US/Eastern"
    assert not field.errors


@pytest.mark.parametrize("odd", ["Mars/Base", "../../etc/passwd", "<b>", "Europe"])
def test_what_is_no_zone_is_no_choice(offered, odd):
    groups, field = offered(odd, sent=odd)
    assert odd not in groups["Most likely"]
    assert field.errors


def test_towns_are_found_as_they_are_typed_and_one_is_chosen(offered):
    shown = html.unescape(str(offered(sent="America/Argentina/Ushuaia")[1]()))
    assert '<option value="America/New_York">New York</option>' in shown
    assert '<option value="America/Argentina/Buenos_Aires">Buenos Aires, Argentina</option>' in shown
    assert re.findall(r"<option[^>]* selected>([^<]+)", shown) == ["America/Argentina/Ushuaia"]


def test_every_page_with_a_zone_groups_them(client_of, admin):
    for path in ("/account/profile", "/exchanges/new", "/circles/new"):
        page = client_of(admin).get(path).text
        assert re.search(r'<select[^>]* name="zone"[^>]*><optgroup label="Most likely">', page), path
        assert re.search(r'<label[^>]* for="zone">Time zone</label>', page), "a choice is never optional"
