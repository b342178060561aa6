"""The lasting panel: asked about first, posted once, and pressed by anybody at any time."""

import discord
import simcord

from peerbot.demo.driver import Person
from peerbot.demo.world import World
from tests.signup.test_commands import answer, circle, labels


def public(world: World, reader: Person) -> list[discord.Message]:
    """What everybody in the lounge reads."""
    return [message for message in world.reads(reader, world.lounge) if not message.flags.ephemeral]


async def asks(world: World, person: Person) -> simcord.ResponseMessage:
    return answer(await person.actor.slash(world.lounge, "manage panel"))


async def test_the_panel_is_asked_about_posted_once_and_leads_anybody_to_the_groups_after_a_restart(
    world: World, boss: Person
) -> None:
    group = await circle(world, boss, members=2)
    question = await asks(world, boss)
    asked = question.content
    assert asked.startswith("**Post this message in this channel?** Nothing is posted yet.")
    assert not public(world, boss)
    other = await asks(world, boss)
    assert answer(await boss.actor.click(question, label="Yes, post it")).content.startswith("**It will be here")
    told = answer(await boss.actor.click(other, label="Yes, post it"))  # A second press.
    await world.tick()
    ana = world.add("ana", "Ana", "member")
    (panel,) = public(world, ana)
    assert panel.content in asked
    assert group.name not in panel.content
    assert labels(panel) == ["See the groups", "Help now"]
    await world.restart()
    found = answer(await ana.actor.click(panel, label="See the groups"))
    assert "**Tuesday Circle** · English · by text" in found.content
    assert public(world, ana) == [panel]
    assert told.content.startswith("**This message is in this channel already.**")


async def test_a_second_panel_in_a_channel_is_noticed_and_posted_only_when_wanted(world: World, boss: Person) -> None:
    await boss.actor.click(await asks(world, boss), label="Yes, post it")
    await world.tick()
    (panel,) = public(world, boss)
    noticed = await asks(world, boss)
    assert panel.jump_url in noticed.content
    world.env.backend.delete_message(world.lounge.id, panel.id)
    await world.env.advance_time(1)
    assert answer(await boss.actor.click(noticed, label="Post it again")).content.startswith("**It will be here")
    await world.tick()
    assert len(public(world, boss)) == 1


async def test_a_channel_where_the_bot_may_not_write_is_said_by_name_before_anything_is_tried(
    world: World, boss: Person
) -> None:
    us = next(role for role in world.guild.roles.values() if role.name == world.env.backend.bot_user.name)
    quiet = world.guild.create_text_channel(
        "announcements", overwrites={us: discord.PermissionOverwrite(send_messages=False)}
    )
    refused = answer(await boss.actor.slash(quiet, "manage panel"))
    assert refused.content.startswith("**I can't post in this channel.** Nothing was posted.")
    assert refused.content.endswith("- **Send Messages**")
    assert labels(refused) == []


async def test_a_thread_needs_leave_to_write_in_threads_and_takes_a_panel_with_it(world: World, boss: Person) -> None:
    us = next(role for role in world.guild.roles.values() if role.name == world.env.backend.bot_user.name)
    for allowed, told in ((False, "**I can't post in this thread.**"), (True, "**Post this message")):
        parent = world.guild.create_text_channel(
            f"news-{allowed}",
            overwrites={us: discord.PermissionOverwrite(send_messages=not allowed, send_messages_in_threads=allowed)},
        )
        thread = simcord.ChannelHandle(
            world.env, world.guild, world.env.backend.create_thread(parent.id, "more", boss.actor.id)
        )
        await world.env.settle()
        spot = answer(await boss.actor.slash(thread, "manage panel"))
        assert spot.content.startswith(told)
        assert ("- **Send Messages in Threads**" in spot.content) is not allowed
    assert answer(await boss.actor.click(spot, label="Yes, post it")).content.startswith("**It will be here")
    await world.tick()
    assert [labels(message) for message in world.reads(boss, thread) if not message.flags.ephemeral] == [
        ["See the groups", "Help now"]
    ]


async def test_who_wanted_a_panel_hears_that_discord_refused_it(world: World, boss: Person) -> None:
    question = await asks(world, boss)
    posts = f"/channels/{world.lounge.id}/messages"
    world.env.inject_error("POST", posts, status=403, code=50013)
    await boss.actor.click(question, label="Yes, post it")
    await world.tick()
    await world.tick()
    assert not public(world, boss)
    (failed,) = [message.content for message in world.dms(boss) if "could not be posted" in message.content]
    assert f"<#{world.lounge.id}>" in failed
    assert "I lack a permission there." in failed
    assert (await asks(world, boss)).content.startswith("**Post this message"), "nothing is said to be here"
