"""Macros that are remembered: quick, and as careful as if each were written anew."""

from __future__ import annotations

from markupsafe import Markup

CHIP = "{% import 'macros/ui.html' as ui %}{{ ui.chip(text) }}"


def test_text_is_escaped_though_markup_that_looks_like_it_was_written_before(app):
    """The two are equal, and a name that somebody chose must not pass for ours."""
    template = app.jinja_env.from_string(CHIP)
    assert "<b>now</b>" in template.render(text=Markup("<b>now</b>"))
    assert "&lt;b&gt;now&lt;/b&gt;" in template.render(text="<b>now</b>")
