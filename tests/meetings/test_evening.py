"""One meeting from a quarter of an hour before it until its room is gone."""

from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Late, NotAllowed, NotFound
from peerbot.engine.places import May
from peerbot.engine.retention import forget_due
from peerbot.meetings.rules import State
from tests.meetings.scene import (
    ANA,
    BEN,
    CLEO,
    COORDINATOR,
    ENDS,
    FAY,
    MINUTE,
    OLA,
    SERVER,
    STAFF,
    STARTS,
    Scene,
)


@pytest.fixture(autouse=True)
async def _weekly(scene: Scene) -> None:
    await scene.weekly()


async def test_a_quiet_evening_takes_ten_calls(scene: Scene) -> None:
    await scene.until(STARTS - 10 * MINUTE)
    await scene.facilitator_here()
    await scene.until(ENDS + timedelta(hours=24, minutes=1))
    sent = [sent for sent in scene.paper.sent if sent.kind != "dm" and sent.data.get("channel") != STAFF]
    room = [(each.at, each.kind, each.what) for each in sent]
    assert room == [
        (STARTS - 15 * MINUTE, "place.make", "meetings.room"),
        (STARTS - 15 * MINUTE, "post", "meetings.lobby"),
        (STARTS, "channel.everyone", "True"),
        (STARTS, "post", "meetings.opening"),
        (STARTS + 45 * MINUTE, "post", "meetings.half-way"),
        (ENDS - 5 * MINUTE, "post", "meetings.closing"),
        (ENDS + 10 * MINUTE, "channel.everyone", ""),
        (ENDS + 10 * MINUTE, "post", "meetings.locked"),
        # Two calls: the channel is looked at before it is deleted.
        (ENDS + timedelta(hours=24), "channel.delete", ""),
    ]
    assert [kind for kind, _ in scene.facts] == ["meeting.opened", "meeting.locked"]


async def test_the_room_has_a_neutral_name_and_exactly_its_people(scene: Scene) -> None:
    await scene.until(STARTS - 15 * MINUTE)
    place = scene.told("place.make")[0].place
    assert place is not None
    assert place.name.startswith("room-")
    assert place.kind == "text"
    assert place.people == {ANA: May.LOOK, BEN: May.LOOK, FAY: May.SPEAK}


async def test_no_group_name_leaves_the_room(scene: Scene) -> None:
    await scene.until(ENDS + timedelta(hours=25))
    outside = [sent for sent in scene.paper.sent if sent.card and sent.data.get("channel") != scene.channel()]
    assert outside
    assert not [sent for sent in outside if scene.group.name in sent.text]


async def test_without_a_facilitator_the_room_stays_closed_at_its_time(scene: Scene) -> None:
    await scene.until(STARTS + 2 * MINUTE)
    assert not scene.told("channel.everyone")
    assert (await scene.meeting()).state is State.LOBBY


async def test_a_facilitator_who_comes_late_opens_at_once(scene: Scene) -> None:
    await scene.until(STARTS + 2 * MINUTE)
    meeting = await scene.facilitator_here()
    assert meeting.state is State.OPEN
    assert [sent.what for sent in scene.told("channel.everyone")] == ["True"]


async def test_pressing_twice_opens_once(scene: Scene) -> None:
    await scene.until(STARTS)
    await scene.facilitator_here()
    await scene.facilitator_here()
    assert len(scene.told("channel.everyone")) == len(scene.told("meetings.opening")) == 1


async def test_a_member_cannot_open_and_an_outsider_learns_nothing(scene: Scene) -> None:
    await scene.until(STARTS)
    meeting = await scene.meeting()
    with pytest.raises(NotAllowed):
        await scene.meetings.facilitator_here(Actor(ANA, SERVER), meeting.id)
    with pytest.raises(NotFound) as there:
        await scene.meetings.facilitator_here(Actor(CLEO, SERVER), meeting.id)
    with pytest.raises(NotFound) as nowhere:
        await scene.meetings.facilitator_here(Actor(CLEO, SERVER), "00000000")
    assert (there.value.text, there.value.values) == (nowhere.value.text, nowhere.value.values)


async def test_after_three_minutes_every_facilitator_is_asked_and_after_ten_it_is_called_off(scene: Scene) -> None:
    await scene.until(STARTS + 10 * MINUTE)
    (asked,) = scene.told("meetings.nobody-there")
    assert asked.at == STARTS + 3 * MINUTE
    assert asked.data["channel"] == STAFF
    assert set(asked.pings) == {FAY, OLA}
    (off,) = scene.told("meetings.called-off")
    assert off.at == STARTS + 10 * MINUTE
    assert f"<t:{int((STARTS + timedelta(days=7)).timestamp())}:F>" in off.text
    (told,) = scene.told("meetings.called-off-staff")
    assert told.pings == (COORDINATOR,)
    assert [sent.what for sent in scene.told("channel.everyone")] == [""]

    await scene.until(ENDS + timedelta(hours=24))
    assert not scene.told("meetings.half-way")
    assert len(scene.told("channel.delete")) == 1
    assert scene.facts == []


async def test_who_takes_over_gets_in_and_the_room_opens(scene: Scene) -> None:
    await scene.until(STARTS + 4 * MINUTE)
    meeting = await scene.meeting()
    taken = await scene.meetings.take_over(Actor(OLA, SERVER), meeting.id)
    assert (taken.channel_id, taken.lacks) == (scene.channel(), ("facilitators",))
    await scene.facilitator_here(OLA)
    assert [(sent.data["user"], sent.may) for sent in scene.told("meetings.access")] == [(OLA, May.SPEAK)]
    room = await scene.meetings.live_room_for(scene.desk.reads, SERVER, OLA)
    assert room is not None
    assert await scene.meetings.facilitators(scene.desk.reads, room) == (FAY, OLA)
    assert [sent.what for sent in scene.told("channel.everyone")] == ["True"]
    (opening,) = scene.told("meetings.opening")
    assert f"<@{OLA}>" in opening.text
    assert f"<@{FAY}>" not in opening.text

    await scene.until(STARTS + 20 * MINUTE)
    assert not scene.told("meetings.called-off")


async def test_of_two_who_take_over_one_gets_in(scene: Scene) -> None:
    await scene.until(STARTS + 4 * MINUTE)
    meeting = await scene.meeting()
    await scene.facilitator_here()
    assert (await scene.meetings.take_over(Actor(OLA, SERVER), meeting.id)).channel_id is None
    await scene.tick.settle()
    assert not scene.told("meetings.access")


async def test_only_facilitators_of_the_server_take_over(scene: Scene) -> None:
    await scene.until(STARTS + 4 * MINUTE)
    meeting = await scene.meeting()
    for user in (ANA, CLEO, COORDINATOR):
        with pytest.raises(NotAllowed):
            await scene.meetings.take_over(Actor(user, SERVER), meeting.id)


async def test_before_they_are_asked_no_facilitator_of_another_group_takes_a_meeting_over(scene: Scene) -> None:
    """A member who has left and facilitates elsewhere may still have the id of every meeting to come."""
    await scene.until(STARTS - 10 * MINUTE)
    meetings = await scene.desk.reads.all("SELECT id FROM meeting ORDER BY starts_at")
    for meeting_id in (meetings[0]["id"], meetings[-1]["id"], "00000000"):
        with pytest.raises(NotFound):
            await scene.meetings.take_over(Actor(OLA, SERVER), meeting_id)
    await scene.facilitator_here()
    await scene.until(STARTS + 4 * MINUTE)
    with pytest.raises(NotFound):
        await scene.meetings.take_over(Actor(OLA, SERVER), meetings[0]["id"])
    assert not scene.told("meetings.access")


async def test_after_it_is_called_off_nobody_can_take_it_over_or_open_it(scene: Scene) -> None:
    await scene.until(STARTS + 10 * MINUTE)
    meeting = await scene.meeting()
    with pytest.raises(Late):
        await scene.meetings.take_over(Actor(OLA, SERVER), meeting.id)
    with pytest.raises(Late):
        await scene.meetings.facilitator_here(Actor(FAY, SERVER), meeting.id)


async def test_here_is_kept_once_for_sixty_days(scene: Scene) -> None:
    await scene.until(STARTS)
    await scene.facilitator_here()
    meeting = await scene.meeting()
    for _ in range(2):
        await scene.meetings.here(Actor(ANA, SERVER), meeting.id)
    (kept,) = await scene.meetings.kept_about(scene.desk.reads, ANA)
    assert (kept.item, kept.until) == ("kept-attendance", STARTS + timedelta(days=60))
    assert len(await scene.meetings.kept_about(scene.desk.reads, FAY)) == 1
    with pytest.raises(NotFound):
        await scene.meetings.here(Actor(CLEO, SERVER), meeting.id)


async def test_after_the_lock_nobody_is_counted_any_more(scene: Scene) -> None:
    await scene.until(STARTS)
    await scene.facilitator_here()
    await scene.until(ENDS + 10 * MINUTE)
    with pytest.raises(Late):
        await scene.meetings.here(Actor(ANA, SERVER), (await scene.meeting()).id)


async def test_a_meeting_in_progress_is_found_for_its_people_and_nobody_else(scene: Scene) -> None:
    reads = scene.desk.reads
    await scene.until(STARTS)
    assert await scene.meetings.live_room_for(reads, SERVER, ANA) is None
    await scene.facilitator_here()
    for user in (ANA, BEN, FAY):
        room = await scene.meetings.live_room_for(reads, SERVER, user)
        assert room is not None
        assert room.channel_id == scene.channel()
        assert await scene.meetings.facilitators(reads, room) == (FAY,)
    assert await scene.meetings.live_room_for(reads, SERVER, CLEO) is None
    assert await scene.meetings.live_room_for(reads, SERVER + 1, ANA) is None
    await scene.until(ENDS + 10 * MINUTE)
    assert await scene.meetings.live_room_for(reads, SERVER, ANA) is None


async def test_a_channel_is_known_as_a_room_until_after_it_is_deleted(scene: Scene) -> None:
    reads = scene.desk.reads
    await scene.until(STARTS)
    states = [await scene.room_state()]
    await scene.facilitator_here()
    for at in (STARTS, ENDS + 10 * MINUTE, ENDS + timedelta(hours=24)):
        await scene.until(at)
        states.append(await scene.room_state())
    assert states == ["lobby", "open", "locked", "deleted"]
    assert await scene.meetings.room_of_channel(reads, STAFF) is None


async def test_who_asked_is_reminded_a_day_and_half_an_hour_before_in_neutral_words(scene: Scene) -> None:
    await scene.until(STARTS + timedelta(days=7))
    reminders = [(sent.at, sent.data["user"]) for sent in scene.told("meetings.remind")]
    assert reminders == [
        (STARTS - 30 * MINUTE, ANA),
        (STARTS + timedelta(days=6), ANA),
        (STARTS + timedelta(days=7) - 30 * MINUTE, ANA),
    ]
    assert scene.group.name not in scene.told("meetings.remind")[0].text


async def test_who_left_is_not_reminded(scene: Scene) -> None:
    scene.paper.away = True
    await scene.until(STARTS - 29 * MINUTE)
    await scene.leave(ANA)
    scene.paper.away = False
    await scene.until(STARTS - 28 * MINUTE)
    assert not scene.told("meetings.remind")


async def test_a_seat_taken_during_a_meeting_lets_in_and_a_seat_ended_puts_out(scene: Scene) -> None:
    await scene.until(STARTS - 5 * MINUTE)
    await scene.join(CLEO)
    await scene.tick.settle()
    await scene.leave(BEN)
    await scene.tick.settle()
    changes = [(sent.data["user"], sent.data["channel"], sent.may) for sent in scene.told("meetings.access")]
    assert changes == [(CLEO, scene.channel(), May.LOOK), (BEN, scene.channel(), May.NOTHING)]


async def test_leaving_and_joining_again_ends_with_access(scene: Scene) -> None:
    await scene.until(STARTS - 5 * MINUTE)
    await scene.leave(BEN)
    await scene.join(BEN)
    await scene.tick.settle()
    assert scene.told("meetings.access")[-1].may is May.LOOK


async def test_into_a_room_that_is_over_nobody_new_is_let(scene: Scene) -> None:
    await scene.until(STARTS)
    await scene.facilitator_here()
    await scene.until(ENDS + 11 * MINUTE)
    await scene.join(CLEO)
    await scene.tick.settle()
    assert not scene.told("meetings.access")
    await scene.leave(BEN)
    await scene.tick.settle()
    assert [sent.may for sent in scene.told("meetings.access")] == [May.NOTHING]


async def test_who_leaves_while_the_room_is_being_made_is_put_out_once_it_is_there(scene: Scene) -> None:
    await scene.until(STARTS - 16 * MINUTE)
    scene.paper.lost.add("place.make")
    scene.clock.move(MINUTE)
    await scene.tick.run()
    (made,) = scene.told("place.make")
    assert made.place is not None
    assert BEN in made.place.people
    scene.paper.away = True
    await scene.leave(BEN)
    await scene.tick.settle()
    scene.paper.away = False
    await scene.until(STARTS - 13 * MINUTE)
    assert [(sent.data["user"], sent.may) for sent in scene.told("meetings.access")] == [(BEN, May.NOTHING)]


async def test_a_group_that_no_longer_meets_gets_no_room(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("UPDATE peer_group SET state = 'paused'")
    await scene.until(STARTS + 20 * MINUTE)
    assert scene.paper.sent == []


async def test_signup_knows_the_next_meeting_before_during_and_after(scene: Scene) -> None:
    async def known() -> object:
        return (await scene.signup.group_by_id(scene.desk.reads, scene.group.id)).next_meeting_at

    assert await known() == STARTS
    await scene.until(STARTS)
    assert await known() == STARTS + timedelta(days=7)
    await scene.until(ENDS)
    assert await known() == STARTS + timedelta(days=7)


async def test_next_shows_the_room_to_its_people_and_the_general_answer_to_others(scene: Scene) -> None:
    (before,) = await scene.meetings.next_for(Actor(ANA, SERVER))
    assert (before.meeting.starts_at, before.channel_id) == (STARTS, None)
    await scene.until(STARTS + MINUTE)
    await scene.facilitator_here()
    (during,) = await scene.meetings.next_for(Actor(ANA, SERVER))
    assert (during.meeting.starts_at, during.channel_id) == (STARTS, scene.channel())
    assert await scene.meetings.next_for(Actor(CLEO, SERVER)) == []
    await scene.until(ENDS)
    (after,) = await scene.meetings.next_for(Actor(FAY, SERVER))
    assert after.meeting.starts_at == STARTS + timedelta(days=7)


async def test_rows_go_sixty_days_after_the_room(scene: Scene) -> None:
    await scene.until(STARTS)
    await scene.facilitator_here()
    meeting = await scene.meeting()
    await scene.until(ENDS + timedelta(hours=24, minutes=1))

    async def forget() -> int:
        async with scene.desk.transaction() as work:
            return (await forget_due(work, scene.meetings)).total()

    assert await forget() == 0
    scene.clock.move(timedelta(days=60) - timedelta(hours=24))
    assert await forget() == 1  # Fay was there
    assert await scene.meetings.kept_about(scene.desk.reads, FAY) == []
    assert (await scene.meeting()).id == meeting.id
    scene.clock.move(timedelta(hours=24))
    await forget()
    assert (await scene.meeting()).id != meeting.id
