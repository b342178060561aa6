"""One life of the bot: a process that does what is due when it is told the time, until it is killed."""

import asyncio
from multiprocessing.connection import Connection
from pathlib import Path

import structlog

from bench.line import HandClock, online
from peerbot.gateway import endpoint

_SILENT = 50
"""Above every level that is logged."""


def live(line: Connection, file: Path, token: str, api_url: str, gateway_url: str, seconds: float) -> None:
    """Connect, say so, and obey: a number is the time it is now, None the end. Answers with when more is due."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(_SILENT))
    endpoint.use(api_url, gateway_url)
    asyncio.run(_live(line, file, token, HandClock(seconds)))


async def _live(line: Connection, file: Path, token: str, clock: HandClock) -> None:
    async with online(token, file, clock) as app:
        line.send(None)
        loop = asyncio.get_running_loop()
        while (seconds := await loop.run_in_executor(None, line.recv)) is not None:
            clock.seconds = seconds
            await app.tick.settle()
            due = await app.tick.next_due()
            line.send(due.timestamp() if due is not None else None)
