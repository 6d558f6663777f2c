"""All figures, one after the other, or those that are named."""

from __future__ import annotations

import importlib
import sys

for name in sys.argv[1:] or (
    "draw",
    "draw_options",
    "peers",
    "verbs",
    "letters",
    "live",
    "pages",
    "signing_in",
    "web",
    "users",
    "start",
):
    print(f"\n== {name}")
    importlib.import_module(f"benchmarks.{name}").main()
