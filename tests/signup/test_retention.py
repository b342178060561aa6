"""What is kept about a person, and that it goes when it was said to go."""

from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import say
from tests.signup.scene import ANA, BEN, CLEO, FACILITATOR, SERVER, Scene

MONTH = timedelta(days=30)
DAY = timedelta(days=1)


async def forget(scene: Scene) -> int:
    async with scene.desk.transaction() as work:
        return (await forget_due(work, scene.signup)).total()


async def kept(scene: Scene, user: int) -> dict[str, object]:
    """Item → until when, each said once, so that a missing value shows."""
    found = await scene.signup.kept_about(scene.desk.reads, user)
    for item in found:
        assert item.server_id == SERVER
        assert say(item.item, **item.values)
    return {item.item: item.until for item in found}


async def test_a_seat_is_kept_while_it_lasts_and_30_days_after(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group, may_remind=True)
    assert await kept(scene, ANA) == {"kept-seat": None, "kept-reminders": None}
    await scene.pass_time(400 * DAY)
    await forget(scene)
    assert await kept(scene, ANA) == {"kept-seat": None, "kept-reminders": None}
    await scene.leave(ANA, group)
    ended = scene.clock.now()
    assert await kept(scene, ANA) == {"kept-seat-ended": ended + MONTH}
    await scene.pass_time(MONTH)
    assert await forget(scene) == 0
    await scene.pass_time(timedelta(seconds=1))
    assert await forget(scene) == 1
    assert await kept(scene, ANA) == {}


async def test_a_place_in_the_queue_ends_after_180_days_and_the_offer_goes_on(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    began = scene.clock.now()
    assert await kept(scene, ANA) == {"kept-wait": began + 180 * DAY, "kept-reminders": None}
    await scene.pass_time(180 * DAY)
    await scene.join(BEN, group)
    await scene.leave(201, group)
    assert (await scene.view(ANA, group)).mine.where == "offered"
    await scene.pass_time(timedelta(seconds=1))
    await forget(scene)
    assert await kept(scene, ANA) == {}
    assert (await scene.view(BEN, group)).mine.where == "offered"


async def test_a_place_in_the_queue_that_was_left_is_kept_30_days_but_never_longer_than_180_in_all(
    scene: Scene,
) -> None:
    group = await scene.full_with_waiting(ANA)
    began = scene.clock.now()
    await scene.pass_time(170 * DAY)
    await scene.join(BEN, group)
    await scene.leave_list(ANA, group)
    await scene.leave_list(BEN, group)
    assert await kept(scene, ANA) == {"kept-wait-ended": began + 180 * DAY}
    assert await kept(scene, BEN) == {"kept-wait-ended": scene.clock.now() + MONTH}
    await scene.pass_time(10 * DAY + timedelta(seconds=1))
    await forget(scene)
    assert await kept(scene, ANA) == {}
    await scene.pass_time(20 * DAY)
    await forget(scene)
    assert await kept(scene, BEN) == {}


@pytest.mark.parametrize("answer", ["taken", "passed", "unanswered", "withdrawn"])
async def test_an_offer_is_kept_30_days_after_its_answer(scene: Scene, answer: str) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    if answer == "taken":
        await scene.accept(ANA, offer)
    elif answer == "passed":
        await scene.not_now(ANA, offer)
        await scene.accept(BEN, await scene.offer_to(BEN, group))
    elif answer == "withdrawn":
        await scene.leave_list(ANA, group)
    else:
        await scene.pass_time(DAY)
        await scene.accept(BEN, await scene.offer_to(BEN, group))
    assert (await kept(scene, ANA))["kept-offer"] == scene.clock.now() + MONTH
    await scene.pass_time(MONTH + timedelta(seconds=1))
    await forget(scene)
    assert "kept-offer" not in await kept(scene, ANA)


async def test_that_somebody_passed_on_a_seat_is_not_forgotten_while_the_seat_is_free_and_they_wait(
    scene: Scene,
) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.leave(201, group)
    await scene.not_now(ANA, await scene.offer_to(ANA, group))
    await scene.pass_time(2 * MONTH)
    await forget(scene)
    async with scene.desk.transaction() as work:
        await scene.signup.next_meeting_is(work, group.id, None)
    assert (await scene.view(ANA, group)).mine.where == "waiting"


async def test_facilitating_is_kept_while_it_lasts_and_the_choice_with_it(scene: Scene) -> None:
    group = await scene.group()
    await scene.signup.add_facilitator(Actor(1, SERVER, manages_server=True), group.id, FACILITATOR, is_bot=False)
    await scene.signup.allow_reminders(Actor(FACILITATOR, SERVER), allowed=True)
    assert await kept(scene, FACILITATOR) == {"kept-facilitating": None, "kept-reminders": None}


async def test_nothing_is_kept_about_somebody_who_did_nothing(scene: Scene) -> None:
    await scene.full_with_waiting(ANA)
    assert await kept(scene, CLEO) == {}
