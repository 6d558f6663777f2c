"""A house with something of everything in it, to send things to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, select, update

from kinkeeper.app.tables import METADATA
from kinkeeper.features.accounts.errands import ResetRequest
from kinkeeper.features.accounts.models import AccessToken, HouseholdMember, Person
from kinkeeper.features.accounts.service.passwords import send_reset
from kinkeeper.features.accounts.service.tokens import make_token
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service.joining import Joining, join
from kinkeeper.features.exchanges.service.ruling import keep_household_apart
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.db import Writer
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending
from tests.factories import PASSWORD, guest, make_account, make_exchange
from tests.integration.web.support import carry_letters, secret_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WHO = ("nobody", "guest", "organiser", "administrator")
NEW_PASSWORD = "crooked violin under a lamp"


@dataclass
class Scene:
    """Who is there, what can stand in a gap of a path, and what a form would like to hear."""

    actors: dict[str, Any]
    gaps: dict[str, list[str]]
    good: dict[str, list[str]]


def furnish(session: Session) -> Scene:
    """Empty the house, whatever was in it, and set the scene anew."""
    with Writer.begin() as staged:
        for table in reversed(METADATA.sorted_tables):
            staged.execute(delete(table))
        ada, olga = make_account(staged, "Ada Admin", is_admin=True), make_account(staged, "Olga")
        taking = make_exchange(staged, people=0, organiser=olga, title="Taking people")
        closed = make_exchange(staged, people=4, organiser=olga, state=ExchangeState.CLOSED, title="Closed")
    seats = list(session.scalars(select(Participant).order_by(Participant.name)))
    ids = [str(seat.id) for seat in seats]
    keep_household_apart(olga, closed.id, "Oak Road", [seat.id for seat in seats[:2]])
    make_token(olga, "A script", days=5)
    gaps = _gaps(session, taking, closed, ids) | _letters(session, taking)
    ana = guest(session.get_one(Person, seats[0].person_id))
    actors = {"nobody": None, "guest": ana, "organiser": olga, "administrator": ada}
    return Scene(actors, gaps, _good(ids))


def _gaps(session: Session, taking: Exchange, closed: Exchange, ids: list[str]) -> dict[str, list[str]]:
    return {
        "exchange_id": [str(closed.id), str(taking.id)],
        "participant_id": ids[:1],
        "wish_id": [str(add_wish(SYSTEM, UUID(ids[0]), Wanted(text="A boat")))],  # Ana's
        "giver_id": ids[:2],
        "receiver_id": ids[2:],
        "household_id": [str(session.scalars(select(HouseholdMember.household_id)).first())],
        "token_id": [str(session.scalars(select(AccessToken.id)).one())],
        "slug": [taking.slug, closed.slug],
        "kind": ["confirm"],
    }


def _letters(session: Session, taking: Exchange) -> dict[str, list[str]]:
    """A link to a place and one to a new password; their letters failed afterwards, as far as we know."""
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    join(ANONYMOUS, taking.slug, zoe, address="192.0.2.1")
    send_reset(SYSTEM, ResetRequest(email="olga@example.org", minutes=10))
    carry_letters()
    letters = {row.kind: row for row in session.scalars(select(OutboxLetter))}
    with Writer.begin() as staged:
        staged.execute(update(OutboxLetter).values(state=Sending.FAILED))
    return {
        "letter_id": [str(row.id) for row in letters.values()],
        "token": [secret_in(letters["exchanges.confirm_joining"])],
        "reset": [secret_in(letters["accounts.password_reset"])],
    }


def _good(ids: list[str]) -> dict[str, list[str]]:
    plain = {
        "name": "Zacharias",
        "email": "olga@example.org",
        "circle": "The Olsens",
        "password": NEW_PASSWORD,
        "present": PASSWORD,
        "title": "Christmas",
        "gifts_on": "2026-12-24",
        "closes_on": "2026-12-10",
        "budget": "around £20",
        "description": "Home-made is welcome",
        "most_people": "12",
        "zone": "Europe/London",
        "wishes": "a kite",
        "text": "Two kites",
        "url": "https://shop.example.org/kites",
        "priority": "love",
        "remind_days": "7, 1",
        "giver": ids[0],
        "receiver": ids[1],
        "both_ways": "y",
        "days": "30",
        "next": "/exchanges",
        "theme": "dark",
    }
    return {name: [value] for name, value in plain.items()} | {"members": ids[2:]}
