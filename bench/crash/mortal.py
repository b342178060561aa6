"""The bot as a process that can be killed, seen from the stand-in's side."""

import asyncio
import multiprocessing
from collections.abc import Awaitable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any, Final, cast

from bench.crash import life
from bench.evening.stage import Dead
from bench.line import HandClock
from bench.wire import Wire

LONGEST_START: Final = 120.0
LONGEST_SILENCE: Final = 120.0
"""Seconds of real time after which a bot that answers nothing counts as stuck: a defect, not a crash."""


def nursery() -> ForkServerContext:
    """Return where processes come from: a fork server that has imported everything already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bench.crash.life"])
    return context


class Mortal:
    """The port `Bot` by a process of its own."""

    def __init__(self, context: ForkServerContext, wire: Wire, clock: HandClock, file: Path) -> None:
        """Prepare a bot for `wire` on `file`; `rise` starts it."""
        self._context = context
        self._wire = wire
        self._clock = clock
        self._file = file
        self._process: ForkServerProcess | None = None
        self._line: Connection | None = None
        self._gone = asyncio.Event()
        self._down = 0

    async def rise(self) -> None:
        """Start a process, and wait until it is connected."""
        self._clock.seconds += self._down
        self._down = 0
        self._gone = asyncio.Event()
        here, there = self._context.Pipe()
        known = (self._file, self._wire.token, self._wire.api_url, self._wire.gateway_url, self._clock.seconds)
        self._process = self._context.Process(target=life.live, args=(there, *known), daemon=True)
        self._process.start()
        there.close()
        self._line = cast(Connection, here)  # On Windows it is another class; this runs where SIGKILL is.
        async with asyncio.timeout(LONGEST_START):
            await self._heard()

    def kill(self, down: int = 0) -> None:
        """End the process at this instant, as a power cut does; it is started again `down` seconds later."""
        self._down = down
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._gone.set()

    async def end(self) -> None:
        """Let the process end in good order, if it lives."""
        if self._process is not None and self._process.is_alive() and self._line is not None:
            self._line.send(None)
            await asyncio.get_running_loop().run_in_executor(None, self._process.join)
        if self._line is not None:
            self._line.close()

    async def settle(self) -> float | None:
        """Do everything that is due by the clock."""
        if self._gone.is_set() or self._line is None:
            raise Dead
        self._line.send(self._clock.seconds)
        due: float | None = await self._heard()
        return due

    async def while_alive(self, act: Awaitable[Any]) -> Any:  # noqa: ANN401 - as the port says
        """Wait for something a person does."""
        doing, gone = asyncio.ensure_future(act), asyncio.ensure_future(self._gone.wait())
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not doing.done():
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)
            raise Dead
        return doing.result()

    async def _heard(self) -> Any:  # noqa: ANN401 - a number or nothing
        """Wait for the next word of the process."""
        assert self._line is not None
        loop, line = asyncio.get_running_loop(), self._line
        spoken = asyncio.Event()
        loop.add_reader(line.fileno(), spoken.set)
        try:
            async with asyncio.timeout(LONGEST_SILENCE):
                await spoken.wait()
            return line.recv()
        except EOFError:
            self._gone.set()
            raise Dead from None
        finally:
            loop.remove_reader(line.fileno())
