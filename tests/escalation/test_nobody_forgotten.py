"""No way in, taken in any order, ends with nobody told and somebody waiting for a person who does not come."""

from structlog.testing import capture_logs

from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.rules import Level
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import Kind
from peerbot.escalation.store import Concern
from peerbot.meetings.facilitating.holding import Where
from tests.escalation.scene import ANA, CHO, DAY, DEPUTY, FAY, HOUR, LEAD, MAY, MINUTE, MO, SERVER, Scene
from tests.escalation.test_gone import removed
from tests.escalation.test_limits import pages_of, tell_many
from tests.escalation.test_look_in import raised


async def sos(scene: Scene) -> Concern:
    concern = await scene.escalation.raising.from_room(Actor(FAY, SERVER), Where(), scene.pressed())
    await scene.tick.settle()
    return concern


# What pages nobody is on a list that somebody looks at.


async def test_taken_back_then_blocked_then_raised_again_it_is_on_the_leads_list(scene: Scene) -> None:
    concern = await scene.tell(CHO, ANA)
    await scene.withdraw(CHO, concern)
    await scene.escalation.limits.block(Actor(LEAD, SERVER), concern.id)
    pages = pages_of(scene, concern)
    again = await scene.tell(CHO, ANA)
    assert (again.id, again.held) == (concern.id, Held.BLOCKED)
    assert pages_of(scene, concern) == pages
    assert say("state-held-blocked") in scene.receipt(again)
    assert concern.id in {listed.id for listed in await scene.escalation.handling.listed(Actor(LEAD, SERVER))}
    await scene.wait(MINUTE)
    assert scene.paper.seen_by(LEAD, "escalation.lead_list")


async def test_what_was_taken_off_the_list_just_before_the_leads_hear_of_it_is_told_when_it_comes_back(
    scene: Scene,
) -> None:
    held = (await tell_many(scene, 4))[-1]
    await scene.wait(DAY - MINUTE)
    await scene.take(LEAD, held)
    told = len(scene.paper.seen_by(LEAD, "escalation.lead_list"))
    await scene.wait(3 * DAY)
    assert (await scene.now(held)).on_lead_list
    assert len(scene.paper.seen_by(LEAD, "escalation.lead_list")) > told


async def test_what_comes_back_onto_the_list_is_told_at_once_when_the_last_note_is_a_day_old(scene: Scene) -> None:
    held = (await tell_many(scene, 4))[-1]
    await scene.wait(MINUTE)
    await scene.take(DEPUTY, held)
    await scene.wait(23 * HOUR)
    await scene.escalation.handling.look_after(Actor(DEPUTY, SERVER), held.id)
    assert len(scene.paper.seen_by(LEAD, "escalation.lead_list")) == 1
    await scene.wait(2 * HOUR)
    await removed(scene, DEPUTY, "deputy")
    assert (await scene.now(held)).on_lead_list
    await scene.wait(MINUTE)
    assert len(scene.paper.seen_by(LEAD, "escalation.lead_list")) == 2


async def test_what_a_lead_finds_more_urgent_pages_as_any_other_does(scene: Scene) -> None:
    await scene.duty(MO)
    held = (await tell_many(scene, 4))[-1]
    await scene.escalation.levels.change(Actor(LEAD, SERVER), held.id, Level.EMERGENCY)
    await scene.tick.settle()
    assert pages_of(scene, held)
    assert (await scene.take(MO, held)).mine


async def test_who_holds_a_meeting_is_never_held_back_by_a_block_or_by_what_is_on_a_list(scene: Scene) -> None:
    await scene.meet()
    await tell_many(scene, 3, raiser=FAY)
    held = await scene.tell(FAY, None)
    assert held.on_lead_list
    concern = await sos(scene)
    assert concern.id != held.id
    assert pages_of(scene, concern)
    await scene.escalation.limits.block(Actor(LEAD, SERVER), concern.id)
    await scene.wait(2 * MINUTE)
    pages = pages_of(scene, concern)
    assert (await sos(scene)).id == concern.id
    assert pages_of(scene, concern) > pages
    await scene.withdraw(FAY, concern)
    pages = pages_of(scene, concern)
    assert not (await sos(scene)).on_lead_list
    assert pages_of(scene, concern) > pages


async def test_one_concern_that_fails_keeps_who_comes_on_duty_from_no_other_and_is_tried_again(scene: Scene) -> None:
    broken, whole = [await scene.ask(user_id, Level.CHECK_IN) for user_id in (CHO, ANA)]
    async with scene.desk.transaction() as work:
        await work.all("UPDATE concern SET side_people = 'x' WHERE id = :id", id=broken.id)
    await scene.duty(MO, starts_in=2 * MINUTE)
    with capture_logs() as log:
        await scene.wait(3 * MINUTE)
    assert "timer failed" in {entry["event"] for entry in log}
    assert (pages_of(scene, broken), pages_of(scene, whole) > 0) == (0, True)
    async with scene.desk.transaction() as work:
        await work.all("UPDATE concern SET side_people = '[]' WHERE id = :id", id=broken.id)
    await scene.wait(2 * MINUTE)
    assert pages_of(scene, broken)


async def test_an_account_that_was_silenced_hears_again_whenever_it_asks_for_somebody(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.wait(MINUTE)
    await scene.ask(CHO)
    await scene.wait(MINUTE)
    await scene.escalation.postvention.begin(Actor(LEAD, SERVER), CHO)
    await scene.wait(MINUTE)
    await scene.ask(CHO)
    told = len(scene.told(CHO))
    await scene.take(MO, concern)
    assert len(scene.told(CHO)) > told


async def test_nobody_agrees_to_what_was_asked_by_somebody_who_has_left_the_team(scene: Scene) -> None:
    room, concern = await raised(scene)
    await scene.escalation.look_ins.ask(Actor(MO, SERVER), concern.id, 30)
    asked = await sign_off_store.waiting(scene.desk.reads, concern.id, Kind.LOOK_IN)
    assert asked is not None
    await removed(scene, MO)
    assert (await scene.escalation.sign_offs.answer(Actor(MAY, None), asked.id, agrees=True)).what == "over"
    await scene.tick.settle()
    assert MO not in scene.paper.channels[room].people
