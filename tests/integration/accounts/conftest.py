"""Scenes that tests of accounts begin with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.accounts.service.signing_in import Browser
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from tests.factories import make_account
from tests.integration.web.support import keep_house

BROWSER = Browser(Lease(timedelta(minutes=30), timedelta(hours=12)))
HERE = "192.0.2.1"


@pytest.fixture
def olga(stage, admin):
    """Somebody with an account."""
    with stage() as session:
        return make_account(session, "Olga")


@pytest.fixture
def run_errands(session):
    """Let the worker do what was asked for."""

    def run():
        for errand_id in session.scalars(select(ErrandRow.id)).all():
            run_errand(errand_id)

    return run


@pytest.fixture
def admin(stage):
    """The administrator, so that pages do not lead to set-up."""
    with stage() as session:
        return keep_house(session)
