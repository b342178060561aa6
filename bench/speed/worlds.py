"""Servers with groups and people in them, on the stand-in and in peerbot's file alike."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bench.evening.cast import Cast, set_up
from bench.evening.stage import BotHere, Stage
from bench.line import KEY, HandClock, connected
from bench.wire import Wire
from bench.wire.people import Person
from peerbot.app import App
from peerbot.engine.actor import Actor
from peerbot.engine.clock import SystemClock
from peerbot.meetings.series.recurrence import Rule
from peerbot.servers import rules
from peerbot.signup.service import NewGroup

FILE: Final = "peerbot.sqlite"
MINUTES: Final = 60


@dataclass(slots=True)
class Built:
    """What was made."""

    servers: list[int] = field(default_factory=list[int])
    casts: list[Cast] = field(default_factory=list[Cast])
    groups: list[str] = field(default_factory=list[str])


async def opened(folder: Path) -> App:
    """Return peerbot as `peerbot run` opens it: the host's clock, Discord's pace."""
    return await App.open(folder / FILE, KEY, SystemClock())


@asynccontextmanager
async def building(wire: Wire, folder: Path) -> AsyncGenerator[tuple[App, HandClock]]:
    """Build with a bot in this process that is not held to Discord's pace."""
    clock = HandClock(wire.world.clock())
    async with connected(wire, folder / FILE, clock) as app:
        yield app, clock


async def build(wire: Wire, folder: Path, servers: int, groups: int, starts: datetime | None = None) -> Built:
    """Make so many servers with so many groups each; with `starts` they all meet then, once."""
    built, kept = Built(), wire.limits.per_second
    wire.limits.per_second = None
    for number in range(servers):
        built.servers.append(wire.world.add_server(f"Server {number}", int(rules.INVITED_WITH)))
        wire.world.add_channel(built.servers[-1], "lounge")
    async with building(wire, folder) as (app, clock):
        for server_id in built.servers:
            stage = Stage(wire, clock, BotHere(app), server_id)
            cast = Cast(stage)
            await set_up(stage, cast)
            built.casts.append(cast)
            built.groups += [await _group(app, server_id, cast, number, starts) for number in range(groups)]
        await app.tick.settle()
    wire.limits.per_second = kept
    return built


async def _group(app: App, server_id: int, cast: Cast, number: int, starts: datetime | None) -> str:
    coordinator = Actor(cast.colin.id, server_id)
    wanted = NewGroup(f"Group {number}", "People who look after somebody", "text", "10", "English")
    group = await app.signup.create(coordinator, wanted)
    for person in (cast.fay, cast.gus):
        await app.signup.add_facilitator(coordinator, group.id, person.id, is_bot=False)
    at = starts or datetime.now(UTC).replace(minute=0, second=0) + timedelta(days=3)
    rule = Rule(
        weekday=at.weekday(),
        at=at.time().replace(second=0, microsecond=0, tzinfo=None),
        zone="Europe/London",
        first_on=at.date(),
        minutes=MINUTES,
        count=1 if starts else None,
    )
    await app.meetings.planner.add(coordinator, group.id, rule)
    return group.id


def crowd(wire: Wire, server_id: int, people: int) -> Sequence[Person]:
    """Bring so many people into a server."""
    return [Person.new(wire, f"Person {number}", server_id) for number in range(people)]


async def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for something that will be true.

    Raises:
        TimeoutError: if it is not, after so many seconds.
    """
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for happens in the stand-in and the other process
            await asyncio.sleep(0.01)
