"""Sessions over a real socket: how many are begun when Discord ends each, and how many it says are left."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from discord.gateway import KeepAliveHandler

from bench.line import HandClock, connected
from bench.wire import Wire
from bench.wire.faults import ALWAYS, Fault, Mode
from peerbot.app import App
from peerbot.gateway.identifies import AT_ONCE


class Waits:
    """Holds whoever waits, and remembers for how long that would be."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.asked = asyncio.Event()
        self.over = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.asked.set()
        await self.over.wait()


async def no_pause(*_: object, **_more: object) -> None:
    """In place of discord.py's five seconds."""


async def test_sessions_that_discord_ends_each_time_are_begun_five_times_and_then_waited_for(
    app: App, wire: Wire, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "discord.Client.before_identify_hook", lambda _self, shard_id, **more: no_pause(shard_id, **more)
    )
    gate, waits = app.bot.identifies, Waits()
    assert gate is not None
    gate.sleep = waits
    while not waits.asked.is_set():
        again = asyncio.ensure_future(app.bot.wait_for("connect"))
        wire.gateway.end_sessions()
        held = asyncio.ensure_future(waits.asked.wait())
        await asyncio.wait((again, held), return_when=asyncio.FIRST_COMPLETED)
        again.cancel()
        held.cancel()
    assert waits.seconds == [60]
    assert wire.gateway.identifies == AT_ONCE
    assert not any(isinstance(each, KeepAliveHandler) and not each._stop_ev.is_set() for each in threading.enumerate())
    assert app.vitals.missing == ["gateway", "cycle"]
    # Meanwhile what must go out goes out: only the gateway waits.
    await app.tick.run()
    assert app.vitals.missing == ["gateway"]
    clock.seconds += 60
    again = asyncio.ensure_future(app.bot.wait_for("connect"))  # "ready" may still be said of a session before.
    waits.over.set()
    await again
    assert wire.gateway.identifies == AT_ONCE + 1


async def test_what_discord_says_is_left_is_understood(app: App, wire: Wire) -> None:
    assert wire.calls.count("GET /gateway/bot") == 1
    wire.interactions.identifies_left = 17
    assert await app.bot.sessions_left() == (17, timedelta())


@pytest.mark.parametrize("status", [401, 404, 503])
async def test_where_discord_does_not_say_what_is_left_its_own_count_is_enough(
    wire: Wire, server: int, clock: HandClock, tmp_path: Path, status: int
) -> None:
    _ = server
    wire.faults.add(Fault(Mode.STATUS, "GET /gateway/bot", status=status, times=ALWAYS))
    async with connected(wire, tmp_path / "peerbot.sqlite", clock) as app:
        assert await app.bot.sessions_left() is None
        assert app.bot.is_ready()
