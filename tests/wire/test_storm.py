"""Discord answers one call in ten wrongly, for a whole evening: no promise is broken by it."""

import pytest

from bench.evening import plot
from tests.wire.scene import Scene
from tests.wire.weather import weather


async def test_an_evening_without_a_storm_keeps_every_promise(scene: Scene) -> None:
    await plot.told(scene.evening)
    assert await scene.wrongs() == []


@pytest.mark.parametrize("seed", range(3))
async def test_a_storm_breaks_no_promise(scene: Scene, seed: int) -> None:
    scene.be_impatient()
    storm = weather(seed)
    scene.wire.faults.add(storm)
    await plot.told(scene.evening)
    assert await scene.wrongs() == []
    assert storm.struck > 5


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(101, 105))
async def test_many_storms_on_evenings_of_chance_break_no_promise(scene: Scene, seed: int) -> None:
    scene.be_impatient()
    scene.wire.faults.add(weather(seed, share=0.05 * (1 + seed % 4), patient=seed % 5 == 0))
    await plot.invented(seed)(scene.evening)
    await scene.open_until_quiet()
    assert await scene.wrongs() == []
