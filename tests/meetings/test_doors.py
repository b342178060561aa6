"""Who is let in, for one meeting: asked to step out, reading only, or late at a shut door. All can be taken back."""

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late
from peerbot.engine.places import May
from peerbot.engine.retention import forget_due
from peerbot.meetings.cards import next_card
from peerbot.meetings.facilitating.holding import Where
from tests.meetings.scene import ANA, BEN, CLEO, ENDS, FAY, LEAD, MINUTE, OLA, SERVER, STAFF, STARTS, Scene

HELD = Actor(FAY, SERVER)


async def opened(scene: Scene) -> Where:
    await scene.weekly()
    await scene.until(STARTS - MINUTE)
    await scene.facilitator_here()
    await scene.until(STARTS + MINUTE)
    scene.paper.sent.clear()
    return Where(scene.channel())


async def access(scene: Scene) -> list[tuple[int, May | None]]:
    """Return (person, what they may do now) of each change of access since last asked."""
    await scene.tick.settle()
    changes = [(int(sent.data["user"]), sent.may) for sent in scene.told("channel.person")]
    scene.paper.sent = [sent for sent in scene.paper.sent if sent.kind != "channel.person"]
    return changes


async def sees_next(scene: Scene, user: int) -> str:
    return next_card(await scene.meetings.next_for(Actor(user, SERVER))).text


async def test_who_is_asked_out_sees_the_room_no_more_and_is_told_in_private(scene: Scene) -> None:
    where = await opened(scene)
    for _ in range(2):
        await scene.meetings.doors.limit(HELD, where, ANA, "out")
    assert await access(scene) == [(ANA, May.NOTHING)]
    (told,) = scene.told("meetings.limited")
    assert (told.kind, told.data["user"]) == ("dm", ANA)
    assert scene.group.name not in told.text
    assert "step out" in await sees_next(scene, ANA)
    assert f"<#{scene.channel()}>" not in await sees_next(scene, ANA)
    assert not [sent for sent in scene.paper.sent if sent.data.get("channel") == scene.channel()]


async def test_who_wants_no_messages_hears_it_where_they_look(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.doors.limit(HELD, where, BEN, "out")
    await scene.tick.settle()
    assert not scene.told("meetings.limited")
    assert "step out" in await sees_next(scene, BEN)


async def test_being_asked_out_holds_when_seats_are_looked_at_again_and_only_for_this_meeting(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.doors.limit(HELD, where, BEN, "out")
    await access(scene)
    await scene.leave(BEN)
    assert await access(scene) == [(BEN, May.NOTHING)]
    await scene.join(BEN)
    assert await access(scene) == [(BEN, May.NOTHING)]
    await scene.until(ENDS + 7 * 24 * 60 * MINUTE - 100 * MINUTE)
    place = scene.told("place.make")[-1].place
    assert place is not None
    assert place.people[BEN] is May.LOOK


async def test_who_may_only_read_keeps_the_room_and_everything_is_taken_back(scene: Scene) -> None:
    where = await opened(scene)
    doors = scene.meetings.doors
    await doors.limit(HELD, where, ANA, "quiet")
    assert await access(scene) == [(ANA, May.READ)]
    assert "just read" in await sees_next(scene, ANA)
    assert f"<#{scene.channel()}>" in await sees_next(scene, ANA)
    await doors.limit(HELD, where, ANA, "out")
    assert await access(scene) == [(ANA, May.NOTHING)]
    for was in (True, False):
        assert (await doors.ease(HELD, where, ANA))[1] is was
    assert await access(scene) == [(ANA, May.LOOK)]
    assert "again" in scene.told("meetings.limited")[-1].text
    assert "step out" not in await sees_next(scene, ANA)


async def test_a_message_that_is_overtaken_is_never_sent(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.doors.limit(HELD, where, ANA, "out")
    await scene.meetings.doors.ease(HELD, where, ANA)
    await scene.tick.settle()
    assert ["again" in sent.text for sent in scene.told("meetings.limited")] == [True]


async def test_a_message_that_discord_refuses_is_made_known_to_who_asked_for_it_and_nobody_else(
    scene: Scene,
) -> None:
    where = await opened(scene)
    scene.paper.refused["meetings.limited"] = 50007
    await scene.meetings.doors.limit(HELD, where, ANA, "out")
    await scene.tick.settle()
    (told,) = scene.told("meetings.limited-untold")
    assert (told.kind, told.data["user"]) == ("dm", FAY)
    assert f"<@{ANA}>" in told.text
    assert await scene.signup.closed(scene.desk.reads, SERVER, ANA), "/group mine offers to try it again"
    assert not [sent for sent in scene.paper.sent if sent.kind == "post"]
    assert "step out" in await sees_next(scene, ANA)


async def test_where_neither_of_the_two_can_be_written_to_those_who_hold_it_hear_and_nobody_is_named(
    scene: Scene,
) -> None:
    where = await opened(scene)
    scene.paper.refused |= {"meetings.limited": 50007, "meetings.limited-untold": 50007}
    await scene.meetings.doors.limit(HELD, where, ANA, "quiet")
    await scene.tick.settle()
    (told,) = scene.told("meetings.untold")
    assert (told.data["channel"], told.pings) == (STAFF, (FAY,))
    assert str(ANA) not in told.text
    assert scene.group.name not in told.text


async def test_what_was_taken_back_before_it_was_known_that_nobody_heard_it_is_no_news(scene: Scene) -> None:
    where = await opened(scene)
    scene.paper.refused["meetings.limited"] = 50007
    await scene.meetings.doors.limit(HELD, where, ANA, "out")
    await scene.paper.pump()
    await scene.meetings.doors.ease(HELD, where, ANA)
    await scene.tick.settle()
    assert not scene.told("meetings.limited-untold")


@pytest.mark.parametrize("user", [FAY, LEAD, CLEO, 999])
async def test_facilitators_and_those_without_a_seat_are_not_asked_out(scene: Scene, user: int) -> None:
    where = await opened(scene)
    with pytest.raises(Invalid):
        await scene.meetings.doors.limit(HELD, where, user, "out")
    assert await access(scene) == []


async def test_the_door_shuts_two_minutes_later_to_those_who_were_not_seen(scene: Scene) -> None:
    where = await opened(scene)
    doors, meeting = scene.meetings.doors, await scene.meeting()
    assert (await doors.door(HELD, where)).unseen == (ANA, BEN)
    for _ in range(2):
        await doors.shut(HELD, where)
    assert await access(scene) == []
    assert len(scene.told("meetings.door-shuts")) == 1
    await scene.meetings.here(Actor(ANA, SERVER), meeting.id)
    await scene.until(STARTS + 4 * MINUTE)
    assert await access(scene) == [(BEN, May.NOTHING)]
    with pytest.raises(Late):
        await scene.meetings.here(Actor(BEN, SERVER), meeting.id)
    await scene.join(CLEO)
    assert await access(scene) == [(CLEO, May.NOTHING)]
    assert "nobody new" in await sees_next(scene, BEN)
    assert f"<#{scene.channel()}>" in await sees_next(scene, ANA)
    await doors.open_again(HELD, where)
    assert await access(scene) == [(BEN, May.LOOK), (CLEO, May.LOOK)]
    await scene.meetings.here(Actor(BEN, SERVER), meeting.id)
    assert len(scene.told("meetings.door-opens")) == 1


async def test_a_door_left_open_in_time_shuts_to_nobody(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.doors.shut(HELD, where)
    await scene.meetings.doors.open_again(HELD, where)
    await scene.meetings.doors.open_again(HELD, where)
    await scene.until(STARTS + 10 * MINUTE)
    assert await access(scene) == []


async def test_a_door_that_was_to_shut_while_the_bot_was_down_shuts_when_it_is_back(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.doors.shut(HELD, where)
    await scene.wake(STARTS + 30 * MINUTE)
    assert await access(scene) == [(ANA, May.NOTHING), (BEN, May.NOTHING)]


async def test_facilitators_come_in_whatever_holds(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.doors.shut(HELD, where)
    await scene.until(STARTS + 5 * MINUTE)
    await access(scene)
    await scene.signup.add_facilitator(Actor(1, SERVER, manages_server=True), scene.group.id, OLA, is_bot=False)
    assert await access(scene) == [(OLA, May.SPEAK)]


async def test_what_held_for_somebody_is_shown_to_them_and_forgotten_after_the_meeting(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.doors.limit(HELD, where, BEN, "out")
    kept = await scene.meetings.kept_about(scene.desk.reads, BEN)
    assert {each.item for each in kept} == {"kept-attendance", "kept-room-limit"}
    await scene.wake(ENDS + 25 * 60 * MINUTE)
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.meetings)
    kept = await scene.meetings.kept_about(scene.desk.reads, BEN)
    assert [each.item for each in kept] == ["kept-attendance"]
