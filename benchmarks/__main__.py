"""All figures, one after the other."""

from __future__ import annotations

import importlib

for name in ("draw", "letters", "pages", "start"):
    print(f"\n== {name}")
    importlib.import_module(f"benchmarks.{name}").main()
