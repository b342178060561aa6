"""Looking in: two agree, the room is told first, and access ends by itself."""

from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotFound
from peerbot.engine.places import May
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import moment, person, say
from peerbot.escalation.rooms import look_in_store
from peerbot.escalation.rooms.look_in_store import LookIn
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import Kind
from peerbot.escalation.store import Concern
from peerbot.meetings.facilitating.holding import Where
from tests.escalation.scene import ANA, CHO, DAY, FAY, HOUR, LEAD, MAY, MINUTE, MO, SERVER, STARTS, Scene
from tests.leaving import leave


async def raised(scene: Scene) -> tuple[int, Concern]:
    room = await scene.meet()
    return room, await scene.ask(ANA, channel_id=room)


async def agreed(scene: Scene, concern: Concern, minutes: int = 30, by: int = MO, second: int = MAY) -> None:
    await scene.escalation.look_ins.ask(Actor(by, SERVER), concern.id, minutes)
    asked = await sign_off_store.waiting(scene.desk.reads, concern.id, Kind.LOOK_IN)
    assert asked is not None
    await scene.escalation.sign_offs.answer(Actor(second, None), asked.id, agrees=True)
    await scene.tick.settle()


async def test_the_room_is_told_in_plain_words_before_access_is_given_and_access_ends_by_itself(scene: Scene) -> None:
    room, concern = await raised(scene)
    await scene.escalation.look_ins.ask(Actor(MO, SERVER), concern.id, 30)
    await scene.tick.settle()
    assert MO not in scene.paper.channels[room].people
    until = scene.clock.now() + 30 * MINUTE
    await agreed(scene, concern)
    told = scene.paper.channels[room].messages[-1].text
    assert told == say("room-looked-in", person=person(MO), until=moment(until, "t"))
    assert scene.paper.channels[room].people[MO] is May.WAIT  # reads; neither writes nor joins the voice
    assert scene.paper.dms[MO][-1].button("concern.look-end")
    await scene.wait(29 * MINUTE)
    assert MO in scene.paper.channels[room].people
    await scene.wait(MINUTE)
    assert MO not in scene.paper.channels[room].people
    assert scene.paper.channels[room].messages[-1].text == say("room-look-over")


async def test_a_room_that_cannot_be_told_is_not_looked_into(scene: Scene) -> None:
    room, concern = await raised(scene)
    scene.paper.refusing[room] = 50013
    await agreed(scene, concern)
    assert MO not in scene.paper.channels[room].people
    assert scene.paper.dms[MO][-1].text == say("staff-look-not", number=concern.number)


async def test_after_any_stop_of_the_bot_access_ends(scene: Scene) -> None:
    room, concern = await raised(scene)
    await agreed(scene, concern, 60)
    await scene.restart(after=61 * MINUTE)
    assert MO not in scene.paper.channels[room].people


async def test_it_never_goes_beyond_the_meeting_even_if_that_ends_early(scene: Scene) -> None:
    room, concern = await raised(scene)
    await scene.until(STARTS + 70 * MINUTE)
    await agreed(scene, concern, 60)
    await scene.meetings.facilitating.close(Actor(FAY, SERVER), Where(room), at_once=True)
    await scene.wait(2 * MINUTE)
    assert MO not in scene.paper.channels[room].people


async def test_a_press_or_closing_ends_it_early_once(scene: Scene) -> None:
    room, concern = await raised(scene)
    await agreed(scene, concern)
    row = await scene.desk.reads.one("SELECT id FROM look_in")
    assert row is not None
    with pytest.raises(NotFound):
        await scene.escalation.look_ins.stop(Actor(MAY, None), row["id"])
    await scene.escalation.look_ins.stop(Actor(MO, None), row["id"])
    await scene.tick.settle()
    assert MO not in scene.paper.channels[room].people
    with pytest.raises(NotFound):
        await scene.escalation.look_ins.stop(Actor(MO, None), row["id"])
    await agreed(scene, concern, by=LEAD)
    assert LEAD in scene.paper.channels[room].people
    await scene.close_by_two(concern)
    assert LEAD not in scene.paper.channels[room].people


async def test_nobody_looks_in_alone_or_where_no_meeting_is_or_where_they_are_anyway(scene: Scene) -> None:
    _, concern = await raised(scene)
    await scene.signup.joining.join(Actor(MAY, SERVER), scene.group_id, agreed=True, may_remind=False)
    await scene.tick.settle()
    look = scene.escalation.look_ins.ask
    with pytest.raises(Invalid):
        await look(Actor(MAY, SERVER), concern.id, 15)
    with pytest.raises(Invalid):
        await look(Actor(MO, SERVER), concern.id, 16)
    with pytest.raises(NotFound):
        await look(Actor(CHO, SERVER), concern.id, 15)
    with pytest.raises(NotFound):
        await look(Actor(ANA, SERVER), concern.id, 15)
    await look(Actor(MO, SERVER), concern.id, 60)
    await scene.wait(25 * HOUR)  # unanswered: never alone
    assert await scene.count("look_in") == 0
    with pytest.raises(Invalid):
        await look(Actor(MO, SERVER), concern.id, 15)


async def test_who_joins_the_group_meanwhile_keeps_what_is_theirs(scene: Scene) -> None:
    room, concern = await raised(scene)
    await agreed(scene, concern, 15)
    await scene.signup.joining.join(Actor(MO, SERVER), scene.group_id, agreed=True, may_remind=False)
    await scene.wait(16 * MINUTE)
    assert scene.paper.channels[room].people[MO] is May.LOOK


async def test_whatever_changes_access_by_a_seat_ends_no_look_before_its_time(scene: Scene) -> None:
    room, concern = await raised(scene)
    await agreed(scene, concern, 15)
    await scene.signup.joining.join(Actor(MO, SERVER), scene.group_id, agreed=True, may_remind=False)
    await scene.tick.settle()
    assert scene.paper.channels[room].people[MO] is May.LOOK
    await scene.signup.joining.leave(Actor(MO, SERVER), scene.group_id)
    await scene.tick.settle()
    assert scene.paper.channels[room].people[MO] is May.WAIT
    await scene.wait(15 * MINUTE)
    assert MO not in scene.paper.channels[room].people


async def test_who_leaves_the_team_looks_in_no_longer(scene: Scene) -> None:
    room, concern = await raised(scene)
    await agreed(scene, concern, 60)
    await leave(scene.desk, scene.servers, SERVER, MO)
    await scene.tick.settle()
    assert MO not in scene.paper.channels[room].people
    assert scene.paper.channels[room].messages[-1].text == say("room-look-over")


async def test_who_may_read_a_room_is_told_to_be_in_it_of_that_room_and_within_the_time(scene: Scene) -> None:
    room, concern = await raised(scene)
    reads, now = scene.desk.reads, scene.clock.now()
    look = LookIn("one", SERVER, concern.id, room, MO, now + HOUR)

    async def may(channel_id: int = room, user_id: int = MO, at: timedelta = MINUTE) -> bool:
        return await look_in_store.reads_now(reads, channel_id, user_id, now + at)

    async with scene.desk.transaction() as work:
        await look_in_store.add(work, look)
    assert not await may()  # the room does not know yet
    async with scene.desk.transaction() as work:
        assert await look_in_store.told(work, look.id)
    assert await may()
    assert not await may(at=HOUR)
    assert not await may(channel_id=room + 1)
    assert not await may(user_id=MAY)
    async with scene.desk.transaction() as work:
        assert await look_in_store.end(work, look.id, now)
        assert not await look_in_store.told(work, look.id)
    assert not await may()


async def test_who_looked_is_kept_for_a_year_and_shown_to_them(scene: Scene) -> None:
    _, concern = await raised(scene)
    await agreed(scene, concern)
    await scene.wait(HOUR)
    assert "kept-look-in" in {kept.item for kept in await scene.escalation.kept_about(scene.desk.reads, MO)}
    scene.clock.move(366 * DAY)
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.escalation)
    assert await scene.count("look_in") == 0
