"""The rules of one meeting: what is when, what follows from a moment, and what has lost its sense when it is late.

Late work is judged by kind. A late room is made at once, a late opening opens, a late lock or deletion happens now;
a late reminder is dropped; after the end no room is made at all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

PLANNED_AHEAD: Final = timedelta(weeks=8)
"""How far ahead meetings exist as rows."""
KEPT_AFTER: Final = timedelta(days=60)
"""product.md §5: attendance for 60 days; meetings and rooms as long after the room is gone."""

MOST_COMING: Final = 8
"""Meetings in one list: what fits a message, with the longest names."""

CHECKED_BEFORE: Final = timedelta(minutes=2)
"""Before a room is made, it is looked up who of its people has left the server."""
OVERDUE_AFTER: Final = timedelta(hours=1)
"""A deletion that takes longer is told to the coordinators; one that was refused is tried again as often."""
LATE_AFTER: Final = timedelta(minutes=5)
"""Who comes so long after the opening is shown what was said there."""
HOLD_ASKED_FOR: Final = timedelta(hours=24)
HOLD_LASTS: Final = timedelta(days=7)
"""product.md §5: a room is kept 7 days at most beyond its time, while an urgent concern is tied to it."""
HOLD_LOOKED_AT: Final = timedelta(hours=1)
"""How often it is looked at whether a room that waits is still tied to one."""
MADE_AGAIN_AFTER: Final = timedelta(minutes=1)
LATEST_REMINDER: Final = timedelta(minutes=5)

REMINDERS: Final = ("remind-day", "remind-soon")
"""The direct messages before a meeting, earliest first."""

COVER_CHECKS: Final = ("cover-first", "cover-again")
"""The looks at cover before a meeting, earliest first."""
FULL_COVER: Final = 2
"""Facilitators of a meeting, by default two (product.md, "People and words")."""

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
SHORTEST_CALL: Final = 5 * _MINUTE
"""Between asking other facilitators and calling off: backups have two minutes, everybody else the rest."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long one of the times of a meeting can be. `unit` is what people set it in."""

    usual: timedelta
    least: timedelta
    most: timedelta
    unit: timedelta = _MINUTE


BOUNDS: Final[Mapping[str, Bounds]] = {
    "made_before": Bounds(15 * _MINUTE, 5 * _MINUTE, 60 * _MINUTE),
    "asked_after": Bounds(3 * _MINUTE, 1 * _MINUTE, 10 * _MINUTE),
    "called_off_after": Bounds(10 * _MINUTE, 6 * _MINUTE, 30 * _MINUTE),
    "closing_before": Bounds(5 * _MINUTE, 2 * _MINUTE, 15 * _MINUTE),
    "locked_after": Bounds(10 * _MINUTE, 0 * _MINUTE, 30 * _MINUTE),
    "cover_first": Bounds(48 * _HOUR, 24 * _HOUR, 96 * _HOUR, _HOUR),
    "cover_again": Bounds(6 * _HOUR, 3 * _HOUR, 12 * _HOUR, _HOUR),
    "remind_day": Bounds(24 * _HOUR, 12 * _HOUR, 48 * _HOUR, _HOUR),
    "remind_soon": Bounds(30 * _MINUTE, 10 * _MINUTE, 120 * _MINUTE),
    "deleted_after": Bounds(24 * _HOUR, 2 * _HOUR, 24 * _HOUR, _HOUR),
}
"""Each of the times, with its bounds: the one place that states them. The bounds alone keep them in order, except for
calling off, which `Times` checks."""

SLOW: Final = ("made_before", "asked_after", "called_off_after", "closing_before", "locked_after")
"""The times that a group doubles whose people type slowly: those that wait for a person, or hurry one.

made_before: more time to arrive and to read the room. asked_after, called_off_after: more time for a facilitator to
come, and for others to answer. closing_before: more time to end what one is writing. locked_after: more time for a
last word.

Direct messages and cover checks come before anybody writes, and a deletion is a promise: these are not doubled.
"""


@dataclass(frozen=True, slots=True)
class Times:
    """When what happens around the meetings of one group, counted from their start or end.

    Attributes:
        made_before: The room is made so long before the start.
        asked_after: With no facilitator there so long after the start, others are asked to take the meeting over.
        called_off_after: Then, so long after the start, it is called off.
        closing_before: The closing reminder comes so long before the end, a quarter of the meeting at most.
        locked_after: Nobody may write from so long after the end.
        cover_first: Whether there are people enough is first looked at so long before the start.
        cover_again: And again.
        remind_day: The first direct message, to those who asked, goes so long before the start.
        remind_soon: And the second.
        deleted_after: The room is deleted so long after the end.
    """

    made_before: timedelta = BOUNDS["made_before"].usual
    asked_after: timedelta = BOUNDS["asked_after"].usual
    called_off_after: timedelta = BOUNDS["called_off_after"].usual
    closing_before: timedelta = BOUNDS["closing_before"].usual
    locked_after: timedelta = BOUNDS["locked_after"].usual
    cover_first: timedelta = BOUNDS["cover_first"].usual
    cover_again: timedelta = BOUNDS["cover_again"].usual
    remind_day: timedelta = BOUNDS["remind_day"].usual
    remind_soon: timedelta = BOUNDS["remind_soon"].usual
    deleted_after: timedelta = BOUNDS["deleted_after"].usual

    def __getitem__(self, name: str) -> timedelta:
        """Return one of the times by its name.

        Raises:
            KeyError: for a name that is none.
        """
        if name not in BOUNDS:
            raise KeyError(name)
        return getattr(self, name)

    @property
    def out_of_bounds(self) -> tuple[str, ...]:
        """The names of those that are shorter or longer than may be."""
        return tuple(name for name, each in BOUNDS.items() if not each.least <= self[name] <= each.most)

    @property
    def called_off_too_soon(self) -> bool:
        """Whether those who are asked would have too little time to answer."""
        return self.called_off_after - self.asked_after < SHORTEST_CALL

    def slowly(self) -> "Times":
        """Return these times for a group whose people type slowly."""
        return replace(self, **{name: 2 * self[name] for name in SLOW})

    def reminding(self) -> Mapping[str, timedelta]:
        """Return how long before the start each direct message goes, earliest first."""
        return dict(zip(REMINDERS, (self.remind_day, self.remind_soon), strict=True))

    def checking(self) -> Mapping[str, timedelta]:
        """Return how long before the start cover is looked at, earliest first."""
        return dict(zip(COVER_CHECKS, (self.cover_first, self.cover_again), strict=True))

    @property
    def backups_alone(self) -> timedelta:
        """How long a group's backups are asked before everybody is: two of the usual seven minutes."""
        return (self.called_off_after - self.asked_after) * 2 / 7


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

    Once others had to be asked, of its own only those who are here.
    """
    asked = now >= meeting.starts_at + meeting.times.asked_after
    counted = [each for each in own if each in here or not (asked or each in away)]
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
