"""A series as somebody typed it, read into a rule; and the rule as a button carries it until it is confirmed.

Nothing is kept before the confirmation: the button that confirms holds the whole rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from peerbot.engine.errors import Invalid, OldButton
from peerbot.engine.texts import moment, say
from peerbot.engine.wall_clock import resolve
from peerbot.engine.wall_time import (
    UnreadableDate,
    UnreadableTime,
    UnreadableWeekday,
    parse_date,
    parse_time,
    parse_weekday,
)
from peerbot.engine.words import clean, shown
from peerbot.engine.zones import UnknownZone, ZoneName, current_name, find_zone, zone
from peerbot.meetings.series.recurrence import (
    MOST_WEEKS,
    NTHS,
    Occurrence,
    Repeat,
    Rule,
    clock_change,
    is_nth_weekday,
    upcoming,
)

SHOWN_DATES: Final = 6
SHORTEST: Final = 30
LONGEST: Final = 180
"""Minutes of a meeting."""
MOST_TYPED: Final = 60
MOST_TIMES: Final = 366
"""How many dates a series with a number of them may have: a year of days."""
REPEATS: Final = ("weekly", "daily", "nth-1", "nth-2", "nth-3", "nth-4", "nth-last")
ZoneFrom = Literal["typed", "yours", "server"]
"""Why a proposal is in its zone: the person wrote it, chose it last time, or left it to the server."""
_NTHS: Final[dict[str, int]] = dict(zip(REPEATS[2:], NTHS, strict=True))
_MOST_SUGGESTIONS: Final = 5
_NOON: Final = timedelta(hours=12)
"""Before the midnight of a last day: the same day to most readers, whatever their zone."""
_LOOKED_AT: Final = 70
"""Days: longer than from any n-th weekday of a month to the one after the next."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed for a series, as it was typed.

    An empty zone is the one that the person chose last, or the server's; an empty first date the next. `repeats` is one
    of `REPEATS`. Without a weekday it is that of the first date. Without a last date and a number of times (0) the
    series has no end.
    """

    group_id: str
    weekday: str
    at: str
    zone: str = ""
    every_weeks: int = 1
    minutes: int = 90
    first_on: str = ""
    repeats: str = "weekly"
    last_on: str = ""
    times: int = 0


@dataclass(frozen=True, slots=True)
class Proposed:
    """One of the dates that a rule brings. `change` is how far the clocks went forward since the one before."""

    occurrence: Occurrence
    change: timedelta


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that was understood, and what is to be known before it is kept.

    Attributes:
        dates: Its next ones, as far as the group meets by then.
        because: Why it is in this zone.
        paused: Whether the whole group is paused, so that none takes place until it goes on.
        last_start: Before which instant (UTC) the last meeting of the group starts, once its end was announced.
    """

    group_id: str
    group_name: str
    rule: Rule
    dates: Sequence[Proposed]
    because: ZoneFrom = "typed"
    paused: bool = False
    last_start: datetime | None = None


def read(asked: Asked, default_zone: str, now: datetime) -> Rule:
    """Return the rule that was meant.

    Raises:
        Invalid: for the first thing that cannot be used. It says how to write it and repeats all that was typed.
    """
    typed = typed_in(asked)
    if not 1 <= asked.every_weeks <= MOST_WEEKS or not SHORTEST <= asked.minutes <= LONGEST:
        raise Invalid(text="staff-series-numbers", weeks=MOST_WEEKS, shortest=SHORTEST, longest=LONGEST, typed=typed)
    if asked.repeats not in REPEATS or (asked.repeats != "weekly" and asked.every_weeks != 1):
        raise Invalid(text="staff-series-weeks-only", typed=typed)
    at = _time(asked.at, typed)
    where = _zone(asked.zone, default_zone, typed)
    today = now.astimezone(zone(where)).date()
    first_on = _date(asked.first_on, today, typed) if asked.first_on.strip() else None
    if first_on is not None and resolve(first_on, at, where)[0] <= now:
        raise Invalid(text="staff-series-date-past", date=first_on, typed=typed)
    weekday = None
    if asked.repeats != "daily" and (asked.weekday.strip() or first_on is None):
        weekday = _weekday(asked.weekday, typed)
    nth = _NTHS.get(asked.repeats, 0)
    if first_on is None:
        days = (today + timedelta(days=number) for number in range(_LOOKED_AT))
        first_on = next(day for day in days if _fits(day, weekday, nth) and resolve(day, at, where)[0] > now)
    elif weekday is not None and first_on.weekday() != weekday:
        raise Invalid(text="staff-series-date-other-day", date=first_on, weekday=say(f"weekday-{weekday}"), typed=typed)
    elif not _fits(first_on, weekday, nth):
        raise Invalid(text="staff-series-date-other-week", date=first_on, typed=typed)
    until, count = _end(asked, first_on, today, typed)
    return Rule(
        weekday=first_on.weekday(),
        at=at,
        zone=where,
        repeat="daily" if asked.repeats == "daily" else "monthly" if nth else "weekly",
        every_weeks=asked.every_weeks,
        nth=nth,
        first_on=first_on,
        minutes=asked.minutes,
        until=until,
        count=count,
    )


def _fits(day: date, weekday: int | None, nth: int) -> bool:
    """Return whether a rule of this weekday (any, if None) and this n-th one (any, if 0) can begin on a day."""
    return weekday in {None, day.weekday()} and (not nth or is_nth_weekday(day, nth))


def _end(asked: Asked, first_on: date, today: date, typed: str) -> tuple[date | None, int | None]:
    if not 0 <= asked.times <= MOST_TIMES or (asked.times and asked.last_on.strip()):
        raise Invalid(text="staff-series-two-ends", most=MOST_TIMES, typed=typed)
    if not asked.last_on.strip():
        return None, asked.times or None
    last_on = _date(asked.last_on, today, typed)
    if last_on < first_on:
        raise Invalid(text="staff-series-ends-early", first=first_on, last=last_on, typed=typed)
    return last_on, None


def dates(rule: Rule, now: datetime) -> Sequence[Proposed]:
    """Return the next dates of a rule, with the clock changes between them."""
    found = upcoming(rule, now, SHOWN_DATES)
    before = (*found[:1], *found)  # Before the first there is none.
    return [Proposed(one, clock_change(rule, earlier, one)) for earlier, one in zip(before, found, strict=False)]


def last_day(last_start: datetime) -> str:
    """Return the last day of a group, whose last meeting starts before an instant (UTC), as each reader sees it."""
    return moment(last_start - _NOON, "D")


def to_args(group_id: str, rule: Rule) -> tuple[str, ...]:
    """Return a rule as the arguments of a button: at most 80 characters, with the longest zone there is.

    How it repeats is `3` (weeks), `d` or `m-1`; how it ends `` (not), `20271224` (a date) or `x12` (a number of times).
    """
    repeats = {"weekly": str(rule.every_weeks), "daily": "d", "monthly": f"m{rule.nth}"}[rule.repeat]
    ends = rule.until.strftime("%Y%m%d") if rule.until is not None else f"x{rule.count}" if rule.count else ""
    return (
        group_id,
        str(rule.weekday),
        rule.at.strftime("%H%M"),
        rule.zone,
        repeats,
        str(rule.minutes),
        rule.first_on.strftime("%Y%m%d"),
        ends,
    )


def from_args(args: Sequence[str]) -> tuple[str, Rule]:
    """Return the group's id and the rule that a button carries.

    Raises:
        OldButton: if an older version made it.
    """
    try:
        group_id, weekday, at, where, repeats, minutes, first_on, ends = args
        repeat: dict[str, Repeat] = {"d": "daily", "m": "monthly"}
        return group_id, Rule(
            weekday=int(weekday),
            at=time.fromisoformat(f"{at[:2]}:{at[2:]}"),
            zone=where,
            repeat=repeat.get(repeats[:1], "weekly"),
            every_weeks=1 if repeats[:1] in repeat else int(repeats),
            nth=int(repeats[1:]) if repeats.startswith("m") else 0,
            minutes=int(minutes),
            first_on=date.fromisoformat(first_on),
            until=date.fromisoformat(ends) if ends and not ends.startswith("x") else None,
            count=int(ends[1:]) if ends.startswith("x") else None,
        )
    except ValueError as error:
        raise OldButton from error


def zone_label(found: ZoneName) -> str:
    """Return how a zone is named in a list to choose from."""
    return say("staff-zone-choice", name=found.name, city=found.city, country=found.country or "none")


def typed_in(asked: Asked) -> str:
    """Return what was typed for a series as a text repeats it, so that nobody has to type it again."""

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
        repeats=say(f"staff-series-repeats-{asked.repeats}") if asked.repeats in REPEATS else kept(asked.repeats),
        last=kept(asked.last_on),
        times=asked.times or say("staff-series-typed-none"),
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
        return current_name(find_zone(text))
    except UnknownZone as error:
        found = ", ".join(shown(each.name) for each in error.suggestions[:_MOST_SUGGESTIONS])
        if found:
            raise Invalid(text="staff-series-zone-many", zones=found, typed=typed) from error
        raise Invalid(text="staff-series-zone-unknown", typed=typed) from error


def _date(text: str, today: date, typed: str) -> date:
    try:
        return parse_date(text, today)
    except UnreadableDate as error:
        if len(error.could_be) > 1:
            one, other = error.could_be[:2]
            raise Invalid(text="staff-series-date-two", one=one, other=other, typed=typed) from error
        raise Invalid(text="staff-series-date-unknown", typed=typed) from error
