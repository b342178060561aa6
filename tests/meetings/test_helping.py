"""Who may help in a meeting is said in numbers; another facilitator is asked for, and one comes."""

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotAllowed, NotFound
from peerbot.meetings.facilitating.cards import helping_card
from peerbot.meetings.facilitating.holding import Where
from tests.meetings.scene import ANA, FAY, MINUTE, OLA, SERVER, STAFF, STARTS, Scene

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
