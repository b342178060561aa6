"""Two people: who may agree to what, who is asked next, and what when nobody answers (product specification, §4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal


class Kind(StrEnum):
    """What two people decide."""

    LOWER = "lower"
    """That the team may answer more slowly."""
    SHARE = "share"
    """That something is told outside the team, when it is not immediate."""
    CLOSE = "close"
    """That an urgent concern or an emergency is closed."""
    LOOK_IN = "look_in"
    """That somebody of the team reads a room for a while."""


NEEDS_LEAD: Final = frozenset({Kind.SHARE, Kind.CLOSE})
"""One of the two is lead or deputy (domain.md §4.7)."""
NEVER_ALONE: Final = frozenset({Kind.LOOK_IN})
"""Nobody reads a room because nobody answered."""
NEXT_AFTER: Final = timedelta(minutes=30)
"""Unanswered for so long, the next lead or deputy is asked by name."""
OWNER_AFTER: Final = timedelta(hours=24)
"""Unanswered for so long, the server's owner may answer."""
ALONE_AFTER: Final = timedelta(hours=48)
"""Unanswered for so long, by the owner too, the act stands, marked as alone."""
REVIEW_AFTER: Final = timedelta(days=7)
"""What was done alone, and each urgent concern, is looked at again so long afterwards."""
REVIEW_AT_ONCE: Final = timedelta(hours=24)
"""Who acted alone because seconds counted is looked at sooner (domain.md §4.4)."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """A question to a second person. What has been forgotten is None."""

    id: str
    server_id: int
    concern_id: str
    kind: Kind
    detail: str
    state: Literal["asked", "agreed", "declined", "alone", "over"]
    asked_by: int | None
    asked_at: datetime
    named: tuple[int, ...] = ()
    """Who was asked by name."""
    owner_at: datetime | None = None
    """Since when the server's owner may answer."""
    ended_by: int | None = None
    reviewed_by: int | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state == "asked"


@dataclass(frozen=True, slots=True)
class Who:
    """Who has to do with a concern: nobody signs off one about themselves, or one they raised."""

    leads: frozenset[int]
    raiser: int | None
    subject: int | None
    owner: int | None = None

    @property
    def concerned(self) -> frozenset[int | None]:
        """Who is asked nothing about it."""
        return frozenset({self.raiser, self.subject} - {None})


def may_agree(asked: SignOff, by: int, who: Who) -> bool:
    """Return whether `by` may be the second person: of the team, or the owner once it is offered to them.

    Where no lead answers, because it is about one of them, any two who have nothing to do with it may.

    That `by` belongs to the team at all is for the authority table to say.
    """
    two = {asked.asked_by, by}
    if len(two) == 1 or two & who.concerned:
        return False
    owner = asked.owner_at is not None and by == who.owner
    return owner or asked.kind not in NEEDS_LEAD or not who.leads or bool(two & who.leads)


def next_by_name(asked: SignOff, in_order: Sequence[int], who: Who) -> int | None:
    """Return the lead or deputy who is asked by name now: each of them once, in this order."""
    left_out: Collection[int | None] = {*asked.named, asked.asked_by, *who.concerned}
    return next((user_id for user_id in in_order if user_id not in left_out), None)


def owner_may(asked: SignOff, who: Who) -> bool:
    """Return whether there is an owner who can be offered to answer."""
    return who.owner is not None and who.owner not in {asked.asked_by, *who.concerned}


Due = Literal["name", "owner", "alone", "over", "wait"]


def due(asked: SignOff, who: Who, in_order: Sequence[int], now: datetime) -> tuple[Due, datetime | None]:
    """Return what is to be done now that nobody has answered so far, and when to look again."""
    age = now - asked.asked_at
    owner_at, alone_at = asked.asked_at + OWNER_AFTER, asked.asked_at + ALONE_AFTER
    if age >= OWNER_AFTER:
        if asked.kind in NEVER_ALONE:
            return "over", None
        if asked.owner_at is None and owner_may(asked, who):
            return "owner", max(alone_at, now + (ALONE_AFTER - OWNER_AFTER))
        if asked.owner_at is None or now >= asked.owner_at + (ALONE_AFTER - OWNER_AFTER):
            return "alone", None
        return "wait", asked.owner_at + (ALONE_AFTER - OWNER_AFTER)
    if age >= NEXT_AFTER and next_by_name(asked, in_order, who) is not None:
        return "name", min(now + NEXT_AFTER, owner_at)
    return "wait", owner_at if age >= NEXT_AFTER else asked.asked_at + NEXT_AFTER
