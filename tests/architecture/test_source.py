"""Tests that read the program: who commits, who may enter, what is imported when."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kinkeeper
from kinkeeper.app.factory import ENDPOINTS, SECTIONS
from kinkeeper.app.features import FEATURES
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import Problem
from kinkeeper.web.access import levels

SOURCE = Path(kinkeeper.__file__).parent


def modules() -> list[tuple[str, ast.Module]]:
    return [
        (path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(SOURCE.rglob("*.py"))
    ]


def calls_of(tree: ast.Module, *names: str) -> list[str]:
    return [
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
    ]


def test_only_the_unit_of_work_commits():
    """2.3: "one place commits"; migrations run their own."""
    committing = {
        name for name, tree in modules() if calls_of(tree, "commit", "begin", "begin_nested", "rollback")
    }
    assert committing == {"kernel/work.py", "migrations/env.py"}


def test_only_the_unit_of_work_opens_writers():
    """2.3: a session that can write is had by `transaction` alone."""
    opening = set()
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "Writer" and isinstance(node.value, ast.Name):
                opening.add(name)
    assert opening == {"kernel/work.py"}


def test_normal_forms_are_asked_for_in_one_place():
    """A-6: putting marks in order takes the square of them; `lines.normal` lets through few in a row.

    A password is bounded where it is hashed, and never cut.
    """
    asking = {name for name, tree in modules() if calls_of(tree, "normalize")}
    assert asking == {"kernel/lines.py", "features/accounts/service/hashing.py"}


def test_no_sql_is_built_of_text():
    """A-4: no f-string, no +, no % reaches the database."""
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {
                "text",
                "exec_driver_sql",
            }:
                if node.args and isinstance(node.args[0], (ast.JoinedStr, ast.BinOp)):
                    assert name == "kernel/db.py", name


def test_nothing_unpickles_or_starts_a_shell():
    """A-5, A-14."""
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
                assert not names & {"pickle", "marshal", "shelve", "yaml", "dill"}, name
            if isinstance(node, ast.Call):
                shell = [word for word in node.keywords if word.arg == "shell"]
                assert not shell, name
                assert getattr(node.func, "attr", "") not in {"system", "popen"}, name


def test_every_address_says_whom_it_lets_in(app):
    """2.8: a page or endpoint without a level lets nobody in, so none may be without."""
    there = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    assert there == set(levels(app))


def test_every_exception_to_a_section_s_level_names_a_view_that_is_there(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    for section in (*SECTIONS, *ENDPOINTS):
        for view in section.apart:
            assert f"{section.blueprint.name}.{view}" in endpoints


def service_modules() -> list:
    found = []
    for feature in FEATURES:
        folder = SOURCE / "features" / feature.name / "service"
        for path in sorted(folder.glob("*.py")):
            found.append(__import__(f"kinkeeper.features.{feature.name}.service.{path.stem}", fromlist=["_"]))
    return found


def verbs() -> dict[str, object]:
    """Every public function of a service whose first parameter is the actor."""
    found = {}
    for module in service_modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            path = f"{module.__name__}.{name}"
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and first == "actor" and path not in PROOFS:
                found[path] = function
    return found


PROOFS = {f"kinkeeper.features.accounts.service.proving.{name}" for name in ("by_password", "of_account")}
"""Asked by a verb before its own transaction, as `limits.spend` is: a refused try must be remembered."""


def test_there_are_verbs():
    assert len(verbs()) >= 20


@pytest.mark.parametrize("name", verbs())
def test_every_verb_opens_one_transaction_and_asks_whether_it_may(name):
    """2.3, 2.8: by `authorize`, or it is the house's own, which the guard at run time holds to SYSTEM."""
    source = inspect.getsource(verbs()[name])
    assert source.count("transaction(actor) as work") == 1, "one use case is one transaction"
    asks = "authorize(" in source or "to_change(" in source or "to_keep(" in source
    assert asks or name.rpartition(".")[2] in OF_THE_HOUSE, name


OF_THE_HOUSE = {
    "create_admin",
    "offer_set_up",
    "send_reset",
    "send_link",
    "send_registration",
    "forget_registrations",
    "send_way_in",
    "forget_ended",
    "forget_unanswered",
    "close_in_time",
    "complete_in_time",
    "purge_account",
    "purge_in_time",
    "remind_in_time",
    "tell_of_wishes",
}
"""Verbs that only SYSTEM calls: for anybody else `transaction` ends with "never authorized"."""


@pytest.mark.parametrize("name", sorted(OF_THE_HOUSE))
def test_verbs_of_the_house_refuse_everybody_else(name, engine):
    from uuid import UUID

    from kinkeeper.features.accounts.errands import LinkRequest, RegisterRequest, ResetRequest
    from kinkeeper.features.accounts.service.setting_up import Newcomer
    from kinkeeper.features.exchanges.errands import WayInRequest

    arguments = {
        "create_admin": [Newcomer("o@example.org", "plum basket seventeen", "O", "C", "en", "UTC")],
        "send_reset": [ResetRequest(email="o@example.org", minutes=10)],
        "send_registration": [
            RegisterRequest(email="o@example.org", name="O", circle="C", language="en", zone="UTC")
        ],
        "send_link": [LinkRequest(email="o@example.org", minutes=10, browser="")],
        "close_in_time": [UUID(int=1)],
        "complete_in_time": [UUID(int=1)],
        "purge_account": [UUID(int=1)],
        "purge_in_time": [UUID(int=1)],
        "remind_in_time": [UUID(int=1)],
        "tell_of_wishes": [UUID(int=1)],
        "forget_unanswered": [UUID(int=1)],
        "send_way_in": [WayInRequest(exchange_id=UUID(int=1), email="o@example.org")],
    }
    verb = next(function for path, function in verbs().items() if path.endswith(f".{name}"))
    with pytest.raises(RuntimeError, match="never authorized"):
        verb(ANONYMOUS, *arguments.get(name, []))


def test_steps_do_not_open_transactions():
    """2.3: what takes a unit of work is part of somebody else's."""
    for module in service_modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if first == "work":
                assert "transaction(" not in inspect.getsource(function), name


def recorded() -> set[str]:
    """Every action that the program writes into the audit trail, by reading it."""
    said = set()
    for name, tree in modules():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if (getattr(node.func.value, "id", ""), node.func.attr) in WRITERS:
                action = node.args[1]
                said |= {action.value} if isinstance(action, ast.Constant) else CHOSEN[name]
    return said


WRITERS = {("audit", "record"), ("proving", "note")}
CHOSEN = {
    "features/accounts/service/saying.py": {"account.changed", "person.changed"},
    "features/exchanges/service/ending.py": {"exchange.completed", "exchange.cancelled"},
    "features/exchanges/service/readdressing.py": {"exchange.address_agreed", "exchange.address_refused"},
}
"""Actions that are not written out where they are recorded."""


def test_every_act_that_is_recorded_can_be_read():
    """2.13: who did what to what, in words an owner can read."""
    from kinkeeper.app.admin.trail import DEEDS, GROUPS

    assert recorded() - set(DEEDS) == set()
    assert {action.partition(".")[0] for action in DEEDS} == set(GROUPS)
    gaps = {gap for said in DEEDS.values() for gap in re.findall(r"%\((\w+)\)", said)}
    assert gaps == {"who", "what"}


def test_permissions_are_listed_and_named_once():
    """2.8."""
    names = [permission.__name__ for feature in FEATURES for permission in feature.permissions]
    assert len(names) == len(set(names))
    for feature in FEATURES:
        module = __import__(f"kinkeeper.features.{feature.name}.permissions", fromlist=["_"])
        own = {name for name, _ in inspect.getmembers(module, inspect.isfunction) if name.startswith("may_")}
        assert own == {permission.__name__ for permission in feature.permissions}


def problems() -> list[type[Problem]]:
    """Every kind of problem there is, found by its base."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = (
            path.relative_to(SOURCE.parent)
            .with_suffix("")
            .as_posix()
            .replace("/", ".")
            .removesuffix(".__init__")
        )
        if "migrations" not in name and not name.endswith(("__main__", "wsgi", "demo", "words")):
            __import__(name)

    def below(kind):
        return [one for child in kind.__subclasses__() for one in (child, *below(child))]

    return [kind for kind in below(Problem) if kind.__module__.startswith("kinkeeper.")]


def test_every_problem_has_a_code_of_its_own():
    """2.5: a program can tell them apart; a problem's kinds may share the code they inherit."""
    owners: dict[str, type] = {}
    for kind in problems():
        if "code" in vars(kind):
            assert owners.setdefault(kind.code, kind) is kind, kind.code
        else:
            assert any("code" in vars(base) for base in kind.__mro__[1:-3]), kind
    assert all("." in code or code.isupper() for code in owners)


def test_every_code_has_a_message_of_its_own():
    """docs/problems.md tells codes with the messages that go with them, not with inherited ones."""
    assert {kind.code for kind in problems()} == {kind.code for kind in problems() if "message" in vars(kind)}


def test_the_web_loads_nothing_that_it_does_not_need(tmp_path):
    """stack.md, the import diet: memory is what a small machine has least of."""
    heavy = ("alembic", "babel", "zxcvbn", "css_inline", "smtplib", "apscheduler")
    code = (
        "import sys\n"
        "from kinkeeper.kernel.config import Settings\n"
        "from kinkeeper.app.house import open_house\n"
        "from kinkeeper.app.factory import create_app\n"
        "settings = Settings()\nopen_house(settings)\ncreate_app(settings)\n"
        f"print(*[name for name in {heavy!r} if name in sys.modules])\n"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KINKEEPER_")},
        "KINKEEPER_DATA": str(tmp_path),
        "PYTHONPATH": str(SOURCE.parent),
    }
    migrate = [sys.executable, "-m", "kinkeeper", "migrate"]
    subprocess.run(migrate, env=environment, capture_output=True, check=True)
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.split() == []
