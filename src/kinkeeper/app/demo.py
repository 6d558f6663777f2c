"""A small invented family, made by the same verbs that people use, so that all can be tried."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click
from sqlalchemy import select

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service import setting_up
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import CONFIRM, ConfirmJoining, purpose
from kinkeeper.features.exchanges.service import drawing, joining, organising, planning, ruling
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM, Actor
from kinkeeper.kernel.words import gettext, mark
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.links import secret_for
from kinkeeper.platform.mail.outbox import OutboxLetter

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from kinkeeper.kernel.config import Settings

EMAIL, PASSWORD = "olga@demo.example.org", "seventeen otters knit scarves"
CLOSES_BEFORE = timedelta(days=10)
FAMILY = {
    "Olga": "Thick socks. And time for tea.",
    "Bjarne": "A new kite, or a book about boats.",
    "Ida": "Watercolours",
    "Frederik": "",
    "Nora": "Something for the balcony that survives me",
    "Emil": "Lego, dinosaurs, or both",
    "Astrid": "A good whetstone",
}


def invent_family(settings: Settings) -> None:
    """Fill an empty house; one that is lived in stays as it is."""
    if people.is_empty(read_session()):
        _fill(settings)
    end_reading()
    way_in = {
        mark("Sign in"): f"{settings.address}/sign-in",
        mark("E-mail"): EMAIL,
        mark("Password"): PASSWORD,
    }
    lines = "".join(f"    {gettext(settings.language, label)}: {what}\n" for label, what in way_in.items())
    click.echo(f"\n{lines}")


def _fill(settings: Settings) -> None:
    newcomer = setting_up.Newcomer(EMAIL, PASSWORD, "Olga", "The Olsens", "en", settings.zone)
    setting_up.create_admin(SYSTEM, newcomer)
    olga = _signed_in()
    today = clock.today_in(settings.zone, clock.now())
    christmas = _exchange(olga, settings, "Christmas at the Olsens", _next(12, 24, today))
    _join(christmas, *list(FAMILY)[:-1])
    _join(christmas, "Astrid", confirmed=False)
    summer = _exchange(olga, settings, "Midsummer surprise", _next(6, 24, today))
    _join(summer, *list(FAMILY)[:5])
    seats = queries.all_seats(read_session(), summer)
    ruling.keep_household_apart(olga, summer, "Oak Road", [seat.id for seat in seats[:2]])
    organising.close_exchange(olga, summer)
    drawing.draw_names(olga, summer)


def _next(month: int, day: int, today: date) -> date:
    """Answer the next such day that leaves people time to join."""
    this_year = today.replace(month=month, day=day)
    return this_year if this_year - today > CLOSES_BEFORE else this_year.replace(year=today.year + 1)


def _signed_in() -> Actor:
    account = people.account_by_email(read_session(), EMAIL)
    if account is None:
        raise RuntimeError("the demo's account is missing")
    olga = Actor("Olga", account_id=account.id, person_id=account.person_id, epoch=account.epoch)
    return people.with_grants(read_session(), olga)  # she keeps the address book, too


def _exchange(actor: Actor, settings: Settings, title: str, day: date) -> UUID:
    plan = planning.Plan(
        title=title,
        description="Home-made is welcome. Nobody needs another mug.",
        budget="around £20",
        closes_on=day - CLOSES_BEFORE,
        gifts_on=day,
        zone=settings.zone,
    )
    return planning.begin_exchange(actor, plan)


def _join(exchange_id: UUID, *names: str, confirmed: bool = True) -> None:
    slug = queries.exchange_of(read_session(), _signed_in(), exchange_id).slug
    for name in names:
        email = EMAIL if name == "Olga" else f"{name.lower()}@demo.example.org"
        wanted = joining.Joining(name=name, email=email, wishes=FAMILY[name], language="en")
        joining.join(ANONYMOUS, slug, wanted, address=name)
        if confirmed:
            _follow_link(exchange_id, email)


def _follow_link(exchange_id: UUID, email: str) -> None:
    """Do as if the letter was read: its link is the one that the mailbox will show."""
    found = queries.seat_by_email(read_session(), exchange_id, email)
    if found is None:
        raise RuntimeError("the demo's participant is missing")
    confirmation = OutboxLetter.about_id == found.id, OutboxLetter.kind == ConfirmJoining.kind
    letter_id = read_session().scalars(select(OutboxLetter.id).where(*confirmation)).one()
    token = secret_for(letter_id, purpose(CONFIRM), found.id)
    moment = timedelta(seconds=1)
    joining.enter(ANONYMOUS, CONFIRM, token, address=email, lease=Lease(moment, moment))
