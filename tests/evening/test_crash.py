"""The machine dies at a call to Discord, before or after Discord acted on it. Nothing is lost, nothing said twice.

Here in one process; tests/wire/test_crash.py kills real ones at seeded calls.
"""

from pathlib import Path
from typing import Literal

import pytest

from peerbot.demo.world import open_world
from tests.evening.plot import Evening, assert_nothing_lost_or_said_twice

KINDS = (
    "GET /guilds/…/members/…",
    "POST /users/@me/channels",
    "POST /channels/…/messages",
    "POST /guilds/…/channels",
    "POST /interactions/…/…/callback",
    "PUT /channels/…/permissions/…",
    "PATCH /webhooks/…/…/messages/@original",
    "DELETE /channels/…/permissions/…",
    "GET /channels/…",
    "DELETE /channels/…",
)
CALLS = 127
"""External calls of the evening; `test_the_evening_makes_the_calls_the_crashes_are_spread_over` keeps it true."""
When = Literal["before", "after"]


async def play(folder: Path, at: int, when: When, kind: str | None = None) -> int:
    """Play the evening with one crash, hold it to its promises, and return how many crashes there were."""
    async with open_world(folder) as world:
        evening = Evening(world)
        await evening.prepare()
        world.guillotine.arm(at, when, kind)
        await evening.play()
        await assert_nothing_lost_or_said_twice(evening)
        return world.crashes


async def test_the_evening_makes_the_calls_the_crashes_are_spread_over(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        evening = Evening(world)
        await evening.prepare()
        before = len(world.guillotine.calls)
        await evening.play()
        await assert_nothing_lost_or_said_twice(evening)
        calls = world.guillotine.calls[before:]
        assert len(calls) == CALLS
        assert set(calls) == set(KINDS)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", KINDS)
async def test_a_crash_at_the_first_call_of_each_kind_loses_and_repeats_nothing(
    tmp_path: Path, kind: str, when: When
) -> None:
    assert await play(tmp_path, 1, when, kind) == 1


@pytest.mark.deep
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", range(1, CALLS + 1, 3))
async def test_a_crash_at_every_third_call_loses_and_repeats_nothing(tmp_path: Path, at: int, when: When) -> None:
    assert await play(tmp_path, at, when) == 1
