"""A staff channel says nothing of a concern while the person it is about can read there, whatever lets them in."""

from datetime import timedelta
from typing import Any

import discord
import pytest

from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import say
from tests.escalation.discord_on_paper import pages_to

MODERATORS = "peerbot-moderators"
FORM: dict[str, Any] = {"level": "emergency", "category": ["conduct"], "note": "words", "hide": []}


@pytest.fixture
async def cast(world: World) -> Cast:
    """A server with a group; Mo is on duty."""
    return await found(world, members=2)


async def boss(world: World, why: str) -> Person:
    """Return somebody with no part in the bot who reads the moderators' channel: by their rights, or let in by hand."""
    person = world.add("boss", "Bo", "member", permissions=discord.Permissions(administrator=why == "administrator"))
    if why == "by hand":
        server = await world.app.servers.load(world.app.desk.reads, world.guild.id)
        assert server.moderators_channel_id is not None
        needed = str(discord.Permissions(view_channel=True, read_message_history=True).value)
        http = world.app.bot.http
        await http.edit_channel_permissions(server.moderators_channel_id, person.actor.id, needed, "0", 1)
    return person


def staff(world: World, person: Person) -> list[str]:
    """Return what one person reads in the moderators' channel."""
    place = world.place(person, MODERATORS)
    assert place is not None
    return [message.content for message in world.reads(person, place)]


async def tell(world: World, raiser: Person, subject: Person) -> None:
    form = await types(world, raiser, "concern", person=subject.actor)
    await fills(world, raiser, form, FORM)


@pytest.mark.parametrize("why", ["administrator", "by hand"])
async def test_whoever_reads_the_staff_channel_finds_nothing_there_of_what_is_about_them(
    world: World, cast: Cast, why: str
) -> None:
    subject = await boss(world, why)
    before = staff(world, subject)
    await tell(world, cast.olu, subject)
    # Everybody else hears of it at once, each by message.
    for person in (cast.mo, cast.dana, cast.ed):
        assert pages_to(world, person)
    row = await world.app.desk.reads.one("SELECT number FROM concern")
    assert row is not None
    await types(world, cast.mo, "escalation take", number=row["number"])
    await world.pass_time(timedelta(minutes=1))
    await types(world, cast.mo, "escalation show", number=row["number"])
    await presses(world, cast.mo, say("staff-close"))
    await world.pass_time(timedelta(minutes=30))
    assert staff(world, subject) == before
    # That they hear it by message does not mean that a channel is missing.
    told = [message.content for person in world.people for message in world.dms(person)]
    assert not [text for text in told if say("staff-no-channel-do") in text]
    assert say("staff-taken", number=row["number"], person=cast.mo.actor.mention) in [
        message.content for message in world.dms(cast.dana)
    ]


async def test_of_whom_nobody_can_say_what_they_read_the_page_is_posted_all_the_same(world: World, cast: Cast) -> None:
    subject = await boss(world, "administrator")
    world.env.inject_error("GET", f"/guilds/{world.guild.id}/members/{subject.actor.id}", status=500, times=None)
    before = staff(world, cast.mo)
    await tell(world, cast.olu, subject)
    assert len(staff(world, cast.mo)) > len(before)


async def test_about_somebody_who_does_not_read_there_the_channel_has_the_page(world: World, cast: Cast) -> None:
    before = staff(world, cast.mo)
    await tell(world, cast.olu, cast.members[0])
    assert len(staff(world, cast.mo)) > len(before)
