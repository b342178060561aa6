"""Timers: one row for each thing to come. A row that was moved or cancelled never fires by mistake."""

from datetime import datetime, timedelta

from peerbot.engine import timers
from peerbot.engine.desk import Desk
from peerbot.engine.timers import Timer
from tests.fakes import EVENING, FakeClock

SERVER = 7
SOON = EVENING + timedelta(minutes=1)
LATER = EVENING + timedelta(hours=1)


async def set_timer(desk: Desk, kind: str, subject: str, due_at: datetime = SOON) -> None:
    async with desk.transaction() as work:
        await work.set_timer(kind, subject, due_at, SERVER)


async def due(desk: Desk, now: datetime = LATER, most: int = 100) -> list[Timer]:
    return list(await timers.due(desk.reads, now, most))


async def claim(desk: Desk, timer: Timer) -> bool:
    async with desk.transaction() as work:
        return await timers.claim(work, timer)


async def postpone(desk: Desk, timer: Timer, now: datetime = LATER) -> None:
    async with desk.transaction() as work:
        await timers.postpone(work, timer, now)


async def test_a_timer_is_due_at_its_second_and_not_before(desk: Desk) -> None:
    await set_timer(desk, "offer.end", "a1")
    assert not await due(desk, SOON - timedelta(seconds=1))
    assert [(t.kind, t.subject, t.server_id, t.due_at, t.attempts) for t in await due(desk, SOON)] == [
        ("offer.end", "a1", SERVER, SOON, 0)
    ]


async def test_setting_a_timer_again_moves_it(desk: Desk) -> None:
    await set_timer(desk, "offer.end", "a1", SOON)
    await set_timer(desk, "offer.end", "a1", LATER)
    assert not await due(desk, SOON)
    assert [timer.due_at for timer in await due(desk)] == [LATER]


async def test_timers_of_other_kinds_and_subjects_are_left_alone(desk: Desk) -> None:
    for kind, subject in [("offer.end", "a1"), ("offer.remind", "a1"), ("page.end", "a1"), ("offer.end", "b2")]:
        await set_timer(desk, kind, subject)
    async with desk.transaction() as work:
        await work.cancel_timer("offer.%", "a1")
    assert {(timer.kind, timer.subject) for timer in await due(desk)} == {("page.end", "a1"), ("offer.end", "b2")}


async def test_a_timer_of_a_transaction_that_failed_was_never_set(desk: Desk) -> None:
    try:
        async with desk.transaction() as work:
            await work.set_timer("offer.end", "a1", SOON, SERVER)
            raise LookupError
    except LookupError:
        pass
    assert not await due(desk)


async def test_a_concern_comes_before_everything_older(desk: Desk) -> None:
    await set_timer(desk, "meeting.open", "old", SOON)
    await set_timer(desk, "meeting.lock", "older", SOON - timedelta(seconds=30))
    await set_timer(desk, "concern.page", "new", LATER)
    assert [timer.subject for timer in await due(desk)] == ["new", "older", "old"]
    assert [timer.subject for timer in await due(desk, most=1)] == ["new"]


async def test_a_timer_is_claimed_once(desk: Desk) -> None:
    await set_timer(desk, "offer.end", "a1")
    [timer] = await due(desk)
    assert await claim(desk, timer)
    assert not await claim(desk, timer)
    assert not await due(desk)


async def test_a_timer_that_was_moved_is_not_claimed(desk: Desk) -> None:
    await set_timer(desk, "offer.end", "a1", SOON)
    [timer] = await due(desk)
    await set_timer(desk, "offer.end", "a1", LATER)
    assert not await claim(desk, timer)
    assert [timer.due_at for timer in await due(desk)] == [LATER]


async def test_a_cancelled_timer_is_not_mistaken_for_the_next_one(desk: Desk) -> None:
    """SQLite gives its number to the next row."""
    await set_timer(desk, "offer.end", "a1", SOON)
    [cancelled] = await due(desk)
    async with desk.transaction() as work:
        await work.cancel_timer("offer.end", "a1")
        await work.set_timer("concern.page", "b2", SOON, SERVER)
    [page] = await due(desk)
    assert page.id == cancelled.id
    assert not await claim(desk, cancelled)
    await postpone(desk, cancelled)
    assert [(timer.kind, timer.attempts) for timer in await due(desk, SOON)] == [("concern.page", 0)]


async def test_a_failed_timer_waits_longer_each_time_up_to_a_minute_and_keeps_its_true_due_time(
    desk: Desk, clock: FakeClock
) -> None:
    await set_timer(desk, "offer.end", "a1", SOON)
    now, waits = SOON, []
    for _ in range(9):
        [timer] = await due(desk, now)
        assert timer.due_at == SOON
        await postpone(desk, timer, now)
        before, now = now, await timers.next_due(desk.reads) or now
        waits.append((now - before).total_seconds())
        assert not await due(desk, now - timedelta(seconds=1))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_a_timer_moved_while_it_failed_does_not_fire_early(desk: Desk) -> None:
    await set_timer(desk, "offer.end", "a1", SOON)
    [failed] = await due(desk, SOON)
    await set_timer(desk, "offer.end", "a1", LATER)
    await postpone(desk, failed, SOON)
    assert await timers.next_due(desk.reads) == LATER


async def test_moving_a_timer_forgets_how_often_it_failed(desk: Desk) -> None:
    await set_timer(desk, "offer.end", "a1", SOON)
    [timer] = await due(desk)
    await postpone(desk, timer)
    await set_timer(desk, "offer.end", "a1", SOON)
    assert [timer.attempts for timer in await due(desk, SOON)] == [0]


async def test_the_next_due_is_the_earliest_or_none(desk: Desk) -> None:
    assert await timers.next_due(desk.reads) is None
    await set_timer(desk, "offer.end", "a1", LATER)
    await set_timer(desk, "offer.end", "b2", SOON)
    assert await timers.next_due(desk.reads) == SOON
