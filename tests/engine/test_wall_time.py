"""What people type for times, dates and weekdays."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerbot.engine.wall_time import (
    UnreadableDate,
    UnreadableTime,
    UnreadableWeekday,
    parse_date,
    parse_time,
    parse_weekday,
)

TODAY = date(2026, 11, 23)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

law = settings(max_examples=2 * settings().max_examples)
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
# A day that every year has, written without its year, comes again within one.
dates = st.dates(date(1000, 1, 1), date(9990, 12, 31))


def time_readings(typed: str) -> tuple[time, ...]:
    try:
        return (parse_time(typed),)
    except UnreadableTime as refused:
        return refused.could_be


def date_readings(typed: str) -> tuple[date, ...]:
    try:
        return (parse_date(typed, TODAY),)
    except UnreadableDate as refused:
        return refused.could_be


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("19:00", time(19)),
        ("19.30", time(19, 30)),
        ("1930", time(19, 30)),
        ("19h30", time(19, 30)),
        ("19 h 30", time(19, 30)),
        ("19h", time(19)),
        ("19", time(19)),
        ("7h30", time(7, 30)),
        ("07:30", time(7, 30)),
        ("0730", time(7, 30)),
        ("10:30", time(10, 30)),
        ("0:30", time(0, 30)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
        ("7pm", time(19)),
        ("7 pm", time(19)),
        ("7PM", time(19)),
        ("7 p.m.", time(19)),
        ("7p", time(19)),
        ("7.30 pm", time(19, 30)),
        ("7:30PM", time(19, 30)),
        ("730pm", time(19, 30)),
        ("07:30 am", time(7, 30)),
        ("12pm", time(12)),
        ("12:15 pm", time(12, 15)),
        ("12am", time(0)),
        ("12:15 am", time(0, 15)),
        ("noon", time(12)),
        ("12 noon", time(12)),
        ("Midday", time(12)),
        ("midnight", time(0)),
        ("  7  pm ", time(19)),
        ("at 7pm", time(19)),
        ("7 o'clock pm", time(19)),
        ("7 in the evening", time(19)),
        ("7:30 in the morning", time(7, 30)),
        ("19:00 h", time(19)),
        ("19:00 Uhr", time(19)),
        ("19 uhr", time(19)),
        ("1930 hrs", time(19, 30)),
        ("\uff11\uff19\uff1a\uff10\uff10", time(19)),  # full-width, as a Japanese keyboard types it
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, expected: time) -> None:
    assert parse_time(typed) == expected


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("7", (time(7), time(19))),
        ("07", (time(7), time(19))),
        ("7:30", (time(7, 30), time(19, 30))),
        ("7.30", (time(7, 30), time(19, 30))),
        ("730", (time(7, 30), time(19, 30))),
        ("12", (time(0), time(12))),
        ("10", (time(10), time(22))),
        ("7 o'clock", (time(7), time(19))),
        ("at 7:30", (time(7, 30), time(19, 30))),
    ],
)
def test_a_time_that_could_be_morning_or_evening_is_asked_about(typed: str, readings: tuple[time, ...]) -> None:
    with pytest.raises(UnreadableTime) as refused:
        parse_time(typed)
    assert refused.value.could_be == readings


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "soon", "pm", "h", ":30", "24:00", "25", "19:60", "19:5", "19:000", "19:00:00", "-7pm", "7.5pm"),
        *("13pm", "0pm", "0:30 am", "19:00 pm", "7h pm", "7 pm pm", "7am pm", "7pm CET", "7-8pm", "noonish", "193"),
        *("12 in the evening", "7 pm in the evening", "at", "half past 7"),
        *("19:00 7pm", "\u0661\u0669:\u0660\u0660", "19;00"),
    ],
)
def test_what_is_no_time_is_refused_without_a_guess(typed: str) -> None:
    with pytest.raises(UnreadableTime) as refused:
        parse_time(typed)
    assert refused.value.could_be == ()


@law
@given(times)
def test_every_time_can_be_typed_on_either_clock(at: time) -> None:
    for shape in ("%H:%M", "%H.%M", "%H%M", "%Hh%M", "%I:%M %p", "%I.%M%p", "%I%M%p"):
        assert parse_time(at.strftime(shape)) == at


@given(st.text(max_size=12) | st.text("0123456789:.hapm ", max_size=8))
def test_any_text_is_a_time_or_refused(typed: str) -> None:
    assert len(time_readings(typed)) in {0, 1, 2}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026-12-1", date(2026, 12, 1)),
        ("1 December 2026", date(2026, 12, 1)),
        ("1 Dec 2026", date(2026, 12, 1)),
        ("1 Dec", date(2026, 12, 1)),
        ("Dec 1", date(2026, 12, 1)),
        ("Dec. 1", date(2026, 12, 1)),
        ("December 1st, 2026", date(2026, 12, 1)),
        ("the 1st of December", date(2026, 12, 1)),
        ("Tue 1 Dec", date(2026, 12, 1)),
        ("Tuesday, 1 December 2026", date(2026, 12, 1)),
        ("tues, dec 1", date(2026, 12, 1)),
        ("1 sept", date(2027, 9, 1)),
        ("23 November", TODAY),
        ("22 November", date(2027, 11, 22)),
        ("29 Feb", date(2028, 2, 29)),
        ("25/12/2026", date(2026, 12, 25)),
        ("12/25/2026", date(2026, 12, 25)),
        ("25/12", date(2026, 12, 25)),
        ("12/12", date(2026, 12, 12)),
        ("1.12.2026", date(2026, 12, 1)),
        ("1.12.", date(2026, 12, 1)),
        ("3 May 2024", date(2024, 5, 3)),
        ("Today", TODAY),
        ("tomorrow", date(2026, 11, 24)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, expected: date) -> None:
    assert parse_date(typed, TODAY) == expected


def test_a_leap_day_is_found_across_a_century_without_one() -> None:
    assert parse_date("29 Feb", date(2096, 3, 1)) == date(2104, 2, 29)


def test_a_date_whose_day_and_month_could_be_swapped_is_asked_about() -> None:
    for typed in ("1/12/2026", "12/1/2026"):
        with pytest.raises(UnreadableDate) as refused:
            parse_date(typed, TODAY)
        assert refused.value.could_be == (date(2026, 1, 12), date(2026, 12, 1))


@pytest.mark.parametrize(
    "typed",
    [
        *("", "soon", "1", "2026", "Dec", "Dec 2026", "1 Ju", "1 Foo", "31 Feb", "31 Feb 2027", "29 Feb 2027", "0 Dec"),
        *(
            "Monday 1 December 2026",
            "Mo 1 Dec",
            "blah 1 Dec 2026",
            "Tuesday",
            "1 Dec 26",
            "1 Dec 2026 19:00",
            "1 Dec or 2 Dec",
        ),
        *(
            "2026-13-01",
            "2026-02-30",
            "2026-12",
            "20261201",
            "2026-W49-2",
            "0000-01-01",
            "32/1/2026",
            "13/13",
            "1.13.2026",
        ),
        *("1/12-2026", "1//12", "\u0661 Dec", "in a week"),
    ],
)
def test_what_is_no_date_is_refused_without_a_guess(typed: str) -> None:
    with pytest.raises(UnreadableDate) as refused:
        parse_date(typed, TODAY)
    assert refused.value.could_be == ()


@law
@given(dates, dates)
def test_every_date_can_be_typed_in_words_or_as_iso(on: date, today: date) -> None:
    weekday, month = WEEKDAYS[on.weekday()], on.strftime("%B")
    for typed in (
        f"{on.year}-{on.month}-{on.day}",
        f"{on.day} {month} {on.year}",
        f"{weekday[:2]} {on.day} {month[:3]} {on.year}",
        f"{weekday}, {month} {on.day}, {on.year}",
        f"{on.day}.{on.month}.{on.year}",
    ):
        assert parse_date(typed, today) == on


@law
@given(dates, dates)
def test_a_date_without_a_year_is_the_next_such_date(on: date, today: date) -> None:
    found = parse_date(f"{on.day} {on.strftime('%b')}", today)
    assert (found.day, found.month) == (on.day, on.month)
    assert found >= today
    between = (found.replace(year=year) for year in range(today.year, found.year) if (on.day, on.month) != (29, 2))
    assert all(earlier < today for earlier in between)
    assert found - today < timedelta(days=8 * 366 + 1 if (on.day, on.month) == (29, 2) else 366)


@given(st.text(max_size=16) | st.text("0123456789 ./-,decmayjan", max_size=12))
def test_any_text_is_a_date_or_refused(typed: str) -> None:
    assert len(date_readings(typed)) in {0, 1, 2}


@pytest.mark.parametrize("number", range(7))
def test_a_weekday_is_read_whole_short_or_in_the_plural(number: int) -> None:
    name = WEEKDAYS[number]
    for typed in (name, name.upper(), f" {name.lower()} ", f"{name}s", name[:2], name[:3], f"{name[:3]}."):
        assert parse_weekday(typed) == number


def test_the_usual_short_weekdays_are_read() -> None:
    assert [parse_weekday(typed) for typed in ("tues", "weds", "thur", "thurs", "Sat.")] == [1, 2, 3, 3, 5]


@pytest.mark.parametrize(
    "typed", ["", "t", "s", "S", "m", "fs", "day", "Montag", "Mon Tue", "1", "monda y", "tuesdayss", "weekdays"]
)
def test_what_is_no_weekday_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableWeekday):
        parse_weekday(typed)
