"""A group that rests, goes on or ends: its dates, its reminders, its calendar and its rooms tell the truth."""

from datetime import date, timedelta

from peerbot.engine.actor import Actor
from peerbot.meetings.series.recurrence import Pause
from tests.meetings.scene import ANA, COORDINATOR, ENDS, FAY, SERVER, STARTS, Scene

BOSS = Actor(COORDINATOR, SERVER)
WEEK = timedelta(days=7)


async def starts(scene: Scene, user: int = ANA) -> list[int]:
    """In how many weeks the meetings to come are, as a member is told."""
    return [(one.meeting.starts_at - STARTS) // WEEK for one in await scene.meetings.coming_for(Actor(user, SERVER))]


async def dates_listed(scene: Scene) -> list[int]:
    """The same, as a coordinator is told."""
    _, timings = await scene.meetings.timetable.of_group(BOSS, scene.group.id, 6)
    return [(one.starts_at - STARTS) // WEEK for timing in timings for one in timing.dates]


async def calendar(scene: Scene) -> str:
    file = await scene.meetings.calendar_for(Actor(ANA, SERVER))
    return "" if file is None else file.decode()


def rooms(scene: Scene) -> int:
    return sum(name.startswith("room-") for name in scene.paper.made)


async def pause(scene: Scene, *, paused: bool = True) -> None:
    life = scene.signup.life
    await (life.pause if paused else life.resume)(BOSS, scene.group.id)
    await scene.tick.settle()


async def test_a_group_that_rests_has_no_dates_anywhere_and_has_them_all_again_when_it_goes_on(scene: Scene) -> None:
    await scene.weekly()
    assert await starts(scene) == list(range(8))
    await pause(scene)
    assert await starts(scene) == await dates_listed(scene) == []
    assert not await scene.meetings.next_for(Actor(ANA, SERVER))
    assert (await scene.signup.group(scene.desk.reads, SERVER, scene.group.id)).next_meeting_at is None
    assert "STATUS:CANCELLED" in await calendar(scene)
    await scene.until(ENDS)
    await scene.meetings.extend()
    assert rooms(scene) == 0
    assert not scene.told("meetings.remind")
    await pause(scene, paused=False)
    assert await starts(scene) == list(range(1, 9))
    assert await dates_listed(scene) == list(range(1, 7))
    assert "UNTIL" not in await calendar(scene)
    await scene.until(STARTS + WEEK)
    assert rooms(scene) == 1


async def test_a_meeting_whose_room_is_there_takes_place_although_the_group_is_paused(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS - timedelta(minutes=10))
    await scene.facilitator_here()
    await pause(scene)
    assert await starts(scene) == [0]
    await scene.until(STARTS + timedelta(minutes=1))
    assert await scene.room_state() == "open"


async def test_dates_after_the_last_day_are_gone_as_soon_as_it_is_announced(scene: Scene) -> None:
    await scene.weekly()
    await scene.signup.life.end(BOSS, scene.group.id, date(2026, 12, 15))
    await scene.tick.settle()
    assert await starts(scene) == await dates_listed(scene) == [0, 1, 2]
    assert "UNTIL=20261215T235959Z" in await calendar(scene)
    await scene.meetings.extend()
    assert await starts(scene) == [0, 1, 2]
    await scene.signup.life.stay(BOSS, scene.group.id)
    await scene.tick.settle()
    assert await starts(scene) == list(range(8))


async def test_a_late_meeting_of_the_last_day_ends_in_peace_and_then_nobody_has_access(scene: Scene) -> None:
    await scene.weekly()
    await scene.signup.life.end(BOSS, scene.group.id, date(2026, 12, 1))
    await scene.until(STARTS - timedelta(minutes=10))
    await scene.facilitator_here()
    await scene.until(ENDS)
    assert await scene.room_state() == "open"
    scene.paper.sent.clear()
    await scene.until(STARTS.replace(hour=0) + timedelta(days=1, hours=4, minutes=1))
    taken = {sent.data["user"]: sent.may for sent in scene.told("meetings.access")}
    assert set(taken) == {ANA, ANA + 1, FAY}
    assert set(taken.values()) == {"nothing"}
    assert await starts(scene) == []
    await scene.until(ENDS + timedelta(hours=25))
    assert await scene.room_state() == "deleted"


async def test_a_series_stops_on_the_first_day_that_begins_too_late(scene: Scene) -> None:
    await scene.weekly()
    await scene.signup.life.end(BOSS, scene.group.id, date(2026, 12, 15))
    group = await scene.signup.group(scene.desk.reads, SERVER, scene.group.id)
    _, timings = await scene.meetings.timetable.of_group(BOSS, scene.group.id, 6)
    stops = await scene.meetings._group_life.stops(scene.desk.reads, group, timings[0].series)
    assert stops == [Pause(date(2026, 12, 16))]
