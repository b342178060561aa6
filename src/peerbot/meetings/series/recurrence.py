"""When a series meets: a rule in local wall time becomes dates and instants.

The wall time is kept across daylight saving. A time that the clocks skip moves to the first instant that exists
(in Berlin 02:30 becomes 03:00); a time that they show twice happens once, the first time. Every N weeks is counted
from the rule's own first date, never from week numbers, so a year with 53 weeks shifts nothing. There is no fifth
weekday of a month, because some months have none; there is a last one.

Pure: nothing here reads a clock. All instants are aware; those given back are in UTC.
"""

import heapq
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import dropwhile, islice, takewhile
from types import MappingProxyType
from typing import Final, Literal

from peerbot.engine import zones
from peerbot.engine.clock import aware
from peerbot.engine.wall_clock import WallClock, offset, resolve

Repeat = Literal["weekly", "monthly", "daily"]
"""Weekly: every one to twelve weeks. Monthly: on the n-th, or the last, of a weekday."""

LAST: Final = -1
NTHS: Final = (1, 2, 3, 4, LAST)
"""Which of a month's weekdays a monthly rule may name."""

Moves = Mapping[date, datetime | None]
"""Exceptions by the rule's own date: another instant, or None for a date that is skipped."""

NO_MOVES: Moves = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pause:
    """Days of the rule's zone on which nothing of it takes place, `first` and `last` included; None is no end yet."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether a day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)


Pauses = Sequence[Pause]

MOST_WEEKS = 12
MOST_MINUTES = 24 * 60

# A date's instant can lie up to two days from it in UTC: an offset of up to 15 hours, and a day that a zone skips.
_MARGIN_DAYS = 2
# Later dates would run past the last instant that Python knows.
_LAST_ORDINAL = date.max.toordinal() - 2 * _MARGIN_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule in local wall time.

    Attributes:
        weekday: 0 is Monday, 6 is Sunday; of a daily rule, that of its first date.
        at: naive wall clock time in `zone`.
        zone: IANA name, such as `Europe/Berlin`.
        repeat: how it repeats.
        every_weeks: 1 to 12, counted from `first_on`; 1 unless it is weekly.
        nth: of a monthly rule, which of the month's weekdays (`NTHS`); else 0.
        first_on: the first date; it falls on `weekday`, and is the n-th of a monthly rule.
        minutes: length of a meeting in elapsed minutes, 1 to 1440, whatever the clocks do meanwhile.
        until: the last date that may be used, inclusive.
        count: how many dates the rule has in all; a skipped date counts. Not together with `until`.

    Raises:
        ValueError: naming every part that is wrong.
    """

    weekday: int
    at: time
    zone: str
    repeat: Repeat = "weekly"
    every_weeks: int = 1
    nth: int = 0
    first_on: date
    minutes: int
    until: date | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that could not be kept."""
        wrong = (
            (self.weekday not in range(7), "weekday must be 0 (Monday) to 6 (Sunday)"),
            (self.at.tzinfo is not None, "at must be a naive wall clock time"),
            (self.zone not in zones.zone_names(), "zone must be an IANA time zone"),
            (not 1 <= self.every_weeks <= MOST_WEEKS, f"every_weeks must be 1 to {MOST_WEEKS}"),
            (self.repeat != "weekly" and self.every_weeks != 1, "only a weekly rule has every_weeks"),
            (self.nth not in (NTHS if self.repeat == "monthly" else (0,)), "nth goes with a monthly rule"),
            (self.first_on.weekday() != self.weekday, "first_on must fall on weekday"),
            (
                self.weekday in range(7) and self.nth in NTHS and not is_nth_weekday(self.first_on, self.nth),
                "first_on must be the nth weekday of its month",
            ),
            (not 1 <= self.minutes <= MOST_MINUTES, f"minutes must be 1 to {MOST_MINUTES}"),
            (self.until is not None and self.until < self.first_on, "until must not be before first_on"),
            (self.count is not None and self.count < 1, "count must be at least 1"),
            (self.until is not None and self.count is not None, "until and count exclude each other"),
        )
        if problems := [text for is_wrong, text in wrong if is_wrong]:
            raise ValueError("; ".join(problems))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting of a rule.

    Attributes:
        on: the rule's own date in its zone. It is the identity, and stays when the meeting is moved.
        starts_at: UTC.
        ends_at: UTC.
        clock: `gap` when the wall time did not exist and was put later, `fold` when it exists twice; a moved
            meeting has an exact instant and is `usual`.
    """

    on: date
    starts_at: datetime
    ends_at: datetime
    clock: WallClock


def occurrences(
    rule: Rule, after: datetime, before: datetime, moved: Moves = NO_MOVES, paused: Pauses = ()
) -> tuple[Occurrence, ...]:
    """List the meetings that start from `after` (inclusive) to `before` (exclusive), earliest first.

    A moved meeting is listed by the instant it moved to. Moving or skipping one date leaves all others as they are;
    a move of a date that the rule does not have is ignored. A pause takes out the days it covers; a moved meeting
    counts by the day it moved to.

    Raises:
        ValueError: a datetime is naive.
    """
    end = aware(before)
    return tuple(takewhile(lambda one: one.starts_at < end, _starting_from(rule, after, moved, paused)))


def upcoming(
    rule: Rule, now: datetime, how_many: int, moved: Moves = NO_MOVES, paused: Pauses = ()
) -> tuple[Occurrence, ...]:
    """List the next meetings that start at `now` or later, earliest first; fewer than `how_many` if the rule ends.

    Raises:
        ValueError: a datetime is naive.
    """
    return tuple(islice(_starting_from(rule, now, moved, paused), how_many))


def day_of(one: Occurrence, rule: Rule, moved: Moves) -> date:
    """Return the day of the rule's zone on which a meeting is, as a pause counts it."""
    to = moved.get(one.on)
    return one.on if to is None else to.astimezone(zones.zone(rule.zone)).date()


def dates_between(rule: Rule, first: date, last: date) -> tuple[date, ...]:
    """List the rule's own dates from `first` to `last`, both included, whatever is skipped, moved or paused."""
    return tuple(takewhile(lambda on: on <= last, _dates(rule, first.toordinal())))


def clock_change(rule: Rule, a: Occurrence, b: Occurrence) -> timedelta:
    """Tell how far the clocks of the rule's zone went forward (negative: back) from the start of `a` to that of `b`."""
    where = zones.zone(rule.zone)
    return offset(b.starts_at, where) - offset(a.starts_at, where)


def is_nth_weekday(on: date, nth: int) -> bool:
    """Return whether a date is the n-th (`NTHS`) of its weekday in its month."""
    return on == nth_weekday(_month(on), on.weekday(), nth)


def nth_weekday(month: int, weekday: int, nth: int) -> date:
    """Return the n-th weekday of a month (the number of a year times twelve, and of the month from 0)."""
    year, number = divmod(month, 12)
    begins, days = monthrange(year, number + 1)
    if nth == LAST:
        return date(year, number + 1, days - (begins + days - 1 - weekday) % 7)
    return date(year, number + 1, 1 + (weekday - begins) % 7 + 7 * (nth - 1))


def _month(on: date) -> int:
    return on.year * 12 + on.month - 1


def _dates(rule: Rule, earliest: int) -> Iterator[date]:
    """Give the rule's own dates from the day number `earliest` on: the one place that knows how a rule repeats."""
    last = _LAST_ORDINAL if rule.until is None else min(_LAST_ORDINAL, rule.until.toordinal())
    if rule.repeat == "monthly":
        return _months(rule, earliest, last)
    step = 1 if rule.repeat == "daily" else 7 * rule.every_weeks
    first = rule.first_on.toordinal()
    if rule.count is not None:
        last = min(last, first + (rule.count - 1) * step)
    start = max(first, earliest + (first - earliest) % step)
    return map(date.fromordinal, range(start, last + 1, step))


def _months(rule: Rule, earliest: int, last: int) -> Iterator[date]:
    begins = max(rule.first_on.toordinal(), earliest)
    if begins > last:
        return
    first, end = _month(rule.first_on), _month(date.fromordinal(last))
    if rule.count is not None:
        end = min(end, first + rule.count - 1)
    for month in range(_month(date.fromordinal(begins)), end + 1):
        on = nth_weekday(month, rule.weekday, rule.nth)
        if begins <= on.toordinal() <= last:
            yield on


def _starting_from(rule: Rule, after: datetime, moved: Moves, paused: Pauses) -> Iterable[Occurrence]:
    """Give all meetings that start at `after` or later, in order, as long as the rule lasts."""
    start, where = aware(after), zones.zone(rule.zone)
    instants = {on: None if to is None else aware(to) for on, to in moved.items()}
    stops = min((pause.first for pause in paused if pause.last is None), default=date.max)
    kept = (
        _occurrence(rule, on, *resolve(on, rule.at, rule.zone))
        for on in takewhile(lambda day: day < stops, _dates(rule, start.toordinal() - _MARGIN_DAYS))
        if on not in instants and not _paused(on, paused)
    )
    elsewhere = (
        _occurrence(rule, on, to, "usual")
        for on, to in instants.items()
        if to is not None
        and next(_dates(rule, on.toordinal()), None) == on
        and not _paused(to.astimezone(where).date(), paused)
    )
    return dropwhile(lambda one: one.starts_at < start, heapq.merge(kept, sorted(elsewhere, key=_order), key=_order))


def _paused(day: date, paused: Pauses) -> bool:
    return any(pause.covers(day) for pause in paused)


def _occurrence(rule: Rule, on: date, starts_at: datetime, clock: WallClock) -> Occurrence:
    return Occurrence(on, starts_at, starts_at + timedelta(minutes=rule.minutes), clock)


def _order(one: Occurrence) -> tuple[datetime, date]:
    return one.starts_at, one.on
