"""What forms and endpoints would like to hear, as far as it names nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Mapping

NEW_PASSWORD = "crooked violin under a lamp"
YES = "y"
GOOD = {
    name: [value]
    for name, value in {
        "name": "Zacharias",
        "email": "olga@example.org",
        "circle": "The Olsens",
        "role": "observer",
        "place": "house",
        "rights": "people.see",
        "q": "p",
        "state": "active",
        "who": "Ol",
        "group": "exchange",
        "since": "2026-11-01",
        "until": "2026-12-31",
        "program": "A script",
        "password": NEW_PASSWORD,
        "present": PASSWORD,
        "username": "olga.olsen",
        "title": "Christmas",
        "gifts_on": "2026-12-24",
        "closes_on": "2026-12-10",
        "budget": "around £20",
        "description": "Home-made is welcome",
        "most_people": "12",
        "zone": "Europe/London",
        "keep_days": "90",
        "telling": "yes",
        "remind_days": "7, 1",
        "wishes": "a kite",
        "text": "Two kites",
        "url": "https://shop.example.org/kites",
        "priority": "love",
        "shape": "no-mutual",
        "avoid_years": "2",
        "reason": "Somebody looked",
        "after": "1",
        "answer": "yes",
        "both_ways": YES,
        "sure": YES,
        "bought": YES,
        "ready": YES,
        "reminders": YES,
        "wants_reminders": YES,
        "hears_of_joining": YES,
        "names_in_letters": YES,
        "days": "30",
        "scopes": "read:exchanges",
        "next": "/exchanges",
        "typed": "Uma",
        "is_child": YES,
        "day": "29",
        "month": "2",
        "year": "1984",
        "birthday": "--02-29",
        "theme": "dark",
        "language": "de",
    }.items()
}
UNSAID = {
    "people": ["Una, una@example.org\nVic, vic@example.org"],
    "as_draft": [YES],
    "publishes_draw": [YES],
    "hears_of_leaving": [YES],
    "hears_of_drawing": [YES],
}
"""What is said now and then only: it makes another form of it, or cannot be said together with the rest."""
NEXT_YEAR = {"closes_on": ["2027-12-10"], "gifts_on": ["2027-12-24"]}
SOMEBODY_NEW = {"email": ["una@example.org"]}
OTHERWISE: dict[str, dict[str, list[Any]]] = {
    "accounts.make_role": {"name": ["zookeeper"]},
    "roles_api.make_role": {"name": ["zookeeper"]},
    "roles_api.give_role": {"circle_id": [None]},
    "accounts.make_account": SOMEBODY_NEW,
    "users_api.create_user": SOMEBODY_NEW,
    "accounts.change_address": SOMEBODY_NEW,
    "accounts.delete_account": {"typed": ["Pat"]},
    "accounts.close": {"typed": ["olga@example.org"]},
    "accounts.erase": {"typed": ["olga@example.org"]},
    "accounts.end_circle": {"typed": ["The Olsens"]},
    "accounts.add_people": SOMEBODY_NEW,
    "accounts.change_person": SOMEBODY_NEW,
    "people_api.add_person": SOMEBODY_NEW,
    "people_api.change_person": SOMEBODY_NEW,
    "accounts.sign_in": {"password": [PASSWORD]},
    "auth.login": {"password": [PASSWORD], "username": [None]},
    "auth_api.login": {"password": [PASSWORD], "username": [None]},
    "accounts.give_role": {"q": ["ad"]},
    "accounts.circle_roles": {"q": ["ad"], "role": ["member"]},
    "exchanges.new": {"circle": [""]},
    "exchanges.same_again": NEXT_YEAR,
    "exchanges_api.begin_again": NEXT_YEAR,
}
"""Where the same word means something else."""


def as_json(said: Mapping[str, list[str]]) -> dict[str, Any]:
    """The same as programs say it; `said` names people, too."""
    plain = {name: values[0] for name, values in said.items()}
    return plain | {
        "days": 30,
        "most_people": 12,
        "keep_days": 90,
        "remind_days": [7, 1],
        "open": False,
        "avoid_years": 2,
        "publishes_draw": False,
        "names_in_letters": True,
        "both_ways": True,
        "after": None,
        "words": "a kite",
        "wants_reminders": False,
        "hears_of_wishes": False,
        "is_ready": True,
        "wish_id": said["wish"][0],
        "is_bought": True,
        "is_child": True,
        "members": said["members"],
        "apart_from": said["apart_from"],
        "giver_id": said["giver"][0],
        "receiver_id": said["receiver"][0],
        "guardian_id": said["guardian"][0],
        "guardian_ids": said["guardian"][:1],
        "person_ids": said["person_ids"],
        "person_id": said["person"][0],
        "scope": "house",
        "rights": ["people.see"],
        "circle_id": said["circle_id"][0],
        "scopes": ["read:exchanges"],
        "people": [{"name": "Una", "email": "una@example.org"}],
    }
