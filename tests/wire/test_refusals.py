"""Discord says no to pages, news and side rooms: whoever must know is told, few calls are made, and it heals."""

import asyncio

import pytest

from bench.evening.cast import shown
from bench.evening.plot import HOUR, MINUTE, MODERATORS
from bench.evening.stage import says
from bench.wire.people import Person
from bench.wire.world import Json, Refusal
from peerbot.engine.texts import say
from tests.wire.refusing import (
    ALLOW,
    AUTOMOD,
    DELETE,
    EDIT,
    EITHER,
    FORGET,
    FORM,
    MAKE,
    NO_ACCESS,
    NO_CHANNEL_LEFT,
    NO_DM,
    WRITE,
    alone,
    owner,
    quiet,
    refusing,
    side_rooms,
    there,
)
from tests.wire.scene import Scene

# Pages, and news of a concern.


@pytest.mark.parametrize("code", [*EITHER, AUTOMOD])
async def test_a_page_refused_in_the_staff_channel_comes_by_message_and_owner_and_leads_hear_of_it(
    scene: Scene, code: int
) -> None:
    cast, ana = scene.cast, scene.cast.members[0]
    with refusing(scene, WRITE, code, cast.mo.sees(MODERATORS)["id"]) as tries:
        await scene.evening.ask(ana)
        await scene.evening.wait(10 * MINUTE)
        assert all(alone(person, "staff-page-press") for person in cast.team)
        for person in (owner(scene), cast.dana, cast.ed):
            assert len(alone(person, "staff-no-channel-do")) == 1
        assert 0 < tries.tried <= 8
    assert not there(cast.mo, MODERATORS, "staff-page-press")
    await scene.evening.ask(ana)
    assert there(cast.mo, MODERATORS, "staff-page-press")
    await quiet(scene)


async def test_where_everything_is_refused_who_asked_reads_at_once_that_nobody_was_reached(scene: Scene) -> None:
    ana = scene.cast.members[0]
    with refusing(scene, "/channels", NO_ACCESS) as tries:
        await scene.evening.ask(ana)
        await scene.evening.wait(10)
        assert says(scene.stage.shown[ana.id]["content"], "state-nobody")
        await scene.evening.wait(HOUR)
        assert tries.tried < 200
    await scene.evening.wait(15 * MINUTE)
    assert alone(scene.cast.mo, "staff-page-press")
    await quiet(scene)


@pytest.mark.parametrize("code", [NO_DM, 50278, AUTOMOD])
async def test_a_page_refused_by_message_is_in_the_staff_channel_and_the_first_line_has_its_time(
    scene: Scene, code: int
) -> None:
    cast, world = scene.cast, scene.wire.world
    with refusing(scene, WRITE, code, world.dm(cast.mo.id)["id"]) as tries:
        await scene.evening.ask(cast.members[0])
        await scene.evening.wait(4 * MINUTE)
        [page] = there(cast.mo, MODERATORS, "staff-page-press")
        assert cast.mo.mention in page["content"]
        assert not alone(cast.dana, "staff-page-press")
        assert tries.tried == 1
    await scene.evening.wait(HOUR)
    assert alone(cast.mo, "staff-page-press")
    await quiet(scene)


@pytest.mark.parametrize("code", [*EITHER, NO_CHANNEL_LEFT, FORM])
async def test_where_a_side_room_is_refused_the_team_hears_that_nothing_reaches_the_raiser_until_one_is_made(
    scene: Scene, code: int
) -> None:
    cast, ben = scene.cast, scene.cast.members[1]
    scene.wire.world.closed_to_bot.add(ben.id)
    with refusing(scene, MAKE, code) as tries:
        await scene.evening.ask(ben)
        await scene.evening.wait(5 * MINUTE)
        assert there(cast.mo, MODERATORS, "staff-unreachable")
        assert tries.tried == 2
        assert says(scene.stage.shown[ben.id]["content"], "receipt-way-none")
    await scene.evening.ask(ben)
    await scene.evening.wait(MINUTE)
    assert side_rooms(scene, ben)
    await quiet(scene)


@pytest.mark.parametrize("code", EITHER)
async def test_who_may_not_be_let_into_a_side_room_or_out_is_told_to_the_leads_and_seldom_tried(
    scene: Scene, code: int
) -> None:
    cast, ben = scene.cast, scene.cast.members[1]
    room = await _side_room(scene, ben)
    with refusing(scene, ALLOW, code, room["id"]) as tries:
        await scene.evening.close(1, (cast.mo, cast.dana))
        await scene.evening.wait(2 * HOUR)
        # Four people: the raiser, and three of the team. Each is tried quickly at first, then every five minutes.
        assert tries.tried <= 4 * 35
        for person in (cast.dana, cast.ed):
            assert len(alone(person, "staff-side-room-access")) == 1
    await scene.evening.wait(6 * MINUTE)
    with pytest.raises(Refusal):
        ben.writes(room, "I can still write")
    await quiet(scene)


@pytest.mark.parametrize("code", EITHER)
async def test_a_side_room_that_cannot_be_deleted_is_told_to_the_leads_after_an_hour(scene: Scene, code: int) -> None:
    cast = scene.cast
    room = await _side_room(scene, cast.members[1])
    await scene.evening.close(1, (cast.mo, cast.dana))
    with refusing(scene, DELETE, code, room["id"]) as tries:
        await scene.evening.wait(27 * HOUR)
        for person in (cast.dana, cast.ed):
            assert len(alone(person, "staff-side-room-stays")) == 1
        found = shown(await scene.stage.types(cast.amira, "doctor"))["content"]
        assert say("doctor-side-room-stays", rooms=1) in found
        assert 10 < tries.tried < 60
    await scene.evening.wait(6 * MINUTE)
    assert int(room["id"]) not in scene.wire.world.channels
    found = shown(await scene.stage.types(cast.amira, "doctor"))["content"]
    assert say("doctor-check-side-rooms") in found
    await quiet(scene)


async def test_a_side_room_that_got_another_name_is_told_and_goes_when_it_has_its_own_again(scene: Scene) -> None:
    cast = scene.cast
    room = await _side_room(scene, cast.members[1])
    name, room["name"] = room["name"], "not-ours"
    await scene.evening.close(1, (cast.mo, cast.dana))
    await scene.evening.wait(27 * HOUR)
    assert len(alone(cast.dana, "staff-side-room-stays")) == 1
    assert int(room["id"]) in scene.wire.world.channels
    room["name"] = name
    await scene.evening.wait(HOUR)
    assert int(room["id"]) not in scene.wire.world.channels
    await quiet(scene)


async def _side_room(scene: Scene, person: Person) -> Json:
    """Let somebody with closed messages ask for help and be looked after, and return the room that is made for it."""
    scene.wire.world.closed_to_bot.add(person.id)
    await scene.evening.ask(person)
    await scene.evening.wait(10)
    await scene.evening.take(scene.cast.mo)
    await scene.evening.look_after(scene.cast.mo, 1)
    [room] = side_rooms(scene, person)
    return room


# Messages that stand.


@pytest.mark.parametrize("code", EITHER)
async def test_a_name_that_may_not_be_taken_out_of_a_message_is_taken_out_some_day(scene: Scene, code: int) -> None:
    cast = scene.cast
    await scene.evening.ask(cast.members[0])
    await scene.evening.take(cast.ed)
    named = cast.dana.sees(MODERATORS)
    with refusing(scene, EDIT, code, named["id"]) as tries:
        scene.wire.world.ban(scene.server_id, cast.ed.id)
        async with asyncio.timeout(10):
            while not await scene.rows("SELECT 1 FROM timer WHERE kind = 'privacy.again'"):
                pass
        await scene.evening.wait(50 * HOUR)
        assert any(cast.ed.mention in each["content"] for each in cast.dana.reads(named))
        assert 0 < tries.tried < 30
    await scene.evening.wait(25 * HOUR)
    assert not any(cast.ed.mention in each["content"] for each in cast.dana.reads(named))
    await scene.evening.take(cast.mo)
    await scene.evening.look_after(cast.mo, 1)
    await scene.evening.close(1, (cast.mo, cast.dana))
    await scene.evening.wait(60 * HOUR)
    assert await scene.wrongs() == []


@pytest.mark.parametrize("code", EITHER)
async def test_who_may_not_be_put_out_of_a_staff_channel_is_told_to_owner_and_leads_and_put_out_some_day(
    scene: Scene, code: int
) -> None:
    cast = scene.cast
    place = cast.mo.sees(MODERATORS)
    with refusing(scene, FORGET, code, place["id"]) as tries:
        await scene.stage.types(cast.amira, "manage team remove", person=cast.mo.id, part="moderator")
        await scene.evening.wait(2 * HOUR)
        assert place in cast.mo.channels()
        for person in (owner(scene), cast.dana, cast.ed):
            [told] = alone(person, "staff-channel-access")
            assert cast.mo.mention not in told["content"]
        assert 3 <= tries.tried <= 35
    await scene.evening.wait(6 * MINUTE)
    assert place not in cast.mo.channels()
    await quiet(scene)
