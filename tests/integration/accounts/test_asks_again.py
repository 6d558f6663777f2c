"""Pages of what cannot be taken back, or gives somebody all there is, ask again who it is (A-54)."""

from __future__ import annotations

import pytest

from tests.factories import make_circle, make_person
from tests.integration.web.support import fill_in, fingerprint

LOOKED_AT = ["/admin/roles", "/people/{ana}/erase", "/people/{ana}/merge/{bo}"]
SENT = ["/admin/grants", *LOOKED_AT[1:]]


@pytest.fixture
def there(stage):
    """Fill an address of two people of a circle."""
    with stage() as session:
        circle = make_circle(session)
        people = {name: make_person(session, name.title(), circle=circle).id for name in ("ana", "bo")}
    return lambda path: path.format(**people)


@pytest.mark.parametrize("path", LOOKED_AT)
def test_a_page_is_shown_to_who_showed_lately_that_it_is_them(client_of, admin, there, now, path):
    client = client_of(admin)
    assert client.get(there(path)).status_code == 200
    now.advance(minutes=16)
    assert client.get(there(path)).location == f"/sign-in/again?next={there(path)}"


@pytest.mark.parametrize("path", SENT)
def test_nothing_is_done_for_anybody_else(client_of, admin, there, session, now, path):
    client = client_of(admin)
    now.advance(minutes=16)
    before = fingerprint(session)
    answer = fill_in(client, there(path), typed="Ana", role="administrator", place="house")
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in/again")
    assert fingerprint(session) == before
