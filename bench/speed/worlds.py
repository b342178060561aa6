"""Servers with groups and people in them, on the stand-in and in peerbot's file alike."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bench.evening.cast import Cast, set_up
from bench.evening.stage import BotHere, Stage
from bench.line import HandClock, connected
from bench.speed.measured import FILE
from bench.wire import Wire
from bench.wire.interactions import Asked
from bench.wire.limits import Limits
from bench.wire.people import Person
from bench.wire.world import Json, World
from peerbot.app import App
from peerbot.engine.actor import Actor
from peerbot.meetings.series.recurrence import Rule
from peerbot.servers import rules
from peerbot.signup.cards import YES
from peerbot.signup.service import NewGroup

MINUTES: Final = 60
FEW_PLACES: Final = 8
PLACES: Final = 10


@dataclass(slots=True)
class Built:
    """What was made."""

    server: int
    cast: Cast
    groups: list[str] = field(default_factory=list[str])


async def a_wire(limits: Limits | None = None, clock: Callable[[], float] = time.time) -> Wire:
    """Return a stand-in that takes an answer however late: what is late is seen in the figures."""
    wire = Wire(World(clock), limits or Limits(per_second=None))
    wire.interactions.lenient = True
    await wire.start()
    return wire


async def build(
    wire: Wire, folder: Path, groups: int, starts: datetime | None = None, members: int = 0, clock: float | None = None
) -> Built:
    """Make a server with so many groups and so many members in each; with `starts` they all meet then, once.

    It is built at an instant of its own, if `clock` names one, in seconds since 1970.
    """
    server_id = wire.world.add_server("Server", int(rules.INVITED_WITH))
    wire.world.add_channel(server_id, "lounge")
    hand = HandClock(clock if clock is not None else wire.world.clock())
    # A bot in this process, which is not held to Discord's pace.
    async with connected(wire, folder / FILE, hand) as app:
        stage = Stage(wire, hand, BotHere(app), server_id)
        built = Built(server_id, Cast(stage))
        await set_up(stage, built.cast)
        for number in range(groups):
            built.groups.append(await _group(app, built, number, starts))
            for person in crowd(wire, server_id, members):
                shown = await open_form(wire, built, person, built.groups[-1])
                await person.fills(shown, agree=[YES], reminders=[YES])
        await app.tick.settle()
    return built


async def _group(app: App, built: Built, number: int, starts: datetime | None) -> str:
    coordinator = Actor(built.cast.colin.id, built.server)
    wanted = NewGroup(f"Group {number}", "People who look after somebody", "text", str(PLACES), "English")
    group = await app.signup.create(coordinator, wanted)
    for person in (built.cast.fay, built.cast.gus):
        await app.signup.add_facilitator(coordinator, group.id, person.id, is_bot=False)
    at = starts or datetime.now(UTC).replace(minute=0, second=0) + timedelta(days=3)
    rule = Rule(
        weekday=at.weekday(),
        at=at.time().replace(second=0, microsecond=0, tzinfo=None),
        zone="UTC",
        first_on=at.date(),
        minutes=MINUTES,
        count=1 if starts else None,
    )
    await app.meetings.planner.add(coordinator, group.id, rule)
    return group.id


def crowd(wire: Wire, server_id: int, people: int) -> Sequence[Person]:
    """Bring so many people into a server."""
    return [Person.new(wire, f"Person {number}", server_id) for number in range(people)]


def a_card(wire: Wire, server_id: int) -> Json:
    """Return a message in the lounge, with no button that anybody looks for."""
    return wire.world.write(next(iter(wire.world.channels_of(server_id))), wire.world.bot, {})


async def open_form(wire: Wire, built: Built, person: Person, group_id: str) -> Asked:
    """Let somebody open the form for joining a group."""
    shown = person.pressed(a_card(wire, built.server), f"pb:group.join:{group_id}")
    async with asyncio.timeout(30):
        await shown.done.wait()
    return shown


async def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Wait for something that will be true. Returns False if it is not, after so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - what is waited for happens in the stand-in and the other process
                await asyncio.sleep(0.01)
    except TimeoutError:
        return False
    return True
