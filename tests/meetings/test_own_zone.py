"""A coordinator types their zone once: it is offered first the next time, shown to them, and forgotten with them."""

from dataclasses import replace

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.meetings.series import cards as series_cards
from peerbot.meetings.series import zone_store
from peerbot.meetings.series.proposal import Asked
from tests.leaving import leave
from tests.meetings.scene import COORDINATOR, FAY, LEAD, SERVER, STARTS, WEEKLY, Scene

COLIN = Actor(COORDINATOR, SERVER)
ADMIN = Actor(1, SERVER, manages_server=True)
BERLIN = replace(WEEKLY, zone="Europe/Berlin")


async def proposed(scene: Scene, actor: Actor = COLIN, zone: str = "") -> tuple[str, str]:
    asked = Asked(scene.group.id, "Tuesday", "7pm", zone)
    found = await scene.meetings.planner.propose(actor, asked)
    why = series_cards.proposal_card(found).text.splitlines()[2]
    return found.rule.zone, why


async def kept(scene: Scene, user: int = COORDINATOR) -> list[object]:
    found = await scene.meetings.kept_about(scene.desk.reads, user)
    return [one.values["zone"] for one in found if one.item == "kept-zone"]


async def test_the_zone_is_the_one_written_else_ones_own_of_last_time_else_the_servers_and_it_is_said(
    scene: Scene,
) -> None:
    assert await proposed(scene) == ("Europe/London", say("staff-series-zone", because="server", zone="Europe/London"))
    assert await proposed(scene, zone="Berlin") == (
        "Europe/Berlin",
        say("staff-series-zone", because="typed", zone="Europe/Berlin"),
    )
    assert await kept(scene) == []  # Nothing is kept before it is confirmed.
    await scene.weekly(BERLIN)
    assert await proposed(scene) == ("Europe/Berlin", say("staff-series-zone", because="yours", zone="Europe/Berlin"))
    assert (await proposed(scene, ADMIN))[0] == "Europe/London"
    assert (await proposed(scene, zone="Calcutta"))[0] == "Asia/Kolkata"


async def test_the_latest_choice_counts_and_the_servers_own_zone_is_not_kept_for_those_who_have_none(
    scene: Scene,
) -> None:
    await scene.weekly()
    assert await kept(scene) == []
    await scene.weekly(BERLIN)
    assert await kept(scene) == ["Europe/Berlin"]
    await scene.weekly()
    assert await kept(scene) == ["Europe/London"]
    assert await kept(scene, LEAD) == []


async def test_ones_own_zone_and_the_servers_are_offered_first(scene: Scene) -> None:
    async def offered(actor: Actor, typed: str) -> list[str]:
        return [one.name for one in await scene.meetings.planner.zones(actor, typed)]

    await scene.weekly(BERLIN)
    assert await offered(COLIN, "") == ["Europe/Berlin", "Europe/London"]
    assert (await offered(COLIN, "europe"))[:2] == ["Europe/Berlin", "Europe/London"]
    assert await offered(COLIN, "tokyo") == ["Asia/Tokyo"]
    assert await offered(ADMIN, "") == ["Europe/London"]
    assert await offered(Actor(999, SERVER), "") == []


async def test_a_zone_goes_with_the_person(scene: Scene) -> None:
    await scene.weekly(BERLIN)
    await leave(scene.desk, scene.meetings, SERVER, COORDINATOR)
    assert await kept(scene) == []


async def test_a_zone_goes_when_it_is_seen_that_the_person_has_left_the_server(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await zone_store.save(work, SERVER, FAY, "Europe/Berlin")
    await scene.weekly()
    scene.paper.gone = {FAY}
    await scene.until(STARTS)
    assert await kept(scene, FAY) == []


async def test_a_coordinator_finds_their_zone_in_what_is_kept_about_them(world: World) -> None:
    cast = await found(world)
    row = await world.app.desk.reads.one("SELECT id FROM peer_group")
    assert row is not None
    options = {"group": row["id"], "weekday": "Friday", "time": "noon", "zone": "Berlin"}
    await types(world, cast.colin, "manage series add", **options)
    await presses(world, cast.colin, say("staff-series-confirm"))
    offered = await cast.colin.actor.autocomplete(world.lounge, "manage series add", "zone", "")
    assert offered[0]["value"] == "Europe/Berlin"
    shown = await types(world, cast.colin, "my-data show")
    assert shown.response is not None
    assert say("kept-zone", zone="Europe/Berlin") in shown.response.content
