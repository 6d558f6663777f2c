"""Gift exchanges, as the roof sees them."""

from pathlib import Path

from kinkeeper.features.exchanges import jobs, permissions, queries
from kinkeeper.features.exchanges.api import endpoints, own_endpoints, wishes
from kinkeeper.features.exchanges.emails import (
    AddressAsked,
    AddressMoved,
    ChoiceMade,
    ConfirmAddress,
    ConfirmJoining,
    DrawChanged,
    DrawnAgain,
    ExchangeCancelled,
    GiftsSoon,
    Invited,
    InvitedAgain,
    LeftOut,
    MatchReady,
    MatchSeen,
    NewLink,
    PlanChanged,
    TakenOff,
    WayIn,
    WishesChanged,
    YouLeft,
)
from kinkeeper.features.exchanges.emails.notices import (
    HandedOn,
    NamesDrawn,
    SomebodyForgotten,
    SomebodyJoined,
    SomebodyLeft,
)
from kinkeeper.features.exchanges.models import Assignment, Draw, Exchange, Participant
from kinkeeper.features.exchanges.rules import remembering, sealing, stopping, wishing
from kinkeeper.features.exchanges.service import belongings, hosting
from kinkeeper.features.exchanges.service.deeds import DEEDS
from kinkeeper.features.exchanges.web import pages
from kinkeeper.kernel.roles import Right, Role
from kinkeeper.kernel.words import mark
from kinkeeper.platform.resealing import Sealed
from kinkeeper.web.access import Access
from kinkeeper.web.feature import Feature, Section

_ROW = (
    (Assignment.draw_id, Assignment.giver_id, Participant.salt),
    (Participant, Participant.id == Assignment.giver_id),
)

FEATURE = Feature(
    name="exchanges",
    templates=Path(__file__).parent / "templates",
    pages=(
        Section(
            pages,
            Access.SIGNED_IN,
            apart={
                "join": Access.PUBLIC,
                "join_sent": Access.PUBLIC,
                "ask_for_way_in": Access.PUBLIC,
                "enter": Access.PUBLIC,
                "decline": Access.PUBLIC,
                "confirm_address": Access.PUBLIC,
                "leave": Access.GUEST,
                "change_name": Access.GUEST,
                "renew_own_link": Access.GUEST,
                "answer_address": Access.GUEST,
                "mine": Access.GUEST,
                "open_match": Access.GUEST,
                "held": Access.GUEST,
                "confirm_held": Access.GUEST,
                "release_held": Access.GUEST,
                "proof": Access.GUEST,
                "wishes": Access.GUEST,
                "write_words": Access.GUEST,
                "change_wish": Access.GUEST,
                "remove_wish": Access.GUEST,
                "mark_bought": Access.GUEST,
                "say_ready": Access.GUEST,
                "choose_letters": Access.GUEST,
                "stop": Access.HOLDER,
            },
        ),
    ),
    endpoints=(
        Section(endpoints, Access.API, scope="exchanges"),
        Section(own_endpoints, Access.GUEST_API, scope="participations"),
        Section(wishes.endpoints, Access.GUEST_API, scope="participations"),
    ),
    runs=queries.runs_of,
    scopes={
        "exchanges": mark("Exchanges that you run"),
        "participations": mark("Exchanges that you take part in, and wishes"),
    },
    permissions=(
        permissions.may_begin_exchange,
        permissions.may_organise,
        permissions.may_coordinate,
        permissions.may_observe,
        permissions.may_sit_here,
        permissions.may_speak_for,
    ),
    rights=(
        Right(
            "exchanges.begin",
            mark("Begin an exchange"),
            frozenset({Role.ORGANISER, Role.COORDINATOR, Role.MEMBER}),
        ),
        Right("exchanges.organise", mark("Run exchanges: rules, draw, plan"), frozenset({Role.ORGANISER})),
        Right(
            "exchanges.coordinate",
            mark("Help with exchanges: people, answers, letters"),
            frozenset({Role.ORGANISER, Role.COORDINATOR}),
        ),
        Right(
            "exchanges.observe",
            mark("Look at exchanges, and change nothing"),
            frozenset({Role.ORGANISER, Role.COORDINATOR, Role.OBSERVER}),
        ),
    ),
    letters=(
        ConfirmJoining,
        WayIn,
        MatchReady,
        DrawnAgain,
        DrawChanged,
        LeftOut,
        MatchSeen,
        ExchangeCancelled,
        InvitedAgain,
        PlanChanged,
        ChoiceMade,
        SomebodyJoined,
        SomebodyLeft,
        SomebodyForgotten,
        NamesDrawn,
        HandedOn,
        Invited,
        NewLink,
        YouLeft,
        TakenOff,
        AddressAsked,
        ConfirmAddress,
        AddressMoved,
        GiftsSoon,
        WishesChanged,
    ),
    late={
        **dict.fromkeys((MatchReady, DrawnAgain, DrawChanged), queries.match_for_letter),
        HandedOn: queries.titles_for_letter,
    },
    jobs=(
        jobs.close_in_time,
        jobs.complete_in_time,
        jobs.remind_in_time,
        jobs.tell_of_wishes,
        jobs.purge_in_time,
        jobs.forget_unanswered,
        jobs.send_way_in,
    ),
    deeds=DEEDS,
    names=queries.names_of,
    sealed=(
        Sealed(Exchange.seed_sealed, sealing.SEED_LABEL, (Exchange.id,)),
        Sealed(Draw.document_sealed, sealing.DOCUMENT_LABEL, (Draw.id,)),
        Sealed(Assignment.receiver_sealed, sealing.LABEL, *_ROW),
        Sealed(Assignment.bought_sealed, sealing.BOUGHT_LABEL, *_ROW),
    ),
    lasting=(*sealing.LASTING, *remembering.LASTING, wishing.MARK, stopping.LABEL),
    erase=belongings.erase_from_exchanges,
    merge=belongings.merge_in_exchanges,
    readers=belongings.refuse_new_readers,
    hold=belongings.hold_places,
    expected=queries.expected_in,
    close=hosting.hand_on,
    end_circle=belongings.refuse_ending,
    export=queries.export_person,
)
