"""The person a concern is about cannot find out that there is one: not by any command, list, number or channel."""

from itertools import product

import pytest
import simcord

from peerbot.demo.acts import fills, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from tests.escalation.scene import ANA, CHO, HOUR, LEAD, MO, OWNER, Scene

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
