"""systemd hears when the bot is ready, that its wheel turns, and that it ends. A socket of the test plays systemd."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bench.wire import Wire
from bench.wire.limits import Limits
from peerbot.app import App
from peerbot.engine.database import Database
from peerbot.gateway.pacing import Pace
from peerbot.ops.supervisor import Supervisor
from peerbot.servers import rules
from tests.fakes import FakeClock
from tests.ops.running import KEY, ROOT

LONGEST = 60
"""Seconds of real time until a word that does not come counts as not said."""


class Systemd:
    """Hears what the bot says, in order."""

    def __init__(self, ear: socket.socket) -> None:
        self._ear = ear

    async def hears(self) -> str:
        async with asyncio.timeout(LONGEST):
            return (await asyncio.get_running_loop().sock_recv(self._ear, 100)).decode()

    async def hears_at_last(self, wanted: str) -> list[str]:
        """Return everything up to the first `wanted`."""
        heard = [await self.hears()]
        while heard[-1] != wanted:
            heard.append(await self.hears())
        return heard

    def heard_so_far(self) -> list[str]:
        heard: list[str] = []
        while True:
            try:
                heard.append(self._ear.recv(100).decode())
            except BlockingIOError:
                return heard


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Systemd]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield Systemd(ear)


@pytest.fixture
async def wire() -> AsyncGenerator[Wire]:
    wire = Wire(limits=Limits(per_second=None))
    await wire.start()
    wire.world.add_server("Harbour Street", int(rules.INVITED_WITH))
    yield wire
    await wire.close()


@asynccontextmanager
async def running(config: Path, wire: Wire, gateway_url: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    places = {"PEERBOT_DISCORD_API_URL": wire.api_url, "PEERBOT_DISCORD_GATEWAY_URL": gateway_url}
    paths = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "PEERBOT_TOKEN": wire.token}
    run = [sys.executable, "-m", "peerbot.cli", "run", "--config", str(config)]
    started = await asyncio.create_subprocess_exec(
        *run, env=os.environ | places | paths, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


async def test_the_bot_is_ready_once_it_is_connected_vouches_for_each_cycle_and_says_that_it_ends(
    config: Path, systemd: Systemd, wire: Wire
) -> None:
    async with running(config, wire, wire.gateway_url) as bot:
        before = await systemd.hears_at_last("READY=1")
        assert wire.gateway.identifies == 1
        assert set(before[:-1]) <= {"WATCHDOG=1"}
        assert [await systemd.hears() for _ in range(3)] == ["WATCHDOG=1"] * 3
        bot.send_signal(signal.SIGTERM)
        assert set((await systemd.hears_at_last("STOPPING=1"))[:-1]) <= {"WATCHDOG=1"}
        assert await bot.wait() == 0
        assert "READY=1" not in systemd.heard_so_far()


async def test_without_a_connection_the_wheel_turns_and_the_bot_is_not_ready(
    config: Path, systemd: Systemd, wire: Wire
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        async with running(config, wire, f"ws://127.0.0.1:{silent.getsockname()[1]}"):
            assert [await systemd.hears() for _ in range(3)] == ["WATCHDOG=1"] * 3


@pytest.fixture
async def app(tmp_path: Path, clock: FakeClock) -> AsyncGenerator[App]:
    app = App(await Database.open(tmp_path / "bot.sqlite", KEY), clock, pace=Pace())
    yield app
    await app.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


async def test_a_wheel_that_gets_stuck_half_way_is_not_vouched_for(systemd: Systemd, app: App) -> None:
    supervisor = Supervisor()
    app.tick.each_cycle = lambda: supervisor.cycle(app.vitals)
    await app.tick.run()
    assert systemd.heard_so_far() == ["WATCHDOG=1"]
    async with app.desk.transaction() as work:
        await work.all("DROP TABLE intent")
    with pytest.raises(Exception, match="no such table: intent"):
        await app.tick.run()
    assert systemd.heard_so_far() == []


async def test_a_supervisor_that_is_gone_or_deaf_stops_nothing(systemd: Systemd, app: App, tmp_path: Path) -> None:
    supervisor = Supervisor()
    for _ in range(2_000):  # More than the socket of one who does not listen takes.
        supervisor.cycle(app.vitals)
    (tmp_path / "notify").unlink()
    supervisor.ending()


async def test_a_name_without_a_file_is_understood_too(monkeypatch: pytest.MonkeyPatch, app: App) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(f"\0peerbot-{os.getpid()}")
        monkeypatch.setenv("NOTIFY_SOCKET", f"@peerbot-{os.getpid()}")
        Supervisor().ending()
        assert ear.recv(100) == b"STOPPING=1"


async def test_without_systemd_nothing_is_told(monkeypatch: pytest.MonkeyPatch, app: App) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    Supervisor().cycle(app.vitals)
