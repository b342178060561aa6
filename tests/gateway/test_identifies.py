"""A crash loop, or a session that Discord ends each time, never uses up what Discord allows in a day."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from peerbot.engine.database import Database
from peerbot.engine.desk import Desk
from peerbot.engine.notes import recall, remember
from peerbot.gateway.identifies import AT_ONCE, FEW_LEFT, SLOWEST, Identifies, Left, TooSoon, discords_pause, own_pause
from tests.fakes import EVENING, FakeClock

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MOST_A_DAY = 300


class Scene:
    """One gate after the other, each as a new process has it, on one database."""

    def __init__(self, desk: Desk, clock: FakeClock) -> None:
        self.desk, self.clock = desk, clock
        self.left: Left | None = None
        self.told: list[str] = []
        self.waits: list[float] = []

    def process(self) -> Identifies:
        async def noted(name: str) -> str | None:
            return await recall(self.desk, name)

        async def note(name: str, value: str) -> None:
            await remember(self.desk, name, value)

        async def ask() -> Left | None:
            return self.left

        async def tell(text: str) -> None:
            self.told.append(text)

        async def sleep(seconds: float) -> None:
            self.waits.append(seconds)
            self.clock.move(timedelta(seconds=seconds))

        return Identifies(noted, note, self.clock, ask, tell, sleep)

    async def start(self) -> None:
        gate = self.process()
        await gate.turn()
        await gate.begins()


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    database, clock = await Database.open(tmp_path / "bot.sqlite", bytes(32)), FakeClock()
    yield Scene(Desk(database, clock), clock)
    await database.close()


def most_in_a_day(made: Sequence[datetime]) -> int:
    return max(sum(at - DAY < other <= at for other in made) for at in made)


@pytest.mark.parametrize("restart", [0, 60, 90, 600])
def test_a_process_that_crashes_at_once_and_is_started_again_makes_no_more_than_300_a_day(restart: int) -> None:
    now, made = EVENING, list[datetime]()
    while now - EVENING < 3 * DAY:
        now += own_pause(made, now)
        made.append(now)
        now += timedelta(seconds=restart)
    assert most_in_a_day(made) <= MOST_A_DAY


@given(st.lists(st.integers(0, 4000), max_size=400))
def test_however_starts_lie_no_day_has_more_than_300_and_none_waits_longer_than_five_minutes(gaps: list[int]) -> None:
    now, made = EVENING, list[datetime]()
    for gap in gaps:
        now += timedelta(seconds=gap)
        pause = own_pause(made, now)
        assert pause <= SLOWEST
        made.append(now + pause)
        now += pause
    assert not made or most_in_a_day(made) <= MOST_A_DAY


async def test_a_few_starts_in_an_hour_wait_for_nothing_and_the_next_ones_longer_and_longer(scene: Scene) -> None:
    with capture_logs() as log:
        for _ in range(AT_ONCE + 5):
            await scene.start()
    assert scene.waits == [60, 120, 240, 300, 300]
    assert [(entry["seconds"], entry["count"]) for entry in log][:2] == [(60, 5), (120, 6)]
    assert {entry["log_level"] for entry in log} == {"warning"}
    # Each process tells it once: the operator hears of a crash loop at each start that waits.
    assert len(scene.told) == 5
    assert "Times in the last hour: 5" in scene.told[0]
    assert "Minutes: 1." in scene.told[0]


async def test_an_hour_later_nothing_waits_any_more(scene: Scene) -> None:
    for _ in range(AT_ONCE):
        await scene.start()
    scene.clock.move(timedelta(hours=1))
    await scene.start()
    assert scene.waits == []


async def test_within_one_process_a_session_that_is_ended_each_time_is_not_begun_again_at_once(scene: Scene) -> None:
    gate = scene.process()
    await gate.turn()
    for _ in range(AT_ONCE):
        await gate.begins()
    with pytest.raises(TooSoon):
        await gate.begins()
    assert len(await gate.made()) == AT_ONCE
    await gate.turn()
    await gate.begins()
    assert scene.waits == [60]


async def test_a_start_is_written_down_before_it_is_made_and_forgotten_after_a_day(
    scene: Scene,
) -> None:
    await scene.start()
    assert await scene.process().made() == [EVENING]
    scene.clock.move(DAY)
    assert await scene.process().made() == []
    await scene.start()
    assert await recall(scene.desk, "identifies") == f"[{int(scene.clock.now().timestamp())}]"


async def test_after_the_clock_was_set_back_nobody_waits_longer_than_five_minutes(
    scene: Scene,
) -> None:
    for _ in range(20):
        await scene.start()
    scene.clock.move(-timedelta(hours=30))
    scene.waits.clear()
    await scene.start()
    assert scene.waits == [SLOWEST.total_seconds()]


@pytest.mark.parametrize(
    ("left", "minutes"),
    [(1000, 0), (FEW_LEFT + 1, 0), (99, 10), (9, 100), (1, 500), (0, 1000)],
)
def test_what_discord_still_allows_is_spread_over_the_time_until_it_allows_more(left: int, minutes: int) -> None:
    assert discords_pause((left, 1000 * MINUTE), [EVENING], EVENING) == minutes * MINUTE
    # Counted from the last start, so that a process that is ended while it waits does not wait anew.
    later = EVENING + 30 * MINUTE
    expected = max(0, minutes - 30) if left else 1000
    assert discords_pause((left, 1000 * MINUTE), [EVENING], later) == expected * MINUTE


async def test_few_left_at_discord_make_the_start_wait_and_tell_the_operator(scene: Scene) -> None:
    await scene.start()
    scene.left = (0, timedelta(hours=2))
    with capture_logs() as log:
        await scene.start()
    assert scene.waits == [7200]
    assert [entry["seconds"] for entry in log] == [7200]
    assert "Minutes: 120." in scene.told[0]


async def test_a_first_start_waits_for_nothing_while_discord_allows_one(scene: Scene) -> None:
    scene.left = (1, timedelta(hours=2))
    await scene.start()
    assert scene.waits == []
