"""What holds for the order of intents, whatever is meant and whatever becomes of it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerbot.engine import outbox
from peerbot.engine.database import Database
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from tests.fakes import FakeClock

meant = st.lists(
    st.tuples(st.sampled_from(Lane), st.sampled_from([None, None, "s", "t"]), st.integers(0, 3)),
    min_size=1,
    max_size=12,
)
becomes = st.lists(st.sampled_from(["done", "failed", "again", "look", "crash"]), max_size=12)


class _Over(Exception):
    """Ends an example: its transaction is rolled back, so that each example begins with nothing and costs no write."""


class Ledger:
    """One database for all examples: opening one takes longer than an example."""

    def __init__(self, runner: asyncio.Runner, desk: Desk, clock: FakeClock) -> None:
        self._runner = runner
        self._desk = desk
        self._clock = clock

    def run(self, example: Callable[["Example"], Awaitable[None]]) -> None:
        async def one_transaction() -> None:
            async with self._desk.transaction() as work:
                await example(Example(work, self._clock))
                raise _Over

        with pytest.raises(_Over):
            self._runner.run(one_transaction())


class Example:
    """What an example does: mean, take, and let things become of what was taken."""

    def __init__(self, work: Work, clock: FakeClock) -> None:
        self._work = work
        self._clock = clock

    def move(self, seconds: int) -> None:
        self._clock.move(timedelta(seconds=seconds))

    async def mean(self, intents: list[tuple[Lane, str | None, int]]) -> dict[str, Intent]:
        now = self._clock.now()
        made = {
            f"i{number:02}": Intent(
                f"i{number:02}", "post", lane, 7, stream=stream, due_at=now + timedelta(seconds=seconds)
            )
            for number, (lane, stream, seconds) in enumerate(intents)
        }
        for one in made.values():
            await outbox.enqueue(self._work, one, now)
            await outbox.enqueue(self._work, one, now)
        return made

    async def lease(self, most: int) -> list[Leased]:
        return list(await outbox.lease(self._work, self._clock.now(), most))

    async def become(self, leased: Leased, what: str) -> None:
        now = self._clock.now()
        if what in {"done", "failed"}:
            await outbox.finish(self._work, leased, what, "", now)
        elif what == "crash":
            await outbox.recover(self._work, now)
        else:
            await outbox.put_back(self._work, leased, now, look=what == "look")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with asyncio.Runner() as runner:
        clock = FakeClock()
        database = runner.run(Database.open(tmp_path / "peerbot.sqlite", bytes(32)))
        yield Ledger(runner, Desk(database, clock), clock)
        runner.run(database.close())


one_ledger = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@one_ledger
@given(intents=meant, most=st.integers(1, 12))
def test_nothing_is_taken_before_something_more_urgent(
    ledger: Ledger, intents: list[tuple[Lane, str | None, int]], most: int
) -> None:
    async def law(example: Example) -> None:
        made = await example.mean(intents)
        example.move(3)
        taken = await example.lease(most)
        assert [one.lane for one in taken] == sorted(one.lane for one in taken)
        left = await example.lease(100)
        assert not left or not taken or max(one.lane for one in taken) <= min(one.lane for one in left)
        firsts = {one.stream: key for key, one in reversed(made.items())}
        free = {key for key, one in made.items() if one.stream is None or firsts[one.stream] == key}
        assert {one.key for one in [*taken, *left]} == free

    ledger.run(law)


@one_ledger
@given(intents=meant, fates=becomes, most=st.integers(1, 4))
def test_each_is_done_once_and_each_stream_in_its_order_whatever_happens_on_the_way(
    ledger: Ledger, intents: list[tuple[Lane, str | None, int]], fates: list[str], most: int
) -> None:
    async def law(example: Example) -> None:
        made = await example.mean(intents)
        ended: list[str] = []
        coming = iter(fates)
        while len(ended) < len(made):
            example.move(1)
            taken = await example.lease(most)
            streams = [made[one.key].stream for one in taken if made[one.key].stream]
            assert len(streams) == len(set(streams)), "two of one stream at a time"
            for one in taken:
                fate = next(coming, "done")
                await example.become(one, fate)
                if fate == "crash":
                    break
                if fate in {"done", "failed"}:
                    ended.append(one.key)
        assert sorted(ended) == sorted(made)
        for stream in ("s", "t"):
            of_stream = [key for key in ended if made[key].stream == stream]
            assert of_stream == sorted(of_stream)

    ledger.run(law)
