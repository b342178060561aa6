"""A whole hour of bad weather: one call in ten goes wrong while many groups meet and people ask for help."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import pytest

from bench.crash.run import Prepared
from bench.evening.cast import START, Cast, found, join, make_group
from bench.evening.plot import HOUR, MINUTE, Act, Evening
from bench.evening.stage import Stage
from bench.wire.faults import refused
from bench.wire.limits import INVALID_IN_TEN_MINUTES
from bench.wire.people import NothingThere, Person
from bench.wire.world import Refusal
from tests.wire.scene import Scene, prepare, staged
from tests.wire.weather import weather

STORM = START.timestamp()
BEGINS = STORM - 110 * MINUTE
TIMES = {"6 pm": -90, "6.20 pm": -70, "6.40 pm": -50, "7.35 pm": 5, "7.45 pm": 15, "7.55 pm": 25, "8.05 pm": 35}
"""When the groups meet, and minutes after the storm begins. The first three close in it, the others open."""
MEMBERS = 3
SEEN_WITHIN = 60
"""Seconds until somebody of the team has a page."""


LATEST = 4 * MINUTE
"""Seconds until a room is open: twice in a row Discord may say that it takes nothing for a minute and a half."""


@dataclass(slots=True)
class Circle:
    """One group, and whether its facilitator has come."""

    starts: float
    facilitator: Person
    members: list[Person]
    held: bool = False


_CIRCLES: list[tuple[int, list[int]]] = []
"""Who is in which group, by id: who is on the server before the world is copied is there in each copy."""


async def many_groups(stage: Stage) -> Cast:
    cast = await found(stage)
    for number, time in enumerate(TIMES):
        name = f"Circle {number}"
        people = [Person.new(stage.wire, f"{name}, {each}", stage.server_id) for each in range(2 + MEMBERS)]
        await make_group(stage, cast, name, time, *people[:2])
        for member in people[2:]:
            await join(stage, member, name)
        _CIRCLES.append((people[0].id, [member.id for member in people[2:]]))
    return cast


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("hour"), many_groups, BEGINS)


def circles(scene: Scene) -> list[Circle]:
    def person(user_id: int) -> Person:
        return Person(scene.wire, user_id, scene.server_id)

    own = Circle(STORM, scene.cast.fay, list(scene.cast.members[:3]))
    others = [
        Circle(STORM + minutes * MINUTE, person(facilitator), [person(member) for member in members])
        for minutes, (facilitator, members) in zip(TIMES.values(), _CIRCLES, strict=True)
    ]
    return [own, *others]


async def if_possible(act: Act) -> bool:
    """Nobody does what they cannot: there is no such button yet, or no more."""
    with suppress(NothingThere, Refusal):
        await act()
        return True
    return False


async def play(evening: Evening, groups: list[Circle], chance: Random, until: float, *, asking: bool) -> None:
    """Let each facilitator come as soon as there is a room; people ask for help, and the team looks after them."""
    clock, cast = evening.stage.clock, evening.cast
    while clock.seconds < until:
        await evening.wait(MINUTE)
        for circle in groups:
            if not circle.held and clock.seconds >= circle.starts - 14 * MINUTE:
                circle.held = await if_possible(partial(evening.facilitate, circle.facilitator))
        member = chance.choice(chance.choice(groups).members)
        if asking and chance.random() < 0.4:
            how = chance.choice(("ask-danger", "ask-now", "ask-after-meeting"))
            await if_possible(partial(evening.ask, member, how))
        for person in cast.team if asking else ():
            if chance.random() < 0.3:
                await if_possible(partial(evening.take, person))
            if chance.random() < 0.3:
                await if_possible(partial(evening.look_after, person))


@pytest.mark.deep
@pytest.mark.parametrize("seed", [7])
async def test_an_hour_of_weather_breaks_no_promise(many: Prepared, tmp_path: Path, seed: int) -> None:
    chance, storm = Random(seed), weather(seed)
    async with staged(many, tmp_path, BEGINS) as scene:
        scene.be_impatient()
        groups = circles(scene)
        await play(scene.evening, groups, chance, STORM, asking=False)
        scene.wire.calls.clear()
        scene.wire.faults.add(storm)
        await play(scene.evening, groups, chance, STORM + HOUR, asking=True)
        scene.wire.faults.clear()
        assert all(circle.held for circle in groups)
        assert storm.struck > 50
        opened = await scene.rows("SELECT ended_at - created_at AS late FROM intent WHERE key LIKE 'meeting:%:open'")
        assert len(opened) == len(groups)
        assert max(each["late"] for each in opened) <= LATEST
        waited = await scene.rows(
            "SELECT c.number, min(p.ended_at) - c.raised_at AS seconds FROM concern c "
            "LEFT JOIN page p ON p.concern_id = c.id AND p.state = 'arrived' GROUP BY c.id"
        )
        assert len(waited) > 10
        assert all(each["seconds"] <= SEEN_WITHIN for each in waited)
        await scene.open_until_quiet()
        assert await scene.wrongs() == []


@pytest.mark.deep
async def test_an_hour_in_which_discord_refuses_everything_makes_few_calls_and_heals(
    many: Prepared, tmp_path: Path
) -> None:
    async with staged(many, tmp_path, BEGINS) as scene:
        groups = circles(scene)
        await play(scene.evening, groups, Random(7), STORM, asking=False)
        scene.wire.faults.add(refused("/channels", 403, 50001), refused("/guilds", 403, 50013))
        most, before = 0, scene.wire.limits.invalid
        for minutes in range(10, 70, 10):
            await play(scene.evening, groups, Random(minutes), STORM + minutes * MINUTE, asking=True)
            most, before = max(most, scene.wire.limits.invalid - before), scene.wire.limits.invalid
        scene.wire.faults.clear()
        assert 0 < most < INVALID_IN_TEN_MINUTES / 10
        await play(scene.evening, groups, Random(8), STORM + 90 * MINUTE, asking=False)
        await scene.open_until_quiet()
        assert await scene.wrongs() == []
