"""Who leaves the team has nobody's concern any more: others are asked at once, and the person hears so."""

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.escalation.rules import State
from peerbot.servers.team import Team
from tests.escalation.scene import ANA, CHO, COORDINATOR, DAY, DEPUTY, FAY, HOUR, LEAD, MO, OWNER, SERVER, Scene
from tests.leaving import leave


async def removed(scene: Scene, user_id: int, part: str = "moderator") -> None:
    admin = Actor(OWNER, SERVER, manages_server=True)
    await Team(scene.desk, scene.servers).remove(admin, user_id, part, sure=True)
    await scene.tick.settle()


@pytest.mark.parametrize("banned", [False, True])
async def test_what_somebody_had_who_leaves_the_team_is_asked_of_others_at_once(scene: Scene, *, banned: bool) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.look_after(MO, concern)
    await scene.wait(HOUR)
    if banned:
        await leave(scene.desk, scene.servers, SERVER, MO)
        await scene.tick.settle()
    else:
        await removed(scene, MO)
    left = await scene.now(concern)
    assert (left.state, left.taken_by) == (State.OPEN, None)
    assert {LEAD, DEPUTY} <= scene.paged()[-1][1]
    assert MO not in scene.paged()[-1][1]
    assert say("state-passed-on", count=left.alerted) in scene.told(CHO)[-1]
    assert (await scene.take(LEAD, concern)).mine


async def test_what_nobody_needs_any_more_pages_nobody_when_who_had_it_leaves(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.withdraw(CHO, concern)
    pages, told = len(scene.paged()), len(scene.paper.messages("escalation.withdrawn"))
    await removed(scene, MO)
    assert len(scene.paged()) == pages
    assert len(scene.paper.messages("escalation.withdrawn")) == told + 1
    left = await scene.now(concern)
    assert (left.state, left.taken_by) == (State.OPEN, None)
    await scene.wait(DAY)
    assert len(scene.paged()) == pages
    for user_id in (LEAD, DEPUTY):
        await scene.close(user_id, concern)
    assert (await scene.now(concern)).state is State.CLOSED


async def test_who_has_another_part_in_the_team_keeps_what_they_have(scene: Scene) -> None:
    await scene.servers.add_to_team(Actor(OWNER, SERVER, manages_server=True), LEAD, "moderator")
    concern = await scene.ask(CHO)
    await scene.take(LEAD, concern)
    await removed(scene, LEAD)
    assert (await scene.now(concern)).taken_by == LEAD


async def test_a_facilitator_who_holds_the_group_no_more_has_its_concern_no_more(scene: Scene) -> None:
    room = await scene.meet()
    concern = await scene.ask(ANA, channel_id=room)
    await scene.take(FAY, concern)
    await scene.signup.facilitating.remove(Actor(COORDINATOR, SERVER), scene.group_id, FAY, sure=True)
    await scene.tick.settle()
    assert (await scene.now(concern)).taken_by is None


async def test_who_leaves_the_team_reads_no_side_room_any_more_not_even_a_closed_one(scene: Scene) -> None:
    scene.paper.closed.add(CHO)
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    (room,) = scene.paper.side_rooms()
    assert MO in room.people
    await scene.close_by_two(concern)
    await removed(scene, MO)
    assert MO not in room.people
    assert {CHO, LEAD, DEPUTY} <= set(room.people)
