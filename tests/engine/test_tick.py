"""The wheel: what is due is done, late or not, and what fails stops nothing else."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from structlog.typing import EventDict

from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.engine.notes import recall, remember
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.tick import Tick
from peerbot.engine.timers import Timer
from tests.fakes import EVENING, FakeClock, IdleSender

SECOND = timedelta(seconds=1)


class Acts:
    """A handler that remembers what it was woken for, and fails for the subjects it is told to."""

    def __init__(self, *failing: str) -> None:
        self.failing = set(failing)
        self.woken: list[tuple[str, datetime]] = []

    async def __call__(self, work: Work, timer: Timer) -> None:
        self.woken.append((timer.subject, timer.due_at))
        await work.all("INSERT INTO note (name, value) VALUES (:name, '')", name=timer.subject)
        if timer.subject in self.failing:
            message = f"the words that {timer.subject} wrote"
            raise ValueError(message)


@pytest.fixture
def tick(desk: Desk) -> Tick:
    return Tick(desk, IdleSender())


@pytest.fixture
def acts(desk: Desk) -> Acts:
    acts = Acts()
    desk.handlers.on_timer("test", acts)
    return acts


async def set_timers(desk: Desk, *subjects: str, after: timedelta = timedelta(), kind: str = "test") -> None:
    async with desk.transaction() as work:
        for subject in subjects:
            await work.set_timer(kind, subject, work.now + after, 7)


async def test_a_due_timer_wakes_its_handler_once(desk: Desk, tick: Tick, acts: Acts) -> None:
    await set_timers(desk, "a")
    assert await tick.run() == 1
    assert await tick.run() == 0
    assert acts.woken == [("a", EVENING)]


async def test_a_timer_is_left_alone_until_it_is_due(desk: Desk, tick: Tick, acts: Acts, clock: FakeClock) -> None:
    await set_timers(desk, "a", after=2 * SECOND)
    clock.move(SECOND)
    await tick.settle()
    assert not acts.woken
    clock.move(SECOND)
    await tick.settle()
    assert [subject for subject, _ in acts.woken] == ["a"]


async def test_a_late_timer_keeps_its_true_due_time(desk: Desk, tick: Tick, acts: Acts, clock: FakeClock) -> None:
    await set_timers(desk, "a")
    clock.move(timedelta(days=3))
    await tick.settle()
    assert acts.woken == [("a", EVENING)]


async def test_a_failing_timer_does_not_stop_the_rest_and_is_tried_again(
    desk: Desk, tick: Tick, acts: Acts, clock: FakeClock
) -> None:
    acts.failing.add("broken")
    await set_timers(desk, "broken", "whole")
    await tick.settle()
    assert [subject for subject, _ in acts.woken] == ["broken", "whole"]
    assert await recall(desk, "broken") is None
    assert await recall(desk, "whole") == ""
    acts.failing.clear()
    clock.move(SECOND)
    await tick.settle()
    assert acts.woken[2:] == [("broken", EVENING)]
    assert await recall(desk, "broken") == ""


async def test_a_timer_nobody_handles_stops_nothing_and_is_kept(
    desk: Desk, tick: Tick, acts: Acts, clock: FakeClock
) -> None:
    await set_timers(desk, "lonely", kind="of.an.older.version")
    await set_timers(desk, "a")
    await tick.settle()
    assert [subject for subject, _ in acts.woken] == ["a"]
    woken = Acts()
    desk.handlers.on_timer("of.an.older.version", woken)
    clock.move(SECOND)
    await tick.settle()
    assert woken.woken == [("lonely", EVENING)]


async def test_a_failure_is_logged_by_its_class_and_kind(
    desk: Desk, tick: Tick, acts: Acts, logged: Sequence[EventDict]
) -> None:
    acts.failing.add("broken")
    await set_timers(desk, "broken")
    await tick.settle()
    [event] = logged
    assert (event["event"], event["kind"], event["error"]) == ("timer failed", "test", "ValueError")
    assert "words" not in str({name: value for name, value in event.items() if name != "exc_info"})


async def test_what_a_timer_tells_is_heard_in_the_same_turn(desk: Desk, tick: Tick) -> None:
    heard: list[object] = []

    async def tell(work: Work, timer: Timer) -> None:
        await work.record("told", subject=timer.subject)

    async def hear(work: Work, fact: Fact) -> None:
        heard.append(fact.data["subject"])

    desk.handlers.on_timer("test", tell)
    desk.handlers.on_fact("told", hear)
    await set_timers(desk, "a")
    await tick.run()
    assert heard == ["a"]


async def test_a_timer_cancelled_by_the_one_before_it_does_not_fire(desk: Desk, tick: Tick) -> None:
    woken: list[str] = []

    async def cancel_the_other(work: Work, timer: Timer) -> None:
        woken.append(timer.subject)
        await work.cancel_timer("test", {"a": "b", "b": "a"}[timer.subject])

    desk.handlers.on_timer("test", cancel_the_other)
    await set_timers(desk, "a", "b")
    await tick.settle()
    assert woken == ["a"]


async def test_settling_goes_on_until_nothing_is_due(desk: Desk, tick: Tick) -> None:
    woken: list[str] = []

    async def one_more(work: Work, timer: Timer) -> None:
        woken.append(timer.subject)
        if len(woken) < 5:
            await work.set_timer("test", str(len(woken)), work.now, 7)

    desk.handlers.on_timer("test", one_more)
    await set_timers(desk, "0")
    await tick.settle()
    assert woken == ["0", "1", "2", "3", "4"]


async def test_two_turns_at_once_do_everything_once(desk: Desk, tick: Tick, acts: Acts) -> None:
    await set_timers(desk, *(f"t{number}" for number in range(20)))
    await asyncio.gather(tick.run(), tick.run(), tick.run())
    assert sorted(subject for subject, _ in acts.woken) == sorted(f"t{number}" for number in range(20))


async def test_two_turns_at_once_try_a_failing_timer_once(desk: Desk, tick: Tick, acts: Acts) -> None:
    acts.failing.add("broken")
    await set_timers(desk, "broken")
    await asyncio.gather(tick.run(), tick.run(), tick.run())
    assert [subject for subject, _ in acts.woken] == ["broken"]


async def test_a_full_cycle_is_vouched_for_by_its_time(desk: Desk, tick: Tick, clock: FakeClock) -> None:
    assert tick.last_cycle is None
    clock.move(SECOND)
    await tick.run()
    assert tick.last_cycle == EVENING + SECOND


async def test_the_next_due_is_that_of_timers_and_intents(desk: Desk, tick: Tick) -> None:
    assert await tick.next_due() is None
    await set_timers(desk, "a", after=timedelta(hours=2))
    assert await tick.next_due() == EVENING + timedelta(hours=2)
    async with desk.transaction() as work:
        await work.enqueue(Intent("k", "post", Lane.REMINDER, 7, due_at=EVENING + timedelta(hours=1)))
    assert await tick.next_due() == EVENING + timedelta(hours=1)


async def test_a_commit_wakes_the_wheel_and_a_quiet_one_or_a_failed_one_does_not(desk: Desk) -> None:
    pokes: list[str] = []
    desk.on_commit(lambda: pokes.append("woken"))
    await remember(desk, "quiet", "yes")
    with pytest.raises(LookupError):
        async with desk.transaction():
            raise LookupError
    assert not pokes
    async with desk.transaction():
        assert not pokes
    assert pokes == ["woken"]


async def test_a_use_case_has_one_now(desk: Desk, clock: FakeClock) -> None:
    async with desk.transaction() as work:
        clock.move(SECOND)
        assert work.now == EVENING
    assert desk.now == EVENING + SECOND


async def test_what_was_noted_is_recalled_and_noted_anew(desk: Desk) -> None:
    assert await recall(desk, "commands") is None
    await remember(desk, "commands", "one")
    await remember(desk, "commands", "two")
    assert await recall(desk, "commands") == "two"
