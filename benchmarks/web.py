"""The API's list and the home page, signed in, against bare JSON and HTML on the same server, in turns.

Rates and, from each answer's own time, the 99th percentile. Run alone: other work on the machine shows.
"""

from __future__ import annotations

import statistics
import threading
import time
from dataclasses import dataclass

from benchmarks.house import Server, bare_flask, web_alone
from benchmarks.pages import CLIENTS, ROUNDS, SECONDS, Client, begin_exchange, set_up

LISTED = 20


@dataclass(frozen=True)
class Figure:
    """What one round found."""

    rate: float
    slow: float
    """Milliseconds that one in a hundred takes longer than."""


def main() -> None:
    with web_alone() as house, bare_flask() as bare:
        olga = set_up(house)
        for _ in range(LISTED):
            begin_exchange(olga)
        found: dict[str, list[Figure]] = {}
        for _ in range(ROUNDS):
            for name, server, path in (
                ("bare JSON", bare, "/json"),
                ("exchanges as JSON", house, f"/api/v1/exchanges?per_page={LISTED}"),
                ("bare HTML", bare, "/"),
                ("home page", house, "/"),
            ):
                cookies = olga.cookies if server is house else {}
                found.setdefault(name, []).append(measure(server, path, cookies))
        _report(found)


def measure(server: Server, path: str, cookies: dict[str, str]) -> Figure:
    """Ask for it by several clients at once, for as long as a round is."""
    stop, times = threading.Event(), []

    def ask() -> None:
        client = Client(server.address, cookies)
        while not stop.is_set():
            began = time.perf_counter()
            client.get(path)
            times.append(time.perf_counter() - began)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    stop.set()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    return Figure(len(times) / seconds, statistics.quantiles(times, n=100)[98] * 1000)


def _report(found: dict[str, list[Figure]]) -> None:
    for name, baseline in (("exchanges as JSON", "bare JSON"), ("home page", "bare HTML")):
        ours, theirs = found[name], found[baseline]
        ratio = statistics.median(mine.rate / bare.rate for mine, bare in zip(ours, theirs, strict=True))
        rate, bare_rate = (statistics.median(one.rate for one in side) for side in (ours, theirs))
        slow, bare_slow = (statistics.median(one.slow for one in side) for side in (ours, theirs))
        print(
            f"{name}: {rate:.0f}/s against {bare_rate:.0f}/s ({ratio:.0%} of {baseline}); "
            f"p99 {slow:.1f} ms against {bare_slow:.1f} ms"
        )


if __name__ == "__main__":
    main()
