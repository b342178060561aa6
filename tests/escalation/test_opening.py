"""Groups open to members once the smallest team was seen to be reached, and then for good."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotSetUp
from peerbot.servers.settings import Settings
from tests.escalation.discord_on_paper import Message
from tests.escalation.scene import DAY, DEPUTY, FAY, LEAD, MO, OWNER, SERVER, Scene, open_scene

SECOND = timedelta(seconds=1)
ADMIN = Actor(OWNER, SERVER, manages_server=True)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A team whom nothing has reached yet, with a facilitator beside them."""
    async with open_scene(tmp_path, proven=False) as opened:
        await opened.servers.add_to_team(ADMIN, FAY, "facilitator")
        await opened.tick.settle()
        yield opened


async def is_open(scene: Scene) -> bool:
    try:
        await scene.signup.finding.find(Actor(MO, SERVER))
    except NotSetUp:
        return False
    return True


async def shows(scene: Scene, *people: int) -> None:
    """Test the whole team; these press on the direct message that came."""
    before = len(scene.paper.messages("escalation.test_page"))
    await scene.escalation.proving.test(Actor(LEAD, SERVER), everybody=True)
    await scene.tick.settle()
    came = scene.paper.messages("escalation.test_page")[before:]
    for person in people:
        (page,) = {_page(message) for message in came if message.intent.data.get("user") == person}
        await scene.escalation.proving.arrived(Actor(person, None), page)
    await scene.tick.settle()


def _page(message: Message) -> str:
    row = message.card.rows[0]
    assert isinstance(row, tuple)
    return row[0].args[0]


async def test_they_open_when_the_last_of_the_smallest_team_has_answered_and_the_team_hears_so_once(
    scene: Scene,
) -> None:
    await shows(scene, LEAD, DEPUTY, MO)
    assert not await is_open(scene)
    assert not scene.paper.messages("servers.opened")
    await shows(scene, FAY)
    assert await is_open(scene)
    await shows(scene, FAY, MO)
    assert len(scene.paper.messages("servers.opened")) == 1


async def test_a_moderator_is_second_person_enough(scene: Scene) -> None:
    await shows(scene, LEAD, MO, FAY)
    assert await is_open(scene)


async def test_who_answered_thirty_days_ago_does_not_open_them_and_what_is_open_stays_open(scene: Scene) -> None:
    await shows(scene, LEAD, DEPUTY)
    scene.clock.move(30 * DAY + SECOND)
    await shows(scene, FAY)
    assert not await is_open(scene)
    await shows(scene, LEAD, DEPUTY)
    assert await is_open(scene)
    scene.clock.move(60 * DAY)
    assert await is_open(scene)


async def test_who_is_given_their_part_after_they_answered_may_be_the_last_that_was_waited_for(scene: Scene) -> None:
    await shows(scene, LEAD, DEPUTY, MO)
    await scene.servers.add_to_team(ADMIN, MO, "facilitator")
    await scene.tick.settle()
    assert await is_open(scene)


async def test_without_the_smallest_team_they_are_closed_though_they_were_open(scene: Scene) -> None:
    await shows(scene, LEAD, MO, FAY)
    async with scene.desk.transaction() as work:
        await scene.servers.leaves(work, SERVER, FAY)
    assert not await is_open(scene)


async def test_a_contact_named_after_the_team_was_reached_is_all_that_was_waited_for(scene: Scene) -> None:
    settings = Settings(scene.desk, scene.servers)
    await settings.change(ADMIN, "ages", ("13", "17"))
    await shows(scene, LEAD, MO, FAY)
    assert not await is_open(scene)
    await settings.change(ADMIN, "contact", ("the school nurse",))
    await scene.tick.settle()
    assert await is_open(scene)


async def test_who_was_reached_before_the_update_need_not_answer_again(scene: Scene) -> None:
    await shows(scene, LEAD, MO, FAY)
    async with scene.desk.transaction() as work:
        await work.all("UPDATE server SET opened_at = NULL")
        await work.all("PRAGMA user_version = 29")
    await scene.restart()
    await scene.tick.settle()
    assert await is_open(scene)
