"""However many rooms open at once, a page is not behind them: in simulated time, at Discord's pace."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.outbox import Lane
from peerbot.escalation.rules import Level
from peerbot.gateway.pacing import PER_SECOND
from peerbot.meetings.series.recurrence import Rule
from peerbot.servers.service import Answers
from peerbot.signup.service import NewGroup
from tests.escalation.scene import (
    CHO,
    COORDINATOR,
    DEPUTY,
    FAY,
    LEAD,
    MINUTE,
    MO,
    OWNER,
    SERVER,
    STARTS,
    Scene,
    open_scene,
)

ONCE = Rule(weekday=1, at=time(19), zone="Europe/London", first_on=date(2026, 12, 1), minutes=60, count=1)
ROOMS_AT = STARTS - 15 * MINUTE
ON_A_SERVER = 50
"""Groups; a bot has one pace for all its servers."""


async def groups(scene: Scene, how_many: int) -> None:
    """Found so many groups, on several servers, that all meet at the same time."""
    for number in range(how_many):
        server_id = SERVER + number // ON_A_SERVER
        boss = Actor(COORDINATOR, server_id)
        if number % ON_A_SERVER == 0 and server_id != SERVER:
            admin = Actor(OWNER, server_id, manages_server=True)
            await scene.servers.set_up(admin, Answers("GB", LEAD, DEPUTY, "make", "Europe/London"))
            await scene.servers.add_to_team(admin, COORDINATOR, "coordinator")
        group = await scene.signup.create(boss, NewGroup(f"Group {number}", "People", "text", "6", "English"))
        await scene.signup.add_facilitator(boss, group.id, FAY, is_bot=False)
        await scene.meetings.planner.add(boss, group.id, ONCE)
    await scene.tick.settle()


async def a_page_in_the_crowd(folder: Path, rooms: int, after_calls: int) -> None:
    """Let all rooms be made, somebody ask when so many calls have gone out, and look what went out next."""
    async with open_scene(folder, per_second=PER_SECOND) as scene:
        await scene.duty(MO)
        await groups(scene, rooms)
        await scene.until(ROOMS_AT - timedelta(seconds=1))
        calls = scene.paper.calls
        before = len(calls)
        scene.clock.move(timedelta(seconds=1))
        while len(calls) - before < after_calls:
            await scene.tick.run()
            await scene.sender.idle()
        asked_at, asked_after = scene.clock.now(), len(calls)
        await scene.escalation.raising.ask(Actor(CHO, SERVER), SERVER, Level.EMERGENCY, scene.pressed())
        await scene.tick.settle()

        pages = [call for call in calls if call.intent.data.get("card") == "escalation.page"]
        assert {user for call in pages for user in call.people} >= {MO, LEAD}
        assert {call.at for call in pages} == {asked_at}, "a page waited"
        first_other = next(
            n for n, call in enumerate(calls) if n >= asked_after and call.intent.lane is not Lane.CONCERN
        )
        assert all(calls.index(call) < first_other for call in pages), "something that is no page went first"

        made = [call.at for call in calls if call.intent.data.get("place") == "meetings.room"]
        assert len(made) == rooms
        assert max(made) - ROOMS_AT <= 2 * timedelta(seconds=rooms / 40) + timedelta(seconds=2)
        assert most_in_a_second([call.at for call in calls if call.intent.lane is not Lane.CONCERN]) <= PER_SECOND


def most_in_a_second(instants: list[datetime]) -> int:
    """Return how many fell into the fullest second."""
    return max(sum(at - timedelta(seconds=1) < other <= at for other in instants) for at in set(instants))


@pytest.mark.parametrize("after_calls", [0, 45])
async def test_the_first_page_leaves_before_everything_that_is_no_page(tmp_path: Path, after_calls: int) -> None:
    await a_page_in_the_crowd(tmp_path, rooms=60, after_calls=after_calls)


@pytest.mark.deep
@pytest.mark.parametrize("after_calls", [0, 240])
async def test_the_first_page_leaves_before_five_hundred_rooms(tmp_path: Path, after_calls: int) -> None:
    await a_page_in_the_crowd(tmp_path, rooms=500, after_calls=after_calls)
