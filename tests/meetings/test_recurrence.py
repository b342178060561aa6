"""Laws of recurrence, tried in one zone for each way in which clocks change from 2024 to 2031, and known cases."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerbot.engine.wall_clock import resolve
from peerbot.engine.zones import UnknownZone, zone, zone_names
from peerbot.meetings.series.recurrence import Rule, clock_change, occurrences, upcoming

Scene = tuple[Rule, date]

# Ten laws share 4,000 of the cases that the quick tier gives to pure rules.
law = settings(max_examples=4 * settings().max_examples)


class Change(NamedTuple):
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def walls(self) -> tuple[datetime, datetime]:
        """Between which wall times (naive) the clocks skip or repeat."""
        naive = self.at.replace(tzinfo=None)
        return naive + min(self.before, self.after), naive + max(self.before, self.after)


def offset(name: str, instant: datetime) -> timedelta:
    return instant.astimezone(zone(name)).utcoffset() or timedelta()


def shown(name: str, instant: datetime) -> datetime:
    """What a clock on the wall shows, naive."""
    return instant.astimezone(zone(name)).replace(tzinfo=None)


@cache
def changes(name: str) -> tuple[Change, ...]:
    """Every change of the clocks from 2024 to 2031, found by looking every other week and then to the second."""
    looks = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(weeks=week) for week in range(0, 8 * 53, 2)]
    found: list[Change] = []
    for (start, before), (end, after) in pairwise((look, offset(name, look)) for look in looks):
        if before != after:
            after_start = range(int((end - start).total_seconds()))
            seconds = bisect_left(
                after_start,
                True,
                key=lambda s, start=start, old=before: offset(name, start + timedelta(seconds=s)) != old,
            )
            found.append(Change(start + timedelta(seconds=seconds), before, after))
    return tuple(found)


@cache
def zones() -> tuple[str, ...]:
    """One zone for each distinct sequence of changes, none of those whose clocks never change."""
    distinct = {changes(name): name for name in sorted(zone_names(), reverse=True)}
    return tuple(sorted(name for changed, name in distinct.items() if changed))


def instants(name: str, wall: datetime) -> list[datetime]:
    """All instants at which the clocks show a wall time: none, one or two."""
    offsets = {each for change in changes(name) for each in (change.before, change.after)}
    return sorted(at for each in offsets if shown(name, at := wall.replace(tzinfo=UTC) - each) == wall)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def weekly(
    on: date,
    at: time,
    name: str,
    *,
    every_weeks: int = 1,
    minutes: int = 90,
    until: date | None = None,
    count: int | None = None,
) -> Rule:
    """A rule that begins on a date, whatever weekday that is."""
    return Rule(
        weekday=on.weekday(),
        at=at,
        zone=name,
        every_weeks=every_weeks,
        first_on=on,
        minutes=minutes,
        until=until,
        count=count,
    )


def before(on: date) -> datetime:
    """An instant before the meeting of that date and after the one of a week earlier."""
    return datetime.combine(on, time(), UTC) - timedelta(days=2)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A rule and one of its dates; in half of the cases, one on which the clocks change around the time."""
    name = draw(st.sampled_from(zones()))
    if draw(st.booleans()):
        wall = draw(st.sampled_from(changes(name))).walls[0] + timedelta(minutes=draw(st.integers(-90, 150)))
    else:
        wall = datetime(2024, 3, 1) + timedelta(minutes=draw(st.integers(0, 4_000_000)))  # noqa: DTZ001 - wall time
    weeks = draw(st.integers(1, 12))
    first_on = wall.date() - timedelta(weeks=weeks * draw(st.integers(0, 30)))
    return weekly(first_on, wall.time(), name, every_weeks=weeks, minutes=draw(st.integers(1, 1440))), wall.date()


# From two months before the scene's date to seven after, to the minute.
moments = st.integers(-60 * 24 * 60, 200 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@law
@given(scenes())
def test_a_wall_time_that_exists_is_kept_and_one_that_exists_twice_is_the_first(scene: Scene) -> None:
    rule, on = scene
    for meeting in upcoming(rule, before(on), 4):
        if possible := instants(rule.zone, datetime.combine(meeting.on, rule.at)):
            assert meeting.starts_at == possible[0]
            assert meeting.clock == ("fold" if len(possible) == 2 else "usual")


@law
@given(scenes())
def test_a_wall_time_that_is_skipped_becomes_the_first_instant_after_the_gap(scene: Scene) -> None:
    rule, on = scene
    for meeting in upcoming(rule, before(on), 4):
        wall = datetime.combine(meeting.on, rule.at)
        if not instants(rule.zone, wall):
            assert meeting.clock == "gap"
            assert (
                shown(rule.zone, meeting.starts_at - timedelta(seconds=1)) < wall < shown(rule.zone, meeting.starts_at)
            )


@pytest.mark.parametrize("name", zones())
def test_every_change_of_the_clocks_is_handled_at_its_edges(name: str) -> None:
    for change in changes(name):
        low, high = change.walls
        kind = "gap" if change.after > change.before else "fold"
        for wall, expected in (
            (low - timedelta(minutes=1), "usual"),
            (low, kind),
            (low + (high - low) / 2, kind),
            (high - timedelta(minutes=1), kind),
            (high, "usual"),
        ):
            first = change.at if expected == "gap" else instants(name, wall)[0]
            assert resolve(wall.date(), wall.time(), name) == (first, expected)


@law
@given(scenes(), st.integers(1, 20))
def test_there_is_one_meeting_in_each_period_and_its_dates_are_whole_periods_apart(scene: Scene, how_many: int) -> None:
    rule, on = scene
    dates = [meeting.on for meeting in upcoming(rule, before(on), how_many)]
    assert dates == [on + timedelta(weeks=rule.every_weeks * index) for index in range(how_many)]


@law
@given(scenes(), st.lists(moments, min_size=2, max_size=6).map(sorted))
def test_a_window_holds_what_its_parts_hold(scene: Scene, cuts: list[timedelta]) -> None:
    rule, on = scene
    times = [before(on) + cut for cut in cuts]
    parts = [meeting for start, end in pairwise(times) for meeting in occurrences(rule, start, end)]
    assert occurrences(rule, times[0], times[-1]) == tuple(parts)


@law
@given(scenes(), moments, moments)
def test_a_window_holds_exactly_the_meetings_that_start_in_it(scene: Scene, start: timedelta, end: timedelta) -> None:
    rule, on = scene
    every = upcoming(rule, before(on) - timedelta(days=60), 40)
    inside = [meeting for meeting in every if before(on) + start <= meeting.starts_at < before(on) + end]
    assert list(occurrences(rule, before(on) + start, before(on) + end)) == inside
    for meeting in every[:6]:
        assert occurrences(rule, meeting.starts_at, meeting.starts_at + timedelta(seconds=1)) == (meeting,)
        assert occurrences(rule, meeting.starts_at - timedelta(seconds=1), meeting.starts_at) == ()


@law
@given(scenes(), st.none() | moments, moments, moments)
def test_moving_or_skipping_one_date_leaves_all_others(
    scene: Scene, by: timedelta | None, start: timedelta, end: timedelta
) -> None:
    rule, on = scene
    to = None if by is None else before(on) + by
    window = before(on) + start, before(on) + end
    usual, moved = occurrences(rule, *window), occurrences(rule, *window, {on: to})
    assert [each for each in moved if each.on != on] == [each for each in usual if each.on != on]
    there = [(each.starts_at, each.clock) for each in moved if each.on == on]
    assert there == ([(to, "usual")] if to is not None and window[0] <= to < window[1] else [])


@law
@given(scenes(), st.dictionaries(st.integers(0, 12), st.none() | moments, max_size=4), moments, st.integers(1, 10))
def test_the_upcoming_meetings_are_the_first_of_the_rest_in_order_and_of_full_length(
    scene: Scene, moves: dict[int, timedelta | None], now: timedelta, how_many: int
) -> None:
    rule, on = scene
    moved = {
        on + timedelta(weeks=rule.every_weeks * index): None if by is None else before(on) + by
        for index, by in moves.items()
    }
    coming = upcoming(rule, before(on) + now, how_many, moved)
    starts = [meeting.starts_at for meeting in coming]
    until_last = occurrences(rule, before(on) + now, starts[-1] + timedelta(seconds=1), moved)
    assert len(coming) == how_many
    assert coming == until_last[:how_many]
    assert starts == sorted(starts)
    assert {meeting.ends_at - meeting.starts_at for meeting in coming} == {timedelta(minutes=rule.minutes)}


@law
@given(scenes(), st.integers(1, 12))
def test_a_rule_ends_after_its_count_or_on_its_last_date(scene: Scene, count: int) -> None:
    rule, _ = scene
    last = rule.first_on + timedelta(weeks=rule.every_weeks * (count - 1))
    by_count = weekly(rule.first_on, rule.at, rule.zone, every_weeks=rule.every_weeks, count=count)
    by_date = weekly(rule.first_on, rule.at, rule.zone, every_weeks=rule.every_weeks, until=last + timedelta(days=6))
    exactly = weekly(rule.first_on, rule.at, rule.zone, every_weeks=rule.every_weeks, until=last)
    meetings = upcoming(by_count, before(rule.first_on), 15)
    assert [len(meetings), meetings[-1].on] == [count, last]
    assert meetings == upcoming(by_date, before(rule.first_on), 15) == upcoming(exactly, before(rule.first_on), 40)


@law
@given(scenes(), st.integers(2, 12))
def test_the_change_between_two_meetings_is_the_sum_of_the_changes_of_the_clocks(scene: Scene, how_many: int) -> None:
    rule, on = scene
    first, *_, last = upcoming(rule, before(on), how_many)
    if last.starts_at < utc(2032, 1, 1):
        between = [each for each in changes(rule.zone) if first.starts_at < each.at <= last.starts_at]
        assert clock_change(rule, first, last) == sum((each.after - each.before for each in between), timedelta())
        assert clock_change(rule, last, first) == -clock_change(rule, first, last)


@law
@given(st.sampled_from([2015, 2020, 2026, 2032]), st.integers(0, 6), st.integers(1, 12), st.sampled_from(zones()))
def test_a_year_with_53_weeks_shifts_nothing(year: int, weekday: int, weeks: int, name: str) -> None:
    first_on = date(year, 7, 6) + timedelta(days=(weekday - date(year, 7, 6).weekday()) % 7)
    rule = weekly(first_on, time(19), name, every_weeks=weeks)
    days = [(meeting.on - first_on).days for meeting in occurrences(rule, before(first_on), utc(year + 1, 12, 1))]
    assert days == list(range(0, days[-1] + 1, 7 * weeks))
    assert days[-1] > 300


def test_every_second_thursday_goes_on_past_week_53_of_2026() -> None:
    rule = weekly(date(2026, 12, 17), time(19), "Europe/Berlin", every_weeks=2)
    dates = [meeting.on for meeting in upcoming(rule, utc(2026, 12, 1), 3)]
    assert dates == [date(2026, 12, 17), date(2026, 12, 31), date(2027, 1, 14)]


@pytest.mark.parametrize(
    ("name", "on", "at", "starts_at", "clock"),
    [
        pytest.param("Europe/Berlin", (2027, 3, 28), (2, 30), (2027, 3, 28, 1, 0), "gap", id="an hour skipped"),
        pytest.param("Europe/Berlin", (2027, 3, 28), (3, 0), (2027, 3, 28, 1, 0), "usual", id="just after the gap"),
        pytest.param("Europe/Berlin", (2026, 10, 25), (2, 30), (2026, 10, 25, 0, 30), "fold", id="an hour twice"),
        pytest.param("America/New_York", (2026, 11, 1), (1, 30), (2026, 11, 1, 5, 30), "fold", id="twice, in the west"),
        pytest.param("Australia/Lord_Howe", (2026, 10, 4), (2, 15), (2026, 10, 3, 15, 30), "gap", id="half an hour"),
        pytest.param(
            "Australia/Lord_Howe", (2026, 10, 4), (2, 45), (2026, 10, 3, 15, 45), "usual", id="not a whole hour"
        ),
        pytest.param(
            "Australia/Lord_Howe", (2027, 4, 4), (1, 45), (2027, 4, 3, 14, 45), "fold", id="half an hour twice"
        ),
        pytest.param("Pacific/Apia", (2011, 12, 30), (19, 0), (2011, 12, 30, 10, 0), "gap", id="a day skipped"),
        pytest.param("Pacific/Apia", (2011, 12, 31), (19, 0), (2011, 12, 31, 5, 0), "usual", id="the day after that"),
        pytest.param("Africa/Casablanca", (2025, 2, 23), (2, 30), (2025, 2, 23, 1, 30), "fold", id="Ramadan begins"),
        pytest.param("Africa/Casablanca", (2025, 4, 6), (2, 30), (2025, 4, 6, 2, 0), "gap", id="Ramadan ends"),
        pytest.param(
            "Europe/Dublin", (2026, 7, 1), (19, 0), (2026, 7, 1, 18, 0), "usual", id="standard time in summer"
        ),
        pytest.param("Asia/Kolkata", (2026, 7, 1), (19, 0), (2026, 7, 1, 13, 30), "usual", id="clocks never change"),
    ],
)
def test_known_wall_times(
    name: str, on: Sequence[int], at: Sequence[int], starts_at: Sequence[int], clock: str
) -> None:
    wall = time(at[0], at[1])
    assert resolve(date(*on), wall, name) == (utc(*starts_at), clock)
    assert resolve(date(*on), wall.replace(fold=1), name) == (utc(*starts_at), clock)


def test_a_meeting_on_the_day_that_samoa_skipped_is_held_in_the_first_minute_of_the_next() -> None:
    rule = weekly(date(2011, 12, 23), time(19), "Pacific/Apia")
    meetings = upcoming(rule, utc(2011, 12, 20), 3)
    assert [meeting.on for meeting in meetings] == [date(2011, 12, 23), date(2011, 12, 30), date(2012, 1, 6)]
    assert shown("Pacific/Apia", meetings[1].starts_at).isoformat() == "2011-12-31T00:00:00"
    assert clock_change(rule, meetings[0], meetings[2]) == timedelta(days=1)


def test_a_skipped_date_counts_and_adds_no_other_at_the_end() -> None:
    rule = weekly(date(2026, 12, 1), time(19), "Europe/London", count=3)
    left = upcoming(rule, utc(2026, 11, 23), 9, {date(2026, 12, 8): None})
    assert [meeting.on for meeting in left] == [date(2026, 12, 1), date(2026, 12, 15)]


@pytest.mark.parametrize("on", [date(2026, 12, 2), date(2026, 11, 24), date(2026, 12, 22)])
def test_a_move_of_a_date_that_the_rule_does_not_have_is_ignored(on: date) -> None:
    rule = weekly(date(2026, 12, 1), time(19), "Europe/London", count=3)
    assert upcoming(rule, utc(2026, 11, 23), 9, {on: utc(2026, 12, 3)}) == upcoming(rule, utc(2026, 11, 23), 9)


def test_instants_are_given_in_utc_whatever_zone_they_were_asked_in() -> None:
    rule = weekly(date(2026, 12, 1), time(19), "Asia/Tokyo")
    sydney = zone("Australia/Sydney")
    moved = {date(2026, 12, 8): datetime(2026, 12, 9, 8, tzinfo=sydney)}
    meetings = occurrences(rule, datetime(2026, 12, 1, tzinfo=sydney), datetime(2026, 12, 10, tzinfo=sydney), moved)
    assert [meeting.starts_at.isoformat() for meeting in meetings] == [
        "2026-12-01T10:00:00+00:00",
        "2026-12-08T21:00:00+00:00",
    ]


def test_the_last_year_that_python_knows_ends_a_rule_and_breaks_nothing() -> None:
    rule = weekly(date(9999, 11, 3), time(23, 59), "Pacific/Midway", minutes=1440)
    assert [meeting.on.month for meeting in upcoming(rule, utc(9999, 11, 1), 99)] == [11] * 4 + [12] * 4


NOON = datetime(2026, 12, 1, 12)  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize(
    "ask",
    [
        lambda rule: occurrences(rule, NOON, utc(2027, 1, 1)),
        lambda rule: occurrences(rule, utc(2026, 12, 1), NOON),
        lambda rule: occurrences(rule, utc(2026, 12, 1), utc(2027, 1, 1), {rule.first_on: NOON}),
        lambda rule: upcoming(rule, NOON, 1),
    ],
)
def test_a_naive_datetime_is_refused(ask: Callable[[Rule], object]) -> None:
    rule = weekly(date(2026, 12, 1), time(19), "Europe/London")
    with pytest.raises(ValueError, match="naive"):
        ask(rule)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"weekday": 7}, "weekday"),
        ({"weekday": 2}, "first_on must fall"),
        ({"at": time(19, tzinfo=UTC)}, "naive"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"zone": "Europe"}, "zone"),
        ({"zone": "../zones"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"every_weeks": 0}, "every_weeks"),
        ({"every_weeks": 13}, "every_weeks"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"until": date(2026, 11, 30)}, "until"),
        ({"count": 0}, "count"),
        ({"count": 3, "until": date(2026, 12, 31)}, "exclude"),
        ({"minutes": 0, "every_weeks": 0}, "every_weeks.*minutes"),
    ],
)
def test_a_rule_that_could_not_be_kept_is_refused_by_name(wrong: dict[str, Any], named: str) -> None:
    on = date(2026, 12, 1)
    right: dict[str, Any] = {"weekday": 1, "first_on": on, "at": time(19), "zone": "Europe/London", "minutes": 90}
    assert Rule(**right).first_on == on
    with pytest.raises(ValueError, match=named):
        Rule(**right | wrong)


def test_a_wall_time_needs_a_known_zone_and_brings_none() -> None:
    with pytest.raises(UnknownZone):
        resolve(date(2026, 12, 1), time(19), "Europe/Atlantis")
    with pytest.raises(ValueError, match="naive"):
        resolve(date(2026, 12, 1), time(19, tzinfo=UTC), "Europe/Berlin")
