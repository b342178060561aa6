"""Saying that one will not come: counted for facilitators, named to nobody, taken back, and forgotten afterwards."""

from datetime import timedelta

import pytest

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Late, NotFound
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import say
from peerbot.meetings.rules import Meeting
from tests.meetings.scene import ANA, BEN, COORDINATOR, ENDS, FAY, OLA, SERVER, STARTS, Scene


async def meets(scene: Scene) -> Meeting:
    await scene.weekly()
    return await scene.meeting()


async def says(scene: Scene, user: int, meeting: Meeting, *, away: bool = True) -> int:
    await scene.meetings.away.say(Actor(user, SERVER), meeting.id, away=away)
    return await scene.meetings.how_many_away(meeting)


async def test_those_who_will_not_come_are_counted_once_each_and_can_take_it_back(scene: Scene) -> None:
    meeting = await meets(scene)
    assert await says(scene, ANA, meeting) == 1
    assert await says(scene, ANA, meeting) == 1
    assert await says(scene, FAY, meeting) == 2
    assert await says(scene, ANA, meeting, away=False) == 1
    assert await says(scene, ANA, meeting, away=False) == 1


@pytest.mark.parametrize("user", [OLA, COORDINATOR, 999])
async def test_for_others_the_meeting_is_not_there(scene: Scene, user: int) -> None:
    meeting = await meets(scene)
    with pytest.raises(NotFound):
        await says(scene, user, meeting)
    assert await scene.meetings.how_many_away(meeting) == 0


async def test_nobody_is_asked_about_a_meeting_that_has_begun(scene: Scene) -> None:
    meeting = await meets(scene)
    await scene.until(STARTS)
    with pytest.raises(Late):
        await says(scene, ANA, meeting)


async def test_leaving_forgets_it_and_so_does_the_end_of_the_meeting(scene: Scene) -> None:
    meeting = await meets(scene)
    await says(scene, ANA, meeting)
    assert await says(scene, BEN, meeting) == 2
    await scene.leave(ANA)
    await scene.tick.settle()
    assert await scene.meetings.how_many_away(meeting) == 1
    (kept,) = await scene.meetings.kept_about(scene.desk.reads, BEN)
    assert (kept.item, kept.until) == ("kept-away", ENDS + timedelta(days=1))
    await scene.wake(ENDS + timedelta(days=1, minutes=1))
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.meetings)
    assert await scene.meetings.how_many_away(meeting) == 0
    assert await scene.meetings.kept_about(scene.desk.reads, BEN) == []


async def test_a_member_says_so_changes_their_mind_and_the_facilitator_hears_a_number(world: World) -> None:
    cast = await found(world)
    ana, ben = cast.members[:2]
    for person in (ana, ben):
        choices = await person.actor.autocomplete(world.lounge, "meeting away", "meeting", "tuesday, 1 december")
        answer = await types(world, person, "meeting away", meeting=str(choices[0]["value"]))
        assert answer.response is not None
        assert answer.response.flags.ephemeral
        assert answer.response.content.startswith("Thank you for saying so.")
    assert await cast.olu.actor.autocomplete(world.lounge, "meeting away", "meeting", "") == []
    await presses(world, ben, say("meeting-away-undo"))
    await world.until(world.now.replace(hour=19, minute=16))
    room = world.rooms(cast.fay)[0]
    await presses(world, cast.fay, say("room-facilitator-here"), room)
    assert say("meeting-how-many-away", count=1) in world.reads(cast.fay, room)[-1].content
    assert not [name for name in (ana.name, ben.name) if name in world.reads(cast.fay, room)[-1].content]
