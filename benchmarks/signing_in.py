"""Sign-ins a second, and what they take from pages that others look at meanwhile (G-L8).

    python -m benchmarks.signing_in

A password takes a tenth of a second of a core on purpose, and two are hashed at once at most. A page is
measured alone and beside sign-ins in turns, in the same run.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from benchmarks.house import Server, web_alone
from benchmarks.pages import PASSWORD, Client, set_up

ROUNDS, SECONDS = 4, 4.0
LOOKING, SIGNING_IN = 4, 4
PAGE = "/account"

Times = list[float]
Work = Callable[[Callable[[], bool]], tuple[str, Times]]


def main() -> None:
    with web_alone() as house:
        organiser = set_up(house)
        alone: list[Times] = []
        beside: list[Times] = []
        signed_in: list[float] = []
        for _ in range(ROUNDS):
            looks, _ = _measure([_looking(house, organiser.cookies)] * LOOKING)
            alone.append(looks)
            both = [_looking(house, organiser.cookies)] * LOOKING + [_signing_in(house)] * SIGNING_IN
            looks, sign_ins = _measure(both)
            beside.append(looks)
            signed_in.append(len(sign_ins) / SECONDS)
        _report(alone, beside, signed_in)


def _measure(works: list[Work]) -> tuple[Times, Times]:
    """Seconds that each look, and each sign-in, took."""
    stop = threading.Event()
    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(work, lambda: not stop.is_set()) for work in works]
        time.sleep(SECONDS)
        stop.set()
        found = [one.result() for one in running]
    looks = [took for kind, times in found if kind == "look" for took in times]
    sign_ins = [took for kind, times in found if kind == "sign in" for took in times]
    return looks, sign_ins


def _looking(house: Server, cookies: dict[str, str]) -> Work:
    def work(goes_on: Callable[[], bool]) -> tuple[str, Times]:
        client, times = Client(house.address, cookies), []
        while goes_on():
            began = time.perf_counter()
            client.get(PAGE)
            times.append(time.perf_counter() - began)
        return "look", times

    return work


def _signing_in(house: Server) -> Work:
    def work(goes_on: Callable[[], bool]) -> tuple[str, Times]:
        times = []
        while goes_on():
            client = Client(house.address)
            token = client.token("/sign-in")
            began = time.perf_counter()
            client.post("/sign-in", csrf_token=token, email="olga@example.org", password=PASSWORD)
            times.append(time.perf_counter() - began)
        return "sign in", times

    return work


def _report(alone: list[Times], beside: list[Times], signed_in: list[float]) -> None:
    before, after = (statistics.median(len(times) / SECONDS for times in side) for side in (alone, beside))
    late = [1000 * statistics.median(_p99(times) for times in side) for side in (alone, beside)]
    print(f"sign-ins: {statistics.median(signed_in):.1f}/s from {SIGNING_IN} browsers")
    print(
        f"{PAGE} for {LOOKING} readers: {before:.0f}/s alone, {after:.0f}/s beside them "
        f"({after / before:.0%}); p99 {late[0]:.0f} ms alone, {late[1]:.0f} ms beside"
    )


def _p99(times: Times) -> float:
    return statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    main()
