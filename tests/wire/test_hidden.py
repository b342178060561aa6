"""A channel of ours is kept from the bot for a while: that is said, never taken for a deletion, and heals."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from bench.evening.plot import BEGINS, HOUR, MINUTE, MODERATORS
from bench.wire.world import VIEW, Json
from tests.wire.refusing import FACILITATORS, alone, owner, quiet, side_rooms, there
from tests.wire.scene import Scene


@asynccontextmanager
async def hidden(scene: Scene, channel: Json) -> AsyncGenerator[None]:
    """Take a channel from the bot's sight, and give it back."""
    before, bot = channel["permission_overwrites"], scene.wire.world.bot["id"]
    others = [each for each in before if each["id"] != bot]
    await _set(scene, channel, [*others, {"id": bot, "type": 1, "allow": "0", "deny": str(VIEW)}])
    yield
    await _set(scene, channel, before)


async def _set(scene: Scene, channel: Json, overwrites: list[Json]) -> None:
    heard = asyncio.ensure_future(scene.app.bot.wait_for("guild_channel_update"))
    await asyncio.sleep(0)
    channel["permission_overwrites"] = overwrites
    scene.wire.world.emit("CHANNEL_UPDATE", channel)
    await heard


async def again(scene: Scene) -> None:
    """Start the bot anew: now its server arrives with channels that have no name."""
    before = scene.evening
    await scene.stop()
    await scene.start()
    scene.evening.decoys, scene.evening.raisers = before.decoys, before.raisers


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_room_hidden_before_it_opens_is_told_opens_when_it_is_seen_again_and_goes_in_time(
    scene: Scene, *, restarts: bool
) -> None:
    cast, ana = scene.cast, scene.cast.members[0]
    await scene.evening.until(BEGINS - 14 * MINUTE)
    await scene.evening.facilitate(cast.fay)
    room = scene.evening.room(cast.fay)
    async with hidden(scene, room):
        if restarts:
            await again(scene)
        await scene.evening.until(BEGINS + 5 * MINUTE)
        for text in ("staff-meeting-access-open",):
            [told] = there(cast.colin, FACILITATORS, text)
            assert cast.colin.mention in told["content"]
        await scene.evening.ask(ana)
        assert alone(cast.mo, "staff-page-press")
    await scene.evening.wait(5 * MINUTE)
    ana.writes(room, "Good evening")
    assert len([each for each in scene.wire.world.made if each.get("name") == room["name"]]) <= 1
    await quiet(scene)


async def test_a_room_hidden_until_after_its_time_is_told_and_deleted_when_it_is_seen_again(scene: Scene) -> None:
    cast = scene.cast
    await scene.evening.until(BEGINS - 14 * MINUTE)
    await scene.evening.facilitate(cast.fay)
    await scene.evening.until(BEGINS + MINUTE)
    room = scene.evening.room(cast.fay)
    async with hidden(scene, room):
        await scene.evening.until(BEGINS + 28 * HOUR)
        for text in ("staff-meeting-unsaid", "staff-meeting-access-lock", "staff-meeting-not-deleted"):
            assert len(there(cast.colin, FACILITATORS, text)) == 1
        assert int(room["id"]) in scene.wire.world.channels
    await scene.evening.wait(6 * MINUTE)
    assert int(room["id"]) not in scene.wire.world.channels
    await quiet(scene)


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_hidden_staff_channel_is_told_to_owner_and_leads_and_pages_come_by_message(
    scene: Scene, *, restarts: bool
) -> None:
    cast, ana = scene.cast, scene.cast.members[0]
    place = cast.mo.sees(MODERATORS)
    before = len(cast.mo.reads(place))
    async with hidden(scene, place):
        if restarts:
            await again(scene)
        await scene.evening.ask(ana)
        await scene.evening.wait(10 * MINUTE)
        assert all(alone(person, "staff-page-press") for person in cast.team)
        for person in (owner(scene), cast.dana, cast.ed):
            assert alone(person, "staff-no-channel-do")
        assert len(cast.mo.reads(place)) == before
        await scene.evening.take(cast.dana)
        assert len([each for each in scene.wire.world.made if each.get("name") == MODERATORS]) <= 1
    await scene.evening.look_after(cast.dana, 1)
    await scene.evening.ask(scene.cast.members[1])
    assert there(cast.mo, MODERATORS, "staff-page-press")
    await quiet(scene)


async def test_a_hidden_side_room_is_no_way_to_the_raiser_until_it_is_seen_again_and_is_deleted_then(
    scene: Scene,
) -> None:
    cast, ben = scene.cast, scene.cast.members[1]
    scene.wire.world.closed_to_bot.add(ben.id)
    await scene.evening.ask(ben)
    await scene.evening.wait(10)
    [room] = side_rooms(scene, ben)
    async with hidden(scene, room):
        await scene.evening.take(cast.mo)
        await scene.evening.look_after(cast.mo, 1)
        assert there(cast.mo, MODERATORS, "staff-unreachable")
        await scene.evening.close(1, (cast.mo, cast.dana))
        await scene.evening.wait(26 * HOUR)
        assert len(alone(cast.dana, "staff-side-room-access")) == 1
        assert len(alone(cast.dana, "staff-side-room-stays")) == 1
    await scene.evening.wait(6 * MINUTE)
    assert int(room["id"]) not in scene.wire.world.channels
    await quiet(scene)
