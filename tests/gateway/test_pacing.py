"""Never more than Discord allows in any second, and never less than it could be."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from peerbot.gateway.pacing import KEPT_FOR_CONCERNS, PER_SECOND, Pace, leave_room

ORDINARY = int(PER_SECOND - KEPT_FOR_CONCERNS)


class Seconds:
    """A monotonic clock that moves when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@given(steps=st.lists(st.tuples(st.floats(0, 1.5), st.integers(0, 60)), max_size=40))
def test_in_no_second_more_ordinary_requests_go_out_than_are_allowed(steps: list[tuple[float, int]]) -> None:
    seconds = Seconds()
    pace = Pace(seconds=seconds)
    sent: list[tuple[float, int]] = []
    for passed, wanted in steps:
        seconds.now += passed
        taken = min(wanted, pace.free())
        pace.take(taken)
        sent.append((seconds.now, taken))
        assert sum(number for at, number in sent if at > seconds.now - 1) <= ORDINARY


@given(taken=st.integers(0, 200), wanted=st.integers(1, ORDINARY))
def test_after_the_wait_as_many_are_free_as_were_waited_for(taken: int, wanted: int) -> None:
    seconds = Seconds()
    pace = Pace(seconds=seconds)
    pace.take(taken)
    seconds.now += 0.25
    wait = pace.wait(wanted)
    assert 0 <= wait <= 0.75
    assert (wait == 0) == (pace.free() >= wanted)
    seconds.now += wait
    assert pace.free() >= wanted


def test_a_share_is_kept_for_concerns() -> None:
    pace = Pace(seconds=Seconds())
    assert pace.free() == ORDINARY == 40
    pace.take(ORDINARY)
    assert pace.free() == 0


def test_concerns_may_take_more_than_there_is_and_everything_else_waits_for_it() -> None:
    seconds = Seconds()
    pace = Pace(seconds=seconds)
    pace.take(70)
    assert pace.free() == 0
    seconds.now += 0.99
    assert pace.free() == 0
    seconds.now += 0.01
    assert pace.free() == ORDINARY


def test_a_second_later_everything_is_free_again() -> None:
    seconds = Seconds()
    pace = Pace(seconds=seconds)
    for _ in range(3):
        pace.take(pace.free())
        seconds.now += 1
        assert pace.free() == ORDINARY


class Door:
    """Requests that are begun when they like, and the seconds at which they went out."""

    def __init__(self) -> None:
        self._seconds = Seconds()
        self.pace = Pace(seconds=self._seconds, sleep=self._sleep)
        self.ordinary: list[float] = []
        self.urgent: list[float] = []
        self._asleep: list[tuple[float, asyncio.Event]] = []

    async def _sleep(self, seconds: float) -> None:
        awake = asyncio.Event()
        self._asleep.append((self._seconds.now + seconds, awake))
        await awake.wait()

    async def _request(self, *, urgent: bool) -> None:
        if not urgent:
            leave_room()
        await self.pace.enter()
        (self.urgent if urgent else self.ordinary).append(self._seconds.now)

    async def play(self, steps: list[tuple[float, int, int]]) -> None:
        """Begin so many ordinary and urgent requests after some seconds each, and wait until all are out."""
        begun: set[asyncio.Task[None]] = set()
        for passed, ordinary, urgent in steps:
            await self._pass(passed)
            begun |= {asyncio.create_task(self._request(urgent=False)) for _ in range(ordinary)}
            begun |= {asyncio.create_task(self._request(urgent=True)) for _ in range(urgent)}
        while not all(task.done() for task in begun):
            await self._pass(0.05)

    async def _pass(self, seconds: float) -> None:
        until = self._seconds.now + seconds
        while due := [each for each in self._asleep if each[0] <= until]:
            first = min(due, key=lambda each: each[0])
            self._asleep.remove(first)
            self._seconds.now = max(self._seconds.now, first[0])
            first[1].set()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        self._seconds.now = until
        await asyncio.sleep(0)
        await asyncio.sleep(0)


@given(steps=st.lists(st.tuples(st.floats(0, 1.5), st.integers(0, 70), st.integers(0, 30)), min_size=1, max_size=8))
def test_at_the_door_no_second_sees_more_than_discord_takes_and_ordinary_ones_leave_room(
    steps: list[tuple[float, int, int]],
) -> None:
    door = Door()
    asyncio.run(door.play(steps))
    assert len(door.ordinary) == sum(ordinary for _, ordinary, _ in steps)
    sent = sorted([*door.ordinary, *door.urgent])
    for at in sent:
        assert sum(at - 1 < each <= at for each in sent) <= PER_SECOND
    for at in door.ordinary:
        assert sum(at - 1 < each <= at for each in door.ordinary) <= ORDINARY


def test_a_concern_goes_through_a_door_that_ordinary_requests_have_filled() -> None:
    door = Door()
    asyncio.run(door.play([(0, 200, 0), (0, 0, 10)]))
    assert max(door.urgent) < 100.1
    assert max(door.ordinary) > 104
