"""What people type, press and fill in, through the real bot on SimCord."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import discord
import simcord

from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.signup.rules import Group
from peerbot.signup.service import NewGroup

CIRCLE = NewGroup("Tuesday Circle", "People who find evenings long", "text", "4", "English")
FORM = {"name": CIRCLE.name, "about": CIRCLE.about, "medium": "text", "places": ["4"], "language": "English"}
AGREED = {"agree": ["yes"]}


async def circle(world: World, boss: Person, *, members: int = 0) -> Group:
    """A group of four, with some seats taken by people nobody meets in the test."""
    group = await world.app.signup.create(Actor(boss.actor.id, world.guild.id, manages_server=True), CIRCLE)
    for user in range(1, members + 1):
        await joins(world, user, group)
    return group


async def joins(world: World, user: int, group: Group, *, may_remind: bool = False) -> None:
    await world.app.signup.joining.join(Actor(user, world.guild.id), group.id, agreed=True, may_remind=may_remind)


def labels(message: simcord.ResponseMessage | discord.Message) -> list[str]:
    shown = message.message if isinstance(message, simcord.ResponseMessage) else message
    rows: Iterable[discord.ActionRow] = (row for row in shown.components if isinstance(row, discord.ActionRow))
    return [item.label or "" for row in rows for item in row.children if isinstance(item, discord.Button)]


def answer(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    assert result.response is not None
    assert result.response.ephemeral
    return result.response


def filled_in(form: simcord.InteractionResult) -> dict[str, object]:
    """What a form shows before anything is typed, as a person's own Discord would send it back."""
    assert form.modal is not None
    shown: dict[str, object] = {}
    for part in (row["component"] for row in form.modal["components"] if "component" in row):
        chosen = [option["value"] for option in part.get("options", ()) if option.get("default")]
        if "options" not in part:
            shown[part["custom_id"]] = part.get("value", "")
        else:
            shown[part["custom_id"]] = chosen if "max_values" in part else chosen[0]
    return shown


async def test_a_group_is_made_by_a_form_and_given_facilitators(world: World, boss: Person) -> None:
    form = await boss.actor.slash(world.lounge, "manage group create")
    made = answer(await boss.actor.submit_modal(form, FORM))
    assert "**Tuesday Circle is made.** It has 4 places. Nothing public was posted." in made.content
    offered = await boss.actor.autocomplete(world.lounge, "manage facilitator add", "group", "tue")
    assert [choice["name"] for choice in offered] == ["Tuesday Circle"]
    for person, says in ((world.person("facilitator"), "now facilitates"), (world.person("lead"), "now facilitates")):
        added = await boss.actor.slash(
            world.lounge, "manage facilitator add", group=offered[0]["value"], person=person.actor
        )
        assert says in answer(added).content
    seen = answer(await world.person("lead").actor.slash(world.lounge, "group find"))
    assert "**You facilitate this group.**" in seen.content
    assert not [message for message in world.reads(boss, world.lounge) if not message.flags.ephemeral]
    assert not world.env.errors


async def test_a_form_that_cannot_be_taken_comes_back_with_what_was_typed(world: World, boss: Person) -> None:
    await circle(world, boss)
    form = await boss.actor.slash(world.lounge, "manage group create")
    refused = answer(await boss.actor.submit_modal(form, {**FORM, "about": "Night owls", "places": ["7"]}))
    assert refused.content.startswith("There is a group of this name already.")
    again = await boss.actor.click(refused, label="Try again")
    assert filled_in(again) == {**FORM, "about": "Night owls", "places": ["7"]}
    made = answer(await boss.actor.submit_modal(again, {**filled_in(again), "name": "Owls"}))
    assert made.content.startswith("**Owls is made.** It has 7 places.")


async def test_manage_is_shown_to_those_who_manage_the_server_and_gives_parts_in_the_team(
    world: World, boss: Person
) -> None:
    ana = world.add("ana", "Ana", "member").actor
    assert not [name for name in ana.available_commands(world.lounge) if name.startswith("manage")]
    for says in ("is now a moderator", "was a moderator already"):
        told = answer(await boss.actor.slash(world.lounge, "manage team add", person=ana, part="moderator"))
        assert says in told.content


async def test_a_member_finds_a_group_joins_it_and_leaves_it_in_one_private_message(world: World, boss: Person) -> None:
    await circle(world, boss)
    ana = world.add("ana", "Ana", "member").actor
    found = answer(await ana.slash(world.lounge, "group find"))
    assert "**Tuesday Circle** · English · by text" in found.content
    assert "4 places free" in found.content
    group_id = found.components[0]["components"][0]["options"][0]["value"]
    card = answer(await ana.select(found, [group_id]))
    assert labels(card) == ["Join", "All groups", "My groups", "Help now"]
    form = await ana.click(card, label="Join")
    assert form.modal is not None
    assert form.modal["title"] == "Join Tuesday Circle"
    joined = answer(await ana.submit_modal(form, AGREED))
    assert joined.content.startswith("**You have a seat in Tuesday Circle.**")
    left = answer(await ana.click(joined, label="Leave"))
    assert left.content.startswith("**You've left Tuesday Circle.**")
    assert found.id == card.id == joined.id == left.id
    assert not world.env.errors


async def test_a_form_outlives_a_restart(world: World, boss: Person) -> None:
    group = await circle(world, boss)
    ana = world.add("ana", "Ana", "member").actor
    card = answer(await ana.select(answer(await ana.slash(world.lounge, "group find")), [group.id]))
    form = await ana.click(card, label="Join")
    await world.restart()
    joined = answer(await ana.submit_modal(form, AGREED))
    assert joined.content.startswith("**You have a seat in Tuesday Circle.**")


async def test_what_the_list_was_narrowed_down_to_outlives_a_restart(world: World, boss: Person) -> None:
    admin = Actor(boss.actor.id, world.guild.id, manages_server=True)
    for name, medium in (("Owls", "text"), ("Larks", "voice")):
        await world.app.signup.create(admin, replace(CIRCLE, name=name, medium=medium))
    ana = world.add("ana", "Ana", "member").actor
    panel = answer(await ana.slash(world.lounge, "group find"))
    assert ("Owls" in panel.content, "Larks" in panel.content) == (True, True)
    await world.restart()
    narrowed = answer(await ana.select(panel, ["voice"], custom_id=panel.components[1]["components"][0]["custom_id"]))
    assert ("Owls" in narrowed.content, "Larks" in narrowed.content) == (False, True)
    assert "1 of 2 groups fit what you chose." in narrowed.content
    menu = narrowed.components[0]["components"][0]
    opened = answer(await ana.select(narrowed, [menu["options"][0]["value"]], custom_id=menu["custom_id"]))
    assert opened.content.startswith("**Larks**")
    assert answer(await ana.click(opened, label="All groups")).content == narrowed.content


async def test_an_offer_comes_as_a_message_and_is_taken_there(world: World, boss: Person) -> None:
    group = await circle(world, boss, members=4)
    ana = world.add("ana", "Ana", "member")
    card = answer(await ana.actor.select(answer(await ana.actor.slash(world.lounge, "group find")), [group.id]))
    assert "Full: nobody is waiting" in card.content
    form = await ana.actor.click(card, label="Join the waitlist")
    waiting = answer(await ana.actor.submit_modal(form, {**AGREED, "reminders": ["yes"]}))
    assert "You are number 1 on the waitlist." in waiting.content
    await world.app.signup.joining.leave(Actor(1, world.guild.id), group.id)
    await world.tick()
    (message,) = world.dms(ana)
    assert message.content.startswith("**A seat in Tuesday Circle is free and you're next.**")
    assert labels(message) == ["Yes please", "Not now, keep my place", "Leave the list", "Help now"]
    taken = await ana.actor.user.click(message, label="Yes please")
    assert taken.response.content.startswith("**You have a seat in Tuesday Circle.**")
    assert labels(taken.response) == ["Leave", "Help now"]
    again = await ana.actor.user.click(message, label="Yes please")
    assert again.response.content == taken.response.content
    assert ana.actor.id in await world.app.signup.members(world.app.desk.reads, group.id)
    assert not world.env.errors


async def test_an_offer_that_could_not_be_sent_is_in_mine_and_so_is_the_reason(world: World, boss: Person) -> None:
    group = await circle(world, boss, members=4)
    ana = world.add("ana", "Ana", "member")
    world.close_dms(ana)
    await joins(world, ana.actor.id, group, may_remind=True)
    await world.app.signup.joining.leave(Actor(1, world.guild.id), group.id)
    await world.pass_time(timedelta(minutes=10))
    assert not world.dms(ana)
    mine = answer(await ana.actor.slash(world.lounge, "group mine"))
    assert "**A seat is free and you're next.**" in mine.content
    assert "**Messages: Discord did not let me send you one.**" in mine.content
    assert labels(mine)[:3] == ["Yes please", "Not now, keep my place", "Leave the list"]
    passed = answer(await ana.actor.click(mine, label="Not now, keep my place"))
    assert passed.content.startswith("**That's fine.**")
    again = answer(await ana.actor.click(passed, label="My groups"))
    assert "Join" in labels(again)
    wanted = answer(await ana.actor.click(again, label="Try messages again"))
    assert "I may send you reminders and offers." in wanted.content


async def test_the_leave_command_offers_ones_own_groups_only(world: World, boss: Person) -> None:
    group = await circle(world, boss)
    ana, ben = (world.add(name, name.title(), "member").actor for name in ("ana", "ben"))
    await joins(world, ana.id, group)
    assert await ben.autocomplete(world.lounge, "group leave", "group", "") == []
    offered = await ana.autocomplete(world.lounge, "group leave", "group", "")
    assert [choice["value"] for choice in offered] == [group.id]
    left = answer(await ana.slash(world.lounge, "group leave", group=group.id))
    assert left.content.startswith("**You've left Tuesday Circle.**")
    not_his = answer(await ben.slash(world.lounge, "group leave", group=group.id))
    not_there = answer(await ben.slash(world.lounge, "group leave", group="ffffffff"))
    assert not_his.content == not_there.content


async def test_a_ban_ends_everything_at_once(world: World, boss: Person) -> None:
    group = await circle(world, boss, members=3)
    ana, ben = (world.add(name, name.title(), "member") for name in ("ana", "ben"))
    await joins(world, ana.actor.id, group)
    await joins(world, ben.actor.id, group)
    world.env.backend.apply_ban(world.guild.id, ana.actor.id, None)
    await world.env.settle()
    assert ana.actor.id not in await world.app.signup.members(world.app.desk.reads, group.id)
    mine = answer(await ben.actor.slash(world.lounge, "group mine"))
    assert "**A seat is free and you're next.**" in mine.content


async def test_joining_one_more_group_keeps_the_messages_somebody_wants_unless_they_say_so(
    world: World, boss: Person
) -> None:
    first = await circle(world, boss)
    admin = Actor(boss.actor.id, world.guild.id, manages_server=True)
    second = await world.app.signup.create(admin, replace(CIRCLE, name="Owls"))
    ana, ben = (world.add(name, name.title(), "member").actor for name in ("ana", "ben"))
    await joins(world, ana.id, first, may_remind=True)
    await joins(world, ben.id, first)
    signup, reads = world.app.signup, world.app.desk.reads
    for person, wanted in ((ana, ["yes"]), (ben, [])):
        form = await person.slash(world.lounge, "group join", group=second.id)
        assert filled_in(form) == {"agree": [], "reminders": wanted}
        await person.submit_modal(form, {**filled_in(form), **AGREED})
        assert await signup.may_remind(reads, world.guild.id, person.id) is bool(wanted)
    card = answer(await ana.select(answer(await ana.slash(world.lounge, "group find")), [second.id]))
    left = answer(await ana.click(card, label="Leave"))
    card = answer(await ana.select(answer(await ana.click(left, label="All groups")), [second.id]))
    form = await ana.click(card, label="Join")
    assert filled_in(form)["reminders"] == ["yes"]
    await ana.submit_modal(form, {**AGREED, "reminders": []})
    assert not await signup.may_remind(reads, world.guild.id, ana.id)
