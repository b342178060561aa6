"""/doctor names what could stop the bot from keeping its word, and what to do: for each check the thing is broken."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from peerbot.engine.actor import Actor
from peerbot.engine.findings import Finding, Health
from peerbot.engine.texts import moment
from peerbot.escalation.crisis import registry
from peerbot.escalation.ways import store as ways_store
from peerbot.ops.doctor_cards import doctor_card
from peerbot.servers.checks import ServerChecks
from tests.escalation.discord_on_paper import FORBIDDEN
from tests.escalation.scene import CHO, DAY, DEPUTY, LEAD, MAY, MO, SERVER, Scene


class FullRights:
    """The ports `GuildView` and `CommandsSeen` where the bot may do everything and all commands are seen."""

    async def unseen(
        self, server_id: int, wanted: Mapping[int, Collection[str]]
    ) -> Mapping[int, tuple[str, ...]] | None:
        return {}

    def missing_permissions(self, server_id: int, channel_id: int | None) -> tuple[str, ...]:
        return ()

    def places_left(self, server_id: int, category_id: int) -> int:
        return 50


async def look(scene: Scene) -> list[Finding]:
    server = await scene.servers.load(scene.desk.reads, SERVER)
    checks = (*scene.escalation.checks.all(), *ServerChecks(scene.desk, scene.paper, FullRights(), FullRights()).all())
    return [finding for check in checks for finding in await check(server)]


async def found(scene: Scene, check: str) -> list[Finding]:
    return [finding for finding in await look(scene) if finding.check == check]


async def shown(scene: Scene) -> str:
    return doctor_card(await look(scene)).text


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


async def test_hours_of_the_week_with_nobody_on_duty_are_summed_up(scene: Scene) -> None:
    (finding,) = await found(scene, "duty")
    assert (finding.health, finding.values["hours"]) == (Health.WARNED, 7 * 24)
    for day in range(5):
        await scene.duty(MO, starts_in=day * DAY)
    (finding,) = await found(scene, "duty")
    assert finding.values == {"hours": 2 * 24, "first": moment(scene.clock.now() + 5 * DAY)}
    for day in (5, 6):
        await scene.duty(MAY, starts_in=day * DAY)
    assert [each.health for each in await found(scene, "duty")] == [Health.WELL]


async def test_a_practice_is_asked_for_before_the_first_and_every_three_months(scene: Scene) -> None:
    assert [each.text for each in await found(scene, "practice")] == ["doctor-never-practised"]
    await scene.escalation.drilling.start(Actor(LEAD, SERVER))
    began = scene.clock.now()
    assert [each.health for each in await found(scene, "practice")] == [Health.WELL]
    scene.clock.move(90 * DAY)
    assert [each.health for each in await found(scene, "practice")] == [Health.WELL]
    scene.clock.move(timedelta(seconds=1))
    (finding,) = await found(scene, "practice")
    assert (finding.text, finding.values) == ("doctor-practised-long-ago", {"last": moment(began, "D")})
