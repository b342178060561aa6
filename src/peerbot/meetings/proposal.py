"""A series as somebody typed it, read into a rule; and the rule as a button carries it until it is confirmed.

Nothing is kept before the confirmation: the button that confirms holds the whole rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from peerbot.engine.errors import Invalid, OldButton
from peerbot.engine.texts import say
from peerbot.engine.words import clean, shown
from peerbot.engine.zones import UnknownZone, ZoneName, find_zone, zone
from peerbot.meetings.recurrence import MOST_WEEKS, Occurrence, Rule, clock_change, resolve, upcoming
from peerbot.meetings.wall_time import (
    UnreadableDate,
    UnreadableTime,
    UnreadableWeekday,
    parse_date,
    parse_time,
    parse_weekday,
)

SHOWN_DATES: Final = 6
SHORTEST: Final = 30
LONGEST: Final = 180
"""Minutes of a meeting."""
MOST_TYPED: Final = 60
_WEEK: Final = 7
_MOST_SUGGESTIONS: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed for a series, as it was typed. An empty zone is the server's, an empty first date the next."""

    group_id: str
    weekday: str
    at: str
    zone: str = ""
    every_weeks: int = 1
    minutes: int = 90
    first_on: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One of the dates that a rule brings. `change` is how far the clocks went forward since the one before."""

    occurrence: Occurrence
    change: timedelta


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that was understood, and its next dates."""

    group_id: str
    group_name: str
    rule: Rule
    dates: Sequence[Proposed]


def read(asked: Asked, default_zone: str, now: datetime) -> Rule:
    """Return the rule that was meant.

    Raises:
        Invalid: for the first thing that cannot be used. It says how to write it and repeats all that was typed.
    """
    typed = _typed(asked)
    if not 1 <= asked.every_weeks <= MOST_WEEKS or not SHORTEST <= asked.minutes <= LONGEST:
        raise Invalid(text="staff-series-numbers", weeks=MOST_WEEKS, shortest=SHORTEST, longest=LONGEST, typed=typed)
    weekday = _weekday(asked.weekday, typed)
    at = _time(asked.at, typed)
    where = _zone(asked.zone, default_zone, typed)
    today = now.astimezone(zone(where)).date()
    if asked.first_on.strip():
        first_on = _first(asked.first_on, today, weekday, typed)
        if resolve(first_on, at, where)[0] <= now:
            raise Invalid(text="staff-series-date-past", date=first_on, typed=typed)
    else:
        first_on = today + timedelta(days=(weekday - today.weekday()) % _WEEK)
        if resolve(first_on, at, where)[0] <= now:
            first_on += timedelta(days=_WEEK)
    return Rule(
        weekday=weekday, at=at, zone=where, every_weeks=asked.every_weeks, first_on=first_on, minutes=asked.minutes
    )


def dates(rule: Rule, now: datetime) -> Sequence[Proposed]:
    """Return the next dates of a rule, with the clock changes between them."""
    found = upcoming(rule, now, SHOWN_DATES)
    changes = [clock_change(rule, one, other) for one, other in pairwise(found)]
    return [Proposed(one, change) for one, change in zip(found, (timedelta(), *changes), strict=True)]


def to_args(group_id: str, rule: Rule) -> tuple[str, ...]:
    """Return a rule as the arguments of a button: at most 64 characters, with the longest zone there is."""
    return (
        group_id,
        str(rule.weekday),
        rule.at.strftime("%H%M"),
        rule.zone,
        str(rule.every_weeks),
        str(rule.minutes),
        rule.first_on.strftime("%Y%m%d"),
    )


def from_args(args: Sequence[str]) -> tuple[str, Rule]:
    """Return the group's id and the rule that a button carries.

    Raises:
        OldButton: if an older version made it.
    """
    try:
        group_id, weekday, at, where, every_weeks, minutes, first_on = args
        return group_id, Rule(
            weekday=int(weekday),
            at=time.fromisoformat(f"{at[:2]}:{at[2:]}"),
            zone=where,
            every_weeks=int(every_weeks),
            minutes=int(minutes),
            first_on=date.fromisoformat(f"{first_on[:4]}-{first_on[4:6]}-{first_on[6:]}"),
        )
    except ValueError as error:
        raise OldButton from error


def zone_label(found: ZoneName) -> str:
    """Return how a zone is named in a list to choose from."""
    return say("staff-zone-choice", name=found.name, city=found.city, country=found.country or "none")


def _typed(asked: Asked) -> str:
    def kept(text: str) -> str:
        return shown(clean(text, field=say("staff-series-typed-field"), most=MOST_TYPED, least=0)) or say(
            "staff-series-typed-none"
        )

    return say(
        "staff-series-typed",
        weekday=kept(asked.weekday),
        time=kept(asked.at),
        zone=kept(asked.zone),
        weeks=asked.every_weeks,
        minutes=asked.minutes,
        first=kept(asked.first_on),
    )


def _weekday(text: str, typed: str) -> int:
    try:
        return parse_weekday(text)
    except UnreadableWeekday as error:
        raise Invalid(text="staff-series-weekday-unknown", typed=typed) from error


def _time(text: str, typed: str) -> time:
    try:
        return parse_time(text)
    except UnreadableTime as error:
        if len(error.could_be) > 1:
            one, other = (each.isoformat("minutes") for each in error.could_be[:2])
            raise Invalid(text="staff-series-time-two", one=one, other=other, typed=typed) from error
        raise Invalid(text="staff-series-time-unknown", typed=typed) from error


def _zone(text: str, default: str, typed: str) -> str:
    if not text.strip():
        return default
    try:
        return find_zone(text)
    except UnknownZone as error:
        found = ", ".join(shown(each.name) for each in error.suggestions[:_MOST_SUGGESTIONS])
        if found:
            raise Invalid(text="staff-series-zone-many", zones=found, typed=typed) from error
        raise Invalid(text="staff-series-zone-unknown", typed=typed) from error


def _first(text: str, today: date, weekday: int, typed: str) -> date:
    try:
        found = parse_date(text, today)
    except UnreadableDate as error:
        if len(error.could_be) > 1:
            one, other = error.could_be[:2]
            raise Invalid(text="staff-series-date-two", one=one, other=other, typed=typed) from error
        raise Invalid(text="staff-series-date-unknown", typed=typed) from error
    if found.weekday() != weekday:
        raise Invalid(text="staff-series-date-other-day", date=found, weekday=say(f"weekday-{weekday}"), typed=typed)
    return found
