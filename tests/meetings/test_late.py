"""A bot that was down, a Discord that refuses, a timer that comes twice: what is still true is done, and once."""

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from peerbot.meetings.rules import State
from tests.meetings.scene import ANA, BEN, COORDINATOR, ENDS, FAY, MINUTE, OLA, SERVER, STARTS, Scene

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def _weekly(scene: Scene) -> None:
    await scene.weekly()


async def dropped(scene: Scene) -> list[str]:
    """The cards that came too late, as the outbox recorded them."""
    rows = await scene.desk.reads.all("SELECT key FROM intent WHERE state = 'dropped' AND reason = 'too late'")
    return [row["key"].split(":")[2] for row in rows]


async def open_at(scene: Scene) -> None:
    await scene.until(STARTS)
    await scene.facilitator_here()


async def test_a_room_that_is_four_minutes_late_is_made_at_once(scene: Scene) -> None:
    await scene.wake(STARTS + 4 * MINUTE)
    assert scene.calls_in_room()[-2:] == [("place.make", "meetings.room"), ("post", "meetings.lobby")]
    await scene.until(STARTS + 6 * MINUTE)
    assert not scene.told("meetings.nobody-there")
    await scene.facilitator_here()
    assert scene.told("meetings.opening")


async def test_who_finds_a_late_room_has_the_same_ten_minutes(scene: Scene) -> None:
    await scene.wake(STARTS + 12 * MINUTE)
    await scene.until(STARTS + 30 * MINUTE)
    assert [sent.at for sent in scene.told("meetings.nobody-there")] == [STARTS + 15 * MINUTE]
    assert [sent.at for sent in scene.told("meetings.called-off")] == [STARTS + 22 * MINUTE]


async def test_after_the_end_no_room_is_made_and_staff_hears_of_it(scene: Scene) -> None:
    await scene.wake(ENDS)
    assert [sent.what for sent in scene.paper.sent] == ["meetings.missed"]
    assert scene.paper.sent[0].pings == (COORDINATOR,)
    assert (await scene.meeting()).state is State.MISSED
    group = await scene.signup.group_by_id(scene.desk.reads, scene.group.id)
    assert group.next_meeting_at == STARTS + 7 * DAY


async def test_a_meeting_whose_facilitator_was_there_opens_late(scene: Scene) -> None:
    await scene.until(STARTS - 5 * MINUTE)
    await scene.facilitator_here()
    await scene.wake(STARTS + 20 * MINUTE)
    assert [sent.what for sent in scene.paper.sent[-2:]] == ["True", "meetings.opening"]
    assert not scene.told("meetings.nobody-there")


async def test_a_room_never_opens_after_its_end(scene: Scene) -> None:
    await scene.until(STARTS - 5 * MINUTE)
    await scene.facilitator_here()
    await scene.wake(ENDS + MINUTE)
    assert [sent.what for sent in scene.told("channel.everyone")] == [""]
    assert not scene.told("meetings.opening")
    assert len(scene.told("meetings.called-off")) == len(scene.told("meetings.missed")) == 1
    await scene.until(ENDS + DAY)
    assert len(scene.told("channel.delete")) == 1


async def test_nobody_is_blamed_for_the_time_the_bot_was_down(scene: Scene) -> None:
    await scene.until(STARTS - 5 * MINUTE)
    await scene.wake(STARTS + 30 * MINUTE)
    assert len(scene.told("meetings.nobody-there")) == 1
    assert not scene.told("meetings.called-off")
    await scene.until(STARTS + 37 * MINUTE)
    assert len(scene.told("meetings.called-off")) == 1


async def test_a_reminder_four_minutes_late_still_comes(scene: Scene) -> None:
    await open_at(scene)
    await scene.wake(STARTS + 49 * MINUTE)
    assert len(scene.told("meetings.half-way")) == 1


async def test_a_reminder_six_minutes_late_is_dropped_and_recorded_and_the_next_one_comes(scene: Scene) -> None:
    await open_at(scene)
    await scene.wake(STARTS + 51 * MINUTE)
    assert not scene.told("meetings.half-way")
    assert await dropped(scene) == ["half-way"]
    await scene.until(ENDS)
    assert len(scene.told("meetings.closing")) == 1


async def test_a_late_lock_and_a_late_deletion_happen_now(scene: Scene) -> None:
    await open_at(scene)
    await scene.wake(ENDS + 3 * DAY)
    late = [sent for sent in scene.paper.sent if sent.at == ENDS + 3 * DAY]
    assert {"channel.everyone", "channel.delete"} <= {sent.kind for sent in late}
    assert not {"meetings.closing", "meetings.half-way", "meetings.locked"} & {sent.what for sent in late}
    assert {"closing", "half-way", "locked"} <= set(await dropped(scene))
    assert not scene.told("meetings.not-deleted")


async def test_a_direct_message_is_not_sent_after_the_start(scene: Scene) -> None:
    scene.paper.away = True
    await scene.until(STARTS)
    scene.paper.away = False
    await scene.until(STARTS + MINUTE)
    assert not scene.told("meetings.remind")
    assert await dropped(scene) == ["cover", "remind-soon"]


@pytest.mark.parametrize("code", [50007, 50278])
async def test_who_takes_no_messages_is_not_tried_again(scene: Scene, code: int) -> None:
    scene.paper.refused["meetings.remind"] = code
    await scene.until(STARTS)
    assert not await scene.signup.may_remind(scene.desk.reads, SERVER, ANA)
    scene.paper.refused.clear()
    await scene.until(STARTS + 7 * DAY)
    assert not scene.told("meetings.remind")


async def test_while_discord_is_away_the_opening_waits_and_then_comes(scene: Scene) -> None:
    await scene.until(STARTS - 5 * MINUTE)
    await scene.facilitator_here()
    scene.paper.away = True
    await scene.until(STARTS + 15 * MINUTE)
    scene.paper.away = False
    await scene.until(STARTS + 16 * MINUTE)
    assert [sent.what for sent in scene.paper.sent[-2:]] == ["True", "meetings.opening"]


async def test_a_lock_is_never_overtaken_by_a_late_opening(scene: Scene) -> None:
    await scene.until(STARTS - 5 * MINUTE)
    await scene.facilitator_here()
    scene.paper.away = True
    await scene.until(ENDS + 20 * MINUTE)
    scene.paper.away = False
    await scene.until(ENDS + 30 * MINUTE)
    assert [sent.what for sent in scene.told("channel.everyone")] == [""]


async def test_a_room_made_in_the_moment_of_a_crash_is_found_and_used(scene: Scene) -> None:
    scene.paper.lost.add("place.make")
    await scene.until(STARTS - 14 * MINUTE)
    assert len(scene.told("place.make")) == len(scene.told("meetings.lobby")) == 1


async def test_a_room_made_in_the_moment_of_a_crash_is_deleted_if_the_bot_comes_back_too_late(scene: Scene) -> None:
    await scene.until(STARTS - 16 * MINUTE)
    scene.paper.lost.add("place.make")
    scene.clock.move(MINUTE)
    await scene.tick.run()
    assert scene.paper.made
    await scene.wake(ENDS + MINUTE)
    assert [(sent.kind, sent.what) for sent in scene.paper.sent[-2:]] == [
        ("post", "meetings.missed"),
        ("channel.delete", ""),
    ]
    assert scene.told("channel.delete")[0].data["channel"] == scene.channel()
    assert not scene.told("meetings.lobby")


@pytest.mark.parametrize(
    ("code", "card", "says"),
    [
        (50013, "meetings.refused-permission", "Manage Roles"),
        (30013, "meetings.refused-full", "500 channels"),
        (99999, "meetings.refused-other", "99999"),
    ],
)
async def test_a_refused_room_is_told_once_and_tried_every_minute(
    scene: Scene, code: int, card: str, says: str
) -> None:
    scene.paper.refused["place.make"] = code
    await scene.until(STARTS - 10 * MINUTE)
    (told,) = scene.told(card)
    assert told.at == STARTS - 15 * MINUTE
    assert told.pings == (COORDINATOR,)
    assert says in told.text
    scene.paper.refused.clear()
    await scene.until(STARTS - 9 * MINUTE)
    assert len(scene.told("meetings.lobby")) == 1


async def test_a_room_refused_to_the_end_is_a_missed_meeting(scene: Scene) -> None:
    scene.paper.refused["place.make"] = 50013
    await scene.until(ENDS + 5 * MINUTE)
    assert (await scene.meeting()).state is State.MISSED
    assert [sent.what for sent in scene.paper.sent if sent.kind == "post"] == [
        "meetings.cover",
        "meetings.refused-permission",
        "meetings.missed",
    ]
    tried = await scene.desk.reads.one("SELECT count(*) AS n FROM intent WHERE key LIKE 'meeting:%:make:%'")
    assert tried is not None
    assert tried["n"] == 105
    await scene.until(ENDS + 2 * DAY)
    assert not scene.told("channel.delete")


async def test_a_lobby_card_that_is_refused_is_told(scene: Scene) -> None:
    scene.paper.refused["meetings.lobby"] = 50013
    await scene.until(STARTS)
    assert len(scene.told("meetings.refused-permission")) == 1


async def test_a_deletion_that_takes_an_hour_is_told_and_goes_on(scene: Scene) -> None:
    await open_at(scene)
    await scene.until(ENDS + DAY - MINUTE)
    scene.paper.refused["channel.delete"] = 50001
    await scene.until(ENDS + DAY + timedelta(hours=3))
    (told,) = scene.told("meetings.not-deleted")
    assert told.at == ENDS + DAY + timedelta(hours=1)
    scene.paper.refused.clear()
    await scene.until(ENDS + DAY + timedelta(hours=3, minutes=6))
    assert await scene.room_state() == "deleted"


async def test_a_room_with_another_name_is_told_and_looked_for_each_hour(scene: Scene) -> None:
    await open_at(scene)
    scene.paper.renamed = True
    await scene.until(ENDS + DAY + timedelta(hours=4))
    assert len(scene.told("meetings.not-deleted")) == 1
    assert await scene.desk.reads.all("SELECT 1 FROM timer WHERE kind = 'meeting.overdue'") == []
    scene.paper.renamed = False
    await scene.until(ENDS + DAY + timedelta(hours=5))
    assert len(scene.told("channel.delete")) == 1


async def test_without_a_staff_channel_the_people_are_written_to(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("UPDATE server SET facilitators_channel_id = NULL")
    await scene.until(STARTS + 3 * MINUTE)
    asked = scene.told("meetings.nobody-there")
    assert [(sent.kind, sent.data["user"]) for sent in asked] == [("dm", FAY), ("dm", OLA)]


@pytest.mark.parametrize(
    "at",
    [
        STARTS - 15 * MINUTE,
        STARTS,
        STARTS + 3 * MINUTE,
        STARTS + 45 * MINUTE,
        ENDS,
        ENDS + 10 * MINUTE,
        ENDS + DAY,
    ],
)
@pytest.mark.parametrize("attended", [True, False])
async def test_every_timer_may_come_twice(scene: Scene, at: datetime, attended: bool) -> None:  # noqa: FBT001
    await scene.until(STARTS - 15 * MINUTE)
    if attended:
        await scene.facilitator_here()
    await scene.until(at)
    meeting = await scene.meeting()
    kinds = [kind for kind in scene.desk.handlers.timers if kind.startswith("meeting.")]
    due = {
        row["kind"]: row["due_at"]
        for row in await scene.desk.reads.all("SELECT kind, due_at FROM timer WHERE subject = :id", id=meeting.id)
    }
    before = list(scene.paper.sent)
    # Everything that has come once, and only that, comes again.
    gone = [
        kind
        for kind in kinds
        if kind not in due and kind not in {"meeting.access", "meeting.ask-all", "meeting.call-off", "meeting.overdue"}
    ]
    async with scene.desk.transaction() as work:
        for kind in gone:
            await work.set_timer(kind, meeting.id, work.now, meeting.server_id)
    await scene.tick.settle()
    assert [(sent.kind, sent.what) for sent in scene.paper.sent[len(before) :]] == []


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_the_outages_a_room_opens_with_a_facilitator_only_and_is_gone_in_the_end(
    scene: Scene, seed: int
) -> None:
    chance = random.Random(seed)
    facilitator_from = STARTS + chance.randint(-15, 20) * MINUTE
    pressed = False
    while scene.clock.now() < ENDS + 2 * DAY:
        step = timedelta(minutes=chance.choice((1, 2, 5, 13, 45, 200)))
        scene.paper.away = chance.random() < 0.2
        await (scene.wake if chance.random() < 0.3 else scene.until)(scene.clock.now() + step)
        meeting = await scene.meeting()
        assert meeting.state is not State.OPEN or meeting.facilitator_at is not None
        if not pressed and scene.clock.now() >= facilitator_from and meeting.state is State.LOBBY:
            await scene.facilitator_here()
            pressed = True
    scene.paper.away = False
    await scene.until(scene.clock.now() + timedelta(hours=2))
    rooms = {name: channel_id for name, channel_id in scene.paper.made.items() if name.startswith("room-")}
    for name, channel_id in rooms.items():
        room = await scene.meetings.room_of_channel(scene.desk.reads, channel_id)
        assert room is not None
        assert room.state == "deleted", name
    cards = Counter(sent.what for sent in scene.paper.sent if sent.kind == "post")
    assert set(cards.values()) <= {1}
    writes = [sent.data["write"] for sent in scene.told("channel.everyone")]
    assert writes in ([], [False], [True, False])
    assert not writes or not writes[-1]


async def test_who_comes_late_by_voice_is_told_quietly_what_was_said_at_the_opening(scene: Scene) -> None:
    await open_at(scene)
    join = scene.meetings.attendance.joined_voice
    await scene.until(STARTS + 4 * MINUTE)
    await join(SERVER, scene.channel(), BEN)
    await scene.until(STARTS + 20 * MINUTE)
    for user_id in (ANA, ANA, BEN, FAY):
        await join(SERVER, scene.channel(), user_id)
    await scene.tick.settle()
    (sent,) = scene.told("meetings.late")
    assert (sent.kind, sent.data["user"], sent.pings) == ("dm", ANA, ())
    assert "What's said here stays here" in sent.text
    assert "Writing in the room's chat is as welcome as speaking." in sent.text
    assert scene.group.name not in sent.text


async def test_who_allows_no_messages_gets_none_for_coming_late(scene: Scene) -> None:
    await open_at(scene)
    await scene.until(STARTS + 20 * MINUTE)
    await scene.meetings.attendance.joined_voice(SERVER, scene.channel(), BEN)
    await scene.tick.settle()
    assert not scene.told("meetings.late")
