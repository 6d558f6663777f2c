"""The board of letters: what became of each, while one looks on (G11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import (
    AddressAsked,
    AddressMoved,
    ChoiceMade,
    ConfirmAddress,
    ConfirmJoining,
    DrawChanged,
    DrawnAgain,
    ExchangeCancelled,
    Invited,
    InvitedAgain,
    LeftOut,
    MatchReady,
    MatchSeen,
    NewLink,
    PlanChanged,
    TakenOff,
    WayIn,
    YouLeft,
)
from kinkeeper.features.exchanges.permissions import may_coordinate, may_observe
from kinkeeper.features.exchanges.queries import Reach
from kinkeeper.features.exchanges.rules.returning import Return, why_returned
from kinkeeper.features.exchanges.rules.telling import topic_of
from kinkeeper.features.exchanges.web.pages import live_address, pages
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import live
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.language import text
from kinkeeper.web.pages import render

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

WHY = {
    Return.NO_MAILBOX: mark("There is no such mailbox. Ask whether the address is right."),
    Return.FULL: mark("Their mailbox is full, or the letter too large for it."),
    Return.UNWANTED: mark("Their mail server does not want letters from here."),
    Return.OTHER: mark("Their mail server did not take it."),
}

KINDS = {
    ConfirmJoining.kind: mark("To confirm their place"),
    InvitedAgain.kind: mark("To say whether they are in again"),
    Invited.kind: mark("To say whether they are in"),
    WayIn.kind: mark("The link that they asked for"),
    NewLink.kind: mark("A new link to their page"),
    AddressAsked.kind: mark("Whether their address may change"),
    ConfirmAddress.kind: mark("To confirm the new address"),
    AddressMoved.kind: mark("Their address has changed"),
    MatchReady.kind: mark("Their match is ready"),
    DrawnAgain.kind: mark("The names are drawn again"),
    DrawChanged.kind: mark("The draw has changed"),
    MatchSeen.kind: mark("Their match was looked up"),
    PlanChanged.kind: mark("The plan has changed"),
    ChoiceMade.kind: mark("What they agree to has changed"),
    YouLeft.kind: mark("They have left"),
    TakenOff.kind: mark("They are taken off the list"),
    LeftOut.kind: mark("They are out of the draw"),
    ExchangeCancelled.kind: mark("It is called off"),
}
"""What a letter is about, for the organiser; its words are between the house and its reader."""


@pages.route("/exchanges/<uuid:exchange_id>/letters")
def board(exchange_id: UUID) -> ResponseReturnValue:
    """Show how far everybody's letters have come."""
    address = live_address(exchange_id)
    found = queries.board_of(read_session(), current_actor(), exchange_id)
    return render("exchanges/board.html", board=found, Reach=Reach, address=address, why=_why)


@pages.route("/exchanges/<uuid:exchange_id>/letters/<uuid:participant_id>")
def letters_to(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Show the letters to one of them, and what can be done."""
    address = live_address(exchange_id)
    found, line = queries.letters_to(read_session(), current_actor(), exchange_id, participant_id)
    return render(
        "exchanges/letters.html",
        exchange=found.exchange,
        helps=can(may_coordinate, found.exchange),
        line=line,
        address=address,
        why=_why,
        about=_about,
    )


@pages.route("/exchanges/<uuid:exchange_id>/live")
def changes_live(exchange_id: UUID) -> ResponseReturnValue:
    """Let the open pages of those who run it hear that something has changed."""
    return live.stream(
        topic_of(exchange_id),
        check=lambda: queries.exchange_of(read_session(), current_actor(), exchange_id, may_observe),
    )


def _why(said: str | None) -> str:
    return text(WHY[why_returned(said)])


def _about(kind: str) -> str:
    return text(KINDS.get(kind, mark("Another letter")))
