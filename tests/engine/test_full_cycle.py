"""A cycle counts only when all of it was done: break any one part, and nobody vouches for the bot any more."""

import asyncio
from datetime import timedelta

import pytest

from peerbot.engine.database import Database
from peerbot.engine.desk import Desk
from peerbot.engine.tick import Tick
from peerbot.gateway.pacing import Pace
from peerbot.gateway.sender import Sender
from peerbot.ops.health import OLDEST_CYCLE
from tests.fakes import EVENING, FakeClock, IdleSender

SECOND = timedelta(seconds=1)


class StuckSender(IdleSender):
    """A sender that never comes back from one of its two calls in a turn."""

    def __init__(self, *, on_concerns: bool) -> None:
        self.on_concerns = on_concerns
        self.called = asyncio.Event()

    async def pump(self, *, concerns_only: bool = False) -> int:
        if concerns_only is self.on_concerns:
            self.called.set()
            await asyncio.Event().wait()
        return 0


async def turns(tick: Tick, clock: FakeClock, seconds: int) -> int:
    """Turn each second, as the ticker does, whatever comes of it; return how many turns failed."""
    failed = 0
    for _ in range(seconds):
        clock.move(SECOND)
        try:
            await tick.run()
        except Exception:  # noqa: BLE001 - as the ticker, which logs it
            failed += 1
    return failed


@pytest.mark.parametrize("broken", ["the facts", "the timers", "the intents", "every write"])
async def test_a_part_that_fails_each_time_leaves_the_cycle_to_grow_old(
    desk: Desk, database: Database, clock: FakeClock, broken: str
) -> None:
    tick = Tick(desk, Sender(desk, {}, Pace()))
    assert await turns(tick, clock, 20) == 0
    assert tick.last_cycle == clock.now()
    last, statement = (
        clock.now(),
        {
            "the facts": "ALTER TABLE fact RENAME TO gone",
            "the timers": "ALTER TABLE timer RENAME TO gone",
            "the intents": "ALTER TABLE intent RENAME TO gone",
            "every write": "PRAGMA query_only = ON",
        }[broken],
    )
    async with database.transaction() as connection:
        await connection.all(statement)
    seconds = int(OLDEST_CYCLE.total_seconds()) + 6
    assert await turns(tick, clock, seconds) > 0
    assert clock.now() - (tick.last_cycle or EVENING) > OLDEST_CYCLE
    # A write proves itself for some seconds; whatever is only read, at once.
    assert (tick.last_cycle or EVENING) - last < (5 if broken == "every write" else 1) * SECOND


@pytest.mark.parametrize("on_concerns", [True, False])
async def test_a_sender_that_hangs_is_no_full_cycle(desk: Desk, on_concerns: bool) -> None:  # noqa: FBT001
    sender = StuckSender(on_concerns=on_concerns)
    tick = Tick(desk, sender)
    turning = asyncio.create_task(tick.run())
    await sender.called.wait()
    assert tick.last_cycle is None
    turning.cancel()
    await asyncio.gather(turning, return_exceptions=True)
    assert tick.last_cycle is None


async def test_a_database_that_takes_no_write_now_is_no_full_cycle_until_it_does(desk: Desk) -> None:
    tick = Tick(desk, IdleSender())
    async with desk.transaction():
        turning = asyncio.create_task(tick.run())
        for _ in range(100):  # Reading goes on meanwhile.
            await desk.reads.one("SELECT count(*) FROM note")
        assert tick.last_cycle is None
    await turning
    assert tick.last_cycle == EVENING


async def test_idle_turns_write_now_and_then_and_not_each_second(
    desk: Desk, database: Database, clock: FakeClock
) -> None:
    tick = Tick(desk, IdleSender())
    async with database.transaction() as connection:
        before = await connection.one("SELECT total_changes() AS number")
        assert before is not None
    await turns(tick, clock, 60)
    async with database.transaction() as connection:
        after = await connection.one("SELECT total_changes() AS number")
        assert after is not None
    assert after["number"] - before["number"] == 12


async def test_after_the_clock_was_set_back_writing_is_proven_anew(desk: Desk, clock: FakeClock) -> None:
    tick = Tick(desk, IdleSender())
    await turns(tick, clock, 2)
    clock.move(-timedelta(hours=1))
    await tick.run()
    row = await desk.reads.one("SELECT value FROM note WHERE name = 'cycle'")
    assert row == {"value": clock.now().isoformat()}
