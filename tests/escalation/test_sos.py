"""Who holds a meeting gets the co-facilitator and the team, unseen by the room, as often as they press."""

import pytest

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.texts import say
from tests.escalation.discord_on_paper import pages_to


@pytest.fixture
async def cast(world: World) -> Cast:
    """An open room held by Fay and Gus; Mo is on duty."""
    cast = await found(world)
    await world.until(world.now.replace(hour=19, minute=16))
    await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
    await world.until(world.now.replace(hour=19, minute=31))
    return cast


async def test_the_co_facilitator_and_the_moderator_on_duty_are_paged_and_the_room_sees_nothing(
    world: World, cast: Cast
) -> None:
    room = world.rooms(cast.fay)[0]
    said = len(world.dms(cast.members[0]))
    before = [message.content for message in world.reads(cast.members[0], room)]
    answer = await types(world, cast.fay, "facilitate sos", room)
    assert answer.response is not None
    assert answer.response.flags.ephemeral
    assert say("receipt-title") in answer.response.content
    assert world.dms(cast.gus)
    assert pages_to(world, cast.mo)
    assert len(world.dms(cast.members[0])) == said
    assert [message.content for message in world.reads(cast.members[0], room)] == before
    await types(world, cast.fay, "facilitate sos")
    row = await world.app.desk.reads.one("SELECT count(*) AS number, max(level) AS level FROM concern")
    assert row is not None
    assert (row["number"], row["level"]) == (1, 2)


async def test_for_everybody_else_there_is_no_such_meeting(world: World, cast: Cast) -> None:
    for person, text in ((cast.olu, "staff-facilitate-none"), (cast.amira, "staff-facilitate-none")):
        answer = await types(world, person, "facilitate sos")
        assert answer.response is not None
        assert answer.response.content == say(text)
    answer = await types(world, cast.members[0], "facilitate sos", world.rooms(cast.members[0])[0])
    assert answer.response is not None
    assert answer.response.content == say("error-not-allowed")
    assert not await world.app.desk.reads.all("SELECT id FROM concern")
