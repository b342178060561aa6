"""What Discord sends comes late, twice, in another order, or after its time: each takes effect once."""

import asyncio

import pytest

from bench.evening.cast import join, shown
from bench.evening.stage import says
from bench.wire.faults import EventFault, Fault, Mode
from bench.wire.interactions import Asked
from bench.wire.people import Person, labels
from bench.wire.world import Json
from peerbot.engine.texts import say
from tests.wire.scene import Scene

PRESSED = "INTERACTION_CREATE"
ANSWER = "POST /interactions/{interaction_id}/{interaction_token}/callback"


async def asks(scene: Scene, person: Person) -> Json:
    """Somebody opens the crisis card."""
    return shown(await scene.stage.types(person, "help-now"))


def pressed(person: Person, card: Json, label: str) -> Asked:
    button = next(each for row in card["components"] for each in row["components"] if each.get("label") == label)
    return person.pressed(card, button["custom_id"])


async def test_a_press_that_comes_twice_asks_for_somebody_once(scene: Scene) -> None:
    ana = scene.cast.members[0]
    card = await asks(scene, ana)
    scene.wire.faults.add(EventFault(PRESSED, copies=2))
    asked = await scene.stage.presses(ana, card, say("ask-now"))
    assert asked.answers == 1
    assert [each["round"] for each in await scene.rows("SELECT round FROM concern")] == [1]
    assert [each["act"] for each in await scene.rows("SELECT act FROM concern_act")] == ["raised"]


async def test_a_command_that_comes_twice_is_obeyed_once(scene: Scene) -> None:
    tested = [sum(say("drill-arrived") in str(each) for each in person.dms()) for person in scene.cast.team]
    scene.wire.faults.add(EventFault(PRESSED, copies=2))
    asked = await scene.stage.types(scene.cast.dana, "oncall test", everybody=True)
    assert asked.answers == 1
    now = [sum(say("drill-arrived") in str(each) for each in person.dms()) for person in scene.cast.team]
    assert now == [before + 1 for before in tested]


async def test_what_was_pressed_while_the_line_was_cut_takes_effect_once_and_is_answered(scene: Scene) -> None:
    ana = scene.cast.members[0]
    card = await asks(scene, ana)
    resumed = asyncio.ensure_future(scene.app.bot.wait_for("resumed"))
    scene.wire.gateway.drop()
    asked = await scene.stage.presses(ana, card, say("ask-now"))
    await resumed
    assert asked.private
    assert asked.answers == 1
    assert [each["round"] for each in await scene.rows("SELECT round FROM concern")] == [1]
    assert scene.wire.gateway.resumes == 1


async def test_a_press_that_arrives_after_its_three_seconds_stands_once_and_is_told_by_message(scene: Scene) -> None:
    ana = scene.cast.members[0]
    card = await asks(scene, ana)
    scene.wire.interactions.lenient = False
    before = len(ana.dms())
    resumed = asyncio.ensure_future(scene.app.bot.wait_for("resumed"))
    scene.wire.gateway.drop()
    asked = pressed(ana, card, say("ask-now"))
    scene.clock.seconds += 60
    await resumed
    await done(scene, "SELECT 1 FROM concern")
    assert asked.answers == 0
    assert [each["round"] for each in await scene.rows("SELECT round FROM concern")] == [1]
    assert any(says(each["content"], "state-waiting") for each in ana.dms()[before:])


async def done(scene: Scene, statement: str) -> None:
    """Wait for what nobody is told of, then for everything that follows from it."""
    async with asyncio.timeout(10):
        while not await scene.rows(statement):
            pass
    await scene.app.tick.settle()


@pytest.mark.parametrize("lost", ["before it was taken", "after it was taken"])
async def test_an_answer_that_was_lost_on_its_way_is_given_again(scene: Scene, lost: str) -> None:
    for mode in (Mode.RESET, Mode.HANG, Mode.STATUS):
        scene.wire.faults.add(Fault(mode, ANSWER, acted=lost.startswith("after")))
        asked = await scene.stage.types(scene.cast.members[0], "help-now")
        assert asked.answers == 1
        assert "999" in asked.text
        assert say("ask-now") in labels(shown(asked))


async def test_who_can_be_answered_by_no_means_hears_so_by_message(scene: Scene) -> None:
    ana = scene.cast.members[0]
    before = len(ana.dms())
    scene.wire.faults.add(Fault(Mode.STATUS, ANSWER, times=3))
    asked = ana.typed("group mine")
    await done(scene, "SELECT 1 FROM intent WHERE key LIKE 'late:%'")
    assert asked.answers == 0
    assert any(each["content"] == say("late-news") for each in ana.dms()[before:])


async def test_who_joins_while_an_answer_is_lost_has_one_seat_and_is_shown_it(scene: Scene) -> None:
    dev = scene.cast.members[3]
    scene.wire.faults.add(Fault(Mode.RESET, ANSWER, acted=True, skip=3))
    await join(scene.stage, dev)
    seats = await scene.rows("SELECT user_id FROM seat")
    assert [each["user_id"] for each in seats].count(dev.id) == 1
