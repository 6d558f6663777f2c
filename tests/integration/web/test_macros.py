"""Macros that are remembered: quick, and as careful as if each were written anew."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from markupsafe import Markup

from kinkeeper.kernel.paging import Page
from tests.integration.web.support import MISSING

CHIP = "{% import 'macros/ui.html' as ui %}{{ ui.chip(text) }}"


def test_text_is_escaped_though_markup_that_looks_like_it_was_written_before(app):
    """The two are equal, and a name that somebody chose must not pass for ours."""
    template = app.jinja_env.from_string(CHIP)
    assert "<b>now</b>" in template.render(text=Markup("<b>now</b>"))
    assert "&lt;b&gt;now&lt;/b&gt;" in template.render(text="<b>now</b>")


COPY = "{% import 'macros/ui.html' as ui %}{{ ui.copy_field(text, 'Key', id='key', whole=true) }}"
COPYABLE = "{% import 'macros/ui.html' as ui %}{% call ui.copyable(text) %}here{% endcall %}"


def test_what_is_to_be_typed_elsewhere_is_shown_whole(app):
    """A line of input cuts it on a phone."""
    with app.test_request_context("/"):
        shown = app.jinja_env.from_string(COPY).render(text="<k" + "x" * 60)
    assert f">&lt;k{'x' * 60}</textarea>" in shown
    assert 'rows="3"' in shown


def test_several_lines_are_copied_as_such(app):
    with app.test_request_context("/"):
        shown = app.jinja_env.from_string(COPYABLE).render(text='a"\nb')
    assert 'data-copy="a&#34;\nb"' in shown
    assert "here" in shown


PAGER = "{% import 'macros/ui.html' as ui %}{{ ui.pager(page, 'accounts.people', asked, 'More people') }}"
"""A list whose address says more than the page's number."""


@pytest.mark.parametrize(("number", "led_to"), [(1, ["2"]), (2, ["1", "3"]), (3, ["2"])])
def test_a_list_leads_to_the_pages_on_either_side(app, number, led_to):
    """What was asked for stays asked for, and what was not is not said."""
    asked = {"circle_id": UUID(MISSING), "q": "an & o", "by": None}
    with app.test_request_context("/"):
        shown = app.jinja_env.from_string(PAGER).render(page=Page([], number, 10, 30), asked=asked)
    assert 'aria-label="More people"' in shown
    assert f"Page {number} of 3" in shown
    links = [f"/circles/{MISSING}/people?page={there}&amp;q=an+%26+o" for there in led_to]
    assert re.findall(r'href="([^"]+)"', shown) == links


def test_a_list_of_one_page_leads_nowhere(app):
    with app.test_request_context("/"):
        shown = app.jinja_env.from_string(PAGER).render(page=Page([], 1, 10, 10), asked={})
    assert not shown.strip()
