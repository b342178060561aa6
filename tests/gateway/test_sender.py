"""Carrying intents out: the urgent first, nothing twice, nothing lost, and the truth recorded."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import discord
import pytest
from structlog.testing import capture_logs

from peerbot.engine import outbox
from peerbot.engine.database import Database
from peerbot.engine.delivery import Absent, Delivered, Finish, NotWanted
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.tick import Tick
from peerbot.gateway.http import UncertainResponse
from peerbot.gateway.pacing import Pace
from peerbot.gateway.sender import MOST_AT_ONCE, MOST_CONCERNS_AT_ONCE, Sender
from tests.fakes import FakeClock

SECOND = timedelta(seconds=1)
DONE = Delivered(5, 6)


class World:
    """Discord as one carrier sees it: what was done, what was asked, and what it answers next."""

    safe = False
    calls = 1

    def __init__(self) -> None:
        self.log: list[str] = []
        self.there: set[str] = set()
        self.carries: list[Callable[[Leased], Awaitable[Delivered | NotWanted]]] = []
        self.looks: list[Exception | bool] = []
        self.repeats: list[bool] = []

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        self.log.append(f"carry {intent.key}")
        self.repeats.append(intent.repeat)
        if self.carries:
            return await self.carries.pop(0)(intent)
        self.there.add(intent.key)
        return DONE

    async def look(self, intent: Leased) -> Delivered | Absent:
        self.log.append(f"look {intent.key}")
        found = self.looks.pop(0) if self.looks else intent.key in self.there
        if isinstance(found, Exception):
            raise found
        return DONE if found else Absent()


class _Response:
    """As much of a response as discord.py's exceptions read."""

    status = 403
    reason = "Forbidden"


class Scene:
    """A desk, a sender and a world; the reports that came."""

    def __init__(self, database: Database, pace: Pace | None = None, longest_call: float = 15) -> None:
        self.clock = FakeClock()
        self.desk = Desk(database, self.clock)
        self.world = World()
        self.pace = pace or Pace(10_000)
        self.sender = Sender(self.desk, {"post": self.world, "channel.delete": self.world}, self.pace, longest_call)
        self.reports: list[tuple[str, Delivered | Finish]] = []
        self.report_fails = 0
        self.desk.handlers.on_report("told", self._told)

    async def _told(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        await work.all("INSERT INTO note (name, value) VALUES (:key, 'told')", key=intent.key)
        if self.report_fails:
            self.report_fails -= 1
            raise LookupError
        self.reports.append((intent.key, result))

    async def mean(
        self, *keys: str, lane: Lane = Lane.REMINDER, kind: str = "post", after: timedelta | None = None
    ) -> None:
        async with self.desk.transaction() as work:
            for key in keys:
                end = work.now + after if after is not None else None
                await work.enqueue(Intent(key, kind, lane, 7, report="told", not_after=end))

    async def settle(self) -> list[str]:
        """Do what is due and return what the world saw of it."""
        del self.world.log[:]
        await Tick(self.desk, self.sender).settle()
        return self.world.log

    async def state(self, key: str) -> str:
        row = await self.desk.reads.one("SELECT state FROM intent WHERE key = :key", key=key)
        assert row is not None
        return row["state"]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    database = await Database.open(tmp_path / "peerbot.sqlite", bytes(32))
    with capture_logs():
        yield database
    await database.close()


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def refusal(code: int) -> discord.HTTPException:
    """As discord.py says it."""
    return discord.Forbidden(_Response(), {"code": code, "message": ""})  # type: ignore[arg-type] - see `_Response`


def ends_with(error: BaseException) -> Callable[[Leased], Awaitable[Delivered | NotWanted]]:
    async def carry(intent: Leased) -> Delivered | NotWanted:
        raise error

    return carry


def acts_then(scene: Scene, error: Exception) -> Callable[[Leased], Awaitable[Delivered | NotWanted]]:
    async def carry(intent: Leased) -> Delivered | NotWanted:
        scene.world.there.add(intent.key)
        raise error

    return carry


async def test_what_is_meant_is_done_and_reported(scene: Scene) -> None:
    await scene.mean("a")
    assert await scene.settle() == ["carry a"]
    assert scene.reports == [("a", DONE)]
    assert await scene.state("a") == "done"


async def test_what_nobody_wants_any_more_is_dropped_and_reported(scene: Scene) -> None:
    async def not_wanted(intent: Leased) -> NotWanted:
        return NotWanted()

    scene.world.carries = [not_wanted]
    await scene.mean("a")
    await scene.settle()
    assert scene.reports == [("a", Finish("dropped", "not wanted"))]


async def test_a_late_reminder_is_dropped_unsent_and_reported(scene: Scene) -> None:
    await scene.mean("late", after=SECOND)
    await scene.mean("deletion", kind="channel.delete", lane=Lane.CLOSING)
    scene.clock.move(SECOND)
    assert await scene.settle() == ["carry deletion"]
    assert ("late", Finish("dropped", "too late")) in scene.reports
    assert await scene.state("late") == "dropped"


async def test_what_did_happen_though_the_answer_was_lost_is_found_and_not_done_again(scene: Scene) -> None:
    scene.world.carries = [acts_then(scene, UncertainResponse("502"))]
    await scene.mean("a")
    assert await scene.settle() == ["carry a", "look a"]
    assert scene.reports == [("a", DONE)]


async def test_what_did_not_happen_is_looked_for_twice_and_then_done_again(scene: Scene) -> None:
    scene.world.carries = [ends_with(TimeoutError())]
    await scene.mean("a")
    assert await scene.settle() == ["carry a", "look a"]
    scene.clock.move(SECOND)
    assert await scene.settle() == []
    scene.clock.move(SECOND)
    assert await scene.settle() == ["look a"]
    scene.clock.move(SECOND)
    assert await scene.settle() == ["carry a"]
    assert scene.world.repeats == [False, True]


async def test_what_shows_up_late_is_found_by_the_second_look(scene: Scene) -> None:
    scene.world.carries = [ends_with(TimeoutError())]
    scene.world.looks = [False, True]
    await scene.mean("a")
    await scene.settle()
    scene.clock.move(2 * SECOND)
    assert await scene.settle() == ["look a"]
    assert scene.reports == [("a", DONE)]


async def test_a_late_intent_in_doubt_is_looked_for_before_it_is_dropped(scene: Scene) -> None:
    scene.world.carries = [ends_with(TimeoutError())]
    scene.world.looks = [False, True]
    await scene.mean("a", after=SECOND)
    await scene.settle()
    scene.clock.move(timedelta(hours=1))
    assert await scene.settle() == ["look a"]
    assert scene.reports == [("a", DONE)]


async def test_a_look_that_fails_is_no_answer(scene: Scene) -> None:
    scene.world.carries = [ends_with(TimeoutError())]
    scene.world.looks = [UncertainResponse("500"), True]
    await scene.mean("a")
    await scene.settle()
    scene.clock.move(SECOND)
    assert await scene.settle() == ["look a"]
    assert scene.world.repeats == [False]


async def test_a_call_that_hangs_is_unknown_in_the_end(database: Database) -> None:
    scene = Scene(database, longest_call=0.01)
    never = asyncio.Event()

    async def hangs(intent: Leased) -> Delivered:
        await never.wait()
        return DONE

    scene.world.carries = [hangs]
    await scene.mean("a")
    assert await scene.settle() == ["carry a", "look a"]
    assert await scene.state("a") == "waiting"


async def test_a_crash_between_the_effect_and_its_record_does_nothing_twice(scene: Scene) -> None:
    await scene.mean("seen", "unseen")
    async with scene.desk.transaction() as work:
        first, _ = await outbox.lease(work, work.now, 9)
    await scene.world.carry(first)
    async with scene.desk.transaction() as work:
        assert await outbox.recover(work, work.now) == 2
    assert sorted(await scene.settle()) == ["look seen", "look unseen"]
    scene.clock.move(2 * SECOND)
    await scene.settle()
    scene.clock.move(SECOND)
    assert await scene.settle() == ["carry unseen"]
    assert await scene.state("seen") == await scene.state("unseen") == "done"


async def test_an_effect_whose_record_failed_is_looked_for_and_recorded(scene: Scene) -> None:
    scene.report_fails = 1
    await scene.mean("a")
    assert await scene.settle() == ["carry a"]
    assert not scene.reports
    scene.clock.move(2 * SECOND)
    assert await scene.settle() == ["look a"]
    assert scene.reports == [("a", DONE)]


async def test_an_effect_that_no_database_could_record_is_not_lost(scene: Scene) -> None:
    """The database refuses everything for a moment, as a full disk does."""

    async def refuse_the_next_writes(intent: Leased) -> Delivered:
        scene.world.there.add(intent.key)
        async with scene.desk.transaction() as work:
            await work.all("CREATE TRIGGER full BEFORE UPDATE ON intent BEGIN SELECT RAISE(ABORT, 'full'); END")
        return DONE

    scene.world.carries = [refuse_the_next_writes]
    await scene.mean("a")
    with pytest.raises(Exception, match="full"):
        await scene.settle()
    async with scene.desk.transaction() as work:
        await work.all("DROP TRIGGER full")
    await scene.settle()
    scene.clock.move(2 * SECOND)
    assert await scene.settle() == ["look a"]
    assert scene.reports == [("a", DONE)]


@pytest.mark.parametrize("lane", [Lane.CONCERN, Lane.REMINDER])
async def test_what_discord_refused_is_reported_with_discords_number(scene: Scene, lane: Lane) -> None:
    scene.world.carries = [ends_with(refusal(50007))]
    await scene.mean("a", lane=lane)
    await scene.settle()
    assert scene.reports == [("a", Finish("failed", "50007"))]


async def test_a_defect_in_what_is_sent_stops_nothing_else_and_is_tried_again(scene: Scene) -> None:
    scene.world.carries = [ends_with(KeyError("card"))]
    await scene.mean("broken")
    await scene.mean("whole")
    assert "carry whole" in await scene.settle()
    scene.clock.move(2 * SECOND)
    await scene.settle()
    scene.clock.move(SECOND)
    await scene.settle()
    assert await scene.state("broken") == await scene.state("whole") == "done"


async def test_a_page_held_up_by_a_rate_limit_is_no_repeat(scene: Scene) -> None:
    scene.world.carries = [ends_with(discord.RateLimited(30.0))]
    await scene.mean("page", lane=Lane.CONCERN)
    await scene.settle()
    scene.clock.move(2 * SECOND)
    assert await scene.settle() == ["carry page"]
    assert scene.world.repeats == [False, False]


async def test_a_page_in_doubt_is_sent_again_after_two_seconds_though_nobody_can_look(scene: Scene) -> None:
    scene.world.carries = [ends_with(TimeoutError())]
    scene.world.looks = [refusal(50001), TimeoutError()]
    await scene.mean("page", lane=Lane.CONCERN)
    await scene.settle()
    scene.clock.move(2 * SECOND)
    assert await scene.settle() == ["look page", "carry page"]
    assert scene.world.repeats == [False, True]


async def test_a_concern_goes_first(scene: Scene) -> None:
    await scene.mean("cosmetic", lane=Lane.COSMETIC)
    await scene.mean("reminder", lane=Lane.REMINDER)
    await scene.mean("closing", lane=Lane.CLOSING)
    await scene.mean("page", lane=Lane.CONCERN)
    assert await scene.settle() == ["carry page", "carry closing", "carry reminder", "carry cosmetic"]


async def test_a_concern_does_not_wait_for_the_pace_and_the_rest_does(database: Database) -> None:
    seconds = [100.0]
    scene = Scene(database, Pace(seconds=lambda: seconds[0]))
    await scene.mean(*(f"r{number}" for number in range(60)))
    await scene.mean("page", lane=Lane.CONCERN)
    scene.pace.take(500)
    assert await scene.sender.pump() == 1
    await asyncio.gather(*scene.sender._tasks)
    assert scene.world.log == ["carry page"]
    seconds[0] += 1
    while await scene.sender.pump():
        await asyncio.gather(*scene.sender._tasks)
    assert len(scene.world.log) == 41


async def test_a_concern_does_not_wait_for_calls_under_way(scene: Scene) -> None:
    go_on = asyncio.Event()

    async def slow(intent: Leased) -> Delivered:
        await go_on.wait()
        return DONE

    scene.world.carries = [slow] * MOST_AT_ONCE
    await scene.mean(*(f"r{number}" for number in range(MOST_AT_ONCE + 5)))
    assert await scene.sender.pump() == MOST_AT_ONCE
    assert await scene.sender.pump() == 0
    await scene.mean(*(f"c{number}" for number in range(MOST_CONCERNS_AT_ONCE)), lane=Lane.CONCERN)
    await scene.mean("p")
    assert await scene.sender.pump() == MOST_CONCERNS_AT_ONCE
    await asyncio.sleep(0)
    assert len([line for line in scene.world.log if line.startswith("carry c")]) == MOST_CONCERNS_AT_ONCE
    go_on.set()
    await scene.settle()
    assert len(scene.reports) == MOST_AT_ONCE + 5 + MOST_CONCERNS_AT_ONCE + 1


async def test_calls_are_counted_as_many_as_they_are(database: Database) -> None:
    scene = Scene(database, Pace(seconds=lambda: 100.0))
    scene.world.calls = 2
    scene.sender = Sender(scene.desk, {"post": scene.world}, scene.pace)
    await scene.mean(*(f"r{number}" for number in range(60)))
    while await scene.sender.pump():
        await asyncio.gather(*scene.sender._tasks)
    assert len(scene.world.log) == 20


async def test_a_sender_that_ends_starts_nothing_new(scene: Scene) -> None:
    await scene.mean("a", lane=Lane.CONCERN)
    scene.sender.paused = True
    assert await scene.settle() == []
    scene.sender.paused = False
    assert await scene.settle() == ["carry a"]
