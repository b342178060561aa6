"""Whoever cannot see the channel they are paged in has not been paged there; and who sees it is known beforehand."""

from datetime import timedelta

from peerbot.engine.actor import Actor
from peerbot.escalation.rules import Level, State
from peerbot.escalation.ways import store as ways_store
from tests.escalation.discord_on_paper import FORBIDDEN
from tests.escalation.scene import CHO, DAY, DEPUTY, HOUR, LEAD, MINUTE, MO, OWNER, SERVER, TEAM, Scene

SECOND = timedelta(seconds=1)


async def staff_channel(scene: Scene, which: str = "moderators") -> int:
    server = await scene.servers.load(scene.desk.reads, SERVER)
    found = server.moderators_channel_id if which == "moderators" else server.facilitators_channel_id
    assert found is not None
    return found


async def seeing(scene: Scene) -> set[int]:
    return set(await ways_store.seen(scene.desk.reads, SERVER, await staff_channel(scene)))


async def test_who_can_be_asked_in_no_way_is_passed_over_at_once(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.blind |= {MO}
    scene.paper.closed |= {MO}
    concern = await scene.ask(CHO)
    assert {LEAD, DEPUTY} <= set().union(*(people for _, people in scene.paged(concern)))
    assert (await scene.now(concern)).alerted == 2


async def test_a_page_in_a_channel_somebody_cannot_see_is_counted_for_nobody(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.blind |= {MO}
    concern = await scene.ask(CHO)
    row = await scene.desk.reads.one("SELECT unseen FROM page WHERE way = 'channel'")
    assert row is not None
    assert row["unseen"] == f"[{MO}]"
    # Their direct message has arrived.
    assert (await scene.now(concern)).alerted == 1
    await scene.wait(4 * MINUTE)
    assert (await scene.now(concern)).step == 1


async def test_one_of_two_who_sees_it_is_enough_to_wait_for(scene: Scene) -> None:
    scene.paper.blind |= {LEAD}
    scene.paper.closed |= {LEAD, DEPUTY}
    concern = await scene.tell(CHO, None, Level.URGENT, "under_18")
    assert (await scene.now(concern)).alerted == 1
    await scene.wait(4 * MINUTE)
    assert (await scene.now(concern)).step == 1


async def test_while_discord_does_not_say_who_sees_it_nothing_changes(scene: Scene) -> None:
    await scene.duty(MO)
    before = await seeing(scene)
    scene.paper.silent = True
    scene.paper.blind |= {MO}
    concern = await scene.ask(CHO)
    assert (await scene.now(concern)).alerted == 1
    assert await seeing(scene) == before == set(TEAM)


async def test_the_page_leaves_before_anybody_asks_who_sees_it(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.ask(CHO)
    rows = await scene.desk.reads.all("SELECT kind FROM intent WHERE key LIKE 'concern:%:page:%' ORDER BY id")
    assert [row["kind"] for row in rows] == ["post", "dm", "sight.check"]


async def test_who_stays_unseen_and_takes_no_message_leaves_the_concern_unanswered_not_stuck(scene: Scene) -> None:
    scene.paper.blind |= {*TEAM}
    scene.paper.closed |= {*TEAM}
    concern = await scene.ask(CHO, Level.EMERGENCY)
    await scene.wait(MINUTE)
    now = await scene.now(concern)
    assert (now.state, now.alerted) == (State.UNANSWERED, 0)


async def test_who_sees_the_channel_is_known_when_the_team_is_there_and_when_it_changes(scene: Scene) -> None:
    assert await seeing(scene) == set(TEAM)
    await scene.servers.add_to_team(Actor(OWNER, SERVER, manages_server=True), CHO, "moderator")
    await scene.tick.settle()
    assert await seeing(scene) == {*TEAM, CHO}


async def test_it_is_looked_at_again_each_day(scene: Scene) -> None:
    scene.paper.blind |= {LEAD}
    await scene.wait(DAY + SECOND)
    assert await seeing(scene) == {*TEAM} - {LEAD}
    scene.paper.blind.clear()
    await scene.wait(DAY)
    assert await seeing(scene) == set(TEAM)


async def test_it_is_looked_at_when_a_shift_begins(scene: Scene) -> None:
    scene.paper.blind |= {MO}
    await scene.duty(MO, starts_in=HOUR)
    assert MO in await seeing(scene)
    await scene.wait(HOUR)
    assert MO not in await seeing(scene)


async def test_a_staff_channel_that_is_deleted_is_told_to_owner_and_leads_before_anybody_needs_it(
    scene: Scene,
) -> None:
    channel = await staff_channel(scene)
    scene.paper.channels.pop(channel)
    for _ in range(2):
        await scene.escalation.watch.channel_deleted(SERVER, channel)
        await scene.tick.settle()
    for user_id in (OWNER, LEAD, DEPUTY):
        (told,) = scene.paper.dms[user_id]
        assert "If somebody asks for help now, I can only send direct messages." in told.text
    assert MO not in scene.paper.dms


async def test_any_other_channel_that_is_deleted_is_nobodys_business(scene: Scene) -> None:
    await scene.escalation.watch.channel_deleted(SERVER, 1)
    await scene.escalation.watch.channel_deleted(SERVER + 1, 1)
    await scene.tick.settle()
    assert not scene.paper.dms


async def test_a_staff_channel_that_takes_no_message_is_told_once_a_day(scene: Scene) -> None:
    scene.paper.refusing[await staff_channel(scene)] = FORBIDDEN
    await scene.wait(3 * DAY + HOUR)
    assert len(scene.paper.dms[OWNER]) == 3
    scene.paper.refusing.clear()
    await scene.wait(2 * DAY)
    assert len(scene.paper.dms[OWNER]) == 3
