"""The rules of one meeting: what is when, what follows from a moment, and what has lost its sense when it is late.

Late work is judged by kind. A late room is made at once, a late opening opens, a late lock or deletion happens now;
a late reminder is dropped; after the end no room is made at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

PLANNED_AHEAD: Final = timedelta(weeks=8)
"""How far ahead meetings exist as rows."""
KEPT_AFTER: Final = timedelta(days=60)
"""product.md §5: attendance for 60 days; meetings and rooms as long after the room is gone."""

MOST_COMING: Final = 8
"""Meetings in one list: what fits a message, with the longest names."""

MADE_BEFORE: Final = timedelta(minutes=15)
ASKED_AFTER: Final = timedelta(minutes=3)
"""No facilitator yet: the others of the server are asked."""
GIVEN_TO_ANSWER: Final = timedelta(minutes=7)
"""Then it is called off: ten minutes after the start, if all went by the clock."""
CLOSING_BEFORE: Final = timedelta(minutes=5)
LOCKED_AFTER: Final = timedelta(minutes=10)
DELETED_AFTER: Final = timedelta(hours=24)
OVERDUE_AFTER: Final = timedelta(hours=1)
"""A deletion that takes longer is told to the coordinators; one that was refused is tried again as often."""
MADE_AGAIN_AFTER: Final = timedelta(minutes=1)
LATEST_REMINDER: Final = timedelta(minutes=5)

REMINDED: Final[Mapping[str, timedelta]] = {
    "remind-day": timedelta(hours=24),
    "remind-soon": timedelta(minutes=30),
}
"""The direct messages before a meeting, earliest first."""


class State(StrEnum):
    """How far a meeting is."""

    PLANNED = "planned"
    LOBBY = "lobby"
    """The room is there or being made; members may look."""
    OPEN = "open"
    LOCKED = "locked"
    CALLED_OFF = "called_off"
    """No facilitator came."""
    MISSED = "missed"
    """It ended without a room."""


LIVE: Final = frozenset({State.LOBBY, State.OPEN})


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a series. `on` is the series' own date in `zone`; `facilitator_at` since when one is there."""

    id: str
    server_id: int
    group_id: str
    series_id: str
    on: date
    zone: str
    starts_at: datetime
    ends_at: datetime
    state: State
    facilitator_at: datetime | None = None
    opened_at: datetime | None = None

    @property
    def half_way_at(self) -> datetime:
        """When the mid reminder is due."""
        return self.starts_at + (self.ends_at - self.starts_at) / 2

    @property
    def closing_at(self) -> datetime:
        """When the closing reminder is due."""
        return self.ends_at - CLOSING_BEFORE

    @property
    def locks_at(self) -> datetime:
        """When nobody may write any more."""
        return self.ends_at + LOCKED_AFTER

    @property
    def deletes_at(self) -> datetime:
        """When the room goes."""
        return self.ends_at + DELETED_AFTER


@dataclass(frozen=True, slots=True)
class Room:
    """The channel of one meeting. `name` is its marker; `channel_id` is None until it is made.

    `state` is the meeting's, or `deleted`.
    """

    name: str
    meeting_id: str
    group_id: str
    server_id: int
    channel_id: int | None
    state: str
    deletion_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting as one of its people sees it. `channel_id` is there while its room is."""

    group_name: str
    meeting: Meeting
    channel_id: int | None


def making(meeting: Meeting, now: datetime) -> Literal["make", "missed", "nothing"]:
    """Return what to do when a room is due: make it while the meeting lasts, however late it is."""
    if meeting.state is not State.PLANNED:
        return "nothing"
    return "make" if now < meeting.ends_at else "missed"


def opens(meeting: Meeting, room: Room | None, now: datetime) -> bool:
    """Return whether the room opens now: it is time, it exists, and a facilitator is there. Never without one."""
    return (
        meeting.state is State.LOBBY
        and room is not None
        and room.channel_id is not None
        and meeting.facilitator_at is not None
        and meeting.starts_at <= now < meeting.ends_at
    )


def nobody_there(meeting: Meeting) -> bool:
    """Return whether a room waits for a facilitator."""
    return meeting.state is State.LOBBY and meeting.facilitator_at is None


def asked_at(meeting: Meeting, room_made_at: datetime) -> datetime:
    """Return when the other facilitators are asked. Who finds a room that came late gets the same three minutes."""
    return min(max(meeting.starts_at, room_made_at) + ASKED_AFTER, meeting.ends_at)


def called_off_at(meeting: Meeting, asked: datetime) -> datetime:
    """Return when the meeting is called off if nobody answers, asked at `asked`."""
    return min(asked + GIVEN_TO_ANSWER, meeting.ends_at)


def dropped_from(meeting: Meeting, reminder: str) -> datetime:
    """Return the instant from which a reminder is dropped: the next one is due, or it is five minutes late.

    The opening reminder, which carries the limits and the numbers to call, and the direct messages, which help until
    the next one, have no five minutes.

    Raises:
        KeyError: for something that is no reminder.
    """
    return {
        "remind-day": meeting.starts_at - REMINDED["remind-soon"],
        "remind-soon": meeting.starts_at,
        "opening": meeting.half_way_at,
        "half-way": min(meeting.half_way_at + LATEST_REMINDER, meeting.closing_at),
        "closing": min(meeting.closing_at + LATEST_REMINDER, meeting.ends_at),
    }[reminder]


def why_refused(reason: str) -> Literal["permission", "full", "other"]:
    """Return what stands in the way of a room, from Discord's code.

    Codes: discord-api-docs, topics/opcodes-and-status-codes.mdx (50001 missing access, 50013 missing permissions,
    30013 the server's 500 channels). A full category (50 channels) is an invalid form (50035).
    """
    return {"50001": "permission", "50013": "permission", "30013": "full", "50035": "full"}.get(reason, "other")  # pyright: ignore[reportReturnType] - the values are the three words
