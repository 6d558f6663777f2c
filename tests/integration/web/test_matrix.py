"""Every address and method, as nine kinds of people, on what is theirs, foreign, missing, deleted (T-39).

What somebody may not do is sent with everything filled in right, and changes nothing. What is foreign,
missing or deleted answers alike. A new address that stands in none of the lists below fails, until somebody
says whose it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.purging import purge_in_time
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.web import access, live, security
from kinkeeper.web.access import Access
from tests.factories import make_account, make_exchange, make_grant
from tests.integration.exchanges.test_onlookers import HELP, LOOK
from tests.integration.web.support import MISSING, fingerprint, form_token
from tests.proofs.web.routes import body_of
from tests.proofs.web.scene import furnish
from tests.proofs.web.ways import ways_to

if TYPE_CHECKING:
    from werkzeug.routing import Rule

LOOK_BY_PROGRAM = {
    "exchanges_api.get_exchange",
    "exchanges_api.list_people",
    "exchanges_api.list_letters",
    "exchanges_api.list_letters_to",
}
HELP_BY_PROGRAM = {
    "exchanges_api.get_person",
    "exchanges_api.add_people",
    "exchanges_api.change_address",
    "exchanges_api.take_back_address",
    "exchanges_api.remove_person",
    "exchanges_api.send_again",
    "exchanges_api.renew_link",
    "exchanges_api.list_guardians",
    "exchanges_api.put_on_list",
    "exchanges_api.hand_over_care",
}
OF_AN_EXCHANGE = ("/exchanges/<uuid:exchange_id>", "/api/v1/exchanges/<uuid:exchange_id>")
OF_A_PLACE = ("/my/<uuid:participant_id>", "/api/v1/participations/<uuid:participant_id>")
OF_THE_HOUSE = ("/admin/", "/api/v1/audit", "/api/v1/roles", "/api/v1/users")
OF_A_CIRCLE = ("/circles/<uuid:circle_id>",)
ONES_OWN = (
    "/account",
    "/api/v1/exchanges",
    "/api/v1/participations",
    "/exchanges",
    "/my/data",
    "/sign-in/again",
)
"""What everybody has who is let in at all, of their own; and ids there are Olga's, or nobody's who asks."""
BY_TOKEN_ONLY = {"auth.me", "auth_api.me"}
"""Where no browser's session counts, whosever it is: tests of programs' sessions look there."""
OPEN = {Access.PUBLIC, Access.HOLDER, Access.PUBLIC_API}
FOR_GUESTS = {Access.GUEST, Access.GUEST_API}

LOOKS = {"observer", "coordinator", "organiser", "administrator"}
RUNS = {"organiser", "administrator"}
HELPS = RUNS | {"coordinator"}


class Ask(NamedTuple):
    """One request."""

    rule: Rule
    method: str
    need: str


def need_of(rule: Rule) -> str:
    """Whose an address is; raises KeyError where nobody has said."""
    path = rule.rule
    for need, beginnings in (
        ("exchange", OF_AN_EXCHANGE),
        ("place", OF_A_PLACE),
        ("house", OF_THE_HOUSE),
        ("circle", OF_A_CIRCLE),
    ):
        if path.startswith(beginnings):
            return need
    if path == "/" or path.startswith(ONES_OWN):
        return "own"
    raise KeyError(path)


def allowed(ask: Ask) -> set[str]:
    """Who may, of those who are in the scene."""
    if ask.need == "exchange":
        names = ask.rule.endpoint
        if names in LOOK | LOOK_BY_PROGRAM:
            return LOOKS
        return HELPS if names in HELP | HELP_BY_PROGRAM else RUNS
    if ask.need == "own":
        return EVERYBODY - {"nobody"} if not ask.rule.arguments else {"organiser"}
    return {"place": {"guest"}, "house": {"administrator"}, "circle": {"administrator"}}[ask.need]


EVERYBODY = {
    "nobody",
    "guest",
    "child",
    "member",
    "observer",
    "coordinator",
    "organiser elsewhere",
    "organiser",
    "administrator",
}


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
        gone = make_exchange(staged, people=1, organiser=make_account(staged, "Gone"))
    cancel_exchange(SYSTEM, gone.id)
    now.advance(days=400)
    purge_in_time(SYSTEM, gone.id)
    now.moment = today
    scene = furnish(session)
    actors = {name: scene.actors[name] for name in ("nobody", "guest", "organiser", "administrator")}
    with stage() as staged:
        home = staged.get_one(Person, scene.actors["organiser"].person_id).circle_id
        for name, role in (
            ("member", None),
            ("child", Role.CHILD),
            ("observer", Role.OBSERVER),
            ("coordinator", Role.COORDINATOR),
        ):
            actors[name] = make_account(staged, f"Someone {name}")
            person = staged.get_one(Person, actors[name].person_id)
            person.circle_id = home
            if role is not None:
                make_grant(staged, person, role, Scope.CIRCLE, home)
        otto = actors["organiser elsewhere"] = make_account(staged, "Otto Elsewhere")
        foreign = make_exchange(staged, people=2, organiser=otto)
        person = staged.get_one(Person, otto.person_id)
        make_grant(staged, person, Role.ORGANISER, Scope.CIRCLE, foreign.circle_id)
    seat = session.scalars(select(Participant.id).where(Participant.exchange_id == foreign.id)).first()
    elsewhere = {
        "foreign": {"exchange_id": foreign.id, "participant_id": seat, "circle_id": foreign.circle_id},
        "missing": {},
        "deleted": {"exchange_id": gone.id, "circle_id": MISSING},
    }
    return scene, {name: client_of(actor) for name, actor in actors.items()}, elsewhere


def path_of(scene, rule, known=None) -> tuple[str, object]:
    """A rule's path with what stands for each gap; `known` says what is elsewhere, the rest is missing."""
    way = next(ways_to(scene, rule))
    path = rule.rule
    for name, own in way.gaps.items():
        nothing = "no-such-role" if name == "name" else MISSING
        value = own if known is None else known.get(name, nothing)
        path = path.replace(f"<uuid:{name}>", str(value)).replace(f"<{name}>", str(value))
    return path, way.place


def send(app, scene, client, ask: Ask, path: str, place) -> int:
    """Send a request with everything filled in right; answers its status."""
    token = form_token(client)
    if path.startswith(("/api/", "/auth/")):
        body = scene.json(place, ask.rule.endpoint, body_of(app, ask.rule.endpoint))
        sent = {"json": body} if ask.method in {"POST", "PUT", "PATCH"} else {}
        return client.open(path, method=ask.method, headers={security.CSRF_HEADER: token}, **sent).status_code
    if ask.method == "GET":
        return client.get(path).status_code
    fields = {**scene.said(place, ask.rule.endpoint), security.CSRF_FIELD: [token]}
    return client.open(path, method=ask.method, data=fields).status_code


def refusals(app, ask: Ask, who: str) -> set[int]:
    """How somebody is refused: at the door, or by what they may know of."""
    level = access.levels(app)[ask.rule.endpoint]
    if who == "nobody" or (who == "guest" and level not in FOR_GUESTS):
        return {401} if ask.rule.rule.startswith("/api/") else {302, 401}
    if ask.need == "exchange":
        return {403} if who in LOOKS else {404}
    return {403, 404} if ask.need in {"house", "own"} else {404}


def test_whoever_may_not_changes_nothing_and_is_told_no_more_than_they_know(app, asks, town, session):
    """On what is there, with everything filled in right."""
    scene, clients, _ = town
    before = fingerprint(session)
    wrong = []
    for ask in asks:
        path, place = path_of(scene, ask.rule)
        for who in sorted(EVERYBODY - allowed(ask)):
            status = send(app, scene, clients[who], ask, path, place)
            if status not in refusals(app, ask, who):
                wrong.append((who, ask.method, ask.rule.rule, status))
    assert not wrong, "\n".join(map(str, wrong))
    assert fingerprint(session) == before


def test_whoever_may_look_is_let_in(app, asks, town):
    scene, clients, _ = town
    wrong = []
    for ask in asks:
        if ask.method != "GET" or ask.need == "place":
            continue
        path, place = path_of(scene, ask.rule)
        for who in sorted(allowed(ask)):
            status = send(app, scene, clients[who], ask, path, place)
            if status in {401, 403} or status >= 500:
                is_guest_s = who == "guest" and access.levels(app)[ask.rule.endpoint] not in FOR_GUESTS
                if not is_guest_s:
                    wrong.append((who, ask.rule.rule, status))
    assert not wrong, "\n".join(map(str, wrong))


def test_foreign_missing_and_deleted_answer_alike(app, asks, town, session):
    """T-39: whoever tries ids learns nothing, whatever they may do with their own."""
    scene, clients, elsewhere = town
    before = fingerprint(session)
    wrong = []
    for ask in asks:
        if not ask.rule.arguments or ask.need not in {"exchange", "place", "circle"}:
            continue
        for who in sorted(EVERYBODY - {"administrator", "organiser elsewhere"}):
            told = set()
            for known in elsewhere.values():
                path, place = path_of(scene, ask.rule, known)
                told.add(send(app, scene, clients[who], ask, path, place))
            if len(told) > 1 or max(told) >= 500:
                wrong.append((who, ask.method, ask.rule.rule, sorted(told)))
    assert not wrong, "\n".join(map(str, wrong))
    assert fingerprint(session) == before
