"""Whoever would rather write than speak: which groups come first, and what a number may tell of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.signup.finding.cards import find_card
from peerbot.signup.service import NewGroup
from peerbot.signup.writing.rules import told
from tests.signup.scene import ANA, BEN, CIRCLE, CLEO, OTHER_SERVER, SERVER, Scene

ALOUD = NewGroup("Breakfast", "People who wake early", "voice", "6", "English")
EARLY = replace(CIRCLE, name="Allotment")


async def wishes(scene: Scene, user: int, *, writes: bool = True, server_id: int = SERVER) -> None:
    async with scene.desk.transaction() as work:
        await scene.signup.writing.choose(work, server_id, user, writes=writes)


async def names(scene: Scene, user: int, server_id: int = SERVER) -> list[str]:
    return [view.group.name for view in (await scene.signup.finding.find(Actor(user, server_id))).views]


@pytest.mark.parametrize(
    ("writers", "members", "said"),
    [
        (0, 10, 0),
        (1, 10, 1),
        (3, 5, 3),
        (1, 3, 0),  # In so small a group a number would as good as name them.
        (3, 3, 0),
        (4, 5, "most"),  # A number would say of the one who is left that they do not, and of the others that they do.
        (4, 4, "most"),
        (0, 0, 0),
    ],
)
def test_a_number_is_told_only_where_it_does_not_tell_who(writers: int, members: int, said: object) -> None:
    assert told(writers, members) == said


@given(members=st.integers(0, 25), data=st.data())
def test_no_number_ever_says_of_somebody_for_sure_whether_they_would(members: int, data: st.DataObject) -> None:
    writers = data.draw(st.integers(0, members))
    said = told(writers, members)
    if said == "most":
        assert writers * 2 > members
    else:
        assert said in {0, writers}
        assert not said or members - said >= 2


async def test_groups_in_writing_come_first_for_who_would_rather_write_and_none_is_left_out(scene: Scene) -> None:
    for wanted in (ALOUD, CIRCLE, EARLY):
        await scene.group(wanted)
    by_name = ["Allotment", "Breakfast", "Tuesday Circle"]
    assert await names(scene, ANA) == by_name
    await wishes(scene, ANA)
    assert await names(scene, ANA) == ["Allotment", "Tuesday Circle", "Breakfast"]
    assert await names(scene, BEN) == by_name
    await wishes(scene, ANA, writes=False)
    assert await names(scene, ANA) == by_name


async def test_a_wish_holds_in_the_server_in_which_it_was_said(scene: Scene) -> None:
    await scene.set_up(OTHER_SERVER)
    for wanted in (ALOUD, CIRCLE):
        await scene.group(wanted, OTHER_SERVER)
    await wishes(scene, ANA)
    assert await names(scene, ANA, OTHER_SERVER) == ["Breakfast", "Tuesday Circle"]


async def test_only_those_count_who_have_a_seat_now(scene: Scene) -> None:
    group = await scene.full(replace(ALOUD, places="6"))
    for user in (201, ANA, CLEO):
        await wishes(scene, user)
        await wishes(scene, user)
    await scene.join(ANA, group)

    async def how_many() -> object:
        members = await scene.signup.members(scene.desk.reads, group.id)
        return await scene.signup.writing.how_many(scene.desk.reads, group.id, members)

    assert await how_many() == 2
    await scene.leave(ANA, group)
    assert await how_many() == 1


async def test_what_was_said_is_shown_and_outlasts_leaving_a_group(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    await wishes(scene, ANA)
    await scene.leave(ANA, group)
    kept = await scene.signup.kept_about(scene.desk.reads, ANA)
    assert [(each.server_id, each.until) for each in kept if each.item == "kept-writing"] == [(SERVER, None)]
    await wishes(scene, ANA, writes=False)
    assert "kept-writing" not in {each.item for each in await scene.signup.kept_about(scene.desk.reads, ANA)}


@pytest.fixture
async def cast(world: World) -> Cast:
    """The group of the story, which meets in writing, and one before it in the list that meets aloud."""
    cast = await found(world, members=1)
    await world.app.signup.create(Actor(cast.colin.actor.id, world.guild.id), ALOUD)
    return cast


async def list_of(world: World, person: Person) -> str:
    panel = await types(world, person, "group find")
    assert panel.response is not None
    return panel.response.content


async def test_somebody_in_no_group_says_so_in_the_settings_and_finds_writing_first(world: World, cast: Cast) -> None:
    olu = cast.olu
    before = await list_of(world, olu)
    assert before.index("Breakfast") < before.index("Tuesday Circle")
    asked = await types(world, olu, "my-data settings")
    assert asked.response is not None
    assert asked.response.flags.ephemeral
    assert f"{say('my-data-wish-writing')}: {say('my-data-value-off')}" in asked.response.content
    assert say("my-data-writing") in asked.response.content, "what it does is said before it is chosen"
    await presses(world, olu, say("my-data-press-writing-on"))
    assert f"{say('my-data-wish-writing')}: {say('my-data-value-on')}" in world.reads(olu, world.lounge)[-1].content
    await world.restart()
    after = await list_of(world, olu)
    assert after.index("Tuesday Circle") < after.index("Breakfast")
    await presses(world, olu, say("my-data-press-writing-off"))
    assert await list_of(world, olu) == before


async def test_the_list_tells_others_nothing_of_it(world: World, cast: Cast) -> None:
    before = await list_of(world, cast.finn)
    await types(world, cast.members[0], "my-data settings")
    await presses(world, cast.members[0], say("my-data-press-writing-on"))
    assert await list_of(world, cast.finn) == before
    ours = await world.app.signup.finding.find(Actor(cast.members[0].actor.id, world.guild.id))
    assert find_card(ours).text != before
