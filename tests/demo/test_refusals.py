"""In the practice world a refusal is an answer like any other: only a defect is a fault of the bot."""

from peerbot.demo.acts import types
from peerbot.demo.cast import Cast, make_group, set_up
from peerbot.demo.driver import Driver
from peerbot.demo.world import World
from peerbot.engine.texts import say


async def test_what_a_command_refuses_is_told_to_the_person_and_is_no_fault(world: World) -> None:
    cast, driver = Cast(world), Driver(world)
    await set_up(world, cast)
    for again in (False, True):
        if again:
            await world.rise()
        refused = await types(world, cast.olu, "group leave", group="0badc0de")
        assert refused.response is not None
        assert refused.response.content == say("error-not-found")
    await driver.beat()
    assert (world.env.errors, driver.faults) == ([], 0)


async def test_a_defect_is_still_a_fault(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    group = await make_group(world, cast)
    async with world.app.desk.transaction() as work:
        await work.all("DROP TABLE series")
    told = await types(world, cast.colin, "manage series list", group=group)
    assert told.response is not None
    assert told.response.content == say("error-unexpected")
    assert world.env.errors
