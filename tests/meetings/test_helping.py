"""Who may help in a meeting is said in numbers; another facilitator is asked for, and one comes."""

from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotAllowed, NotFound
from peerbot.engine.places import May
from peerbot.meetings.facilitating.cards import helping_card
from peerbot.meetings.facilitating.holding import Where
from peerbot.signup.measures.rules import Kind
from tests.meetings.scene import ANA, COORDINATOR, FAY, LEAD, MINUTE, OLA, SERVER, STAFF, STARTS, Scene

HELD = Actor(FAY, SERVER)
OTHER = 16


async def opened(scene: Scene) -> Where:
    await scene.weekly()
    await scene.servers.add_to_team(Actor(1, SERVER, manages_server=True), OTHER, "facilitator")
    await scene.until(STARTS - MINUTE)
    await scene.facilitator_here()
    await scene.until(STARTS + MINUTE)
    scene.paper.sent.clear()
    return Where(scene.channel())


async def test_another_facilitator_is_asked_for_once_and_the_first_who_says_yes_comes(scene: Scene) -> None:
    where, helpers = await opened(scene), scene.meetings.helpers
    for _ in range(2):
        await helpers.ask(HELD, where)
    await scene.tick.settle()
    (asked,) = scene.told("meetings.helper-wanted")
    assert asked.data["channel"] == STAFF
    assert set(asked.pings) == {OLA, OTHER}
    assert scene.group.name not in asked.text
    meeting = await scene.meeting()
    assert await helpers.come(Actor(OLA, SERVER), meeting.id) == scene.channel()
    assert await helpers.come(Actor(OLA, SERVER), meeting.id) == scene.channel()
    assert await helpers.come(Actor(OTHER, SERVER), meeting.id) is None
    assert OLA in await scene.meetings.facilitators(scene.desk.reads, meeting)
    await scene.tick.settle()
    assert [sent.data["user"] for sent in scene.told("channel.person")] == [OLA]
    found = await helpers.helping(HELD, where)
    assert (found.others, found.there, found.asked, found.second_line) == (1, 0, False, True)
    assert str(OLA) not in helping_card(found).text


async def test_who_facilitates_nothing_here_cannot_come(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.helpers.ask(HELD, where)
    for meeting_id in ((await scene.meeting()).id, "00000000"):
        with pytest.raises(NotAllowed):
            await scene.meetings.helpers.come(Actor(ANA, SERVER), meeting_id)


async def test_before_anybody_is_asked_to_come_a_meeting_is_none_to_other_facilitators(scene: Scene) -> None:
    await opened(scene)
    later = await scene.desk.reads.all("SELECT id FROM meeting ORDER BY starts_at DESC LIMIT 1")
    for meeting_id in ((await scene.meeting()).id, later[0]["id"], "00000000"):
        with pytest.raises(NotFound):
            await scene.meetings.helpers.come(Actor(OLA, SERVER), meeting_id)


@pytest.mark.parametrize("kind", ["pause", "end"])
async def test_who_is_kept_out_of_a_group_by_two_people_holds_no_meeting_of_it_that_they_took_over(
    scene: Scene, kind: Kind
) -> None:
    await scene.join(OLA)
    await scene.weekly()
    await scene.until(STARTS + 4 * MINUTE)
    meeting = await scene.meeting()
    assert (await scene.meetings.take_over(Actor(OLA, SERVER), meeting.id)).channel_id == scene.channel()
    await scene.facilitator_here(OLA)
    await scene.until(STARTS + 5 * MINUTE)
    assert await scene.room_state() == "open"
    await scene.meetings.here(Actor(ANA, SERVER), meeting.id)
    scene.paper.sent.clear()
    days = 7 if kind == "pause" else 0
    for user in (OLA, ANA):
        measure = await scene.signup.measures.propose(Actor(COORDINATOR, SERVER), scene.group.id, user, kind, days)
        await scene.signup.measures.confirm(Actor(LEAD, SERVER), measure.id)
        await scene.tick.settle()
        assert scene.told("channel.person")[-1].data["user"] == user
        assert scene.told("channel.person")[-1].may is May.NOTHING
        assert len(scene.told("meetings.nobody-holds")) == 1, "a member who goes is nobody who held the room"
    assert await scene.meetings.facilitators(scene.desk.reads, meeting) == (FAY,)
    assert OLA not in scene.told("meetings.nobody-holds")[0].pings
    with pytest.raises(NotAllowed):
        await scene.meetings.helpers.come(Actor(OLA, SERVER), meeting.id)
    await scene.until(STARTS + timedelta(days=7, minutes=6))
    assert OLA not in await scene.meetings.facilitators(scene.desk.reads, meeting), "a pause that ends gives none back"
