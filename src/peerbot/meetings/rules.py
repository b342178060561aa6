"""The rules of one meeting: what is when, what follows from a moment, and what has lost its sense when it is late.

Late work is judged by kind. A late room is made at once, a late opening opens, a late lock or deletion happens now;
a late reminder is dropped; after the end no room is made at all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from peerbot.meetings.times.rules import COVER_CHECKS, Times

PLANNED_AHEAD: Final = timedelta(weeks=8)
"""How far ahead meetings exist as rows."""
KEPT_AFTER: Final = timedelta(days=60)
"""product.md §5: attendance for 60 days; meetings and rooms as long after the room is gone."""
AWAY_KEPT_AFTER: Final = timedelta(days=1)
"""Until the list of who was there is final: who said so has sent apologies. Housekeeping deletes it a day later."""
LIMITS_KEPT_AFTER: Final = timedelta(hours=24)
"""After the end of its meeting: until the room is deleted, nobody who was asked out is let in again."""

MOST_COMING: Final = 8
"""Meetings in one list: what fits a message, with the longest names."""

CHECKED_BEFORE: Final = timedelta(minutes=2)
"""Before a room is made, it is looked up who of its people has left the server."""
OVERDUE_AFTER: Final = timedelta(hours=1)
"""A deletion that takes longer is told to the coordinators; one that was refused is tried again as often."""
LATE_AFTER: Final = timedelta(minutes=5)
"""Who comes so long after the opening is shown what was said there."""
MADE_AGAIN_AFTER: Final = timedelta(minutes=1)
LATEST_REMINDER: Final = timedelta(minutes=5)


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
    """One meeting of a series. `on` is the series' own date in `zone`; `facilitator_at` since when one is there.

    `times` are its group's, those of a slow group doubled already; once its room is being made they stay as they are.
    `reduced`: its facilitator chose to open it with reduced cover.
    """

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
    times: Times = field(default_factory=Times)
    reduced: bool = False

    @property
    def made_at(self) -> datetime:
        """When its room is due."""
        return self.starts_at - self.times.made_before

    @property
    def half_way_at(self) -> datetime:
        """When the mid reminder is due."""
        return self.starts_at + (self.ends_at - self.starts_at) / 2

    @property
    def closing_at(self) -> datetime:
        """When the closing reminder is due: well after half-way, however short the meeting."""
        return self.ends_at - min(self.times.closing_before, (self.ends_at - self.starts_at) / 4)

    @property
    def locks_at(self) -> datetime:
        """When nobody may write any more."""
        return self.ends_at + self.times.locked_after

    @property
    def deletes_at(self) -> datetime:
        """When the room goes."""
        return self.ends_at + self.times.deleted_after


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
    """A meeting as one of its people sees it. `channel_id` is there while its room is.

    `why_not` says why they cannot see the room (`out`, `door`) or not write there (`quiet`).
    """

    group_name: str
    meeting: Meeting
    channel_id: int | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of taking a meeting over. No `channel_id`: somebody else is there. `lacks`: what full cover lacks."""

    meeting: Meeting
    channel_id: int | None
    lacks: tuple[str, ...] = ()


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


def late(meeting: Meeting, now: datetime) -> bool:
    """Return whether who comes now has missed the opening."""
    return meeting.opened_at is not None and now >= meeting.opened_at + LATE_AFTER


FULL_CATEGORY: Final = "50035"
"""Discord's code for an invalid form: what a category with 50 channels, or one that is gone, makes of a new room."""


def category_with_room(left: Mapping[int, int], without: Collection[int]) -> int | None:
    """Return the first category that takes one more channel, leaving out those that refused one; None if none does."""
    return next((category for category, places in left.items() if places > 0 and category not in without), None)


def looks_at_cover(meeting: Meeting, check: str, now: datetime) -> bool:
    """Return whether a check of cover still makes sense: before the room is made, and before the next check is due."""
    following = meeting.starts_at - meeting.times.cover_again if check == COVER_CHECKS[0] else meeting.starts_at
    return meeting.state is State.PLANNED and now < following


def holding(
    meeting: Meeting,
    *,
    own: Collection[int],
    away: Collection[int],
    here: Collection[int],
    stand_ins: Collection[int],
    now: datetime,
) -> frozenset[int]:
    """Return the facilitators a meeting can count on: its own unless they said they will not come, and stand-ins.

    Once others had to be asked, of its own only those who are here. Who comes is not away any more: who is both said
    so afterwards, and has gone.
    """
    asked = now >= meeting.starts_at + meeting.times.asked_after
    counted = [each for each in own if each not in away and (each in here or not asked)]
    return frozenset((*counted, *stand_ins))


def cover_lacks(facilitators: int, *, second_line: bool) -> tuple[str, ...]:
    """Return what full cover lacks, by names; nothing if all is well."""
    few = {0: ("no-facilitators",), 1: ("facilitators",)}.get(facilitators, ())
    return (*few, *(() if second_line else ("second-line",)))


def nobody_there(meeting: Meeting) -> bool:
    """Return whether a room waits for a facilitator."""
    return meeting.state is State.LOBBY and meeting.facilitator_at is None


def asked_at(meeting: Meeting, room_made_at: datetime) -> datetime:
    """Return when the other facilitators are asked. Who finds a room that came late gets the same minutes."""
    return min(max(meeting.starts_at, room_made_at) + meeting.times.asked_after, meeting.ends_at)


def called_off_at(meeting: Meeting, asked: datetime) -> datetime:
    """Return when the meeting is called off if nobody answers, asked at `asked`."""
    return min(asked + meeting.times.called_off_after - meeting.times.asked_after, meeting.ends_at)


def dropped_from(meeting: Meeting, reminder: str) -> datetime:
    """Return the instant from which a reminder is dropped: the next one is due, or it is five minutes late.

    The opening reminder, which carries the limits and the numbers to call, and the direct messages, which help until
    the next one, have no five minutes.

    Raises:
        KeyError: for something that is no reminder.
    """
    return {
        "remind-day": meeting.starts_at - meeting.times.remind_soon,
        "remind-soon": meeting.starts_at,
        "opening": meeting.half_way_at,
        "half-way": min(meeting.half_way_at + LATEST_REMINDER, meeting.closing_at),
        "closing": min(meeting.closing_at + LATEST_REMINDER, meeting.ends_at),
    }[reminder]


def why_refused(reason: str) -> Literal["permission", "full", "other"]:
    """Return what stands in the way of a room, from Discord's code.

    Codes: discord-api-docs, topics/opcodes-and-status-codes.mdx (50001 missing access, 50013 missing permissions,
    30013 the server's 500 channels).
    """
    return {"50001": "permission", "50013": "permission", "30013": "full"}.get(reason, "other")  # pyright: ignore[reportReturnType] - the values are the three words
