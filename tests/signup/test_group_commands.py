"""What coordinators type, press and fill in to change a group, through the real bot on SimCord."""

from datetime import timedelta

from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from tests.signup.test_commands import AGREED, FORM, answer, circle, filled_in, joins, labels


async def test_a_new_group_is_set_up_whole_from_the_card_that_follows_its_form(world: World, boss: Person) -> None:
    form = await boss.actor.slash(world.lounge, "manage group create")
    card = answer(await boss.actor.submit_modal(form, FORM))
    assert labels(card)[:3] == ["Name and words", "Kind and places", "Who is in it"]
    terms = await boss.actor.click(card, label="Kind and places")
    assert filled_in(terms) == {"kind": "open", "places": ["4"], "first": "", "last": ""}
    closed = {"kind": "closed", "places": ["8"], "first": "1/2", "last": "5 May 2027"}
    refused = answer(await boss.actor.submit_modal(terms, closed))
    assert refused.content.startswith("I can't read that day")
    again = await boss.actor.click(refused, label="Try again")
    assert filled_in(again) == closed
    done = answer(await boss.actor.submit_modal(again, {**closed, "first": "1 Feb 2027"}))
    assert done.content.startswith("**Tuesday Circle is changed.**"), "nobody is touched, so nobody is asked"
    assert "Cycle: 1 February 2027 to 5 May 2027." in done.content
    card = answer(await boss.actor.click(done, label="How it is set"))
    card = answer(await boss.actor.click(card, label="Make it private"))
    card = answer(await boss.actor.click(card, label="How it is set"))
    assert "nobody; people join with an invite code" in card.content
    assert "Tasters" not in card.content, "a closed group has none"
    words = await boss.actor.click(card, label="Name and words")
    kept = answer(await boss.actor.submit_modal(words, {**filled_in(words), "name": "Owls"}))
    assert "**Owls**" not in kept.content
    assert "Tuesday Circle · English" in kept.content
    assert "Owls · English" in kept.content
    assert not world.env.errors


async def test_what_touches_people_says_how_many_and_asks_and_a_second_press_changes_nothing(
    world: World, boss: Person
) -> None:
    group = await circle(world, boss, members=3)
    asked = answer(await boss.actor.slash(world.lounge, "manage group pause", group=group.id))
    assert "People with a seat: 3." in asked.content
    paused = answer(await boss.actor.click(asked, label="Yes, pause it"))
    assert paused.content.startswith("**Tuesday Circle is paused.**")
    resumed = answer(await boss.actor.click(paused, label="Undo"))
    assert resumed.content.startswith("**Tuesday Circle goes on.**")
    wrong = answer(await boss.actor.slash(world.lounge, "manage group archive", group=group.id, last_day="soon"))
    assert wrong.content.startswith("I can't read that day")
    asked = answer(await boss.actor.slash(world.lounge, "manage group archive", group=group.id))
    other = await boss.actor.click(asked, label="Another last day")
    asked = answer(await boss.actor.submit_modal(other, {"day": "24 December 2026"}))
    announced = answer(await boss.actor.click(asked, label="Yes, announce it"))
    assert announced.content.startswith("**Tuesday Circle ends after")
    ana = world.add("ana", "Ana", "member").actor
    there = answer(await ana.slash(world.lounge, "group join", group=group.id)).content
    assert there == answer(await ana.slash(world.lounge, "group join", group="ffffffff")).content
    stays = answer(await boss.actor.click(announced, label="Undo"))
    assert stays.content.startswith("**Tuesday Circle does not end.**")


async def test_an_ended_group_can_still_be_looked_at_but_not_changed(world: World, boss: Person) -> None:
    group = await circle(world, boss, members=1)
    day = (world.now + timedelta(days=1)).date().isoformat()
    asked = answer(await boss.actor.slash(world.lounge, "manage group archive", group=group.id, last_day=day))
    await boss.actor.click(asked, label="Yes, announce it")
    await world.pass_time(timedelta(days=3))
    offered = await boss.actor.autocomplete(world.lounge, "manage group pause", "group", "")
    assert not offered
    offered = await boss.actor.autocomplete(world.lounge, "manage group edit", "group", "")
    assert [choice["value"] for choice in offered] == [group.id]
    card = answer(await boss.actor.slash(world.lounge, "manage group edit", group=group.id))
    assert "**It has ended.** Its records are deleted" in card.content
    assert labels(card) == []
    late = answer(await boss.actor.slash(world.lounge, "manage group resume", group=group.id))
    assert late.content.startswith("This group has ended")


async def test_a_facilitator_sees_who_is_in_the_own_group_and_nobody_else_does(world: World, boss: Person) -> None:
    group = await circle(world, boss, members=2)
    admin = Actor(boss.actor.id, world.guild.id, manages_server=True)
    facilitator, ana = world.person("facilitator").actor, world.add("ana", "Ana", "member").actor
    await world.app.signup.add_facilitator(admin, group.id, facilitator.id, is_bot=False)
    await joins(world, ana.id, group)
    mine = answer(await facilitator.slash(world.lounge, "group mine"))
    roster = answer(await facilitator.click(mine, label="Who is in it"))
    assert all(mention in roster.content for mention in (ana.mention, "<@1>", "<@2>", facilitator.mention))
    by_command = answer(await boss.actor.slash(world.lounge, "manage group roster", group=group.id))
    assert by_command.content == roster.content
    assert "Who is in it" not in labels(answer(await ana.slash(world.lounge, "group mine")))


async def test_a_code_made_by_a_coordinator_leads_a_person_into_a_private_group(world: World, boss: Person) -> None:
    group = await circle(world, boss)
    await world.app.signup.groups.switch(
        Actor(boss.actor.id, world.guild.id, manages_server=True), group.id, "private", on=True, sure=True
    )
    codes = answer(await boss.actor.slash(world.lounge, "manage group invite", group=group.id))
    form = await boss.actor.click(codes, label="New code")
    fresh = answer(await boss.actor.submit_modal(form, {"uses": "2", "days": "14"}))
    code = fresh.content.split("`")[1]
    ana = world.add("ana", "Ana", "member").actor
    wrong = answer(await ana.slash(world.lounge, "group join", code="ABCD-EFGH"))
    assert wrong.content.startswith("This code does not lead anywhere now.")
    agreement = await ana.slash(world.lounge, "group join", code=code.lower())
    joined = answer(await ana.submit_modal(agreement, AGREED))
    assert joined.content.startswith("**You have a seat in Tuesday Circle.**")
    invite_id = (await world.app.desk.reads.all("SELECT id FROM invite"))[0]["id"]
    withdrawn = answer(await boss.actor.select(fresh, [invite_id]))
    assert "leads nowhere any more" in withdrawn.content
    back = answer(await boss.actor.click(withdrawn, label="Undo"))
    assert "for 1 more person" in back.content


async def test_who_holds_a_group_and_who_stands_by_is_changed_and_undone(world: World, boss: Person) -> None:
    group = await circle(world, boss)
    facilitator, ben = world.person("facilitator").actor, world.add("ben", "Ben", "member").actor
    admin = Actor(boss.actor.id, world.guild.id, manages_server=True)
    await world.app.signup.add_facilitator(admin, group.id, facilitator.id, is_bot=False)
    asked = answer(
        await boss.actor.slash(world.lounge, "manage facilitator remove", group=group.id, person=facilitator)
    )
    assert asked.content.startswith("**Nobody else facilitates Tuesday Circle.**")
    removed = answer(await boss.actor.click(asked, label="Yes, take them out"))
    assert "does not facilitate Tuesday Circle any more" in removed.content
    assert "now facilitates" in answer(await boss.actor.click(removed, label="Undo")).content
    added = answer(await boss.actor.slash(world.lounge, "manage facilitator backup", group=group.id, person=ben))
    assert ben.mention in added.content
    undone = answer(await boss.actor.click(added, label="Undo"))
    assert "is not asked any more" in undone.content
    listed = answer(await boss.actor.slash(world.lounge, "manage facilitator backup", group=group.id))
    assert "nobody yet" in listed.content
