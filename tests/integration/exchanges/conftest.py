"""Scenes that tests of exchanges begin with."""

from __future__ import annotations

import pytest

from tests.integration.web.support import keep_house


@pytest.fixture
def admin(stage):
    """The administrator, so that pages do not lead to set-up."""
    with stage() as session:
        return keep_house(session)
