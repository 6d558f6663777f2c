"""Fails by name where a part of the house that must be proven in full is not: every line, every branch.

Reads what the last `make test` measured.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from coverage import Coverage
from coverage.exceptions import NoDataError

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "kinkeeper"
PROVEN = (
    "features/*/permissions.py",  # who may do what
    "features/exchanges/rules/*.py",  # the draw
    "features/accounts/service/tokens.py",
    "platform/mail/outbox.py",
    "kernel/crypto.py",
    "kernel/work.py",
)


def measured(files: list[Path]) -> dict[str, Any]:
    """What coverage knows of these files, by their path from the root."""
    known = Coverage(data_file=str(ROOT / ".coverage"), config_file=str(ROOT / "pyproject.toml"))
    known.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        known.json_report(morfs=[str(file) for file in files], outfile=str(report))
        return dict(json.loads(report.read_text(encoding="utf-8"))["files"])


def gaps(facts: dict[str, Any]) -> str:
    """What no test reaches in a file, in words; empty where there is nothing."""
    if "missing_branches" not in facts:
        return "branches were not measured"
    lines = ", ".join(str(line) for line in facts["missing_lines"])
    ways = ", ".join(f"{start} → {end}" for start, end in facts["missing_branches"])
    return "; ".join(filter(None, (lines and f"lines {lines}", ways and f"branches {ways}")))


def faults(files: dict[str, list[Path]]) -> list[str]:
    found = [f"{pattern}: there is no such file" for pattern, some in files.items() if not some]
    wanted = [file for some in files.values() for file in some]
    facts = {str((ROOT / name).resolve()): each for name, each in measured(wanted).items()}
    for file in wanted:
        name = file.relative_to(ROOT)
        missing = gaps(facts[str(file)]) if str(file) in facts else "no test loads it"
        found += [f"{name}: {missing}"] if missing else []
    return found


def main() -> int:
    """Tell every gap; the exit code says whether there was one."""
    files = {pattern: sorted(HOUSE.glob(pattern)) for pattern in PROVEN}
    try:
        found = faults(files)
    except NoDataError:
        found = ["nothing was measured yet: make test"]
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"proven in full: {f'{len(found)} gaps' if found else f'{sum(map(len, files.values()))} files'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
