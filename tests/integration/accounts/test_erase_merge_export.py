"""Forgetting a person, making two entries one, and handing out what is kept, over all features."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import permutations

import orjson
import pytest
from sqlalchemy import delete, func, select

from kinkeeper.app.features import ERASE_STEPS, EXPORTS, STEPS
from kinkeeper.app.tables import METADATA
from kinkeeper.features.accounts.emails import PasswordChanged
from kinkeeper.features.accounts.emails.arriving import INVITE
from kinkeeper.features.accounts.models import (
    AccessToken,
    Account,
    Circle,
    CustomRole,
    Device,
    Guardian,
    Household,
    HouseholdMember,
    Person,
    RoleGrant,
    WebSession,
)
from kinkeeper.features.accounts.service import erasing, people
from kinkeeper.features.accounts.service.book import change_person
from kinkeeper.features.accounts.service.caring import say_child
from kinkeeper.features.accounts.service.inviting import invite
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.features.accounts.service.people import HasAccount
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import (
    Assignment,
    Exchange,
    ExchangeOrganiser,
    ExchangeState,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.service import joining
from kinkeeper.features.exchanges.service.belongings import SOMEBODY, MatchAtStake, OrganisesExchanges
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import complete_in_time
from kinkeeper.features.exchanges.service.joining import Joining, SeatGone
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.purging import purge_in_time
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.ruling import keep_apart
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Conflict, Forbidden, NotFound
from kinkeeper.kernel.roles import Role, Scope, all_rights
from kinkeeper.kernel.work import anyone, end_reading, read_session, transaction
from kinkeeper.platform import audit, links, mail
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.jobs import run_errand
from kinkeeper.platform.jobs.queue import ErrandRow, Progress
from kinkeeper.platform.links import ExpiredLink, UnknownLink
from tests.factories import (
    grant_to,
    guest,
    make_account,
    make_circle,
    make_exchange,
    make_grant,
    make_participant,
    make_person,
    make_token,
)
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import (
    MISSING,
    at_once,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
    secret_in,
)

from uuid import UUID  # isort: skip

ZORAIDA = "zoraida@example.org"


def erase(person_id, actor=SYSTEM):
    erasing.erase_person(actor, person_id, steps=ERASE_STEPS)


def merge(from_id, into_id, actor=SYSTEM):
    merge_people(actor, from_id, into_id, steps=STEPS.merge)


def seats_by_name(session) -> dict:
    return {seat.name: seat for seat in session.scalars(select(Participant))}


@pytest.fixture
def exchange(stage):
    with stage() as session:
        return make_exchange(session, people=5, state=ExchangeState.CLOSED)


def test_an_erased_person_leaves_every_exchange_that_is_not_drawn(exchange, session):
    ana = seats_by_name(session)["Ana"]
    keep_apart(SYSTEM, exchange.id, ana.id, seats_by_name(session)["Ben"].id, both_ways=True)
    erase(ana.person_id)
    assert "Ana" not in session.scalars(select(Participant.name)).all()
    assert "Ana" not in session.scalars(select(Person.name)).all()
    assert session.scalar(select(func.count()).select_from(PairRule)) == 0


def test_a_drawn_place_stays_without_name_wishes_or_person(exchange, session):
    """Somebody is to give to them, and somebody waits for a present."""
    draw_names(SYSTEM, exchange.id)
    ana = seats_by_name(session)["Ana"]
    seat_id, person_id = ana.id, ana.person_id
    session.expire_all()
    erase(person_id)
    seat = session.get_one(Participant, seat_id, populate_existing=True)
    assert (seat.person_id, seat.name, seat.wishes) == (None, SOMEBODY, "")
    assert session.get(Person, person_id, populate_existing=True) is None
    assert session.scalar(select(func.count()).select_from(Assignment)) == 5


def test_whoever_drew_an_erased_person_sees_that_somebody_left(exchange, session, client_of, admin):
    draw_names(SYSTEM, exchange.id)
    seats = seats_by_name(session)
    pages = {}
    erase(seats["Ana"].person_id)
    for name in ("Ben", "Cleo", "Dan", "Eve"):
        person = session.get_one(Person, seats[name].person_id)
        client = client_of(guest(person))
        pages[name] = client.get(fill_in(client, f"/my/{seats[name].id}/match").location)
    assert {page.status_code for page in pages.values()} == {200}
    assert sum("Somebody who left" in page.text for page in pages.values()) == 1
    assert not any("Ana would like a book" in page.text for page in pages.values())


def test_homes_wards_and_sessions_of_an_erased_person_go(exchange, session, stage, client_of):
    ana, ben, cleo = (seats_by_name(session)[name].person_id for name in ("Ana", "Ben", "Cleo"))
    client_of(guest(session.get_one(Person, ana)))
    with transaction(SYSTEM) as work:
        people.house_together(work, exchange.circle_id, "Oak Road", [ana, ben, cleo])
        people.appoint_guardian(work, ben, ana)
    erase(ana)
    assert set(session.scalars(select(HouseholdMember.person_id))) == {ben, cleo}
    assert session.scalar(select(func.count()).select_from(Guardian)) == 0
    assert session.scalar(select(func.count()).select_from(WebSession)) == 0


@pytest.fixture
def living_together(stage):
    """`living_together("Ana", "Ben", …)` puts people into one household; answers who they are."""

    def make(*names):
        with stage() as staged:
            circle = make_circle(staged)
            ids = [make_person(staged, name, circle=circle).id for name in names]
        with transaction(SYSTEM) as work:
            people.house_together(work, circle.id, "Oak Road", ids)
        return ids

    return make


def test_a_home_ends_where_one_alone_is_left(living_together, session):
    """One alone is no household; of two who go at the same moment the second one sees it."""
    ana, ben, _cleo = living_together("Ana", "Ben", "Cleo")
    assert problems_among(at_once(lambda: erase(ana), lambda: erase(ben))) == []
    assert session.scalars(select(Household.id)).all() == []


@pytest.mark.parametrize(("others", "homes"), [((), 0), (("Ben",), 1)], ids=["alone", "with Ben"])
def test_so_does_one_of_two_entries_that_were_one_person(living_together, session, others, homes):
    ana, annie, *_ = living_together("Ana", "Annie", *others)
    merge(ana, annie)
    assert len(session.scalars(select(Household.id)).all()) == homes
    assert len(session.scalars(select(HouseholdMember.person_id)).all()) == 2 * homes


def everything_in(session) -> str:
    """All columns of all rows, as text."""
    session.expire_all()
    return "\n".join(
        f"{table.name}: {tuple(row)}"
        for table in METADATA.sorted_tables
        for row in session.execute(select(table))
    )


def leave_traces(stage, exchange, client_of) -> UUID:
    """Zoraida joined, asked for her link, failed to get it, and did something; answers who she is."""
    address = {"address": "192.0.2.1"}
    with stage() as staged:
        exchange = staged.get_one(Exchange, exchange.id)
        exchange.state = ExchangeState.OPEN
        slug = exchange.slug
    wishes = "zoraida's own words"
    joining.join(
        ANONYMOUS, slug, Joining(name="Zoraida", email=ZORAIDA, wishes=wishes, language="en"), **address
    )
    carry_letters()
    for _ in range(2):
        joining.ask_for_way_in(ANONYMOUS, slug, ZORAIDA, **address)
    with stage() as staged:
        zoraida = staged.scalars(select(Person).where(Person.email == ZORAIDA)).one()
        waiting, dead = staged.scalars(select(ErrandRow)).all()
        dead.state = Progress.DEAD
    run_errand(waiting.id)
    with transaction(guest(zoraida)) as work:
        work.authorize(anyone, "a test")
        audit.record(work, "cake.eaten")
    client_of(guest(zoraida))
    return zoraida.id


@pytest.mark.parametrize("is_drawn", [False, True])
def test_nothing_in_any_table_tells_of_an_erased_person(
    exchange, session, stage, client_of, outbox, is_drawn
):
    """Letters sent and unsent, errands done and dead, the audit trail: what was written down of them goes."""
    person_id = leave_traces(stage, exchange, client_of)
    if is_drawn:
        with stage() as staged:
            staged.get_one(Exchange, exchange.id).state = ExchangeState.CLOSED
            for seat in staged.scalars(select(Participant)):
                seat.confirmed_at = seat.confirmed_at or seat.joined_at
        draw_names(SYSTEM, exchange.id)
    before = everything_in(session)
    for table in ("person", "outbox_letter", "errand", "audit_entry", "participant"):
        assert re.search(rf"{table}: .*zoraida", before, re.IGNORECASE), table
    erase(person_id)
    assert "zoraida" not in everything_in(session).lower()
    others = sum(row.person_id is not None for row in outbox())
    assert others == (5 if is_drawn else 0)
    carry_letters()
    assert not any(row.to == ZORAIDA for row in outbox())


@pytest.mark.parametrize("goes", ["erased", "merged"])
def test_a_link_to_a_place_that_is_no_more_says_so(exchange, session, stage, client_of, outbox, admin, goes):
    """In whoever's mailbox it lies; a bare "not found" would look like our fault."""
    person_id = leave_traces(stage, exchange, client_of)
    link = path_in(outbox()[0])
    assert client_of(None).get(link).status_code == 200
    if goes == "erased":
        erase(person_id)
    else:
        merge(person_id, seats_by_name(session)["Ana"].person_id)
    page = client_of(None).get(link)
    assert page.status_code == 410
    assert SeatGone.message in page.text


def test_an_address_that_somebody_else_has_too_keeps_its_letters(exchange, session, stage, client_of, outbox):
    """The same mailbox may stand in two circles; the other one has not forgotten anybody."""
    person_id = leave_traces(stage, exchange, client_of)
    with stage() as staged:
        twin = make_person(staged, "Zora", circle=make_circle(staged, "The Bergs"), email=ZORAIDA)
    letter = PasswordChanged(to=ZORAIDA, language="en", name="Zora")
    with transaction(SYSTEM) as work:
        kept = mail.post(work, letter, about=twin.id, person_id=twin.id)
    erase(person_id)
    assert [row.id for row in outbox()] == [kept]


def test_an_organiser_is_not_erased_before_handing_over(stage, session):
    with stage() as staged:
        circle = make_circle(staged)
        gran = make_person(staged, "Gran", circle=circle)
        account = make_account(staged, "Olga", circle=circle)
        exchange = make_exchange(staged, organiser=account, people=3)
        staged.get_one(ExchangeOrganiser, (exchange.id, exchange.organisers[0].person_id)).person_id = gran.id
    before = fingerprint(session)
    with pytest.raises(OrganisesExchanges):
        erase(gran.id)
    assert fingerprint(session) == before


def test_somebody_with_an_account_is_not_erased_or_merged_away(stage, session, exchange):
    with stage() as staged:
        olga = make_account(staged, "Otto", circle=_circle(staged, exchange))
    ana = seats_by_name(session)["Ana"]
    before = fingerprint(session)
    with pytest.raises(HasAccount):
        erase(olga.person_id)
    with pytest.raises(HasAccount):
        merge(olga.person_id, ana.person_id)
    assert fingerprint(session) == before


def test_only_an_administrator_keeps_the_address_book(exchange, session, stage):
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ada = make_account(staged, "Ada", is_admin=True)
    ana, ben = (seats_by_name(session)[name] for name in ("Ana", "Ben"))
    itself = guest(session.get_one(Person, ana.person_id))
    before = fingerprint(session)
    for actor in (ANONYMOUS, stranger, itself):
        with pytest.raises((Forbidden, NotFound)):
            erase(ana.person_id, actor)
        with pytest.raises((Forbidden, NotFound)):
            merge(ana.person_id, ben.person_id, actor)
    assert fingerprint(session) == before
    erase(ana.person_id, ada)
    assert "person.erased" in session.scalars(select(AuditEntry.action)).all()


def test_nobody_is_erased_or_merged_who_is_not_there(exchange, session):
    ana = seats_by_name(session)["Ana"]
    before = fingerprint(session)
    for act in (
        lambda: erase(UUID(MISSING)),
        lambda: merge(UUID(MISSING), ana.person_id),
        lambda: merge(ana.person_id, UUID(MISSING)),
    ):
        with pytest.raises(NotFound):
            act()
    assert fingerprint(session) == before


def test_erasing_twice_is_not_found(exchange, session):
    person_id = seats_by_name(session)["Ana"].person_id
    erase(person_id)
    with pytest.raises(NotFound):
        erase(person_id)


def test_a_person_is_not_merged_with_themselves(exchange, session):
    """It would delete their places."""
    ana = seats_by_name(session)["Ana"]
    before = fingerprint(session)
    with pytest.raises(Conflict):
        merge(ana.person_id, ana.person_id)
    assert fingerprint(session) == before


def test_people_of_two_circles_are_not_merged(exchange, session, stage):
    """A-58: a circle's places never come to belong to somebody outside it."""
    with stage() as staged:
        other = make_person(staged, "Ana", circle=make_circle(staged, "The Bergs"))
    before = fingerprint(session)
    with pytest.raises(NotFound):
        merge(other.id, seats_by_name(session)["Ana"].person_id)
    assert fingerprint(session) == before


def test_two_entries_of_one_person_become_one(exchange, session, stage):
    with stage() as staged:
        double = make_person(staged, "Annie", circle=_circle(staged, exchange))
        ward = make_person(staged, "Tim", circle=_circle(staged, exchange), email=None)
    ana = seats_by_name(session)["Ana"]
    with transaction(SYSTEM) as work:
        people.house_together(work, exchange.circle_id, "Oak Road", [ana.person_id, ward.id])
        people.appoint_guardian(work, ward.id, ana.person_id)
    merge(ana.person_id, double.id)
    assert session.get_one(Participant, ana.id, populate_existing=True).person_id == double.id
    assert double.id in session.scalars(select(HouseholdMember.person_id)).all()
    assert session.scalars(select(Guardian.guardian_id)).all() == [double.id]
    assert "Ana" not in session.scalars(select(Person.name)).all()


PROVED = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gone", "kept", "left"),
    [
        # (address, when it was proved) of the entry that goes and of the one that stays
        (("a@example.org", PROVED), (None, None), ("a@example.org", PROVED)),
        (("a@example.org", None), (None, None), ("a@example.org", None)),
        (("a@example.org", PROVED), ("b@example.org", None), ("a@example.org", PROVED)),
        (("a@example.org", PROVED), ("b@example.org", PROVED), ("b@example.org", PROVED)),
        (("a@example.org", None), ("b@example.org", None), ("b@example.org", None)),
        (("a@example.org", None), ("b@example.org", PROVED), ("b@example.org", PROVED)),
        ((None, None), ("b@example.org", PROVED), ("b@example.org", PROVED)),
        ((None, None), (None, None), (None, None)),
    ],
)
def test_the_mailbox_that_was_proved_is_kept_with_the_word_that_it_was(stage, session, gone, kept, left):
    """Merging loses no address that letters could go to, and vouches for none that nobody answered from."""
    with stage() as staged:
        circle = make_circle(staged)
        first, second = (
            make_person(staged, "Ana", circle=circle, email=email) for email in (gone[0], kept[0])
        )
        first.confirmed_at, second.confirmed_at = gone[1], kept[1]
    merge(first.id, second.id)
    (one,) = session.scalars(select(Person))
    assert (one.id, one.email, one.confirmed_at) == (second.id, *left)


def test_somebody_with_an_account_keeps_the_address_they_sign_in_with(stage, session):
    with stage() as staged:
        circle = make_circle(staged)
        olga = make_account(staged, "Olga", circle=circle)
        double = make_person(staged, "Olga B", circle=circle)
        double.confirmed_at = PROVED
    merge(double.id, olga.person_id)
    assert session.get_one(Person, olga.person_id).email == "olga@example.org"


def test_of_two_places_in_one_exchange_one_is_left_and_its_rules_still_hold(exchange, session):
    """SK-69: an exclusion is not lost by tidying the address book."""
    ana, ben, cleo = (seats_by_name(session)[name] for name in ("Ana", "Ben", "Cleo"))
    keep_apart(SYSTEM, exchange.id, ana.id, cleo.id, both_ways=True)
    keep_apart(SYSTEM, exchange.id, ana.id, ben.id, both_ways=True)
    merge(ana.person_id, ben.person_id)
    assert set(session.scalars(select(Participant.name))) == {"Ben", "Cleo", "Dan", "Eve"}
    rules = {tuple(row) for row in session.execute(select(PairRule.giver_id, PairRule.receiver_id))}
    assert rules == {(ben.id, cleo.id), (cleo.id, ben.id)}


def test_a_place_that_was_confirmed_stays_confirmed(exchange, session, stage):
    """Whichever of the two entries had confirmed."""
    ana, ben = (seats_by_name(session)[name] for name in ("Ana", "Ben"))
    with stage() as staged:
        staged.get_one(Participant, ben.id).confirmed_at = None
    merge(ana.person_id, ben.person_id)
    assert session.get_one(Participant, ben.id, populate_existing=True).confirmed_at is not None


@pytest.mark.parametrize("which", ["gone", "kept"])
def test_of_two_places_one_of_which_was_given_up_the_other_counts(exchange, session, stage, which):
    """SK-61: leaving with one entry does not take the other along, nor bring anybody back who left."""
    ana, ben = (seats_by_name(session)[name] for name in ("Ana", "Ben"))
    with stage() as staged:
        left = staged.get_one(Participant, ana.id if which == "gone" else ben.id)
        other = staged.get_one(Participant, ben.id if which == "gone" else ana.id)
        left.withdrawn_at, other.confirmed_at = left.joined_at, None
    stays, person_id = ben.id if which == "gone" else ana.id, ben.person_id
    merge(ana.person_id, person_id)
    session.expire_all()
    kept = session.get_one(Participant, stays)
    assert (kept.person_id, kept.withdrawn_at, kept.confirmed_at) == (person_id, None, None)


@pytest.mark.parametrize(("gone", "kept"), [*permutations(["Ana", "Eve", "Zoe"], 2), ("Ana", "Ben")])
def test_nobody_gets_at_a_match_by_being_called_somebody_else(exchange, session, stage, gone, kept):
    """SK-6, T-17: Ana and Ben are drawn, Eve missed it, Zoe only stands in the address book."""
    with stage() as staged:
        staged.scalar(select(Participant).where(Participant.name == "Eve")).confirmed_at = None
        make_person(staged, "Zoe", circle=staged.get_one(Circle, exchange.circle_id))
    draw_names(SYSTEM, exchange.id)
    person = {one.name: one.id for one in session.scalars(select(Person))}
    before = fingerprint(session)
    if "Ana" in {gone, kept}:
        with pytest.raises(MatchAtStake, match="Christmas"):
            merge(person[gone], person[kept])
        assert fingerprint(session) == before
    else:
        merge(person[gone], person[kept])


def test_a_match_of_a_version_before_is_at_stake_too_until_it_is_forgotten(exchange, session, now):
    """Whoever left after the draw, and a match that was given long ago, are nobody else's business either."""
    draw_names(SYSTEM, exchange.id)
    ana, ben = (seats_by_name(session)[name] for name in ("Ana", "Ben"))
    drop_out(SYSTEM, exchange.id, ana.id)
    for pair in ((ana.person_id, ben.person_id), (ben.person_id, ana.person_id)):
        with pytest.raises(MatchAtStake):
            merge(*pair)
    now.advance(days=24)
    complete_in_time(SYSTEM, exchange.id)
    with pytest.raises(MatchAtStake):
        merge(ana.person_id, ben.person_id)
    now.advance(days=31)
    purge_in_time(SYSTEM, exchange.id)
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Assignment)) == 0


def test_merging_two_both_ways_at_the_same_moment_leaves_one(exchange, session):
    """No deadlock, nobody lost."""
    ana, ben = (seats_by_name(session)[name].person_id for name in ("Ana", "Ben"))
    results = at_once(lambda: merge(ana, ben), lambda: merge(ben, ana))
    assert problems_among(results) == ["NotFound"]
    assert len(set(session.scalars(select(Person.id))) & {ana, ben}) == 1


def test_everything_that_is_kept_of_a_person_can_be_handed_out(exchange, session):
    """As JSON can hold it, one part for each feature."""
    draw_names(SYSTEM, exchange.id)
    ana = seats_by_name(session)["Ana"]
    parts = {name: export(session, ana.person_id) for name, export in EXPORTS.items()}
    assert set(parts) == {"accounts", "exchanges"}
    assert orjson.loads(orjson.dumps(parts)) == parts
    assert parts["accounts"]["email"] == "ana@example.org"
    place = parts["exchanges"]["exchanges"][0]
    assert place["exchange"] == "Christmas"
    assert place["wishes"] == "Ana would like a book"
    assert (place["language"], place["confirmed_at"]) == ("en", "2026-11-01T12:00:00+00:00")
    assert parts["accounts"]["confirmed_at"] is None
    assert parts["exchanges"]["organises"] == []
    organiser = EXPORTS["exchanges"](session, exchange.organisers[0].person_id)
    (organised,) = organiser.pop("organises")
    assert organiser == {"exchanges": []}
    assert (organised["title"], organised["budget"]) == ("Christmas", "around £20")
    assert organised.keys() <= columns_of(Exchange)
    assert place["gives_to"] is None, "their tag is still shut"
    assert place["exchange"] == "Christmas"
    open_match(person_of(session, ana), ana.id)
    session.expire_all()
    (place,) = EXPORTS["exchanges"](session, ana.person_id)["exchanges"]
    assert place["gives_to"] in {"Ben", "Cleo", "Dan", "Eve"}


def person_of(session, seat):
    return guest(session.get_one(Person, seat.person_id))


def columns_of(model) -> set[str]:
    return set(model.__table__.columns.keys())


def test_a_log_in_tokens_homes_and_who_looks_after_whom_are_handed_out_as_well(stage, session, client_of):
    """Every column of every table that tells of a person, secrets and inner ids aside."""
    with stage() as staged:
        circle = make_circle(staged, "The Olsens")
        olga = make_account(staged, "Olga", is_admin=True, circle=circle)
        tim, gran = (make_person(staged, name, circle=circle, email=None) for name in ("Tim", "Gran"))
    make_token(olga, "A script", days=30)
    client_of(olga)
    with stage() as staged:
        moments = {"created_at": LONG_AGO, "seen_at": LONG_AGO}
        staged.add(Device(account_id=olga.account_id, digest=b"x", name="Firefox (Windows)", **moments))
    with transaction(SYSTEM) as work:
        people.house_together(work, circle.id, "Oak Road", [olga.person_id, tim.id])
        people.appoint_guardian(work, tim.id, olga.person_id)
        people.appoint_guardian(work, olga.person_id, gran.id)
    kept = EXPORTS["accounts"](session, olga.person_id)
    assert orjson.loads(orjson.dumps(kept)) == kept
    assert kept["circle"] == {"name": "The Olsens", "language": "en", "zone": "Europe/London"}
    assert (kept["households"], kept["looks_after"], kept["looked_after_by"]) == (
        ["Oak Road"],
        ["Tim"],
        ["Gran"],
    )
    assert kept["account"]["roles"] == [{"role": "administrator", "for": "house"}]
    assert kept["account"].keys() == (columns_of(Account) | {"roles"}) - {
        "id",
        "person_id",
        "password_hash",
        "epoch",
        "totp_sealed",
        "totp_step",
    }
    ((token,), (browser,)) = (kept["access_tokens"], kept["sessions"])
    (device,) = kept["devices"]
    assert device["name"] == "Firefox (Windows)"
    assert device.keys() == columns_of(Device) - {"id", "account_id", "digest"}
    assert token["name"] == "A script"
    assert token.keys() == columns_of(AccessToken) - {"id", "account_id", "digest"}
    assert browser.keys() == columns_of(WebSession) - {"id", "account_id", "person_id", "digest", "device_id"}


@pytest.mark.parametrize("places", [1, 6])
def test_handing_out_takes_few_statements_however_much_is_kept(stage, session, queries_at_most, places):
    """One for each table, and not for each exchange."""
    with stage() as staged:
        olga = make_account(staged, "Olga")
        circle = staged.get_one(Circle, staged.get_one(Person, olga.person_id).circle_id)
        ana = make_person(staged, "Ana", circle=circle)
        held = []
        for number in range(places):
            exchange = make_exchange(staged, people=0, organiser=olga, state=ExchangeState.CLOSED)
            for name in ("Mine", "Theirs", "Another"):
                seat = make_participant(staged, exchange, name + "x" * number)
                if name == "Mine":
                    seat.person_id = ana.id
            held.append(exchange.id)
    for exchange_id in held:
        draw_names(SYSTEM, exchange_id)
        (mine,) = (seat for seat in queries.all_seats(session, exchange_id) if seat.person_id == ana.id)
        open_match(guest(ana), mine.id)
    with queries_at_most(16):
        parts = {name: export(session, ana.id) for name, export in EXPORTS.items()}
    drawn = [place["gives_to"] for place in parts["exchanges"]["exchanges"]]
    assert [name.rstrip("x") in {"Theirs", "Another"} for name in drawn] == [True] * places


def test_nobody_learns_from_their_own_data_who_gives_to_them(exchange, session):
    """SK-6: of the other participants, only the receiver is named."""
    draw_names(SYSTEM, exchange.id)
    ana = seats_by_name(session)["Ana"]
    open_match(person_of(session, ana), ana.id)
    text = str({name: export(session, ana.person_id) for name, export in EXPORTS.items()})
    assert sum(name in text for name in ("Ben", "Cleo", "Dan", "Eve")) == 1


def _circle(staged, exchange):
    return staged.get_one(Circle, exchange.circle_id)


def test_roles_zone_and_birthday_come_together_in_the_entry_that_stays(stage, session):
    """What one entry does not say, the other may; what both say, the one that stays says."""
    with stage() as staged:
        circle = make_circle(staged)
        gone, kept = (make_person(staged, name, circle=circle) for name in ("Ana", "Anna"))
        gone.zone, gone.birthday, kept.zone = "Europe/Oslo", "--04-12", "Europe/Rome"
        for person in (gone, kept):
            make_grant(staged, person, Role.OBSERVER, Scope.CIRCLE, circle.id)
        make_grant(staged, gone, Role.COORDINATOR, Scope.CIRCLE, circle.id)
    merge(gone.id, kept.id)
    person = session.get_one(Person, kept.id)
    assert (person.name, person.zone, person.birthday) == ("Anna", "Europe/Rome", "--04-12")
    assert sorted(session.scalars(select(RoleGrant.role))) == ["coordinator", "observer"]


def test_nobody_comes_to_rights_by_merging(stage, session):
    """A-66: an organiser who makes an entry with a role of the house their own has that role not."""
    with stage() as staged:
        circle = make_circle(staged)
        olga = make_account(staged, "Olga", circle=circle)
        own = staged.get_one(Person, olga.person_id)
        make_grant(staged, own, Role.ORGANISER, Scope.CIRCLE, circle.id)
        closed = make_person(staged, "Adam", circle=circle)
        make_grant(staged, closed, Role.ADMINISTRATOR)
        make_grant(staged, closed, Role.COORDINATOR, Scope.CIRCLE, circle.id)
    merge(closed.id, own.id, actor=olga)
    assert sorted(session.scalars(select(RoleGrant.role))) == ["coordinator", "organiser"]


def organised_by_who_left(stage, *, with_host):
    """An exchange that an entry without an account runs, and somebody who only keeps the address book."""
    with stage() as staged:
        host = make_account(staged, "Hanna") if with_host else None
        exchange = make_exchange(staged, people=3, organiser=host)
        circle = staged.get_one(Circle, exchange.circle_id)
        if not with_host:
            staged.execute(delete(ExchangeOrganiser))
        gone = make_person(staged, "Otto", circle=circle)
        staged.add(ExchangeOrganiser(exchange_id=exchange.id, person_id=gone.id, since_at=LONG_AGO))
        facts = {"title": "Book", "created_at": LONG_AGO, "changed_at": LONG_AGO}
        staged.add(CustomRole(name="book", rights=["people.see", "people.keep"], **facts))
        keeper = make_account(staged, "Kim", circle=circle)
        grant_to(staged, keeper, "book", Scope.CIRCLE, circle.id)
    return exchange.id, gone.id, keeper


def organisers_of(session, exchange_id):
    mine = select(ExchangeOrganiser.person_id).where(ExchangeOrganiser.exchange_id == exchange_id)
    return set(session.scalars(mine))


def test_nobody_comes_to_an_exchange_by_merging(stage, session):
    """A-66, A-57: who only keeps the address book runs nobody's exchange by it."""
    exchange_id, gone_id, keeper = organised_by_who_left(stage, with_host=True)
    before = organisers_of(session, exchange_id)
    merge(gone_id, keeper.person_id, actor=keeper)
    session.rollback()
    assert organisers_of(session, exchange_id) == before - {gone_id}


def test_nobody_comes_to_an_exchange_by_another_address(stage, session):
    """A-66, A-57, T-7: an invitation to it would be theirs who moved the entry of whoever ran it."""
    _, gone_id, keeper = organised_by_who_left(stage, with_host=True)
    ways = {"steps": STEPS.readers, "expected": STEPS.expected}
    with pytest.raises(OrganisesExchanges):
        change_person(keeper, gone_id, {"email": "kim@example.net"}, **ways)
    change_person(SYSTEM, gone_id, {"email": "otto@example.net"}, **ways)
    session.rollback()
    assert session.get_one(Person, gone_id).email == "otto@example.net"


def test_an_exchange_is_not_left_to_nobody_by_merging(stage, session):
    """A-66: it is handed over first, by whoever may; they may also merge."""
    exchange_id, gone_id, keeper = organised_by_who_left(stage, with_host=False)
    with pytest.raises(OrganisesExchanges):
        merge(gone_id, keeper.person_id, actor=keeper)
    merge(gone_id, keeper.person_id)
    session.rollback()
    assert organisers_of(session, exchange_id) == {keeper.person_id}


def test_nobody_makes_an_administrator_by_merging_who_is_none(stage, session):
    """A-57: all rights of today are less than an administrator's, who has those to come as well."""
    with stage() as staged:
        circle = make_circle(staged)
        pat = make_account(staged, "Pat", circle=circle)
        own = staged.get_one(Person, pat.person_id)
        facts = {"title": "All", "created_at": LONG_AGO, "changed_at": LONG_AGO}
        staged.add(CustomRole(name="all", rights=list(all_rights()), **facts))
        make_grant(staged, own, "all")
        gone = make_person(staged, "Adam", circle=circle)
        make_grant(staged, gone, Role.ADMINISTRATOR)
    merge(gone.id, own.id, actor=pat)
    assert session.scalars(select(RoleGrant.role)).all() == ["all"]


def test_a_child_stays_one_whoever_merges_it(stage, session):
    """ADR 23: whoever keeps the book and gives no roles says who is one; an account makes it no member."""
    with stage() as staged:
        circle = make_circle(staged)
        kim = make_account(staged, "Kim", circle=circle)
        facts = {"title": "Keeper", "created_at": LONG_AGO, "changed_at": LONG_AGO}
        staged.add(CustomRole(name="keeper", rights=["people.keep"], **facts))
        grant_to(staged, kim, "keeper", Scope.CIRCLE, circle.id)
        gone, kept = (make_person(staged, name, circle=circle) for name in ("Ben", "Benny"))
    say_child(kim, gone.id, is_child=True)
    merge(gone.id, kept.id, actor=kim)
    own = select(RoleGrant.role, RoleGrant.scope_id).where(RoleGrant.person_id == kept.id)
    assert [tuple(row) for row in session.execute(own)] == [("child", circle.id)]


def test_an_invitation_to_either_entry_ends_with_merging(stage, outbox):
    """T-7: it went to a mailbox that may not be the one of the entry that stays."""
    with stage() as staged:
        ada = make_account(staged, "Ada", is_admin=True)
        circle = make_circle(staged)
        gone, kept = (make_person(staged, name, circle=circle) for name in ("Ana", "Anna"))
    for person in (gone, kept):
        invite(ada, person.id, is_open=True)
    carry_letters()
    invitations = [letter for letter in outbox() if letter.kind == "accounts.account_invited"]
    assert len(invitations) == 2
    merge(gone.id, kept.id)
    for letter in invitations:
        with pytest.raises((ExpiredLink, UnknownLink)):
            links.look_at(read_session(), INVITE, secret_in(letter), clock.now())
        end_reading()


def test_two_merges_of_one_entry_at_the_same_moment(stage, session):
    """T-56: one is done, the other finds nobody, or that things have changed."""
    with stage() as staged:
        circle = make_circle(staged)
        ids = [make_person(staged, name, circle=circle).id for name in ("Ana", "Anna", "Annie")]
    results = at_once(lambda: merge(ids[0], ids[1]), lambda: merge(ids[0], ids[2]))
    assert len(problems_among(results)) == 1
    assert set(problems_among(results)) <= {"NotFound", "Conflict"}
    assert session.scalar(select(func.count()).select_from(Person)) == 2
