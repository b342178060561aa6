"""A server set up from nothing, by whoever follows what /setup says and nothing else."""

from datetime import timedelta
from typing import Any

import discord
import pytest

from peerbot.demo.acts import fills, labels, presses, types
from peerbot.demo.cast import Cast, add_series, in_the_story, set_up
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotAllowed
from peerbot.engine.texts import say
from peerbot.servers.rules import INVITED_WITH, NEEDED

STEPS = ("answers", "permissions", "channels", "team", "commands", "reach", "group", "dates", "practice", "drill")


def shown(world: World, person: Person) -> discord.Message:
    return world.reads(person, world.lounge)[-1]


async def look(world: World, person: Person) -> str:
    result = await types(world, person, "setup")
    assert result.response is not None
    return result.response.content


def step(text: str) -> str:
    """The step that a card of /setup is about."""
    return next(name for name in STEPS if f"**{say(f'setup-step-{name}')}**" in text)


async def add(world: World, person: Person, part: str) -> None:
    form = await presses(world, world.person("amira"), say("setup-press-person"))
    await fills(world, world.person("amira"), form, {"person": [person.actor], "part": part})


async def test_whoever_follows_what_it_says_has_a_group_in_ten_steps(world: World) -> None:
    cast = Cast(world)
    amira = cast.amira
    role = next(role for role in world.guild.roles.values() if role.name == "peerbot")
    world.env.backend.edit_role(world.guild.id, role.id, {"permissions": INVITED_WITH & ~NEEDED["manage-channels"]})
    await world.env.settle()

    assert step(await look(world, amira)) == "answers"
    form = await presses(world, amira, say("setup-press-form"))
    answers: dict[str, Any] = {"country": ["GB"], "lead": [cast.dana.actor], "second": [cast.ed.actor]}
    await fills(world, amira, form, {**answers, "channels": "make", "zone": "London"})

    await presses(world, amira, say("setup-go-on"))
    text = shown(world, amira).content
    assert step(text) == "permissions"
    assert say("permission-manage-channels") in text
    world.env.backend.edit_role(world.guild.id, role.id, {"permissions": INVITED_WITH})
    await world.env.settle()
    await world.pass_time(timedelta(minutes=2))

    await presses(world, amira, say("setup-look-again"))
    if step(shown(world, amira).content) == "channels":
        await presses(world, amira, say("setup-press-make-channels"))
    assert step(await look(world, amira)) == "team"
    await add(world, cast.fay, "facilitator")
    await presses(world, amira, say("setup-go-on"))
    assert step(shown(world, amira).content) == "reach"
    await add_more(world, cast)

    assert step(await look(world, amira)) == "reach"
    assert say("setup-press-test") not in labels(shown(world, amira))
    await types(world, cast.dana, "oncall test", everybody=True)
    for person in (cast.dana, cast.ed, cast.mo, cast.fay):
        place = next(place for place in world.places(person) if place.is_dm)
        await presses(world, person, say("drill-arrived"), place)

    group_id = await a_group(world, cast)

    assert step(await look(world, amira)) == "dates"
    await add_series(world, cast, group_id, in_the_story())

    assert step(await look(world, amira)) == "practice"
    await presses(world, amira, say("setup-press-practice"))
    await presses(world, amira, say("practice-begin"))
    assert step(await look(world, amira)) == "practice"
    (room,) = world.rooms(cast.fay)
    await presses(world, cast.fay, say("room-facilitator-here"), room)
    await world.pass_time(timedelta(minutes=6))

    assert step(await look(world, amira)) == "drill"
    await types(world, cast.dana, "drill start")
    await presses(world, cast.dana, say("drill-start"))
    text = await look(world, amira)
    assert text.startswith(say("setup-all-done"))
    assert cast.dana.actor.mention in text
    assert not world.env.errors


async def a_group(world: World, cast: Cast) -> str:
    """The first group, by the step's own button; it is done when two people hold it. Returns the group's id."""
    assert step(await look(world, cast.amira)) == "group"
    form = await presses(world, cast.amira, say("setup-press-group"))
    values = {"name": "Tuesday Circle", "about": "People who look after somebody", "medium": "text", "places": ["6"]}
    await fills(world, cast.amira, form, {**values, "language": "English"})
    group = await world.app.desk.reads.one("SELECT id FROM peer_group")
    assert group is not None
    for person in cast.facilitators:
        assert step(await look(world, cast.amira)) == "group"
        await types(world, cast.colin, "manage facilitator add", group=group["id"], person=person.actor)
    return str(group["id"])


async def add_more(world: World, cast: Cast) -> None:
    """A moderator and a coordinator, before anybody is tested."""
    for person, part in ((cast.mo, "moderator"), (cast.colin, "coordinator")):
        await types(world, cast.amira, "manage team add", person=person.actor, part=part)


async def test_a_step_can_be_left_for_later_and_comes_back(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    assert step(await look(world, cast.amira)) == "team"
    seen: list[str] = []
    for _ in range(7):
        await presses(world, cast.amira, say("setup-skip"))
        seen.append(step(shown(world, cast.amira).content))
    assert seen == ["reach", "group", "dates", "practice", "drill", "team", "reach"]
    await presses(world, cast.amira, say("setup-look-again"))
    assert step(shown(world, cast.amira).content) == "reach"
    await world.restart()
    assert step(await look(world, cast.amira)) == "team"


async def test_a_lead_who_sets_up_tests_and_practises_at_a_press(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    await types(world, cast.amira, "manage team add", person=cast.amira.actor, part="lead")
    await look(world, cast.amira)
    await presses(world, cast.amira, say("setup-skip"))
    await presses(world, cast.amira, say("setup-press-test"))
    assert {row["user_id"] for row in await world.app.desk.reads.all("SELECT user_id FROM test_page")} == {
        person.actor.id for person in (cast.amira, cast.dana, cast.ed)
    }


async def test_a_bot_is_nobody_who_could_lead(world: World) -> None:
    cast = Cast(world)
    bot = world.env.create_user("helper", bot=True)
    member = world.guild.add_member(bot)
    await types(world, cast.amira, "setup")
    form = await presses(world, cast.amira, say("setup-press-form"))
    answers: dict[str, Any] = {"country": ["GB"], "lead": [member], "second": [cast.ed.actor], "channels": "make"}
    told = await fills(world, cast.amira, form, {**answers, "zone": "London"})
    assert told.response is not None
    assert told.response.content.startswith(say("form-chose-bot"))
    assert await world.app.desk.reads.one("SELECT id FROM server") is None


async def test_only_who_manages_the_server_is_guided(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    await types(world, cast.amira, "setup")
    for person in (cast.dana, cast.mo, cast.olu):
        with pytest.raises(NotAllowed):
            await world.app.servers.state(Actor(person.actor.id, world.guild.id))
