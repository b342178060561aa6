"""The bot's process is killed, again and again, over a real socket: no promise is broken by it."""

import asyncio
from collections.abc import Sequence
from multiprocessing.context import ForkServerContext

import pytest

from bench.crash.mortal import nursery
from bench.crash.run import Crash, Plan, Prepared, Result, plan, prepare, run

CALL = "POST /guilds/{guild_id}/channels"


@pytest.fixture(scope="module")
def context() -> ForkServerContext:
    return nursery()


@pytest.fixture(scope="module")
def prepared(context: ForkServerContext, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return asyncio.run(prepare(context, tmp_path_factory.mktemp("crash")))


async def played(context: ForkServerContext, prepared: Prepared, seeds: Sequence[int]) -> list[Result]:
    results = [await run(context, prepared, plan(seed)) for seed in seeds]
    assert [(result.plan, result.faults) for result in results if result.faults] == []
    return results


@pytest.mark.parametrize("first", range(0, 25, 5))
async def test_a_killed_process_loses_and_repeats_nothing(
    context: ForkServerContext, prepared: Prepared, first: int
) -> None:
    results = await played(context, prepared, range(first, first + 5))
    assert sum(result.crashes for result in results) >= 1


@pytest.mark.deep
@pytest.mark.parametrize("first", range(25, 225, 20))
async def test_two_hundred_killed_processes_lose_and_repeat_nothing(
    context: ForkServerContext, prepared: Prepared, first: int
) -> None:
    await played(context, prepared, range(first, first + 20))


async def test_a_seed_plays_the_same_evening_again(context: ForkServerContext, prepared: Prepared) -> None:
    once = Plan(3, known=True, crashes=(Crash(CALL, 1, "after", 130),))
    first, second = await run(context, prepared, once), await run(context, prepared, once)
    assert (first.crashes, first.faults) == (second.crashes, second.faults) == (1, ())
    assert first.calls == second.calls
