"""A room is never open with nobody who holds it, and nobody stays in a room that they no longer hold."""

from collections.abc import Awaitable, Callable

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotAllowed
from peerbot.engine.places import May
from peerbot.engine.texts import say
from peerbot.meetings.facilitating.holding import Where
from peerbot.meetings.rules import State
from peerbot.signup.measures.rules import Kind
from tests.leaving import leave
from tests.meetings.scene import ANA, COORDINATOR, FAY, LEAD, MINUTE, OLA, SERVER, STAFF, STARTS, Scene

HEAD = Actor(COORDINATOR, SERVER)
GIL = 16


async def taken_out(scene: Scene, user: int) -> None:
    await scene.signup.facilitating.remove(HEAD, scene.group.id, user, sure=True)
    await scene.tick.settle()


async def test_a_room_does_not_open_if_who_came_to_hold_it_holds_it_no_more(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS - 10 * MINUTE)
    await scene.facilitator_here()
    await taken_out(scene, FAY)
    await scene.until(STARTS + 2 * MINUTE)
    assert (await scene.meeting()).state is State.LOBBY
    assert not scene.told("meetings.opening")
    await scene.until(STARTS + 4 * MINUTE)
    assert scene.told("meetings.nobody-there")
    await scene.meetings.take_over(Actor(OLA, SERVER), (await scene.meeting()).id)
    await scene.facilitator_here(OLA)
    assert (await scene.meeting()).state is State.OPEN


async def test_a_facilitator_who_came_and_then_cannot_stay_opens_nothing_until_they_come_again(scene: Scene) -> None:
    await scene.weekly()
    meeting = await scene.meeting()
    fay = Actor(FAY, SERVER)
    await scene.meetings.away.say(fay, meeting.id, away=True)
    await scene.until(STARTS - 10 * MINUTE)
    await scene.facilitator_here()
    assert await scene.meetings.how_many_away(meeting) == 0
    await scene.meetings.away.say(fay, meeting.id, away=True)
    await scene.until(STARTS + 2 * MINUTE)
    assert (await scene.meeting()).state is State.LOBBY
    await scene.facilitator_here()
    assert (await scene.meeting()).state is State.OPEN


async def test_without_anybody_else_it_is_called_off_as_if_nobody_had_come(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS - 10 * MINUTE)
    await scene.facilitator_here()
    await taken_out(scene, FAY)
    await scene.until(STARTS + 11 * MINUTE)
    assert (await scene.meeting()).state is State.CALLED_OFF


async def test_one_of_two_who_came_is_enough_and_members_hear_that_cover_is_less(scene: Scene) -> None:
    await scene.signup.add_facilitator(HEAD, scene.group.id, GIL, is_bot=False)
    await scene.weekly()
    await scene.until(STARTS - 10 * MINUTE)
    for user in (FAY, GIL):
        await scene.facilitator_here(user)
    assert not (await scene.meeting()).reduced
    await taken_out(scene, GIL)
    await scene.until(STARTS + MINUTE)
    (opening,) = scene.told("meetings.opening")
    assert say("room-reduced") in opening.text


async def test_when_the_last_who_holds_an_open_room_is_taken_out_another_is_asked_for_at_once(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS - MINUTE)
    await scene.facilitator_here()
    await scene.until(STARTS + 20 * MINUTE)
    await taken_out(scene, FAY)
    (asked,) = scene.told("meetings.nobody-holds")
    assert asked.at == STARTS + 20 * MINUTE
    assert (asked.data["channel"], set(asked.pings)) == (STAFF, {OLA, COORDINATOR})
    assert scene.group.name not in asked.text
    meeting = await scene.meeting()
    assert await scene.meetings.helpers.come(Actor(OLA, SERVER), meeting.id) == scene.channel()
    assert await scene.meetings.facilitators(scene.desk.reads, meeting) == (OLA,)


async def test_a_ban_asks_once_and_where_another_holds_the_room_nobody_is_asked(scene: Scene) -> None:
    await scene.signup.add_facilitator(HEAD, scene.group.id, GIL, is_bot=False)
    await scene.weekly()
    await scene.until(STARTS - MINUTE)
    for user in (FAY, GIL):
        await scene.facilitator_here(user)
    await scene.until(STARTS + 20 * MINUTE)
    await taken_out(scene, GIL)
    assert not scene.told("meetings.nobody-holds")
    await leave(scene.desk, scene.signup, SERVER, FAY)
    await leave(scene.desk, scene.servers, SERVER, FAY)
    await scene.tick.settle()
    assert len(scene.told("meetings.nobody-holds")) == 1


@pytest.mark.parametrize("banned", [False, True])
async def test_who_took_a_meeting_over_is_out_of_its_room_with_their_part_in_the_team(
    scene: Scene, *, banned: bool
) -> None:
    await scene.weekly()
    await scene.until(STARTS + 4 * MINUTE)
    meeting = await scene.meeting()
    await scene.meetings.take_over(Actor(OLA, SERVER), meeting.id)
    await scene.facilitator_here(OLA)
    scene.paper.sent.clear()
    if banned:
        await leave(scene.desk, scene.servers, SERVER, OLA)
    else:
        async with scene.desk.transaction() as work:
            await scene.servers.take_part(work, SERVER, OLA, "facilitator")
    await scene.tick.settle()
    let_out = [sent.may for sent in scene.told("meetings.access") if sent.data["user"] == OLA]
    assert let_out == [May.NOTHING]
    assert OLA not in await scene.meetings.facilitators(scene.desk.reads, meeting)
    assert len(scene.told("meetings.nobody-holds")) == 1


async def _paused(scene: Scene) -> None:
    await decided(scene, "pause", 7)


async def _ended(scene: Scene) -> None:
    await decided(scene, "end")


async def decided(scene: Scene, kind: Kind, days: int = 0) -> None:
    await scene.join(OLA)
    measure = await scene.signup.measures.propose(HEAD, scene.group.id, OLA, kind, days)
    await scene.signup.measures.confirm(Actor(LEAD, SERVER), measure.id)


async def _kept_apart(scene: Scene) -> None:
    await scene.signup.keep_apart.add(HEAD, OLA, ANA)


@pytest.mark.parametrize("kept_out", [_paused, _ended, _kept_apart])
async def test_nobody_takes_over_whom_the_team_keeps_out_and_no_reason_is_said(
    scene: Scene, kept_out: Callable[[Scene], Awaitable[None]]
) -> None:
    await kept_out(scene)
    await scene.weekly()
    await scene.until(STARTS + 4 * MINUTE)
    meeting = await scene.meeting()
    with pytest.raises(NotAllowed) as refused:
        await scene.meetings.take_over(Actor(OLA, SERVER), meeting.id)
    assert refused.value.text == "staff-meeting-not-you"
    await scene.facilitator_here()
    await scene.meetings.helpers.ask(Actor(FAY, SERVER), Where(meeting_id=meeting.id))
    with pytest.raises(NotAllowed) as refused:
        await scene.meetings.helpers.come(Actor(OLA, SERVER), meeting.id)
    assert refused.value.text == "staff-meeting-not-you"
    assert await scene.meetings.facilitators(scene.desk.reads, meeting) == (FAY,)


async def test_who_was_asked_to_step_out_does_not_come_back_to_help(scene: Scene) -> None:
    await scene.join(OLA)
    await scene.weekly()
    await scene.until(STARTS - MINUTE)
    await scene.facilitator_here()
    await scene.until(STARTS + MINUTE)
    fay, where = Actor(FAY, SERVER), Where(scene.channel())
    await scene.meetings.doors.limit(fay, where, OLA, "out")
    await scene.meetings.helpers.ask(fay, where)
    with pytest.raises(NotAllowed):
        await scene.meetings.helpers.come(Actor(OLA, SERVER), (await scene.meeting()).id)
    await scene.meetings.doors.ease(fay, where, OLA)
    assert await scene.meetings.helpers.come(Actor(OLA, SERVER), (await scene.meeting()).id)
