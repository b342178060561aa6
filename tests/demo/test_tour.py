"""The tour plays the evening, and would notice if the bot did not do what it promises."""

import re
from datetime import timedelta

import pytest

from peerbot.demo.breaks import BREAKS
from peerbot.demo.tour import run_tour, span


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (1, "in 1 minute"),
        (119, "in 119 minutes"),
        (120, "in 2 hours"),
        (24 * 60, "in 24 hours"),
        (48 * 60, "in 2 days"),
        (14 * 24 * 60, "in 14 days"),
        (0, "0 minutes ago"),
        (-5, "5 minutes ago"),
        (-1441, "24 hours ago"),
    ],
)
def test_a_span_is_told_in_the_unit_that_people_would_say_it_in(minutes: int, told: str) -> None:
    assert span(timedelta(minutes=minutes)) == told


async def test_every_step_of_the_evening_is_as_promised() -> None:
    told: list[str] = []
    assert await run_tour(tell=told.append) == 0
    steps = int(told[-1].split()[1])
    assert steps >= 100
    assert told[-1] == f"tour: {steps} steps, {steps} as promised"
    assert not [line for line in told if "NOT AS PROMISED" in line]
    assert not [line for line in told if re.search(r"\d,?\d{3} minutes", line)]


_EACH = range(1, len(BREAKS) + 1)
_QUICK = frozenset(_EACH[::6])
"""The deep tier plays the others."""


@pytest.mark.parametrize(
    "number",
    [pytest.param(each, marks=() if each in _QUICK else pytest.mark.deep, id=BREAKS[each - 1].name) for each in _EACH],
)
async def test_the_tour_fails_when_one_effect_is_switched_off(number: int) -> None:
    told: list[str] = []
    assert await run_tour(number, told.append) == 1
    assert [line for line in told if "NOT AS PROMISED" in line]
    steps, kept = (int(word) for word in told[-1].split() if word.isdigit())
    assert kept == steps - 1


async def test_an_effect_that_does_not_exist_is_said_and_nothing_is_played() -> None:
    told: list[str] = []
    assert await run_tour(len(BREAKS) + 1, told.append) == 2
    assert len(told) == 1
