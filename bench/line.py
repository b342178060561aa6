"""The bot at its end of the line: the whole of it, real discord.py and all, with a clock that is moved by hand."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from discord.gateway import KeepAliveHandler

from bench.wire import Wire
from peerbot.app import App
from peerbot.engine.clock import Clock
from peerbot.gateway import endpoint
from peerbot.gateway.pacing import Pace

KEY: Final = bytes(range(32))
"""Opens nothing real."""
_READY: Final = 0.05
"""Seconds without another server until discord.py takes itself for ready: here all of them come at once."""


class HandClock:
    """A clock that shows what it was set to, in seconds since 1970."""

    def __init__(self, seconds: float) -> None:
        """Show this."""
        self.seconds = seconds

    def now(self) -> datetime:
        """Return the instant it shows."""
        return datetime.fromtimestamp(self.seconds, UTC)


Wait = Callable[[App, float], Awaitable[None]]


async def _at_once(_app: App, _seconds: float) -> None:
    """Wait for nothing."""


@asynccontextmanager
async def online(
    token: str, file: Path, clock: Clock, pace: Pace | None = None, wait: Wait = _at_once
) -> AsyncGenerator[App]:
    """Open the bot on `file` and connect it to wherever `endpoint.use` says; its heartbeat is the caller's.

    `wait` is called with the seconds for which it waits before a session. The clock is the caller's: it does not go on
    by itself while somebody waits for it.
    """
    app = await App.open(file, KEY, clock, pace=pace or Pace(per_second=1e9))
    app.bot._connection.guild_ready_timeout = _READY  # noqa: SLF001  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue] - a setting of discord.py's that the bot itself leaves alone
    if app.bot.identifies is not None:
        app.bot.identifies.sleep = partial(wait, app)
    try:
        async with app.bot:
            await app.bot.login(token)
            connecting = asyncio.create_task(app.bot.connect())
            try:
                await app.bot.wait_until_ready()
                yield app
            finally:
                connecting.cancel()
                await asyncio.gather(connecting, return_exceptions=True)
    finally:
        _stop_hearts()
        await app.close()
        await _let_handlers_end()


def _stop_hearts() -> None:
    """End the heartbeat of a connection that was just being made."""
    for thread in threading.enumerate():
        if isinstance(thread, KeepAliveHandler) and thread.ws.loop is asyncio.get_running_loop():
            thread.stop()


async def _let_handlers_end() -> None:
    """Wait for what discord.py began to tell of until now: a loop that ends before would leave it never begun."""
    while told := {task for task in asyncio.all_tasks() if task.get_name().startswith("discord.py: ")}:
        await asyncio.wait(told)


@asynccontextmanager
async def connected(
    wire: Wire, file: Path, clock: Clock, pace: Pace | None = None, wait: Wait = _at_once
) -> AsyncGenerator[App]:
    """Open the bot on `file`, in the process of the stand-in that it talks to."""
    endpoint.use(wire.api_url, wire.gateway_url)
    async with online(wire.token, file, clock, pace, wait) as app:
        yield app
