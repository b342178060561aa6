"""The host's clock is put forward or back in the middle of a concern: nobody waits the longer for an answer."""

import asyncio
import math
import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from peerbot.engine.actor import Actor
from peerbot.escalation.rules import Level
from tests.escalation.scene import ANA, CHO, DAY, DEPUTY, HOUR, LEAD, MAY, MINUTE, MO, OWNER, SERVER, Scene, open_scene

SECOND = timedelta(seconds=1)
FOR = 100 * MINUTE


class Went(NamedTuple):
    """A page or a news, in seconds that truly passed since the concern was raised."""

    after: int
    card: str
    people: tuple[int, ...]


async def evening(
    scene: Scene, level: Level, jump_after: timedelta, jump: timedelta, *, down: bool, again: bool
) -> list[Went]:
    """Raise a concern that nobody answers, let the clock jump once, and return what went out within some hours."""
    await scene.duty(MO, hours=24)
    await scene.wait(3 * HOUR)
    began, before = scene.clock.now(), len(scene.paper.calls)
    await scene.ask(CHO, level)
    await scene.wait(jump_after)
    if down:
        await scene.stop()
    jumped = len(scene.paper.calls)
    scene.clock.move(jump)
    if down:
        await scene.start()
    await scene.tick.settle()
    if again:
        await scene.restart()
    await scene.wait(FOR - jump_after)
    found: list[Went] = []
    for number, call in enumerate(scene.paper.calls[before:], before):
        passed = call.at - began - (jump if number >= jumped else timedelta())
        if call.intent.data.get("card") in {"escalation.page", "escalation.news"}:
            found.append(Went(int(passed.total_seconds()), str(call.intent.data["card"]), call.people))
    return sorted(found)


def played(
    level: Level, jump_after: timedelta, jump: timedelta, *, down: bool = False, again: bool = False
) -> list[Went]:
    async def all_of_it() -> list[Went]:
        with tempfile.TemporaryDirectory() as folder, capture_logs() as log:
            async with open_scene(Path(folder)) as scene:
                found = await evening(scene, level, jump_after, jump, down=down, again=again)
            assert not [entry for entry in log if entry["log_level"] in {"error", "critical"}], log
        return found

    return asyncio.run(all_of_it())


UNDISTURBED = {level: played(level, FOR, timedelta()) for level in Level}


def pages(found: list[Went]) -> list[int]:
    """Return when pages went out."""
    return sorted({went.after for went in found if went.card == "escalation.page"})


def told(found: list[Went]) -> float:
    """Return when the raiser was told that nobody has answered."""
    return min((w.after for w in found if w.card == "escalation.news" and w.after > 0), default=math.inf)


moments = st.integers(0, 3600).map(lambda seconds: seconds * SECOND)
jumps = st.integers(60, 7200).map(lambda seconds: seconds * SECOND)


@settings(max_examples=15)
@given(level=st.sampled_from(Level), after=moments, jump=jumps, again=st.booleans())
@example(level=Level.EMERGENCY, after=3 * MINUTE, jump=HOUR, again=True)
@example(level=Level.URGENT, after=timedelta(), jump=HOUR, again=False)
def test_with_a_clock_set_back_everything_goes_out_when_it_would_have(
    level: Level, after: timedelta, jump: timedelta, *, again: bool
) -> None:
    assert played(level, after, -jump, again=again) == UNDISTURBED[level]


@settings(max_examples=15)
@given(st.sampled_from(Level), moments, jumps)
@example(Level.EMERGENCY, 3 * MINUTE, HOUR)
def test_a_clock_put_forward_is_as_if_the_bot_had_been_down_what_is_overdue_goes_at_once(
    level: Level, after: timedelta, jump: timedelta
) -> None:
    found, usual = played(level, after, jump), UNDISTURBED[level]
    at = after.total_seconds()
    assert told(found) == max(min(told(usual), at), told(usual) - jump.total_seconds())
    assert sum(went.card == "escalation.news" for went in found) <= sum(
        went.card == "escalation.news" for went in usual
    )
    overdue = [went for went in usual if at < went.after <= at + jump.total_seconds()]
    due = {went.card for went in overdue}
    assert due <= {went.card for went in found if went.after == at}
    times = pages(found)
    longest = max((later - earlier for earlier, later in pairwise(pages(usual))), default=math.inf)
    assert all(later - earlier <= longest for earlier, later in pairwise(times))


@settings(max_examples=10)
@given(st.sampled_from((Level.URGENT, Level.EMERGENCY)), moments, jumps)
def test_set_back_while_the_bot_is_down_no_wait_begins_more_than_once_anew(
    level: Level, after: timedelta, jump: timedelta
) -> None:
    found = played(level, after, -jump, down=True)
    # What nobody wrote down cannot be known: the wait that was going on begins anew, and no other.
    longest = {Level.URGENT: 15 * MINUTE, Level.EMERGENCY: 10 * MINUTE}[level].seconds
    assert told(found) <= told(UNDISTURBED[level]) + longest
    early = [page for page in pages(found) if page <= HOUR.seconds]
    assert max(later - earlier for earlier, later in pairwise(early)) <= 2 * longest


async def test_a_page_in_doubt_is_looked_for_two_seconds_later_though_the_clock_was_set_back(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.wait(2 * HOUR)
    scene.paper.lost = [False, False, False]  # The page, the message to Mo, the receipt.
    await scene.escalation.raising.ask(Actor(CHO, SERVER), SERVER, Level.URGENT, scene.pressed())
    await scene.tick.run()
    await scene.sender.idle()
    scene.clock.move(-HOUR)
    at = scene.clock.now()
    await scene.wait(10 * SECOND)
    assert [page.at - at for page in scene.paper.seen_by(MO, "escalation.page")] == [2 * SECOND, 2 * SECOND]


async def test_who_presses_again_after_the_clock_was_set_back_is_heard_at_once(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.wait(2 * HOUR)
    concern = await scene.ask(CHO)
    scene.clock.move(-HOUR)
    await scene.wait(2 * MINUTE)
    before = len(scene.paper.calls)
    await scene.ask(CHO)
    assert {user for call in scene.paper.calls[before:] for user in call.people} >= {MO}
    assert (await scene.now(concern)).id == concern.id


async def test_a_shift_begins_by_the_calendar_whatever_the_clock_did(scene: Scene) -> None:
    begins = scene.clock.now() + 4 * HOUR
    await scene.duty(MAY, starts_in=4 * HOUR)
    await scene.wait(2 * HOUR)
    await scene.ask(CHO, Level.CHECK_IN)
    scene.clock.move(-HOUR)
    await scene.until(begins - SECOND)
    assert not scene.paper.seen_by(MAY, "escalation.page")
    await scene.until(begins)
    assert scene.paper.seen_by(MAY, "escalation.page")


async def test_a_direct_message_is_answered_again_though_the_last_answer_lies_ahead(scene: Scene) -> None:
    await scene.escalation.raising.answer_message(ANA)
    await scene.tick.settle()
    scene.clock.move(-2 * HOUR)
    await scene.wait(11 * MINUTE)
    await scene.escalation.raising.answer_message(ANA)
    await scene.tick.settle()
    assert len(scene.paper.seen_by(ANA, "escalation.dm_answer")) == 2


@pytest.mark.parametrize("by", [-DAY, DAY])
async def test_who_has_a_concern_is_asked_again_in_time(scene: Scene, by: timedelta) -> None:
    await scene.duty(MO)
    await scene.wait(2 * HOUR)
    concern = await scene.ask(CHO)
    await scene.take(LEAD, concern)
    scene.clock.move(by)
    pages = len(scene.paper.seen_by(LEAD, "escalation.page"))
    await scene.wait(31 * MINUTE)
    assert len(scene.paper.seen_by(LEAD, "escalation.page")) > pages


async def test_the_next_is_asked_to_agree_in_time_though_the_clock_was_set_back(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.close(MO, concern)
    scene.clock.move(-3 * HOUR)
    await scene.wait(31 * MINUTE)
    assert scene.paper.seen_by(DEPUTY, "escalation.close_asked")
    await scene.wait(24 * HOUR)
    assert scene.paper.seen_by(OWNER, "escalation.owner_asked")


async def test_the_leads_hear_of_their_list_in_time_though_the_clock_was_set_back(scene: Scene) -> None:
    for person in range(900_201, 900_205):
        await scene.tell(CHO, person)
    await scene.wait(MINUTE)
    assert len(scene.paper.seen_by(LEAD, "escalation.lead_list")) == 1
    scene.clock.move(-DAY)
    await scene.wait(24 * HOUR)
    assert len(scene.paper.seen_by(LEAD, "escalation.lead_list")) == 2
    assert not (await scene.tell(CHO, 900_205)).on_lead_list


async def test_what_is_to_be_looked_at_again_is_on_the_list_in_time_though_the_clock_was_set_back(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.close_by_two(concern)
    await scene.wait(4 * DAY)
    scene.clock.move(-3 * DAY)
    await scene.wait(3 * DAY + HOUR)
    waiting = await scene.escalation.reviews.waiting(Actor(LEAD, SERVER))
    assert [review.concern.id for review in waiting] == [concern.id]
