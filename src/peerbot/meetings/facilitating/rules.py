"""The rules of what facilitators do in a meeting: how much longer, how long a pause, which message, whose door."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from peerbot.meetings.rules import LIVE, Meeting, State

LEAST_LONGER: Final = 5
MOST_LONGER: Final = 30
"""Minutes by which a meeting may be made longer, each time and in all."""
USUALLY_LONGER: Final = 10
LONGEST_PAUSE: Final = 10
"""Minutes."""
USUAL_PAUSE: Final = 5
SAME_PAUSE: Final = timedelta(minutes=1)
"""A pause that would end so little later than the present one is the present one: a press that came twice."""
DOOR_SHUTS_AFTER: Final = timedelta(minutes=2)
"""Who is there and was not seen yet has so long to say so."""
SHORTEST_MEETING: Final = timedelta(minutes=1)

WITH_ROOM: Final = LIVE | {State.LOCKED}
"""States in which a room can be looked at."""

_LINK: Final = re.compile(r"https://(?:\w+\.)?discord(?:app)?\.com/channels/\d{1,19}/(\d{1,19})/(\d{1,19})")


Limit = Literal["out", "quiet"]
"""Asked to step out; may read and not write."""


@dataclass(frozen=True, slots=True)
class Facilitation:
    """What facilitators have done in a meeting so far. All instants; None where it was not done, or was taken back.

    Attributes:
        planned_end: When it was to end before it was first made longer.
        paused_until: Until when nobody writes.
        door_shut_at: From when on nobody is let in who was not seen before.
        helper_wanted_at: When another facilitator was asked to come; None again when one did.
        listed_at: When the list of who was there was last confirmed.
    """

    planned_end: datetime | None = None
    paused_until: datetime | None = None
    door_shut_at: datetime | None = None
    helper_wanted_at: datetime | None = None
    listed_at: datetime | None = None


def longest_end(meeting: Meeting, done: Facilitation) -> datetime:
    """Return the latest instant at which a meeting may be made to end."""
    return (done.planned_end or meeting.ends_at) + timedelta(minutes=MOST_LONGER)


def early_end(meeting: Meeting, now: datetime) -> datetime:
    """Return when a meeting ends that is ended now: never later than planned, never before it has begun."""
    return min(meeting.ends_at, max(now, meeting.starts_at + SHORTEST_MEETING))


def paused(done: Facilitation, now: datetime) -> bool:
    """Return whether nobody writes just now."""
    return done.paused_until is not None and now < done.paused_until


def shut_out(done: Facilitation, user_id: int, seen: Collection[int], now: datetime) -> bool:
    """Return whether the door is shut to a member; `seen` are those who were there before it was."""
    return done.door_shut_at is not None and done.door_shut_at <= now and user_id not in seen


def message_in(text: str) -> tuple[int | None, int]:
    """Return (channel, message) of a message's link, or (None, message) of its id; message 0 for anything else."""
    text = text.strip()
    link = _LINK.fullmatch(text)
    if link is not None:
        return int(link[1]), int(link[2])
    # Discord's ids fit into 19 digits.
    return None, int(text) if text.isascii() and text.isdecimal() and len(text) <= 19 else 0  # noqa: PLR2004 - as said


def news_of(limit: Limit | None, *, door: bool) -> str:
    """Return the word for why somebody cannot see, or write in, a room: `out`, `door`, `quiet`, or nothing."""
    if limit == "out":
        return "out"
    if door:
        return "door"
    return limit or ""
