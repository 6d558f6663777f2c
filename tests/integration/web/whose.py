"""Whose every address is: who may use it, and who may know of what it names (T-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.integration.exchanges.test_onlookers import HELP, LOOK

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
SEE_CIRCLE = {"accounts.circle", "circles_api.get_circle"}
READ_BOOK = {
    "accounts.people",
    "accounts.households",
    "accounts.person",
    "circles_api.list_households",
    "circles_api.get_household",
    "people_api.get_person",
    "people_api.list_guardians",
}
PICK = {"exchanges.pick_people", "exchanges_api.pick_people"}
"""From an address book into an exchange: for whoever may do both."""
TO_KEEPERS_ONLY = {"accounts.circle_roles", "accounts.withdraw_in_circle", "accounts.invite"}
"""To all others it is not there, though they may know of the circle or of the person."""
FOUND = {"accounts.found_circle", "circles_api.found_circle"}
END = {"accounts.end_circle", "circles_api.end_circle"}
FILL = {"people_api.add_person"}
"""Which circle's book it is stands in the body."""
BEGIN = {"exchanges_api.begin_exchange"}
"""In which circle stands in the body, too: for whoever belongs there, and is no child."""

NEEDS = (
    ("exchange", ("/exchanges/<uuid:exchange_id>", "/api/v1/exchanges/<uuid:exchange_id>")),
    ("place", ("/my/<uuid:participant_id>", "/api/v1/participations/<uuid:participant_id>")),
    ("house", ("/admin/", "/api/v1/audit", "/api/v1/roles", "/api/v1/users")),
    (
        "entry",
        (
            "/people/<uuid:person_id>",
            "/api/v1/people/<uuid:person_id>",
            "/households/<uuid:household_id>",
            "/api/v1/circles/<uuid:circle_id>/households/<uuid:household_id>",
        ),
    ),
    ("circle", ("/circles/<uuid:circle_id>", "/api/v1/circles/<uuid:circle_id>")),
    (
        "own",
        (
            "/account",
            "/api/docs",
            "/api/v1/circles",
            "/api/v1/exchanges",
            "/api/v1/participations",
            "/api/v1/people",
            "/api/v1/tokens",
            "/circles",
            "/exchanges",
            "/my/data",
            "/people",
            "/sign-in/again",
        ),
    ),
)
"""By how their paths begin; what everybody has of their own last: ids there are Olga's."""

EVERYBODY = {
    "nobody",
    "guest",
    "child",
    "member",
    "observer",
    "coordinator",
    "keeper",
    "organiser elsewhere",
    "organiser",
    "administrator",
}
BELONGS = EVERYBODY - {"nobody", "guest", "organiser elsewhere"}
LOOKS = {"observer", "coordinator", "keeper", "organiser", "administrator"}
RUNS = {"keeper", "organiser", "administrator"}
HELPS = RUNS | {"coordinator"}
KEEPS_BOOK = {"keeper", "administrator"}
READS_BOOK = KEEPS_BOOK | {"coordinator"}


class Ask(NamedTuple):
    """One request."""

    rule: Rule
    method: str
    need: str


def need_of(rule: Rule) -> str:
    """Whose an address is; raises KeyError where nobody has said."""
    if rule.endpoint in FOUND:
        return "founding"
    if rule.endpoint in FILL:
        return "circle"
    for need, beginnings in NEEDS:
        if rule.rule.startswith(beginnings):
            return need
    if rule.rule == "/":
        return "own"
    raise KeyError(rule.rule)


def allowed(ask: Ask) -> set[str]:
    """Who may, of those who are in the scene."""
    if ask.need == "exchange":
        return _allowed_in_exchange(ask.rule.endpoint)
    if ask.need in {"circle", "entry"}:
        return _allowed_in_circle(ask.rule.endpoint)
    if ask.rule.endpoint in BEGIN:
        return BELONGS - {"child"}
    if ask.need == "own":
        return EVERYBODY - {"nobody"} if not ask.rule.arguments else {"organiser"}
    return {"place": {"guest"}, "house": {"administrator"}, "founding": {"administrator"}}[ask.need]


def knowing(ask: Ask) -> set[str]:
    """Who may know that it is there, so that they are told No instead of Nothing."""
    if ask.rule.endpoint in TO_KEEPERS_ONLY:
        return KEEPS_BOOK
    return {"exchange": LOOKS, "circle": BELONGS, "entry": READS_BOOK, "founding": EVERYBODY}.get(
        ask.need, set()
    )


def _allowed_in_exchange(endpoint: str) -> set[str]:
    if endpoint in LOOK | LOOK_BY_PROGRAM:
        return LOOKS
    if endpoint in PICK:
        return READS_BOOK
    return HELPS if endpoint in HELP | HELP_BY_PROGRAM else RUNS


def _allowed_in_circle(endpoint: str) -> set[str]:
    if endpoint in SEE_CIRCLE:
        return BELONGS
    if endpoint in END:
        return {"administrator"}
    return READS_BOOK if endpoint in READ_BOOK else KEEPS_BOOK
