"""What the team decides about a concern counts as it is meant: levels, notes, side rooms, and what is taken back."""

from peerbot.engine.actor import Actor
from peerbot.escalation.rules import Level, State
from peerbot.escalation.store import Concern
from tests.escalation.scene import CHO, DEPUTY, HOUR, LEAD, MINUTE, MO, SERVER, Scene


async def level(scene: Scene, user_id: int, concern: Concern, wanted: Level) -> str:
    levelled = await scene.escalation.levels.change(Actor(user_id, SERVER), concern.id, wanted)
    await scene.tick.settle()
    return levelled.came


async def test_two_who_want_different_lower_levels_have_not_agreed(scene: Scene) -> None:
    concern = await scene.ask(CHO, Level.EMERGENCY)
    await scene.take(MO, concern)
    assert await level(scene, MO, concern, Level.URGENT) == "asked"
    assert await level(scene, LEAD, concern, Level.CHECK_IN) == "asked"
    assert (await scene.now(concern)).level is Level.EMERGENCY
    # The newest wish is the one that is asked about.
    assert await level(scene, DEPUTY, concern, Level.CHECK_IN) == "lowered"
    assert (await scene.now(concern)).level is Level.CHECK_IN


async def test_what_was_asked_before_the_level_rose_closes_nothing(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close(MO, concern)
    assert await level(scene, DEPUTY, concern, Level.EMERGENCY) == "raised"
    assert not (await scene.close(LEAD, concern)).closed
    assert (await scene.close(MO, concern)).closed


async def test_what_was_taken_back_is_asked_for_again_once_the_team_finds_it_more_urgent(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.withdraw(CHO, concern)
    before = len(scene.paged(concern))
    assert await level(scene, LEAD, concern, Level.EMERGENCY) == "raised"
    assert (await scene.now(concern)).withdrawn_at is None
    await scene.wait(5 * MINUTE)
    assert len(scene.paged(concern)) > before + 1


async def test_what_was_taken_back_pages_nobody_for_being_less_urgent(scene: Scene) -> None:
    concern = await scene.ask(CHO, Level.EMERGENCY)
    await scene.withdraw(CHO, concern)
    before, told = scene.paged(concern), scene.told(CHO)
    await level(scene, MO, concern, Level.URGENT)
    assert await level(scene, LEAD, concern, Level.URGENT) == "lowered"
    await scene.wait(HOUR)
    assert scene.paged(concern) == before
    assert scene.told(CHO) == told  # Nor does its raiser hear that the team is asked.
    assert (await scene.now(concern)).level is Level.URGENT


async def test_whoever_has_what_was_taken_back_is_not_asked_again(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    async with scene.desk.transaction() as work:
        await work.set_timer("concern.idle", concern.id, work.now + MINUTE, SERVER)
        await work.all("UPDATE concern SET withdrawn_at = :now", now=int(work.now.timestamp()))
    before = scene.paged(concern)
    await scene.wait(2 * HOUR)
    assert scene.paged(concern) == before
    assert not (await scene.now(concern)).asked_again


async def test_a_note_says_that_somebody_is_at_it_as_an_action_does(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.wait(29 * MINUTE)
    await scene.escalation.actions.note(Actor(MO, SERVER), concern.id, "rang")
    await scene.wait(20 * MINUTE)
    assert not (await scene.now(concern)).asked_again


async def test_no_side_room_is_opened_again_for_whoever_has_left_it(scene: Scene) -> None:
    scene.paper.closed.add(CHO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    room = (await scene.now(concern)).side_channel_id
    await scene.escalation.raising.leave_side_room(Actor(CHO, SERVER), concern.id, room)
    await scene.tick.settle()
    acted = await scene.escalation.actions.act(Actor(MO, SERVER), concern.id, "side_room")
    await scene.tick.settle()
    assert acted.came == "no_room"
    assert all(CHO not in side.people for side in scene.paper.side_rooms())
    assert (await scene.now(concern)).state is State.TAKEN
