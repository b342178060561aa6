"""Where a use case works: one transaction, one `now`, and everything that must commit with the state."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peerbot.engine import facts, outbox, restored_store, timers
from peerbot.engine.clock import Clock
from peerbot.engine.database import Database, Reads, Row, Value
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.facts import Fact
from peerbot.engine.outbox import Intent, Leased
from peerbot.engine.timers import Timer


class Work:
    """A use case's transaction. Everything done through it commits together or not at all."""

    def __init__(self, connection: Reads, now: datetime) -> None:
        """Start work at the instant `now`, which stays the same until the end."""
        self._connection = connection
        self.now = now
        self.said_before = False
        """Whether it was due before the database was put back from a backup: what it reminds of counts as said."""

    async def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Run one statement and return its rows."""
        return await self._connection.all(sql, **values)

    async def one(self, sql: str, **values: Value) -> Row | None:
        """Run one statement and return its first row."""
        return await self._connection.one(sql, **values)

    async def enqueue(self, intent: Intent) -> None:
        """Mean to do something on Discord, once."""
        if self.said_before and restored_store.only_reminds(intent, self.now):
            await restored_store.leave_out(self, intent, self.now)
        else:
            await outbox.enqueue(self, intent, self.now)

    async def means_to(self, key_prefix: str) -> bool:
        """Return whether an intent whose key begins so is still to be carried out."""
        return await outbox.pending(self, key_prefix)

    async def has_meant_to(self, key_prefix: str) -> bool:
        """Return whether an intent whose key begins so has been carried out, or is still to be."""
        return await outbox.pending(self, key_prefix, or_done=True)

    async def withdraw(self, key_like: str) -> None:
        """No longer mean to: drop waiting intents by key pattern."""
        await outbox.withdraw(self, key_like, self.now)

    async def set_timer(self, kind: str, subject: str, due_at: datetime, server_id: int | None) -> None:
        """Wake the handler of `kind` at `due_at`."""
        await timers.set_timer(self, kind, subject, due_at, server_id)

    async def cancel_timer(self, kind_like: str, subject: str) -> None:
        """Let it sleep."""
        await timers.cancel_timer(self, kind_like, subject)

    async def record(self, kind: str, **data: Any) -> None:  # noqa: ANN401 - ids and short strings, as JSON
        """Tell the pillars above that something happened."""
        await facts.record(self, kind, data, self.now)


OnTimer = Callable[[Work, Timer], Awaitable[None]]
OnFact = Callable[[Work, Fact], Awaitable[None]]
OnRefusal = Callable[[Work, Leased, int], Awaitable[None]]
OnReport = Callable[[Work, Leased, Delivered | Finish], Awaitable[None]]


@dataclass(slots=True)
class Handlers:
    """Who acts on what. Filled once, at composition."""

    timers: dict[str, OnTimer] = field(default_factory=dict[str, OnTimer])
    facts: dict[str, list[OnFact]] = field(default_factory=dict[str, list[OnFact]])
    reports: dict[str, OnReport] = field(default_factory=dict[str, OnReport])
    refusals: dict[str, list[OnRefusal]] = field(default_factory=dict[str, list[OnRefusal]])

    def on_timer(self, kind: str, handler: OnTimer) -> None:
        """Let `handler` act when a timer of `kind` is due."""
        self.timers[kind] = handler

    def on_fact(self, kind: str, handler: OnFact) -> None:
        """Let `handler` act on every fact of `kind`."""
        self.facts.setdefault(kind, []).append(handler)

    def on_refusal(self, kind: str, handler: OnRefusal) -> None:
        """Let `handler` hear of promises of `kind` that Discord refuses, with its code, each time from the third on.

        They go on being tried: it tells somebody who can mend it.
        """
        self.refusals.setdefault(kind, []).append(handler)

    def on_report(self, name: str, handler: OnReport) -> None:
        """Let `handler` hear what became of intents whose `report` is `name`."""
        self.reports[name] = handler


class Desk:
    """The engine as a service sees it: transactions, reads, the time."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work on `database` by the time of `clock`."""
        self._database = database
        self.clock = clock
        self.handlers = Handlers()
        self._pokes: list[Callable[[], None]] = []

    @property
    def reads(self) -> Reads:
        """The reading connection: what has been committed."""
        return self._database.reads

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.clock.now()

    def on_commit(self, poke: Callable[[], None]) -> None:
        """Call `poke` after each commit, so that what became due is done at once and not at the next second."""
        self._pokes.append(poke)

    @asynccontextmanager
    async def transaction(self, *, quiet: bool = False) -> AsyncGenerator[Work]:
        """Open one transaction for one use case. A `quiet` one makes nothing due, so it wakes nobody."""
        async with self._database.transaction() as connection:
            yield Work(connection, self.clock.now())
        if quiet:
            return
        for poke in self._pokes:
            poke()
