"""The wire stand-in with one server, and the bot connected to it by a real socket."""

import threading
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import discord.gateway
import pytest
from discord.http import Route

from bench.crash.run import Prepared
from bench.line import HandClock, connected
from bench.wire import Wire
from bench.wire.limits import Limits
from bench.wire.people import Person
from bench.wire.world import World
from peerbot.app import App
from peerbot.servers import rules
from tests.wire import scene as scenes
from tests.wire.scene import Scene

BEGINS = 2_100_000_000.0
"""In July 2036: ids made by the hand clock are younger than the real clock, so that no token looks expired."""


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    api, gateway = Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = api, gateway
    hearts = [each for each in threading.enumerate() if isinstance(each, discord.gateway.KeepAliveHandler)]
    assert all(heart._stop_ev.is_set() for heart in hearts), "a connection beats on, and fails some later test"


@pytest.fixture
def clock() -> HandClock:
    return HandClock(BEGINS)


@pytest.fixture
async def wire(clock: HandClock) -> AsyncGenerator[Wire]:
    wire = Wire(World(lambda: clock.seconds), Limits(per_second=None))
    await wire.start()
    yield wire
    await wire.close()


@pytest.fixture
def server(wire: Wire) -> int:
    server_id = wire.world.add_server("Harbour Street", int(rules.INVITED_WITH))
    wire.world.add_channel(server_id, "lounge")
    return server_id


@pytest.fixture
async def app(wire: Wire, server: int, clock: HandClock, tmp_path: Path) -> AsyncGenerator[App]:
    async with connected(wire, tmp_path / "peerbot.sqlite", clock) as app:
        yield app


@pytest.fixture
def ana(wire: Wire, server: int) -> Person:
    return Person.new(wire, "Ana", server)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return scenes.prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
async def scene(prepared: Prepared, tmp_path: Path) -> AsyncGenerator[Scene]:
    """A group half an hour before it meets, in a world of its own."""
    async with scenes.staged(prepared, tmp_path) as scene:
        yield scene
