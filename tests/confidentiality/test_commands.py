"""What people type and press about the texts they agree to, as Discord carries it."""

from typing import Any

import discord
import pytest
import simcord

from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import GROUP, Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import say

QUIET = "We keep phones on quiet."


@pytest.fixture
async def cast(world: World) -> Cast:
    return await found(world, members=2)


def said(result: simcord.InteractionResult) -> str:
    messages = (result.response, *result.followups)
    return "\n".join(message.content for message in messages if message is not None)


async def add_line(world: World, cast: Cast, command: str, **options: Any) -> None:  # noqa: ANN401 - a command's
    await types(world, cast.colin, command, **options)
    form = await presses(world, cast.colin, say("staff-texts-change"))
    preview = await fills(world, cast.colin, form, {"line-0": QUIET})
    assert say("staff-texts-check") in said(preview)
    assert QUIET in said(preview)
    assert say("staff-texts-people", people=2) in said(preview)
    await presses(world, cast.colin, say("staff-texts-confirm"))


def writes(world: World, person: Person) -> bool:
    """Whether somebody may write in the one room they see."""
    (place,) = world.rooms(person)
    found = world.env.backend.compute_permissions(world.guild.id, person.actor.id, place.handle.id)
    return discord.Permissions(found).send_messages


async def test_a_changed_agreement_is_read_in_the_room_and_who_agrees_writes_at_once(world: World, cast: Cast) -> None:
    ana, ben = cast.members[:2]
    (choice,) = await cast.colin.actor.autocomplete(world.lounge, "manage texts", "group", GROUP[:3])
    await add_line(world, cast, "manage texts", group=choice["value"])
    await world.until(world.now.replace(hour=19, minute=16))
    await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
    await world.until(world.now.replace(hour=19, minute=31))
    assert not writes(world, ana)
    shown = await presses(world, ana, say("agreement-read-changed"), world.rooms(ana)[0])
    assert say("agreement-new", line=QUIET) in said(shown)
    await presses(world, ana, say("agreement-agree"), world.rooms(ana)[0])
    assert writes(world, ana)
    assert not writes(world, ben)
    await presses(world, ben, say("agreement-read-changed"), world.rooms(ben)[0])
    left = await presses(world, ben, say("agreement-leave"), world.rooms(ben)[0])
    assert say("left-group", group=GROUP) in said(left)
    assert world.rooms(ben) == []


async def test_limits_are_added_read_accepted_by_command_and_taken_back(world: World, cast: Cast) -> None:
    ana, ben = cast.members[:2]
    await add_line(world, cast, "manage limits")
    assert QUIET in said(await types(world, cast.olu, "agreement read"))
    assert QUIET in said(await types(world, ana, "agreement accept"))
    await presses(world, ana, say("agreement-agree"))
    assert say("agreement-nothing-new") in said(await types(world, ana, "agreement accept"))
    undone = await presses(world, cast.colin, say("staff-texts-undo"))
    assert say("staff-texts-asked", people=1) in said(undone)
    assert QUIET not in said(await types(world, cast.olu, "agreement read"))
    assert say("agreement-nothing-new") in said(await types(world, ben, "agreement accept"))
    assert say("agreement-gone", line=QUIET) in said(await types(world, ana, "agreement accept"))


async def test_withdrawing_asks_first_and_then_leaves_the_group(world: World, cast: Cast) -> None:
    ana = cast.members[0]
    (choice,) = await ana.actor.autocomplete(world.lounge, "agreement withdraw", "group", "")
    asked = await types(world, ana, "agreement withdraw", group=choice["value"])
    assert say("agreement-withdraw-check", group=GROUP) in said(asked)
    left = await presses(world, ana, say("agreement-withdraw-confirm"))
    assert say("left-group", group=GROUP) in said(left)
    assert await ana.actor.autocomplete(world.lounge, "agreement withdraw", "group", "") == []
    again = await types(world, ana, "agreement withdraw", group=choice["value"])
    assert said(again) == say("error-not-found")


async def test_the_form_for_joining_shows_all_that_is_agreed_to(world: World, cast: Cast) -> None:
    await add_line(world, cast, "manage limits")
    dev = cast.members[3]
    (choice,) = await dev.actor.autocomplete(world.lounge, "group join", "group", "")
    form = await types(world, dev, "group join", group=choice["value"])
    assert QUIET in str(form.modal)
