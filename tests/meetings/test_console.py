"""The console and /facilitate as used on Discord: what is pressed is what happens, and the room learns no names."""

import discord
import pytest

from peerbot.demo.acts import chooses, fills, presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person, Place
from peerbot.demo.world import World
from peerbot.engine.texts import say


@pytest.fixture
async def cast(world: World) -> Cast:
    """A group with five members; its room is open, and Fay has her console in it."""
    cast = await found(world)
    await world.until(world.now.replace(hour=19, minute=16))
    await presses(world, cast.fay, say("room-facilitator-here"), room(world, cast.fay))
    await world.until(world.now.replace(hour=19, minute=31))
    return cast


def room(world: World, person: Person) -> Place:
    return world.rooms(person)[0]


def public(world: World, person: Person) -> list[str]:
    return [m.content for m in world.reads(person, room(world, person)) if not m.flags.ephemeral]


def may_write(world: World, person: Person) -> bool:
    channel_id = room(world, person).handle.id
    return discord.Permissions(
        world.env.backend.compute_permissions(world.guild.id, person.actor.id, channel_id)
    ).send_messages


async def console(world: World, cast: Cast, *labels: str) -> None:
    """Fay opens her console and presses what is on it and on the answers, one after the other."""
    await presses(world, cast.fay, say("staff-facilitate-console"), room(world, cast.fay))
    for label in labels:
        await presses(world, cast.fay, label, room(world, cast.fay))


async def test_a_person_is_asked_out_from_the_console_and_let_back(world: World, cast: Cast) -> None:
    ana, before = cast.members[0], public(world, cast.fay)
    await console(world, cast)
    form = await presses(world, cast.fay, say("staff-facilitate-one"), room(world, cast.fay))
    await fills(world, cast.fay, form, {"who": [ana.actor], "what": "out"}, room(world, cast.fay))
    assert world.rooms(ana) == []
    assert world.dms(ana)[-1].content == say("meeting-limit-out")
    assert public(world, cast.fay) == before
    await world.restart()
    await presses(world, cast.fay, say("staff-facilitate-undo"), room(world, cast.fay))
    assert world.rooms(ana)


async def test_a_pause_and_a_reminder_from_the_console(world: World, cast: Cast) -> None:
    ana = cast.members[0]
    await console(world, cast, say("staff-facilitate-pause", minutes=5))
    assert not may_write(world, ana)
    await presses(world, cast.fay, say("staff-facilitate-go-on"), room(world, cast.fay))
    assert may_write(world, ana)
    assert public(world, cast.fay)[-1] == say("room-goes-on")
    await console(world, cast, say("staff-facilitate-remind"))
    asked = say("staff-facilitate-remind-which")
    menu = next(m for m in world.reads(cast.fay, room(world, cast.fay)) if m.content == asked)
    await chooses(world, cast.fay, menu, "agreement")
    assert public(world, cast.fay)[-2:] == [say("agreement-text"), say("limits-text")]


async def test_a_meeting_is_ended_after_a_question_that_names_numbers(world: World, cast: Cast) -> None:
    place = room(world, cast.fay)
    asked = await types(world, cast.fay, "facilitate close", place)
    assert asked.response is not None
    assert "0 of 5 members" in asked.response.content
    await presses(world, cast.fay, say("staff-facilitate-close-soon", at_once="yes"), place)
    assert [say("room-ended-now", next="none").splitlines()[0] in each for each in public(world, cast.fay)[-2:]] == [
        True,
        False,
    ]
    assert not may_write(world, cast.members[0])


async def test_the_bots_own_messages_stay_whether_chosen_by_menu_link_or_id(world: World, cast: Cast) -> None:
    place = room(world, cast.fay)
    ours = next(message for message in world.reads(cast.fay, place.handle) if message.author.bot)
    by_menu = await cast.fay.actor.context_menu(place.handle, say("cmd-facilitate-message"), ours)
    by_link = await types(world, cast.fay, "facilitate hide", place, message=ours.jump_url)
    by_id = await types(world, cast.fay, "facilitate hide", place, message=str(ours.id))
    for refused in (by_menu, by_link, by_id):
        assert refused.response is not None
        assert refused.response.content == say("staff-facilitate-hide-ours")
    written = await cast.members[1].actor.send(place.handle, "hello")
    for typed in (str(written.id), str(written.id + 1)):  # Somebody else's, and one that is not there.
        asked = await types(world, cast.fay, "facilitate hide", place, message=typed)
        assert asked.response is not None
        assert asked.response.content == say("staff-facilitate-hide-check")
    world.env.inject_error("GET", f"/channels/{place.handle.id}/messages/{ours.id}", status=503, code=0)
    asked = await types(world, cast.fay, "facilitate hide", place, message=str(ours.id))
    assert asked.response is not None
    assert asked.response.content == say("staff-facilitate-hide-check"), "what cannot be found out holds nobody up"


async def test_a_message_is_taken_down_by_its_menu_and_the_words_for_it_name_nobody(world: World, cast: Cast) -> None:
    ben, place = cast.members[1], room(world, cast.fay)
    written = await ben.actor.send(place.handle, "something that hurts")
    menu = say("cmd-facilitate-message")
    refused = await cast.members[0].actor.context_menu(place.handle, menu, written)
    assert refused.response is not None
    assert refused.response.content == say("error-not-allowed")
    await cast.fay.actor.context_menu(place.handle, menu, written)
    await world.tick()
    assert "something that hurts" in public(world, cast.fay)
    await presses(world, cast.fay, say("staff-facilitate-hide-yes"), place)
    assert "something that hurts" not in public(world, cast.fay)
    await presses(world, cast.fay, say("staff-facilitate-hide-say"), place)
    assert public(world, cast.fay)[-1] == say("room-hidden")


async def test_the_list_is_confirmed_with_who_was_seen_chosen_already(world: World, cast: Cast) -> None:
    ana, ben = cast.members[:2]
    await presses(world, ana, say("reminder-here"), room(world, ana))
    await world.until(world.now.replace(hour=20, minute=56))
    place = room(world, cast.fay)
    await presses(world, cast.fay, say("room-for-facilitators"), place)
    await presses(world, cast.fay, say("staff-facilitate-list"), place)
    form = await presses(world, cast.fay, say("staff-facilitate-list-change"), place)
    assert str(ana.actor.id) in repr(form.modal)
    await fills(world, cast.fay, form, {"who": [ana.actor, ben.actor]}, place)
    states = [row["state"] for row in await world.app.desk.reads.all("SELECT state FROM attendance ORDER BY state")]
    assert states == ["not_seen"] * 3 + ["present"] * 3
    shown = "".join(message.content for message in world.reads(cast.members[2], place))
    assert ana.actor.mention not in shown
