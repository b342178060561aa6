"""Monthly and daily rules: on the day that was meant, whatever the length of a month."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.wall_clock import resolve
from peerbot.meetings.series.recurrence import LAST, NTHS, Rule, nth_weekday, upcoming
from tests.meetings.test_recurrence import before, law, weekly, zones

SEVEN = range(1, 8)
DAYS = {1: SEVEN, 2: range(8, 15), 3: range(15, 22), 4: range(22, 29)}
"""On which days of a month the n-th of a weekday can fall."""


@law
@given(
    st.sampled_from(NTHS),
    st.integers(0, 6),
    st.integers(2024 * 12, 2031 * 12),
    st.integers(-400, 400),
    st.sampled_from(zones()),
    st.none() | st.integers(1, 30),
)
def test_a_monthly_rule_meets_once_in_each_month_on_that_weekday(
    nth: int, weekday: int, month: int, days: int, name: str, count: int | None
) -> None:
    first = nth_weekday(month, weekday, nth)
    rule = Rule(
        weekday=weekday, at=time(19), zone=name, repeat="monthly", nth=nth, first_on=first, minutes=90, count=count
    )
    every = [one.on for one in upcoming(rule, before(first), 40)]
    assert [on.year * 12 + on.month - 1 for on in every] == [month + number for number in range(count or 40)]
    assert {on.weekday() for on in every} == {weekday}
    for on in every:
        assert (on + timedelta(days=7)).month != on.month if nth == LAST else on.day in DAYS[nth]
    asked = before(first) + timedelta(days=days)
    later = [one.on for one in upcoming(rule, asked, 60) if one.on <= every[-1]]
    assert later == [on for on in every if resolve(on, time(19), name)[0] >= asked]
    until = replace(rule, count=None, until=every[-1])
    assert [one.on for one in upcoming(until, before(first), 50)] == every


@law
@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.sampled_from(zones()))
def test_a_daily_rule_meets_every_day_until_it_ends(on: date, count: int, name: str) -> None:
    rule = replace(weekly(on, time(19), name, count=count), repeat="daily")
    assert [one.on for one in upcoming(rule, before(on), 90)] == [on + timedelta(days=n) for n in range(count)]


@pytest.mark.parametrize(
    "more",
    [
        {"nth": 1},
        {"repeat": "monthly"},
        {"repeat": "monthly", "nth": 5},
        {"repeat": "monthly", "nth": 2},
        {"repeat": "monthly", "nth": 1, "every_weeks": 2},
        {"repeat": "daily", "every_weeks": 2},
    ],
    ids=str,
)
def test_a_rule_that_contradicts_itself_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"nth|every_weeks"):
        replace(weekly(date(2026, 12, 1), time(19), "Europe/London"), **more)
