"""What teammates type for the rota, read into instants and wall times; nothing is guessed."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from peerbot.engine.errors import Invalid
from peerbot.engine.texts import say
from peerbot.engine.wall_clock import resolve
from peerbot.engine.wall_time import (
    UnreadableDate,
    UnreadableTime,
    UnreadableWeekday,
    parse_date,
    parse_time,
    parse_weekday,
)
from peerbot.engine.words import shown
from peerbot.engine.zones import UnknownZone, current_name, find_zone, zone

MOST_TYPED: Final = 60
_NOW: Final = frozenset({"", "now", "right now", "at once"})
_IN: Final = re.compile(r"(?:in )?(\d{1,3}) ?(m|min|mins|minutes?|h|hrs?|hours?|d|days?)", re.ASCII)
_FORGOTTEN: Final = frozenset({"on", "at", "from", "this", "until", "till", "the"})
_EVENING: Final = re.compile(r"\btonight\b|\bthis evening\b")
_TO: Final = re.compile(r"\s*(?:[-–—]|\bto\b|\buntil\b|\btill\b)\s*")
_DAYS: Final[dict[str, frozenset[int]]] = {
    **dict.fromkeys(("every day", "daily", "all days", "all", "each day"), frozenset(range(7))),
    **dict.fromkeys(("weekdays", "working days"), frozenset(range(5))),
    **dict.fromkeys(("weekend", "weekends"), frozenset({5, 6})),
}
_MOST_SUGGESTIONS: Final = 5

WholeDay = Literal["begins", "ends"]
"""What a day without a time stands for: its beginning or its end."""


def instant(text: str, zone_name: str, now: datetime, whole_day: WholeDay | None = None) -> datetime:
    """Read when: `now`, `in 2 hours`, `22:00`, `tonight 10pm`, `Fri 18:00`, `9am tomorrow`, `1 Dec 19:00`.

    A time alone is the next such one, a weekday the next such day. A day alone is read as `whole_day` says, or refused.

    Raises:
        Invalid: for what cannot be read, or could mean two things. It says how to write it.
    """
    typed = " ".join(text.casefold().replace(",", " ").split())
    if typed in _NOW:
        return now
    if (found := _IN.fullmatch(typed)) is not None:
        unit = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}[found[2][0]]
        return now + int(found[1]) * unit
    typed = _EVENING.sub("today", typed)
    words = [word for word in typed.split() if word not in _FORGOTTEN]
    doubts: list[Invalid] = []
    readings = sorted(set(_readings(words, zone_name, now, whole_day, doubts)))
    if len(readings) == 1:
        return readings[0]
    raise next(iter(doubts), Invalid(text="staff-rota-when-unknown", typed=_typed(text)))


def _readings(
    words: list[str], zone_name: str, now: datetime, whole_day: WholeDay | None, doubts: list[Invalid]
) -> Iterator[datetime]:
    today = now.astimezone(zone(zone_name)).date()
    for cut in range(len(words) + 1):
        for day, hour in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            if not words or (not hour and whole_day is None):
                continue
            try:
                on = _day(" ".join(day), today) if day else None
                at = clock(" ".join(hour)) if hour else None
            except (UnreadableDate, LookupError):
                continue
            except Invalid as error:
                # Half of a date looks like a time; only what is a date besides is a doubt worth saying.
                if error.text == "staff-rota-time-two" and (not day or _is_day(" ".join(day), today)):
                    doubts.append(error)
                continue
            yield _at(on, at, today, zone_name, now, whole_day)


def _is_day(text: str, today: date) -> bool:
    try:
        _day(text, today)
    except (UnreadableDate, LookupError):
        return False
    return True


def _at(
    on: date | None, at: time | None, today: date, zone_name: str, now: datetime, whole_day: WholeDay | None
) -> datetime:
    if on is None:
        found = resolve(today, at or time(0), zone_name)[0]
        return found if found > now else resolve(today + timedelta(days=1), at or time(0), zone_name)[0]
    if at is None:
        return resolve(on + timedelta(days=int(whole_day == "ends")), time(0), zone_name)[0]
    return resolve(on, at, zone_name)[0]


def _day(text: str, today: date) -> date:
    try:
        return today + timedelta(days=(parse_weekday(text) - today.weekday()) % 7)
    except UnreadableWeekday:
        return parse_date(text, today)


def clock(text: str) -> time:
    """Read a wall clock time.

    Raises:
        Invalid: for what is none, or could be morning or evening.
    """
    try:
        return parse_time(text)
    except UnreadableTime as error:
        if len(error.could_be) > 1:
            one, other = (each.isoformat("minutes") for each in error.could_be[:2])
            raise Invalid(text="staff-rota-time-two", one=one, other=other, typed=_typed(text)) from error
        raise Invalid(text="staff-rota-time-unknown", typed=_typed(text)) from error


def hours(text: str) -> tuple[time, time]:
    """Read from when until when: `19:00-23:00`, `7pm to 11pm`, `22:00 until 07:00`, `noon - midnight`.

    Raises:
        Invalid: for what cannot be read, or could mean two things.
    """
    parts = _TO.split(text.casefold().strip().removeprefix("from "))
    if len(parts) != 2:  # noqa: PLR2004 - from and until
        raise Invalid(text="staff-rota-hours-unknown", typed=_typed(text))
    return clock(parts[0]), clock(parts[1])


def days(text: str) -> frozenset[int]:
    """Read weekdays, 0 is Monday: `Tuesday`, `Mon, Wed`, `Mon-Fri`, `every day`, `weekends`.

    Raises:
        Invalid: for what names none.
    """
    typed = " ".join(text.casefold().split())
    if typed in _DAYS:
        return _DAYS[typed]
    found: set[int] = set()
    try:
        for part in re.split(r"\s*(?:,|;|/|&|\band\b|\+)\s*", typed):
            if part in _DAYS:
                found |= _DAYS[part]
                continue
            ends = _TO.split(part)
            if len(ends) == 1:
                found |= {parse_weekday(each) for each in part.split()}
            else:
                first, last = (parse_weekday(each) for each in ends)
                found |= {(first + number) % 7 for number in range((last - first) % 7 + 1)}
    except ValueError as error:  # Too many ends of one range, or a word that is no weekday.
        raise Invalid(text="staff-rota-days-unknown", typed=_typed(text)) from error
    if not found:
        raise Invalid(text="staff-rota-days-unknown", typed=_typed(text))
    return frozenset(found)


def first_date(text: str, today: date) -> date:
    """Read from which date on; today for none.

    Raises:
        Invalid: for what cannot be read, could be two dates, or is past.
    """
    if not text.strip():
        return today
    try:
        found = _day(" ".join(text.casefold().split()), today)
    except UnreadableDate as error:
        raise Invalid(text="staff-rota-date-unknown", typed=_typed(text)) from error
    if found < today:
        raise Invalid(text="staff-rota-date-past", typed=_typed(text))
    return found


def zone_of(text: str, default: str) -> str:
    """Read a zone by city, country or name; `default` for none.

    Raises:
        Invalid: for none such; it says which could be meant.
    """
    if not text.strip():
        return default
    try:
        return current_name(find_zone(text))
    except UnknownZone as error:
        found = ", ".join(shown(each.name) for each in error.suggestions[:_MOST_SUGGESTIONS])
        raise Invalid(
            text="staff-rota-zone-unknown", zones=found or say("staff-rota-zone-example"), typed=_typed(text)
        ) from error


def _typed(text: str) -> str:
    return shown(" ".join(text.split())[:MOST_TYPED])
