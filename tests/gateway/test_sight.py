"""Whether somebody sees a channel is what Discord's own rules of roles and overwrites say at this moment."""

import pytest

from peerbot.demo.cast import Cast, set_up
from peerbot.demo.world import World
from peerbot.gateway.sight import sees

NOBODY = 900_000_000_000_000_000


async def channel(world: World) -> int:
    server = await world.app.servers.load(world.app.desk.reads, world.guild.id)
    assert server.moderators_channel_id is not None
    return server.moderators_channel_id


async def asked(world: World, user_id: int, channel_id: int | None = None) -> bool | None:
    return await sees(world.app.bot, world.guild.id, channel_id or await channel(world), user_id)


async def test_who_was_let_in_sees_it_and_nobody_else_does(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    assert await asked(world, cast.dana.actor.id) is True
    assert await asked(world, cast.olu.actor.id) is False


async def test_an_administrator_sees_it_without_being_let_in(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    assert await asked(world, cast.amira.actor.id) is True


async def test_a_change_is_seen_at_once(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    where = await channel(world)
    target = world.app.bot.get_partial_messageable(where)
    await world.app.bot.http.delete_channel_permissions(target.id, cast.dana.actor.id)
    assert await asked(world, cast.dana.actor.id) is False


async def test_who_has_left_the_server_does_not_see_it(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    world.env.backend.remove_member(world.guild.id, cast.dana.actor.id)
    assert await asked(world, cast.dana.actor.id) is False
    assert await asked(world, NOBODY) is False


@pytest.mark.parametrize(
    ("status", "code", "said"), [(404, 10003, False), (403, 50001, False), (500, 0, None), (403, 0, None)]
)
async def test_a_channel_that_is_gone_or_kept_from_the_bot_nobody_sees_and_silence_says_nothing(
    world: World,
    status: int,
    code: int,
    said: bool | None,  # noqa: FBT001
) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    where = await channel(world)
    world.env.inject_error("GET", f"/channels/{where}", status=status, code=code, times=None)
    assert await asked(world, cast.dana.actor.id) is said


async def test_what_is_hidden_from_the_bot_nobody_sees(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    hidden = world.guild.create_text_channel("___hidden___")
    assert await asked(world, cast.dana.actor.id, hidden.id) is False


async def test_of_a_server_discord_has_not_sent_nothing_is_known(world: World) -> None:
    assert await sees(world.app.bot, NOBODY, NOBODY, NOBODY) is None
