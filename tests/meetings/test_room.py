"""The room of one evening on the simulated Discord: who sees it, who may write, and what anybody else can learn."""

from datetime import UTC, datetime, timedelta

import discord
import pytest
from simcord.backend.errors import BackendError

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import ABOUT, GROUP, Cast, found
from peerbot.demo.driver import Person, Place
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import say

STARTS = datetime(2026, 12, 1, 19, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=90)
MINUTE = timedelta(minutes=1)
MISSING_PERMISSIONS = 50013
HERE = say("room-facilitator-here")


@pytest.fixture
async def cast(world: World) -> Cast:
    return await found(world, members=2)


def room_of(world: World, person: Person) -> Place:
    (room,) = world.rooms(person)
    return room


async def may_write(person: Person, room: Place) -> bool:
    try:
        await person.actor.send(room.handle, "hello")
    except BackendError as refused:
        if refused.code != MISSING_PERMISSIONS:
            raise
        return False
    return True


def learnt(world: World, person: Person) -> list[str]:
    """Everything a person can see of the group: names of channels and texts."""
    places = world.places(person)
    texts = [message.content for place in places for message in world.reads(person, place)]
    return [*(place.label for place in places), *texts]


async def test_members_look_before_the_opening_write_after_it_and_look_again_after_the_end(
    world: World, cast: Cast
) -> None:
    ana, fay = cast.members[0], cast.fay
    await world.until(STARTS - 16 * MINUTE)
    assert world.rooms(ana) == []
    await world.until(STARTS - 14 * MINUTE)
    room = room_of(world, ana)
    assert not await may_write(ana, room)
    assert await may_write(fay, room)

    await presses(world, fay, HERE, room)
    await world.until(STARTS - MINUTE)
    assert not await may_write(ana, room)
    await world.until(STARTS)
    assert await may_write(ana, room)

    await world.until(ENDS + 11 * MINUTE)
    assert not await may_write(ana, room)
    await world.until(ENDS + timedelta(hours=24, minutes=1))
    assert world.rooms(ana) == world.rooms(fay) == []


async def test_a_quiet_room_takes_ten_calls_to_discord(world: World, cast: Cast) -> None:
    await world.until(STARTS - 16 * MINUTE)
    begun = len(world.env.http_requests)
    await world.until(STARTS - 14 * MINUTE)
    room = room_of(world, cast.fay)
    await presses(world, cast.fay, HERE, room)
    await world.until(ENDS + timedelta(hours=24, minutes=1))
    calls = [(entry.method, entry.path) for entry in world.env.http_requests[begun:]]
    of_room = [
        call for call in calls if str(room.handle.id) in call[1] or call[1] == f"/guilds/{world.guild.id}/channels"
    ]
    assert len(of_room) == 10, of_room


async def test_outsiders_and_staff_of_nothing_learn_nothing_of_the_evening(world: World, cast: Cast) -> None:
    before = {person.key: learnt(world, person) for person in cast.outside}
    await world.until(STARTS - 14 * MINUTE)
    await presses(world, cast.fay, HERE, room_of(world, cast.fay))
    await world.until(ENDS + 12 * MINUTE)
    assert {person.key: learnt(world, person) for person in cast.outside} == before


async def test_only_the_room_and_private_answers_name_the_group(world: World, cast: Cast) -> None:
    await world.until(ENDS)
    ana = cast.members[0]
    for place in world.places(ana):
        if place.label.startswith("room-"):
            continue
        public = [m.content for m in world.reads(ana, place) if not m.flags.ephemeral and m.author.bot]
        assert not [text for text in public if GROUP in text or ABOUT in text]
    assert GROUP not in " ".join(place.label for place in world.places(ana))


async def test_the_opening_says_who_holds_it_pings_nobody_and_gives_the_numbers(world: World, cast: Cast) -> None:
    await world.until(STARTS - 14 * MINUTE)
    room = room_of(world, cast.fay)
    await presses(world, cast.fay, HERE, room)
    await world.until(STARTS)
    opening = world.reads(cast.members[0], room)[-1]
    for facilitator in cast.facilitators:
        assert facilitator.actor.mention in opening.content
    assert "999" in opening.content
    assert "findahelpline.com" in opening.content
    rows = [row for row in opening.components if isinstance(row, discord.ActionRow)]
    labels = [item.label for row in rows for item in row.children if isinstance(item, discord.Button)]
    assert labels == [say("help-now"), say("reminder-tell"), say("reminder-here")]


async def test_here_is_answered_privately(world: World, cast: Cast) -> None:
    ana, ben = cast.members[:2]
    await world.until(STARTS - 14 * MINUTE)
    room = room_of(world, ana)
    await presses(world, cast.fay, HERE, room)
    await world.until(STARTS)
    await presses(world, ana, say("reminder-here"), room)
    assert say("meeting-here") in [message.content for message in world.reads(ana, room)]
    assert say("meeting-here") not in [message.content for message in world.reads(ben, room)]
    (kept,) = await world.app.meetings.kept_about(world.app.desk.reads, ana.actor.id)
    assert kept.item == "kept-attendance"


async def test_a_member_who_presses_facilitator_here_opens_nothing(world: World, cast: Cast) -> None:
    ana = cast.members[0]
    await world.until(STARTS + MINUTE)
    room = room_of(world, ana)
    await presses(world, ana, HERE, room)
    assert not await may_write(ana, room)
    assert say("error-not-allowed") in [message.content for message in world.reads(ana, room)]


async def test_who_leaves_loses_the_room_at_once_and_who_joins_gets_it(world: World, cast: Cast) -> None:
    ana, eve = cast.members[0], cast.members[-1]
    await world.until(STARTS - 14 * MINUTE)
    joining = world.app.signup.joining
    (group,) = await world.app.signup.groups_of(world.app.desk.reads, world.guild.id, ana.actor.id)
    await joining.leave(Actor(ana.actor.id, world.guild.id), group.id)
    await joining.join(Actor(eve.actor.id, world.guild.id), group.id, agreed=True, may_remind=False)
    await world.tick()
    assert world.rooms(ana) == []
    assert len(world.rooms(eve)) == 1


async def test_in_the_middle_of_a_restart_nothing_comes_twice(world: World, cast: Cast) -> None:
    ana = cast.members[0]
    await world.until(STARTS - 14 * MINUTE)
    await presses(world, cast.fay, HERE, room_of(world, cast.fay))
    await world.restart()
    await world.until(STARTS + MINUTE)
    await world.restart()
    await world.until(STARTS + 2 * MINUTE)
    room = room_of(world, ana)
    posts = [message.content for message in world.reads(ana, room)]
    assert len(posts) == len(set(posts)) == 2
    assert await may_write(ana, room)


async def test_nobody_there_is_told_to_staff_and_kindly_to_members(world: World, cast: Cast) -> None:
    ana, gus = cast.members[0], cast.gus
    await world.until(STARTS + 4 * MINUTE)
    staff = world.place(gus, "peerbot-facilitators")
    assert staff is not None
    (asked,) = [m for m in world.reads(gus, staff) if say("staff-meeting-take-over") in str(m.components)]
    assert room_of(world, ana).label in asked.content
    assert GROUP not in asked.content
    await world.until(STARTS + 11 * MINUTE)
    off = world.reads(ana, room_of(world, ana))[-1]
    assert f"<t:{int((STARTS + timedelta(days=7)).timestamp())}:F>" in off.content


async def test_next_is_private_and_the_same_for_everybody_without_a_meeting(world: World, cast: Cast) -> None:
    answer = await types(world, cast.members[0], "meeting next")
    assert answer.response is not None
    assert answer.response.flags.ephemeral
    assert GROUP in answer.response.content
    assert "Europe/London" in answer.response.content
    nothing = [await types(world, person, "meeting next") for person in cast.outside]
    assert {answer.response.content for answer in nothing if answer.response} == {say("meeting-none")}


async def test_a_date_that_cannot_be_read_is_answered_with_all_that_was_typed(world: World, cast: Cast) -> None:
    (group,) = await world.app.signup.groups_of(world.app.desk.reads, world.guild.id, cast.members[0].actor.id)
    answer = await types(
        world, cast.colin, "manage series add", group=group.id, weekday="Tuesday", time="7:30", zone="Berlin"
    )
    assert answer.response is not None
    assert answer.response.flags.ephemeral
    assert "07:30 or 19:30" in answer.response.content
    assert "Berlin" in answer.response.content


async def test_groups_zones_and_weekdays_are_offered_while_a_coordinator_types(world: World, cast: Cast) -> None:
    async def offered(person: Person, option: str, typed: str) -> list[str]:
        choices = await person.actor.autocomplete(world.lounge, "manage series add", option, typed)
        return [choice["name"] for choice in choices]

    assert await offered(cast.colin, "group", "") == [GROUP]
    assert await offered(cast.colin, "weekday", "t") == ["Tuesday", "Thursday"]
    assert "Berlin, Germany (Europe/Berlin)" in await offered(cast.colin, "zone", "germ")
    assert len(await offered(cast.colin, "zone", "a")) == 25


async def test_the_agreement_and_its_limits_come_as_two_private_cards(world: World, cast: Cast) -> None:
    olu = cast.outside[-1]
    await types(world, olu, "agreement read")
    agreement, limits = [message for message in world.reads(olu, world.lounge) if message.author.bot][-2:]
    assert agreement.content.startswith("**What we promise each other**")
    assert limits.content.startswith("**What we can and can't keep private**")
    assert agreement.flags.ephemeral
    assert limits.flags.ephemeral
