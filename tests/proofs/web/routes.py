"""The ways in which something may be changed from outside, found in the URL map."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from kinkeeper.web.security import is_for_programs

if TYPE_CHECKING:
    from flask import Flask
    from pydantic import BaseModel
    from werkzeug.routing import Rule

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
UNWRITTEN = {
    "web.set_language",
    "web.set_theme",
    "accounts.sign_out",
    "auth.refresh",
    "auth_api.refresh",
    "accounts.forgotten",
    "accounts.ask_for_link",
    "accounts.begin_second_factor",
    "exchanges.join",
    "exchanges.join_sent",
    "exchanges.ask_for_way_in",
    "exchanges.enter",
    "exchanges.open_match",
    "exchanges.wishes",
    "exchanges.write_words",
    "exchanges.change_wish",
    "exchanges.remove_wish",
    "exchanges.mark_bought",
    "exchanges.say_ready",
    "exchanges.choose_letters",
    "exchanges.choose_notices",
    "exchanges.confirm_held",
    "exchanges.stop",
    "participations_api.open_match",
    "participations_api.mark_bought",
    "participations_api.say_ready",
    "participations_api.confirm_held",
    "wishes_api.add_wish",
    "wishes_api.write_words",
    "wishes_api.change_wish",
    "wishes_api.remove_wish",
}
"""What people do about themselves only; every other act leaves an entry in the audit trail."""
PARTLY_WRITTEN = {"participations_api.change_participation": ["exchange.name_changed"]}
"""Acts that are several in one; the entry that they may leave."""

UNREACHED = {
    "auth.register",
    "auth_api.register",
    "accounts.set_up",
    "accounts.link_sent",
    "accounts.second_factor_page",
    "accounts.register",
    "accounts.finish_registration",
    "reports.take",
}
"""What leads nowhere in a house that somebody keeps and nobody opened, asks for a code of the moment, or
takes only what browsers write by themselves."""


def routes_of(app: Flask, *, api: bool) -> list[tuple[Any, str]]:
    """Every rule and method by which something may be changed."""
    found = [
        (rule, method)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        for method in UNSAFE
        if method in (rule.methods or ()) and takes_json(rule) == api
    ]
    assert len(found) >= (30 if api else 50)
    return found


def takes_json(rule: Rule) -> bool:
    """The API, and its sign-in where the seed has it too."""
    return is_for_programs(rule.rule) or rule.endpoint.startswith("auth.")


def body_of(app: Flask, endpoint: str) -> type[BaseModel] | None:
    """What an endpoint takes as JSON; None where it takes nothing."""
    view = inspect.unwrap(app.view_functions[endpoint])
    if "body" not in inspect.signature(view).parameters:
        return None
    return view.__globals__[view.__annotations__["body"]]
