"""A calendar file of somebody's series: what Thunderbird, Google and Apple read (RFC 5545), and nothing that names.

Every event is called the same, whatever the group is called: a calendar is seen by others, on a shared screen or a
family's tablet. There are no people in it, no place and no description.

A series is one event that repeats, so the file needs no renewing as time goes by. A date that is skipped is excluded
(EXDATE), one that was moved stands beside it under its own date (RECURRENCE-ID).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Component, Event, Timezone, vRecur

from peerbot.engine import zones
from peerbot.meetings.series.recurrence import NO_MOVES, Moves, Pauses, Rule, dates_between

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_CLOCKS_UNTIL: Final = timedelta(days=10 * 366)
"""How far ahead the clock changes of a zone are written down: nobody knows later ones anyway."""


@dataclass(frozen=True, slots=True)
class Dates:
    """What a calendar is told of one series.

    Attributes:
        id: The series' own random id: it becomes the event's UID, so that a new file replaces the old entries.
        revision: Rises with each change of the series (SEQUENCE): calendars keep the highest.
        moved: Dates that are skipped or moved.
        paused: Days without meetings. A series that has ended is paused without an end from its last day on.
    """

    id: str
    rule: Rule
    revision: int = 0
    moved: Moves = field(default_factory=lambda: NO_MOVES)
    paused: Pauses = ()


def calendar_file(series: Iterable[Dates], title: str, now: datetime) -> bytes:
    """Return the file (UTF-8, lines ended by CRLF) with one event for each series, named `title`, written at `now`."""
    found = sorted(series, key=lambda one: one.id)
    calendar = Calendar()
    _put(calendar, "prodid", "-//peerbot//meetings//EN")
    _put(calendar, "version", "2.0")
    _put(calendar, "calscale", "GREGORIAN")
    _put(calendar, "method", "PUBLISH")
    for name in sorted({one.rule.zone for one in found}):
        first = min(one.rule.first_on for one in found if one.rule.zone == name)
        # From a year before: the first date needs the change that came before it.
        calendar.add_component(_clocks(name, first - timedelta(days=366), max(first, now.date()) + _CLOCKS_UNTIL))
    for one in found:
        for event in _events(one, title, now):
            calendar.add_component(event)
    return calendar.to_ical()


def _clocks(name: str, first: date, last: date) -> Timezone:
    """Return a zone's changes of the clocks between two dates.

    icalendar writes a change forward at the time that the clocks go to; RFC 5545 (3.6.5) asks for the one they go from.
    """
    found = Timezone.from_tzinfo(zones.zone(name), name, first, last)
    for part in found.standard + found.daylight:
        skipped = max(timedelta(), part.TZOFFSETTO - part.TZOFFSETFROM)
        part.DTSTART -= skipped
        if part.rdates:
            later = [on - skipped for on, _ in part.rdates]
            del part["RDATE"]
            _put(part, "rdate", later)
    return found


def _events(series: Dates, title: str, now: datetime) -> Sequence[Event]:
    rule, where = series.rule, zones.zone(series.rule.zone)
    moved = {on: to.astimezone(where) for on, to in sorted(series.moved.items()) if to is not None}
    moved = {on: to for on, to in moved.items() if not any(each.covers(to.date()) for each in series.paused)}
    # A pause without an end is the end of the series until somebody lets it go on: dates moved out of it still stand.
    stops = min((pause.first for pause in series.paused if pause.last is None), default=None)
    last = rule.until
    if stops is not None:
        left = dates_between(rule, rule.first_on, max((stops - timedelta(days=1), *moved)))
        last = left[-1] if left else rule.first_on - timedelta(days=1)
    without = {on for on in series.moved if on not in moved}
    for pause in series.paused:
        ends = pause.last if pause.last is not None else last
        without |= {on for on in dates_between(rule, pause.first, ends or pause.first) if on not in series.moved}
    every = _event(series, title, now, _wall(rule, rule.first_on))
    if last is not None and last < rule.first_on:
        # It never takes place. A calendar that knows it strikes it out; one that does not shows nothing.
        _put(every, "status", "CANCELLED")
        return [every]
    _put(every, "rrule", _recurrence(rule, last if stops is not None else None))
    if without:
        _put(every, "exdate", [_wall(rule, on) for on in sorted(without)])
    events = [every]
    for on, to in moved.items():
        event = _event(series, title, now, to)
        _put(event, "recurrence-id", _wall(rule, on))
        events.append(event)
    return events


def _event(series: Dates, title: str, now: datetime, starts_at: datetime) -> Event:
    event = Event()
    _put(event, "uid", f"{series.id}@peerbot")
    _put(event, "dtstamp", now.astimezone(UTC))
    _put(event, "sequence", series.revision)
    _put(event, "summary", title)
    _put(event, "class", "PRIVATE")
    _put(event, "dtstart", starts_at)
    _put(event, "duration", timedelta(minutes=series.rule.minutes))
    return event


def _recurrence(rule: Rule, last: date | None) -> vRecur:
    """Return how a rule repeats. `last` is an earlier end than its own, if it has one."""
    parts: dict[str, object] = {"freq": rule.repeat, "interval": rule.every_weeks}
    if rule.repeat != "daily":
        parts["byday"] = f"{rule.nth or ''}{_WEEKDAYS[rule.weekday]}"
    ends = last or rule.until
    if ends is not None:
        # The end of that day in the zone; in UTC, as RFC 5545 asks where the start has a zone.
        end = datetime.combine(ends, time(23, 59, 59), zones.zone(rule.zone))
        parts["until"] = end.astimezone(UTC)
    elif rule.count is not None:
        parts["count"] = rule.count
    return vRecur(parts)


def _wall(rule: Rule, on: date) -> datetime:
    return datetime.combine(on, rule.at, zones.zone(rule.zone))


def _put(component: Component, name: str, value: object) -> None:
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType] - icalendar leaves the value untyped
