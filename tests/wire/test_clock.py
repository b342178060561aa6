"""The host's clock is set, by an hour, in the middle of an evening: nothing is done twice and nothing is forgotten."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import pytest

from bench.evening.plot import BEGINS, HOUR, MINUTE
from bench.wire.faults import Fault, Mode, refused
from bench.wire.people import NothingThere
from tests.wire.scene import Scene

PHASES = {
    "before the room is made": -20 * MINUTE,
    "while the room waits": -5 * MINUTE,
    "while a page is out": 2 * MINUTE,
    "while somebody has a concern": 9 * MINUTE,
    "before the end": 85 * MINUTE,
    "before the room is locked": 95 * MINUTE,
    "before the room is deleted": 25 * HOUR,
}


async def if_possible(act: Callable[[], Awaitable[object]]) -> None:
    """Nobody does what they cannot: by the host's clock it may be over."""
    with suppress(NothingThere):
        await act()


async def evening(scene: Scene) -> None:
    """Two people hold a meeting; somebody asks for help in it, and is looked after."""
    cast, plays = scene.cast, scene.evening
    await plays.until(BEGINS - 14 * MINUTE)
    await if_possible(partial(plays.facilitate, cast.fay))
    await if_possible(partial(plays.facilitate, cast.gus))
    await plays.until(BEGINS + MINUTE)
    await plays.ask(cast.members[0])
    await plays.wait(7 * MINUTE)
    await if_possible(partial(plays.take, cast.dana))
    await plays.wait(2 * MINUTE)
    await if_possible(partial(plays.look_after, cast.dana, 1))
    await plays.until(BEGINS + 50 * MINUTE)
    await plays.ask(cast.members[1])
    await plays.until(BEGINS + 70 * MINUTE)
    await scene.open_until_quiet()


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("hours", [1, -1])
async def test_a_clock_that_is_set_repeats_and_forgets_nothing(scene: Scene, phase: str, hours: int) -> None:
    scene.host.steps.append((BEGINS + PHASES[phase], hours * HOUR))
    await evening(scene)
    assert await scene.wrongs() == []


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_room_is_made_once_by_a_host_whose_clock_is_wrong_though_the_answer_is_lost(
    scene: Scene, hours: int
) -> None:
    scene.host.steps.append((0, hours * HOUR))
    scene.wire.faults.add(Fault(Mode.RESET, "POST /guilds/{guild_id}/channels", acted=True))
    await scene.evening.until(BEGINS + 90 * HOUR)
    assert await scene.wrongs() == []


async def test_a_message_is_written_once_by_a_host_whose_clock_is_ahead_though_the_answer_is_lost(scene: Scene) -> None:
    """Discord takes no second message of one nonce, but only for some minutes."""
    scene.host.steps.append((0, HOUR))
    scene.wire.faults.add(Fault(Mode.RESET, "POST /channels/{channel_id}/messages", acted=True))
    scene.wire.faults.add(refused("GET /channels/{channel_id}/messages", 503, 0, times=9))
    await scene.evening.until(BEGINS + 90 * HOUR)
    assert await scene.wrongs() == []
