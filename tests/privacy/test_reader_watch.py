"""Whoever comes to read rooms, or could come to, is told to the coordinators within the hour, once."""

import discord
import pytest

from peerbot.confidentiality.visibility import Change, Known
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.findings import Finding, Health
from peerbot.engine.texts import say
from peerbot.privacy.watch_rules import News, Strangers, Watched, news
from peerbot.servers.rules import INVITED_WITH

ADMIN = discord.Permissions(administrator=True)
VIEW = discord.Permissions(view_channel=True)


@pytest.fixture
async def cast(world: World) -> Cast:
    cast = await found(world, members=1)
    await world.app.reader_watch.look_everywhere()
    await world.tick()
    return cast


async def told(world: World, cast: Cast, reader: Person | None = None) -> list[str]:
    """What stands of it in the facilitators' channel after an hour's look."""
    await world.env.settle()
    await world.app.reader_watch.look_everywhere()
    await world.tick()
    place = world.place(reader or cast.colin, say("place-facilitators"))
    assert place is not None
    head = say("readers-changed", people=cast.colin.actor.mention)
    return [message.content for message in world.reads(reader or cast.colin, place) if message.content.startswith(head)]


async def findings(world: World, cast: Cast, check: str) -> list[Finding]:
    found = await world.app.doctor.look(Actor(cast.dana.actor.id, world.guild.id), world.now)
    return [each for each in found if each.check == check]


async def test_what_was_so_at_the_first_look_is_no_news_and_nothing_is_told_twice(world: World, cast: Cast) -> None:
    assert await told(world, cast) == []
    world.guild.create_role("Night admins", permissions=ADMIN)
    assert len(await told(world, cast)) == 0, "nobody has that role yet"


async def test_a_new_administrator_is_told_once_with_their_role(world: World, cast: Cast) -> None:
    role = world.guild.create_role("Night admins", permissions=ADMIN)
    world.guild.add_member(world.env.create_user("new"), roles=[role])
    (text,) = await told(world, cast)
    assert "every room now: “Night admins” (1)." in text
    assert len(await told(world, cast)) == 1
    await world.restart()
    assert len(await told(world, cast)) == 1, "a restart knows what was told"


async def test_one_more_person_with_such_a_role_is_told(world: World, cast: Cast) -> None:
    role = next(role for role in world.env.backend.guilds[world.guild.id].roles.values() if role.permissions & 8)
    member = world.guild.add_member(world.env.create_user("new"))
    world.env.backend.add_member_role(world.guild.id, member.id, role.id)
    (text,) = await told(world, cast)
    assert f"More people have these roles now, which read or could: “{role.name}” (2)." in text


async def test_a_role_that_could_let_itself_in_is_told(world: World, cast: Cast) -> None:
    role = world.guild.create_role("Gardeners", permissions=discord.Permissions(manage_roles=True))
    world.guild.add_member(world.env.create_user("new"), roles=[role])
    (text,) = await told(world, cast)
    assert "could let themselves in now: “Gardeners” (1)." in text


async def test_a_rule_that_copies_words_out_is_told_and_is_broken(world: World, cast: Cast) -> None:
    assert [each.text for each in await findings(world, cast, "copies")] == ["doctor-copies-unknown"]
    role = next(role for role in world.guild.roles.values() if role.name == "peerbot")
    may = INVITED_WITH | discord.Permissions.manage_guild.flag
    world.env.backend.edit_role(world.guild.id, role.id, {"permissions": may})
    assert await told(world, cast) == []
    assert [each.health for each in await findings(world, cast, "copies")] == [Health.WELL]
    rule = {
        "name": "Hard words",
        "event_type": 1,
        "trigger_type": 1,
        "trigger_metadata": {"keyword_filter": ["x"]},
        "actions": [{"type": 2, "metadata": {"channel_id": str(world.lounge.id)}}],
        "enabled": True,
    }
    world.env.backend.create_auto_mod_rule(world.guild.id, cast.amira.actor.id, rule)
    (text,) = await told(world, cast)
    assert "The automatic rule Hard words copies messages it catches" in text
    assert [each.health for each in await findings(world, cast, "copies")] == [Health.BROKEN]


@pytest.mark.parametrize("whom", ["person", "role"])
async def test_whoever_is_let_into_a_room_by_hand_is_told_without_a_name(world: World, cast: Cast, whom: str) -> None:
    practising = await world.app.meetings.practice.begin(
        Actor(cast.amira.actor.id, world.guild.id, manages_server=True)
    )
    await world.until(practising.starts_at)
    (room,) = world.rooms(cast.fay)
    assert await told(world, cast) == []
    assert [each.health for each in await findings(world, cast, "strangers")] == [Health.WELL]
    target = cast.olu.actor.id if whom == "person" else world.guild.create_role("Helpers").id
    kind = 1 if whom == "person" else 0
    await world.app.bot.http.edit_channel_permissions(room.handle.id, target, str(VIEW.value), "0", kind)
    (text,) = await told(world, cast)
    assert f"Somebody was let into <#{room.handle.id}> by hand" in text
    assert str(cast.olu.actor.id) not in text
    (finding,) = await findings(world, cast, "strangers")
    assert finding.health is Health.BROKEN
    assert len(await told(world, cast)) == 1


async def test_staff_channels_are_looked_at_too_and_the_team_is_no_stranger_there(world: World, cast: Cast) -> None:
    place = world.place(cast.mo, say("place-moderators"))
    assert place is not None
    await world.app.bot.http.edit_channel_permissions(place.handle.id, cast.olu.actor.id, str(VIEW.value), "0", 1)
    assert len(await told(world, cast)) == 1


async def test_without_a_facilitators_channel_each_coordinator_hears_it_by_message(world: World, cast: Cast) -> None:
    async with world.app.desk.transaction() as work:
        await work.all("UPDATE server SET facilitators_channel_id = NULL")
    role = world.guild.create_role("Night admins", permissions=ADMIN)
    world.guild.add_member(world.env.create_user("new"), roles=[role])
    await world.env.settle()
    await world.app.reader_watch.look_everywhere()
    await world.tick()
    assert any("Night admins" in message.content for message in world.dms(cast.colin))
    assert not any("Night admins" in message.content for message in world.dms(cast.olu))


async def test_nothing_that_is_kept_of_it_names_a_person(world: World, cast: Cast) -> None:
    place = world.place(cast.mo, say("place-moderators"))
    assert place is not None
    await world.app.bot.http.edit_channel_permissions(place.handle.id, cast.olu.actor.id, str(VIEW.value), "0", 1)
    await told(world, cast)
    row = await world.app.desk.reads.one("SELECT seen FROM readers_seen")
    assert row is not None
    for person in world.people:
        assert str(person.actor.id) not in row["seen"]


async def test_it_is_looked_at_each_hour(world: World, cast: Cast) -> None:
    role = world.guild.create_role("Night admins", permissions=ADMIN)
    world.guild.add_member(world.env.create_user("new"), roles=[role])
    await world.env.settle()
    await world.app.ticker._hourly()
    await world.tick()
    assert len(await told(world, cast)) == 1


NOBODY = Known({}, {}, frozenset(), frozenset())


def test_strangers_are_news_when_there_are_more_and_not_when_they_go() -> None:
    one, two = Strangers(people=1), Strangers(frozenset({7}), 1)
    assert news(Watched(NOBODY), Watched(NOBODY, {5: one})) == News(Change(), (5,))
    assert news(Watched(NOBODY, {5: one}), Watched(NOBODY, {5: two})).rooms == (5,)
    assert not news(Watched(NOBODY, {5: two}), Watched(NOBODY, {5: one}))
    assert not news(Watched(NOBODY, {5: two}), Watched(NOBODY))
