"""JSON of places that somebody looks after for another, in and out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, Strict

from kinkeeper.features.accounts.rules import LONGEST_NAME
from kinkeeper.web.json import Body


class Care(Body):
    """Who is to look after somebody."""

    guardian_id: Annotated[UUID, Strict(strict=False)] = Field(description="One of the list of guardians.")


class NewHeld(Care):
    """Somebody without an address, and who looks after them."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, examples=["Tilly"])


class GuardianOut(BaseModel):
    """Somebody who could look after another here: they take part, or have an account in the circle."""

    person_id: UUID
    name: str
