"""Every letter about a place names the exchange whose open pages show what becomes of it (G11)."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.feature import FEATURE
from kinkeeper.features.exchanges.jobs import remind_in_time, tell_of_wishes
from kinkeeper.features.exchanges.models import Exchange, ExchangeState
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.rules.stopping import STOPPED
from kinkeeper.features.exchanges.rules.telling import topic_of
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.joining import Joining, ask_for_way_in, join
from kinkeeper.features.exchanges.service.leaving import leave
from kinkeeper.features.exchanges.service.organising import close_exchange, open_exchange
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.features.exchanges.service.readdressing import change_address, confirm_address
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.features.exchanges.service.renewing import renew_link
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.revealing import reveal_match
from kinkeeper.features.exchanges.service.ruling import DrawWishes, wish_draw
from kinkeeper.features.exchanges.service.wishing import write_wishes
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.mail import letters
from tests.factories import guest, make_exchange, make_participant
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import carry_letters, secret_in

HERE, LEASE = "192.0.2.1", Lease(timedelta(days=14), timedelta(days=60))
ABOUT_PLACES = {
    letter.kind for letter in FEATURE.letters if "participant_id" in {one.name for one in fields(letter)}
}
SHOWN = ABOUT_PLACES - set(STOPPED.values())
"""By a board: who gets one of the others is for nobody's eyes."""


def before_the_draw(olga, scene, outbox):
    """People are asked, come, move, leave and are taken off; yields wherever there are new letters."""
    here = scene.exchange.id
    open_exchange(olga, here)  # asks Ida
    add_people(olga, here, [Newcomer("Zoe", "zoe@example.org")], language="en")
    joining = Joining(name="Yan", email="yan@example.org", wishes="", language="en")
    join(ANONYMOUS, scene.exchange.slug, joining, address=HERE)
    change_address(olga, here, scene.seat("Ana").id, "annette@example.org")
    carry_letters()
    yield
    asked = next(one for one in outbox() if one.kind == "exchanges.confirm_address")
    confirm_address(ANONYMOUS, secret_in(asked), address=HERE, lease=LEASE)
    leave(guest(scene.session.get_one(Person, scene.seat("Hana").person_id)), scene.seat("Hana").id)
    remove_person(olga, here, scene.seat("Gus").id)
    change_plan(olga, here, {"gifts_on": date(2026, 12, 25)})
    for are_named in (True, False):
        wish_draw(olga, here, DrawWishes(Shape.ANY, 0, publishes_draw=False, names_in_letters=are_named))
    close_exchange(olga, here)
    yield


def after_the_draw(olga, scene, now):
    """They lose links, look, wish, are reminded, drop out; and it is called off."""
    here = scene.exchange.id
    draw_names(olga, here)
    yield
    redraw_names(olga, here, "A rule was missing")
    yield
    ask_for_way_in(ANONYMOUS, scene.exchange.slug, "ben@example.org", address=HERE)
    for errand_id in scene.session.scalars(select(ErrandRow.id)).all():
        run_errand(errand_id)
    yield
    renew_link(olga, here, scene.seat("Cleo").id)
    reveal_match(olga, here, scene.seat("Dan").id, "She is ill")
    drop_out(olga, here, scene.seat("Eve").id)
    write_wishes(SYSTEM, scene.seat("Ana").id, "Socks")
    now.moment = datetime(2026, 12, 18, 18, 0, tzinfo=UTC)
    remind_in_time.run(SYSTEM)
    tell_of_wishes.run(SYSTEM)
    yield
    cancel_exchange(olga, here)
    yield


def test_every_letter_about_a_place_names_the_board_that_shows_it(stage, session, olga, outbox, now):
    """A kind that forgot to would stand still on an open board."""
    with stage() as staged:
        exchange = make_exchange(staged, people=8, organiser=olga, state=ExchangeState.DRAFT)
        make_participant(staged, staged.get_one(Exchange, exchange.id), "Ida", confirmed=False)
    scene = Scene(session, exchange)
    topics: dict[str, set[str | None]] = {}
    for _ in chain(before_the_draw(olga, scene, outbox), after_the_draw(olga, scene, now)):
        for one in outbox():
            letter = letters.unpack(one.kind, one.fields)
            topics.setdefault(one.kind, set()).add(letter.topic())
    here = {kind: {topic_of(exchange.id)} if kind in SHOWN else {None} for kind in ABOUT_PLACES}
    assert {kind: topics.get(kind) for kind in ABOUT_PLACES} == here
