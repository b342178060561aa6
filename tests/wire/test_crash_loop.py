"""The process dies as soon as it is connected, is started again, and dies again, for an hour."""

from bench.evening.cast import shown
from bench.evening.judge import heard_by
from bench.evening.plot import HOUR
from bench.evening.stage import says
from bench.line import connected
from bench.wire.faults import refused
from peerbot.app import App
from peerbot.engine.texts import say
from tests.wire.scene import Scene

RESTARTED_AFTER = 1.0
"""Seconds: a supervisor in more of a hurry than the unit in `hosting/`."""


async def test_a_process_that_dies_at_each_start_begins_few_sessions_and_sends_pages_meanwhile(scene: Scene) -> None:
    cast, ana = scene.cast, scene.cast.members[0]
    card = shown(await scene.stage.types(ana, "help-now"))
    scene.evening.raisers.add(ana)
    # It dies for the first time in the moment between the answer and the pages.
    scene.wire.faults.add(refused("/channels", 503, 0))
    await scene.stage.presses(ana, card, say("ask-now"))
    asked_at = scene.clock.seconds
    await scene.stop()
    scene.wire.faults.clear()
    begun: list[float] = []
    paged: list[float] = []

    async def wait(app: App, seconds: float) -> None:
        """While it waits for its turn it does everything else, as its wheel does."""
        end = scene.clock.seconds + seconds
        while True:
            await app.tick.settle()
            if not paged and any(says(each["content"], "staff-page-press") for each in cast.mo.dms()):
                paged.append(scene.clock.seconds)
            due = await app.tick.next_due()
            if due is None or due.timestamp() >= end:
                break
            scene.clock.seconds = max(due.timestamp(), scene.clock.seconds + 1)
        scene.clock.seconds = end

    while scene.clock.seconds < asked_at + 2 * HOUR:
        async with connected(scene.wire, scene.file, scene.clock, wait=wait):
            begun.append(scene.clock.seconds)
        scene.clock.seconds += RESTARTED_AFTER
    first, second = (sum(hour <= (at - asked_at) // HOUR < hour + 1 for at in begun) for hour in (0, 1))
    assert 5 < first <= 20
    assert second <= 12
    assert first + 23 * 12 <= 300, "in a day; Discord allows 1,000"
    assert scene.wire.gateway.identifies == len(begun) + 1
    assert paged
    assert paged[0] - asked_at <= 120
    await scene.start()
    scene.evening.raisers.add(ana)
    await scene.open_until_quiet()
    assert heard_by(scene.evening, ana)[-1] == "closed"
