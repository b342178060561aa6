"""Facts: every subscriber or none, and one that fails stops nobody else."""

from datetime import timedelta

import pytest

from peerbot.engine import facts
from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.engine.notes import recall
from peerbot.engine.tick import Tick
from tests.fakes import FakeClock, IdleSender


class Subscriber:
    """Writes down what it heard, in the database; fails as often as told."""

    def __init__(self, name: str, failures: int = 0) -> None:
        self.name = name
        self.failures = failures

    async def __call__(self, work: Work, fact: Fact) -> None:
        heard = f"{self.name}:{fact.data['user']}"
        await work.all("INSERT INTO note (name, value) VALUES (:name, :value)", name=heard, value=fact.kind)
        if self.failures:
            self.failures -= 1
            raise LookupError


@pytest.fixture
def tick(desk: Desk) -> Tick:
    return Tick(desk, IdleSender())


async def record(desk: Desk, kind: str = "seat.ended", **data: object) -> None:
    async with desk.transaction() as work:
        await work.record(kind, **data)


async def waiting(desk: Desk) -> list[tuple[str, int]]:
    found = await facts.waiting(desk.reads, desk.now + timedelta(days=1), 100)
    return [(fact.kind, fact.attempts) for fact in found]


async def test_every_subscriber_hears_a_fact_once(desk: Desk, tick: Tick) -> None:
    for name in ("meetings", "escalation"):
        desk.handlers.on_fact("seat.ended", Subscriber(name))
    await record(desk, user=1)
    await tick.settle()
    await tick.settle()
    assert [await recall(desk, f"{name}:1") for name in ("meetings", "escalation")] == ["seat.ended"] * 2
    assert not await waiting(desk)


async def test_if_one_subscriber_fails_none_has_acted_and_all_act_later(
    desk: Desk, tick: Tick, clock: FakeClock
) -> None:
    desk.handlers.on_fact("seat.ended", Subscriber("first"))
    desk.handlers.on_fact("seat.ended", Subscriber("second", failures=2))
    await record(desk, user=1)
    for attempts in (1, 2):
        await tick.settle()
        assert await recall(desk, "first:1") is None
        assert await waiting(desk) == [("seat.ended", attempts)]
        clock.move(timedelta(seconds=attempts))
    await tick.settle()
    assert await recall(desk, "first:1") == await recall(desk, "second:1") == "seat.ended"
    assert not await waiting(desk)


async def test_a_fact_that_fails_stops_no_other(desk: Desk, tick: Tick) -> None:
    desk.handlers.on_fact("seat.ended", Subscriber("broken", failures=99))
    desk.handlers.on_fact("seat.taken", Subscriber("meetings"))
    await record(desk, "seat.ended", user=1)
    await record(desk, "seat.taken", user=2)
    await tick.settle()
    assert await recall(desk, "meetings:2") == "seat.taken"
    assert await waiting(desk) == [("seat.ended", 1)]


async def test_a_failing_fact_is_not_tried_again_at_once(desk: Desk, tick: Tick, clock: FakeClock) -> None:
    broken = Subscriber("broken", failures=99)
    desk.handlers.on_fact("seat.ended", broken)
    await record(desk, user=1)
    await tick.settle()
    await tick.settle()
    assert broken.failures == 98
    clock.move(timedelta(seconds=1))
    await tick.settle()
    assert broken.failures == 97


async def test_the_pause_of_a_failing_fact_ends_at_a_minute(desk: Desk) -> None:
    await record(desk, user=1)
    async with desk.transaction() as work:
        await facts.postpone(work, Fact(1, "seat.ended", {}, attempts=4_000, not_before=work.now), work.now)
    assert not await facts.waiting(desk.reads, desk.now + timedelta(seconds=59), 9)
    assert await facts.waiting(desk.reads, desk.now + timedelta(seconds=60), 9)


async def test_facts_are_heard_in_the_order_in_which_they_happened(desk: Desk, tick: Tick) -> None:
    heard: list[int] = []

    async def hear(work: Work, fact: Fact) -> None:
        heard.append(fact.data["user"])

    desk.handlers.on_fact("seat.ended", hear)
    for user in (3, 1, 2):
        await record(desk, user=user)
    await tick.settle()
    assert heard == [3, 1, 2]


async def test_a_fact_nobody_listens_to_goes(desk: Desk, tick: Tick) -> None:
    await record(desk, user=1)
    await tick.settle()
    assert not await waiting(desk)


async def test_a_fact_of_a_transaction_that_failed_never_happened(desk: Desk) -> None:
    async def fail() -> None:
        async with desk.transaction() as work:
            await work.record("seat.ended", user=1)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert not await waiting(desk)


async def test_a_fact_is_claimed_once(desk: Desk) -> None:
    await record(desk, user=1)
    [fact] = await facts.waiting(desk.reads, desk.now, 9)
    async with desk.transaction() as work:
        assert await facts.claim(work, fact)
        assert not await facts.claim(work, fact)
