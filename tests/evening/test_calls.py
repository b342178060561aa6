"""What a quiet room costs: the calls to Discord from its making to its deletion, each named."""

from collections import Counter
from datetime import timedelta

from peerbot.demo.acts import presses
from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.texts import say

PATH = Counter(
    {
        "POST /guilds/…/channels": 1,  # The room, with everybody's access.
        "POST /channels/…/messages": 5,  # Lobby, opening, half-way, closing, locked.
        "PUT /channels/…/permissions/…": 2,  # All may write; nobody may.
        "GET /channels/…": 1,  # Is it ours? Looked at before it is deleted.
        "DELETE /channels/…": 1,
    }
)
APART = ("POST /interactions/", "POST /webhooks/", "POST /users/@me/channels", "GET /guilds/…/members/…")
"""Answers to a press, direct messages and looking somebody up come with people, not with a room."""


async def looks_at_the_team(world: World) -> int:
    """Return how often it was looked whether somebody of the team sees their channel: each day, whatever meets."""
    row = await world.app.desk.reads.one("SELECT count(*) AS n FROM intent WHERE kind = 'sight.check'")
    return row["n"] if row else 0


async def rota_posts(world: World) -> int:
    """Return how many posts the team had about its rota and its test pages: whatever meets."""
    row = await world.app.desk.reads.one(
        "SELECT count(*) AS n FROM intent WHERE kind = 'post' AND (key LIKE 'rota:%' OR key LIKE 'test_page:%')"
    )
    return row["n"] if row else 0


async def test_a_quiet_rooms_path_is_ten_calls_at_most(world: World) -> None:
    cast = await found(world, members=3)
    await world.until(world.now.replace(hour=19, minute=10))
    before, looks, posts = len(world.guillotine.calls), await looks_at_the_team(world), await rota_posts(world)
    await world.until(world.now.replace(hour=19, minute=16))
    await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
    await world.until(world.now.replace(hour=22, minute=0))
    await world.pass_time(timedelta(days=1))
    assert world.rooms(cast.fay) == []
    calls = Counter(call for call in world.guillotine.calls[before:] if not call.startswith(APART))
    calls["GET /channels/…"] -= await looks_at_the_team(world) - looks
    calls["POST /channels/…/messages"] -= await rota_posts(world) - posts
    assert calls == PATH
    assert PATH.total() <= 10
