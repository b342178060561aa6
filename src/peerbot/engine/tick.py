"""The cycle: facts and due timers become use cases; then what is due goes out.

One failing row never stops the rest: it is rolled back, logged without content, and tried again later.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from peerbot.engine import facts, notes, outbox, restored_store, timers
from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.engine.set_back import NO_MATTER, move_back
from peerbot.engine.timers import Timer

_BATCH: Final = 20
"""Rows acted on before timers are looked at again, a concern's first."""
_WRITES_EVERY: Final = timedelta(seconds=5)
"""Not each second: every commit waits for the disk."""
_log = structlog.get_logger(__name__)


class Sender(Protocol):
    """What the tick asks of the sender."""

    async def pump(self, *, concerns_only: bool = False) -> int:
        """Start sending what is due, or what is due of concerns, and return how many were started."""
        ...

    async def idle(self) -> None:
        """Wait until nothing is being sent."""
        ...


class Tick:
    """One turn of the wheel. The ticker calls `run` each second and after commits; tests call `settle`."""

    def __init__(self, desk: Desk, sender: Sender) -> None:
        """Turn `desk`'s rows into use cases and hand the outbox to `sender`."""
        self._desk = desk
        self._sender = sender
        self._turn = asyncio.Lock()
        self._latest: datetime | None = None
        """The latest instant that was seen, or that the last process left written down."""
        self._restored: datetime | None = None
        """When the database was last put back from a backup, as far as that is known yet."""
        self._written: datetime | None = None
        self.last_cycle: datetime | None = None
        """When the last full cycle ended, all of it: the clock, facts, timers and intents looked at, and a write to the
        database not five seconds ago. What /healthz and the watchdog vouch for."""
        self.each_cycle: Callable[[], None] = lambda: None
        """Called at the end of each full cycle, and at no other time."""

    async def run(self) -> int:
        """Do what is due now and return how many rows were acted on."""
        async with self._turn:
            await self._mind_the_clock()
            done = await self._sender.pump(concerns_only=True)
            done += await self._facts() + await self._timers() + await self._facts()
            done += await self._sender.pump()
            await self._see_that_it_writes()
            self.last_cycle = self._desk.now
            self.each_cycle()
            return done

    async def _mind_the_clock(self) -> None:
        now = self._desk.now
        if self._latest is None:
            self._restored = await restored_store.at(self._desk.reads)
        before = self._latest or await outbox.latest(self._desk.reads) or now
        if before - now > NO_MATTER:
            _log.warning("the clock was set back", seconds=int((before - now).total_seconds()))
            async with self._desk.transaction() as work:
                await move_back(work, before - now, now)
        self._latest = now

    async def _see_that_it_writes(self) -> None:
        """Write something, due or not: a bot that can only read keeps no promise, and would not notice."""
        now = self._desk.now
        if self._written is None or not timedelta() <= now - self._written < _WRITES_EVERY:
            await notes.remember(self._desk, "cycle", now.isoformat())
            self._written = now

    async def settle(self) -> None:
        """Turn until nothing is due and nothing is being sent: for tests, the demo and a graceful end."""
        while True:
            # First, because what is under way may keep the sender from starting what is due.
            await self._sender.idle()
            if not await self.run():
                return

    async def next_due(self) -> datetime | None:
        """Return when there will be something to do."""
        found = [await timers.next_due(self._desk.reads), await outbox.next_due(self._desk.reads)]
        return min((instant for instant in found if instant is not None), default=None)

    async def _timers(self) -> int:
        done = 0
        for timer in await timers.due(self._desk.reads, self._desk.now, _BATCH):
            done += await self._timer(timer)
            # What a concern wants to send does not wait for the rest of the batch.
            await self._sender.pump(concerns_only=True)
        return done

    async def _timer(self, timer: Timer) -> int:
        try:
            async with self._desk.transaction() as work:
                if not await timers.claim(work, timer):
                    return 0
                work.said_before = self._before_restored(timer.due_at)
                await self._desk.handlers.timers[timer.kind](work, timer)
        except Exception as error:  # noqa: BLE001 - whatever it was, the rest goes on
            _log.exception("timer failed", kind=timer.kind, attempts=timer.attempts, error=type(error).__name__)
            async with self._desk.transaction() as work:
                await timers.postpone(work, timer, work.now)
            return 0
        return 1

    def _before_restored(self, due_at: datetime) -> bool:
        return self._restored is not None and due_at < self._restored

    async def _facts(self) -> int:
        done = 0
        for fact in await facts.waiting(self._desk.reads, self._desk.now, _BATCH):
            done += await self._fact(fact)
            await self._sender.pump(concerns_only=True)
        return done

    async def _fact(self, fact: Fact) -> int:
        try:
            async with self._desk.transaction() as work:
                if await facts.claim(work, fact):
                    work.said_before = self._before_restored(fact.not_before)
                    await self._act(work, fact)
        except Exception as error:  # noqa: BLE001 - as above
            _log.exception("fact failed", kind=fact.kind, attempts=fact.attempts, error=type(error).__name__)
            async with self._desk.transaction() as work:
                await facts.postpone(work, fact, work.now)
            return 0
        return 1

    async def _act(self, work: Work, fact: Fact) -> None:
        for handler in self._desk.handlers.facts.get(fact.kind, ()):
            await handler(work, fact)
