"""Who was there: seen by what they did, or ticked in the list that is confirmed; and what is left after 60 days."""

from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late
from peerbot.engine.retention import Deletion, Item, Lasts, forget_due
from peerbot.meetings.attendance import store as attendance_store
from peerbot.meetings.facilitating.cards import sheet_card
from peerbot.meetings.facilitating.holding import Where
from peerbot.meetings.service import Meetings
from peerbot.privacy.service import Privacy
from tests.meetings.scene import ANA, BEN, CLEO, ENDS, FAY, MINUTE, SERVER, STARTS, Scene

HELD = Actor(FAY, SERVER)
DAY = timedelta(days=1)


async def opened(scene: Scene) -> Where:
    await scene.weekly()
    await scene.until(STARTS - MINUTE)
    await scene.facilitator_here()
    await scene.until(STARTS + MINUTE)
    return Where(scene.channel())


async def states(scene: Scene) -> dict[int, str]:
    return {**await attendance_store.of_meeting(scene.desk.reads, (await scene.meeting()).id)}


async def test_a_press_the_voice_and_a_tick_all_mean_there_and_only_the_list_says_not_seen(scene: Scene) -> None:
    await scene.join(CLEO)
    where = await opened(scene)
    meeting = await scene.meeting()
    await scene.meetings.here(Actor(ANA, SERVER), meeting.id)
    for server_id, channel_id, user_id in ((SERVER, scene.channel(), 999), (SERVER, 4, BEN), (2, scene.channel(), BEN)):
        await scene.meetings.attendance.joined_voice(server_id, channel_id, user_id)
    assert await states(scene) == {FAY: "present", ANA: "present"}
    for _ in range(2):
        await scene.meetings.attendance.joined_voice(SERVER, scene.channel(), BEN)
    assert await states(scene) == {FAY: "present", ANA: "present", BEN: "present"}
    await scene.until(ENDS - MINUTE)
    sheet = await scene.meetings.attendance.sheet(HELD, where)
    assert (sheet.seen, sheet.unseen, sheet.listed) == ((ANA, BEN), (CLEO,), False)
    await scene.meetings.attendance.confirm(HELD, where, None)
    assert (await states(scene))[CLEO] == "not_seen"
    # Who was seen by themselves stays seen, whatever is ticked; a tick is taken back by another list.
    await scene.meetings.attendance.confirm(HELD, where, [CLEO, 999])
    assert await states(scene) == {FAY: "present", ANA: "present", BEN: "present", CLEO: "present"}
    await scene.meetings.attendance.confirm(HELD, where, [])
    assert (await states(scene))[CLEO] == "not_seen"
    await scene.meetings.here(Actor(CLEO, SERVER), meeting.id)
    assert (await states(scene))[CLEO] == "present"


async def test_who_said_that_they_will_not_come_sent_apologies_and_the_list_does_not_tell_who_that_was(
    scene: Scene,
) -> None:
    await scene.weekly()
    await scene.meetings.away.say(Actor(ANA, SERVER), (await scene.meeting()).id, away=True)
    await scene.until(STARTS - MINUTE)
    await scene.facilitator_here()
    await scene.until(ENDS + timedelta(hours=20))
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.meetings)
    where = Where(scene.channel())
    before = sheet_card(await scene.meetings.attendance.sheet(HELD, where)).text
    await scene.meetings.attendance.confirm(HELD, where, None)
    assert await states(scene) == {FAY: "present", ANA: "apologies", BEN: "not_seen"}
    assert f"<@{ANA}> <@{BEN}>" in before
    kept = [each.item for each in await scene.meetings.kept_about(scene.desk.reads, ANA)]
    assert kept == ["kept-away", "kept-apologies"]


async def test_who_was_asked_out_shut_out_or_came_to_the_group_since_is_never_not_seen(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.doors.limit(HELD, where, ANA, "out")
    await scene.meetings.doors.shut(HELD, where)
    await scene.until(STARTS + 10 * MINUTE)
    await scene.join(CLEO)
    await scene.until(ENDS + MINUTE)
    await scene.meetings.attendance.confirm(HELD, where, None)
    assert await states(scene) == {FAY: "present", ANA: "present"}
    # Nobody slips in by the voice either.
    await scene.meetings.attendance.joined_voice(SERVER, scene.channel(), BEN)
    assert BEN not in await states(scene)


async def test_the_list_comes_shortly_before_the_end_and_is_open_until_the_room_goes(scene: Scene) -> None:
    where = await opened(scene)
    with pytest.raises(Late):
        await scene.meetings.attendance.confirm(HELD, where, None)
    await scene.until(ENDS + DAY - MINUTE)
    assert not (await scene.meetings.attendance.confirm(HELD, where, None)).seen
    meeting = Where(meeting_id=(await scene.meeting()).id)
    await scene.until(ENDS + DAY + MINUTE)
    with pytest.raises(Late):
        await scene.meetings.attendance.confirm(HELD, meeting, None)


async def test_a_group_to_which_people_come_when_they_like_keeps_no_list(scene: Scene) -> None:
    where = await opened(scene)
    async with scene.desk.transaction() as work:
        await work.all("UPDATE peer_group SET kind = 'drop_in'")
    await scene.until(ENDS)
    for attempt in (scene.meetings.attendance.sheet(HELD, where), scene.meetings.attendance.confirm(HELD, where, [])):
        with pytest.raises(Invalid):
            await attempt
    assert set((await states(scene)).values()) == {"present"}


async def left_after_sixty_days(scene: Scene) -> dict[str, int]:
    assert await scene.desk.reads.all("SELECT user_id FROM attendance") == []
    (total,) = await scene.desk.reads.all("SELECT present, apologies, not_seen FROM attendance_total")
    return dict(total)


async def sixty_days_after_a_list(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.here(Actor(ANA, SERVER), (await scene.meeting()).id)
    await scene.until(ENDS)
    await scene.meetings.attendance.confirm(HELD, where, None)
    await scene.wake(ENDS + 61 * DAY)


async def test_after_sixty_days_only_numbers_are_left(scene: Scene) -> None:
    await sixty_days_after_a_list(scene)
    for _ in range(2):
        async with scene.desk.transaction() as work:
            await forget_due(work, scene.meetings)
    assert await left_after_sixty_days(scene) == {"present": 2, "apologies": 0, "not_seen": 1}


async def test_numbers_are_kept_once_though_the_housekeeping_fails_half_way(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sixty_days_after_a_list(scene)
    privacy = Privacy(scene.desk, scene.servers, (scene.meetings,))
    failing = Item("failing", Lasts("time", DAY), deletions=(Deletion("DELETE FROM nowhere WHERE at < :before", DAY),))
    with monkeypatch.context() as broken:
        broken.setattr(Meetings, "items", (failing, *Meetings.items))
        with pytest.raises(Exception, match="nowhere"):
            await privacy.housekeeping()
    assert await scene.desk.reads.all("SELECT present FROM attendance_total") == []
    await privacy.housekeeping()
    assert await left_after_sixty_days(scene) == {"present": 2, "apologies": 0, "not_seen": 1}
