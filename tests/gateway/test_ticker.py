"""The heartbeat: a turn each second that nothing drops, and one soon after each poke."""

import asyncio
from collections.abc import Sequence
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from structlog.testing import capture_logs

from peerbot.gateway.ticker import Ticker


class Turns:
    """Counts the turns, and can be waited for."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.done = 0
        self.turned = asyncio.Event()

    async def turn(self) -> None:
        self.done += 1
        self.turned.set()
        if self.failures:
            self.failures -= 1
            raise LookupError

    async def next(self) -> None:
        async with asyncio.timeout(5):
            await self.turned.wait()
        self.turned.clear()


async def nothing() -> None:
    return None


def jobs(ticker: Ticker) -> Sequence[Any]:
    return ticker._scheduler.get_jobs()


async def test_no_beat_is_dropped_for_being_late_and_no_two_run_at_once() -> None:
    turns, minutely, nightly, hourly = Turns(), Turns(), Turns(), Turns()
    ticker = Ticker(turns.turn, nightly.turn, hourly.turn)
    ticker.start(minutely.turn)
    try:
        steady = {(job.misfire_grace_time, job.coalesce, job.max_instances) for job in jobs(ticker)}
        assert steady == {(None, True, 1)}
        beats = {str(job.trigger): job.func for job in jobs(ticker) if not str(job.trigger).startswith("date")}
        assert beats == {
            "interval[0:00:01]": turns.turn,
            "interval[0:01:00]": minutely.turn,
            "interval[1:00:00]": hourly.turn,
            "cron[hour='3', minute='17']": nightly.turn,
        }
    finally:
        await ticker.stop()


async def test_a_machine_that_is_off_at_night_does_the_night_s_work_at_its_start() -> None:
    nightly, hourly = Turns(), Turns()
    ticker = Ticker(nothing, nightly.turn, hourly.turn)
    ticker.start(nothing)
    await nightly.next()
    await hourly.next()
    assert (nightly.done, hourly.done) == (1, 1)
    await ticker.stop()


async def test_apscheduler_s_own_defaults_would_drop_a_late_beat() -> None:
    """Why they are not used. When this fails, APScheduler has changed."""
    scheduler: Any = AsyncIOScheduler(timezone="UTC")
    scheduler.start(paused=True)
    job = scheduler.add_job(nothing, "interval", seconds=1)
    assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (1, True, 1)
    scheduler.shutdown(wait=False)


async def test_a_poke_turns_the_wheel_at_once() -> None:
    turns = Turns()
    ticker = Ticker(turns.turn, nothing, nothing)
    ticker.start(nothing)
    for number in (1, 2):
        ticker.poke()
        await turns.next()
        assert turns.done == number
    await ticker.stop()


async def test_a_poke_before_the_start_is_not_lost() -> None:
    turns = Turns()
    ticker = Ticker(turns.turn, nothing, nothing)
    ticker.poke()
    ticker.start(nothing)
    await turns.next()
    await ticker.stop()


async def test_many_pokes_are_one_turn() -> None:
    turns = Turns()
    ticker = Ticker(turns.turn, nothing, nothing)
    ticker.start(nothing)
    for _ in range(50):
        ticker.poke()
    await turns.next()
    await asyncio.sleep(0)
    assert turns.done == 1
    await ticker.stop()


async def test_a_turn_that_fails_does_not_end_the_answers_to_pokes() -> None:
    turns = Turns(failures=1)
    ticker = Ticker(turns.turn, nothing, nothing)
    ticker.start(nothing)
    with capture_logs() as logged:
        for _ in range(2):
            ticker.poke()
            await turns.next()
    assert turns.done == 2
    assert [(event["event"], event["error"]) for event in logged] == [("turn failed", "LookupError")]
    await ticker.stop()


async def test_after_the_end_nothing_turns() -> None:
    turns = Turns()
    ticker = Ticker(turns.turn, nothing, nothing)
    ticker.start(nothing)
    await ticker.stop()
    ticker.poke()
    for _ in range(5):
        await asyncio.sleep(0)
    assert turns.done == 0
    await ticker.stop()
