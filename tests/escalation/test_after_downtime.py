"""The bot was down for a while, from any moment on: what is overdue of a concern goes first, with its true age."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from peerbot.engine.texts import moment, say
from peerbot.escalation.rules import Level
from tests.escalation.scene import ANA, CHO, HOUR, MINUTE, MO, STARTS, Scene, open_scene
from tests.escalation.test_crowd import ROOMS_AT, groups

SECOND = timedelta(seconds=1)
stops = st.integers(1, 100 * 60).map(lambda seconds: seconds * SECOND)
lengths = st.integers(60, 4 * 3600).map(lambda seconds: seconds * SECOND)


async def evening(scene: Scene, level: Level, raised: timedelta, stop: timedelta, length: timedelta) -> None:
    """Somebody asks before or while a group meets; rooms, reminders and deletions fall due while the bot is down."""
    paper = scene.paper
    await scene.meet()
    await scene.duty(MO)
    await scene.until(STARTS + raised)
    concern = await scene.ask(CHO, level)
    await scene.wait(stop)
    concern = await scene.now(concern)
    was = concern.position
    overdue_page = await _due(scene, "concern.step", length)
    overdue_news = await _due(scene, "concern.nobody", length)
    await scene.stop()
    before = len(paper.calls)
    scene.clock.move(length)
    await scene.start()
    await scene.tick.settle()

    first = [call for call in paper.calls[before:] if call.sends]
    pages = [n for n, call in enumerate(first) if call.intent.data.get("card") == "escalation.page"]
    others = [n for n, call in enumerate(first) if call.intent.data.get("concern") is None]
    assert bool(pages) >= overdue_page
    assert all(page < other for page in pages for other in others), "something else went before an overdue page"
    now = await scene.now(concern)
    for page in pages:
        assert first[page].at == scene.clock.now()
        assert say("staff-page-age", age=moment(concern.raised_at, "R")) in first[page].text
    if overdue_news:
        assert now.nobody_at == scene.clock.now() >= was.told_at
        assert say("receipt-keeps-trying") in scene.told(CHO)[-1]


async def _due(scene: Scene, kind: str, within: timedelta) -> bool:
    row = await scene.desk.reads.one("SELECT due_at FROM timer WHERE kind = :kind", kind=kind)
    return row is not None and row["due_at"] <= (scene.clock.now() + within).timestamp()


@settings(max_examples=20)
@given(st.sampled_from(Level), st.integers(1, 80).map(lambda n: n * MINUTE), stops, lengths)
@example(Level.URGENT, 60 * MINUTE, 2 * MINUTE, 2 * HOUR)
@example(Level.EMERGENCY, 80 * MINUTE, SECOND, 30 * MINUTE)
def test_after_any_time_down_what_is_overdue_goes_first_with_its_true_age(
    level: Level, raised: timedelta, stop: timedelta, length: timedelta
) -> None:
    async def all_of_it() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with open_scene(Path(folder)) as scene:
                await evening(scene, level, raised, stop, length)

    asyncio.run(all_of_it())


async def test_other_work_was_due_too_and_came_after(scene: Scene) -> None:
    """The law above would be empty without it: a room is deleted, reminders and rooms of the next week are due."""
    await scene.meet()
    await scene.duty(MO)
    concern = await scene.ask(ANA, Level.EMERGENCY)
    await scene.stop()
    before = len(scene.paper.calls)
    scene.clock.move(30 * HOUR)
    await scene.start()
    await scene.tick.settle()
    first = [call for call in scene.paper.calls[before:] if call.sends]
    kinds = [call.intent.lane.name for call in first]
    assert kinds[0] == "CONCERN"
    assert {"CLOSING"} <= set(kinds)
    pages = [n for n, call in enumerate(first) if call.intent.data.get("card") == "escalation.page"]
    assert pages
    assert max(pages) < kinds.index("CLOSING")
    assert (await scene.now(concern)).nobody_at == scene.clock.now()


async def test_an_overdue_page_goes_before_a_whole_batch_of_other_work(scene: Scene) -> None:
    await scene.duty(MO)
    await groups(scene, 30)
    await scene.until(ROOMS_AT - 3 * MINUTE)
    concern = await scene.ask(CHO)
    await scene.stop()
    before = len(scene.paper.calls)
    scene.clock.move(10 * MINUTE)
    await scene.start()
    await scene.tick.settle()
    first = [call for call in scene.paper.calls[before:] if call.sends]
    page = next(n for n, call in enumerate(first) if call.intent.data.get("card") == "escalation.page")
    room = next(n for n, call in enumerate(first) if call.intent.data.get("place") == "meetings.room")
    assert page < room
    assert first[page].intent.data["concern"] == concern.id
