"""What people type for a time, a date or a weekday, read without guessing.

What could mean two things is refused; the error holds the readings, so that the person can be asked which one.
Pure: today is an argument. dateutil's parser is not used because it guesses: it fills gaps from the host's clock, and
where the day comes first it reads 2026-12-01 as 12 January.
"""

import re
import unicodedata
from datetime import date, time, timedelta
from typing import Final

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NAMED_TIMES: Final = {
    **dict.fromkeys(("noon", "12 noon", "midday"), time(12)),
    **dict.fromkeys(("midnight", "12 midnight"), time(0)),
}
_NAMED_DATES: Final = {"today": timedelta(0), "tomorrow": timedelta(1)}

# What people write around a time, and what is left of it. Twelve in the evening could be noon or midnight: it stays.
_AROUND: Final = (
    (re.compile(r"^(?:at|from) "), ""),
    (re.compile(r" ?o['’]?clock\b"), ""),
    (re.compile(r"^(\d{1,2}[:.]?\d\d) ?(?:h|hrs|hours|uhr)$"), r"\1"),
    (re.compile(r"^(\d{1,2}) ?(?:hrs|hours|uhr)$"), r"\1h"),
    (re.compile(r"(?<=\d) in the morning$"), " am"),
    (re.compile(r"^(?!12)(.*\d) in the (?:afternoon|evening)$"), r"\1 pm"),
)
# 19:00, 19.30, 1930, 19h, 19h30; 7pm, 7.30 p.m., 730p
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})(?: ?(?P<h>h) ?(?P<after_h>\d\d)?|[:.]?(?P<minute>\d\d))?(?: ?(?P<half>[ap])\.?(?:m\.?)?)?",
    re.ASCII,
)
_ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH: Final = r"(?P<month>[a-z]{3,})\.?"
_WRITTEN: Final = tuple(
    re.compile(rf"(?:(?P<weekday>[a-z]{{2,}})\.? )?{order}(?: (?P<year>\d{{4}}))?", re.ASCII)
    for order in (f"{_DAY} {_MONTH}", f"{_MONTH} {_DAY}")
)
_NUMBERS: Final = re.compile(
    r"(?P<first>\d{1,2})(?P<sign>[./-])(?P<second>\d{1,2})(?:(?P=sign)(?P<year>\d{4})?)?", re.ASCII
)


class UnreadableTime(ValueError):
    """The text names no time, or it names two.

    Attributes:
        could_be: the readings between which the person must choose; empty when there is none.
    """

    def __init__(self, *could_be: time) -> None:
        """Keep the readings, never the text: it must not reach a log."""
        super().__init__("not a time" if not could_be else "morning or evening?")
        self.could_be = could_be


class UnreadableDate(ValueError):
    """The text names no date, or it names two.

    Attributes:
        could_be: the readings between which the person must choose; empty when there is none.
    """

    def __init__(self, *could_be: date) -> None:
        """Keep the readings, never the text."""
        super().__init__("not a date" if not could_be else "day or month first?")
        self.could_be = could_be


class UnreadableWeekday(ValueError):
    """The text names no weekday."""


def parse_time(text: str) -> time:
    """Read a wall clock time: `19:00`, `19.30`, `1930`, `19h30`, `7pm`, `7.30 pm`, `noon`, `midnight`.

    Words around it are no hindrance: `at 7 pm`, `19:00 hrs`, `19 Uhr`, `7 in the evening`.

    An hour from 1 to 12 needs *am* or *pm*, or two digits with minutes (`07:30`): `7` and `7:30` are mostly typed for
    the evening, and taking them for the morning would move a meeting by twelve hours.

    Raises:
        UnreadableTime: not a time, or it could be morning or evening.
    """
    typed = _cleaned(text)
    for around, left in _AROUND:
        typed = around.sub(left, typed)
    if typed in _NAMED_TIMES:
        return _NAMED_TIMES[typed]
    found = _TIME.fullmatch(typed)
    if found is None:
        raise UnreadableTime
    hour, minute = int(found["hour"]), int(found["minute"] or found["after_h"] or 0)
    on_twelve_hour_clock = hour in range(1, 13)
    if found["half"] and (found["h"] or not on_twelve_hour_clock):
        raise UnreadableTime
    if hour not in range(24) or minute not in range(60):
        raise UnreadableTime
    morning, evening = time(hour % 12, minute), time(hour % 12 + 12, minute)
    if found["half"]:
        return evening if found["half"] == "p" else morning
    if on_twelve_hour_clock and not found["h"] and not (len(found["hour"]) > 1 and found["minute"]):
        raise UnreadableTime(morning, evening)
    return time(hour, minute)


def parse_date(text: str, today: date) -> date:
    """Read a date: `2026-12-01`, `1 December 2026`, `Dec 1`, `Tue 1 Dec`, `25/12/2026`, `1.12.`, `today`, `tomorrow`.

    Without a year it is the next such date, `today` included. With points between the numbers the day comes first;
    with strokes or hyphens either may, so `1/12` is refused. A weekday must be the date's own. A past date with its
    year is returned as it is.

    Raises:
        UnreadableDate: not a date, or it could be two.
    """
    typed = " ".join(word for word in _cleaned(text).replace(",", " ").split() if word not in {"the", "of"})
    if typed in _NAMED_DATES:
        return today + _NAMED_DATES[typed]
    readings = sorted({day for day in _readings(typed, today) if day is not None})
    if len(readings) != 1:
        raise UnreadableDate(*readings)
    return readings[0]


def parse_weekday(text: str) -> int:
    """Read an English weekday, whole or short (`Tuesday`, `tues`, `Tu`): 0 is Monday.

    Raises:
        UnreadableWeekday: not a weekday, or too short to tell which.
    """
    weekday = _weekday(_cleaned(text).rstrip("."))
    if weekday is None:
        raise UnreadableWeekday
    return weekday


def _readings(typed: str, today: date) -> tuple[date | None, ...]:
    """Give what a typed date can mean; None for a reading that names no day of the calendar."""
    if found := _ISO.fullmatch(typed):
        return (_on(int(found["day"]), int(found["month"]), found["year"], today),)
    if found := _NUMBERS.fullmatch(typed):
        first, second = int(found["first"]), int(found["second"])
        day_first = _on(first, second, found["year"], today)
        return (day_first,) if found["sign"] == "." else (day_first, _on(second, first, found["year"], today))
    for shape in _WRITTEN:
        month = _index(found["month"], _MONTHS) if (found := shape.fullmatch(typed)) else None
        if found and month is not None:
            day = _on(int(found["day"]), month + 1, found["year"], today)
            right = day is None or not found["weekday"] or _weekday(found["weekday"]) == day.weekday()
            return (day if right else None,)
    return ()


def _on(day: int, month: int, year: str | None, today: date) -> date | None:
    # Leap days are at most eight years apart.
    for each in [int(year)] if year else range(today.year, today.year + 9):
        try:
            found = date(each, month, day)
        except ValueError:  # no such day in that year
            continue
        if year or found >= today:
            return found
    return None


def _weekday(word: str) -> int | None:
    return _index(word.removesuffix("s"), _WEEKDAYS)  # tues, weds, thurs, Mondays


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """Find the name that begins with `word`; two letters tell weekdays apart, three tell months."""
    return next((index for index, name in enumerate(names) if name.startswith(word) and len(word) > 1), None)


def _cleaned(text: str) -> str:
    # NFKC: keyboards for East Asian scripts type full-width digits and colons.
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
