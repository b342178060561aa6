"""What people do in the practice world: type a command, press a button, fill a form, each as a real client would.

After every act the bot does whatever became due, so that what follows from it can be looked at.
"""

from collections.abc import Mapping
from typing import Any

import discord
import simcord

from peerbot.demo.driver import Person, Place
from peerbot.demo.world import World
from peerbot.engine.texts import say


class NothingToPress(LookupError):
    """No message this person can read in that place has such a button."""


async def types(
    world: World,
    who: Person,
    command: str,
    /,
    place: Place | None = None,
    **options: Any,  # noqa: ANN401 - whatever the command takes
) -> simcord.InteractionResult:
    """Let a person type a slash command; in the lounge unless a place is given."""
    if place is not None and place.is_dm:
        result = await who.actor.user.slash(command, **options)
    else:
        result = await who.actor.slash(place.handle if place else world.lounge, command, **options)
    await world.tick()
    return result


async def presses(world: World, person: Person, label: str, place: Place | None = None) -> simcord.InteractionResult:
    """Let a person press the newest button of that label they can see in a place; in the lounge unless one is given."""
    channel = place.handle if place else world.lounge
    for message in reversed(world.reads(person, channel)):
        if label in labels(message):
            actor = person.actor if channel.guild is not None else person.actor.user
            result = await actor.click(message, label=label)
            await world.tick()
            return result
    raise NothingToPress(label)


async def chooses(world: World, person: Person, message: discord.Message, value: str) -> simcord.InteractionResult:
    """Let a person choose from a message's menu that offers it.

    Raises:
        NothingToPress: if none does.
    """
    result = await person.actor.select(message, [value], custom_id=_menu(message, value))
    await world.tick()
    return result


async def closes(world: World, person: Person) -> None:
    """Let a person press *Close* on a concern in the lounge, and say what came of it if that is asked."""
    await presses(world, person, say("staff-close"))
    newest = world.reads(person, world.lounge)[-1]
    if newest.components and not labels(newest):
        await chooses(world, person, newest, "spoke_with")


def _menu(message: discord.Message, value: str) -> str:
    menus = (
        item
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
        if isinstance(item, discord.SelectMenu)
    )
    for menu in menus:
        if menu.custom_id and any(option.value == value for option in menu.options):
            return menu.custom_id
    raise NothingToPress(value)


async def fills(
    world: World, person: Person, form: simcord.InteractionResult, values: Mapping[str, Any], place: Place | None = None
) -> simcord.InteractionResult:
    """Let a person fill the form they were shown and send it."""
    actor = person.actor if place is None or not place.is_dm else person.actor.user
    result = await actor.submit_modal(form, dict(values))
    await world.tick()
    return result


def labels(message: discord.Message) -> set[str]:
    """Return what the buttons of a message say."""
    return {
        item.label or ""
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
        if isinstance(item, discord.Button)
    }
