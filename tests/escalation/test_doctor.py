"""/doctor names what could stop the bot from keeping its word, and what to do: for each check the thing is broken."""

from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotAllowed
from peerbot.escalation.crisis import registry
from peerbot.escalation.doctor import Finding, Health
from peerbot.escalation.doctor_cards import doctor_card
from peerbot.escalation.ways import store as ways_store
from tests.escalation.discord_on_paper import FORBIDDEN
from tests.escalation.scene import CHO, DAY, DEPUTY, LEAD, MAY, MO, OWNER, SERVER, Scene

ADMIN = Actor(OWNER, SERVER, manages_server=True)


async def found(scene: Scene, check: str) -> list[Finding]:
    return [finding for finding in await scene.escalation.doctor.look(ADMIN) if finding.check == check]


async def shown(scene: Scene) -> str:
    return doctor_card(await scene.escalation.doctor.look(ADMIN)).text


async def channel(scene: Scene) -> int:
    server = await scene.servers.load(scene.desk.reads, SERVER)
    assert server.moderators_channel_id is not None
    return server.moderators_channel_id


async def test_a_staff_channel_that_is_gone_is_broken(scene: Scene) -> None:
    assert [finding.health for finding in await found(scene, "channels")] == [Health.WELL]
    scene.paper.channels.pop(await channel(scene))
    assert [finding.text for finding in await found(scene, "channels")] == ["doctor-channel-gone"]
    assert "**Broken: staff channels.** There is no moderators' channel." in await shown(scene)


async def test_a_staff_channel_in_which_the_bot_may_not_write_is_broken(scene: Scene) -> None:
    scene.paper.refusing[await channel(scene)] = FORBIDDEN
    assert [finding.text for finding in await found(scene, "channels")] == ["doctor-channel-mute"]


async def test_a_server_that_has_no_staff_channel_is_broken(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("UPDATE server SET moderators_channel_id = NULL, facilitators_channel_id = NULL")
    assert [finding.health for finding in await found(scene, "channels")] == [Health.BROKEN] * 2


async def test_whoever_no_way_is_known_to_reach_is_broken_and_one_unproven_way_is_looked_at(scene: Scene) -> None:
    assert {finding.health for finding in await found(scene, "team")} == {Health.WARNED}
    async with scene.desk.transaction() as work:
        for user_id in (LEAD, DEPUTY, MO, MAY):
            await ways_store.prove(work, SERVER, user_id, "channel", work.now)
    assert [finding.health for finding in await found(scene, "team")] == [Health.WELL]
    scene.clock.move(30 * DAY + timedelta(seconds=1))
    assert {finding.health for finding in await found(scene, "team")} == {Health.BROKEN}


async def test_numbers_are_warned_of_at_ninety_days_and_red_at_a_hundred_and_eighty(scene: Scene) -> None:
    services = registry()["GB"].services
    assert services
    for days, health in ((90, Health.WARNED), (180, Health.BROKEN)):
        # From the entry that was looked at last on: all of them are as old, or older.
        newest = max(service.last_verified for service in services)
        scene.clock.move(timedelta(days=days - (scene.clock.now().date() - newest).days))
        health_of = {finding.values["name"]: finding.health for finding in await found(scene, "crisis")}
        assert {health_of[service.name] for service in services if service.last_verified == newest} == {health}


async def test_alerts_for_people_on_no_team_are_counted_and_not_named(scene: Scene) -> None:
    scene.phones.ways = {MO: 1}
    assert [finding.health for finding in await found(scene, "alerts")] == [Health.WELL]
    scene.phones.ways = {MO: 1, CHO: 1}
    (finding,) = await found(scene, "alerts")
    assert (finding.health, finding.values) == (Health.WARNED, {"count": 1})
    assert str(CHO) not in await shown(scene)


async def test_what_is_broken_comes_first_and_everything_fits(scene: Scene) -> None:
    many = [Finding("alerts"), *[Finding("channels", Health.BROKEN, "doctor-channel-gone", {"which": "x" * 90})] * 40]
    text = doctor_card(many).text
    assert len(text) <= 2000
    assert text.splitlines()[1].startswith("**Broken")
    assert text.splitlines()[-1].startswith("And ")


async def test_only_lead_and_administrator_read_it(scene: Scene) -> None:
    assert await scene.escalation.doctor.look(Actor(LEAD, SERVER))
    for user_id in (MO, DEPUTY, CHO):
        with pytest.raises(NotAllowed):
            await scene.escalation.doctor.look(Actor(user_id, SERVER))
