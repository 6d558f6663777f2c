"""Letters about gift exchanges; a match is in none of their fields.

Bounces and previews would give it away (T-15). Where a group wants it all the same, it is looked up
when a letter is handed over, and stands in no row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from kinkeeper.features.exchanges.rules.stopping import STOPPED, Stop, stop_token
from kinkeeper.features.exchanges.rules.telling import topic_of
from kinkeeper.platform.mail import Letter, LinkOrder

CONFIRM, READY, ENTER, INVITED, MOVED = "confirm", "ready", "enter", "invited", "moved"
REMIND, CHANGED, ASKED, SEEN = "remind", "changed", "asked", "seen"
"""What a link does, as its path says; each kind lives and dies by itself.

A letter that still waits stays here when a newer one takes its link's place. So letters have a kind in
common only where the newer says all that the older one said.
"""

LINKS = (CONFIRM, READY, ENTER, INVITED, MOVED, REMIND, CHANGED, ASKED, SEEN)

LASTS = {
    CONFIRM: timedelta(hours=72),
    READY: timedelta(hours=72),
    ENTER: timedelta(hours=1),
    INVITED: timedelta(days=14),
    MOVED: timedelta(hours=72),
    REMIND: timedelta(hours=72),
    CHANGED: timedelta(hours=72),
    ASKED: timedelta(hours=72),
    SEEN: timedelta(hours=72),
}
"""Letters that come unasked may be read next week; an asked-for link is read now (SK-47)."""


def purpose(kind: str) -> str:
    """Answer the purpose under which links of this kind are kept."""
    return f"exchanges.{kind}"


TYPED = (purpose(CONFIRM), purpose(ENTER))
"""For which links a code can be typed: those that somebody waits for."""


@dataclass(frozen=True, kw_only=True)
class AboutPlace(Letter):
    """What all letters about somebody's place say; `name` is their reader's."""

    name: str
    title: str
    ward: str = ""
    """Whose place it is, where the reader looks after somebody without an address."""
    reader_id: UUID | None = None
    """Whose mailbox it goes to, and follows to another; letters of earlier versions have only guardians."""
    participant_id: UUID
    exchange_id: UUID | None = None
    """Whose board shows what becomes of it; letters of earlier versions lack it."""

    def about_id(self) -> UUID:
        """Answer whose place it tells of."""
        return self.participant_id

    def topic(self) -> str | None:
        """Answer the topic of the exchange's own pages."""
        return topic_of(self.exchange_id) if self.exchange_id else None


@dataclass(frozen=True, kw_only=True)
class _ToParticipant(AboutPlace):
    """What those say that tell of the day."""

    gifts_on: date


@dataclass(frozen=True, kw_only=True)
class _WithWayIn(_ToParticipant):
    """What those say that lead to the participant's own page."""

    opens: ClassVar[str]

    def link(self) -> LinkOrder:
        """Answer a link to the participant's own page."""
        return LinkOrder(
            purpose(self.opens),
            self.participant_id,
            self.lasts(),
            f"/{self.opens}",
            reader_id=self.reader_id,
        )

    def lasts(self) -> timedelta:
        """Answer how long the link works."""
        return LASTS[self.opens]


@dataclass(frozen=True, kw_only=True)
class _Asked(_WithWayIn):
    """What letters say that somebody waits for in front of a browser."""

    asked_by: str = ""
    """Digest of that browser's secret, in hexadecimal; nobody waits for a letter without."""

    def link(self) -> LinkOrder:
        """Answer a link to the participant's own page, for which the browser may type the code."""
        return replace(super().link(), asked_by=bytes.fromhex(self.asked_by) or None)


@dataclass(frozen=True, kw_only=True)
class ExchangeCancelled(_ToParticipant):
    """It is called off, and nobody need give anything."""

    kind: ClassVar[str] = "exchanges.exchange_cancelled"


@dataclass(frozen=True, slots=True)
class NewDay:
    """A day of the plan that is another one now."""

    what: str
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class NewWords:
    """Words of the plan that are others now."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NewChoice:
    """What letters say, or who may read the draw, as the organiser chooses it now."""

    what: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class PlanChanged(AboutPlace):
    """What was said of the exchange is said anew: all that has changed since they last heard."""

    kind: ClassVar[str] = "exchanges.plan_changed"
    rests: ClassVar[timedelta] = timedelta(minutes=10)

    days: tuple[NewDay, ...]
    words: tuple[NewWords, ...]
    slug: str = ""
    """Beside the share link people ask for a way in; letters of earlier versions lack it."""


@dataclass(frozen=True, kw_only=True)
class ChoiceMade(AboutPlace):
    """What people agree to when they take part is chosen anew: no later choice takes such a letter back."""

    kind: ClassVar[str] = "exchanges.choice_made"

    choices: tuple[NewChoice, ...]
    slug: str


@dataclass(frozen=True, kw_only=True)
class ConfirmJoining(_Asked):
    """Please show that this mailbox is yours (SK-83)."""

    kind: ClassVar[str] = "exchanges.confirm_joining"
    opens: ClassVar[str] = CONFIRM

    budget: str


@dataclass(frozen=True, kw_only=True)
class WayIn(_Asked):
    """The link that was asked for (SK-84)."""

    kind: ClassVar[str] = "exchanges.way_in"
    opens: ClassVar[str] = ENTER


@dataclass(frozen=True, kw_only=True)
class NewLink(_WithWayIn):
    """A way in that comes unasked: an organiser sends it, or all earlier ones were ended."""

    kind: ClassVar[str] = "exchanges.new_link"
    opens: ClassVar[str] = ENTER

    def lasts(self) -> timedelta:
        """Answer as for all that may be read next week."""
        return LASTS[READY]


@dataclass(frozen=True, kw_only=True)
class _Question(_WithWayIn):
    """What letters say that ask, unasked, whether somebody is in.

    Nobody waits for them in front of a browser, so they carry no code; but they say where one is to be had.
    """

    opens: ClassVar[str] = INVITED

    budget: str
    slug: str = ""
    """Of the share link; letters of earlier versions lack it."""


@dataclass(frozen=True, kw_only=True)
class Invited(_Question):
    """An organiser has put you on the list; say whether you are in."""

    kind: ClassVar[str] = "exchanges.invited"

    host: str
    closes_on: date | None = None
    """Until when people can join; none where it is closed already."""


@dataclass(frozen=True, kw_only=True)
class AddressAsked(_WithWayIn):
    """To the address that somebody has: an organiser wants their letters to go to another (T-17).

    It does not name the other one: where the first was a stranger's, the other is none of their business.
    """

    kind: ClassVar[str] = "exchanges.address_asked"
    opens: ClassVar[str] = ASKED

    host: str
    is_drawn: bool


@dataclass(frozen=True, kw_only=True)
class ConfirmAddress(_WithWayIn):
    """To the other address: please show that it is yours."""

    kind: ClassVar[str] = "exchanges.confirm_address"
    opens: ClassVar[str] = MOVED


@dataclass(frozen=True, kw_only=True)
class _Goodbye(AboutPlace):
    """What letters say that end something, and lead nowhere but to the share link."""

    slug: str


@dataclass(frozen=True, kw_only=True)
class AddressMoved(_Goodbye):
    """To the address that somebody had: your place goes by another one now."""

    kind: ClassVar[str] = "exchanges.address_moved"


@dataclass(frozen=True, kw_only=True)
class YouLeft(_Goodbye):
    """You gave your place up, as you said (SK-87)."""

    kind: ClassVar[str] = "exchanges.you_left"


@dataclass(frozen=True, kw_only=True)
class TakenOff(_Goodbye):
    """An organiser took you off the list before anything was drawn."""

    kind: ClassVar[str] = "exchanges.taken_off"


@dataclass(frozen=True, kw_only=True)
class AboutDraw(_WithWayIn):
    """What all letters about a draw say."""

    opens: ClassVar[str] = READY

    budget: str
    slug: str = ""
    """Of the share link, beside which a new one can be asked for; letters of earlier versions lack it."""


@dataclass(frozen=True, kw_only=True)
class WithMatch(AboutDraw):
    """A letter that says whom one gives to, where the group has chosen so."""

    late: ClassVar[tuple[str, ...]] = ("match",)

    names: bool = False
    """Whether it does; whom, is looked up in the draw that counts when it is handed over."""


@dataclass(frozen=True, kw_only=True)
class MatchReady(WithMatch):
    """The names are drawn; yours waits on your page (SK-85)."""

    kind: ClassVar[str] = "exchanges.match_ready"


@dataclass(frozen=True, kw_only=True)
class DrawnAgain(WithMatch):
    """The names were drawn again; your old match no longer holds (T-18)."""

    kind: ClassVar[str] = "exchanges.drawn_again"


@dataclass(frozen=True, kw_only=True)
class DrawChanged(WithMatch):
    """Somebody left or came late; look whether your match is still the same.

    Everybody gets it alike: a letter to those few whose match has changed would tell whoever sees the
    outbox that they have to do with the one who left or came (T-14).
    """

    kind: ClassVar[str] = "exchanges.draw_changed"


@dataclass(frozen=True, kw_only=True)
class MatchSeen(AboutDraw):
    """An organiser looked up whom you give to (G13)."""

    kind: ClassVar[str] = "exchanges.match_seen"
    opens: ClassVar[str] = SEEN


@dataclass(frozen=True, kw_only=True)
class ToBeStopped(AboutDraw):
    """What comes by itself, and can be stopped from the letter without signing in (SK-93, RFC 8058)."""

    stops: ClassVar[Stop]

    holder_id: UUID | None = None
    """Who has the place now: whoever has it later is not stopped by this letter (T-7)."""

    def topic(self) -> None:
        """Answer that no open page hears of it (`STOPPED`)."""

    def stop_page(self) -> str:
        """Answer the page whose one button ends letters of this kind, and nothing else."""
        return f"/stop/{stop_token(self.stops, self.participant_id, self.holder_id)}"


@dataclass(frozen=True, kw_only=True)
class GiftsSoon(ToBeStopped):
    """The day of the gifts is near (SK-86); it says no match, and goes to nobody whose gift is ready."""

    kind: ClassVar[str] = STOPPED[Stop.REMINDERS]
    opens: ClassVar[str] = REMIND
    stops: ClassVar[Stop] = Stop.REMINDERS

    days: int


@dataclass(frozen=True, kw_only=True)
class WishesChanged(ToBeStopped):
    """Somebody's wishes have changed: look whether it is whom you give to.

    Everybody else gets it alike. A letter to the one giver would tell whoever sees the outbox, or only
    watches it after a change of their own, who gives to whom (T-14, T-20).
    """

    kind: ClassVar[str] = STOPPED[Stop.WISHES]
    opens: ClassVar[str] = CHANGED
    stops: ClassVar[Stop] = Stop.WISHES


@dataclass(frozen=True, kw_only=True)
class LeftOut(AboutPlace):
    """You are out of the draw; you owe nobody a present, and nobody you."""

    kind: ClassVar[str] = "exchanges.left_out"


@dataclass(frozen=True, kw_only=True)
class InvitedAgain(_Question):
    """You took part last time; say whether you are in again."""

    kind: ClassVar[str] = "exchanges.invited_again"

    closes_on: date
    host: str = ""
    """Who organises it; letters of earlier versions lack it."""


WAYS_IN = frozenset({ConfirmJoining, WayIn, NewLink, Invited, InvitedAgain})
"""Letters that say no more than where their link leads; what others say is news, with whatever link."""

OWED = frozenset({AddressAsked, AddressMoved, MatchSeen})
"""What people hear whatever becomes of a place: how an organiser has come near to it (G13, T-17)."""
