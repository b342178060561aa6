"""The practice clock, and whose turn it is."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import simcord

from peerbot.demo.driver import Driver, visible_places
from tests.demo.stand_in import ROOM_AFTER, StandInWorld, opened

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
async def world() -> AsyncGenerator[StandInWorld]:
    async with opened() as world:
        yield world


@dataclass
class RealClock:
    """The host's clock, moved by hand."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def real(world: StandInWorld) -> RealClock:
    return RealClock(world.env.now())


@pytest.fixture
def driver(world: StandInWorld, real: RealClock) -> Driver:
    return Driver(world, real=real)


# The clock


async def test_the_practice_clock_follows_the_real_one(driver: Driver, real: RealClock) -> None:
    real.now += timedelta(seconds=7)
    await driver.beat()
    assert driver.now == real.now


@pytest.mark.parametrize("distance", [-400 * 24 * HOUR, 8 * 24 * HOUR])
async def test_a_world_that_begins_at_another_time_keeps_its_distance(
    world: StandInWorld, real: RealClock, distance: timedelta
) -> None:
    real.now -= distance
    driver = Driver(world, real=real)
    real.now += MINUTE
    await driver.beat()
    assert driver.now - real.now == distance


async def test_a_clock_that_was_moved_stays_as_far_ahead(driver: Driver, real: RealClock) -> None:
    await driver.move(HOUR)
    real.now += timedelta(seconds=7)
    await driver.beat()
    assert driver.now - real.now == HOUR


async def test_a_real_clock_that_goes_back_does_not_take_the_practice_clock_with_it(
    driver: Driver, real: RealClock
) -> None:
    before = driver.now
    real.now -= HOUR
    await driver.beat()
    assert driver.now == before
    assert driver.faults == 0


async def test_the_bot_works_at_the_very_moment_that_something_falls_due_on_the_way(
    driver: Driver, world: StandInWorld
) -> None:
    due = driver.now + ROOM_AFTER
    world.plan(world.people[0].actor.id)
    await driver.move(HOUR)
    assert due in world.ticks
    assert world.places(world.people[0])[-2].label.startswith("room-")


async def test_going_to_the_next_thing_due_goes_no_further(driver: Driver, world: StandInWorld) -> None:
    due = driver.now + ROOM_AFTER
    world.plan(world.people[0].actor.id)
    await driver.move_to_next()
    assert driver.now == due


async def test_with_nothing_due_there_is_nowhere_to_go(driver: Driver) -> None:
    before = driver.now
    await driver.move_to_next()
    assert driver.now == before


async def test_work_that_stays_due_does_not_stop_the_clock(
    driver: Driver, world: StandInWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    overdue = driver.now - MINUTE

    async def stuck() -> datetime:
        return overdue

    monkeypatch.setattr(world, "next_due", stuck)
    target = driver.now + HOUR
    await driver.move(HOUR)
    assert driver.now == target
    assert len(world.ticks) == 120  # each half minute


async def test_a_fault_of_the_bot_is_counted_and_its_world_goes_on(
    driver: Driver, world: StandInWorld, real: RealClock
) -> None:
    world.fail_next_tick = True
    await driver.move(MINUTE)
    assert driver.faults == 1
    real.now += MINUTE
    await driver.beat()
    assert driver.now - real.now == MINUTE
    assert driver.faults == 1


async def test_a_fault_in_a_command_is_counted_once(driver: Driver, world: StandInWorld) -> None:
    await driver.act(lambda: world.people[0].actor.slash(world.welcome, "fail"))
    await driver.beat()
    await driver.beat()
    assert driver.faults == 1


# Turns


async def test_actions_and_beats_at_the_same_moment_take_turns(driver: Driver, world: StandInWorld) -> None:
    ada = world.people[0].actor
    said = await asyncio.gather(
        *(driver.act(lambda: ada.send(world.welcome, "hello")) for _ in range(3)), driver.move(HOUR), driver.beat()
    )
    assert len(said) == 5
    assert len(world.welcome.history()) == 3
    assert driver.faults == 0


async def test_the_bot_works_at_once_after_an_action(world: StandInWorld) -> None:
    driver = Driver(world, beat=3600)
    running = asyncio.create_task(driver.run())
    async with asyncio.timeout(10):
        await world.ticked.wait()
        world.ticked.clear()
        await driver.act(lambda: world.people[0].actor.send(world.welcome, "hello"))
        await world.ticked.wait()
    running.cancel()


async def test_an_action_waits_for_what_else_holds_the_world(driver: Driver, world: StandInWorld) -> None:
    """Without the wait, SimCord refuses it: `operation overlaps active send`."""
    ada, ben, _ = (person.actor for person in world.people)
    other = asyncio.create_task(ben.send(world.welcome, "first"))
    await asyncio.sleep(0)
    with pytest.raises(simcord.SetupError, match="overlaps"):
        await ada.send(world.welcome, "too soon")
    await driver.act(lambda: ada.send(world.welcome, "second"))
    await other
    assert [message.content for message in world.welcome.history()] == ["first", "second"]


async def test_a_refusal_that_is_no_overlap_is_told_at_once(driver: Driver, world: StandInWorld) -> None:
    tries: list[str] = []

    async def unknown() -> None:
        tries.append("try")
        await world.people[0].actor.slash(world.welcome, "unheard-of")

    with pytest.raises(simcord.SetupError, match="unheard-of"):
        await driver.act(unknown)
    assert len(tries) == 1


# Who sees what


async def test_a_person_sees_the_channels_they_can_read_and_their_private_messages(world: StandInWorld) -> None:
    ada, _, mo = world.people
    bot = world.env.backend.bot_user.name
    assert [place.label for place in visible_places(world.env, ada)] == ["welcome", "quiet-voice", "other-voice", bot]
    assert "moderators" in [place.label for place in visible_places(world.env, mo)]
    assert [place.is_dm for place in visible_places(world.env, ada)] == [False, False, False, True]
    assert [place.is_voice for place in visible_places(world.env, ada)] == [False, True, True, False]
