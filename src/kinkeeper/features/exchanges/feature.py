"""Gift exchanges, as the roof sees them."""

from pathlib import Path

from kinkeeper.features.exchanges import jobs, permissions, queries
from kinkeeper.features.exchanges.api import endpoints
from kinkeeper.features.exchanges.emails import ConfirmJoining, MatchReady, WayIn
from kinkeeper.features.exchanges.service import belongings
from kinkeeper.features.exchanges.web import pages
from kinkeeper.web.access import Access
from kinkeeper.web.feature import Feature, Section

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
                "mine": Access.GUEST,
            },
        ),
    ),
    endpoints=(Section(endpoints, Access.API),),
    permissions=(
        permissions.may_begin_exchange,
        permissions.may_organise,
        permissions.may_sit_here,
    ),
    letters=(ConfirmJoining, WayIn, MatchReady),
    jobs=(jobs.send_way_in,),
    erase=belongings.erase_from_exchanges,
    merge=belongings.merge_in_exchanges,
    export=queries.export_person,
)
