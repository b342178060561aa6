"""Who of the team sees which command: as Discord itself decides, by default and after a server changed it."""

from itertools import product

import discord
import pytest
from simcord.backend.command_access import command_access

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.findings import Finding
from peerbot.engine.texts import say
from peerbot.gateway.command_sight import CommandsOnDiscord


@pytest.fixture
async def cast(world: World) -> Cast:
    return await found(world, members=0)


async def findings(world: World, cast: Cast) -> list[Finding]:
    found = await world.app.doctor.look(Actor(cast.dana.actor.id, world.guild.id), world.now)
    return [each for each in found if each.check == "commands"]


async def test_who_has_the_permission_a_command_needs_sees_it(world: World, cast: Cast) -> None:
    assert [each.text for each in await findings(world, cast)] == [""]


async def test_who_lost_it_is_told_with_what_they_cannot_see(world: World, cast: Cast) -> None:
    await world.app.servers.add_to_team(Actor(1, world.guild.id, manages_server=True), cast.olu.actor.id, "coordinator")
    await world.app.servers.add_to_team(Actor(1, world.guild.id, manages_server=True), cast.olu.actor.id, "moderator")
    (finding,) = await findings(world, cast)
    assert finding.values == {"people": f"<@{cast.olu.actor.id}>", "commands": "**/manage**, **/escalation**"}


async def test_a_discord_that_does_not_say_is_not_taken_for_a_yes(world: World, cast: Cast) -> None:
    world.env.inject_error(
        "GET", f"/guilds/{world.guild.id}/members/{cast.mo.actor.id}", status=500, code=0, message=""
    )
    assert [each.text for each in await findings(world, cast)] == ["doctor-commands-unknown"]


async def test_it_is_decided_as_discord_decides(world: World, cast: Cast) -> None:
    """Every way to set a command and all commands, for two roles, everybody and one person: as SimCord's own engine."""
    first, second = world.guild.create_role("first"), world.guild.create_role("second")
    person = world.guild.add_member(world.env.create_user("pat"), roles=[first, second])
    sight = CommandsOnDiscord(lambda: world.app.bot, longest=600)
    commands = {one["name"]: one for one in world.env.backend.commands[None].values()}
    command, guild_id = commands["escalation"], world.guild.id
    application = world.env.backend.application_id
    targets = ((first.id, 1), (second.id, 1), (guild_id, 1), (person.id, 2))

    def entries(settings: tuple[bool | None, ...]) -> list[dict[str, object]]:
        return [
            {"id": str(target), "type": kind, "permission": allowed}
            for (target, kind), allowed in zip(targets, settings, strict=True)
            if allowed is not None
        ]

    for own in product((None, True, False), repeat=4):
        for everything in ((None,) * 4, (True,) * 4, (None, None, False, None), (None, None, None, False)):
            world.env.backend.set_command_permissions(guild_id, int(command["id"]), entries(own))
            world.env.backend.set_command_permissions(guild_id, application, entries(everything))
            access = command_access(world.env.backend, command, user_id=person.id, channel_id=world.lounge.id)
            unseen = await sight.unseen(guild_id, {person.id: ("escalation",)})
            assert unseen is not None
            assert (person.id not in unseen) == access.allowed, (own, everything)


def asked_in_turn(world: World, begin: int) -> list[str]:
    """Return what the bot asked of Discord since, in order: to take an answer, or who may use which command."""
    names = {"/callback": "answer", "/commands": "look", "/permissions": "look"}
    paths = [request.path for request in world.env.http_requests[begin:]]
    return [names[end] for path in paths for end in names if path.endswith(end)]


@pytest.mark.parametrize("command", ["doctor", "setup"])
async def test_discord_hears_that_an_answer_is_coming_before_it_is_asked_itself(
    world: World, cast: Cast, command: str
) -> None:
    begin = len(world.env.http_requests)
    result = await types(world, cast.amira, command)
    first, *rest = asked_in_turn(world, begin)
    assert first == "answer"
    assert set(rest) == {"look"}
    callback = next(each for each in world.env.http_requests[begin:] if each.path.endswith("/callback"))
    assert callback.json is not None
    assert callback.json["type"] == discord.InteractionResponseType.deferred_channel_message.value
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content
    assert result.followups == []


async def test_look_again_keeps_the_card_and_then_changes_it(world: World, cast: Cast) -> None:
    await types(world, cast.amira, "setup")
    before, begin = world.reads(cast.amira, world.lounge), len(world.env.http_requests)
    await presses(world, cast.amira, say("setup-look-again"))
    after = world.reads(cast.amira, world.lounge)
    assert asked_in_turn(world, begin)[:2] == ["answer", "look"]
    assert [message.id for message in after] == [message.id for message in before]


async def test_whoever_may_not_is_refused_in_the_answer_that_was_coming(world: World, cast: Cast) -> None:
    commands = {one["name"]: int(one["id"]) for one in world.env.backend.commands[None].values()}
    for command in ("doctor", "setup"):
        allowed = {"id": str(cast.olu.actor.id), "type": 2, "permission": True}
        world.env.backend.set_command_permissions(world.guild.id, commands[command], [allowed])
        result = await types(world, cast.olu, command)
        assert result.response is not None
        assert result.response.ephemeral
        assert result.response.content == say("error-not-allowed")
        assert result.followups == []


async def test_a_slow_discord_is_waited_for_and_not_for_ever(world: World, cast: Cast) -> None:
    sight = CommandsOnDiscord(lambda: world.app.bot, longest=0)
    assert await sight.unseen(world.guild.id, {cast.dana.actor.id: ("escalation",)}) is None
