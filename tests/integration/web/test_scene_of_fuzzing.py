"""The long proofs of the web reach what they say: their scene knows every route, field and exception."""

from __future__ import annotations

from wtforms.fields.core import UnboundField

from kinkeeper.web.forms import Form
from tests.proofs.web.routes import PARTLY_WRITTEN, UNREACHED, UNWRITTEN, body_of, routes_of
from tests.proofs.web.said import UNSAID
from tests.proofs.web.scene import furnish
from tests.proofs.web.ways import ways_to


def test_the_scene_has_something_for_every_gap_and_every_word(app, session):
    """A-4: a new argument of a path, or field of a body or form, has to be put into the scene."""
    scene = furnish(session)
    place = scene.places[0]
    for rule, _ in (*routes_of(app, api=False), *routes_of(app, api=True)):
        for name in rule.arguments:
            assert all(scene.known(place, link, name) for link in scene.links.get(rule.endpoint, [{}])), rule
        assert next(ways_to(scene, rule)), rule
        scene.json(place, rule.endpoint, body_of(app, rule.endpoint))
    assert fields_of(Form) <= {*scene.said(place, ""), *UNSAID}


def test_the_exceptions_name_endpoints_that_are_there(app):
    there = {rule.endpoint for api in (False, True) for rule, _ in routes_of(app, api=api)}
    assert there >= {*UNWRITTEN, *PARTLY_WRITTEN, *UNREACHED}


def fields_of(form: type[Form]) -> set[str]:
    """The names of all fields of all forms that are made of this one."""
    own = {name for name in dir(form) if isinstance(getattr(form, name, None), UnboundField)}
    return own.union(*map(fields_of, form.__subclasses__()))
