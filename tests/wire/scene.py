"""A group half an hour before it meets, set up once through the commands; each test begins with a copy of it."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import structlog

from bench.crash.run import Prepared
from bench.evening import plot
from bench.evening.cast import BEGINNING, Cast, found
from bench.evening.judge import Ledger, faults
from bench.evening.plot import Evening
from bench.evening.stage import BotHere, Stage
from bench.line import HandClock, connected
from bench.wire import Wire
from bench.wire.limits import Limits
from bench.wire.world import World
from peerbot.app import App
from peerbot.gateway.sender import Sender
from peerbot.servers import rules

LONGEST_CALL = 0.3
"""Seconds of real time after which a call counts as unknown here, so that a test need not wait for fifteen."""


class HostClock(HandClock):
    """The clock of the bot's host, which may show another time than Discord's does."""

    def __init__(self, true: HandClock) -> None:
        self.true = true
        self.steps: list[tuple[float, float]] = []
        """When it was set, and by how many seconds forward."""

    @property
    def ahead(self) -> float:
        """Seconds by which it is ahead of the true one."""
        return sum(by for at, by in self.steps if self.true.seconds >= at)

    @property
    def seconds(self) -> float:
        return self.true.seconds + self.ahead

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)


class Here(BotHere):
    """A bot in this process whose host has a clock of its own."""

    def __init__(self, app: App, host: HostClock) -> None:
        super().__init__(app)
        self.host = host

    async def settle(self) -> float | None:
        due = await super().settle()
        return due - self.host.ahead if due is not None else None


class Scene:
    """One evening, its people, and the bot that a test can stop and start."""

    def __init__(self, wire: Wire, clock: HandClock, file: Path, prepared: Prepared) -> None:
        self.wire, self.clock, self.file = wire, clock, file
        self.host = HostClock(clock)
        self.server_id = prepared.server_id
        self.ledger = Ledger(file)
        self._running = AsyncExitStack()
        self._ids = prepared.cast
        self._impatient = False

    async def start(self) -> Self:
        self.app = await self._running.enter_async_context(connected(self.wire, self.file, self.host))
        if self._impatient:
            self.be_impatient()
        self.stage = Stage(self.wire, self.clock, Here(self.app, self.host), self.server_id)
        self.cast = Cast.again(self.stage, self._ids)
        self.evening = Evening(self.stage, self.cast, self._rise)
        return self

    def be_impatient(self) -> None:
        """Take for lost at once what the sender takes for lost after fifteen seconds: for calls that hang.

        On a busy machine a call that does not may be taken for one that does, and is looked for: that is slower.
        """
        self._impatient = True
        self.app.sender._longest_call = LONGEST_CALL

    async def _rise(self) -> None:
        raise AssertionError

    async def stop(self) -> None:
        await self._running.aclose()

    @property
    def sender(self) -> Sender:
        return self.app.sender

    async def open_until_quiet(self) -> None:
        """Let the team look after what is open, and everything that is due afterwards happen."""
        await self.evening.handle_all(self.ledger.open_concerns)
        await self.evening.wait(60 * plot.HOUR)

    async def wrongs(self) -> list[str]:
        """Return everything that is not as it was promised."""
        return await faults(self.evening, self.ledger)

    async def rows(self, statement: str) -> list[dict]:
        return [dict(row) for row in await self.ledger.rows(statement)]


async def _wire(world: World) -> Wire:
    wire = Wire(world, Limits(per_second=None))
    # The hand clock stands still while people press and the bot works, and jumps between.
    wire.interactions.lenient = True
    await wire.start()
    return wire


Found = Callable[[Stage], Awaitable[Cast]]


async def _prepare(folder: Path, founded: Found, until: float) -> Prepared:
    clock = HandClock(BEGINNING.timestamp())
    wire = await _wire(World(lambda: clock.seconds))
    server_id = wire.world.add_server("Harbour Street", int(rules.INVITED_WITH))
    wire.world.add_channel(server_id, "lounge")
    file = folder / "prepared.sqlite"
    async with connected(wire, file, clock) as app:
        stage = Stage(wire, clock, BotHere(app), server_id)
        cast = await founded(stage)
        await stage.until(until)
    await wire.close()
    return Prepared(wire.world.freeze(), server_id, file, tuple(person.id for person in cast.everybody))


def prepare(folder: Path, founded: Found = found, until: float = plot.PREPARED) -> Prepared:
    """Set everything up, once, with the people and groups that `founded` makes."""
    return asyncio.run(_prepare(folder, founded, until))


@contextmanager
def _quietly() -> Generator[None]:
    """Write no log: drawing its tracebacks takes longer than what is tested."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    try:
        yield
    finally:
        structlog.configure(**before)


@asynccontextmanager
async def staged(prepared: Prepared, folder: Path, begins: float = plot.PREPARED) -> AsyncGenerator[Scene]:
    """Begin with a copy, decoys and all, and the bot connected."""
    file = folder / "peerbot.sqlite"
    shutil.copyfile(prepared.file, file)
    clock = HandClock(begins)
    wire = await _wire(World.thaw(prepared.world, lambda: clock.seconds))
    scene = Scene(wire, clock, file, prepared)
    with _quietly():
        try:
            await scene.start()
            scene.evening.put_decoys()
            wire.calls.clear()
            yield scene
        finally:
            await scene.stop()
            await wire.close()
