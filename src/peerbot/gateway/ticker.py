"""The heartbeat: APScheduler turns the wheel each second and does the housekeeping each night. It holds no more."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

_log = structlog.get_logger(__name__)
EVERY: Final = 1
"""Seconds between two turns; a commit pokes sooner."""
_NIGHT: Final = CronTrigger(hour=3, minute=17, timezone="UTC")


class Ticker:
    """Runs `turn` each second and soon after each poke, `nightly` each night, `hourly` each hour; all at the start."""

    def __init__(
        self,
        turn: Callable[[], Awaitable[Any]],
        nightly: Callable[[], Awaitable[Any]],
        hourly: Callable[[], Awaitable[Any]],
    ) -> None:
        """Prepare; `start` begins."""
        self._turn = turn
        self._nightly = nightly
        self._hourly = hourly
        self._poked = asyncio.Event()
        self._pokes: asyncio.Task[None] | None = None
        self._scheduler: Any = AsyncIOScheduler(timezone="UTC")  # It ships no types.

    def start(self, minutely: Callable[[], Awaitable[Any]]) -> None:
        """Begin, and call `minutely` each minute besides.

        APScheduler's defaults would drop a job that is one second late; these never do.
        """
        steady: dict[str, Any] = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler.add_job(self._turn, IntervalTrigger(seconds=EVERY, timezone="UTC"), **steady)
        self._scheduler.add_job(minutely, IntervalTrigger(minutes=1, timezone="UTC"), **steady)
        self._scheduler.add_job(self._nightly, _NIGHT, **steady)
        self._scheduler.add_job(self._hourly, IntervalTrigger(hours=1, timezone="UTC"), **steady)
        # A machine that is off at night forgets what is due all the same.
        self._scheduler.add_job(self._at_start, **steady)
        self._scheduler.start()
        self._pokes = asyncio.create_task(self._follow_pokes())

    async def _at_start(self) -> None:
        await self._nightly()
        await self._hourly()

    def poke(self) -> None:
        """Turn soon: something became due."""
        self._poked.set()

    async def _follow_pokes(self) -> None:
        while True:
            # Monotonic beside the scheduler's wall clock: a clock set back must not stop the heart.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poked.wait(), EVERY)
            self._poked.clear()
            try:
                await self._turn()
            except Exception as error:  # noqa: BLE001 - as the scheduler does
                # The heartbeat goes on; so must the answer to pokes.
                _log.exception("turn failed", error=type(error).__name__)

    async def stop(self) -> None:
        """End. A turn under way is finished by the database's own shield."""
        if self._pokes is not None:
            self._pokes.cancel()
            await asyncio.gather(self._pokes, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
