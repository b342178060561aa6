"""The calendar file: strictly read, read again by another program for five years, and naming nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from peerbot.demo.acts import types
from peerbot.demo.cast import ABOUT, GROUP, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.engine.zones import zone
from peerbot.meetings.series.calendar import Dates, calendar_file
from peerbot.meetings.series.recurrence import LAST, NO_MOVES, Moves, Pause, Pauses, Rule, occurrences
from tests.meetings.scene import ANA, COORDINATOR, SERVER, STARTS, WEEKLY, Scene
from tests.meetings.test_recurrence import instants, zones

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIVE_YEARS = datetime(2031, 1, 1, tzinfo=UTC)
SUNDAY = date(2026, 1, 4)


def sundays(name: str, at: time) -> Rule:
    """A rule of Sundays: the day on which most clocks change."""
    return Rule(weekday=6, at=at, zone=name, first_on=SUNDAY, minutes=90)


def read(file: bytes) -> Any:  # noqa: ANN401 - a property may be of thirty types; its name tells which
    """Read a file as strictly as the library can: every line understood, no value left over."""
    calendar = Calendar.from_ical(file)
    assert not [part.errors for part in calendar.walk() if part.errors]
    return calendar


def expanded(file: bytes, rule: Rule, until: datetime = FIVE_YEARS) -> list[datetime]:
    """What a calendar makes of the file: each start as an instant, by our own data of the zone."""
    events: list[Any] = recurring_ical_events.of(read(file)).between(NOW, until)
    walls = sorted(event["DTSTART"].dt.replace(tzinfo=None) for event in events)
    return [wall.replace(tzinfo=zone(rule.zone)).astimezone(UTC) for wall in walls]


def one_file(rule: Rule, revision: int = 0, moved: Moves = NO_MOVES, paused: Pauses = ()) -> bytes:
    return calendar_file([Dates("f00d", rule, revision, moved, paused)], "Meeting", NOW)


@pytest.mark.parametrize("at", [time(2, 30), time(19, 30)], ids=str)
def test_another_programs_dates_are_ours_for_five_years_but_for_a_time_that_the_clocks_skip(at: time) -> None:
    """RFC 5545 (3.3.5) reads a skipped 02:30 with the offset before the gap, so that it becomes 03:30.

    Ours begins at the first instant that exists, 03:00: nobody waits half an hour in a room for a time that never was.
    """
    assert len(zones()) > 30
    for name in zones():
        rule = sundays(name, at)
        theirs = expanded(one_file(rule), rule)
        ours = occurrences(rule, NOW, FIVE_YEARS)
        assert len(theirs) == len(ours) > 250, name
        differ = [(one, their) for one, their in zip(ours, theirs, strict=True) if one.starts_at != their]
        assert all(one.clock == "gap" for one, _ in differ), name
        assert all(not instants(name, datetime.combine(one.on, at)) for one, _ in differ), name
        assert all(timedelta() < their - one.starts_at < timedelta(hours=2) for one, their in differ), name


@pytest.mark.parametrize(
    "more",
    [
        {"every_weeks": 3},
        {"count": 7},
        {"until": date(2026, 3, 1)},
        {"every_weeks": 2, "count": 5},
        {"repeat": "daily", "count": 300},
        {"repeat": "monthly", "nth": 1},
        {"repeat": "monthly", "nth": 3, "first_on": date(2026, 1, 18)},
        {"repeat": "monthly", "nth": LAST, "first_on": date(2026, 1, 25), "until": date(2026, 10, 25)},
    ],
    ids=str,
)
def test_how_a_series_repeats_and_ends_is_in_the_file(more: dict[str, Any]) -> None:
    rule = replace(sundays("Europe/Berlin", time(19, 30)), **more)
    until = datetime(2027, 1, 1, tzinfo=UTC)
    assert expanded(one_file(rule), rule, until) == [one.starts_at for one in occurrences(rule, NOW, until)]


def changed(rule: Rule) -> tuple[Moves, Pauses]:
    """Some dates of a rule skipped, moved and paused, each twice, and one moved out of a pause."""
    ons = [one.on for one in occurrences(rule, NOW, FIVE_YEARS)][:60]
    moved: Moves = {
        ons[1]: None,
        ons[3]: datetime.combine(ons[3], time(7), zone(rule.zone)).astimezone(UTC) + timedelta(days=1),
        ons[6]: None,
        ons[9]: datetime.combine(ons[20], time(5), zone(rule.zone)).astimezone(UTC),
    }
    return moved, [Pause(ons[8], ons[11]), Pause(ons[13], ons[14])]


@pytest.mark.parametrize(
    "more",
    [
        {"repeat": "daily", "count": 430},
        {"repeat": "daily", "count": 430, "at": time(2, 30)},
        {"repeat": "monthly", "nth": 1},
        {"repeat": "monthly", "nth": LAST, "first_on": date(2026, 1, 25), "at": time(0, 30)},
        {"every_weeks": 2, "count": 100},
    ],
    ids=str,
)
def test_what_is_skipped_moved_and_paused_agrees_in_every_zone_but_for_a_time_that_the_clocks_skip(
    more: dict[str, Any],
) -> None:
    for name in zones():
        rule = replace(sundays(name, time(19, 30)), **more)
        moved, paused = changed(rule)
        ours = occurrences(rule, NOW, FIVE_YEARS, moved, paused)
        theirs = expanded(one_file(rule, 1, moved, paused), rule)
        assert len(theirs) == len(ours), name
        differ = [one for one, their in zip(ours, theirs, strict=True) if one.starts_at != their]
        assert all(one.clock == "gap" for one in differ), name
        assert not differ or rule.at < time(4)


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/Argentina/ComodRivadavia"])
def test_a_file_read_and_written_again_is_the_same_and_says_what_calendars_ask_for(name: str) -> None:
    rule = sundays(name, time(19, 30))
    file = one_file(rule, 4, *changed(rule))
    calendar = read(file)
    assert calendar.to_ical() == file
    assert {each: str(calendar[each]) for each in ("PRODID", "VERSION", "METHOD")} == {
        "PRODID": "-//peerbot//meetings//EN",
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
    }
    for event in calendar.walk("VEVENT"):
        assert event["DTSTAMP"].dt == NOW
        assert event["DTSTART"].dt.tzinfo is not None
        assert event["DTSTART"].params["TZID"] == name
        assert (str(event["UID"]), event["SEQUENCE"], str(event["SUMMARY"])) == ("f00d@peerbot", 4, "Meeting")
        assert {"ATTENDEE", "ORGANIZER", "LOCATION", "DESCRIPTION"}.isdisjoint(event)
        assert not event.subcomponents
    assert file.endswith(b"\r\n")


def test_a_skipped_date_is_left_out_and_a_moved_one_stands_where_it_went() -> None:
    rule = replace(sundays("Europe/London", time(19, 30)), count=4)
    moved = {SUNDAY: None, date(2026, 1, 18): datetime(2026, 1, 20, 18, tzinfo=UTC)}
    file = one_file(rule, moved=moved, revision=3)
    assert expanded(file, rule) == [one.starts_at for one in occurrences(rule, NOW, FIVE_YEARS, moved)]
    events = read(file).walk("VEVENT")
    assert {(str(event["UID"]), event["SEQUENCE"]) for event in events} == {("f00d@peerbot", 3)}


@pytest.mark.parametrize("name", zones())
def test_the_file_says_when_the_clocks_of_its_zone_change(name: str) -> None:
    written = [part for part in read(one_file(sundays(name, time(19)))).walk() if part.name in {"STANDARD", "DAYLIGHT"}]
    changes = 0
    for part in written:
        offset, later = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        onsets = [part["DTSTART"].dt, *(each.dt for each in part["RDATE"].dts)] if "RDATE" in part else []
        for onset in onsets:
            at = (onset - offset).replace(tzinfo=UTC)
            assert at.astimezone(zone(name)).utcoffset() == later
            assert (at - timedelta(seconds=1)).astimezone(zone(name)).utcoffset() == offset
            changes += 1
    assert changes >= (20 if name in {"Europe/London", "Australia/Lord_Howe", "America/New_York"} else 0)


def test_the_file_is_made_of_short_lines_as_calendars_expect() -> None:
    lines = one_file(sundays("America/Argentina/Buenos_Aires", time(19, 30))).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert max(len(line) for line in lines) <= 75
    assert not [line for line in lines if b"\n" in line]


def test_the_same_series_gives_the_same_entries_every_time() -> None:
    rule = sundays("Europe/Paris", time(19))
    again = calendar_file([Dates("f00d", rule)], "Meeting", NOW + timedelta(days=3)).splitlines()
    differ = set(again) ^ set(one_file(rule).splitlines())
    assert all(line.startswith((b"DTSTAMP", b"COMMENT", b" ")) or b"RDATE" in line for line in differ)


async def test_a_file_is_made_for_the_people_of_a_group_and_for_nobody_else(scene: Scene) -> None:
    await scene.meetings.planner.add(Actor(COORDINATOR, SERVER), scene.group.id, WEEKLY)
    file = await scene.meetings.calendar_for(Actor(ANA, SERVER))
    assert file is not None
    (event,) = read(file).walk("VEVENT")
    assert str(event["SUMMARY"]) == say("calendar-title")
    for hidden in (scene.group.name, scene.group.about, scene.group.id, "ATTENDEE", "LOCATION"):
        assert hidden.encode() not in file.replace(b"\r\n ", b"").split(b"BEGIN:VEVENT")[1]
    assert await scene.meetings.calendar_for(Actor(999, SERVER)) is None


async def test_every_change_of_a_series_makes_its_entry_newer(scene: Scene) -> None:
    colin = Actor(COORDINATOR, SERVER)
    await scene.meetings.planner.add(colin, scene.group.id, WEEKLY)
    row = await scene.desk.reads.one("SELECT id FROM series")
    assert row is not None
    series, timetable = row["id"], scene.meetings.timetable
    second = WEEKLY.first_on + timedelta(weeks=1)
    seen: list[int] = []
    for change in (
        None,
        timetable.skip(colin, series, second, second),
        timetable.unskip(colin, series, second, second),
        timetable.move(colin, series, second, STARTS + timedelta(days=8)),
        timetable.move(colin, series, second, STARTS + timedelta(days=7)),
        timetable.whole.pause(colin, series, second),
        timetable.whole.go_on(colin, series),
        timetable.whole.end(colin, series),
        timetable.whole.undo_end(colin, series),
    ):
        if change is not None:
            await change
        file = await scene.meetings.calendar_for(Actor(ANA, SERVER))
        assert file is not None
        (number,) = {event["SEQUENCE"] for event in read(file).walk("VEVENT")}
        seen.append(number)
    assert seen == list(range(9))


async def test_a_member_is_given_the_file_in_private_and_an_outsider_hears_of_no_meeting(world: World) -> None:
    cast = await found(world)
    shown = await types(world, cast.members[0], "meeting calendar")
    assert shown.response is not None
    assert shown.response.content == say("calendar-here")
    assert shown.response.ephemeral
    (file,) = shown.response.attachments
    assert file.filename == "meetings.ics"
    assert not [word for word in (GROUP, ABOUT, cast.fay.name) if word in say("calendar-here")]
    outside = await types(world, cast.olu, "meeting calendar")
    assert outside.response is not None
    assert outside.response.content == say("meeting-none")
