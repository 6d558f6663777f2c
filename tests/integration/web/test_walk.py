"""Every page that can be looked at, as everybody who can look: a table of what each one gets (T-39)."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import AccessToken, Circle, Household, Person, RoleGrant
from kinkeeper.features.accounts.service.custom_roles import make_role
from kinkeeper.features.accounts.service.granting import grant_role_to
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.service import wishing
from kinkeeper.features.exchanges.service.joining import Joining, join
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.roles import HOUSE, Role, Scope
from kinkeeper.web import live
from tests.factories import guest, make_account, make_exchange, make_grant, make_person, make_token
from tests.integration.web.support import MISSING, carry_letters, fingerprint, path_in

IN, SIGN_IN, ELSEWHERE, NO, MISS = 200, 302, 303, 403, 404

TABLE = {
    # path: (nobody, Ana the guest, Stranger's account, Olga the organiser, Ada the administrator)
    "/": (SIGN_IN, IN, IN, IN, IN),
    "/sign-in": (IN, IN, IN, IN, IN),
    "/sign-in/code": (ELSEWHERE,) * 5,
    "/sign-in/again": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/sign-in/link": (IN, IN, IN, IN, IN),
    "/sign-in/link/sent": (IN, IN, IN, IN, IN),
    "/sign-in/link/<token>": (MISS, MISS, MISS, MISS, MISS),
    "/forgotten": (IN, IN, IN, IN, IN),
    "/forgotten/sent": (IN, IN, IN, IN, IN),
    "/set-up": (ELSEWHERE,) * 5,
    "/set-up/<token>": (MISS, MISS, MISS, MISS, MISS),
    "/reset/<token>": (MISS, MISS, MISS, MISS, MISS),
    "/account": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/account/username": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/account/second-factor": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/account/email": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/account/email/<token>": (MISS, MISS, MISS, MISS, MISS),
    "/account/close": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/account/erase": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/register": (MISS, MISS, MISS, MISS, MISS),
    "/register/sent": (MISS, MISS, MISS, MISS, MISS),
    "/register/<token>": (MISS, MISS, MISS, MISS, MISS),
    "/welcome/<token>": (MISS, MISS, MISS, MISS, MISS),
    "/account/devices": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/exchanges": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/exchanges/new": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/exchanges/<uuid:exchange_id>": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/change": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/export.csv": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/export.json": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/organisers": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/qr.svg": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/qr.png": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/again": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/letters": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/letters/<uuid:participant_id>": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/live": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/rules": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/redraw": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/reveal": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/changes": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/changes/<uuid:participant_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/people/add": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/remove": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/address": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/join/<slug>": (IN, IN, IN, IN, IN),
    "/join/<slug>/sent": (IN, IN, IN, IN, IN),
    "/join/<slug>/again": (IN, IN, IN, IN, IN),
    "/<any(confirm, ready, enter, invited, remind, changed, asked, seen):kind>/<token>": (IN, IN, IN, IN, IN),
    "/my/<uuid:participant_id>": (SIGN_IN, IN, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/leave": (SIGN_IN, IN, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/name": (SIGN_IN, IN, MISS, MISS, MISS),
    "/moved/<token>": (MISS, MISS, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/others": (SIGN_IN, IN, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/release": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/others": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/exchanges/<uuid:exchange_id>/others/<uuid:participant_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/wishes": (SIGN_IN, IN, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/wishes/<uuid:wish_id>": (SIGN_IN, IN, MISS, MISS, MISS),
    "/stop/<token>": (MISS, MISS, MISS, MISS, MISS),
    "/my/data": (SIGN_IN, IN, IN, IN, IN),
    "/my/data.json": (SIGN_IN, IN, IN, IN, IN),
    "/my/<uuid:participant_id>/proof": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/admin/mailbox": (SIGN_IN, SIGN_IN, NO, NO, IN),
    "/admin/mailbox/<uuid:letter_id>": (SIGN_IN, SIGN_IN, MISS, MISS, IN),
    "/admin/mailbox/<uuid:letter_id>/sheet": (SIGN_IN, SIGN_IN, MISS, MISS, IN),
    "/api/v1/audit": (401, 401, NO, NO, IN),
    "/api/v1/roles": (401, 401, NO, NO, IN),
    "/api/v1/roles/<name>": (401, 401, NO, NO, IN),
    "/api/v1/roles/<name>/grants": (401, 401, NO, NO, IN),
    "/api/v1/roles/<name>/grants/<uuid:grant_id>": (401, 401, NO, NO, IN),
    "/admin/audit": (SIGN_IN, SIGN_IN, NO, NO, IN),
    "/admin/audit.csv": (SIGN_IN, SIGN_IN, NO, NO, IN),
    "/admin/audit.json": (SIGN_IN, SIGN_IN, NO, NO, IN),
    "/admin/users": (SIGN_IN, SIGN_IN, NO, NO, IN),
    "/admin/users/new": (SIGN_IN, SIGN_IN, NO, NO, IN),
    "/admin/users/<uuid:user_id>": (SIGN_IN, SIGN_IN, MISS, MISS, IN),
    "/admin/users/<uuid:user_id>/delete": (SIGN_IN, SIGN_IN, MISS, MISS, IN),
    "/admin/users/<uuid:user_id>/address": (SIGN_IN, SIGN_IN, MISS, MISS, IN),
    "/admin/roles": (SIGN_IN, SIGN_IN, NO, NO, IN),
    "/admin/roles/<name>": (SIGN_IN, SIGN_IN, NO, NO, IN),
    "/circles/<uuid:circle_id>/roles": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/health": (IN, IN, IN, IN, IN),
    "/livez": (IN, IN, IN, IN, IN),
    "/readiness": (IN, IN, IN, IN, IN),
    "/api/docs": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/api/v1/openapi.json": (IN, IN, IN, IN, IN),
    "/api/v1/auth/me": (401, 401, 401, 401, 401),  # no cookie counts there
    "/auth/me": (401, 401, 401, 401, 401),
    "/api/v1/tokens": (401, 401, IN, IN, IN),
    "/api/v1/tokens/<uuid:token_id>": (401, 401, MISS, IN, MISS),
    "/api/v1/users": (401, 401, NO, NO, IN),
    "/api/v1/users/<uuid:user_id>": (401, 401, MISS, IN, IN),
    "/api/v1/participations": (401, IN, IN, IN, IN),
    "/api/v1/participations/<uuid:participant_id>": (401, IN, MISS, MISS, MISS),
    "/api/v1/exchanges": (401, 401, IN, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/organisers": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/export": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/people": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/letters": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/letters": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/guardians": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/rules": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/feasibility": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/draws": (401, 401, MISS, IN, IN),
    "/api/v1/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/repair": (401, 401, MISS, MISS, MISS),
    "/circles": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/circles/new": (SIGN_IN, SIGN_IN, NO, NO, IN),
    "/circles/<uuid:circle_id>": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/circles/<uuid:circle_id>/change": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/circles/<uuid:circle_id>/end": (SIGN_IN, SIGN_IN, MISS, NO, IN),
    "/circles/<uuid:circle_id>/people": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/circles/<uuid:circle_id>/people/add": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/circles/<uuid:circle_id>/duplicates": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/circles/<uuid:circle_id>/households": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/circles/<uuid:circle_id>/households/new": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/households/<uuid:household_id>": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/people": (SIGN_IN, SIGN_IN, ELSEWHERE, ELSEWHERE, ELSEWHERE),
    "/people/<uuid:person_id>": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/people/<uuid:person_id>/change": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/people/<uuid:person_id>/guardians": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/people/<uuid:person_id>/erase": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/people/<uuid:person_id>/merge": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/people/<uuid:person_id>/merge/<uuid:into_id>": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/account/profile": (SIGN_IN, SIGN_IN, IN, IN, IN),
    "/exchanges/<uuid:exchange_id>/people/pick": (SIGN_IN, SIGN_IN, MISS, IN, IN),
    "/api/v1/circles": (401, 401, IN, IN, IN),
    "/api/v1/circles/<uuid:circle_id>": (401, 401, MISS, IN, IN),
    "/api/v1/circles/<uuid:circle_id>/households": (401, 401, MISS, IN, IN),
    "/api/v1/circles/<uuid:circle_id>/households/<uuid:household_id>": (401, 401, MISS, IN, IN),
    "/api/v1/people": (401, 401, IN, IN, IN),
    "/api/v1/people/<uuid:person_id>": (401, 401, MISS, IN, IN),
    "/api/v1/people/<uuid:person_id>/guardians": (401, 401, MISS, IN, IN),
    "/api/v1/participations/<uuid:participant_id>/wishes": (401, IN, MISS, MISS, MISS),
}

OF_NOBODY = {
    "/api/v1/users/<uuid:user_id>": (401, 401, MISS, MISS, MISS),
    "/api/v1/participations/<uuid:participant_id>": (401, MISS, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/change": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/export.csv": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/export.json": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/organisers": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/qr.svg": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/qr.png": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/again": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/letters": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/letters/<uuid:participant_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/live": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/rules": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/redraw": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/reveal": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/changes": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/changes/<uuid:participant_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/people/add": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/remove": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/address": (
        SIGN_IN,
        SIGN_IN,
        MISS,
        MISS,
        MISS,
    ),
    "/join/<slug>": (MISS, MISS, MISS, MISS, MISS),
    "/join/<slug>/sent": (MISS, MISS, MISS, MISS, MISS),
    "/join/<slug>/again": (MISS, MISS, MISS, MISS, MISS),
    "/<any(confirm, ready, enter, invited, remind, changed, asked, seen):kind>/<token>": (
        MISS,
        MISS,
        MISS,
        MISS,
        MISS,
    ),
    "/my/<uuid:participant_id>": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/others": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/release": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/others": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/others/<uuid:participant_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/proof": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/leave": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/name": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/wishes": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/my/<uuid:participant_id>/wishes/<uuid:wish_id>": (SIGN_IN, MISS, MISS, MISS, MISS),
    "/admin/mailbox/<uuid:letter_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/admin/mailbox/<uuid:letter_id>/sheet": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/admin/users/<uuid:user_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/admin/users/<uuid:user_id>/delete": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/admin/users/<uuid:user_id>/address": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/admin/roles/<name>": (SIGN_IN, SIGN_IN, NO, NO, MISS),
    "/api/v1/roles/<name>": (401, 401, NO, NO, MISS),
    "/api/v1/roles/<name>/grants": (401, 401, NO, NO, MISS),
    "/api/v1/roles/<name>/grants/<uuid:grant_id>": (401, 401, NO, NO, MISS),
    "/circles/<uuid:circle_id>/roles": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/organisers": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/export": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/people": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/letters": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/letters": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/guardians": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/rules": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/feasibility": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/draws": (401, 401, MISS, MISS, MISS),
    "/api/v1/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/repair": (401, 401, MISS, MISS, MISS),
    "/circles/<uuid:circle_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/circles/<uuid:circle_id>/change": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/circles/<uuid:circle_id>/end": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/circles/<uuid:circle_id>/people": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/circles/<uuid:circle_id>/people/add": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/circles/<uuid:circle_id>/duplicates": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/circles/<uuid:circle_id>/households": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/circles/<uuid:circle_id>/households/new": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/households/<uuid:household_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/people/<uuid:person_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/people/<uuid:person_id>/change": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/people/<uuid:person_id>/guardians": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/people/<uuid:person_id>/erase": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/people/<uuid:person_id>/merge": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/people/<uuid:person_id>/merge/<uuid:into_id>": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/exchanges/<uuid:exchange_id>/people/pick": (SIGN_IN, SIGN_IN, MISS, MISS, MISS),
    "/api/v1/circles/<uuid:circle_id>": (401, 401, MISS, MISS, MISS),
    "/api/v1/circles/<uuid:circle_id>/households": (401, 401, MISS, MISS, MISS),
    "/api/v1/circles/<uuid:circle_id>/households/<uuid:household_id>": (401, 401, MISS, MISS, MISS),
    "/api/v1/people/<uuid:person_id>": (401, 401, MISS, MISS, MISS),
    "/api/v1/people/<uuid:person_id>/guardians": (401, 401, MISS, MISS, MISS),
    "/api/v1/participations/<uuid:participant_id>/wishes": (401, MISS, MISS, MISS, MISS),
}
"""The same routes with ids that nothing has."""


@pytest.fixture(autouse=True)
def _streams_end_at_once(monkeypatch):
    monkeypatch.setattr(live, "LIFE", 0.0)


@pytest.fixture
def scene(stage, admin, session, client_of, outbox):
    """Browsers in the order of the table, and what stands for each gap in a path."""
    with stage() as staged:
        olga = make_account(staged, "Olga")
        stranger = make_account(staged, "Stranger")
        exchange = make_exchange(staged, people=3, organiser=olga)
        circle_id, person_id, into_id, household_id = _book(staged, olga)
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, zoe, address="192.0.2.1")
    make_role(SYSTEM, "reader", "Reader", ["house.see_letters"])
    grant_role_to(SYSTEM, admin.person_id, "reader", scope=Scope.HOUSE, scope_id=HOUSE)
    grant_id = session.scalars(select(RoleGrant.id).where(RoleGrant.role == "reader")).one()
    carry_letters()
    (letter,) = outbox()
    ana = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    person = session.get_one(Person, ana.person_id)
    make_token(olga, "A script", days=30)
    gaps = {
        "<uuid:user_id>": str(olga.account_id),
        "<uuid:token_id>": str(session.scalars(select(AccessToken.id)).one()),
        "<uuid:exchange_id>": str(exchange.id),
        "<uuid:participant_id>": str(ana.id),
        "<uuid:wish_id>": str(wishing.add_wish(SYSTEM, ana.id, wishing.Wanted(text="A kite"))),
        "<uuid:letter_id>": str(letter.id),
        "<uuid:circle_id>": str(circle_id),
        "<uuid:person_id>": str(person_id),
        "<uuid:into_id>": str(into_id),
        "<uuid:household_id>": str(household_id),
        "<name>": "reader",
        "<uuid:grant_id>": str(grant_id),
        "<slug>": exchange.slug,
        "<any(confirm, ready, enter, invited, remind, changed, asked, seen):kind>/<token>": path_in(
            letter
        ).removeprefix("/"),
        "<token>": "x" * 43,
        "<any(svg, png):kind>": "png",
    }
    actors = (None, guest(person), stranger, olga, admin)
    return [client_of(actor) for actor in actors], gaps


def _book(staged, keeper):
    """Two in the address book of the keeper's circle, who live together."""
    circle = staged.get_one(Circle, staged.get_one(Person, keeper.person_id).circle_id)
    make_grant(staged, staged.get_one(Person, keeper.person_id), Role.ORGANISER, Scope.CIRCLE, circle.id)
    uma = make_person(staged, "Uma", circle=circle, email=None)
    vic = make_person(staged, "Vic", circle=circle)
    home = Household(circle_id=circle.id, name="Oak Road")
    staged.add(home)
    staged.flush()
    return circle.id, uma.id, vic.id, home.id


def fill(rule: str, gaps: dict[str, str]) -> str:
    for gap, value in gaps.items():
        rule = rule.replace(gap, value)
    return rule


NOTHING = {
    "<uuid:user_id>": MISSING,
    "<uuid:token_id>": MISSING,
    "<uuid:exchange_id>": MISSING,
    "<uuid:participant_id>": MISSING,
    "<uuid:letter_id>": MISSING,
    "<uuid:circle_id>": MISSING,
    "<name>": "no-such-role",
    "<uuid:grant_id>": MISSING,
    "<uuid:wish_id>": MISSING,
    "<uuid:person_id>": MISSING,
    "<uuid:into_id>": MISSING,
    "<uuid:household_id>": MISSING,
    "<slug>": "nosuchslug12",
    "<any(confirm, ready, enter, invited, remind, changed, asked, seen):kind>/<token>": "enter/" + "x" * 43,
    "<token>": "x" * 43,
    "<any(svg, png):kind>": "png",
}


def test_the_table_lists_every_route_that_can_be_looked_at(app):
    """A new page has to say who may see it."""
    there = {rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    assert set(TABLE) == there


def test_everybody_gets_what_the_table_says(scene):
    """A-56: roles × routes, on things that are there."""
    clients, gaps = scene
    for rule, expected in TABLE.items():
        got = tuple(client.get(fill(rule, gaps)).status_code for client in clients)
        assert got == expected, rule


def test_every_id_is_one_things_and_every_label_a_fields(scene):
    """Else a label belongs to whatever has the id first, and no screen reader says what the field is."""
    clients, gaps = scene
    at_odds = {}
    streams = {rule for rule in TABLE if rule.endswith("/live")}
    for rule in (*({*TABLE} - streams), "/admin/roles?q=ol", "/circles/<uuid:circle_id>/roles?q=ol"):
        for client in clients:
            answer = client.get(fill(rule, gaps))
            if answer.mimetype == "text/html":
                at_odds[rule] = ids_at_odds(answer.text)
    assert {rule: ids for rule, ids in at_odds.items() if ids} == {}


def test_what_is_not_there_is_not_there_for_anybody(scene):
    clients, _ = scene
    for rule, expected in OF_NOBODY.items():
        got = tuple(client.get(fill(rule, NOTHING)).status_code for client in clients)
        assert got == expected, rule


def test_foreign_and_missing_look_the_same_to_the_byte(scene):
    """T-39: whoever tries ids learns nothing, not even by headers or length."""
    clients, gaps = scene
    for rule in OF_NOBODY:
        for place, client in enumerate(clients):
            if TABLE[rule][place] != MISS:
                continue
            foreign, missing = client.get(fill(rule, gaps)), client.get(fill(rule, NOTHING))
            assert _plain(foreign.text) == _plain(missing.text), rule
            assert [name for name, _ in foreign.headers] == [name for name, _ in missing.headers]


def test_looking_at_everything_changes_nothing(scene, session):
    """A-31: GET, HEAD and OPTIONS of every route as everybody."""
    clients, gaps = scene
    before = fingerprint(session)
    for rule in TABLE:
        for client in clients:
            for method in ("GET", "HEAD", "OPTIONS"):
                answer = client.open(fill(rule, gaps), method=method)
                assert answer.status_code < 500, (method, rule)
    assert fingerprint(session) == before


def test_head_answers_as_get_without_a_body(scene):
    clients, gaps = scene
    for rule in TABLE:
        path = fill(rule, gaps)
        got, headed = clients[3].get(path), clients[3].head(path)
        assert (got.status_code, headed.data) == (headed.status_code, b""), rule


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "1.5", "", "%00"])
@pytest.mark.parametrize("path", ["/exchanges", "/admin/mailbox", "/circles"])
def test_a_page_number_that_cannot_be_meant_is_no_error_of_ours(client_of, admin, path, page):
    """On both databases: a negative or huge offset is nothing to ask them for."""
    assert client_of(admin).get(f"{path}?page={page}").status_code == 200


def test_pages_of_a_long_list_take_few_statements(client_of, admin, stage, queries_at_most):
    with stage() as session:
        olga = make_account(session, "Olga")
        for _ in range(20):
            make_exchange(session, people=0, organiser=olga)
        assert session.scalars(select(Exchange)).all()
    client = client_of(olga)
    for path in ("/", "/exchanges"):
        client.get(path)
        with queries_at_most(6):
            client.get(path)


FIELD = r'<(?:input|select|textarea)[^>]*?\sid="([^"]+)"'


def ids_at_odds(page: str) -> list[str]:
    """Ids that stand on a page twice, and those that a label names though no field has them."""
    ids = Counter(re.findall(r'<[a-z][^>]*?\sid="([^"]+)"', page))
    labelled = set(re.findall(r'<label[^>]*?\sfor="([^"]+)"', page))
    return sorted(
        {name for name, times in ids.items() if times > 1} | labelled - set(re.findall(FIELD, page))
    )


def _plain(text: str) -> str:
    text = re.sub(r'nonce="[^"]+"|name="csrf_token" value="[^"]+"', "", text)
    text = re.sub(r'name="next" value="[^"]+"', "", text)
    return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z", "ID", text)
