"""The scene of this pillar's tests."""

from collections.abc import AsyncGenerator
from pathlib import Path

import discord
import pytest

from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.servers.service import Answers
from tests.opening import open_groups
from tests.signup.scene import Scene, open_scene


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A server with its team, before any group."""
    async with open_scene(tmp_path) as opened:
        yield opened


@pytest.fixture
async def boss(world: World) -> Person:
    """Somebody who manages the server, with the smallest team around them."""
    boss = world.add("boss", "Boss", "administrator", permissions=discord.Permissions(manage_guild=True))
    lead, second, facilitator = (world.add(name, name.title(), name) for name in ("lead", "second", "facilitator"))
    admin = Actor(boss.actor.id, world.guild.id, manages_server=True)
    answers = Answers("GB", lead.actor.id, second.actor.id, "choose", "Europe/London")
    await world.app.servers.set_up(admin, answers)
    await world.app.servers.add_to_team(admin, facilitator.actor.id, "facilitator")
    await open_groups(world.app.desk, world.guild.id)
    return boss
