"""Never more than Discord allows in any second, and never less than it could be."""

from hypothesis import given
from hypothesis import strategies as st

from peerbot.gateway.pacing import KEPT_FOR_CONCERNS, PER_SECOND, Pace

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
