"""A client as the measuring side sees it: started, asked, and weighed by what the system says of its process."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench.line import KEY
from bench.speed.client import SETTINGS
from bench.speed.figures import Kind
from bench.wire import Wire
from bench.wire.interactions import Asked

FILE: Final = "peerbot.sqlite"
_PATIENCE: Final = 60.0
_KEPT: Final = 30.0
"""Seconds for which the stand-in keeps what was answered."""
LOG: Final = "client.log"
_A_LOOK: Final = 0.5
"""Seconds."""
_IDLE: Final = 0.05
"""The share of a core below which a process counts as resting."""


@dataclass(slots=True)
class Client:
    """A running client."""

    pid: int
    started_in: float
    """Seconds from its start to its being ready."""
    starting: list[float] = field(default_factory=list[float])
    """Filled when it has ended: how late its loop was before it was ready, in milliseconds."""
    lag: list[float] = field(default_factory=list[float])
    """And since."""

    def cpu(self) -> float:
        """Return the processor time it has used, in seconds."""
        # The clock of another process, as clock_getcpuclockid(3) names it: /proc counts in hundredths of a second.
        return time.clock_gettime((~self.pid << 3) | 2)

    async def rests(self) -> None:
        """Wait until what follows a start is over: it is measured for itself, in `large`."""
        async with asyncio.timeout(_PATIENCE):
            before = -1.0
            while self.cpu() - before > _IDLE * _A_LOOK:
                before = self.cpu()
                await asyncio.sleep(_A_LOOK)

    def memory(self) -> float:
        """Return the memory it holds, in MiB."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:"))) / 1024


@asynccontextmanager
async def running(kind: Kind, wire: Wire, folder: Path, ahead: float = 0.0) -> AsyncGenerator[Client]:
    """Start a client whose clock is so many seconds ahead, wait until it is ready, and end it.

    Raises:
        RuntimeError: it did not start, or ended with a fault.
    """
    _settings(wire, folder)
    began = time.monotonic()
    with (folder / LOG).open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bench.speed.client", kind, str(folder), wire.api_url, wire.gateway_url, str(ahead)),
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            env={**os.environ, "PEERBOT_DISCORD_TOKEN": wire.token, "PEERBOT_DATABASE_KEY": KEY.hex()},
            limit=1 << 26,
        )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_PATIENCE * 3):
            while (line := await process.stdout.readline()).strip() != b"ready":
                if not line:
                    raise RuntimeError(_fault(kind, folder))
        client = Client(process.pid, time.monotonic() - began)
        yield client
        process.send_signal(signal.SIGTERM)
        told = (await process.stdout.read()).decode().strip().splitlines()
        if await process.wait() or not told:
            raise RuntimeError(_fault(kind, folder))
        late = json.loads(told[-1])
        client.starting, client.lag = late["starting"], late["working"]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _settings(wire: Wire, folder: Path) -> None:
    """Write what an operator would, but for the secrets, which stand in the environment."""
    (folder / SETTINGS).write_text(
        f"""
        discord.api_url = "{wire.api_url}"
        discord.gateway_url = "{wire.gateway_url}"
        database.path = "{FILE}"
        health.port = 0
        """,
        encoding="utf-8",
    )


def _fault(kind: str, folder: Path) -> str:
    return f"{kind} failed: {(folder / LOG).read_text(encoding='utf-8')[-2000:]}"


async def latencies(wire: Wire, acts: Sequence[Callable[[], Asked]]) -> list[float]:
    """Do one after the other, and return how long each waited for its answer, in milliseconds."""
    return [await _timed(wire, act) for act in acts]


async def rate(wire: Wire, acts: Sequence[Callable[[], Asked]], at_once: int) -> float:
    """Do all of them, so many at a time, and return how many were answered in a second."""
    waiting = list(reversed(acts))

    async def work() -> None:
        while waiting:
            await _timed(wire, waiting.pop())

    began = time.monotonic()
    async with asyncio.TaskGroup() as workers:
        for _ in range(at_once):
            workers.create_task(work())
    return len(acts) / (time.monotonic() - began)


async def _timed(wire: Wire, act: Callable[[], Asked]) -> float:
    began = time.perf_counter()
    asked = act()
    async with asyncio.timeout(_PATIENCE):
        await asked.done.wait()
    waited = (time.perf_counter() - began) * 1000
    # Not at once: after its answer a bot may still look at it, or change it.
    asyncio.get_running_loop().call_later(_KEPT, wire.interactions.forget, asked)
    return waited


def p(percent: float, values: Sequence[float]) -> float:
    """Return a percentile; 50 is the median."""
    if percent == 50 or len(values) < 2:  # noqa: PLR2004 - the median, and too few for anything else
        return median(values)
    return quantiles(values, n=1000, method="inclusive")[round(percent * 10) - 1]
