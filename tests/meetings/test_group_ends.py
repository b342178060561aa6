"""A group that rests, will end or has ended: no list and no calendar says more than will take place."""

from datetime import date, timedelta

from peerbot.engine.actor import Actor
from peerbot.engine.retention import forget_due
from tests.meetings.scene import ANA, COORDINATOR, ENDS, FAY, SERVER, STARTS, WEEKLY, Scene
from tests.meetings.test_calendar import expanded, read

COLIN = Actor(COORDINATOR, SERVER)
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)


async def coming(scene: Scene) -> list[date]:
    return [one.meeting.on for one in await scene.meetings.coming_for(Actor(ANA, SERVER))]


async def calendar(scene: Scene) -> tuple[int, int]:
    """Return the number of the newest change, and how many dates of the next eight weeks the file has."""
    file = await scene.meetings.calendar_for(Actor(ANA, SERVER))
    assert file is not None
    (event,) = read(file).walk("VEVENT")
    if event.get("STATUS") == "CANCELLED":
        return event["SEQUENCE"], 0
    return event["SEQUENCE"], len(expanded(file, WEEKLY, STARTS + 8 * WEEK - DAY))


async def test_while_a_group_rests_nothing_is_said_to_take_place_and_all_of_it_comes_back(scene: Scene) -> None:
    await scene.weekly()
    await scene.signup.life.pause(COLIN, scene.group.id)
    await scene.tick.settle()
    assert (await coming(scene), await scene.meetings.next_for(Actor(ANA, SERVER))) == ([], [])
    assert await calendar(scene) == (1, 0)
    await scene.signup.life.resume(COLIN, scene.group.id)
    await scene.tick.settle()
    assert len(await coming(scene)) == 8
    assert await calendar(scene) == (2, 8)


async def test_after_the_announced_end_nothing_is_said_to_take_place(scene: Scene) -> None:
    await scene.weekly()
    await scene.signup.life.end(COLIN, scene.group.id, WEEKLY.first_on + 2 * WEEK)
    await scene.tick.settle()
    assert await coming(scene) == [WEEKLY.first_on + n * WEEK for n in range(3)]
    assert await calendar(scene) == (1, 3)


async def test_an_ended_group_has_no_planned_meeting_and_its_last_room_goes_as_promised(scene: Scene) -> None:
    await scene.weekly()
    await scene.signup.life.end(COLIN, scene.group.id, WEEKLY.first_on)
    await scene.until(STARTS - timedelta(minutes=10))
    await scene.facilitator_here(FAY)
    await scene.until(STARTS + 3 * DAY)
    await scene.meetings.extend()
    assert await scene.desk.reads.all("SELECT id FROM meeting WHERE state = 'planned'") == []
    assert await scene.desk.reads.all("SELECT kind FROM timer WHERE kind LIKE 'meeting.%'") == []
    assert [sent.at for sent in scene.told("channel.delete")] == [ENDS + DAY]


async def test_the_records_of_an_ended_group_go_with_the_group(scene: Scene) -> None:
    await scene.weekly()
    await scene.signup.life.end(COLIN, scene.group.id, WEEKLY.first_on)
    await scene.until(STARTS - timedelta(minutes=10))
    await scene.facilitator_here(FAY)
    await scene.until(STARTS + 40 * DAY)
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.signup)
    await scene.tick.settle()
    for table in ("series", "series_pause", "meeting", "room", "room_times"):
        assert await scene.desk.reads.all(f"SELECT * FROM {table}") == [], table  # noqa: S608 - names of this test
