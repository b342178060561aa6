"""One run: an evening, one crash, and what must be true afterwards."""

import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Final, Literal

from aiohttp import web

from bench.crash.mortal import Mortal
from bench.evening import plot
from bench.evening.cast import BEGINNING, Cast, found
from bench.evening.judge import Ledger, faults
from bench.evening.plot import Evening
from bench.evening.stage import Stage
from bench.line import HandClock
from bench.wire import Wire
from bench.wire.limits import Limits
from bench.wire.people import NothingThere
from bench.wire.world import Refusal, World
from peerbot.servers import rules

DAYS_AFTER: Final = 60 * plot.HOUR
"""Until every room is gone, and what was asked about a room was answered or not."""
KNOWN: Final = 0.3
"""Of all runs, how many play the evening that everybody knows; the others invent one."""
MOST_CALLS: Final = 120
"""The first crash falls on one of so many calls: hardly an evening makes fewer."""
AGAIN: Final = 0.4
"""How often one crash is followed by another, which may fall into the start after it."""
KINDS: Final = (
    "POST /guilds/{guild_id}/channels",
    "POST /channels/{channel_id}/messages",
    "PUT /channels/{channel_id}/permissions/{target_id}",
    "DELETE /channels/{channel_id}",
    "POST /interactions/{interaction_id}/{interaction_token}/callback",
    "PATCH /webhooks/{application_id}/{interaction_token}/messages/@original",
)
"""Half of the crashes fall on one of the first calls of one of these, which a call by number would seldom meet."""
DOWN: Final = (0, 0, 5, 130, 1000)
"""Seconds until the next start. Beyond two minutes Discord no longer knows a repeat by its nonce."""
When = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Crash:
    """The process ends at the `at`-th call (of a kind, unless it is empty) since the one before."""

    kind: str
    at: int
    when: When
    down: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does: the same for the same seed."""

    seed: int
    known: bool
    crashes: tuple[Crash, ...]


def plan(seed: int) -> Plan:
    """Return the run of a seed."""
    chance = random.Random(seed)  # noqa: S311 - a seed makes a failure repeatable
    known = chance.random() < KNOWN
    crashes = [_crash(chance, MOST_CALLS)]
    while chance.random() < AGAIN:
        crashes.append(_crash(chance, MOST_CALLS // 2))
    return Plan(seed, known, tuple(crashes))


def _crash(chance: random.Random, most: int) -> Crash:
    kind = chance.choice(("", chance.choice(KINDS)))
    return Crash(kind, chance.randint(1, 4 if kind else most), chance.choice(("before", "after")), chance.choice(DOWN))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A server with a group, half an hour before it meets: every run begins with a copy."""

    world: bytes
    server_id: int
    file: Path
    cast: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run."""

    plan: Plan
    calls: int
    crashes: int
    faults: tuple[str, ...]


async def prepare(context: ForkServerContext, folder: Path) -> Prepared:
    """Set everything up once, through the commands."""
    clock = HandClock(BEGINNING.timestamp())
    wire = await _wire(World(lambda: clock.seconds))
    server_id = wire.world.add_server("Harbour Street", int(rules.INVITED_WITH))
    wire.world.add_channel(server_id, "lounge")
    bot = Mortal(context, wire, clock, folder / "prepared.sqlite")
    await bot.rise()
    stage = Stage(wire, clock, bot, server_id)
    cast = await found(stage)
    await stage.until(plot.PREPARED)
    await bot.end()
    await wire.close()
    people = tuple(person.id for person in cast.everybody)
    return Prepared(wire.world.freeze(), server_id, folder / "prepared.sqlite", people)


async def run(context: ForkServerContext, prepared: Prepared, plan: Plan) -> Result:
    """Play one evening with one crash, and judge it."""
    with tempfile.TemporaryDirectory(dir=prepared.file.parent) as folder:
        file = Path(folder, "peerbot.sqlite")
        shutil.copyfile(prepared.file, file)
        clock = HandClock(plot.PREPARED)
        wire = await _wire(World.thaw(prepared.world, lambda: clock.seconds))
        bot = Mortal(context, wire, clock, file)
        stage = Stage(wire, clock, bot, prepared.server_id)
        evening = Evening(stage, Cast.again(stage, prepared.cast), bot.rise)
        try:
            await bot.rise()
            evening.put_decoys()
            wire.calls.clear()
            wire.faults.on_call = _fatal(plan.crashes, bot.kill)
            return await _judged(evening, Ledger(file), plan)
        finally:
            bot.kill()
            await wire.close()


async def _judged(evening: Evening, ledger: Ledger, plan: Plan) -> Result:
    try:
        if plan.known:
            await plot.told(evening)
        else:
            await plot.invented(plan.seed)(evening)
            await evening.handle_all(ledger.open_concerns)
            await evening.wait(DAYS_AFTER)
        found = await faults(evening, ledger)
    except (NothingThere, Refusal, TimeoutError) as stuck:
        found = [f"the evening could not go on: {type(stuck).__name__} {stuck}"]
    return Result(plan, len(evening.stage.wire.calls), evening.crashes, tuple(found))


def _fatal(crashes: Sequence[Crash], kill: Callable[[int], None]) -> Callable[[str, str], None]:
    """Return what counts calls, and kills at some of them, before or after Discord acts on it."""
    waiting, counted = list(reversed(crashes)), 0

    def on_call(call: str, moment: str) -> None:
        nonlocal counted
        if not waiting or waiting[-1].kind not in {"", call}:
            return
        counted += moment == "before"
        if (counted, moment) == (waiting[-1].at, waiting[-1].when):
            counted = 0
            kill(waiting.pop().down)
            # Nobody is left to be answered; before the act, this is also what keeps it from happening.
            raise web.HTTPServiceUnavailable

    return on_call


async def _wire(world: World) -> Wire:
    wire = Wire(world, Limits(per_second=None))
    # The hand clock stands still while people press and the bot works, and jumps between.
    wire.interactions.lenient = True
    await wire.start()
    return wire
