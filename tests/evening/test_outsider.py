"""Somebody who is in no group learns nothing: each entry answers byte for byte as for a group that does not exist."""

import re
from typing import Any

import pytest
import simcord

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import ABOUT, GROUP, Cast, found, join
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import say
from peerbot.gateway.custom_ids import CustomId

NOBODYS = "0badc0de"
"""An id of the right shape that nothing has."""


@pytest.fixture
async def cast(world: World) -> Cast:
    """A group with five members on the evening it meets; its room is open."""
    cast = await found(world)
    await world.until(world.now.replace(hour=19, minute=16))
    await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
    await world.until(world.now.replace(hour=19, minute=31))
    return cast


async def forge(world: World, person: Person, action: str, arg: str) -> bytes:
    """Let a modified client press a button, choose from a menu, or send a form, that nobody showed it."""
    channel, custom_id = world.lounge, str(CustomId(action, (arg,)))
    carrier = world.env.backend.create_message(
        channel.id,
        world.env.backend.bot_user.id,
        "forged",
        components=[{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": custom_id}]}],
    )
    result = await person.actor.click(simcord.ResponseMessage(world.env, carrier).message, custom_id=custom_id)
    await world.tick()
    world.env.backend.delete_message(channel.id, carrier.id)
    return answer(result)


def answer(result: simcord.InteractionResult) -> bytes:
    """Return everything a person was answered, ids of the answer itself left out."""
    shown = [message for message in (result.response, *result.followups) if message is not None]
    return repr([(m.content, [e.to_dict() for e in m.embeds], m.components) for m in shown] + [result.modal]).encode()


async def ids(world: World) -> dict[str, str]:
    """Return a real id of each thing there is."""
    reads = world.app.desk.reads
    found_ids = {}
    for name, sql in {
        "group": "SELECT id FROM peer_group LIMIT 1",
        "meeting": "SELECT id FROM meeting ORDER BY starts_at LIMIT 1",
        "concern": "SELECT id FROM concern LIMIT 1",
        "series": "SELECT id FROM series LIMIT 1",
        "wording": "SELECT id FROM wording LIMIT 1",
    }.items():
        row = await reads.one(sql)
        if row is not None:
            found_ids[name] = str(row["id"])
    return found_ids


async def test_an_outsider_sees_neither_room_nor_staff_channel(world: World, cast: Cast) -> None:
    assert [place.label for place in world.places(cast.olu)] == ["lounge", "peerbot"]


async def test_no_command_shows_an_outsider_who_is_in_a_group(world: World, cast: Cast) -> None:
    names = {person.name for person in (*cast.members, *cast.facilitators)}
    mentions = {person.actor.mention for person in (*cast.members, *cast.facilitators)}
    for command in sorted(cast.olu.actor.available_commands(world.lounge)):
        options: dict[str, Any] = {}
        if command in {"group leave", "group join", "agreement withdraw"}:
            options = {"group": NOBODYS}
        if command == "meeting away":
            options = {"meeting": NOBODYS}
        if command in {"facilitate step-out", "facilitate quiet"}:
            options = {"person": cast.members[0].actor}
        if command == "facilitate hide":
            options = {"message": NOBODYS}
        if command == "oncall cover":
            options = {"person": cast.olu.actor, "hours": 1}
        if command == "oncall swap":
            options = {"mine": NOBODYS, "person": cast.olu.actor, "theirs": NOBODYS}
        shown = answer(await types(world, cast.olu, command, **options)).decode()
        assert not [word for word in names | mentions if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", shown)], command


async def test_staff_commands_are_not_offered_to_an_outsider(world: World, cast: Cast) -> None:
    offered = {command.split()[0] for command in cast.olu.actor.available_commands(world.lounge)}
    assert offered.isdisjoint({"manage", "setup", "escalation", "drill"})


async def test_autocomplete_offers_an_outsider_nothing_whatever_is_typed(world: World, cast: Cast) -> None:
    for typed in ("", GROUP, GROUP[:1], NOBODYS, "zzz"):
        assert await cast.olu.actor.autocomplete(world.lounge, "group leave", "group", typed) == []


OPEN_TO_ALL = {
    "group.show": "an open group is there to be found",
    "group.join": "an open group is there to be joined",
    "group.agree": "as above; its form without the tick changes nothing",
    "group.taste": "as above",
    "taster.agree": "as above",
    "concern.ask": "everybody may ask for somebody, about themselves; no id of anybody else is in it",
    "concern.tell": "as above",
    "concern.for": "as above",
    "concern.send": "as above",
}
"""Entries that answer by what one may find, or by oneself. What the panel shows is held by its own test below."""


async def test_every_button_menu_and_form_answers_alike_for_what_is_and_what_is_not(world: World, cast: Cast) -> None:
    await types(world, cast.members[0], "help-now")
    await presses(world, cast.members[0], say("ask-now"))
    real = await ids(world)
    walked = 0
    for action in sorted(set(world.app.bot.router.routes) - set(OPEN_TO_ALL)):
        nowhere = await forge(world, cast.olu, action, NOBODYS)
        for what, there in {**real, "digits": "12345678"}.items():
            assert await forge(world, cast.olu, action, there) == nowhere, (action, what)
        walked += 1
    assert walked > 20


async def test_leaving_by_command_answers_alike_for_a_group_that_is_and_one_that_is_not(
    world: World, cast: Cast
) -> None:
    real = (await ids(world))["group"]
    there = answer(await types(world, cast.olu, "group leave", group=real))
    assert there == answer(await types(world, cast.olu, "group leave", group=NOBODYS))


async def test_the_panel_shows_an_outsider_the_same_whoever_is_in_the_group(world: World, cast: Cast) -> None:
    before = answer(await types(world, cast.olu, "group find"))
    assert ABOUT in before.decode()
    row = (await ids(world))["group"]
    # Another five people with other names: the panel must not know.
    for member in cast.members:
        await leave(world, member, row)
    for number in range(5):
        await join(world, world.add(f"other{number}", f"Other {number}", "member"))
    assert answer(await types(world, cast.olu, "group find")) == before


async def leave(world: World, person: Person, group: str) -> None:
    await types(world, person, "group leave", group=group)
