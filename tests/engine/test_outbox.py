"""Intents as rows: meant once, taken in order, and never forgotten on the way."""

from datetime import datetime, timedelta

import pytest

from peerbot.engine import outbox
from peerbot.engine.desk import Desk
from peerbot.engine.outbox import Intent, Lane, Leased
from tests.fakes import EVENING, FakeClock

SERVER = 7
MINUTE = timedelta(minutes=1)


def intent(
    key: str,
    lane: Lane = Lane.REMINDER,
    *,
    report: str | None = None,
    stream: str | None = None,
    due_at: datetime | None = None,
    not_after: datetime | None = None,
) -> Intent:
    return Intent(key, "post", lane, SERVER, {"card": "test", "channel": 5}, report, stream, due_at, not_after)


async def mean(desk: Desk, *intents: Intent) -> None:
    async with desk.transaction() as work:
        for one in intents:
            await work.enqueue(one)


async def lease(desk: Desk, most: int = 100, worst_lane: Lane = Lane.COSMETIC) -> list[Leased]:
    async with desk.transaction() as work:
        return list(await outbox.lease(work, work.now, most, worst_lane))


async def finish(desk: Desk, leased: Leased, state: str = "done") -> bool:
    async with desk.transaction() as work:
        return await outbox.finish(work, leased, state, "why", work.now)


async def put_back(desk: Desk, leased: Leased, after: timedelta = timedelta(), **how: bool) -> None:
    async with desk.transaction() as work:
        await outbox.put_back(work, leased, work.now + after, **{"look": False, **how})


async def row(desk: Desk, key: str) -> dict:
    found = await desk.reads.one("SELECT * FROM intent WHERE key = :key", key=key)
    assert found is not None
    return dict(found)


def keys(leased: list[Leased]) -> list[str]:
    return [one.key for one in leased]


async def test_what_is_meant_twice_is_done_once(desk: Desk) -> None:
    await mean(desk, intent("a"), intent("a", Lane.CONCERN))
    [leased] = await lease(desk)
    assert leased.lane is Lane.REMINDER
    await mean(desk, intent("a"))
    await finish(desk, leased)
    await mean(desk, intent("a"))
    assert not await lease(desk)


async def test_what_a_failed_transaction_meant_is_not_done(desk: Desk) -> None:
    async def fail() -> None:
        async with desk.transaction() as work:
            await work.enqueue(intent("a"))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert not await lease(desk)


async def test_a_leased_intent_has_everything_it_needs(desk: Desk, clock: FakeClock) -> None:
    await mean(desk, intent("a", report="told", not_after=EVENING + MINUTE))
    clock.move(timedelta(seconds=5))
    [leased] = await lease(desk)
    assert leased.data == {"card": "test", "channel": 5}
    assert (leased.kind, leased.server_id, leased.report) == ("post", SERVER, "told")
    assert (leased.created_at, leased.not_after) == (EVENING, EVENING + MINUTE)
    assert leased.tried_at == EVENING + timedelta(seconds=5)
    assert (leased.attempts, leased.look, leased.looks, leased.repeat) == (1, False, 0, False)


async def test_every_message_has_a_nonce_of_its_own(desk: Desk) -> None:
    await mean(desk, *(intent(f"a{number}") for number in range(50)))
    nonces = {leased.nonce for leased in await lease(desk)}
    assert len(nonces) == 50
    assert all(len(nonce) <= 25 for nonce in nonces)


async def test_nothing_is_done_before_its_time(desk: Desk, clock: FakeClock) -> None:
    await mean(desk, intent("a", due_at=EVENING + MINUTE))
    assert not await outbox.any_due(desk.reads, desk.now)
    assert not await lease(desk)
    assert await outbox.next_due(desk.reads) == EVENING + MINUTE
    clock.move(MINUTE)
    assert await outbox.any_due(desk.reads, desk.now)
    assert keys(await lease(desk)) == ["a"]
    assert await outbox.next_due(desk.reads) is None


async def test_what_waits_for_another_in_its_stream_is_not_due(desk: Desk, clock: FakeClock) -> None:
    await mean(desk, intent("a", stream="s"), intent("b", stream="s"))
    [first] = await lease(desk)
    async with desk.transaction() as work:
        await outbox.put_back(work, first, EVENING + MINUTE, look=False)
    assert not await outbox.any_due(desk.reads, desk.now)
    assert await outbox.next_due(desk.reads) == EVENING + MINUTE
    clock.move(MINUTE)
    assert keys(await lease(desk)) == ["a"]


async def test_what_is_being_sent_is_not_sent_by_another(desk: Desk) -> None:
    await mean(desk, intent("a"))
    assert keys(await lease(desk)) == ["a"]
    assert not await lease(desk)


async def test_the_concern_lane_can_be_taken_alone(desk: Desk) -> None:
    await mean(desk, intent("reminder"), intent("page", Lane.CONCERN))
    assert keys(await lease(desk, worst_lane=Lane.CONCERN)) == ["page"]
    assert not await outbox.any_due(desk.reads, desk.now, Lane.CONCERN)
    assert keys(await lease(desk)) == ["reminder"]


async def test_a_stream_waits_for_the_one_before_even_if_that_is_tried_again_later(
    desk: Desk, clock: FakeClock
) -> None:
    await mean(desk, intent("first", stream="s"), intent("second", stream="s"), intent("other", stream="t"))
    first, _ = await lease(desk)
    await put_back(desk, first, MINUTE)
    assert not await lease(desk)
    clock.move(MINUTE)
    [first] = await lease(desk)
    assert first.key == "first"
    await finish(desk, first, "failed")
    assert keys(await lease(desk)) == ["second"]


async def test_the_end_of_an_intent_takes_its_arguments_along(desk: Desk) -> None:
    await mean(desk, intent("a"))
    [leased] = await lease(desk)
    assert await finish(desk, leased, "failed")
    ended = await row(desk, "a")
    assert (ended["state"], ended["reason"], ended["data"]) == ("failed", "why", "{}")


async def test_an_intent_ends_once(desk: Desk) -> None:
    await mean(desk, intent("a"))
    [leased] = await lease(desk)
    assert await finish(desk, leased, "done")
    assert not await finish(desk, leased, "failed")
    await put_back(desk, leased)
    assert (await row(desk, "a"))["state"] == "done"


async def test_what_is_no_longer_wanted_is_withdrawn_by_its_key_with_its_arguments(desk: Desk) -> None:
    await mean(desk, intent("concern:1:page:1"), intent("concern:1:page:2"), intent("concern:2:page:1"))
    async with desk.transaction() as work:
        assert await work.means_to("concern:1:")
        await work.withdraw("concern:1:page:%")
        assert not await work.means_to("concern:1:")
        assert await work.means_to("concern:2:")
    assert keys(await lease(desk)) == ["concern:2:page:1"]
    withdrawn = await row(desk, "concern:1:page:1")
    assert (withdrawn["state"], withdrawn["data"]) == ("dropped", "{}")


async def test_what_is_being_sent_cannot_be_withdrawn(desk: Desk) -> None:
    await mean(desk, intent("a"))
    [leased] = await lease(desk)
    async with desk.transaction() as work:
        await work.withdraw("a")
        assert await work.means_to("a")
    assert await finish(desk, leased)


async def test_what_was_being_sent_at_a_crash_is_looked_for(desk: Desk, clock: FakeClock) -> None:
    await mean(desk, intent("sent"), intent("waiting", due_at=EVENING + timedelta(hours=1)))
    await lease(desk)
    clock.move(MINUTE)
    async with desk.transaction() as work:
        assert await outbox.recover(work, work.now) == 1
        assert await outbox.recover(work, work.now) == 0
    [leased] = await lease(desk)
    assert (leased.key, leased.look, leased.attempts) == ("sent", True, 1)
    assert leased.tried_at == EVENING


async def test_looks_are_counted_and_are_no_attempts(desk: Desk) -> None:
    await mean(desk, intent("a"))
    [leased] = await lease(desk)
    for looks in range(3):
        await put_back(desk, leased, look=True)
        [leased] = await lease(desk)
        assert (leased.look, leased.looks, leased.attempts) == (True, looks, 1)
    await put_back(desk, leased, look=False)
    [leased] = await lease(desk)
    assert (leased.look, leased.looks, leased.attempts, leased.repeat) == (False, 0, 2, True)


async def test_an_attempt_that_reached_nobody_makes_the_next_one_no_repeat(desk: Desk) -> None:
    await mean(desk, intent("a"))
    for _ in range(3):
        [leased] = await lease(desk)
        assert (leased.attempts, leased.repeat) == (1, False)
        await put_back(desk, leased, tried=False)
    [leased] = await lease(desk)
    await put_back(desk, leased, look=True)
    [leased] = await lease(desk)
    await put_back(desk, leased, look=True, tried=False)
    [leased] = await lease(desk)
    assert leased.attempts == 1


async def test_a_look_does_not_change_when_the_last_attempt_began(desk: Desk, clock: FakeClock) -> None:
    await mean(desk, intent("a"))
    [leased] = await lease(desk)
    await put_back(desk, leased, look=True)
    clock.move(MINUTE)
    [leased] = await lease(desk)
    assert leased.tried_at == EVENING
    await put_back(desk, leased)
    [leased] = await lease(desk)
    assert leased.tried_at == EVENING + MINUTE
