"""A house with something of everything in it, to send things to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select, update

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts.errands import LinkRequest, RegisterRequest, ResetRequest
from kinkeeper.features.accounts.models import (
    AccessToken,
    Account,
    ApiSession,
    Device,
    Guardian,
    Household,
    Person,
    RoleGrant,
)
from kinkeeper.features.accounts.queries import with_grants
from kinkeeper.features.accounts.service.closing_accounts import delete_account
from kinkeeper.features.accounts.service.custom_roles import make_role
from kinkeeper.features.accounts.service.granting import grant_role_to
from kinkeeper.features.accounts.service.inviting import invite
from kinkeeper.features.accounts.service.mailed_link import send_link
from kinkeeper.features.accounts.service.moving import ask_to_move
from kinkeeper.features.accounts.service.passwords import send_reset
from kinkeeper.features.accounts.service.programs import Claimed, Terms, sign_in
from kinkeeper.features.accounts.service.registering import send_registration
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.errands import WayInRequest
from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser, ExchangeState, Participant
from kinkeeper.features.exchanges.rules.stopping import Stop, stop_token
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.helping import add_helper
from kinkeeper.features.exchanges.service.holding import hold_place, put_on_list
from kinkeeper.features.exchanges.service.joining import Joining, join, send_way_in
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.readdressing import change_address
from kinkeeper.features.exchanges.service.repairing import add_late
from kinkeeper.features.exchanges.service.ruling import keep_apart, keep_household_apart
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM, Actor
from kinkeeper.kernel.db import Writer
from kinkeeper.platform.mail.delivery import code_of, link_of
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending
from tests.factories import (
    NAMES,
    guest,
    make_account,
    make_answer,
    make_circle,
    make_exchange,
    make_participant,
    make_person,
    make_token,
)
from tests.factories.accounts import LONG_AGO, PASSWORD, give_app
from tests.integration.web.support import carry_letters
from tests.proofs.web.said import GOOD
from tests.proofs.web.ways import Place, Scene

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WHO = ("nobody", "guest", "organiser", "administrator")
PROGRAMMERS = ("organiser", "administrator")
ASKED = "a browser that has asked"
PAGES_OF_LINKS = {
    "moved": "exchanges.confirm_address",
    "reset": "accounts.reset",
    "link": "accounts.enter",
    "register": "accounts.finish_registration",
    "welcome": "accounts.accept_invitation",
    "email": "accounts.move",
}


@dataclass
class Cast:
    """Who is in the circle: four with accounts, two whose accounts are not open, and six who take part."""

    session: Session
    ada: Actor
    olga: Actor
    pat: Actor
    hal: Actor
    """They help with an exchange."""
    gone: Actor
    """Their account is in the bin."""
    wim: Actor
    """They have chosen no password yet."""
    people: list[Person]
    uma: Person
    vic: Person
    circle_id: UUID
    empty_id: UUID

    @property
    def ana(self) -> Actor:
        """Somebody who followed a mailed link."""
        return guest(self.people[0])

    def seats(self, exchange: Exchange) -> dict[str, UUID]:
        """Everybody's place, by their name."""
        return {seat.name: seat.id for seat in queries.all_seats(self.session, exchange.id)}


def furnish(session: Session) -> Scene:
    """Put something of everything into an empty house."""
    with Writer.begin() as staged:
        cast, (taking, closed, draft, drawn) = _stage(staged)
    cast.session = session
    places = [_taking(cast, taking), _closed(cast, closed), _drawn(cast, drawn), _of(cast, draft)]
    make_token(cast.olga, "A script", days=5)
    add_helper(cast.olga, taking.id, cast.hal.person_id, "observer")
    delete_account(cast.ada, cast.gone.account_id, steps=STEPS.close)
    make_role(SYSTEM, "reader", "Reader", ["people.see"])
    grant_role_to(SYSTEM, cast.pat.person_id, "reader")
    terms = Terms(timedelta(minutes=10), timedelta(days=30), "http://kinkeeper.test")
    held = sign_in(
        ANONYMOUS, Claimed("olga@example.org", PASSWORD), program="A script", address="192.0.2.1", terms=terms
    )
    send_reset(SYSTEM, ResetRequest(email="olga@example.org", minutes=10))
    _ask_for_accounts(cast)
    send_link(SYSTEM, LinkRequest(email="olga@example.org", minutes=10, browser=""))
    actors = {"nobody": None, "guest": cast.ana, "organiser": cast.olga, "administrator": cast.ada}
    letters, links, code = _letters(session)
    seats = [session.get_one(Participant, UUID(place.gaps["participant_id"][0])) for place in places]
    stops = [stop_token(stop, seat.id, seat.person_id) for stop in Stop for seat in seats]
    links["exchanges.stop"] = [{"token": token} for token in stops]
    links["accounts.set_up"] = [{"token": "x" * 43}]
    own = {"name": ["reader"], "slug": [taking.slug, closed.slug], "wish_id": places[0].gaps["wish_id"]}
    gaps = _gaps(cast) | letters | own
    links |= _ways_into_the_book(cast) | _ways_to_closed_accounts(cast)
    good = {"code": [code], "refresh_token": [held.refresh_token], "wish": gaps["wish_id"]}
    good |= {"circle_id": [str(cast.circle_id)], "into": [str(cast.vic.id)]}
    good |= {"person_ids": [str(one.id) for one in (cast.vic, cast.uma)]}
    return Scene(actors, places, gaps, links, GOOD | good)


def _ask_for_accounts(cast: Cast) -> None:
    """Somebody asks, somebody is invited, and Pat wants another address."""
    asked = RegisterRequest(
        email="nia@example.org", name="Nia", circle="The News", language="en", zone="Europe/London"
    )
    send_registration(SYSTEM, asked)
    invite(cast.ada, cast.people[3].id, is_open=True)
    ask_to_move(cast.pat, "pat.new@example.org")


def _ways_into_the_book(cast: Cast) -> dict[str, list[dict[str, str]]]:
    """Uma has no address, Vic looks after her, and nobody counts on either; one circle is empty."""
    uma, vic = {"person_id": str(cast.uma.id)}, str(cast.vic.id)
    both = ("accounts", "people_api")
    alone = ("erase_person", "change_person", "guardians", "appoint_guardians", "merge")
    ways = {f"{where}.{name}": [uma] for where in both for name in alone}
    ways |= {f"{where}.remove_guardian": [uma | {"guardian_id": vic}] for where in both}
    return ways | {"accounts.merge": [uma | {"into_id": vic}]}


def _ways_to_closed_accounts(cast: Cast) -> dict[str, list[dict[str, str]]]:
    """Out of the bin, in by an invitation, in without a code, and out of an exchange."""
    gone, wim, locked = ({"user_id": str(actor.account_id)} for actor in (cast.gone, cast.wim, cast.hal))
    ended = ("accounts.end_second_factor_of", "users_api.end_second_factor_of_user")
    restored = ("accounts.restore_account", "users_api.restore_user")
    hal = {"person_id": str(cast.hal.person_id)}
    helped = ("exchanges_api.remove_helper", "exchanges.remove_helper")
    ways = {name: [gone] for name in restored} | {name: [hal] for name in helped}
    return ways | {name: [locked] for name in ended} | {"accounts.invite_again": [wim]}


def _gaps(cast: Cast) -> dict[str, list[str]]:
    household = cast.session.scalars(select(Household.id).where(Household.occasion_id.is_(None))).one()
    return {
        "device_id": [str(cast.session.scalars(select(Device.id)).one())],
        "program_id": [str(one) for one in cast.session.scalars(select(ApiSession.id))],
        "circle_id": [str(cast.circle_id), str(cast.empty_id)],
        "into_id": [str(cast.vic.id)],
        "guardian_id": [str(cast.vic.id)],
        "token_id": [str(cast.session.scalars(select(AccessToken.id)).one())],
        "household_id": [str(household)],
        "user_id": [str(cast.pat.account_id), str(cast.olga.account_id)],
        "name": ["reader"],
        "grant_id": [str(cast.session.scalars(select(RoleGrant.id).where(RoleGrant.role == "reader")).one())],
        "person_id": [str(one) for one in (cast.pat.person_id, cast.people[0].id, cast.olga.person_id)],
    }


def _stage(staged: Session) -> tuple[Cast, list[Exchange]]:
    circle = make_circle(staged)
    ada = make_account(staged, "Ada Admin", is_admin=True, circle=circle)
    olga, pat, hal, gone, wim = (
        make_account(staged, name, circle=circle) for name in ("Olga", "Pat", "Hal", "Gone", "Wim")
    )
    staged.get_one(Account, wim.account_id).password_hash = None
    people = [make_person(staged, name, circle=circle) for name in NAMES[:6]]
    for actor in (ada, hal):
        give_app(staged, actor)
    _sign_in_elsewhere(staged, olga)
    uma, vic = (
        make_person(staged, "Uma", circle=circle, email=None),
        make_person(staged, "Vic", circle=circle),
    )
    staged.add(Guardian(ward_id=uma.id, guardian_id=vic.id))
    empty = make_circle(staged)
    cast = Cast(staged, ada, olga, pat, hal, gone, wim, people, uma, vic, circle.id, empty.id)
    sizes = (("open", 4), ("closed", 4), ("draft", 4), ("closed", 6))
    exchanges = [_exchange(staged, cast, state, size) for state, size in sizes]
    zed = make_person(staged, "Old Zed", circle=circle, email=None)  # whom nobody looks after
    make_participant(staged, exchanges[1], confirmed=False, person=zed)
    exchanges[3].gifts_on = exchanges[3].closes_on = date(2026, 12, 1)  # today: it can be said to be over
    return cast, exchanges


def _sign_in_elsewhere(staged: Session, actor: Actor) -> None:
    """On another device, and by a program."""
    seen = {"account_id": actor.account_id, "created_at": LONG_AGO, "seen_at": LONG_AGO}
    staged.add(Device(name="Firefox (Windows)", digest=b"another device", **seen))
    staged.add(ApiSession(name="A program", ends_at=datetime(2027, 1, 1, tzinfo=UTC), **seen))


def _exchange(staged: Session, cast: Cast, state: str, people: int) -> Exchange:
    exchange = make_exchange(
        staged, people=0, organiser=cast.olga, state=ExchangeState(state), title=state.capitalize()
    )
    pat = ExchangeOrganiser(exchange_id=exchange.id, person_id=cast.pat.person_id, since_at=LONG_AGO)
    staged.add(pat)
    for person in cast.people[:people]:
        make_participant(staged, exchange, confirmed=state != "draft", person=person)
    return exchange


def _of(cast: Cast, exchange: Exchange, *first: UUID) -> Place:
    """Everything that is there in every exchange; `first` are the places that matter most."""
    seats = cast.seats(exchange)
    ids = [str(one) for one in dict.fromkeys([*first, *seats.values()])]
    cleo, dan = str(seats["Cleo"]), str(seats["Dan"])
    return Place(
        gaps={
            "exchange_id": [str(exchange.id)],
            "participant_id": ids,
            "giver_id": [cleo, str(seats["Ana"])],
            "receiver_id": [dan, str(seats["Ben"])],
        },
        good={
            "giver": [cleo],
            "receiver": [str(seats["Ben"])],
            "members": [cleo, dan],
            "apart_from": [cleo],
            "guardian": [str(cast.people[0].id)],
            "person": [str(cast.ada.person_id)],
        },
    )


def _taking(cast: Cast, exchange: Exchange) -> Place:
    """It takes people; Ana looks after Kit, is asked to look after Tim, and others are asked, too."""
    ana = cast.seats(exchange)["Ana"]
    kit = hold_place(cast.ana, ana, "Kit")
    tim = put_on_list(cast.olga, exchange.id, "Tim", cast.people[0].id)
    add_people(cast.olga, exchange.id, [Newcomer("Iris", "iris@example.org")], language="en")
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, exchange.slug, zoe, address="192.0.2.1", browser=crypto.token_digest(ASKED))
    send_way_in(SYSTEM, WayInRequest(exchange_id=exchange.id, email="ben@example.org", asked_by=""))
    return _wished(_of(cast, exchange, ana, kit, tim, cast.seats(exchange)["Iris"]), ana)


def _closed(cast: Cast, exchange: Exchange) -> Place:
    """It has rules, and somebody whom nobody looks after; Ana is to have another address."""
    seats = cast.seats(exchange)
    keep_household_apart(
        with_grants(cast.session, cast.ada), exchange.id, "Oak Road", [seats["Ana"], seats["Ben"]]
    )
    keep_apart(cast.olga, exchange.id, seats["Cleo"], seats["Dan"], both_ways=False)
    change_address(cast.olga, exchange.id, seats["Ana"], "ana.new@example.org")
    return _of(cast, exchange, seats["Ana"], seats["Old Zed"])


def _drawn(cast: Cast, exchange: Exchange) -> Place:
    """Its names are drawn, Ana knows whom she gives to, and Yan would like to come in."""
    draw_names(cast.olga, exchange.id, seed=bytes(32))
    yan = Joining(name="Yan", email="yan@example.org", wishes="", language="en")
    late = add_late(cast.olga, exchange.id, yan, [])
    with Writer.begin() as staged:
        make_answer(staged, late)
    ana = cast.seats(exchange)["Ana"]
    stood = queries.standing(cast.session, exchange.id)
    open_match(cast.ana, ana)
    return _wished(_of(cast, exchange, ana, late), ana, stood.receivers[ana])


def _wished(place: Place, *seats: UUID) -> Place:
    """These wish for something; the last one is whose wish is bought."""
    wishes = [str(add_wish(SYSTEM, seat, Wanted(text="A boat"))) for seat in seats]
    return replace(place, gaps=place.gaps | {"wish_id": wishes}, good=place.good | {"wish": wishes[-1:]})


def _letters(session: Session) -> tuple[dict[str, list[str]], dict[str, list[dict[str, str]]], str]:
    """What the letters lead to, and a code of one; they failed afterwards, as far as we know."""
    while carry_letters():
        pass
    letters = list(session.scalars(select(OutboxLetter).order_by(OutboxLetter.queued_at, OutboxLetter.id)))
    with Writer.begin() as staged:
        staged.execute(update(OutboxLetter).values(state=Sending.FAILED))
    links: dict[str, list[dict[str, str]]] = {}
    for link in filter(None, map(link_of, letters)):
        kind, token = link.rsplit("/", 2)[-2:]
        endpoint = PAGES_OF_LINKS.get(kind, "exchanges.enter")
        links.setdefault(endpoint, []).append({"kind": kind, "token": token})
        if kind == "invited":
            links.setdefault("exchanges.decline", []).append({"token": token})
    return {"letter_id": [str(row.id) for row in letters]}, links, "".join(map(code_of, letters))
