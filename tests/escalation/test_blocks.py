"""Blocks: a lead stops pages for one person's concerns about others, learns no name by it, and can lift it again."""

import asyncio

import pytest

from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import say
from peerbot.escalation.limits import cards as limit_cards
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.rules import Level
from tests.escalation.scene import ANA, BEN, CHO, DAY, DEPUTY, FAY, LEAD, MO, SERVER, Scene
from tests.escalation.test_limits import PEOPLE, a_block, pages_of, tell_many


async def test_a_block_holds_back_every_concern_about_others_until_it_is_lifted(scene: Scene) -> None:
    block = await a_block(scene)
    await scene.wait(3 * DAY)
    held = await scene.tell(CHO, PEOPLE[0])
    assert held.held is Held.BLOCKED
    assert say("state-held-blocked") in scene.told(CHO)[-1]
    joined = await scene.tell(CHO, PEOPLE[0], Level.CHECK_IN, note="again")
    assert (joined.id, joined.held, joined.note) == (held.id, Held.BLOCKED, "again")
    limits = scene.escalation.limits
    lifted = await limits.lift(Actor(DEPUTY, SERVER), block.id)
    assert lifted.block == block
    assert (await scene.tell(CHO, PEOPLE[1])).held is Held.NO
    assert await limits.blocks(Actor(LEAD, SERVER)) == []
    with pytest.raises(Late):
        await limits.lift(Actor(LEAD, SERVER), block.id)


async def test_what_was_paged_before_the_block_rises_no_more_but_to_an_emergency(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.tell(CHO, ANA, Level.CHECK_IN)
    await scene.escalation.limits.block(Actor(LEAD, SERVER), concern.id)
    pages = pages_of(scene, concern)
    assert (await scene.tell(CHO, ANA, Level.URGENT)).level is Level.CHECK_IN
    assert pages_of(scene, concern) == pages
    assert (await scene.tell(CHO, ANA, Level.EMERGENCY)).level is Level.EMERGENCY
    assert pages_of(scene, concern) > pages


async def test_a_block_names_nobody_and_is_kept_by_an_alias_that_cannot_be_read(scene: Scene) -> None:
    concern = await scene.tell(CHO, ANA, hide=True)
    limits = scene.escalation.limits
    await limits.propose(Actor(LEAD, SERVER), concern.id)
    block = await limits.block(Actor(LEAD, SERVER), concern.id)
    assert (block.number, block.concern_number) == (1, concern.number)
    shown = "".join(
        card.text
        for card in (
            limit_cards.ask_block_card(concern),
            limit_cards.blocked_card(block),
            limit_cards.blocks_card(await limits.blocks(Actor(LEAD, SERVER))),
            limit_cards.ask_lift_card(block),
        )
    )
    assert str(CHO) not in shown
    for table in ("alias_count", "alias_block"):
        rows = await scene.desk.reads.all(f"SELECT * FROM {table}")  # noqa: S608 - one of two names
        assert rows
        assert str(CHO) not in repr([list(row.values()) for row in rows])
    assert [row["act"] for row in await scene.desk.reads.all("SELECT act FROM staff_act ORDER BY id")][-1:] == [
        "concerns-blocked"
    ]


async def test_blocks_are_numbered_listed_by_since_and_concern_and_made_once(scene: Scene) -> None:
    one, two = await a_block(scene), await a_block(scene, BEN)
    assert [one.number, two.number] == [1, 2]
    limits = scene.escalation.limits
    text = limit_cards.blocks_card(await limits.blocks(Actor(LEAD, SERVER))).text
    for block in (one, two):
        assert f"Block {block.number}, since <t:{block.since.timestamp():.0f}:D>, from concern" in text
    again = await scene.tell(CHO, BEN)
    with pytest.raises(Late):
        await limits.block(Actor(DEPUTY, SERVER), again.id)
    assert await limits.count_for(Actor(MO, SERVER)) == 0
    assert await limits.count_for(Actor(DEPUTY, SERVER)) == 2


async def test_two_leads_who_block_at_once_make_one_block(scene: Scene) -> None:
    concern = await scene.tell(CHO, ANA)
    limits = scene.escalation.limits
    came = await asyncio.gather(
        *(limits.block(Actor(lead, SERVER), concern.id) for lead in (LEAD, DEPUTY)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in came) == ["Block", "Late"]
    assert await scene.count("alias_block") == 1


async def test_only_leads_block_and_nobody_from_what_is_about_them_or_about_its_raiser(scene: Scene) -> None:
    limits = scene.escalation.limits
    concern, own, about_deputy = await scene.tell(CHO, ANA), await scene.ask(BEN), await scene.tell(BEN, DEPUTY)
    for user, each in ((MO, concern), (CHO, concern), (FAY, concern), (DEPUTY, about_deputy)):
        with pytest.raises(NotFound):
            await limits.block(Actor(user, SERVER), each.id)
    with pytest.raises(Invalid):
        await limits.block(Actor(LEAD, SERVER), own.id)
    for user in (MO, CHO):
        with pytest.raises(NotAllowed):
            await limits.blocks(Actor(user, SERVER))
    await scene.close_by_two(concern)
    with pytest.raises(Late):
        await limits.block(Actor(LEAD, SERVER), concern.id)
    assert not await limits.offers_block(Actor(LEAD, SERVER), own)


# What is kept.


async def test_counters_go_after_a_day_and_a_block_when_it_is_lifted(scene: Scene) -> None:
    block = await a_block(scene)
    await tell_many(scene, 2)
    kept = await scene.escalation.kept_about(scene.desk.reads, CHO)
    about = {item.item: item for item in kept}
    assert about["kept-counted"].values == {"times": 3}
    assert about["kept-counted"].until == scene.clock.now() + DAY
    assert about["kept-block"].until is None
    assert all(say(item.item, **item.values) for item in kept)
    scene.clock.move(DAY)
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.escalation)
    assert [await scene.count(table) for table in ("alias_count", "lead_list", "alias_block")] == [0, 0, 1]
    await scene.escalation.limits.lift(Actor(LEAD, SERVER), block.id)
    assert await scene.count("alias_block") == 0
    assert {"kept-counted", "kept-block"}.isdisjoint(
        item.item for item in await scene.escalation.kept_about(scene.desk.reads, CHO)
    )


async def test_nobody_else_is_shown_what_is_counted_of_somebody(scene: Scene) -> None:
    await a_block(scene)
    for user in (ANA, BEN, MO):
        kept = {item.item for item in await scene.escalation.kept_about(scene.desk.reads, user)}
        assert kept.isdisjoint({"kept-counted", "kept-block"})


# As people meet it.


async def raises(world: World, raiser: Person, about: Person, *, hide: tuple[str, ...] = ()) -> None:
    form = await types(world, raiser, "concern", person=about.actor)
    await fills(world, raiser, form, {"level": "urgent", "category": ["conduct"], "note": "", "hide": list(hide)})


@pytest.fixture
async def cast(world: World) -> Cast:
    """A server with four members; Mo is on duty."""
    return await found(world, members=4)


async def test_the_fourth_is_answered_with_a_plain_sentence_and_the_crisis_card(world: World, cast: Cast) -> None:
    for about in (*cast.members[:3], cast.finn):
        await raises(world, cast.olu, about)
    receipt, card = [message.content for message in world.reads(cast.olu, world.lounge)[-2:]]
    assert say("state-held-often") in receipt
    assert card.startswith("**If you need someone right now**")
    assert "999" in card
    await presses(world, cast.olu, say("ask-danger"))
    row = await world.app.desk.reads.one("SELECT level, held FROM concern ORDER BY level DESC LIMIT 1")
    assert row is not None
    assert dict(row) == {"level": 3, "held": "no"}


async def test_a_lead_blocks_from_an_opened_concern_finds_the_block_in_the_list_and_lifts_it(
    world: World, cast: Cast
) -> None:
    await raises(world, cast.olu, cast.members[0], hide=("yes",))
    row = await world.app.desk.reads.one("SELECT number FROM concern")
    assert row is not None
    await types(world, cast.dana, "escalation show", number=row["number"])
    asked = await presses(world, cast.dana, say("limits-block"))
    assert asked.response is not None
    assert asked.response.content == say("limits-block-ask", number=row["number"])
    assert not await world.app.desk.reads.all("SELECT id FROM alias_block")
    done = await presses(world, cast.dana, say("limits-block-yes"))
    assert done.response is not None
    await raises(world, cast.olu, cast.members[1])
    assert say("state-held-blocked") in world.reads(cast.olu, world.lounge)[-2].content
    await types(world, cast.dana, "escalation list")
    listed = await presses(world, cast.dana, say("limits-blocks", count=1))
    assert listed.response is not None
    assert f"from concern {row['number']}" in listed.response.content
    assert str(cast.olu.actor.id) not in listed.response.content
    await presses(world, cast.dana, say("limits-lift", number=1))
    lifted = await presses(world, cast.dana, say("limits-lift-yes", number=1))
    assert lifted.response is not None
    assert say("limits-lifted", number=1) in lifted.response.content
    # Undo, and undo of the undo.
    again = await presses(world, cast.dana, say("staff-undo"))
    assert again.response is not None
    assert await world.app.desk.reads.all("SELECT id FROM alias_block")
    await presses(world, cast.dana, say("staff-undo"))
    assert not await world.app.desk.reads.all("SELECT id FROM alias_block")


async def test_a_moderator_is_offered_neither_the_block_nor_the_list_of_blocks(world: World, cast: Cast) -> None:
    await raises(world, cast.olu, cast.members[0])
    row = await world.app.desk.reads.one("SELECT number FROM concern")
    assert row is not None
    for command, options in (("escalation show", {"number": row["number"]}), ("escalation list", {})):
        shown = await types(world, cast.mo, command, **options)
        assert shown.response is not None
        shown_buttons = repr(shown.response.components)
        assert "concern." in shown_buttons or command.endswith("list")
        assert "limits." not in shown_buttons
