"""The API's list of accounts, a page of 20, in a house of 100 and in one of 100,000: first page and last.

Against bare JSON on the same server, in turns, and against each other. Run alone: other work shows.
"""

from __future__ import annotations

import statistics
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select, update

from benchmarks.house import Server, bare_flask, web_alone
from benchmarks.pages import ROUNDS, Client, set_up
from benchmarks.web import Figure, measure
from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.features.accounts.queries.logins import ACCOUNTS
from kinkeeper.kernel import db
from kinkeeper.platform.tallies import Tally

FEW, MANY = 100, 100_000
LISTED = 20
AT_ONCE = 5_000
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    with bare_flask() as bare, ExitStack() as houses:
        asked = {"bare JSON": (bare, "/json", {})}
        for number in (FEW, MANY):
            house = houses.enter_context(web_alone())
            olga = set_up(house)
            fill(house, number)
            for name, page in (("first", 1), ("last", number // LISTED)):
                path = f"/api/v1/users?per_page={LISTED}&page={page}"
                asked[f"{name} page of {number:,}"] = (house, path, olga.cookies)
                weigh(Client(house.address, olga.cookies), path)
        found: dict[str, list[Figure]] = {}
        for _ in range(ROUNDS):
            for name, (server, path, cookies) in asked.items():
                found.setdefault(name, []).append(measure(server, path, cookies))
        report(found)


def fill(house: Server, number: int) -> None:
    """Put accounts straight into the house's database, besides the one that is there."""
    engine = db.connect(f"sqlite:///{house.data / 'kinkeeper.sqlite'}")
    with engine.begin() as connection:
        circle_id = connection.scalar(select(Person.circle_id))
        for first in range(1, number, AT_ONCE):
            people, accounts = [], []
            for place in range(first, min(first + AT_ONCE, number)):
                person_id, name, email = db.new_id(), f"Guest {place}", f"guest{place}@example.org"
                at = BEGAN + timedelta(seconds=place)
                facts = {"circle_id": circle_id, "language": "en", "created_at": at}
                people.append(
                    {"id": person_id, "name": name, "folded": name.lower(), "email": email, **facts}
                )
                accounts.append({"person_id": person_id, "email": email, "created_at": at, "changed_at": at})
            connection.execute(insert(Person), people)
            connection.execute(insert(Account), accounts)
        connection.execute(update(Tally).where(Tally.name == ACCOUNTS).values(number=number))
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def weigh(client: Client, path: str) -> None:
    """Say what one answer asks of the database and of the wire."""
    client.get(path)
    print(f"{path}: {client.weight}")


def report(found: dict[str, list[Figure]]) -> None:
    """Say the ratio of each to bare JSON, and of each to the first page of the small house."""
    bare, small = found.pop("bare JSON"), found[f"first page of {FEW:,}"]
    for name, figures in found.items():
        rate = statistics.median(one.rate for one in figures)
        slow, bare_slow = (statistics.median(one.slow for one in side) for side in (figures, bare))
        print(
            f"{name}: {rate:.0f}/s ({ratio(figures, bare):.0%} of bare JSON, {ratio(figures, small):.0%} of "
            f"the first page of {FEW:,}); p99 {slow:.1f} ms against {bare_slow:.1f} ms"
        )


def ratio(ours: list[Figure], theirs: list[Figure]) -> float:
    """Of the rates, round by round."""
    return statistics.median(mine.rate / other.rate for mine, other in zip(ours, theirs, strict=True))


if __name__ == "__main__":
    main()
