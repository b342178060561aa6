"""Discord says no in rooms, and to what staff are told: it is told all the same, seldom tried, and heals."""

import pytest

from bench.evening.plot import BEGINS, HOUR, MINUTE
from bench.evening.stage import says
from bench.wire.faults import Fault, Mode, refused
from bench.wire.world import MOST_CHANNELS, MOST_IN_CATEGORY, Json, Refusal
from peerbot.engine.texts import say
from tests.wire.refusing import (
    ALLOW,
    AUTOMOD,
    DELETE,
    EITHER,
    FACILITATORS,
    FORGET,
    FORM,
    MAKE,
    NO_ACCESS,
    NO_CHANNEL_LEFT,
    NO_PERMISSION,
    TAKE_DOWN,
    WRITE,
    alone,
    quiet,
    refusing,
    there,
)
from tests.wire.scene import Scene

# Rooms of meetings.


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (NO_PERMISSION, "staff-meeting-refused-permission"),
        (NO_CHANNEL_LEFT, "staff-meeting-refused-full"),
        (FORM, "staff-meeting-refused-other"),
    ],
)
async def test_a_room_that_is_refused_is_told_to_the_coordinators_and_made_as_soon_as_it_may_be(
    scene: Scene, code: int, text: str
) -> None:
    cast = scene.cast
    with refusing(scene, MAKE, code) as tries:
        await scene.evening.until(BEGINS - 5 * MINUTE)
        [told] = there(cast.colin, FACILITATORS, text)
        assert cast.colin.mention in told["content"]
        assert 10 <= tries.tried <= 24
    await scene.evening.wait(MINUTE)
    await scene.evening.facilitate(cast.fay)
    await scene.evening.until(BEGINS)
    cast.members[0].writes(scene.evening.room(cast.members[0]), "Good evening")
    await quiet(scene)


async def test_a_room_that_may_have_been_made_is_looked_for_until_looking_is_allowed(scene: Scene) -> None:
    cast = scene.cast
    scene.wire.faults.add(Fault(Mode.RESET, MAKE, acted=True))
    with refusing(scene, "GET /guilds/{guild_id}/channels", NO_ACCESS) as tries:
        await scene.evening.until(BEGINS - 8 * MINUTE)
        assert 1 < tries.tried < 12
    await scene.evening.wait(5 * MINUTE)
    await scene.evening.facilitate(cast.fay)
    await quiet(scene)


async def test_a_room_that_finds_no_place_on_a_full_server_is_told_and_made_when_there_is_one(scene: Scene) -> None:
    cast, world = scene.cast, scene.wire.world
    there_now = len(world.servers[scene.server_id]["channels"])
    extra = [world.add_channel(scene.server_id, f"old-{each}") for each in range(MOST_CHANNELS - there_now)]
    await scene.evening.until(BEGINS - 10 * MINUTE)
    assert len(there(cast.colin, FACILITATORS, "staff-meeting-refused-full")) == 1
    world.delete_channel(int(extra[0]["id"]))
    await scene.evening.wait(MINUTE)
    await scene.evening.facilitate(cast.fay)
    for each in extra[1:]:
        world.delete_channel(int(each["id"]))
    await quiet(scene)


async def test_a_room_that_finds_no_place_in_a_full_category_goes_into_a_further_one(scene: Scene) -> None:
    cast, world = scene.cast, scene.wire.world
    rooms = next(each for each in world.channels_of(scene.server_id) if each["name"] == "Meeting rooms")
    inside = sum(each["parent_id"] == rooms["id"] for each in world.channels_of(scene.server_id))
    extra = [
        world.add_channel(scene.server_id, f"old-{each}", parent_id=int(rooms["id"]))
        for each in range(MOST_IN_CATEGORY - inside)
    ]
    await scene.evening.until(BEGINS - 10 * MINUTE)
    room = scene.evening.room(cast.fay)
    assert room["parent_id"] not in {None, rooms["id"]}
    assert not there(cast.colin, FACILITATORS, "staff-meeting-refused-full")
    for each in extra:
        world.delete_channel(int(each["id"]))
    await scene.open_until_quiet()
    assert [each for each in await scene.wrongs() if say("place-more-rooms", number=2) not in each] == []


async def test_what_discord_refuses_to_write_in_a_room_is_told_to_who_holds_it(scene: Scene) -> None:
    cast = scene.cast
    await scene.evening.until(BEGINS - 14 * MINUTE)
    await scene.evening.facilitate(cast.fay)
    room = scene.evening.room(cast.fay)
    with refusing(scene, WRITE, AUTOMOD, room["id"]) as tries:
        await scene.evening.until(BEGINS + 2 * HOUR)
        [told] = there(cast.fay, FACILITATORS, "staff-meeting-unsaid")
        assert cast.fay.mention in told["content"]
        assert cast.gus.mention in told["content"]
        assert tries.tried == 4
    await quiet(scene)


@pytest.mark.parametrize("code", EITHER)
async def test_a_lobby_card_that_is_refused_is_told_and_comes_as_soon_as_it_may(scene: Scene, code: int) -> None:
    cast, world = scene.cast, scene.wire.world

    def refuse(call: str, moment: str) -> None:
        if (call, moment) == (MAKE, "after"):
            scene.wire.faults.add(refused(WRITE, 403, code, place=max(world.servers[scene.server_id]["channels"])))

    scene.wire.faults.on_call = refuse
    await scene.evening.until(BEGINS - 10 * MINUTE)
    assert len(there(cast.colin, FACILITATORS, "staff-meeting-refused-permission")) == 1
    assert cast.fay.reads(scene.evening.room(cast.fay)) == []
    scene.wire.faults.clear()
    await scene.evening.wait(MINUTE)
    await scene.evening.facilitate(cast.fay)
    await quiet(scene)


@pytest.mark.parametrize("code", EITHER)
async def test_a_room_that_may_not_be_opened_is_told_at_once_and_opens_as_soon_as_it_may(
    scene: Scene, code: int
) -> None:
    cast, ana = scene.cast, scene.cast.members[0]
    await scene.evening.until(BEGINS - 14 * MINUTE)
    await scene.evening.facilitate(cast.fay)
    room = scene.evening.room(cast.fay)
    with refusing(scene, ALLOW, code, room["id"]) as tries:
        await scene.evening.until(BEGINS + 10 * MINUTE)
        [told] = there(cast.colin, FACILITATORS, "staff-meeting-access-open")
        assert cast.colin.mention in told["content"]
        assert cast.fay.mention in told["content"]
        assert 3 <= tries.tried <= 15
        with pytest.raises(Refusal):
            ana.writes(room, "Is anybody there?")
    await scene.evening.wait(5 * MINUTE)
    ana.writes(room, "Good evening")
    await quiet(scene)


@pytest.mark.parametrize("code", EITHER)
async def test_a_room_that_may_not_be_locked_is_told_and_locked_as_soon_as_it_may(scene: Scene, code: int) -> None:
    cast, ana = scene.cast, scene.cast.members[0]
    await scene.evening.until(BEGINS - 14 * MINUTE)
    await scene.evening.facilitate(cast.fay)
    await scene.evening.until(BEGINS + MINUTE)
    room = scene.evening.room(cast.fay)
    with refusing(scene, ALLOW, code, room["id"]) as tries:
        await scene.evening.until(BEGINS + 2 * HOUR)
        assert len(there(cast.colin, FACILITATORS, "staff-meeting-access-lock")) == 1
        assert tries.tried <= 15
        ana.writes(room, "One more thing")
    await scene.evening.wait(5 * MINUTE)
    with pytest.raises(Refusal):
        ana.writes(room, "And another")
    await quiet(scene)


@pytest.mark.parametrize("code", EITHER)
async def test_who_may_not_be_put_out_of_a_room_is_told_and_put_out_as_soon_as_it_may(scene: Scene, code: int) -> None:
    cast, cho = scene.cast, scene.cast.members[2]
    await scene.evening.until(BEGINS - 14 * MINUTE)
    await scene.evening.facilitate(cast.fay)
    await scene.evening.until(BEGINS + MINUTE)
    room = scene.evening.room(cho)
    with refusing(scene, FORGET, code, room["id"]) as tries:
        await scene.evening.leave(cho)
        await scene.evening.wait(30 * MINUTE)
        [told] = there(cast.colin, FACILITATORS, "staff-meeting-access-people")
        assert cho.mention not in told["content"]
        assert tries.tried <= 20
    await scene.evening.wait(5 * MINUTE)
    assert room not in cho.channels()
    await quiet(scene)


@pytest.mark.parametrize("code", EITHER)
async def test_a_room_that_cannot_be_deleted_is_told_after_an_hour_and_goes_as_soon_as_it_may(
    scene: Scene, code: int
) -> None:
    cast = scene.cast
    await scene.evening.until(BEGINS - 14 * MINUTE)
    await scene.evening.facilitate(cast.fay)
    room = scene.evening.room(cast.fay)
    with refusing(scene, DELETE, code, room["id"]) as tries:
        await scene.evening.until(BEGINS + 30 * HOUR)
        assert len(there(cast.colin, FACILITATORS, "staff-meeting-not-deleted")) == 1
        assert 10 < tries.tried < 80
    await scene.evening.wait(6 * MINUTE)
    assert int(room["id"]) not in scene.wire.world.channels
    await quiet(scene)


# What staff are told.


@pytest.mark.parametrize("code", [*EITHER, AUTOMOD])
async def test_what_the_facilitators_channel_refuses_comes_to_each_by_message(scene: Scene, code: int) -> None:
    cast = scene.cast
    with refusing(scene, WRITE, code, cast.fay.sees(FACILITATORS)["id"]) as tries:
        await scene.evening.until(BEGINS + 15 * MINUTE)
        for person in (cast.fay, cast.gus):
            assert len(alone(person, "staff-meeting-nobody-there")) == 1
        assert len(alone(cast.colin, "staff-meeting-called-off-staff")) == 1
        assert tries.tried <= 4
    await quiet(scene)


@pytest.mark.parametrize(
    ("code", "why"),
    [(NO_ACCESS, "can't see that channel"), (NO_PERMISSION, "lack a permission"), (AUTOMOD, "with code 200000")],
)
async def test_who_posts_the_panel_where_discord_refuses_it_is_told_why_and_may_post_it_later(
    scene: Scene, code: int, why: str
) -> None:
    cast = scene.cast
    lounge = cast.colin.sees("lounge")
    with refusing(scene, WRITE, code, lounge["id"]) as tries:
        asked = await scene.stage.types(cast.colin, "manage panel", lounge)
        await scene.stage.presses(cast.colin, asked.message, say("staff-panel-yes"))
        await scene.evening.wait(HOUR)
        [told] = [each for each in cast.colin.reads(cast.colin.sees(FACILITATORS)) if why in each["content"]]
        assert cast.colin.mention in told["content"]
        assert tries.tried == 1
    asked = await scene.stage.types(cast.colin, "manage panel", lounge)
    await scene.stage.presses(cast.colin, asked.message, say("staff-panel-yes"))
    assert says(cast.members[0].reads(lounge)[-1]["content"], "panel-text")
    await quiet(scene)


@pytest.mark.parametrize("code", EITHER)
async def test_a_message_that_may_not_be_taken_down_is_told_and_may_be_tried_again(scene: Scene, code: int) -> None:
    cast = scene.cast
    await scene.evening.until(BEGINS - 14 * MINUTE)
    await scene.evening.facilitate(cast.fay)
    await scene.evening.until(BEGINS + MINUTE)
    room = scene.evening.room(cast.fay)
    written = cast.members[0].writes(room, "something that hurts")
    with refusing(scene, TAKE_DOWN, code, room["id"]) as tries:
        await _take_down(scene, room, written)
        await scene.evening.wait(30 * MINUTE)
        [told] = there(cast.colin, FACILITATORS, "staff-meeting-not-hidden")
        assert str(code) in told["content"]
        assert tries.tried == 1
    await _take_down(scene, room, written)
    assert written not in cast.fay.reads(room)
    await quiet(scene)


async def _take_down(scene: Scene, room: Json, message: Json) -> None:
    asked = await scene.stage.types(scene.cast.fay, "facilitate hide", room, message=message["id"])
    await scene.stage.presses(scene.cast.fay, asked.message, say("staff-facilitate-hide-yes"))
