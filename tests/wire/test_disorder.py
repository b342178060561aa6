"""A whole evening in which what Discord tells comes late, overtaken by what happened since, and more than once."""

from pathlib import Path
from random import Random

import pytest

from bench.crash.run import Prepared
from bench.evening import plot
from bench.evening.cast import BEGINNING, found
from bench.evening.judge import OF_THE_SERVER
from bench.evening.stage import BotHere, Stage
from bench.line import HandClock
from bench.wire import Wire
from bench.wire.faults import ALWAYS, EventFault
from peerbot.app import App
from tests.wire.scene import Scene, staged

LATEST = 0.03
"""Seconds of real time. The clock of the evening jumps meanwhile, so that it may be hours."""


class Disorder(EventFault):
    """Half of all events come late, two in three twice or three times, the copies later still."""

    def __init__(self, seed: int) -> None:
        super().__init__("", times=ALWAYS)
        self._chance = Random(seed)
        self.struck = 0

    def strikes(self, event: str) -> bool:
        self.copies = self._chance.choice((1, 2, 3))
        self.seconds = self._chance.choice((0.0, self._chance.uniform(0, LATEST)))
        self.gap = self._chance.choice((0.0, self._chance.uniform(0, LATEST)))
        self.struck += self.copies > 1 or self.seconds > 0
        return True


async def arrived(scene: Scene) -> None:
    """Let everything come that is still under way, and what follows from it happen."""
    while scene.wire.gateway.under_way:
        await scene.rows("SELECT 1")
    await scene.evening.wait(1)


async def done(scene: Scene) -> tuple[list[dict], list[dict]]:
    """Return what was done for each concern, and how many things of each kind the bot did."""
    acts = await scene.rows("SELECT act FROM concern_act ORDER BY id")
    return acts, await scene.rows("SELECT kind, state, count(*) FROM intent GROUP BY kind, state ORDER BY kind")


async def test_an_evening_in_disorder_is_the_evening_it_would_have_been(prepared: Prepared, tmp_path: Path) -> None:
    evenings: list[tuple[list[dict], list[dict]]] = []
    for seed in (None, 1, 2):
        (folder := tmp_path / str(seed)).mkdir()
        async with staged(prepared, folder) as scene:
            disorder = Disorder(seed or 0)
            if seed is not None:
                scene.wire.faults.add(disorder)
            await plot.told(scene.evening)
            await arrived(scene)
            assert await scene.wrongs() == []
            assert (disorder.struck > 10) is (seed is not None)
            evenings.append(await done(scene))
    calm, *others = evenings
    for each in others:
        assert each == calm


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(201, 207))
async def test_evenings_of_chance_in_disorder_keep_every_promise(scene: Scene, seed: int) -> None:
    scene.wire.faults.add(Disorder(seed))
    await plot.invented(seed)(scene.evening)
    await scene.open_until_quiet()
    await arrived(scene)
    assert await scene.wrongs() == []


async def test_what_was_just_made_is_not_taken_for_deleted_before_discord_tells_of_it(
    app: App, wire: Wire, server: int, clock: HandClock
) -> None:
    clock.seconds = BEGINNING.timestamp()
    wire.faults.add(EventFault("CHANNEL_CREATE", copies=0, times=ALWAYS))
    stage = Stage(wire, clock, BotHere(app), server)
    await found(stage)
    await stage.until(plot.PREPARED)
    names = [channel["name"] for channel in wire.world.channels_of(server)]
    assert sorted(names) == sorted(set(names))
    assert set(names) >= OF_THE_SERVER
