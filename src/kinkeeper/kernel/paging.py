"""A page of rows for public lists: page numbers with a total, as the API's envelope names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page; `page` counts from 1."""

    items: Sequence[T]
    page: int
    per_page: int
    total_items: int

    @classmethod
    def of(cls, everything: Sequence[T], page: int, per_page: int) -> Page[T]:
        """Answer a page of a list that is short enough to be looked up whole."""
        first = (page - 1) * per_page
        return cls(everything[first : first + per_page], page, per_page, len(everything))

    @property
    def total_pages(self) -> int:
        """At least one page, though it may be empty."""
        return max(1, -(-self.total_items // self.per_page))

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.page < self.total_pages

    @property
    def has_prev(self) -> bool:
        """Whether a page comes before."""
        return self.page > 1
