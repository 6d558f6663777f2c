"""Every address and method, as ten kinds of people, on what is theirs, foreign, missing, deleted (T-39).

What somebody may not do is sent with everything filled in right, and changes nothing. What is foreign,
missing or deleted answers alike. A new address of which `whose` knows nothing fails, until somebody says
whose it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from sqlalchemy import select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts.models import AccessToken, Account, ApiSession, Device, Person, RoleGrant
from kinkeeper.features.accounts.service.circles import end_circle
from kinkeeper.features.accounts.service.custom_roles import delete_role, make_role
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.accounts.service.granting import grant_role_to, withdraw_grant
from kinkeeper.features.accounts.service.housing import end_household, make_household
from kinkeeper.features.accounts.service.tokens import revoke_token
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.purging import purge_in_time
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.web import access, live, security
from kinkeeper.web.access import Access
from tests.factories import make_account, make_circle, make_exchange, make_grant, make_person, make_token
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import MISSING, fingerprint, form_token
from tests.integration.web.whose import EVERYBODY, Ask, allowed, knowing, need_of
from tests.proofs.web.keeping import kept
from tests.proofs.web.routes import body_of
from tests.proofs.web.scene import furnish
from tests.proofs.web.ways import ways_to

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor

BY_TOKEN_ONLY = {"auth.me", "auth_api.me"}
"""Where no browser's session counts, whosever it is: tests of programs' sessions look there."""
NOT_THERE = {"exchanges.proof"}
"""Of a group that lets nobody check its draw there is none: tests of proofs look there."""
OPEN = {Access.PUBLIC, Access.HOLDER, Access.PUBLIC_API, Access.REPORT}
TRIES = frozenset({"limit_spending"})
"""What a refusal may count."""
FOR_GUESTS = {Access.GUEST, Access.GUEST_API}


class Browser(NamedTuple):
    """Somebody's browser, and the token of its forms."""

    client: Any
    token: str


@pytest.fixture
def asks(app):
    """Every address that is not open to all, by method."""
    known = access.levels(app)
    return [
        Ask(rule, method, need_of(rule))
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        if rule.endpoint not in {"static", *BY_TOKEN_ONLY} and known[rule.endpoint] not in OPEN
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


@pytest.fixture
def town(stage, session, now, client_of, monkeypatch):
    """The scene of the fuzzing, with onlookers and with what is foreign and deleted."""
    monkeypatch.setattr(live, "LIFE", 0.0)
    today = now.moment
    with stage() as staged:
        otto = make_account(staged, "Otto Elsewhere")
        gone = make_exchange(staged, people=1, organiser=make_account(staged, "Past Host"))
    seat = session.scalars(select(Participant.id).where(Participant.exchange_id == gone.id)).one()
    cancel_exchange(SYSTEM, gone.id)
    now.advance(days=400)
    purge_in_time(SYSTEM, gone.id)
    now.moment = today
    scene = furnish(session)
    actors = {name: scene.actors[name] for name in ("nobody", "guest", "organiser", "administrator")}
    home = session.get_one(Person, scene.actors["organiser"].person_id).circle_id
    with stage() as staged:
        actors |= _onlookers(staged, home) | {"organiser elsewhere": otto}
    elsewhere = {
        "foreign": _foreign(stage, session, otto),
        "missing": {},
        "deleted": {"exchange_id": gone.id, "participant_id": seat, **_deleted(stage, session, home, now())},
    }
    browsers = {name: client_of(actor) for name, actor in actors.items()}
    return scene, {name: Browser(one, form_token(one)) for name, one in browsers.items()}, elsewhere


def _onlookers(staged: Session, home: UUID) -> dict[str, Actor]:
    """Whoever has one role in the circle, and a member without any."""
    actors = {}
    for name, role in (
        ("member", None),
        ("child", Role.CHILD),
        ("observer", Role.OBSERVER),
        ("coordinator", Role.COORDINATOR),
        ("keeper", Role.ORGANISER),
    ):
        actors[name] = make_account(staged, f"Someone {name}")
        person = staged.get_one(Person, actors[name].person_id)
        person.circle_id = home
        if role is not None:
            make_grant(staged, person, role, Scope.CIRCLE, home)
    return actors


def _foreign(stage, session: Session, otto: Actor) -> dict[str, object]:
    """Something of everything in Otto's circle, and of Otto's own."""
    seen = {"account_id": otto.account_id, "created_at": LONG_AGO, "seen_at": LONG_AGO}
    with stage() as staged:
        foreign = make_exchange(staged, people=2, organiser=otto)
        circle_id = foreign.circle_id
        grant = make_grant(
            staged, staged.get_one(Person, otto.person_id), Role.ORGANISER, Scope.CIRCLE, circle_id
        )
        device = Device(name="A phone", digest=b"Otto's", **seen)
        program = ApiSession(name="A program", ends_at=LONG_AGO.replace(year=2027), **seen)
        staged.add_all([device, program])
    seat = session.scalars(select(Participant).where(Participant.exchange_id == foreign.id)).first()
    people = session.scalars(select(Person.id).where(Person.circle_id == circle_id)).all()
    make_token(otto, "Otto's", days=5)
    token = session.scalars(select(AccessToken.id).where(AccessToken.account_id == otto.account_id)).one()
    persons = dict.fromkeys(("person_id", "guardian_id", "into_id"), seat.person_id)
    return persons | {
        "exchange_id": foreign.id,
        "participant_id": seat.id,
        "circle_id": circle_id,
        "household_id": make_household(SYSTEM, circle_id, "Elsewhere", people[:2]),
        "grant_id": grant.id,
        "device_id": device.id,
        "program_id": program.id,
        "token_id": token,
        "user_id": otto.account_id,
    }


def _deleted(stage, session: Session, home: UUID, today: datetime) -> dict[str, object]:
    """What was there once, of everything; of accounts, one in the bin."""
    with stage() as staged:
        ended = make_circle(staged, "Ended")
        pair = [make_person(staged, f"Past {name}").id for name in ("Una", "Vic")]
        for one in pair:
            staged.get_one(Person, one).circle_id = home
        binned = make_account(staged, "Past Ben")
    household = make_household(SYSTEM, home, "Past", pair)
    end_household(SYSTEM, household)
    erase_person(SYSTEM, pair[0], steps=STEPS.erase)
    end_circle(SYSTEM, ended.id, steps=STEPS.end_circle)
    make_role(SYSTEM, "past", "Past", ["people.see"])
    grant_role_to(SYSTEM, binned.person_id, "past")
    grant = session.scalars(select(RoleGrant.id).where(RoleGrant.role == "past")).one()
    withdraw_grant(SYSTEM, grant)
    delete_role(SYSTEM, "past")
    make_token(binned, "Past", days=5)
    token = session.scalars(select(AccessToken.id).where(AccessToken.account_id == binned.account_id)).one()
    revoke_token(binned, token)
    with stage() as staged:
        staged.get_one(Account, binned.account_id).deleted_at = today
    return dict.fromkeys(("person_id", "guardian_id", "into_id"), pair[0]) | {
        "circle_id": ended.id,
        "household_id": household,
        "name": "past",
        "grant_id": grant,
        "token_id": token,
        "user_id": binned.account_id,
    }


def gaps_of(rule) -> list[str]:
    """The names of a path's gaps, from left to right."""
    return re.findall(r"<(?:\w+:)?(\w+)>", rule.rule)


def path_of(scene, rule, known=None, besides=()) -> tuple[str, object]:
    """A rule's path with what stands for each gap, and the place that it is at.

    `known` says what is elsewhere, and what it does not say is missing; gaps `besides` are as they should be.
    """
    way = next(ways_to(scene, rule))
    path = rule.rule
    for name, own in way.gaps.items():
        nothing = "no-such-role" if name == "name" else MISSING
        value = own if known is None or name in besides else known.get(name, nothing)
        path = path.replace(f"<uuid:{name}>", str(value)).replace(f"<{name}>", str(value))
    return path, way.place


def send(app, scene, browser: Browser, ask: Ask, path: str, place) -> int:
    """Send a request with everything filled in right; answers its status, and 401 for a way to sign in."""
    answer = answered(app, scene, browser, ask, path, place)
    return 401 if answer.headers.get("Location", "").startswith("/sign-in") else answer.status_code


def answered(app, scene, browser: Browser, ask: Ask, path: str, place) -> Any:
    """Likewise; answers all of the answer."""
    client, token = browser
    if security.is_for_programs(path):
        body = scene.json(place, ask.rule.endpoint, body_of(app, ask.rule.endpoint))
        sent = {"json": body} if ask.method in {"POST", "PUT", "PATCH"} else {}
        return client.open(path, method=ask.method, headers={security.CSRF_HEADER: token}, **sent)
    if ask.method == "GET":
        return client.get(path)
    fields = {**scene.said(place, ask.rule.endpoint), security.CSRF_FIELD: [token]}
    return client.open(path, method=ask.method, data=fields)


def refusals(app, ask: Ask, who: str) -> set[int]:
    """How somebody is refused: at the door, or by what they may know of."""
    level = access.levels(app)[ask.rule.endpoint]
    if who == "nobody" or (who == "guest" and level not in FOR_GUESTS):
        return {401} if ask.rule.rule.startswith("/api/v1/") else {302, 401}
    if ask.need in {"house", "own"}:
        return {403, 404}
    return {403} if who in knowing(ask) else {404}


def test_whoever_may_not_changes_nothing_and_is_told_no_more_than_they_know(app, asks, town, session):
    """A-58: on what is there, with everything filled in right; who is of another circle among them."""
    scene, clients, _ = town
    before = fingerprint(session, besides=TRIES)
    wrong = []
    for ask in asks:
        path, place = path_of(scene, ask.rule)
        for who in sorted(EVERYBODY - allowed(ask)):
            status = send(app, scene, clients[who], ask, path, place)
            if status not in refusals(app, ask, who):
                wrong.append((who, ask.method, ask.rule.rule, status))
    assert not wrong, "\n".join(map(str, wrong))
    assert fingerprint(session, besides=TRIES) == before


def those_who_may(app, ask: Ask) -> list[str]:
    """Who may, as far as the door is theirs: an account's is not for guests."""
    is_guests = access.levels(app)[ask.rule.endpoint] in FOR_GUESTS
    return sorted(allowed(ask) - (set() if is_guests else {"guest"}))


def refused(app, scene, browser: Browser, ask: Ask, afterwards=None) -> set[int]:
    """How somebody is refused by every way to what is there; nothing, where one way lets them in.

    Of an exchange whose names are not drawn there is nothing to reveal: another one is looked at then.
    """
    told = set()
    for way in ways_to(scene, ask.rule):
        told.add(send(app, scene, browser, ask, str(ask.rule.build(way.gaps)[1]), way.place))
        if afterwards is not None:
            afterwards()
        if min(told) < 400:
            return set()
    return told


def test_whoever_may_look_is_let_in(app, asks, town):
    """And finds what they look for: it is not "not found" either."""
    scene, browsers, _ = town
    wrong = [
        (who, ask.rule.rule, told)
        for ask in asks
        if ask.method == "GET" and ask.rule.endpoint not in NOT_THERE
        for who in those_who_may(app, ask)
        if (told := refused(app, scene, browsers[who], ask))
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_whoever_may_act_is_let_in(app, asks, town, engine):
    """By program, each act as everybody who may; the house is put back as it was after each."""
    scene, browsers, _ = town
    with kept(engine) as restore:
        wrong = [
            (who, ask.method, ask.rule.rule, told)
            for ask in asks
            if ask.method != "GET" and security.is_for_programs(ask.rule.rule)
            for who in those_who_may(app, ask)
            if (told := refused(app, scene, browsers[who], ask, restore))
        ]
    assert not wrong, "\n".join(map(str, wrong))


def test_foreign_missing_and_deleted_answer_alike(app, asks, town, session):
    """A-58, T-39: whoever tries ids learns nothing, whatever they may do with their own.

    Where a path has several gaps, the last one is tried alone, too: beside what is there.
    """
    scene, browsers, elsewhere = town
    before = fingerprint(session, besides=TRIES)
    wrong = []
    for ask in asks:
        gaps = gaps_of(ask.rule)
        for besides in [(), gaps[:-1]][: len(gaps)]:
            for who in sorted(EVERYBODY - {"administrator", "organiser elsewhere"}):
                told = {
                    name: send(app, scene, browsers[who], ask, *path_of(scene, ask.rule, known, besides))
                    for name, known in elsewhere.items()
                }
                is_taken = min(told.values()) < 400 and 302 not in refusals(app, ask, who)
                if is_taken or len(set(told.values())) > 1 or max(told.values()) >= 500:
                    wrong.append((who, ask.method, ask.rule.rule, told))
    assert not wrong, "\n".join(map(str, wrong))
    assert fingerprint(session, besides=TRIES) == before
