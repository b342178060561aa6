"""A client as the measuring side sees it: started, asked, and weighed by what the system says of its process."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench.wire import Wire
from bench.wire.interactions import Asked

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PATIENCE: Final = 60.0


@dataclass(slots=True)
class Client:
    """A running client."""

    pid: int
    started_in: float
    """Seconds from its start to its being ready."""
    lag: list[float] = field(default_factory=list[float])
    """Filled when it has ended: how late its loop was, in milliseconds."""

    def cpu(self) -> float:
        """Return the processor time it has used, in seconds."""
        parts = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / _TICKS

    def memory(self) -> float:
        """Return the memory it holds, in MiB."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:"))) / 1024


@asynccontextmanager
async def running(kind: str, wire: Wire, folder: Path) -> AsyncGenerator[Client]:
    """Start a client, wait until it is ready, and end it."""
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench.speed.client", kind, str(folder), wire.api_url, wire.gateway_url),
        stdout=asyncio.subprocess.PIPE,
        stderr=None,
        limit=1 << 26,
    )
    assert process.stdout is not None
    async with asyncio.timeout(_PATIENCE * 3):
        while (line := await process.stdout.readline()).strip() != b"ready":
            if not line:
                message = f"{kind} did not start"
                raise RuntimeError(message)
    client = Client(process.pid, time.monotonic() - began)
    try:
        yield client
    finally:
        process.send_signal(signal.SIGTERM)
        rest = (await process.stdout.read()).decode().strip().splitlines()
        await process.wait()
        client.lag = json.loads(rest[-1]) if rest and rest[-1].startswith("[") else []


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
    await asyncio.gather(*(work() for _ in range(at_once)))
    return len(acts) / (time.monotonic() - began)


async def _timed(wire: Wire, act: Callable[[], Asked]) -> float:
    began = time.perf_counter()
    asked = act()
    async with asyncio.timeout(_PATIENCE):
        await asked.done.wait()
    wire.interactions.forget(asked)
    return (time.perf_counter() - began) * 1000


def p(percent: float, values: Sequence[float]) -> float:
    """Return a percentile; 50 is the median."""
    if percent == 50 or len(values) < 2:  # noqa: PLR2004 - the median, and too few for anything else
        return median(values)
    return quantiles(values, n=1000, method="inclusive")[round(percent * 10) - 1]


Measure = Callable[[], Awaitable[float]]
