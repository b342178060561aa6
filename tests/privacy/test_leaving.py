"""Whoever leaves a server, or is banned from it, is forgotten there; so is a server that removes the bot."""

from datetime import timedelta

import pytest
from simcord.backend.serializers import guild_create_payload

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import say
from peerbot.privacy.erasing import SERVER_KEPT
from peerbot.servers.rules import NO_COUNTRY
from tests.escalation.everything_there import everything
from tests.privacy.traces import rows_about

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def nightly(world: World) -> None:
    await world.app.privacy.leaving.look()
    await world.tick()
    await world.pass_time(12 * MINUTE)


def goes(world: World, person: Person) -> None:
    world.env.backend.remove_member(world.guild.id, person.actor.id)


async def rows_of_server(world: World, server_id: int) -> dict[str, int]:
    reads = world.app.desk.reads
    found_rows: dict[str, int] = {}
    for table in await reads.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'erased'"):
        rows = await reads.all(f"SELECT * FROM {table['name']}")  # noqa: S608 - the schema's own names
        if number := sum(str(server_id) in repr(list(row.values())) for row in rows):
            found_rows[table["name"]] = number
    return found_rows


async def test_who_has_left_the_server_is_found_in_the_night_and_forgotten(world: World) -> None:
    cast = await found(world)
    ana, ben = cast.members[:2]
    goes(world, ana)
    goes(world, cast.mo)
    staff = await world.app.servers.team(world.app.desk.reads, world.guild.id, "moderator")
    assert staff == (cast.mo.actor.id,)
    await nightly(world)
    assert await rows_about(world, ana) == await rows_about(world, cast.mo) == {}
    assert await world.app.servers.team(world.app.desk.reads, world.guild.id, "moderator") == ()
    assert "seat" in await rows_about(world, ben)


async def test_discord_saying_nothing_is_no_leaving(world: World) -> None:
    cast = await found(world, members=1)
    before = await rows_about(world, cast.members[0])
    world.env.inject_error("GET", "/guilds/*/members/*", status=503, code=0, times=None)
    await nightly(world)
    assert await rows_about(world, cast.members[0]) == before


@pytest.mark.parametrize("banned", [False, True])
async def test_what_protects_others_outlasts_that_somebody_goes(world: World, *, banned: bool) -> None:
    cast = await found(world)
    ana, ben = cast.members[:2]
    async with world.app.desk.transaction() as work:
        await work.all(
            "INSERT INTO keep_apart (server_id, one_id, other_id, since) VALUES (:server, :one, :other, 1)",
            server=world.guild.id,
            one=ana.actor.id,
            other=ben.actor.id,
        )
    if banned:
        world.env.backend.apply_ban(world.guild.id, ana.actor.id, None)
        await world.env.settle()
        await world.pass_time(12 * MINUTE)
    else:
        goes(world, ana)
        await nightly(world)
    assert await rows_about(world, ana) == {"keep_apart": 1}


async def test_an_open_concern_of_somebody_who_left_is_still_the_teams(world: World) -> None:
    cast = await found(world, members=1)
    await types(world, cast.members[0], "help-now")
    await presses(world, cast.members[0], say("ask-now"))
    goes(world, cast.members[0])
    await nightly(world)
    (concern,) = await world.app.desk.reads.all("SELECT raiser_id, state FROM concern")
    assert concern["raiser_id"] == cast.members[0].actor.id
    assert concern["state"] != "closed"


async def test_a_server_that_removed_the_bot_is_deleted_after_seven_days_whole_and_no_other_is(world: World) -> None:
    there = await everything(world)
    world.env.backend.remove_guild(world.guild.id)
    await world.env.settle()
    await world.env.advance_time((SERVER_KEPT - HOUR).total_seconds())
    await world.app.tick.run()
    assert len(await rows_of_server(world, world.guild.id)) > 30
    await world.env.advance_time((2 * HOUR).total_seconds())
    await world.tick()
    assert await rows_of_server(world, world.guild.id) == {}
    assert "concern" in await rows_of_server(world, there.riverside.id)
    marks = await world.app.desk.reads.all("SELECT server_id, who FROM erased")
    assert [(row["server_id"], row["who"]) for row in marks] == [(world.guild.id, "")]


async def test_a_deleted_server_is_forgotten_in_memory_at_once_and_no_other_is(world: World) -> None:
    there = await everything(world)
    servers, here, other = world.app.servers, world.guild.id, there.riverside.id
    async with world.app.desk.transaction() as work:
        await work.all("UPDATE server SET country = 'GB', outside_contact = 'Samira, 0300 123'")
    await servers.remember_countries()
    world.env.backend.remove_guild(here)
    await world.env.settle()
    await world.env.advance_time((SERVER_KEPT - HOUR).total_seconds())
    await world.app.tick.run()
    assert (servers.country(here), servers.outside(here)) == ("GB", "Samira, 0300 123"), "it may add the bot again"
    await world.env.advance_time((2 * HOUR).total_seconds())
    await world.tick()
    assert (servers.country(here), servers.outside(here)) == (NO_COUNTRY, "")
    assert (servers.country(other), servers.outside(other)) == ("GB", "Samira, 0300 123")


async def test_adding_the_bot_again_before_that_brings_everything_back(world: World) -> None:
    await found(world, members=1)
    backend, server_id = world.env.backend, world.guild.id
    before = await rows_of_server(world, server_id)
    comes = guild_create_payload(backend, backend.get_guild(server_id))
    for event, payload, waiting in (("GUILD_DELETE", {"id": str(server_id)}, 1), ("GUILD_CREATE", comes, 0)):
        backend.emit(event, payload)
        await world.env.settle()
        waits = await world.app.desk.reads.all("SELECT due_at FROM timer WHERE kind = 'privacy.server'")
        assert len(waits) == waiting
    await world.env.advance_time((SERVER_KEPT + HOUR).total_seconds())
    await world.tick()
    assert set(before) - {"intent"} <= set(await rows_of_server(world, server_id))


async def test_what_happened_while_the_bot_was_down_is_noticed_when_it_is_back(world: World) -> None:
    await found(world, members=1)
    server_id = world.guild.id
    await world.app.privacy.erasing.servers_now([])
    await world.pass_time(HOUR)
    await world.app.privacy.erasing.servers_now([])
    (timer,) = await world.app.desk.reads.all("SELECT due_at FROM timer WHERE kind = 'privacy.server'")
    assert timer["due_at"] == int((world.now - HOUR + SERVER_KEPT).timestamp()), "the first removal counts"
    await world.restart()
    assert await world.app.desk.reads.all("SELECT 1 FROM timer WHERE kind = 'privacy.server'") == []
    assert await rows_of_server(world, server_id)


async def test_a_server_that_discord_cannot_reach_has_not_removed_the_bot(world: World) -> None:
    await found(world, members=1)
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id), "unavailable": True})
    await world.env.settle()
    assert await world.app.desk.reads.all("SELECT 1 FROM timer WHERE kind = 'privacy.server'") == []
