"""An exchange's page and a join, against a bare Flask page on the same server, in turns."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import statistics
import threading
import time
import urllib.parse
from collections.abc import Callable

from benchmarks.house import Server, bare_flask, web_alone

ROUNDS, SECONDS, CLIENTS = 4, 3.0, 8
PASSWORD = "plum basket seventeen otters"
PEOPLE = 20


class Client:
    """A browser on one kept-alive connection."""

    def __init__(self, address: str, cookies: dict[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
        self.cookies = dict(cookies or {})
        self.weight = ""

    def get(self, path: str) -> str:
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> str:
        return self._ask("POST", path, urllib.parse.urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        body = answer.read()
        self.weight = _weight(answer.getheader("X-Statements", "0"), body)
        text = body.decode()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return answer.headers.get("Location", "") or text

    def token(self, path: str) -> str:
        return re.search(r'name="csrf_token" value="([^"]+)"', self.get(path))[1]


def _weight(statements: str, body: bytes) -> str:
    return f"{statements} statements, {len(body)} bytes ({len(gzip.compress(body))} by gzip)"


def main() -> None:
    with web_alone() as house, bare_flask() as bare:
        organiser, exchange, slug = _stage(house)
        page = f"/exchanges/{exchange}"
        weights = _weigh(house, organiser, page, slug)
        rates: dict[str, list[tuple[float, float]]] = {}
        for _ in range(ROUNDS):
            for name, server, work in (
                ("bare Flask GET", bare, _getting(bare, {}, "/")),
                ("exchange page", house, _getting(house, organiser.cookies, page)),
                ("bare Flask POST", bare, _posting(bare)),
                ("join POST", house, _joining(house, slug)),
            ):
                rates.setdefault(name, []).append(_measure(server, work))
        _report(rates, weights)


def _weigh(house: Server, organiser: Client, page: str, slug: str) -> dict[str, str]:
    """What each of the two asks of the database and of the wire."""
    newcomer = Client(house.address)
    _join(newcomer, slug, "weighed")
    organiser.get(page)
    return {"exchange page": organiser.weight, "join POST": newcomer.weight}


def _stage(house: Server) -> tuple[Client, str, str]:
    """Set the house up; answer an exchange of PEOPLE to look at, and another one's link to join by."""
    organiser = set_up(house)
    looked_at, joined = (begin_exchange(organiser) for _ in range(2))
    for number in range(PEOPLE):
        _join(Client(house.address), _slug(organiser, looked_at), f"stage{number}")
    return organiser, looked_at.rpartition("/")[2], _slug(organiser, joined)


def set_up(house: Server) -> Client:
    """Answer the first organiser, signed in."""
    link = re.search(r"/set-up/\S+", house.printed)[0]
    organiser = Client(house.address)
    form = {"name": "Olga", "email": "olga@example.org", "circle": "The Olsens", "password": PASSWORD}
    organiser.post(link, csrf_token=organiser.token(link), **form)
    return organiser


def begin_exchange(organiser: Client) -> str:
    """Begin one, and answer its page."""
    next_year = time.gmtime().tm_year + 1
    facts = {
        "title": "Christmas",
        "gifts_on": f"{next_year}-12-24",
        "closes_on": f"{next_year}-12-10",
        "zone": "Europe/London",
    }
    return organiser.post("/exchanges/new", csrf_token=organiser.token("/exchanges/new"), **facts)


def _slug(organiser: Client, page: str) -> str:
    return re.search(r"/join/([a-z0-9]+)", organiser.get(page))[1]


def _join(client: Client, slug: str, name: str) -> None:
    path = f"/join/{slug}"
    token = client.token(path)
    client.post(path, csrf_token=token, name="Guest", email=f"{name}@example.org", wishes="A kite")


Work = Callable[[int, Callable[[], bool]], int]


def _getting(server: Server, cookies: dict[str, str], path: str) -> Work:
    def work(_number: int, goes_on: Callable[[], bool]) -> int:
        client, done = Client(server.address, cookies), 0
        while goes_on():
            client.get(path)
            done += 1
        return done

    return work


def _posting(server: Server) -> Work:
    def work(_number: int, goes_on: Callable[[], bool]) -> int:
        client, done = Client(server.address), 0
        while goes_on():
            client.post("/", name="Guest", email="guest@example.org", wishes="A kite")
            done += 1
        return done

    return work


def _joining(server: Server, slug: str) -> Work:
    def work(number: int, goes_on: Callable[[], bool]) -> int:
        client, done, path = Client(server.address), 0, f"/join/{slug}"
        token = client.token(path)
        while goes_on():
            address = f"j{os.urandom(6).hex()}{number}@example.org"
            client.post(path, csrf_token=token, name="Guest", email=address, wishes="A kite")
            done += 1
        return done

    return work


def _measure(server: Server, work: Work) -> tuple[float, float]:
    """Requests a second, and processor milliseconds of the server for each."""
    stop, counts = threading.Event(), []
    threads = [
        threading.Thread(target=lambda number=number: counts.append(work(number, lambda: not stop.is_set())))
        for number in range(CLIENTS)
    ]
    cpu, began = server.cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    stop.set()
    for thread in threads:
        thread.join()
    seconds, done = time.perf_counter() - began, sum(counts)
    return done / seconds, (server.cpu() - cpu) / max(done, 1) * 1000


def _report(rates: dict[str, list[tuple[float, float]]], weights: dict[str, str]) -> None:
    for name, baseline in (("exchange page", "bare Flask GET"), ("join POST", "bare Flask POST")):
        pairs = list(zip(rates[name], rates[baseline], strict=True))
        ours, theirs = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
        cpu, bare = (statistics.median(pair[side][1] for pair in pairs) for side in (0, 1))
        ratio = statistics.median(mine[0] / other[0] for mine, other in pairs)
        print(
            f"{name}: {ours:.0f}/s against {theirs:.0f}/s ({ratio:.0%} of {baseline}); "
            f"{cpu:.2f} ms CPU against {bare:.2f} ms (× {cpu / bare:.1f}); {weights[name]}"
        )


if __name__ == "__main__":
    main()
