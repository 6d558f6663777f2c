"""Whatever is drawn, a whole season looks the same to everybody whom a match is not told (T-14).

The season is played with equal inputs and different seeds. Every byte that organisers, the administrator,
the other participants, the log, the trail and the outbox get is compared, after ids, nonces and times are
masked; what a giver reads of their own match is cut out. The control plays it with an outbox in the order
of the receivers, and has to be told apart. `tests/proofs` plays more seasons.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.jobs import remind_in_time, tell_of_wishes
from kinkeeper.features.exchanges.models import ExchangeOrganiser, Participant
from kinkeeper.features.exchanges.service import drawing
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.ending import complete_exchange
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.ruling import keep_apart, keep_household_apart, lift_household
from kinkeeper.kernel.actor import SYSTEM, Actor
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.limits import Spending
from kinkeeper.platform.live.events import LiveEvent
from kinkeeper.platform.mail import letters
from tests.factories import guest, make_account, make_answer, make_exchange, make_grant, make_participant
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import bearer, carry_letters, fill_in

from hashlib import sha256  # isort: skip

SEEDS = 3
TODAY = date(2026, 12, 1)
MASKS = (
    (r'nonce="[^"]+"|nonce-[\w-]+', ""),
    (r'name="csrf_token" value="[^"]+"', ""),
    (r"avatar--tint-\d", ""),
    (r"[0-9a-f]{64}", "HASH"),
    (r"[0-9a-f]{12}…", "HASH"),
    (r"slug[0-9a-f]{8}", "SLUG"),
    (r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID"),
    (r"(?i)(boss|aide|help|look)[a-z]{2}(?=\b|@)", "X"),
    (r"/(ready|confirm|enter|remind|changed)/[\w-]{43}", "/LINK"),
    (r"/stop/[\w-]+", "/STOP"),
    (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*Z?", "TIME"),
    (r"execution_time_ms=[\d.]+|\x1b\[\d*m", ""),
    (r"kk_[\w-]+|Expires=[^;]+", "SECRET"),
    (r"live\?after=\d+", "live"),  # counts what happened in the whole house; each season's own is looked at
    (r'"id": ?\d+', "NUMBER"),
    (r"\s+", " "),
)
OWN = re.compile(
    r'(?:(?:<details class="reveal".*?</details>|<section class="card card--framed">.*?</section>'
    r'|<section class="card card--plain" id="ready">.*?</section>)\s*)+',
    re.DOTALL,
)
"""Where a participant's page tells of their own match, sealed or open."""
OWN_DATA = re.compile(r'"gives_to": *(?:"[^"]*"|null)')
"""Where what is kept of them tells of it."""


def masked(text: str) -> str:
    for pattern, instead in MASKS:
        text = re.sub(pattern, instead, text)
    return text


class Season:
    """One season of one seed, and all that was observed of it."""

    def __init__(self, number: int, client_of, stage, session, outbox, admin, now) -> None:
        self.now, now.moment = now, datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
        self.letter, self.number = chr(97 + number // 26) + chr(97 + number % 26), number
        self.client_of, self.stage, self.session, self.outbox = client_of, stage, session, outbox
        self.admin, self.seen, self.pairs = admin, [], []
        with stage() as staged:
            staged.execute(delete(Spending))  # all seasons write to one Yan, within the same hours
            self.boss = make_account(staged, f"Boss{self.letter}")
            self.aide = make_account(staged, f"Aide{self.letter}")
            self.exchange = make_exchange(
                staged, people=6, organiser=self.boss, closes_on=TODAY, gifts_on=TODAY
            )
            self.helper = self.onlooker(staged, "Help", Role.COORDINATOR)
            self.observer = self.onlooker(staged, "Look", Role.OBSERVER)
            self.late = make_participant(staged, self.exchange, "Zoe", confirmed=False).id
            staged.add(
                ExchangeOrganiser(
                    exchange_id=self.exchange.id, person_id=self.aide.person_id, since_at=LONG_AGO
                )
            )
        self.ids = {
            seat.name: seat.id
            for seat in session.scalars(
                select(Participant).where(Participant.exchange_id == self.exchange.id)
            )
        }
        self.letters_before = {one.id for one in outbox()}
        self.trail_before = len(session.scalars(select(AuditEntry.id)).all())

    def onlooker(self, staged, name: str, role: Role) -> Actor:
        actor = make_account(staged, name + self.letter)
        person = staged.get_one(Person, actor.person_id)
        make_grant(staged, person, role, Scope.OCCASION, self.exchange.id)
        return actor

    def seed(self, what: str) -> bytes:
        return sha256(f"{what} {self.number}".encode()).digest()

    def play(self) -> Season:
        exchange_id = self.exchange.id
        self.everybody_wishes()
        close_exchange(self.boss, exchange_id)
        self.look_around()
        draw_names(self.boss, exchange_id, seed=self.seed("draw"))
        self.note_pairs()
        self.look_around()
        self.everybody_opens()
        self.look_around()
        self.somebody_buys_and_changes()
        self.look_around()
        self.days_go_by()
        self.look_around()
        self.add_latecomer()
        self.try_rules_on_the_latecomer()
        self.look_around()
        self.post("changes/{Finn}/leave")
        self.look_around()
        self.post("changes/{Zoe}/let-in")
        self.post("changes/{Yan}/let-in")
        self.look_around()
        redraw_names(self.aide, exchange_id, "A mistake", seed=self.seed("redraw"))
        self.note_pairs()
        self.look_around()
        self.post("reveal", {"giver": self.ids["Ben"], "reason": "Ill", "sure": "y"}, tells=False)
        self.look_around()
        complete_exchange(self.boss, exchange_id)
        self.look_around()
        self.read_what_is_kept()
        return self

    def note_pairs(self) -> None:
        self.session.expire_all()
        stood = queries.standing(self.session, self.exchange.id)
        name_of = {seat.id: seat.name for seat in stood.seats}
        self.pairs.append({name_of[one]: name_of[other] for one, other in stood.receivers.items()})

    def add_latecomer(self) -> None:
        """Yan, to whom three of the six must not give."""
        self.post("changes", {"name": "Yan", "email": "yan@example.org"})
        yan = Participant.exchange_id == self.exchange.id, Participant.name == "Yan"
        self.ids["Yan"] = self.session.scalars(select(Participant.id).where(*yan)).one()
        with self.stage() as staged:
            for name in ("Yan", "Zoe"):
                make_answer(staged, self.ids[name])
        for name in ("Cleo", "Dan", "Eve"):
            keep_apart(self.boss, self.exchange.id, self.ids[name], self.ids["Yan"], both_ways=False)

    def try_rules_on_the_latecomer(self) -> None:
        """Yan as the neighbour of one after the other: what that takes would tell who is near to whom."""
        drawn = [self.ids[name] for name in ("Ana", "Ben", "Cleo", "Dan", "Eve", "Finn")]
        for left in drawn:
            others = [one for one in drawn if one != left]
            keep_household_apart(self.boss, self.exchange.id, "Tried", [self.ids["Yan"], *others])
            self.look(self.boss, f"/exchanges/{self.exchange.id}/changes/{self.ids['Yan']}")
            self.look_by_program(f"/api/v1/exchanges/{self.exchange.id}/people/{self.ids['Yan']}/repair")
            self.session.rollback()
            (home,) = queries.household_rules(self.session, self.exchange.id)
            lift_household(self.boss, self.exchange.id, home)

    def everybody_opens(self) -> None:
        for name, client in self.participants():
            client_page = client.get(fill_in(client, f"/my/{self.ids[name]}/match").location)
            self.seen.append(masked(OWN.sub("OWN", client_page.text)))

    def everybody_wishes(self) -> None:
        """Lists of as many lengths as there are people: a count would tell whose it is."""
        for number, (name, client) in enumerate(self.participants()):
            for place in range(number + 1):
                fill_in(client, f"/my/{self.ids[name]}/wishes", text=f"{name} {place}", priority="like")

    def somebody_buys_and_changes(self) -> None:
        """Everybody has bought the first wish of their match (T-20), two are done, one has a new wish."""
        for name, client in self.participants():
            path = f"/my/{self.ids[name]}"
            found = re.search(r'name="wish" value="([^"]+)"', client.get(path).text)
            if found:
                fill_in(client, f"{path}/bought", wish=found[1], bought="y")
            if name in {"Ana", "Ben"}:
                fill_in(client, f"{path}/ready", ready="y")
            if name == "Dan":
                fill_in(client, f"{path}/wishes", text="A saw", priority="love")

    def days_go_by(self) -> None:
        """The evening of the change, and the morning a week before the gifts."""
        self.now.moment = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
        tell_of_wishes.run(SYSTEM)
        self.now.moment = datetime(2026, 12, 17, 8, 15, tzinfo=UTC)
        remind_in_time.run(SYSTEM)

    def post(self, path: str, fields: dict | None = None, *, tells: bool = True) -> None:
        where = f"/exchanges/{self.exchange.id}/{path.format(**self.ids)}"
        answer = fill_in(self.client_of(self.boss), where, **(fields or {}))
        assert answer.status_code in {200, 303}, path
        if tells:
            self.seen.append(masked(f"{answer.status_code} {dict(answer.headers)} {answer.text}"))

    def participants(self):
        for name, seat_id in sorted(self.ids.items()):
            person_id = self.session.get_one(Participant, seat_id).person_id
            yield name, self.client_of(guest(self.session.get_one(Person, person_id)))

    def look_around(self) -> None:
        """Everything that can be read by whom it does not concern, and what givers read around their own."""
        carry_letters()
        path = f"/exchanges/{self.exchange.id}"
        pages = [
            path,
            f"{path}/rules",
            f"{path}/changes",
            f"{path}/redraw",
            f"{path}/reveal",
            f"{path}/letters",
        ]
        pages += [f"{path}/export.csv", f"{path}/export.json"]
        previews = [
            f"{path}/{about}/{seat_id}" for about in ("changes", "letters") for seat_id in self.ids.values()
        ]
        self.look(self.boss, "/", "/exchanges", "/my/data.json", *pages, *previews)
        self.look(self.aide, "/", "/exchanges", "/my/data.json", *pages)
        self.look(self.admin, *pages)
        about = f"?subject_id={self.exchange.id}"
        self.look(self.admin, *(f"/admin/audit{kind}{about}" for kind in ("", ".csv", ".json")))
        for actor in (self.helper, self.observer):
            self.look(actor, "/", "/exchanges", *pages, *previews)
            self.look(actor, *(f"{path}/people/{seat_id}" for seat_id in self.ids.values()))
        self.look_by_program(
            "/api/v1/exchanges",
            *(f"/api/v1{path}{page}" for page in ("", "/people", "/rules", "/feasibility", "/draws")),
            *(f"/api/v1{path}/people/{seat_id}/repair" for seat_id in self.ids.values()),
        )
        for name, client in self.participants():
            answer = client.get(f"/my/{self.ids[name]}")
            self.seen.append(masked(f"{name} {OWN.sub('OWN', answer.text)}"))
            answer = client.get("/my/data.json")
            self.seen.append(masked(f"{name} {OWN_DATA.sub('OWN', answer.text)}"))

    def look(self, actor: Actor, *pages: str) -> None:
        client = self.client_of(actor)
        for page in pages:
            answer = client.get(page)
            self.seen.append(masked(f"{page} {answer.status_code} {answer.text}"))

    def look_by_program(self, *pages: str) -> None:
        client, headers = self.client_of(None), bearer(self.aide)
        for page in pages:
            answer = client.get(page, headers=headers)
            self.seen.append(masked(f"{page} {answer.status_code} {answer.text}"))

    def read_what_is_kept(self) -> None:
        """The outbox in the order of its rows, with every letter written out; the trail; what pages hear."""
        for one in (one for one in self.outbox() if one.id not in self.letters_before):
            written = letters.render(letters.unpack(one.kind, one.fields), "LINK")
            envelope = (one.kind, one.to, one.generation, one.state, str(one.queued_at))
            self.seen.append(masked(f"{envelope} {written}"))
        for entry in self.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[
            self.trail_before :
        ]:
            self.seen.append(masked(f"{entry.action} {entry.actor_name} {entry.details}"))
        topic = f"exchange/{self.exchange.id}"
        for event in self.session.scalars(
            select(LiveEvent).where(LiveEvent.topic == topic).order_by(LiveEvent.id)
        ):
            self.seen.append(masked(f"{event.kind} {event.facts}"))


@pytest.fixture
def play(client_of, stage, session, outbox, admin, capsys, now):
    """`play(number)` plays a season, and answers all that was seen of it, the log at last."""

    def one(number: int) -> Season:
        capsys.readouterr()
        season = Season(number, client_of, stage, session, outbox, admin, now).play()
        season.seen.append(masked(capsys.readouterr().out))
        return season

    return one


def difference(first: Season, second: Season) -> str:
    """The first thing that tells two seasons apart."""
    for left, right in zip(first.seen, second.seen, strict=True):
        if left != right:
            one, other = left + "\0", right + "\1"
            at = next(i for i, letter in enumerate(one) if letter != other[i : i + 1])
            return f"…{left[max(0, at - 80) : at + 80]}… is not …{right[max(0, at - 80) : at + 80]}…"
    return ""


def test_a_season_looks_the_same_whatever_is_drawn(play):
    """T-14, G13."""
    first = play(0)
    drawn = [first.pairs]
    for number in range(1, SEEDS):
        another = play(number)
        assert difference(first, another) == ""
        drawn.append(another.pairs)
    assert len({str(pairs) for pairs in drawn}) > 1, "the draws do differ"


def test_an_outbox_in_the_order_of_receivers_would_be_told_apart(play, monkeypatch):
    """The control: this is what the peers did."""
    plain = drawing.tell

    def by_receiver(work, kind, exchange, seats, version):
        stood = queries.standing(work.session, exchange.id)
        place = {seat.id: number for number, seat in enumerate(stood.seats)}
        ordered = sorted(seats, key=lambda seat: place[stood.receivers[seat.id]])
        plain(work, kind, exchange, ordered, version)

    monkeypatch.setattr(drawing, "tell", by_receiver)
    first = play(0)
    others = [play(number) for number in range(1, 3)]
    assert any(one.pairs != first.pairs for one in others)
    assert any("('exchanges." in difference(first, one) for one in others), "by the order of letters"
