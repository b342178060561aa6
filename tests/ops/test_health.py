"""`/healthz` says whether the bot keeps its word; the watchdog is called only when a full cycle vouches for it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from peerbot.ops.health import Connection, Health, PortTaken, report
from peerbot.ops.watchdog import Watchdog
from tests.fakes import EVENING, FakeClock
from tests.ops.stand_ins import log_put_back

SECOND = timedelta(seconds=1)


@dataclass
class Vitals:
    last_cycle: datetime | None = EVENING
    disconnected_since: datetime | None = None
    missing: Sequence[str] = ()
    stopping: bool = False


async def asked(vitals: Vitals | None, now: datetime, path: str = "/healthz") -> tuple[int, Any]:
    health = Health(FakeClock(now))
    health.vitals = vitals
    try:
        port = await health.start("127.0.0.1", 0)
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, await answer.json() if answer.status != 404 else None
    finally:
        await health.close()


async def test_a_working_bot_answers_200_with_its_last_cycle() -> None:
    status, shown = await asked(Vitals(), EVENING + 2.5 * SECOND)
    assert status == 200
    assert shown == {"cycle": "2026-12-01T12:00:00+00:00", "age_seconds": 2.5, "gateway": True}


async def test_a_bot_before_its_first_cycle_answers_503() -> None:
    assert await asked(Vitals(None, EVENING), EVENING) == (503, {"cycle": None, "age_seconds": None, "gateway": False})


async def test_while_the_database_is_brought_up_to_date_it_neither_works_nor_is_ready() -> None:
    assert (await asked(None, EVENING))[0] == 503
    nothing_yet = {"ready": False, "missing": ["database"], "stopping": False}
    assert await asked(None, EVENING, "/readyz") == (503, nothing_yet)


async def test_ready_is_whoever_misses_nothing_and_does_not_stop() -> None:
    ready = {"ready": True, "missing": [], "stopping": False}
    assert await asked(Vitals(), EVENING, "/readyz") == (200, ready)
    waits = ready | {"ready": False, "missing": ["gateway", "cycle"]}
    assert await asked(Vitals(missing=("gateway", "cycle")), EVENING, "/readyz") == (503, waits)
    assert await asked(Vitals(stopping=True), EVENING, "/readyz") == (503, ready | {"ready": False, "stopping": True})


async def test_nothing_else_is_served() -> None:
    assert (await asked(Vitals(), EVENING, "/"))[0] == 404


@pytest.mark.parametrize(("age", "well"), [(15, True), (15.1, False), (-15, True), (-3600, False)])
def test_a_cycle_vouches_for_fifteen_seconds_even_if_the_clock_was_set_back(age: float, well: bool) -> None:  # noqa: FBT001
    assert report(Vitals(), EVENING + age * SECOND)[0] is well


@pytest.mark.parametrize(("gone", "well"), [(0, True), (60, True), (61, False)])
def test_a_lost_gateway_counts_after_a_minute(gone: int, well: bool) -> None:  # noqa: FBT001
    now = EVENING + gone * SECOND
    found, shown = report(Vitals(last_cycle=now, disconnected_since=EVENING), now)
    assert (found, shown["gateway"]) == (well, False)


async def test_a_connection_counts_from_its_first_loss_until_it_is_back() -> None:
    clock = FakeClock()
    connection = Connection(clock)
    assert connection.disconnected_since == EVENING
    await connection.up()
    assert connection.disconnected_since is None
    clock.move(SECOND)
    await connection.down()
    clock.move(SECOND)
    await connection.down()
    assert connection.disconnected_since == EVENING + SECOND
    await connection.up()
    assert connection.disconnected_since is None


async def test_a_taken_port_is_told() -> None:
    first, second = Health(FakeClock()), Health(FakeClock())
    port = await first.start("127.0.0.1", 0)
    with pytest.raises(PortTaken, match=f"127.0.0.1:{port}"):
        await second.start("127.0.0.1", port)
    await second.close()
    await first.close()


# ------------------------------------------------------------------------------------------------------------- watchdog


@asynccontextmanager
async def service(status: int = 200) -> AsyncIterator[tuple[str, list[str]]]:
    """Somebody who is told each minute, and the paths they were called with."""
    calls: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        calls.append(request.path)
        return web.Response(status=status, headers={"Location": "/elsewhere"} if status == 302 else {})

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{site.port}/ping", calls
    finally:
        await runner.cleanup()


async def test_the_watchdog_is_called_once_for_each_new_cycle() -> None:
    vitals = Vitals(None)
    async with service() as (url, calls):
        watchdog = Watchdog(url, lambda: vitals.last_cycle)
        assert await watchdog.call() is False
        vitals.last_cycle = EVENING
        assert await watchdog.call() is True
        assert await watchdog.call() is False
        vitals.last_cycle = EVENING + SECOND
        assert await watchdog.call() is True
        assert calls == ["/ping", "/ping"]


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_a_service_that_refuses_is_logged_without_its_address(
    status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with log_put_back():
        async with service(status) as (url, calls):
            assert await Watchdog(url, lambda: EVENING).call() is False
    assert calls == ["/ping"]
    shown = capsys.readouterr().out
    assert str(status) in shown
    assert "/ping" not in shown


async def test_a_service_out_of_reach_never_raises_and_is_called_again() -> None:
    async with service() as (url, _):
        pass
    with log_put_back():
        watchdog = Watchdog(url, lambda: EVENING)
        assert await watchdog.call() is False
        assert await watchdog.call() is False


async def test_a_failed_call_is_made_up_for_in_the_next_minute() -> None:
    async with service(500) as (url, calls):
        watchdog = Watchdog(url, lambda: EVENING)
        await watchdog.call()
        await watchdog.call()
    assert len(calls) == 2
