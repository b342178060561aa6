"""Who can read a room, as people read it: from the server as Discord shows it to the bot."""

import discord
import pytest
import simcord
from simcord.backend.access import can_access_channel

from peerbot.confidentiality.visibility import readers
from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.servers.rules import INVITED_WITH

ADMIN = discord.Permissions(administrator=True)


@pytest.fixture
async def cast(world: World) -> Cast:
    return await found(world, members=2)


async def told(world: World, cast: Cast, **more: object) -> str:
    shown = await types(world, cast.olu, "agreement who-can-read", **more)  # pyright: ignore[reportArgumentType] - a place
    assert shown.response is not None
    return shown.response.content


def actor_of_amira(world: World, cast: Cast) -> Actor:
    return Actor(cast.amira.actor.id, world.guild.id, manages_server=True)


async def test_anybody_reads_who_could_read_a_room_here_in_two_lines(world: World, cast: Cast) -> None:
    text = await told(world, cast)
    reads, finds = text.splitlines()[1:3]
    assert reads.startswith(f"{say('sight-reads')} {say('sight-owner')}")
    assert "runs the server" in reads, "Amira's role, which has every permission"
    assert "“coordinator” could let themselves in" in reads, "Colin may manage the server"
    assert finds == f"{say('sight-finds')} {say('sight-finds-same')}"
    assert text.endswith(say("sight-promise"))


async def test_numbers_are_said_where_discord_gives_them(world: World, cast: Cast) -> None:
    world.guild.create_role("Old admins", permissions=ADMIN)
    await world.env.settle()
    assert "Old admins" in await told(world, cast)
    await world.app.seeing.sighting.ask(world.guild.id)
    text = await told(world, cast)
    assert "“runs the server” (1)" in text
    assert "Old admins" not in text, "a role that nobody has lets nobody in"


async def test_the_audit_log_shows_who_was_let_in_and_is_told(world: World, cast: Cast) -> None:
    world.guild.create_role("Auditors", permissions=discord.Permissions(view_audit_log=True))
    await world.env.settle()
    assert "“Auditors”, who may read the audit log" in (await told(world, cast)).splitlines()[2]


async def test_a_rule_that_copies_words_out_is_named_where_the_bot_may_see_it(world: World, cast: Cast) -> None:
    rule = {
        "name": "Hard words",
        "event_type": 1,
        "trigger_type": 1,
        "trigger_metadata": {"keyword_filter": ["x"]},
        "actions": [{"type": 2, "metadata": {"channel_id": str(world.lounge.id)}}],
        "enabled": True,
    }
    world.env.backend.create_auto_mod_rule(world.guild.id, cast.amira.actor.id, rule)
    await world.app.seeing.sighting.ask(world.guild.id)
    assert not world.app.seeing.sighting.rules(world.guild.id).known
    role = next(role for role in world.guild.roles.values() if role.name == "peerbot")
    may = INVITED_WITH | discord.Permissions.manage_guild.flag
    world.env.backend.edit_role(world.guild.id, role.id, {"permissions": may})
    await world.app.seeing.sighting.ask(world.guild.id)
    assert "copy messages they catch into another channel: Hard words." in await told(world, cast)


async def test_a_name_pings_nobody_and_is_no_link(world: World, cast: Cast) -> None:
    world.guild.create_role("@everyone [x](http://y)", permissions=ADMIN)
    await world.env.settle()
    text = await told(world, cast)
    assert "@everyone" not in text.replace("\\@everyone", "")
    assert "](http" not in text


async def test_many_roles_are_counted_beyond_three(world: World, cast: Cast) -> None:
    for number in range(5):
        world.guild.create_role(f"Admin {number}", permissions=ADMIN)
    await world.env.settle()
    assert "and 3 more" in await told(world, cast)


async def test_in_a_room_it_is_said_of_that_room(world: World, cast: Cast) -> None:
    practising = await world.app.meetings.practice.begin(actor_of_amira(world, cast))
    await world.until(practising.starts_at)
    (room,) = world.rooms(cast.fay)
    shown = await types(world, cast.fay, "agreement who-can-read", room)
    assert shown.response is not None
    assert shown.response.content.startswith(say("sight-room-title"))
    sight = world.app.seeing.sighting.of_channel(world.guild.id, room.handle.id)
    assert sight is not None
    let_in = set(readers(sight, world.app.bot.application_id).people)
    for person in world.people:
        by_discord = can_access_channel(world.env, room.handle.id, person.actor)
        assert by_discord == (person.actor.id in let_in or person is cast.amira)


async def test_who_joins_reads_it_in_the_form(world: World, cast: Cast) -> None:
    await types(world, cast.olu, "group find")
    world.guild.create_role("Watchers", permissions=ADMIN)
    await world.env.settle()
    group = await world.app.desk.reads.one("SELECT id FROM peer_group")
    assert group is not None
    form = await types(world, cast.olu, "group join", group=group["id"])
    assert form.modal is not None
    assert "Watchers" in str(form.modal)
    assert "audit log" not in str(form.modal)
    await fills(world, cast.olu, form, {"agree": ["yes"]})


async def test_the_first_message_of_a_side_room_says_it(world: World, cast: Cast) -> None:
    world.close_dms(cast.olu)
    await types(world, cast.olu, "help-now")
    await presses(world, cast.olu, say("ask-now"))
    await world.tick()
    (room,) = world.rooms(cast.olu)
    assert any(say("sight-reads") in message.content for message in world.reads(cast.olu, room))


async def test_in_a_direct_message_there_is_no_server_to_look_at(world: World, cast: Cast) -> None:
    place = next(place for place in world.places(cast.mo) if place.is_dm)
    shown = await types(world, cast.mo, "agreement who-can-read", place)
    assert isinstance(shown, simcord.InteractionResult)
    assert shown.response is not None
    assert shown.response.content == say("sight-elsewhere")
