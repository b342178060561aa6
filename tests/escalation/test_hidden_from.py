"""The person a concern is about cannot find out that there is one: not by any command, list, number or channel."""

from datetime import timedelta
from itertools import product

import discord
import pytest
import simcord

from peerbot.demo.acts import fills, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotFound
from peerbot.engine.retention import forget_due
from peerbot.escalation.raising.rules import About, Pressed
from peerbot.escalation.rules import Level
from tests.escalation.scene import ANA, CHO, DAY, DEPUTY, HOUR, LEAD, MAY, MO, OWNER, SERVER, Scene

COMMANDS = (
    "help-now",
    "oncall now",
    "escalation list",
    "my-data show",
    "group mine",
    "group find",
    "meeting next",
    "drill report",
    "manage server",
    "manage team list",
)
"""What shows anything of the team, its concerns or oneself."""


async def walk(world: World, person: Person, numbers: tuple[int, ...]) -> dict[str, str]:
    """Return every answer one person gets, and every message they can read."""
    seen: dict[str, str] = {}
    asked = [(command, command, {}) for command in COMMANDS]
    for act, (place, number) in product(("show", "take"), enumerate(numbers)):
        asked.append((f"{act} {place}", f"escalation {act}", {"number": number}))
    for name, command, options in asked:
        try:
            answer = await types(world, person, command, **options)
        except simcord.SetupError:
            continue  # Discord itself does not show them this command.
        assert answer.response is not None, command
        seen[name] = repr((answer.response.content, answer.response.components))
    for place in world.places(person):
        if place.label != "lounge":  # Their own answers stand there.
            seen[place.label] = repr([message.content for message in world.reads(person, place)])
    return seen


@pytest.fixture
async def cast(world: World) -> Cast:
    """A server with a group; Mo is on duty."""
    return await found(world, members=2)


@pytest.mark.parametrize("who", ["mo", "dana", "ed", "fay", "colin", "ana"])
async def test_before_and_after_every_answer_is_the_same_byte_for_byte(world: World, cast: Cast, who: str) -> None:
    subject = world.person(who)
    numbers = (999_999, 1)
    before = await walk(world, subject, numbers)
    form = await types(world, cast.olu, "concern", person=subject.actor)
    values = {"level": "emergency", "category": ["conduct"], "note": "words", "hide": []}
    await fills(world, cast.olu, form, values)
    row = await world.app.desk.reads.one("SELECT number, alerted FROM concern")
    assert row is not None
    after = await walk(world, subject, (row["number"], 1))
    assert after == before
    assert row["alerted"] > 0 or who in {"dana", "ed"}


async def test_the_numbers_of_other_concerns_show_no_gap(scene: Scene) -> None:
    first = await scene.ask(CHO)
    hidden = [await scene.tell(CHO, MO), await scene.tell(ANA, LEAD)]
    second = await scene.ask(ANA)
    assert (first.number, second.number) == (1, 2)
    assert all(concern.number >= 100_000 for concern in hidden)


async def test_about_the_owner_nothing_is_posted_where_they_read_and_no_room_is_opened(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.closed.add(CHO)
    concern = await scene.tell(CHO, OWNER)
    await scene.wait(HOUR)
    assert {page.intent.kind for page in scene.paper.messages("escalation.page")} == {"dm"}
    assert scene.paper.side_rooms() == []
    assert (await scene.now(concern)).way == "none"
    assert OWNER not in scene.paper.dms
    await scene.take(MO, concern)
    assert {message.intent.kind for message in scene.paper.messages("escalation.taken")} == {"dm"}


async def test_a_lead_it_is_about_may_begin_a_practice_as_on_any_day(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.tell(CHO, LEAD)
    with pytest.raises(Invalid):
        await scene.escalation.drilling.start(Actor(DEPUTY, SERVER))
    assert (await scene.escalation.drilling.start(Actor(LEAD, SERVER))).people


@pytest.mark.parametrize("about", [LEAD, MO, OWNER])
async def test_a_practice_is_not_ended_by_a_concern_about_somebody_who_reads_of_its_end(
    scene: Scene, about: int
) -> None:
    await scene.duty(MO)
    drilling = scene.escalation.drilling
    await drilling.start(Actor(LEAD, SERVER))
    before = await drilling.latest(Actor(LEAD, SERVER))
    assert before is not None
    await scene.tell(CHO, about)
    after = await drilling.latest(Actor(LEAD, SERVER))
    assert after is not None
    assert after.drill == before.drill
    await scene.tell(CHO, ANA)
    ended = await drilling.latest(Actor(LEAD, SERVER))
    assert ended is not None
    assert ended.drill.ended_how == "real"


async def test_a_block_made_from_a_concern_about_a_lead_is_none_for_that_lead(scene: Scene) -> None:
    concern = await scene.tell(CHO, LEAD)
    limits = scene.escalation.limits
    block = await limits.block(Actor(DEPUTY, SERVER), concern.id)
    lead = Actor(LEAD, SERVER)
    assert (await limits.blocks(lead), await limits.count_for(lead)) == ([], 0)
    with pytest.raises(Late):
        await limits.find(lead, block.id)
    with pytest.raises(Late):
        await limits.lift(lead, block.id)
    assert (await limits.count_for(Actor(DEPUTY, SERVER))) == 1
    assert (await limits.lift(Actor(DEPUTY, SERVER), block.id)).block == block


async def test_a_block_made_from_a_concern_about_a_lead_is_none_for_them_once_it_is_forgotten_too(scene: Scene) -> None:
    concern = await scene.tell(CHO, LEAD)
    limits = scene.escalation.limits
    block = await limits.block(Actor(DEPUTY, SERVER), concern.id)
    for user_id in (MO, MAY):
        await scene.close(user_id, concern)
    scene.clock.move(400 * DAY)
    for _ in range(2):
        async with scene.desk.transaction() as work:
            await forget_due(work, scene.escalation)
    lead = Actor(LEAD, SERVER)
    assert (await limits.blocks(lead), await limits.count_for(lead)) == ([], 0)
    with pytest.raises(Late):
        await limits.lift(lead, block.id)
    assert [each.id for each in await limits.blocks(Actor(DEPUTY, SERVER))] == [block.id]
    assert (await limits.lift(Actor(DEPUTY, SERVER), block.id)).concern_id == ""


async def test_danger_pressed_on_a_closed_concern_by_whom_it_was_about_is_as_on_none(scene: Scene) -> None:
    concern = await scene.tell(CHO, ANA)
    await scene.close_by_two(concern)
    with pytest.raises(NotFound):
        await scene.danger(ANA, concern)
    assert (await scene.danger(CHO, concern)).id != concern.id


async def test_of_what_is_held_back_about_the_owner_nothing_is_posted_where_they_read(scene: Scene) -> None:
    scene.paper.closed |= {LEAD, DEPUTY}
    for person in (ANA, MO, LEAD):
        await scene.tell(CHO, person)
    held = await scene.tell(CHO, OWNER)
    assert held.on_lead_list
    await scene.wait(HOUR)
    assert scene.paper.messages("escalation.lead_list") == []


@pytest.mark.parametrize("sees_all", [True, False])
async def test_no_side_room_is_opened_about_an_administrator_who_would_read_in_it(
    world: World, cast: Cast, *, sees_all: bool
) -> None:
    boss = world.add("boss", "Bo", "member", permissions=discord.Permissions(administrator=sees_all))
    ana = cast.members[0]
    world.close_dms(ana)
    form = About(Level.URGENT, "conduct", boss.actor.id, "", hides_name=False)
    raiser = Actor(ana.actor.id, world.guild.id)
    concern = await world.app.escalation.raising.raise_(raiser, form, Pressed("token"))
    await world.pass_time(timedelta(seconds=30))
    row = await world.app.desk.reads.one("SELECT way, side_channel_id FROM concern WHERE id = :id", id=concern.id)
    assert row is not None
    assert (row["way"], row["side_channel_id"] is None) == (("none", True) if sees_all else ("room", False))


async def test_a_side_room_that_cannot_be_is_told_to_the_team_and_the_raiser_still_reads_the_truth(
    scene: Scene,
) -> None:
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    scene.paper.refused["place.make"] = 50013
    await scene.escalation.actions.act(Actor(MO, SERVER), concern.id, "side_room")
    await scene.tick.settle()
    assert (await scene.now(concern)).way == "dm"
    assert len(scene.paper.messages("escalation.no_side_room")) == 1
    assert not scene.paper.messages("escalation.unreachable")


@pytest.mark.parametrize("leaves_first", [True, False])
async def test_in_a_room_nothing_is_written_for_somebody_who_has_left_the_server(
    world: World, cast: Cast, *, leaves_first: bool
) -> None:
    ana, escalation = cast.members[0], world.app.escalation
    world.close_dms(ana)
    if leaves_first:
        world.env.backend.remove_member(world.guild.id, ana.actor.id)
    raiser = Actor(ana.actor.id, world.guild.id)
    concern = await escalation.raising.ask(raiser, world.guild.id, Level.URGENT, Pressed("token"))
    await world.pass_time(timedelta(seconds=30))
    row = await world.app.desk.reads.one("SELECT way, side_channel_id FROM concern WHERE id = :id", id=concern.id)
    assert row is not None
    assert (row["way"], row["side_channel_id"] is None) == (("none", True) if leaves_first else ("room", False))
    if not leaves_first:
        world.env.backend.remove_member(world.guild.id, ana.actor.id)
        await escalation.handling.take(Actor(cast.dana.actor.id, world.guild.id), concern.id)
        await world.pass_time(timedelta(seconds=30))
        row = await world.app.desk.reads.one("SELECT way FROM concern WHERE id = :id", id=concern.id)
        assert row is not None
        assert row["way"] == "none"
