"""Carries out intents: leases what is due, the most urgent lane first, tries, and records what came of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol

import structlog

from peerbot.engine import named_store, outbox, silence
from peerbot.engine.delivery import (
    TOLD_FROM,
    Absent,
    Again,
    Delivered,
    Finish,
    NotWanted,
    Outcome,
    Refused,
    Unknown,
    decide,
    pause,
    too_late,
)
from peerbot.engine.desk import Desk
from peerbot.engine.outbox import Lane, Leased
from peerbot.gateway.outcomes import outcome_of
from peerbot.gateway.pacing import Pace, leave_room

MOST_AT_ONCE: Final = 30
"""Calls under way at a time, concerns not counted."""
MOST_CONCERNS_AT_ONCE: Final = 100
LONGEST_CALL: Final = 15.0
"""Seconds after which a call counts as unknown (rule P32)."""
_log = structlog.get_logger(__name__)


class Carrier(Protocol):
    """How one kind of intent is brought about."""

    safe: bool
    """Whether doing it twice does no harm."""
    calls: int
    """How many requests it takes at most."""

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Do it. Raises what discord.py raises."""
        ...

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Find out whether it was done."""
        ...


Ended = Callable[[Leased, Delivered | Finish, float], None]
"""What is told of an intent that came to its end: how, and after how many seconds."""


class Sender:
    """The only part that acts on Discord, apart from the private answer."""

    def __init__(
        self,
        desk: Desk,
        carriers: Mapping[str, Carrier],
        pace: Pace,
        longest_call: float = LONGEST_CALL,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        ended: Ended | None = None,
    ) -> None:
        """Carry `desk`'s intents with `carriers` at `pace`; a call of `longest_call` seconds counts as unknown.

        `sleep` waits for some seconds of the clock by which `pace` counts. `ended` is told of each that ended.
        """
        self._desk = desk
        self._carriers = carriers
        self._pace = pace
        self._longest_call = longest_call
        self._sleep = sleep
        self._ended = ended
        self._most_calls = max((carrier.calls for carrier in carriers.values()), default=1)
        self._unrecorded: list[Leased] = []
        self._tasks: dict[asyncio.Task[None], Lane] = {}
        self.paused = False
        """Set while the program ends: nothing new is started."""

    async def pump(self, *, concerns_only: bool = False) -> int:
        """Start what is due and fits; return how many were started."""
        if self.paused:
            return 0
        await self._put_back_unrecorded()
        ordinary = sum(lane is not Lane.CONCERN for lane in self._tasks.values())
        started = await self._start(MOST_CONCERNS_AT_ONCE - (len(self._tasks) - ordinary), Lane.CONCERN)
        if concerns_only:
            return started
        room = min(self._pace.free() // self._most_calls, MOST_AT_ONCE - ordinary)
        return started + await self._start(room, Lane.COSMETIC)

    async def _start(self, most: int, worst_lane: Lane) -> int:
        if most <= 0 or not await outbox.any_due(self._desk.reads, self._desk.now, worst_lane):
            return 0
        async with self._desk.transaction(quiet=True) as work:
            leased = await outbox.lease(work, work.now, most, worst_lane)
        self._pace.take(sum(self._carriers[intent.kind].calls for intent in leased))
        for intent in leased:
            task = asyncio.create_task(self._send(intent))
            self._tasks[task] = intent.lane
            task.add_done_callback(self._tasks.pop)
        return len(leased)

    async def idle(self) -> None:
        """Wait until nothing is being sent."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
        if not self.paused and self._pace.free() < self._most_calls:
            await self._sleep(self._pace.wait(self._most_calls))

    async def hurry(self) -> None:
        """Discord is there again after it was not: what waits for another attempt waits no longer."""
        async with self._desk.transaction() as work:
            await outbox.hurry(work, work.now)

    async def _put_back_unrecorded(self) -> None:
        """Look for what may have been done though the database could not be told."""
        lost = tuple(self._unrecorded)
        if not lost:
            return
        async with self._desk.transaction(quiet=True) as work:
            for intent in lost:
                again_at = work.now + pause(intent.lane, intent.attempts + 1)
                await outbox.put_back(work, intent, again_at, look=True)
        del self._unrecorded[: len(lost)]

    async def _send(self, intent: Leased) -> None:
        if intent.lane is not Lane.CONCERN:
            leave_room()
        if too_late(intent, self._desk.now):
            decision = Finish("dropped", "too late")
            outcome: Outcome = NotWanted()
        elif await self._silenced(intent):
            decision, outcome = Finish("dropped", "silenced"), NotWanted()
        else:
            outcome = await self._try(intent)
            decision = decide(intent, outcome, self._desk.now)
        try:
            async with self._desk.transaction() as work:
                if isinstance(decision, Again):
                    await outbox.put_back(work, intent, decision.at, look=decision.look, tried=decision.tried)
                    if isinstance(outcome, Refused) and intent.attempts >= TOLD_FROM:
                        for hears in self._desk.handlers.refusals.get(intent.kind, ()):
                            await hears(work, intent, outcome.code)
                    return
                if not await outbox.finish(work, intent, decision.state, decision.reason, work.now):
                    return
                result = outcome if isinstance(outcome, Delivered) else decision
                if self._ended is not None:
                    self._ended(intent, result, (work.now - intent.created_at).total_seconds())
                if isinstance(outcome, Delivered):
                    await named_store.follow(work, intent, outcome, work.now)
                if intent.report is not None:
                    await self._desk.handlers.reports[intent.report](work, intent, result)
        except Exception as error:  # noqa: BLE001 - whatever it was, the intent may not be lost
            # The effect may stand though its record failed: look for it before it is done again. Not here: what kept
            # us from recording the one may keep us from recording the other.
            _log.exception("record failed", kind=intent.kind, error=type(error).__name__)
            self._unrecorded.append(intent)

    async def _silenced(self, intent: Leased) -> bool:
        """Return whether a message would go out by itself to an account that is silenced. Help never is."""
        if intent.kind != "dm" or intent.lane is Lane.CONCERN:
            return False
        return bool(await silence.among(self._desk.reads, intent.server_id, {int(intent.data["user"])}))

    async def _try(self, intent: Leased) -> Outcome:
        carrier = self._carriers[intent.kind]
        try:
            async with asyncio.timeout(self._longest_call):
                return await (carrier.look(intent) if intent.look else carrier.carry(intent))
        except Exception as error:  # noqa: BLE001 - what it means is decided below
            # A look that fails has found out nothing: look again.
            outcome = outcome_of(error, safe=carrier.safe or intent.look)
            if outcome is None:
                _log.exception("intent failed", kind=intent.kind, error=type(error).__name__)
                return Unknown(carrier.safe)
            return outcome
