"""Who would rather write in a voice meeting: welcome from its first words on, and to those who hold it a number."""

import pytest

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import ABOUT, GROUP, Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.signup.groups.service import Wording


async def begin(world: World, medium: str) -> Cast:
    """Five members; the room is there, and Fay has said that she is."""
    cast = await found(world)
    colin = Actor(cast.colin.actor.id, world.guild.id)
    (group,) = await world.app.signup.groups_of(world.app.desk.reads, world.guild.id, cast.fay.actor.id)
    await world.app.signup.groups.change_words(colin, group.id, Wording(GROUP, ABOUT, "English", medium))
    await world.until(world.now.replace(hour=19, minute=16))
    await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
    return cast


async def would_rather_write(world: World, *people: Person) -> None:
    for person in people:
        await types(world, person, "my-data settings")
        await presses(world, person, say("my-data-press-writing-on"))


async def console(world: World, cast: Cast) -> str:
    shown = await types(world, cast.fay, "facilitate console", world.rooms(cast.fay)[0])
    assert shown.response is not None
    assert shown.response.flags.ephemeral
    return shown.response.content


async def test_those_who_hold_a_voice_meeting_see_how_many_would_rather_write_and_no_name(world: World) -> None:
    cast = await begin(world, "voice")
    assert "would rather write" not in await console(world, cast)
    for count, member in enumerate(cast.members[:3], 1):
        await would_rather_write(world, member)
        told = await console(world, cast)
        assert say("staff-facilitate-writing", count=count) in told
        assert not [each for each in cast.members if each.name in told or str(each.actor.id) in told]
    await would_rather_write(world, cast.members[3])
    assert say("staff-facilitate-writing", count="most") in await console(world, cast)
    assert "4 members" not in await console(world, cast)


@pytest.mark.parametrize("medium", ["voice", "text"])
async def test_the_first_words_say_it_in_a_voice_room_and_the_console_is_silent_in_a_text_room(
    world: World, medium: str
) -> None:
    cast = await begin(world, medium)
    await would_rather_write(world, cast.members[0], cast.olu)
    await world.until(world.now.replace(hour=19, minute=31))
    ana, room = cast.members[0], world.rooms(cast.members[0])[0]
    posts = [m.content for m in world.reads(ana, room) if not m.flags.ephemeral]
    (opening,) = [post for post in posts if f"Welcome to **{GROUP}**" in post]
    assert ("as welcome as speaking" in opening) is (medium == "voice")
    assert (say("staff-facilitate-writing", count=1) in await console(world, cast)) is (medium == "voice")
    assert not [post for post in posts if "rather write" in post], "the room learns of nobody's wish"
