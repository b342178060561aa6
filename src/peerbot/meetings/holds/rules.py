"""The rules of a room whose deletion waits, because an urgent concern is tied to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from peerbot.meetings.rules import Meeting

HOLD_ASKED_FOR: Final = timedelta(hours=24)
HOLD_LASTS: Final = timedelta(days=7)
"""product.md §5: a room is kept 7 days at most beyond its time, while an urgent concern is tied to it."""
HOLD_LOOKED_AT: Final = timedelta(hours=1)
"""How often it is looked at whether a room that waits is still tied to one."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A deletion that waits since `asked_at`: for two people to agree or, once `kept`, because they did.

    `until` is when the room goes if nothing else happens.
    """

    asked_at: datetime
    until: datetime
    kept: bool = False


def asked_until(meeting: Meeting, now: datetime) -> datetime:
    """Return until when two people can agree to keep a room, asked at `now`."""
    return min(now + HOLD_ASKED_FOR, kept_until(meeting))


def kept_until(meeting: Meeting) -> datetime:
    """Return until when a room is kept at most."""
    return meeting.deletes_at + HOLD_LASTS


def holding_on(hold: Hold | None, *, tied: bool, now: datetime) -> Literal["ask", "wait", "unanswered", "go"]:
    """Return what becomes of a room whose deletion is due: two people are asked, it waits, or it goes.

    It waits only while it is tied to an urgent concern.
    """
    if not tied:
        return "go"
    if hold is None:
        return "ask"
    if now < hold.until:
        return "wait"
    return "go" if hold.kept else "unanswered"
