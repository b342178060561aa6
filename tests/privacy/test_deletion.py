"""Whoever wants to be deleted is: at once, everywhere they say, and whatever they are to a group or a team."""

from datetime import timedelta

import pytest

from peerbot.demo.acts import closes, presses, types
from peerbot.demo.cast import Cast, found, join
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import say
from tests.escalation.everything_there import everything
from tests.privacy.traces import rows_about

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
HERE, EVERYWHERE = say("my-data-delete-press-here"), say("my-data-delete-press-everywhere")


async def newest(world: World, person: Person) -> str:
    return world.reads(person, world.lounge)[-1].content


async def deletes(world: World, person: Person, label: str = HERE) -> str:
    """Let a person ask to be deleted, and say yes; return what they read then."""
    await types(world, person, "my-data delete")
    await presses(world, person, label)
    return await newest(world, person)


async def meeting(world: World, members: int = 5) -> Cast:
    """Let the group's first meeting be on."""
    cast = await found(world, members=members)
    await world.until(world.now.replace(hour=19, minute=16))
    await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
    await world.until(world.now.replace(hour=19, minute=31))
    return cast


async def test_who_asks_is_told_what_goes_and_what_stays_and_nothing_goes_before_they_say_yes(world: World) -> None:
    cast = await found(world, members=1)
    (ana,) = cast.members[:1]
    before = await rows_about(world, ana)
    await types(world, ana, "my-data delete")
    asked = await newest(world, ana)
    assert say("my-data-delete-here", count=3) in asked
    assert say("my-data-delete-goes") in asked
    assert say("my-data-delete-traces") in asked
    assert say("my-data-delete-team") not in asked
    await presses(world, ana, say("my-data-delete-press-keep"))
    assert await newest(world, ana) == say("my-data-delete-kept")
    assert await rows_about(world, ana) == before


async def test_a_member_who_is_deleted_is_out_of_the_room_at_once_and_in_no_row_a_minute_later(world: World) -> None:
    cast = await meeting(world)
    ana = cast.members[0]
    await presses(world, ana, say("reminder-here"), world.rooms(ana)[0])
    assert say("my-data-deleted", count=4).splitlines()[0] in await deletes(world, ana)
    assert world.rooms(ana) == []
    assert len(world.rooms(cast.members[1])) == 1
    await world.pass_time(MINUTE)
    assert await rows_about(world, ana) == {}


async def test_the_seat_of_somebody_who_is_deleted_is_offered_to_the_next_in_line(world: World) -> None:
    cast = await found(world)
    await join(world, cast.finn)
    await deletes(world, cast.members[0])
    mine = await types(world, cast.finn, "group mine")
    assert mine.response is not None
    assert say("offer-yes") in str(mine.response.components)


async def test_an_open_concern_stays_and_goes_by_itself_when_the_team_has_closed_it(world: World) -> None:
    cast = await found(world, members=1)
    (ana,) = cast.members[:1]
    await types(world, ana, "help-now")
    await presses(world, ana, say("ask-now"))
    assert say("my-data-delete-concern", count=1) in await deletes(world, ana)
    await world.pass_time(MINUTE)
    assert set(await rows_about(world, ana)) <= {"concern", "intent", "timer"}
    concern = await world.app.desk.reads.one("SELECT raiser_id, state FROM concern")
    assert concern is not None
    assert concern["raiser_id"] == ana.actor.id
    news = len(world.dms(ana))
    for person in (cast.mo, cast.dana):
        await types(world, person, "escalation show", number=1)
        await closes(world, person)
    assert len(world.dms(ana)) > news, "they still hear what becomes of it"
    await world.pass_time(2 * DAY)
    assert await rows_about(world, ana) == {}


async def test_who_is_of_a_team_hands_on_what_they_have_and_only_the_act_stays(world: World) -> None:
    cast = await found(world, members=1)
    await types(world, cast.members[0], "help-now")
    await presses(world, cast.members[0], say("ask-now"))
    await types(world, cast.mo, "escalation show", number=1)
    await presses(world, cast.mo, say("staff-take"))
    concern = await world.app.desk.reads.one("SELECT taken_by FROM concern")
    assert concern is not None
    assert concern["taken_by"] == cast.mo.actor.id
    await types(world, cast.mo, "my-data delete")
    assert say("my-data-delete-team") in await newest(world, cast.mo)
    await presses(world, cast.mo, HERE)
    concern = await world.app.desk.reads.one("SELECT taken_by, state FROM concern")
    assert concern is not None
    assert (concern["taken_by"], concern["state"]) == (None, "open")
    await world.pass_time(11 * MINUTE)
    assert await rows_about(world, cast.mo) == {}
    acts = await world.app.desk.reads.all("SELECT by_id FROM concern_act WHERE act = 'taken'")
    assert [row["by_id"] for row in acts] == [0]


async def test_the_only_lead_is_told_to_name_another_first_and_nothing_changes(world: World) -> None:
    cast = await found(world, members=0)
    before = await rows_about(world, cast.dana)
    assert await deletes(world, cast.dana) == say("my-data-last-lead")
    assert await rows_about(world, cast.dana) == before
    await types(world, cast.amira, "manage team add", person=cast.ed.actor, part="lead")
    await deletes(world, cast.dana)
    await world.pass_time(11 * MINUTE)
    assert await rows_about(world, cast.dana) == {}


async def test_in_a_direct_message_everything_goes_in_all_servers(world: World) -> None:
    cast = await found(world, members=1)
    (ana,) = cast.members[:1]
    place = next(place for place in world.places(ana) if place.is_dm)
    await types(world, ana, "my-data delete", place)
    asked = world.dms(ana)[-1].content
    assert say("my-data-delete-elsewhere", count=3, servers=1) in asked
    await presses(world, ana, EVERYWHERE, place)
    await world.pass_time(MINUTE)
    assert await rows_about(world, ana) == {}


@pytest.mark.parametrize(
    "key", ["ana", "ben", "cho", "olu", "finn", "fay", "mo", "ed", "colin", "gus", "hal", "may", "nell"]
)
async def test_nothing_names_anybody_who_was_deleted_but_a_concern_that_is_open(world: World, key: str) -> None:
    there = await everything(world)
    person = world.person(key)
    about_open = await world.app.desk.reads.all("SELECT raiser_id, subject_id FROM concern WHERE state <> 'closed'")
    named = {person_id for row in about_open for person_id in row.values()}
    await world.app.privacy.delete(there.by(key), everywhere=True)
    await world.tick()
    await world.pass_time(12 * MINUTE)
    left = await rows_about(world, person)
    assert not world.env.errors
    assert set(left) <= ({"concern", "intent", "timer"} if person.actor.id in named else set()), left
