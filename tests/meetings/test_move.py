"""One date is moved: its meeting, reminders and room go with it, and no other date changes."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound, OldButton
from peerbot.engine.texts import say
from peerbot.meetings.series import cards as series_cards
from tests.meetings.scene import ANA, COORDINATOR, ENDS, FAY, SERVER, STARTS, Scene
from tests.meetings.test_timetable import COLIN, FIRST, SECOND, WEEK, planned, series_of, told

THURSDAY = datetime(2026, 12, 10, 18, 30, tzinfo=UTC)


async def starts(scene: Scene) -> list[datetime]:
    rows = await scene.desk.reads.all("SELECT starts_at FROM meeting ORDER BY starts_at")
    return [datetime.fromtimestamp(row["starts_at"], UTC) for row in rows]


async def test_proposing_to_move_names_both_instants_and_changes_nothing(scene: Scene) -> None:
    series = await series_of(scene)
    move = await scene.meetings.timetable.propose_move(COLIN, series, "8 December", "10 December", "6.30 pm")
    assert move.starts_at == THURSDAY
    assert (move.change.dates[0].starts_at, move.change.people) == (STARTS + WEEK, 3)
    usual = await scene.meetings.timetable.propose_move(COLIN, series, "8 December", "10 December", "")
    assert usual.starts_at == THURSDAY + timedelta(minutes=30)
    assert await starts(scene) == [STARTS + n * WEEK for n in range(8)]


async def test_a_moved_date_goes_alone_and_undo_brings_it_back(scene: Scene) -> None:
    series = await series_of(scene)
    before = await starts(scene)
    await scene.meetings.timetable.move(COLIN, series, SECOND, THURSDAY)
    assert await starts(scene) == sorted([THURSDAY, *(at for at in before if at != STARTS + WEEK)])
    assert await told(scene) == [(ANA, "moved")]
    await scene.meetings.extend()
    assert await planned(scene) == [FIRST + n * WEEK for n in range(8)]
    await scene.meetings.timetable.move(COLIN, series, SECOND, STARTS + WEEK)
    assert await starts(scene) == before
    assert await scene.desk.reads.all("SELECT * FROM series_exception") == []
    assert await told(scene) == [(ANA, "moved"), (ANA, "moved")]


async def test_the_room_is_made_when_the_moved_meeting_begins_and_not_when_it_would_have(scene: Scene) -> None:
    series = await series_of(scene)
    later = STARTS + timedelta(hours=2)
    await scene.meetings.timetable.move(COLIN, series, FIRST, later)
    await scene.until(STARTS + timedelta(minutes=30))
    assert not [name for name in scene.paper.made if name.startswith("room-")]
    await scene.until(later - timedelta(minutes=10))
    assert [name for name in scene.paper.made if name.startswith("room-")]
    with pytest.raises(Invalid) as refused:
        await scene.meetings.timetable.move(COLIN, series, FIRST, THURSDAY)
    assert refused.value.text == "series-room-there"
    await scene.facilitator_here()
    await scene.until(ENDS + timedelta(hours=3))
    assert (await starts(scene))[0] == later


async def test_new_zone_data_leaves_a_moved_date_where_it_was_put(scene: Scene) -> None:
    series = await series_of(scene)
    await scene.meetings.timetable.move(COLIN, series, SECOND, THURSDAY)
    async with scene.desk.transaction() as work:
        await work.all("UPDATE series SET tzdata = 'older'")
    assert await scene.meetings.recompute_if_zone_data_changed() == 0
    assert THURSDAY in await starts(scene)


async def test_the_calendar_file_moves_with_it(scene: Scene) -> None:
    series = await series_of(scene)
    await scene.meetings.timetable.move(COLIN, series, SECOND, THURSDAY)
    file = await scene.meetings.calendar_for(Actor(ANA, SERVER))
    assert file is not None
    assert b"RECURRENCE-ID;TZID=Europe/London:20261208T190000" in file
    assert len(Calendar.from_ical(file).events) == 2
    assert b"DTSTART;TZID=Europe/London:20261210T183000" in file


@pytest.mark.parametrize(
    ("on", "to", "at", "text"),
    [
        ("8 December", "10 December", "late", "series-time-unknown"),
        ("8 December", "soon", "", "series-date-unknown"),
        ("9 December", "10 December", "", "series-no-such-date"),
        ("8 December", "30 November 2026", "", "series-move-when"),
        ("8 December", "1 June 2027", "", "series-move-when"),
    ],
)
async def test_a_move_that_cannot_be_made_is_said_so(scene: Scene, on: str, to: str, at: str, text: str) -> None:
    series = await series_of(scene)
    with pytest.raises(Invalid) as refused:
        await scene.meetings.timetable.propose_move(COLIN, series, on, to, at)
    assert refused.value.text == text
    assert "Nothing was changed" in say(text, days=60)


async def test_only_coordinators_of_this_server_move_dates(scene: Scene) -> None:
    series = await series_of(scene)
    for user in (ANA, FAY, 999):
        with pytest.raises(NotAllowed):
            await scene.meetings.timetable.move(Actor(user, SERVER), series, SECOND, THURSDAY)
    with pytest.raises(NotFound):
        await scene.meetings.timetable.move(Actor(1, 2, manages_server=True), series, SECOND, THURSDAY)
    with pytest.raises(NotFound):
        await scene.meetings.timetable.move(Actor(COORDINATOR, SERVER), "0badc0de", SECOND, THURSDAY)


@pytest.mark.parametrize("args", [(), ("0badc0de", "20261208"), ("0badc0de", "20261208", "x"), ("a", "b", "9" * 30)])
def test_a_button_that_carries_no_move_is_an_old_one(args: tuple[str, ...]) -> None:
    with pytest.raises(OldButton):
        series_cards.move_of(args)


async def test_a_coordinator_moves_a_date_and_undoes_it(world: World) -> None:
    cast = await found(world)
    choices = await cast.colin.actor.autocomplete(world.lounge, "manage series move", "series", "")
    series = str(choices[0]["value"])
    await types(world, cast.colin, "manage series move", series=series, date="2026-12-08", to="10 December")
    await presses(world, cast.colin, say("series-move-confirm"))
    assert await world.app.desk.reads.all("SELECT * FROM series_exception") != []
    await presses(world, cast.colin, say("series-undo"))
    assert await world.app.desk.reads.all("SELECT * FROM series_exception") == []
