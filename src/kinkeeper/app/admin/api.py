"""The endpoint of the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, Field

from kinkeeper.app.admin import trail
from kinkeeper.app.admin.audit_pages import as_json
from kinkeeper.features.accounts.service.freshness import refuse_stale_reader
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Invalid
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import CivilDay, ErrorAnswer, PageAnswer, Paging, answer_page
from kinkeeper.web.settings import settings

endpoints = APIBlueprint(
    "audit_api",
    __name__,
    url_prefix="/api/v1/audit",
    abp_tags=[Tag(name="audit", description=mark("Who did what to what; nobody can change it."))],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 422: ErrorAnswer},
)


class UnknownGroup(Invalid):
    """Nothing that is written down belongs to it."""

    code = "audit.unknown_group"
    message = mark("There is no such group of entries. There are: %(groups)s")
    field = "group"


class TrailQuery(Paging):
    """Which entries are wanted; all of it at once."""

    who: str = Field(default="", max_length=80, description="What the name of who did it begins with.")
    actor_id: UUID | None = None
    group: str = Field(default="", max_length=40, description="Such as `exchange`, `account` or `role`.")
    subject_id: UUID | None = None
    since: CivilDay | None = Field(default=None, description="A civil day in the house's zone; it counts.")
    until: CivilDay | None = Field(default=None, description="Likewise.")


class EntryOut(BaseModel):
    """One act."""

    id: int
    at: datetime
    actor_id: UUID | None
    actor: str = Field(description="The name of who did it, as it was then.")
    action: str
    says: str = Field(description="A sentence for people.")
    subject_id: UUID | None
    subject: str | None = Field(description="What it is called today, where it is still here.")
    details: dict[str, Any]


@endpoints.get("", summary="List what was done", responses={200: PageAnswer[EntryOut]})
def list_entries(query: TrailQuery) -> Response:
    """Newest first, for whoever may read it; a browser’s session is asked who it is, as for the files."""
    refuse_stale_reader(read_session(), current_actor(), clock.now())
    if query.group and query.group not in trail.GROUPS:
        raise UnknownGroup(groups=tuple(trail.GROUPS))
    wanted = trail.Wanted(**query.model_dump(exclude={"page", "per_page"}))
    page = trail.trail(
        read_session(),
        current_actor(),
        wanted,
        zone=settings().zone,
        page=query.page,
        per_page=query.per_page,
    )
    return answer_page(page, [EntryOut(**as_json(entry)) for entry in page.items])
