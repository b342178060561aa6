"""Rooms find a category that takes them, and who has left the server loses their seat before the room is made."""

from datetime import timedelta

import pytest

from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.meetings import rooms_store
from peerbot.meetings.rules import category_with_room
from peerbot.meetings.series.recurrence import Rule
from peerbot.signup.service import NewGroup
from tests.meetings.scene import (
    ANA,
    BEN,
    CATEGORY,
    COORDINATOR,
    FAY,
    MINUTE,
    OLA,
    SERVER,
    STAFF,
    STARTS,
    WEEKLY,
    Scene,
)

COLIN = Actor(COORDINATOR, SERVER)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def _weekly(scene: Scene) -> None:
    await scene.weekly()
    async with scene.desk.transaction() as work:
        await work.all("UPDATE server SET category_id = :id", id=CATEGORY)


async def another_group(scene: Scene, rule: Rule = WEEKLY) -> str:
    group = await scene.signup.create(COLIN, NewGroup("Early birds", "People who wake early", "text", "6", "English"))
    await scene.signup.add_facilitator(COLIN, group.id, OLA, is_bot=False)
    await scene.meetings.planner.add(COLIN, group.id, rule)
    return group.id


def parents(scene: Scene) -> list[int | None]:
    """Into which categories rooms were made, in order; a category itself is left out."""
    made = [sent.place for sent in scene.told("place.make")]
    return [place.parent_id for place in made if place is not None and place.kind != "category"]


@pytest.mark.parametrize(
    ("left", "without", "category"),
    [
        ({1: 3, 2: 50}, (), 1),
        ({1: 0, 2: 50}, (), 2),
        ({1: -2, 2: 1}, (), 2),
        ({1: 3, 2: 50}, (1,), 2),
        ({1: 0, 2: 0}, (), None),
        ({1: 3}, (1,), None),
    ],
)
def test_a_room_goes_into_the_first_category_that_takes_it(
    left: dict[int, int], without: tuple[int, ...], category: int | None
) -> None:
    assert category_with_room(left, without) == category


async def test_rooms_made_at_one_moment_share_the_places_left_and_one_more_category_is_made_for_the_rest(
    scene: Scene,
) -> None:
    scene.around.left[CATEGORY] = 1
    await another_group(scene)
    await scene.until(STARTS - 10 * MINUTE)
    (more,) = await rooms_store.categories(scene.desk.reads, SERVER)
    assert parents(scene) == [CATEGORY, more]
    assert len(scene.told("meetings.lobby")) == 2
    assert not scene.told("meetings.refused-full")


async def test_an_empty_category_of_ours_is_left_and_used_again(scene: Scene) -> None:
    scene.around.left[CATEGORY] = 0
    await scene.until(STARTS + timedelta(days=7))
    (more,) = await rooms_store.categories(scene.desk.reads, SERVER)
    assert parents(scene) == [more, more]
    scene.around.left[CATEGORY] = 1
    await scene.until(STARTS + timedelta(days=14))
    assert parents(scene)[-1] == CATEGORY


async def test_a_category_that_refuses_a_room_though_it_looked_free_is_passed_over_once(scene: Scene) -> None:
    scene.paper.refused["meetings.room"] = 50035
    await scene.until(STARTS - 14 * MINUTE)
    # Refused in both: it is not for want of a place, so staff is told and no further category is made.
    assert len(await rooms_store.categories(scene.desk.reads, SERVER)) == 1
    assert len(scene.told("meetings.refused-other")) == 1
    scene.paper.refused.clear()
    await scene.until(STARTS - 12 * MINUTE)
    assert len(scene.told("meetings.lobby")) == 1


async def test_a_server_that_takes_no_more_channels_is_told_and_tried_each_minute(scene: Scene) -> None:
    scene.around.left[CATEGORY] = 0
    scene.paper.refused["meetings.category"] = 30013
    await scene.until(STARTS - 10 * MINUTE)
    assert len(scene.told("meetings.refused-full")) == 1
    scene.paper.refused.clear()
    await scene.until(STARTS - 8 * MINUTE)
    assert len(scene.told("meetings.lobby")) == 1


async def test_who_has_left_the_server_is_no_member_when_the_room_is_made_and_a_number_is_told(scene: Scene) -> None:
    scene.paper.gone = {BEN}
    await scene.until(STARTS - 14 * MINUTE)
    place = scene.told("meetings.room")[0].place
    assert place is not None
    assert set(place.people) == {ANA, FAY}
    (told,) = scene.told("meetings.gone")
    assert told.at == STARTS - 17 * MINUTE
    assert (told.data["channel"], told.pings) == (STAFF, (COORDINATOR,))
    assert told.text.startswith("1 person is no longer on this server")
    assert str(BEN) not in told.text
    assert scene.group.name not in told.text
    assert await scene.signup.members(scene.desk.reads, scene.group.id) == (ANA,)


async def test_who_left_the_server_since_they_took_their_seat_and_came_back_has_it_no_more(scene: Scene) -> None:
    joined = scene.clock.now()
    scene.paper.joined = {ANA: joined + HOUR, BEN: joined + 5 * MINUTE, FAY: joined + HOUR}
    await scene.until(STARTS - 14 * MINUTE)
    place = scene.told("meetings.room")[0].place
    assert place is not None
    assert set(place.people) == {BEN, FAY}, "clocks differ, and who holds a group was chosen by a coordinator"
    (told,) = scene.told("meetings.gone")
    assert told.text.startswith("1 person is no longer on this server, or left it and came back")
    (news,) = scene.told("signup.seat-over")
    assert news.data["user"] == ANA
    assert "because you left the server" in news.text


async def test_who_takes_a_seat_again_after_they_came_back_keeps_it(scene: Scene) -> None:
    await scene.until(STARTS - 2 * HOUR)
    scene.paper.joined = {ANA: scene.clock.now()}
    await scene.leave(ANA)
    await scene.join(ANA)
    await scene.until(STARTS - 14 * MINUTE)
    assert ANA in await scene.signup.members(scene.desk.reads, scene.group.id)
    assert not scene.told("meetings.gone")


async def test_everybody_who_has_left_is_told_in_one_number(scene: Scene) -> None:
    scene.paper.gone = {ANA, BEN, FAY}
    await scene.until(STARTS - 16 * MINUTE)
    (told,) = scene.told("meetings.gone")
    assert told.text.startswith("3 people are")


async def test_a_room_does_not_wait_for_the_answer_and_who_was_gone_is_put_out_then(scene: Scene) -> None:
    scene.paper.gone = {BEN}
    scene.paper.refused["members.check"] = 50001
    await scene.until(STARTS - 14 * MINUTE)
    place = scene.told("meetings.room")[0].place
    assert place is not None
    assert BEN in place.people
    assert not scene.told("meetings.gone")
    assert await scene.signup.members(scene.desk.reads, scene.group.id) == (ANA, BEN)


async def test_backups_are_asked_first_and_everybody_two_minutes_later(scene: Scene) -> None:
    backup = 17
    await scene.signup.facilitating.add_backup(COLIN, scene.group.id, backup)
    await scene.until(STARTS + 9 * MINUTE)
    asked = [(sent.at, set(sent.pings)) for sent in scene.told("meetings.nobody-there")]
    assert asked == [(STARTS + 3 * MINUTE, {backup}), (STARTS + 5 * MINUTE, {backup, FAY, OLA})]
    meeting = await scene.meeting()
    assert (await scene.meetings.take_over(Actor(backup, SERVER), meeting.id)).channel_id == scene.channel()
    await scene.until(STARTS + 10 * MINUTE)
    # Who took it over alone and chose nothing opened nothing.
    assert len(scene.told("meetings.called-off")) == 1


async def test_on_discord_a_full_category_is_followed_by_one_of_ours_and_leavers_get_no_overwrite(
    world: World,
) -> None:
    cast = await found(world)
    backend = world.env.backend
    (category,) = [one for one in backend.channels.values() if one.type == 4]
    for number in range(50 - sum(one.parent_id == category.id for one in backend.channels.values())):
        backend.create_channel(world.guild.id, f"filler-{number}", parent_id=category.id)
    await world.env.settle()
    ana = cast.members[0]
    backend.remove_member(world.guild.id, ana.actor.id)
    await world.until(world.now.replace(hour=19, minute=16))
    (room,) = [one for one in backend.channels.values() if str(one.name).startswith("room-")]
    assert room.parent_id != category.id
    parent = backend.channels[room.parent_id or 0]
    assert parent.name == say("place-more-rooms", number=2)
    assert ana.actor.id not in {overwrite.target_id for overwrite in room.overwrites}
    staff = world.place(cast.colin, "peerbot-facilitators")
    assert staff is not None
    assert [m for m in world.reads(cast.colin, staff) if m.content.startswith("1 person is no longer")]


async def test_on_discord_a_channel_kept_from_us_counts_as_one_we_may_not_view(world: World) -> None:
    cast = await found(world)
    staff = world.place(cast.colin, "peerbot-facilitators")
    assert staff is not None
    guild = world.app.meetings.around.guild
    assert "view-channel" not in guild.missing_permissions(world.guild.id, staff.handle.id)
    world.env.backend.channels[staff.handle.id].name = "___hidden___"
    world.env.backend.announce_channel_update(staff.handle.id)
    await world.env.settle()
    assert guild.missing_permissions(world.guild.id, staff.handle.id) == ("view-channel",)
    assert guild.missing_permissions(world.guild.id, None) == ()
    assert guild.places_left(world.guild.id, 999) == 0
    assert guild.places_left(999, 999) == 50
