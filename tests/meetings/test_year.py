"""Twenty groups for a year, by the tick alone: each meeting has one room, on time, and nothing of it is left."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from peerbot.engine.zones import zone
from tests.meetings.year import COLIN, DAY, MINUTE, WEEK, Year, end_of_year, open_year, plan_incidents

BEGINS = datetime(2027, 1, 3, 12, tzinfo=UTC)
QUIET = (
    *("make the room", "meetings.lobby", "let all write", "meetings.opening", "meetings.half-way"),
    *("meetings.closing", "let nobody write", "meetings.locked", "delete the room"),
)
"""What goes to Discord for a room in which nothing happens. Before it is deleted it is looked at: the tenth call."""


async def assert_kept(year: Year, until: datetime) -> None:
    """Hold a span of time against what was promised."""
    for number in year.circles:
        found = [one.meeting for one in year.evenings.values() if year.number_of(one.meeting) == number]
        wanted = [one.starts_at for one in await year.expected(number, until)]
        assert sorted(one.starts_at for one in found) == wanted, year.circles[number].rule
    await end_of_year(year, until)
    assert year.late_or_early() == []
    rooms = {name: id_ for name, id_ in year.paper.made.items() if name.startswith("room-")}
    assert sorted(rooms.values()) == sorted(one.channel for one in year.evenings.values())
    for left in (
        "SELECT * FROM room WHERE deleted_at IS NULL",
        "SELECT * FROM timer WHERE kind LIKE 'meeting.%'",
        "SELECT key FROM intent WHERE state IN ('waiting', 'sending')",
        "SELECT * FROM meeting WHERE state = 'planned'",
    ):
        assert await year.desk.reads.all(left) == [], left
    paths = Counter(tuple(one.calls) for one in year.evenings.values())
    assert paths.most_common(1)[0][0] == QUIET, paths
    assert max(len(path) for path in paths) <= 10, paths
    assert paths[QUIET] >= len(year.evenings) * 9 // 10, paths


async def test_over_a_clock_change_and_an_outage_each_meeting_has_one_room_on_time(tmp_path: Path) -> None:
    begins = datetime(2027, 3, 21, 12, tzinfo=UTC)
    async with open_year(tmp_path, begins, (1, 2, 3, 5, 7, 18)) as year:
        until = begins + 15 * DAY
        timetable, series = year.meetings.timetable, year.circles[1].series
        year.at(begins + DAY, lambda: timetable.skip(COLIN, series, date(2027, 4, 4), date(2027, 4, 4)))
        year.nobody = {(2, date(2027, 3, 28))}
        wednesday = begins + 3 * DAY
        year.down = [(wednesday, wednesday + 30 * MINUTE), (begins + 10 * DAY, begins + 11 * DAY)]
        year.nightly(until)
        await year.live(until)
        assert year.evenings
        assert zone("Europe/Berlin").utcoffset(until.replace(tzinfo=None)) == timedelta(hours=2)
        await assert_kept(year, until)
        assert year.messages["taken over"] == 1


@pytest.mark.deep
async def test_for_a_year_twenty_groups_meet_as_planned_and_nothing_is_left_of_any_room(tmp_path: Path) -> None:
    async with open_year(tmp_path, BEGINS) as year:
        until = BEGINS + 52 * WEEK
        await plan_incidents(year)
        year.nightly(until)
        await year.live(until)
        await assert_kept(year, until)
        assert len(year.evenings) > 500
        assert year.messages["taken over"] == 2
        # Direct messages and staff notices come with people and incidents; they are bounded by what was asked for.
        assert year.messages["direct message"] <= len(year.evenings) * 2 + 60
        assert year.messages["to the staff channel"] <= 60, year.messages
        # Before each room its five people are looked for, once; where a room is refused or late, once more.
        assert 0 < year.paper.looked_up <= 5 * len(year.evenings) + 60
