"""Looks whether the relative links and anchors in all *.md files lead somewhere."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = {"node_modules", "data", "data-demo"}

FENCE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
NAMED = re.compile(r"""<[a-z]+ (?:id|name)=["']([^"']+)""")
INLINE = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'][^)]*)?\)")
REFERENCE = re.compile(r"^\s{0,3}\[[^\]]+\]:\s+<?([^\s>]+)", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")


def pages() -> list[Path]:
    def ours(path: Path) -> bool:
        folders = path.relative_to(ROOT).parts[:-1]
        return not any(name.startswith(".") or name in NOT_OURS for name in folders)

    return sorted(path for path in ROOT.rglob("*.md") if ours(path))


def broken_links(page: Path) -> list[str]:
    text = CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
    targets = [unquote(target) for target in INLINE.findall(text) + REFERENCE.findall(text)]
    return [target for target in targets if not ELSEWHERE.match(target) and not leads_somewhere(page, target)]


def leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    base = ROOT if path.startswith("/") else page.parent
    found = (base / path.lstrip("/")).resolve() if path else page
    if not found.exists():
        return False
    return not anchor or found.suffix != ".md" or anchor in anchors(found)


@cache
def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to the headings of a page, and those that it gives itself."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    names: set[str] = set()
    for heading in HEADING.findall(text):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        name = re.sub(r"[^\w\- ]", "", plain).strip().lower().replace(" ", "-")
        again = next(n for n in range(len(names) + 1) if (f"{name}-{n}" if n else name) not in names)
        names.add(f"{name}-{again}" if again else name)
    return names | set(NAMED.findall(text))


def main() -> int:
    checked, broken = pages(), 0
    for page in checked:
        for target in broken_links(page):
            broken += 1
            print(f"{page.relative_to(ROOT)}: {target} leads nowhere", file=sys.stderr)
    print(f"{len(checked)} pages, {broken} broken links")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
