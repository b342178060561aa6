"""Discord is away for half an hour: what is late when it is back is judged by its kind."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from bench.evening.cast import shown
from bench.evening.judge import heard_by
from bench.evening.plot import BEGINS, HOUR, MINUTE, MODERATORS
from bench.evening.stage import says
from bench.wire.faults import refused
from bench.wire.people import Person
from bench.wire.world import Json
from peerbot.engine.texts import say
from tests.wire.scene import Scene

SOON = 5.0
"""Seconds."""


@asynccontextmanager
async def away(scene: Scene, until: float) -> AsyncGenerator[None]:
    """Let Discord be away until then, and the connection be taken up again afterwards.

    What is tried meanwhile is refused; the line breaks at the end, so that nobody waits for the real time between two
    attempts to mend it.
    """
    scene.wire.gateway.away = True
    yield
    await scene.evening.until(until)
    resumed = asyncio.ensure_future(scene.app.bot.wait_for("resumed"))
    scene.wire.gateway.away = False
    scene.wire.gateway.drop()
    await resumed
    # It looks for what was in doubt, then tries what it does not find.
    still = f"SELECT 1 FROM intent WHERE state = 'waiting' AND attempts > 0 AND due_at > {scene.clock.seconds:.0f}"  # noqa: S608 - a number
    async with asyncio.timeout(10):
        while await scene.rows(still):
            pass
    await scene.evening.wait(SOON)


def dms(person: Person, text: str) -> list[Json]:
    return [each for each in person.dms() if says(each["content"], text)]


def rooms(scene: Scene) -> list[str]:
    spared = [each["name"] for each in scene.evening.decoys.channels]
    names = [each["name"] for each in scene.wire.world.channels_of(scene.server_id)]
    return [each for each in names if each.startswith("room-") and each not in spared]


async def quiet(scene: Scene) -> None:
    await scene.evening.until(BEGINS + 80 * HOUR)
    assert await scene.wrongs() == []


async def test_a_reminder_that_could_not_be_sent_before_the_meeting_began_is_dropped(scene: Scene) -> None:
    async with away(scene, BEGINS + MINUTE):
        pass
    assert not any(dms(member, "meeting-remind") for member in scene.cast.members)
    late = await scene.rows("SELECT state, reason FROM intent WHERE key LIKE '%remind-soon%'")
    assert {(each["state"], each["reason"]) for each in late} == {("dropped", "too late")}
    await quiet(scene)


async def test_a_room_that_could_not_be_made_in_time_is_made_as_soon_as_discord_is_back(scene: Scene) -> None:
    await scene.evening.until(BEGINS - 21 * MINUTE)
    async with away(scene, BEGINS + 9 * MINUTE):
        pass
    assert len(rooms(scene)) == 1
    await scene.evening.facilitate(scene.cast.fay)
    await scene.evening.facilitate(scene.cast.gus)
    assert [each["state"] for each in await scene.rows("SELECT state FROM meeting WHERE state <> 'planned'")] == [
        "open"
    ]
    await quiet(scene)


@pytest.mark.deep
async def test_a_page_goes_out_at_once_when_discord_is_back_once_to_each_and_says_how_old_it_is(scene: Scene) -> None:
    cast, ana = scene.cast, scene.cast.members[0]
    card = shown(await scene.stage.types(ana, "help-now"))
    scene.evening.raisers.add(ana)
    raised = scene.clock.seconds
    # It goes away in the moment between the answer and the pages.
    scene.wire.faults.add(refused("/channels", 503, 0))
    await scene.stage.presses(ana, card, say("ask-now"))
    async with away(scene, raised + 31 * MINUTE):
        scene.wire.faults.clear()
    for person in cast.team:
        [page] = dms(person, "staff-page-press")
        assert f"<t:{raised:.0f}:R>" in page["content"]
    [page] = [each for each in cast.mo.reads(cast.mo.sees(MODERATORS)) if says(each["content"], "staff-page-press")]
    assert all(person.mention in page["content"] for person in cast.team)
    assert heard_by(scene.evening, ana) == ["nobody"]
    await quiet(scene)


async def test_a_room_whose_time_was_over_meanwhile_is_deleted_when_discord_is_back(scene: Scene) -> None:
    await scene.evening.until(BEGINS - 14 * MINUTE)
    await scene.evening.facilitate(scene.cast.fay)
    await scene.evening.until(BEGINS + 25 * HOUR + 20 * MINUTE)
    assert len(rooms(scene)) == 1
    async with away(scene, BEGINS + 25 * HOUR + 50 * MINUTE):
        pass
    assert rooms(scene) == []
    await quiet(scene)
