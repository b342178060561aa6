"""Cover: what is missing is told before a meeting, a choice at its door; without a facilitator nothing opens."""

from datetime import timedelta

import pytest
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from peerbot.demo.acts import presses
from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine import silence
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Late, NotAllowed, NotFound
from peerbot.engine.texts import person, say
from peerbot.meetings import rules
from peerbot.meetings.rules import State
from tests.leaving import leave
from tests.meetings.scene import ANA, BEN, CATEGORY, CLEO, COORDINATOR, FAY, MINUTE, OLA, SERVER, STAFF, STARTS, Scene
from tests.meetings.test_rules import meeting

GIL = 16
HOUR = timedelta(hours=1)
NEXT = STARTS + timedelta(days=7)


@pytest.fixture(autouse=True)
async def _weekly(scene: Scene) -> None:
    await scene.weekly()


async def second_facilitator(scene: Scene) -> None:
    await scene.signup.add_facilitator(Actor(COORDINATOR, SERVER), scene.group.id, GIL, is_bot=False)


@pytest.mark.parametrize(
    ("own", "away", "here", "stand_ins", "minutes", "counted"),
    [
        ((1, 2), (), (), (), -15, {1, 2}),
        ((1, 2), (2,), (), (), -15, {1}),
        ((1, 2), (2,), (2,), (), -15, {1}),
        ((1, 2), (), (), (), 3, set()),
        ((1, 2), (), (1, 7), (), 3, {1}),
        ((1, 2), (), (), (9,), 4, {9}),
    ],
)
def test_who_can_be_counted_on_to_hold_a_meeting(
    own: tuple[int, ...],
    away: tuple[int, ...],
    here: tuple[int, ...],
    stand_ins: tuple[int, ...],
    minutes: int,
    counted: set[int],
) -> None:
    now = STARTS + minutes * MINUTE
    assert rules.holding(meeting(), own=own, away=away, here=here, stand_ins=stand_ins, now=now) == counted


async def test_what_is_missing_is_told_once_at_each_check_by_date_and_without_the_group(scene: Scene) -> None:
    scene.around.reachable = False
    scene.around.missing[CATEGORY] = ("manage-roles",)
    async with scene.desk.transaction() as work:
        await work.all("UPDATE server SET category_id = :id", id=CATEGORY)
    await scene.until(NEXT - 5 * HOUR)
    told = [sent for sent in scene.told("meetings.cover") if sent.at > STARTS]
    assert [sent.at for sent in told] == [NEXT - 48 * HOUR, NEXT - 6 * HOUR]
    for sent in told:
        assert sent.data["channel"] == STAFF
        assert sent.pings == (COORDINATOR,)
        assert f"<t:{int(NEXT.timestamp())}:F>" in sent.text
        assert scene.group.name not in sent.text
        for text in ("staff-cover-facilitators", "staff-cover-second-line", "permission-manage-roles"):
            assert say(text) in sent.text


async def test_with_two_facilitators_a_line_and_every_permission_nothing_is_told_and_nothing_asked(
    scene: Scene,
) -> None:
    await second_facilitator(scene)
    await scene.until(STARTS - 10 * MINUTE)
    assert not scene.told("meetings.cover")
    here = await scene.meetings.facilitator_here(Actor(FAY, SERVER), (await scene.meeting()).id)
    assert here.facilitator_at is not None
    await scene.until(STARTS)
    assert say("room-reduced") not in scene.told("meetings.opening")[0].text


async def test_a_facilitator_who_will_not_come_is_not_counted(scene: Scene) -> None:
    await second_facilitator(scene)
    await scene.meetings.away.say(Actor(GIL, SERVER), (await scene.meeting()).id, away=True)
    await scene.until(STARTS - 5 * HOUR)
    assert say("staff-cover-facilitators") in scene.told("meetings.cover")[0].text


async def test_a_facilitator_to_whom_nothing_is_sent_is_not_counted_until_they_are_here(scene: Scene) -> None:
    await second_facilitator(scene)
    async with scene.desk.transaction() as work:
        await silence.keep(work, SERVER, GIL, work.now)
    await scene.until(STARTS - 5 * HOUR)
    told = scene.told("meetings.cover")[0].text
    assert say("staff-cover-facilitators") in told
    assert say("staff-cover-unsent") in told
    assert person(GIL) not in told
    await scene.until(STARTS - 10 * MINUTE)
    meets = (await scene.meeting()).id
    assert (await scene.meetings.facilitator_here(Actor(FAY, SERVER), meets)).facilitator_at is None
    assert await scene.meetings.lacks(await scene.meeting()) == ("facilitators",)
    await scene.meetings.facilitator_here(Actor(GIL, SERVER), meets)
    assert await scene.meetings.lacks(await scene.meeting()) == ()


async def test_where_staff_cannot_be_told_in_the_channel_coordinators_are_written_to(scene: Scene) -> None:
    await second_facilitator(scene)
    scene.around.missing[STAFF] = ("view-channel",)
    await scene.until(STARTS - 5 * HOUR)
    (told,) = scene.told("meetings.cover")
    assert (told.kind, told.data["user"]) == ("dm", COORDINATOR)
    assert say("staff-cover-mute", which=say("staff-channel-facilitators")) in told.text


async def test_a_moderators_channel_that_is_kept_from_the_bot_is_told_in_the_other_one(scene: Scene) -> None:
    await second_facilitator(scene)
    async with scene.desk.transaction() as work:
        await work.all("UPDATE server SET moderators_channel_id = 902")
    scene.around.missing[902] = ("view-channel",)
    await scene.until(STARTS - 5 * HOUR)
    (told,) = scene.told("meetings.cover")
    assert told.data["channel"] == STAFF
    assert say("staff-cover-mute", which=say("staff-channel-moderators")) in told.text


async def test_after_a_time_in_which_the_bot_was_down_only_the_last_check_is_told(scene: Scene) -> None:
    await scene.wake(NEXT - HOUR)
    assert len([sent for sent in scene.told("meetings.cover") if sent.at == NEXT - HOUR]) == 1


async def test_one_facilitator_opens_only_by_choosing_and_members_are_told(scene: Scene) -> None:
    await scene.until(STARTS - 10 * MINUTE)
    waits = await scene.meetings.facilitator_here(Actor(FAY, SERVER), (await scene.meeting()).id)
    assert waits.facilitator_at is None
    assert await scene.meetings.lacks(waits) == ("facilitators",)
    await scene.until(STARTS + MINUTE)
    assert not scene.told("channel.everyone")
    for _ in range(2):
        chosen = await scene.meetings.facilitator_here(Actor(FAY, SERVER), waits.id, reduced=True)
        assert (chosen.state, chosen.reduced) == (State.OPEN, True)
    await scene.tick.settle()
    (opening,) = scene.told("meetings.opening")
    assert say("room-reduced") in opening.text


async def test_without_a_second_line_even_two_facilitators_are_asked(scene: Scene) -> None:
    await second_facilitator(scene)
    scene.around.reachable = False
    await scene.until(STARTS - 10 * MINUTE)
    waits = await scene.meetings.facilitator_here(Actor(FAY, SERVER), (await scene.meeting()).id)
    assert waits.facilitator_at is None
    assert await scene.meetings.lacks(waits) == ("second-line",)


async def test_a_second_facilitator_who_comes_before_the_opening_makes_cover_full(scene: Scene) -> None:
    await second_facilitator(scene)
    meeting = await scene.meeting()
    await scene.meetings.away.say(Actor(GIL, SERVER), meeting.id, away=True)
    await scene.until(STARTS - 10 * MINUTE)
    assert (await scene.facilitator_here()).reduced
    assert not (await scene.facilitator_here(GIL)).reduced
    await scene.until(STARTS)
    assert say("room-reduced") not in scene.told("meetings.opening")[0].text


async def test_who_chooses_nothing_opens_nothing_and_it_is_called_off_as_ever(scene: Scene) -> None:
    await scene.until(STARTS - 10 * MINUTE)
    await scene.meetings.facilitator_here(Actor(FAY, SERVER), (await scene.meeting()).id)
    await scene.until(STARTS + 10 * MINUTE)
    assert len(scene.told("meetings.nobody-there")) == len(scene.told("meetings.called-off")) == 1


async def test_a_facilitator_calls_a_meeting_off_once_and_everybody_hears_kindly(scene: Scene) -> None:
    await scene.until(STARTS - 10 * MINUTE)
    meeting = await scene.meeting()
    await scene.meetings.away.say(Actor(BEN, SERVER), meeting.id, away=True)
    _, expected = await scene.meetings.propose_call_off(Actor(FAY, SERVER), meeting.id)
    assert expected == 1
    assert not scene.told("meetings.called-off")
    await scene.meetings.call_off(Actor(FAY, SERVER), meeting.id)
    with pytest.raises(Late):
        await scene.meetings.call_off(Actor(FAY, SERVER), meeting.id)
    with pytest.raises(Late):
        await scene.meetings.facilitator_here(Actor(FAY, SERVER), meeting.id, reduced=True)
    await scene.until(STARTS + 20 * MINUTE)
    (off,) = scene.told("meetings.called-off")
    assert f"<t:{int(NEXT.timestamp())}:F>" in off.text
    assert scene.told("meetings.called-off-by-choice")[0].pings == (COORDINATOR,)
    assert not scene.told("meetings.nobody-there")
    assert not scene.told("meetings.called-off-staff")
    group = await scene.signup.group_by_id(scene.desk.reads, scene.group.id)
    assert group.next_meeting_at == NEXT


async def test_only_its_facilitators_call_a_meeting_off_and_only_before_it_opens(scene: Scene) -> None:
    await scene.until(STARTS)
    meeting = await scene.meeting()
    for user, error in ((ANA, NotAllowed), (CLEO, NotFound), (OLA, NotFound)):
        for attempt in (scene.meetings.propose_call_off, scene.meetings.call_off):
            with pytest.raises(error):
                await attempt(Actor(user, SERVER), meeting.id)
    await scene.facilitator_here()
    with pytest.raises(Late) as late:
        await scene.meetings.call_off(Actor(FAY, SERVER), meeting.id)
    assert late.value.text == "meeting-open-already"


async def test_who_takes_over_alone_may_call_it_off_instead(scene: Scene) -> None:
    await scene.until(STARTS + 4 * MINUTE)
    meeting = await scene.meeting()
    taken = await scene.meetings.take_over(Actor(OLA, SERVER), meeting.id)
    assert taken.lacks == ("facilitators",)
    await scene.meetings.call_off(Actor(OLA, SERVER), meeting.id)
    await scene.tick.settle()
    assert len(scene.told("meetings.called-off")) == 1


async def test_on_discord_a_lone_facilitator_chooses_and_the_coordinator_hears_of_lost_permissions(
    world: World,
) -> None:
    cast = await found(world)
    starts = world.now.replace(hour=19, minute=30)
    (category,) = [one for one in world.env.backend.channels.values() if one.type == 4]
    ours = world.env.backend.bot_user.id
    deny = 1 << 4  # Manage Channels
    world.env.backend.set_overwrite(category.id, Overwrite(ours, OverwriteType.MEMBER, deny=deny))
    lead_and_deputy = await world.app.servers.team(world.app.desk.reads, world.guild.id, "lead", "deputy")
    for user_id in lead_and_deputy:
        await leave(world.app.desk, world.app.servers, world.guild.id, user_id)
    await world.until(starts - 6 * HOUR + MINUTE)
    staff = world.place(cast.colin, "peerbot-facilitators")
    assert staff is not None
    told = [m.content for m in world.reads(cast.colin, staff) if say("permission-manage-channels") in m.content]
    assert len(told) == 1
    assert say("staff-cover-second-line") in told[0]
    world.env.backend.set_overwrite(category.id, Overwrite(ours, OverwriteType.MEMBER))
    await world.until(starts - 14 * MINUTE)
    (room,) = world.rooms(cast.fay)
    asked = await presses(world, cast.fay, say("room-facilitator-here"), room)
    assert asked.response is not None
    assert say("meeting-lacks-second-line") in asked.response.content
    await presses(world, cast.fay, say("meeting-call-off"), room)
    await presses(world, cast.fay, say("meeting-open-reduced"), room)
    await world.until(starts)
    assert say("room-reduced") in world.reads(cast.members[0], room)[-1].content
