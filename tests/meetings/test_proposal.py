"""A series as it was typed: understood, or answered with what to write, and nothing typed is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.errors import Invalid, OldButton
from peerbot.engine.texts import say
from peerbot.engine.words import shown
from peerbot.engine.zones import search_zones, zone_names
from peerbot.gateway.custom_ids import MOST, CustomId
from peerbot.meetings.series import cards as series_cards
from peerbot.meetings.series import proposal
from peerbot.meetings.series.proposal import Asked, Proposal
from peerbot.meetings.series.recurrence import LAST, NTHS, Rule, is_nth_weekday

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ASKED = Asked("0a1b2c3d", "Tuesday", "7.30 pm", "", 1, 90, "")


def read(now: datetime = NOON, /, **typed: object) -> Rule:
    return proposal.read(replace(ASKED, **typed), "Europe/London", now)


def problem(now: datetime = NOON, /, **typed: object) -> str:
    with pytest.raises(Invalid) as refused:
        read(now, **typed)
    return say(refused.value.text, **refused.value.values)


def test_what_was_left_out_is_every_week_for_90_minutes_in_the_zone_of_the_server_from_the_next_such_day() -> None:
    assert read() == Rule(weekday=1, at=time(19, 30), zone="Europe/London", first_on=date(2026, 12, 1), minutes=90)


@pytest.mark.parametrize(
    ("typed", "first_on"),
    [
        ({"at": "11:00"}, date(2026, 12, 8)),
        ({"at": "12:00"}, date(2026, 12, 8)),
        ({"at": "12:01"}, date(2026, 12, 1)),
        ({"weekday": "mon"}, date(2026, 12, 7)),
        ({"weekday": "Wed"}, date(2026, 12, 2)),
        # In Auckland it is already the morning of Wednesday.
        ({"zone": "Auckland", "weekday": "Wed", "at": "02:00"}, date(2026, 12, 2)),
        ({"zone": "Auckland", "weekday": "Wed", "at": "00:30"}, date(2026, 12, 9)),
        ({"first_on": "15 December"}, date(2026, 12, 15)),
        ({"first_on": "15 December", "weekday": ""}, date(2026, 12, 15)),
        ({"repeats": "daily", "weekday": ""}, date(2026, 12, 1)),
        ({"repeats": "daily", "weekday": "Friday", "at": "11:00"}, date(2026, 12, 2)),
        ({"repeats": "nth-1"}, date(2026, 12, 1)),
        ({"repeats": "nth-1", "at": "11:00"}, date(2027, 1, 5)),
        ({"repeats": "nth-2", "weekday": "Sunday"}, date(2026, 12, 13)),
        ({"repeats": "nth-last"}, date(2026, 12, 29)),
        ({"repeats": "nth-last", "first_on": "26 January 2027", "weekday": ""}, date(2027, 1, 26)),
    ],
)
def test_the_first_date_is_to_come(typed: dict[str, str], first_on: date) -> None:
    assert read(**typed).first_on == first_on


@pytest.mark.parametrize("text", ["Berlin", "berlin", "Europe/Berlin", "Germany"])
def test_a_zone_is_named_by_city_country_or_iana_name(text: str) -> None:
    assert read(zone=text).zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"weekday": "T"}, "can't read the weekday"),
        ({"at": "late"}, "can't read the time"),
        ({"at": "7:30"}, "07:30 or 19:30"),
        ({"zone": "Xanadu"}, "don't know that time zone"),
        ({"zone": "USA"}, "more than one time zone"),
        ({"first_on": "soon"}, "can't read that date"),
        ({"first_on": "1/12"}, "month as a word"),
        ({"first_on": "16 December"}, "Wednesday, 16 December 2026 is no Tuesday"),
        ({"first_on": "2026-11-24"}, "is past"),
        ({"first_on": "2026-12-01", "at": "11:00"}, "is past"),
        ({"every_weeks": 13}, "every 1 to 12 weeks"),
        ({"minutes": 20}, "30 to 180 minutes"),
        ({"weekday": ""}, "can't read the weekday"),
        ({"repeats": "yearly"}, "with *every week* alone"),
        ({"repeats": "daily", "every_weeks": 2}, "with *every week* alone"),
        ({"repeats": "nth-2", "first_on": "15 December"}, "not that weekday of its month"),
        ({"last_on": "30 June", "times": 3}, "not both"),
        ({"times": 367}, "1 to 366 times"),
        ({"first_on": "15 December", "last_on": "8 December"}, "is before the first"),
        ({"last_on": "whenever"}, "can't read that date"),
    ],
)
def test_what_cannot_be_used_is_said_and_all_that_was_typed_is_repeated(typed: dict[str, object], says: str) -> None:
    told = problem(**typed)
    assert says in told
    assert "nothing was kept" in told.casefold()
    kept = {"weekday": "Tuesday", "at": "7.30 pm", "repeats": "", **typed}
    del kept["repeats"]  # Shown by its name in the list of choices.
    for text in kept.values():
        assert shown(str(text)) in told


def test_what_was_typed_is_shown_as_written() -> None:
    told = problem(weekday="**@everyone**", at="\u202e19:00")
    assert r"\*\*\@everyone\*\*" in told
    assert "\u202e" not in told


@pytest.mark.parametrize("name", sorted(zone_names(), key=lambda name: (len(name), name))[-3:])
def test_the_longest_rule_fits_in_a_button(name: str) -> None:
    rule = Rule(weekday=6, at=time(23, 59), zone=name, every_weeks=12, first_on=date(2026, 12, 6), minutes=180)
    monthly = replace(rule, repeat="monthly", every_weeks=1, nth=LAST, first_on=date(2026, 12, 27))
    for longest in (rule, monthly):
        args = proposal.to_args("0a1b2c3d", replace(longest, until=date(2027, 12, 31)))
        assert len(str(CustomId("series.add", args))) <= MOST


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["Europe/London", "Asia/Kathmandu", "America/Argentina/ComodRivadavia"]),
    st.integers(1, 12),
    st.integers(30, 180),
    st.sampled_from(["weekly", "monthly", "daily"]),
    st.sampled_from([{}, {"until": date(2031, 1, 2)}, {"count": 1}, {"count": 366}]),
)
def test_a_button_gives_back_the_rule_it_was_given(
    on: date, at: time, zone: str, weeks: int, minutes: int, repeat: str, end: dict[str, Any]
) -> None:
    rule = Rule(weekday=on.weekday(), at=at, zone=zone, every_weeks=weeks, first_on=on, minutes=minutes)
    rule = replace(rule, **end)
    if repeat == "daily":
        rule = replace(rule, repeat="daily", every_weeks=1)
    if repeat == "monthly":
        nth = next((nth for nth in NTHS if is_nth_weekday(on, nth)), LAST)
        rule = replace(rule, repeat="monthly", every_weeks=1, nth=nth)
    assert proposal.from_args(proposal.to_args("0a1b2c3d", rule)) == ("0a1b2c3d", rule)


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("0a1b2c3d",),
        ("0a1b2c3d", "1", "1900", "Europe/London", "1", "90", "20261201"),
        ("0a1b2c3d", "1", "1900", "Mars/Olympus", "1", "90", "20261201", ""),
        ("0a1b2c3d", "2", "1900", "Europe/London", "1", "90", "20261201", ""),
        ("0a1b2c3d", "1", "7pm", "Europe/London", "1", "90", "20261201", ""),
        ("0a1b2c3d", "1", "1900", "Europe/London", "m2", "90", "20261201", ""),
        ("0a1b2c3d", "1", "1900", "Europe/London", "d", "90", "20261201", "x0"),
        ("0a1b2c3d", "1", "1900", "Europe/London", "m", "90", "20261201", "x"),
    ],
)
def test_a_button_of_another_version_is_refused(args: tuple[str, ...]) -> None:
    with pytest.raises(OldButton):
        proposal.from_args(args)


def listed(rule: Rule, now: datetime) -> list[str]:
    card = series_cards.proposal_card(Proposal("0a1b2c3d", "Night owls", rule, proposal.dates(rule, now)))
    return card.text.splitlines()


def test_six_dates_are_shown_in_the_readers_time_and_by_the_clock_of_the_zone() -> None:
    lines = listed(read(zone="Berlin"), NOON)
    assert "Every week on Tuesday, 19:30, Europe/Berlin, 90 minutes." in lines[1]
    first = int((NOON + timedelta(hours=6, minutes=30)).timestamp())
    assert lines[3] == f"1. <t:{first}:F> (Tuesday 19:30, Europe/Berlin)"
    assert [line[0] for line in lines[3:]] == list("123456")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Every week on Tuesday, 19:30, Europe/London, 90 minutes. It has no end."),
        (
            {"every_weeks": 2, "times": 4},
            "Every 2 weeks on Tuesday, 19:30, Europe/London, 90 minutes. It meets 4 times",
        ),
        ({"repeats": "daily", "last_on": "24 December"}, "The last is on 24 December 2026 or before it."),
        ({"repeats": "nth-3"}, "The third Tuesday of each month, 19:30"),
        ({"repeats": "nth-last"}, "The last Tuesday of each month, 19:30"),
    ],
)
def test_how_a_series_repeats_and_ends_is_said(typed: dict[str, object], says: str) -> None:
    assert says in listed(read(**typed), NOON)[1]


def test_a_short_series_shows_the_dates_it_has() -> None:
    assert [line[0] for line in listed(read(times=2), NOON)[3:]] == ["1", "2"]


def test_a_clock_change_between_two_dates_is_marked_before_the_later_one() -> None:
    lines = listed(read(datetime(2027, 3, 20, tzinfo=UTC), weekday="Sunday", at="02:30", zone="Berlin"), NOON)
    marked = [number for number, line in enumerate(lines[3:], 1) if "go forward" in line]
    assert marked == [2]
    assert "does not exist on this day" in lines[4]
    assert "03:00" in lines[4]

    back = listed(read(datetime(2026, 10, 20, tzinfo=UTC), weekday="Sunday", at="02:30", zone="Berlin"), NOON)
    assert not any("go forward" in line for line in back)


@pytest.mark.parametrize(
    ("month", "typed", "marks"),
    [
        # The last Sunday of March: the night itself, at a time that the clocks skip; in October one that comes twice.
        (2, {"repeats": "nth-last", "zone": "Berlin", "at": "02:30"}, {2: "forward gap"}),
        (9, {"repeats": "nth-last", "zone": "Berlin", "at": "02:30"}, {2: "fold", 3: "back"}),
        (3, {"repeats": "nth-2", "zone": "New York", "at": "7pm"}, {}),
        (2, {"repeats": "nth-2", "zone": "New York", "at": "7pm"}, {2: "forward"}),
        # South of the equator it is the other way round; on Lord Howe Island by half an hour.
        (3, {"repeats": "nth-1", "zone": "Sydney", "at": "7pm"}, {2: "back"}),
        (9, {"repeats": "nth-1", "zone": "Lord Howe", "at": "02:00"}, {2: "forward gap"}),
        (3, {"repeats": "nth-3", "zone": "Kolkata", "at": "7pm"}, {}),
        (3, {"every_weeks": 12, "zone": "London", "at": "7pm"}, {2: "forward", 4: "back", 6: "forward"}),
    ],
)
def test_clock_changes_between_months_are_marked_where_they_are(
    month: int, typed: dict[str, Any], marks: dict[int, str]
) -> None:
    now = datetime(2027, month, 1, 12, tzinfo=UTC)
    lines = listed(read(now, weekday="Sunday", **typed), now)[3:]
    said = {"forward": "go forward", "back": "go back", "gap": "does not exist", "fold": "comes twice"}
    found = {n: " ".join(mark for mark, text in said.items() if text in line) for n, line in enumerate(lines, 1)}
    assert {n: mark for n, mark in found.items() if mark} == marks


def test_a_time_that_comes_twice_is_marked() -> None:
    now = datetime(2026, 10, 20, tzinfo=UTC)
    lines = listed(read(now, weekday="Sunday", at="02:30", zone="Berlin"), now)
    assert "comes twice on this day" in lines[3]
    assert "go back before this date" in lines[4]


def test_zones_are_offered_by_city_and_country_or_by_name_alone() -> None:
    labels = [proposal.zone_label(zone) for zone in (*search_zones("Berlin"), *search_zones("UTC"))]
    assert "Berlin, Germany (Europe/Berlin)" in labels
    assert "UTC" in labels
