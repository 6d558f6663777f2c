"""Looks whether lock files hold what pyproject.toml asks for, and whether the documents account for it."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
PLACES = re.compile(r"://|^\s*--?(index|extra-index|find-links|i\b|f\b)|file:", re.MULTILINE)


def wanted() -> dict[str, list[str]]:
    """What each lock file must hold."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    core = project["project"]["dependencies"]
    scale = core + project["project"]["optional-dependencies"]["scale"]
    groups = project["dependency-groups"]
    return {
        "core": core,
        "scale": scale,
        "dev": scale + groups["dev"],
        "bench": scale + groups["dev"] + groups["bench"],
        "build": [*groups["build"], *project["build-system"]["requires"]],
        "installer": groups["installer"],
    }


def pins(lock: str) -> dict[str, list[str]]:
    """The versions of each distribution; more than one where they depend on the Python."""
    found: dict[str, list[str]] = {}
    for line in lock.splitlines():
        if pin := PIN.match(line):
            found.setdefault(canonicalize_name(pin[1]), []).append(pin[2])
    return found


def read(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def faults(lock: str, requirements: list[str]) -> list[str]:
    pinned, found = pins(lock), []
    for requirement in map(Requirement, requirements):
        versions = pinned.get(canonicalize_name(requirement.name), [])
        if not any(requirement.specifier.contains(version, prereleases=True) for version in versions):
            found.append(f"{requirement} is not in it ({', '.join(versions) or 'absent'})")
    entries = [entry for entry in re.split(r"\n(?=\S)", lock) if PIN.match(entry)]
    found += [f"{entry.split()[0]} has no hash" for entry in entries if "--hash=" not in entry]
    if PLACES.search(lock):
        found.append("it names the place that packages come from")
    return found


def unaccounted(requirements: list[str]) -> list[str]:
    """Packages that the house installs and docs/dependencies.md does not name."""
    account = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    names = [Requirement(requirement).name.lower() for requirement in requirements]
    return [name for name in names if not re.search(rf"\b{re.escape(name)}\b", account)]


def main() -> int:
    """Tell every fault; the exit code says whether there was one."""
    asked = wanted()
    locks = {name: read(name) for name in asked}
    found = [(name, fault) for name in asked for fault in faults(locks[name], asked[name])]
    found += [
        ("scale", f"docs/dependencies.md has no line for {name}") for name in unaccounted(asked["scale"])
    ]
    for smaller, larger in (("core", "scale"), ("scale", "dev"), ("dev", "bench")):
        held, also = pins(locks[smaller]), pins(locks[larger])
        found += [
            (larger, f"{name} is not as in {smaller}.txt") for name in held if also.get(name) != held[name]
        ]
    for name, fault in found:
        print(f"requirements/{name}.txt: {fault}", file=sys.stderr)
    print("lock files: " + (f"{len(found)} faults; make lock" if found else "in step with pyproject.toml"))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
