"""A practice meeting: a real room for the team alone, from its first to its last minute."""

from datetime import timedelta

import pytest

from peerbot.demo.acts import labels, presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed
from peerbot.engine.texts import say
from tests.meetings.scene import COORDINATOR, FAY, LEAD, MINUTE, OLA, SECOND, SERVER, Scene


@pytest.fixture
async def cast(world: World) -> Cast:
    return await found(world, members=1)


def admin(world: World, cast: Cast) -> Actor:
    return Actor(cast.amira.actor.id, world.guild.id, manages_server=True)


async def test_the_team_sees_a_room_open_close_and_go_and_nobody_else_does(world: World, cast: Cast) -> None:
    await types(world, cast.amira, "setup")
    practising = await world.app.meetings.practice.begin(admin(world, cast))
    await world.tick()
    team = (cast.amira, cast.colin, cast.dana, cast.ed, cast.mo, *cast.facilitators)
    rooms = {person.key: world.rooms(person) for person in team}
    assert {len(found) for found in rooms.values()} == {1}
    assert practising.people == len(team)
    for person in (*cast.members, *cast.outside):
        assert not world.rooms(person)
        shown = await types(world, person, "group find")
        assert shown.response is not None
        assert say("practice-group") not in shown.response.content
    (room,) = rooms["fay"]
    await presses(world, cast.fay, say("room-facilitator-here"), room)
    await world.until(practising.starts_at + MINUTE)
    assert say("help-now") in {label for message in world.reads(cast.mo, room) for label in labels(message)}
    await world.until(practising.ends_at + timedelta(hours=2, minutes=1))
    assert not world.rooms(cast.fay)
    await world.pass_time(timedelta(hours=3))
    row = await world.app.desk.reads.one("SELECT state FROM peer_group WHERE name = :name", name=say("practice-group"))
    assert row == {"state": "archived"}
    assert not world.env.errors


async def test_it_stands_in_for_nothing_a_member_may_find_and_is_one_at_a_time(scene: Scene) -> None:
    actor = Actor(COORDINATOR, SERVER)
    planned = await scene.meetings.practice.plan(actor)
    assert await scene.meetings.practice.begin(actor) == planned
    assert timedelta(minutes=4) < planned.starts_at - scene.clock.now() <= timedelta(minutes=5)
    with pytest.raises(Invalid):
        await scene.meetings.practice.begin(actor)
    group = await scene.desk.reads.one("SELECT id FROM peer_group WHERE name = :name", name=say("practice-group"))
    assert group is not None
    assert set(await scene.signup.facilitators(scene.desk.reads, group["id"])) == {FAY, OLA}
    assert set(await scene.signup.members(scene.desk.reads, group["id"])) == {LEAD, SECOND, COORDINATOR}


async def test_where_a_coordinator_confirms_each_seat_the_team_sits_down_at_once(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("UPDATE server SET confirms_seats = 1")
    assert (await scene.meetings.practice.begin(Actor(COORDINATOR, SERVER))).people == 5


async def test_in_the_hour_that_the_clocks_show_twice_it_still_starts_in_minutes(scene: Scene) -> None:
    scene.clock.move(scene.clock.now().replace(year=2027, month=10, day=31, hour=1, minute=10) - scene.clock.now())
    planned = await scene.meetings.practice.begin(Actor(COORDINATOR, SERVER))
    rows = await scene.desk.reads.all("SELECT starts_at FROM meeting ORDER BY id")
    assert int(planned.starts_at.timestamp()) in {row["starts_at"] for row in rows}


async def test_without_a_facilitator_nothing_is_begun(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("DELETE FROM team WHERE part = 'facilitator'")
    with pytest.raises(Invalid, match="practice-no-facilitator"):
        await scene.meetings.practice.begin(Actor(COORDINATOR, SERVER))
    assert len(await scene.desk.reads.all("SELECT id FROM peer_group")) == 1


async def test_members_and_facilitators_begin_none(scene: Scene) -> None:
    for user_id in (FAY, LEAD, 1):
        with pytest.raises(NotAllowed):
            await scene.meetings.practice.begin(Actor(user_id, SERVER))
