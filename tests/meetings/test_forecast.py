"""No series is promised a room that Discord would refuse; what is planned already is never refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid
from peerbot.engine.texts import say
from peerbot.gateway.channels import ChannelsOnDiscord
from peerbot.meetings.rules import Times
from peerbot.meetings.series.forecast import MOST_FORECAST, Forecast, Span, most_at_once, span
from peerbot.meetings.series.proposal import Asked
from tests.fakes import EVENING
from tests.meetings.scene import COORDINATOR, ENDS, SERVER, STARTS, WEEKLY, Scene
from tests.meetings.test_timetable import COLIN, planned, series_of

HOUR = timedelta(hours=1)


def hours(*pairs: tuple[int, int]) -> list[Span]:
    return [(EVENING + begins * HOUR, EVENING + ends * HOUR) for begins, ends in pairs]


@pytest.mark.parametrize(
    ("spans", "most"),
    [
        ([], 0),
        (hours((0, 1)), 1),
        (hours((0, 1), (1, 2)), 1),
        (hours((0, 2), (1, 3)), 2),
        (hours((0, 9), (1, 2), (3, 4), (3, 5)), 3),
        (hours((0, 1)) * 7, 7),
        (hours((2, 2)), 0),
    ],
)
def test_the_most_rooms_at_one_time_are_counted(spans: list[Span], most: int) -> None:
    assert most_at_once(spans) == most


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=40))
def test_at_the_begin_of_some_room_there_are_as_many_as_ever(pairs: list[tuple[int, int]]) -> None:
    spans = hours(*((begins, begins + length) for begins, length in pairs))
    at_each = [sum(begins <= at < ends for begins, ends in spans) for at, _ in spans]
    assert most_at_once(spans) == max(at_each, default=0)


def test_a_room_is_there_from_a_quarter_of_an_hour_before_to_a_day_after() -> None:
    assert span(STARTS, ENDS, Times()) == (STARTS - timedelta(minutes=15), ENDS + timedelta(days=1))


@pytest.mark.parametrize(("others", "rooms", "fits"), [(449, 1, True), (450, 1, False), (0, 451, False)])
def test_nine_tenths_of_what_discord_takes_may_be_planned(others: int, rooms: int, fits: bool) -> None:  # noqa: FBT001
    assert MOST_FORECAST == 450
    assert Forecast(others, rooms).fits is fits


async def test_a_series_beyond_the_limit_is_refused_with_figures_at_both_steps(scene: Scene) -> None:
    scene.channels = 449
    await scene.weekly()
    asked = Asked(scene.group.id, "Wednesday", "9:00 am")
    for attempt in (
        scene.meetings.planner.propose(Actor(COORDINATOR, SERVER), asked),
        scene.weekly(replace(WEEKLY, weekday=2, first_on=WEEKLY.first_on + timedelta(days=1))),
    ):
        with pytest.raises(Invalid) as refused:
            await attempt
        told = say(refused.value.text, **refused.value.values)
        for figure in ("449", "2 rooms", "451", "450 of 500", "nothing was changed"):
            assert figure in told
    assert len(await planned(scene)) == 8
    # Two days later the room of Tuesday is gone.
    await scene.weekly(replace(WEEKLY, weekday=3, first_on=WEEKLY.first_on + timedelta(days=2)))
    assert len(await planned(scene)) == 16


async def test_rooms_that_are_there_are_not_counted_twice(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS - timedelta(minutes=10))
    scene.channels = 450  # Ours is one of them.
    await scene.weekly(replace(WEEKLY, weekday=4, first_on=WEEKLY.first_on + timedelta(days=3)))
    assert len(await planned(scene)) == 16


async def test_what_is_planned_takes_place_and_a_press_repeated_is_no_second_series(scene: Scene) -> None:
    await scene.weekly()
    scene.channels = 500
    await scene.weekly()
    await scene.until(STARTS - timedelta(minutes=10))
    assert scene.channel()


async def test_an_ended_or_paused_series_comes_back_only_if_there_is_place(scene: Scene) -> None:
    series = await series_of(scene)
    whole = scene.meetings.timetable.whole
    for leave, back in ((whole.end(COLIN, series), whole.undo_end), (whole.pause(COLIN, series, None), whole.go_on)):
        await leave
        scene.channels = 450
        with pytest.raises(Invalid) as refused:
            await back(COLIN, series)
        assert refused.value.text == "series-too-many-channels"
        assert await planned(scene) == []
        scene.channels = 449
        await back(COLIN, series)
        assert len(await planned(scene)) == 8


async def test_the_undo_of_a_skip_brings_a_date_back_only_if_there_is_place(scene: Scene) -> None:
    series, timetable = await series_of(scene), scene.meetings.timetable
    dates = (WEEKLY.first_on, WEEKLY.first_on + timedelta(days=49))
    await timetable.skip(COLIN, series, *dates)
    scene.channels = 450
    with pytest.raises(Invalid) as refused:
        await timetable.unskip(COLIN, series, *dates)
    assert refused.value.text == "series-too-many-channels"
    assert await planned(scene) == []
    scene.channels = 449
    await timetable.unskip(COLIN, series, *dates)
    assert len(await planned(scene)) == 8


async def test_the_channels_of_a_server_are_counted_as_discord_tells_of_them(world: World) -> None:
    await found(world)
    counted = ChannelsOnDiscord(lambda: world.app.bot)
    there = [channel for channel in world.env.backend.channels.values() if channel.guild_id == world.guild.id]
    before = len(there)
    assert counted.count(world.guild.id) == before > 3
    await world.until(world.now.replace(hour=19, minute=16))
    assert counted.count(world.guild.id) == before + 1
    assert counted.count(1) == 0
