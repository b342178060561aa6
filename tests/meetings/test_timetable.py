"""Dates that are skipped, and the end of a series: shown first, done once, undone, and no other date changes."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import GROUP, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound, OldButton
from peerbot.engine.texts import say
from peerbot.meetings.series import cards as series_cards
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series.changes import Change
from tests.meetings.scene import ANA, BEN, COORDINATOR, ENDS, FAY, SERVER, STARTS, WEEKLY, Scene

COLIN = Actor(COORDINATOR, SERVER)
WEEK = timedelta(weeks=1)
FIRST, SECOND, THIRD = (WEEKLY.first_on + n * WEEK for n in range(3))


async def series_of(scene: Scene) -> str:
    await scene.weekly()
    (one,) = await series_store.every(scene.desk.reads)
    return one.id


async def planned(scene: Scene) -> list[date]:
    rows = await scene.desk.reads.all("SELECT on_date FROM meeting ORDER BY on_date")
    return [date.fromisoformat(row["on_date"]) for row in rows]


async def told(scene: Scene) -> list[tuple[int, str]]:
    await scene.tick.settle()
    sent = [one.data for one in scene.paper.sent if one.kind == "dm" and "news" in one.data]
    return [(data["user"], data["news"]) for data in sent]


def dates(change: Change) -> list[date]:
    return [one.on for one in change.dates]


async def test_proposing_to_skip_names_dates_and_people_and_changes_nothing(scene: Scene) -> None:
    series = await series_of(scene)
    change = await scene.meetings.timetable.propose_skip(COLIN, series, "8 December", "15 December")
    assert dates(change) == [SECOND, THIRD]
    assert change.people == 3
    assert len(await planned(scene)) == 8
    assert await told(scene) == []


async def test_a_skipped_date_is_left_out_alone_and_those_who_asked_are_told_once(scene: Scene) -> None:
    series = await series_of(scene)
    await scene.meetings.timetable.skip(COLIN, series, SECOND, SECOND)
    assert await planned(scene) == [FIRST + n * WEEK for n in range(8) if n != 1]
    assert await told(scene) == [(ANA, "skipped")]
    with pytest.raises(Invalid):
        await scene.meetings.timetable.skip(COLIN, series, SECOND, SECOND)
    await scene.meetings.extend()
    assert SECOND not in await planned(scene)
    left = await scene.desk.reads.all("SELECT subject FROM timer WHERE kind LIKE 'meeting.%'")
    meetings = await scene.desk.reads.all("SELECT id FROM meeting")
    assert {row["subject"] for row in left} <= {row["id"] for row in meetings}


async def test_a_break_skips_each_date_in_it_and_undo_brings_them_back(scene: Scene) -> None:
    series = await series_of(scene)
    before = await planned(scene)
    change = await scene.meetings.timetable.skip(COLIN, series, SECOND, SECOND + 9 * WEEK)
    assert len(change.dates) == 10
    assert await planned(scene) == [FIRST]
    again = await scene.meetings.timetable.unskip(COLIN, series, SECOND, SECOND + 9 * WEEK)
    assert dates(again) == dates(change)
    assert await planned(scene) == before
    assert await told(scene) == [(ANA, "skipped"), (ANA, "restored")]
    with pytest.raises(Invalid):
        await scene.meetings.timetable.unskip(COLIN, series, SECOND, SECOND)


async def test_skipping_the_next_meeting_says_when_the_group_meets_after_it(scene: Scene) -> None:
    series = await series_of(scene)
    await scene.meetings.timetable.skip(COLIN, series, FIRST, FIRST)
    group = await scene.signup.group_by_id(scene.desk.reads, scene.group.id)
    assert group.next_meeting_at == STARTS + WEEK
    await scene.until(ENDS)
    assert not [name for name in scene.paper.made if name.startswith("room-")]


async def test_a_meeting_whose_room_is_there_is_not_skipped_and_outlives_the_end_of_its_series(scene: Scene) -> None:
    series = await series_of(scene)
    await scene.until(STARTS - timedelta(minutes=10))
    with pytest.raises(Invalid) as refused:
        await scene.meetings.timetable.skip(COLIN, series, FIRST, SECOND)
    assert "room" in say(refused.value.text)
    change = await scene.meetings.timetable.whole.end(COLIN, series)
    assert dates(change) == [FIRST + n * WEEK for n in range(1, 8)]
    assert await planned(scene) == [FIRST]
    await scene.facilitator_here()
    await scene.until(ENDS + timedelta(days=2))
    assert await planned(scene) == [FIRST]


async def test_an_ended_series_brings_no_more_and_adding_the_same_again_undoes_it(scene: Scene) -> None:
    series = await series_of(scene)
    await scene.meetings.timetable.whole.end(COLIN, series)
    await scene.meetings.extend()
    assert await planned(scene) == []
    assert await told(scene) == [(ANA, "skipped")]
    with pytest.raises(NotFound):
        await scene.meetings.timetable.whole.end(COLIN, series)
    for _ in range(2):
        await scene.weekly()
        (again,) = await series_store.every(scene.desk.reads)
        assert (again.id, len(await planned(scene))) == (series, 8)
        assert await told(scene) == [(ANA, "skipped"), (ANA, "restored")]


async def test_ending_is_undone_whole_and_those_who_asked_are_told(scene: Scene) -> None:
    series = await series_of(scene)
    before = await planned(scene)
    await scene.meetings.timetable.whole.end(COLIN, series)
    change = await scene.meetings.timetable.whole.undo_end(COLIN, series)
    assert dates(change) == await planned(scene) == before
    assert await told(scene) == [(ANA, "skipped"), (ANA, "restored")]
    again = await scene.meetings.timetable.whole.undo_end(COLIN, series)
    assert dates(again) == before
    assert len(await told(scene)) == 2


async def test_who_left_before_the_message_is_not_written_to(scene: Scene) -> None:
    series = await series_of(scene)
    await scene.meetings.timetable.skip(COLIN, series, SECOND, SECOND)
    await scene.leave(ANA)
    await scene.tick.settle()
    assert [one for one in scene.paper.sent if one.kind == "dm"] == []


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("soon", "", "series-date-unknown"),
        ("9 December", "", "series-no-such-date"),
        ("24 November 2026", "", "series-no-such-date"),
        ("15 December", "8 December", "series-no-such-date"),
        ("8 December", "31 December 2027", "series-too-many"),
    ],
)
async def test_dates_that_cannot_be_skipped_are_said_so(scene: Scene, first: str, last: str, text: str) -> None:
    series = await series_of(scene)
    with pytest.raises(Invalid) as refused:
        await scene.meetings.timetable.propose_skip(COLIN, series, first, last)
    assert refused.value.text == text
    assert "Nothing was changed" in say(text, most=25)


@pytest.mark.parametrize("user", [ANA, BEN, FAY, 999])
async def test_only_coordinators_see_and_change_series_here(scene: Scene, user: int) -> None:
    series = await series_of(scene)
    timetable, actor = scene.meetings.timetable, Actor(user, SERVER)
    for attempt in (
        timetable.of_group(actor, scene.group.id, 6),
        timetable.propose_skip(actor, series, "8 December", ""),
        timetable.skip(actor, series, SECOND, SECOND),
        timetable.unskip(actor, series, SECOND, SECOND),
        timetable.whole.propose_end(actor, series),
        timetable.whole.end(actor, series),
        timetable.whole.undo_end(actor, series),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert await timetable.choices(actor, "") == []
    assert await timetable.dates(actor, series) == []


async def test_a_series_of_another_server_is_not_there(scene: Scene) -> None:
    series = await series_of(scene)
    elsewhere = Actor(1, 2, manages_server=True)
    for attempt in (
        scene.meetings.timetable.skip(elsewhere, series, SECOND, SECOND),
        scene.meetings.timetable.whole.end(elsewhere, series),
        scene.meetings.timetable.whole.undo_end(elsewhere, series),
        scene.meetings.timetable.whole.end(COLIN, "0badc0de"),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await scene.meetings.timetable.dates(elsewhere, series) == []


async def test_the_calendar_file_leaves_a_skipped_date_out_and_says_that_it_is_newer(scene: Scene) -> None:
    series = await series_of(scene)
    numbers: list[int] = []
    for _ in range(2):
        file = await scene.meetings.calendar_for(Actor(ANA, SERVER))
        assert file is not None
        (event,) = Calendar.from_ical(file).events
        numbers.append(event.sequence)
        assert (b"EXDATE;TZID=Europe/London:20261208T190000" in file) is (len(numbers) == 2)
        if len(numbers) == 1:
            await scene.meetings.timetable.skip(COLIN, series, SECOND, SECOND)
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("args", [(), ("0badc0de",), ("0badc0de", "x", "y"), ("0badc0de", "20261208")])
def test_a_button_that_carries_no_dates_is_an_old_one(args: tuple[str, ...]) -> None:
    with pytest.raises(OldButton):
        series_cards.span(args)


async def test_a_coordinator_skips_a_date_undoes_it_and_ends_the_series(world: World) -> None:
    cast = await found(world)

    async def offered(command: str, option: str, **others: str) -> list[str]:
        choices = await cast.colin.actor.autocomplete(world.lounge, f"manage series {command}", option, "", **others)
        return [str(choice["value"]) for choice in choices]

    (group,) = await offered("list", "group")
    shown = await types(world, cast.colin, "manage series list", group=group)
    assert shown.response is not None
    assert GROUP in shown.response.content
    assert "Every week on Tuesday, 19:30" in shown.response.content
    (series,) = await offered("skip", "series")
    await types(world, cast.colin, "manage series skip", series=series, date="2026-12-08")
    await presses(world, cast.colin, say("series-skip-confirm", count=1))
    assert await world.app.desk.reads.all("SELECT * FROM series_exception") != []
    await presses(world, cast.colin, say("series-undo"))
    assert await world.app.desk.reads.all("SELECT * FROM series_exception") == []
    await types(world, cast.colin, "manage series end", series=series)
    await presses(world, cast.colin, say("series-end-confirm"))
    assert await offered("skip", "series") == []
    await presses(world, cast.colin, say("series-undo"))
    assert await offered("skip", "series") == [series]
