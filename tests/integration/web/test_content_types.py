"""What every answer says of its own type."""

from __future__ import annotations

import pytest

from kinkeeper.web import live, security
from tests.integration.web.support import MISSING, get_routes

TEXT = {"text/html; charset=utf-8", "text/plain; charset=utf-8", "text/csv; charset=utf-8"}
PROGRAMS = "application/json"


@pytest.fixture(autouse=True)
def _streams_end_at_once(monkeypatch):
    monkeypatch.setattr(live, "LIFE", 0.0)


def test_every_answer_names_its_type_and_its_letters(app, client_of, admin):
    """A-35: text says in which letters it is written, and programs get JSON."""
    client = client_of(admin)
    for path in get_routes(app):
        answer = client.get(path)
        is_for_programs = security.is_for_programs(path) or path in security.PROBES
        if is_for_programs:
            assert answer.content_type.partition(";")[0] == PROGRAMS, path
        elif answer.content_type.startswith("text/"):
            assert answer.content_type in TEXT | {"text/event-stream; charset=utf-8"}, path


@pytest.mark.parametrize(
    "path", ["/api/v1/exchanges", f"/api/v1/exchanges/{MISSING}", "/api/v1/openapi.json"]
)
def test_what_is_for_programs_is_never_shown_as_a_page(client_of, admin, path):
    """A-21: also to a browser that was led there, and asks for a page."""
    answer = client_of(admin).get(path, headers={"Accept": f"text/html,{PROGRAMS};q=0.9,*/*;q=0.8"})
    assert answer.content_type.partition(";")[0] == PROGRAMS
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.text.lstrip().startswith("<")
