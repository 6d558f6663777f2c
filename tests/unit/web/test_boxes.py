"""Forms with several boxes: no browser may ask for all of them."""

from __future__ import annotations

from wtforms import SelectMultipleField
from wtforms.fields.core import UnboundField

from kinkeeper.app.factory import FEATURES  # every form is defined once the house is put together
from kinkeeper.web.forms import Form


def kinds_of(form: type[Form]) -> list[type[Form]]:
    return [one for child in form.__subclasses__() for one in (child, *kinds_of(child))]


def test_no_box_of_several_is_required_by_itself():
    """A validator that marks its field as required marks each of its boxes."""
    assert FEATURES
    fields = {
        (form.__name__, name): field
        for form in kinds_of(Form)
        for name in dir(form)
        if isinstance(field := getattr(form, name), UnboundField)
        and field.field_class is SelectMultipleField
        and "option_widget" in field.kwargs
    }
    assert len(fields) >= 5
    for which, field in fields.items():
        validators = [*field.args[1:2], field.kwargs.get("validators")]
        flags = {
            flag for some in validators for one in some or () for flag in getattr(one, "field_flags", {})
        }
        assert "required" not in flags, which
