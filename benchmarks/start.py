"""Seconds from `kinkeeper serve` to the first answer, and idle memory of the whole process tree."""

from __future__ import annotations

import statistics
import time

from benchmarks.house import bare_flask, kinkeeper

RUNS = 5


def main() -> None:
    ready, memory = [], []
    for _ in range(RUNS):
        with kinkeeper() as house:
            ready.append(house.ready_after)
            time.sleep(2)
            memory.append(house.memory())
    with bare_flask() as bare:
        time.sleep(1)
        print(f"bare Flask on gunicorn: ready after {bare.ready_after:.2f} s, {bare.memory():.0f} MB")
        ratio = statistics.median(ready) / bare.ready_after
        print(
            f"kinkeeper serve (empty database, migrations included): ready after "
            f"{statistics.median(ready):.2f} s (min {min(ready):.2f}, max {max(ready):.2f}), × {ratio:.1f}"
        )
        print(
            f"idle memory, supervisor + web + worker: {statistics.median(memory):.0f} MB (proportional), "
            f"× {statistics.median(memory) / bare.memory():.1f}"
        )


if __name__ == "__main__":
    main()
