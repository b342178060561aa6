"""Wall time becomes instants: what the clocks of a zone show, and when.

A time that the clocks skip moves to the first instant that exists (in Berlin 02:30 becomes 03:00); a time that they
show twice happens once, the first time. Pure; instants given back are in UTC.
"""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from dateutil.tz import datetime_ambiguous, datetime_exists

from peerbot.engine import zones

WallClock = Literal["usual", "gap", "fold"]
"""What the local clocks do at a wall time: show it once, skip it, or show it twice."""


def resolve(on: date, at: time, zone: str) -> tuple[datetime, WallClock]:
    """Find the instant (UTC) at which the clocks of the zone (IANA name) show `at` on the date `on`.

    A time that they skip becomes the first instant that exists, a time that they show twice the first of the two.

    Raises:
        ValueError: `at` carries a time zone of its own.
        UnknownZone: there is no such zone.
    """
    if at.tzinfo is not None:
        message = "a wall clock time is naive"
        raise ValueError(message)
    wall = datetime.combine(on, at.replace(fold=0), zones.zone(zone))
    # Asked first, because a skipped time counts as ambiguous too.
    if not datetime_exists(wall):
        return _end_of_gap(wall), "gap"
    return wall.astimezone(UTC), "fold" if datetime_ambiguous(wall) else "usual"


def offset(instant: datetime, where: tzinfo | None) -> timedelta:
    """Return how far the clocks of a zone are ahead of UTC at an instant."""
    return instant.astimezone(where).utcoffset() or timedelta()


def _end_of_gap(skipped: datetime) -> datetime:
    """Find the first instant (UTC) after the gap that a skipped wall time lies in.

    dateutil's `resolve_imaginary` adds the length of the gap instead (02:30 becomes 03:30).
    """
    # Read with the offset that follows the gap it lies before the change, read with the earlier one after it (PEP 495).
    low, high = skipped.replace(fold=1).astimezone(UTC), skipped.astimezone(UTC)
    seconds = range(int((high - low).total_seconds()))
    # A gap raises the offset: the change is where it first exceeds the one before.
    where = skipped.tzinfo
    changed = bisect_right(
        seconds, offset(low, where), key=lambda second: offset(low + timedelta(seconds=second), where)
    )
    return low + timedelta(seconds=changed)
