"""Several people press at the same moment: one truth comes of it, and nobody in danger is lost between them."""

import asyncio

from peerbot.engine.actor import Actor
from peerbot.escalation.raising.rules import About
from peerbot.escalation.rules import Level, State
from tests.escalation.scene import CHO, DEPUTY, LEAD, MAY, MO, SERVER, Scene
from tests.escalation.test_limits import PEOPLE, tell_many


async def test_danger_pressed_while_others_take_and_close_is_an_emergency_that_is_open(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO, Level.CHECK_IN)
    handling, closings = scene.escalation.handling, scene.escalation.closings
    await asyncio.gather(
        handling.take(Actor(MO, None), concern.id),
        closings.close(Actor(MAY, SERVER), concern.id, "spoke_with"),
        handling.look_after(Actor(LEAD, None), concern.id),
        scene.escalation.raising.danger(Actor(CHO, None), concern.id, scene.pressed()),
    )
    await scene.tick.settle()
    (left,) = await scene.escalation.handling.listed(Actor(MAY, SERVER))
    assert (left.level, left.state, left.raiser_id) == (Level.EMERGENCY, State.OPEN, CHO)
    assert (await scene.now(concern)).state is State.CLOSED


async def test_of_those_who_were_asked_and_were_not_the_newest_who_was_asked_has_it(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    handling, hand_overs = scene.escalation.handling, scene.escalation.hand_overs
    _, to_may, to_lead, _, to_deputy = await asyncio.gather(
        hand_overs.ask(Actor(MO, SERVER), concern.id, MAY),
        handling.take(Actor(MAY, None), concern.id),
        handling.take(Actor(LEAD, None), concern.id),
        hand_overs.ask(Actor(LEAD, SERVER), concern.id, DEPUTY),
        handling.take(Actor(DEPUTY, None), concern.id),
    )
    assert (to_may.by, to_lead.by, to_deputy.by) == (MAY, MAY, DEPUTY)
    assert (await scene.now(concern)).taken_by == DEPUTY


async def test_a_block_and_two_forms_at_once_leave_one_concern_on_the_leads_list(scene: Scene) -> None:
    first, *_ = await tell_many(scene, 2)
    form = About(Level.URGENT, "wellbeing", PEOPLE[5], "", hides_name=False)
    raising = scene.escalation.raising
    _, one, other = await asyncio.gather(
        scene.escalation.limits.block(Actor(LEAD, SERVER), first.id),
        raising.raise_(Actor(CHO, SERVER), form, scene.pressed()),
        raising.raise_(Actor(CHO, SERVER), form, scene.pressed()),
    )
    assert one.id == other.id
    assert (await scene.now(one)).on_lead_list
