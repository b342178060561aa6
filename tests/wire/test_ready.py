"""When the bot says that it is ready, over a real socket: with each part, and not without any."""

import asyncio
from pathlib import Path

from bench.line import HandClock, connected
from bench.wire import Wire
from bench.wire.faults import ALWAYS, Fault, Mode
from peerbot.app import App


async def test_it_is_ready_once_it_is_connected_its_commands_are_known_and_a_cycle_has_ended(app: App) -> None:
    assert app.vitals.missing == ["cycle"]
    await app.tick.run()
    assert app.vitals.missing == []
    assert not app.vitals.stopping


async def test_it_is_not_ready_without_its_commands(wire: Wire, server: int, clock: HandClock, tmp_path: Path) -> None:
    _ = server
    wire.faults.add(Fault(Mode.STATUS, "PUT /applications", status=400, times=ALWAYS))
    async with connected(wire, tmp_path / "peerbot.sqlite", clock) as app:
        await app.tick.run()
        assert app.vitals.missing == ["commands"]


async def test_it_is_not_ready_while_the_line_is_cut(app: App, wire: Wire) -> None:
    await app.tick.run()
    again = asyncio.ensure_future(app.bot.wait_for("resumed"))
    cut = asyncio.ensure_future(app.bot.wait_for("disconnect"))
    wire.gateway.drop()
    await cut
    assert app.bot.is_ready()
    assert app.vitals.missing == ["gateway"]
    await again
    await asyncio.sleep(0)
    assert app.vitals.missing == []


async def test_it_says_that_it_stops_before_it_does(app: App) -> None:
    await app.tick.run()
    await app._end()
    assert app.vitals.missing == []
    assert app.vitals.stopping
