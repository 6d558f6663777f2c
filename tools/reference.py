"""Writes settings, problems and roles of docs from the code; `--check` only tells whether they are true."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from datetime import timedelta
from pathlib import Path

from pydantic import ByteSize

import kinkeeper
from kinkeeper.app.features import FEATURES
from kinkeeper.kernel import roles
from kinkeeper.kernel.config import Settings
from kinkeeper.kernel.errors import Problem
from kinkeeper.kernel.roles import TITLES, Role
from kinkeeper.kernel.setting_files import PREFIX
from kinkeeper.web.problems import BROKEN, FROM_FLASK, status_of

DOCS = Path(__file__).parents[1] / "docs"

SETTINGS_HEAD = """# Settings

Every setting has a default: with none of them set, Kinkeeper keeps everything in its data folder and
sends no mail out of the house. Each is an environment variable; `NAME_FILE` may name a file that holds
the value instead, as Docker hands out secrets. Durations are ISO 8601 (`PT30M`, `P14D`) or seconds.
This page is made from the code by `make docs`.

| variable | default | meaning |
| --- | --- | --- |
"""

PROBLEMS_HEAD = """# Problems

What Kinkeeper can refuse, and why. On a page the message is shown; in the API it is `error.message`
beside `error.code`, with messages by field in `error.details`. Codes do not change; messages may.
This page is made from the code by `make docs`.

| code | status | message |
| --- | --- | --- |
"""


ROLES_HEAD = """# Roles and rights

What each role lets people do, for the place it is given for: the whole house, a circle, or one exchange.
Whoever has an account is a member of their own circle without being given it, unless they are a child there.
Nobody gives a role that lets people do more than they may do themselves; a house can make up roles of its
own from the same rights. No right lets anybody see who gives to whom.
This page is made from the code by `make docs`.

"""


def roles_page() -> str:
    """The page of all rights, with the built-in roles that have them."""
    roles.lay_out([right for feature in FEATURES for right in feature.rights])
    names = list(Role)
    head = f"| right | what it lets people do | {' | '.join(TITLES[role].lower() for role in names)} |\n"
    lines = [head, f"| --- | --- |{' :-: |' * len(names)}\n"]
    for right in roles.all_rights().values():
        ticks = " | ".join("✓" if right.name in roles.rights_of(role) else "" for role in names)
        lines.append(f"| `{right.name}` | {right.title} | {ticks} |\n")
    return ROLES_HEAD + "".join(lines)


def settings_page() -> str:
    """The page of all settings."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "" if name in {"secret", "admin_password"} else _shown(field.default)
        rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |\n")
    return SETTINGS_HEAD + "".join(rows)


def problems_page() -> str:
    """The page of all problems, by code."""
    rows = {(code, str(status), message) for status, (code, message) in FROM_FLASK.items()}
    rows.add(("INTERNAL_ERROR", "500", BROKEN))
    for problem in _problems():
        if "message" in vars(problem):  # an inherited one is told under the code that it belongs to
            rows.add((problem.code, str(status_of(problem.__new__(problem))), problem.message))
    lines = [f"| `{code}` | {status} | {message} |\n" for code, status, message in sorted(rows)]
    return PROBLEMS_HEAD + "".join(lines)


def _problems() -> list[type[Problem]]:
    for module in pkgutil.walk_packages(kinkeeper.__path__, "kinkeeper."):
        if not module.name.startswith(("kinkeeper.migrations.", "kinkeeper.__main__", "kinkeeper.app.wsgi")):
            importlib.import_module(module.name)
    found, ahead = [], [*Problem.__subclasses__()]
    while ahead:
        kind = ahead.pop()
        found.append(kind)
        ahead.extend(kind.__subclasses__())
    return [kind for kind in found if kind.__module__.startswith("kinkeeper.")]


def _shown(default: object) -> str:
    if isinstance(default, timedelta):
        minutes = int(default.total_seconds() // 60)
        days, hours = divmod(minutes, 24 * 60)[0], minutes // 60
        return (
            f"`P{days}D`"
            if minutes % 1440 == 0
            else f"`PT{hours}H`"
            if minutes % 60 == 0
            else f"`PT{minutes}M`"
        )
    if isinstance(default, ByteSize):
        return f"`{default.human_readable(separator='').replace('.0', '')}`"
    value = default.get_secret_value() if hasattr(default, "get_secret_value") else default
    return "" if value in {None, ""} else f"`{str(value).lower() if isinstance(value, bool) else value}`"


def main() -> int:
    """Write all pages, or tell which is out of date."""
    pages = {"settings.md": settings_page(), "problems.md": problems_page(), "roles.md": roles_page()}
    stale = [name for name, text in pages.items() if not _is(DOCS / name, text)]
    if "--check" in sys.argv:
        for name in stale:
            sys.stderr.write(f"docs/{name} is out of date: make docs\n")
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).write_text(pages[name], encoding="utf-8")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
