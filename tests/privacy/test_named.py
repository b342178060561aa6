"""Whoever was deleted is named by no message of ours in any channel of the server; what others need of it stays."""

import json
import re
from datetime import timedelta

import pytest
from simcord.backend.models.message import Message

from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import say
from tests.escalation.everything_there import everything
from tests.privacy.traces import rows_about

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def ours(world: World) -> list[Message]:
    """Return every message of the bot that stands in a channel of the server, as Discord has it."""
    backend = world.env.backend
    here = [channel for channel in backend.messages if backend.get_channel(channel).guild_id == world.guild.id]
    found = [each for channel in here for each in backend.messages[channel].values()]
    return [each for each in found if each.author_id == backend.bot_user.id and not each.is_ephemeral]


def names(message: Message, person: Person) -> bool:
    """Return whether a message contains somebody's number or name."""
    marks = rf"{person.actor.id}|\b{re.escape(person.name)}\b"
    return bool(re.search(marks, message.content)) or person.actor.id in message.mention_user_ids


def naming(world: World, person: Person) -> list[str]:
    return [each.content for each in ours(world) if names(each, person)]


async def some_time(world: World) -> None:
    await world.tick()
    await world.pass_time(12 * MINUTE)


STAFF = ("mo", "dana", "ed", "fay", "colin")


@pytest.mark.parametrize("how", ["deletes themself", "leaves", "is banned"])
async def test_no_message_of_ours_in_a_channel_names_somebody_who_is_gone(world: World, how: str) -> None:
    there = await everything(world)
    person = world.person("mo")
    before = naming(world, person)
    others = {key: len(naming(world, world.person(key))) for key in STAFF if key != "mo"}
    assert len(before) > 3
    assert all(others.values()), "each of them is named somewhere"
    count = len(ours(world))
    if how == "deletes themself":
        await world.app.privacy.delete(there.by("mo"), everywhere=True)
    elif how == "is banned":
        world.env.backend.apply_ban(world.guild.id, person.actor.id, None)
        await world.env.settle()
    else:
        world.env.backend.remove_member(world.guild.id, person.actor.id)
        await world.app.privacy.leaving.look()
    await some_time(world)
    assert naming(world, person) == []
    assert len(ours(world)) >= count, "nothing that others need was taken down"
    assert any(say("person-forgotten") in each.content and each.components for each in ours(world)), "buttons stay"
    assert not world.env.errors
    assert await rows_about(world, person) == {}


@pytest.mark.parametrize("key", STAFF)
async def test_whoever_deletes_themself_is_named_in_no_channel(world: World, key: str) -> None:
    there = await everything(world)
    if key == "dana":
        await world.app.servers.add_to_team(there.by("amira"), there.by("colin").user_id, "lead")
    await world.app.privacy.delete(there.by(key), everywhere=True)
    await some_time(world)
    left = await world.app.desk.reads.all("SELECT raiser_id FROM concern WHERE state <> 'closed'")
    if there.by(key).user_id not in {row["raiser_id"] for row in left}:
        assert naming(world, world.person(key)) == []


async def test_what_discord_refuses_is_tried_again_the_next_day(world: World) -> None:
    there = await everything(world)
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50001, times=None)
    await world.app.privacy.delete(there.by("mo"), everywhere=True)
    await some_time(world)
    assert naming(world, world.person("mo"))
    world.env.backend.faults.clear()
    await world.pass_time(DAY + MINUTE)
    assert naming(world, world.person("mo")) == []


async def test_a_message_that_names_somebody_is_taken_down_after_a_year(world: World) -> None:
    await everything(world)
    mo = world.person("mo")
    kept = await world.app.privacy.show(mo.actor.id)
    (line,) = [each for each in kept if each.item == "kept-named"]
    assert line.values["count"] == len(naming(world, mo))
    assert line.until is not None
    last = line.until
    await world.env.advance_time((last - world.now - MINUTE).total_seconds())
    await world.app.privacy.housekeeping()
    assert await world.app.desk.reads.all("SELECT 1 FROM named WHERE user_id = :id", id=mo.actor.id)
    await world.env.advance_time(120)
    await world.app.privacy.housekeeping()
    assert not await world.app.desk.reads.all("SELECT 1 FROM named WHERE user_id = :id", id=mo.actor.id)
    meant = await world.app.desk.reads.all("SELECT data FROM intent WHERE kind = 'message.delete'")
    assert {each.id for each in ours(world) if names(each, mo)} <= {json.loads(row["data"])["message"] for row in meant}
