"""Scenes that tests of accounts begin with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.accounts.service.signing_in import Browser
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from tests.factories import make_account, make_circle, make_clerk
from tests.integration.web.support import bearer, keep_house

BROWSER = Browser(Lease(timedelta(minutes=30), timedelta(hours=12)))
HERE = "192.0.2.1"


@pytest.fixture
def olga(stage, admin):
    """Somebody with an account."""
    with stage() as session:
        return make_account(session, "Olga")


@pytest.fixture
def circle(stage):
    """A circle of nobody yet."""
    with stage() as session:
        return make_circle(session)


@pytest.fixture
def ben(stage, circle):
    """A member of it."""
    with stage() as session:
        return make_account(session, "Ben", circle=circle)


@pytest.fixture
def kim(stage, admin):
    """Somebody who keeps accounts, and may nothing else."""
    with stage() as session:
        return make_clerk(session, "Kim", "accounts.see", "accounts.keep")


@pytest.fixture
def client(client_of, olga):
    """Where nobody is signed in; Olga could."""
    return client_of(None)


@pytest.fixture
def program_of(client_of):
    """`program_of(actor)` answers a client that sends the actor's token with everything."""

    def make(actor):
        program = client_of(None)
        program.environ_base["HTTP_AUTHORIZATION"] = bearer(actor)["Authorization"]
        return program

    return make


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
