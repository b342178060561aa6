"""What teammates type for the rota is read as they meant it, or refused with a way to write it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.errors import Invalid
from peerbot.engine.texts import say
from peerbot.engine.words import shown
from peerbot.escalation.rota import typed as rota_typed

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
"""Tuesday, 13:00 in Berlin."""
BERLIN = "Europe/Berlin"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("now", NOW),
        ("", NOW),
        ("in 2 hours", NOW + timedelta(hours=2)),
        ("30 min", NOW + timedelta(minutes=30)),
        ("tonight 10pm", at(1, 21)),
        ("22:00", at(1, 21)),
        ("07:00", at(2, 6)),
        ("tomorrow at 9am", at(2, 8)),
        ("9am tomorrow", at(2, 8)),
        ("Fri 18:00", at(4, 17)),
        ("on Friday, 6.30 pm", at(4, 17, 30)),
        ("1 Dec 19:00", at(1, 18)),
        ("2026-12-24 19h", at(24, 18)),
        ("24 December 7 pm", at(24, 18)),
    ],
)
def test_when_is_read_as_people_write_it(typed: str, meant: datetime) -> None:
    assert rota_typed.instant(typed, BERLIN, NOW) == meant


@pytest.mark.parametrize(
    ("typed", "begins", "ends"), [("Friday", at(3, 23), at(4, 23)), ("24 Dec", at(23, 23), at(24, 23))]
)
def test_a_day_alone_is_its_beginning_or_its_end(typed: str, begins: datetime, ends: datetime) -> None:
    assert rota_typed.instant(typed, BERLIN, NOW, "begins") == begins
    assert rota_typed.instant(typed, BERLIN, NOW, "ends") == ends
    with pytest.raises(Invalid):
        rota_typed.instant(typed, BERLIN, NOW)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("tomorrow 9", "staff-rota-time-two"),
        ("7:30", "staff-rota-time-two"),
        ("soon", "staff-rota-when-unknown"),
        ("1/12 19:00", "staff-rota-when-unknown"),
    ],
)
def test_what_could_mean_two_things_or_none_is_refused_with_what_was_typed(typed: str, text: str) -> None:
    with pytest.raises(Invalid) as problem:
        rota_typed.instant(typed, BERLIN, NOW)
    assert problem.value.text == text
    assert shown(typed.rsplit(maxsplit=1)[-1]) in say(problem.value.text, **problem.value.values)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused_kindly(typed: str) -> None:
    for read in (
        lambda: rota_typed.instant(typed, BERLIN, NOW, "ends"),
        lambda: rota_typed.days(typed),
        lambda: rota_typed.hours(typed),
        lambda: rota_typed.zone_of(typed, BERLIN),
        lambda: rota_typed.first_date(typed, NOW.date()),
    ):
        try:
            read()
        except Invalid as problem:
            say(problem.text, **problem.values)  # A text that lacks a value would raise.


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Tuesday", {1}),
        ("Mon, Wed and Fri", {0, 2, 4}),
        ("Mon Wed", {0, 2}),
        ("Mon-Fri", {0, 1, 2, 3, 4}),
        ("Fri to Mon", {4, 5, 6, 0}),
        ("every day", set(range(7))),
        ("weekends", {5, 6}),
    ],
)
def test_days_are_read_in_many_ways(typed: str, days: set[int]) -> None:
    assert rota_typed.days(typed) == days


@pytest.mark.parametrize(
    ("typed", "begins", "ends"),
    [
        ("19:00-23:00", time(19), time(23)),
        ("10pm to 7am", time(22), time(7)),
        ("from 19.30 until midnight", time(19, 30), time(0)),
        ("noon – 6 pm", time(12), time(18)),
    ],
)
def test_hours_are_read_in_many_ways(typed: str, begins: time, ends: time) -> None:
    assert rota_typed.hours(typed) == (begins, ends)
