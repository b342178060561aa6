"""When what happens around a meeting: the times that a group can set, their bounds, and what a slow group doubles."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar, Final

from peerbot.engine.bounded import MINUTE, BoundedTimes, Bounds

REMINDERS: Final = ("remind-day", "remind-soon")
"""The direct messages before a meeting, earliest first."""

COVER_CHECKS: Final = ("cover-first", "cover-again")
"""The looks at cover before a meeting, earliest first."""

_HOUR: Final = timedelta(hours=1)
SHORTEST_CALL: Final = 5 * MINUTE
"""Between asking other facilitators and calling off: backups have two minutes, everybody else the rest."""


BOUNDS: Final[Mapping[str, Bounds]] = {
    "made_before": Bounds(15 * MINUTE, 5 * MINUTE, 60 * MINUTE),
    "asked_after": Bounds(3 * MINUTE, 1 * MINUTE, 10 * MINUTE),
    "called_off_after": Bounds(10 * MINUTE, 6 * MINUTE, 30 * MINUTE),
    "closing_before": Bounds(5 * MINUTE, 2 * MINUTE, 15 * MINUTE),
    "locked_after": Bounds(10 * MINUTE, 0 * MINUTE, 30 * MINUTE),
    "cover_first": Bounds(48 * _HOUR, 24 * _HOUR, 96 * _HOUR, _HOUR),
    "cover_again": Bounds(6 * _HOUR, 3 * _HOUR, 12 * _HOUR, _HOUR),
    "remind_day": Bounds(24 * _HOUR, 12 * _HOUR, 48 * _HOUR, _HOUR),
    "remind_soon": Bounds(30 * MINUTE, 10 * MINUTE, 120 * MINUTE),
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
class Times(BoundedTimes):
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

    bounds: ClassVar = BOUNDS

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
