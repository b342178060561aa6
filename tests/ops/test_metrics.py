"""`/metrics`: numbers of the whole bot, asked of the database beside everybody else, with nobody in them."""

import asyncio
import re
import sys
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Final

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from peerbot.app import App
from peerbot.engine.database import Database
from peerbot.engine.outbox import Intent, Lane
from peerbot.ops.figures import Figures, Waiting
from peerbot.ops.health import Health
from peerbot.ops.metrics import LANES, Metrics
from tests.fakes import EVENING, FakeClock
from tests.meta.sources import ROOT
from tests.ops.running import KEY

SERVER: Final = 1234567890123
Numbers = dict[tuple[str, str], float]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def app(tmp_path: Path, clock: FakeClock) -> AsyncGenerator[App]:
    app = await App.open(tmp_path / "bot.sqlite", KEY, clock)
    yield app
    await app.close()


async def scraped(metrics: Metrics) -> Numbers:
    """Every sample by its name and its one label, as Prometheus itself would read them."""
    found: Numbers = {}
    for family in text_string_to_metric_families((await metrics.page()).decode()):
        for sample in family.samples:
            assert len(sample.labels) <= 1
            found[sample.name, "".join(sample.labels.values())] = sample.value
    return found


async def test_what_waits_is_counted_by_lane_with_the_age_of_the_oldest(app: App, clock: FakeClock) -> None:
    async with app.desk.transaction() as work:
        for number, lane in enumerate((Lane.CONCERN, Lane.CONCERN, Lane.REMINDER)):
            due = EVENING + timedelta(seconds=number)
            await work.enqueue(Intent(f"k{number}", "post", lane, SERVER, {"channel": 5}, due_at=due))
        await work.enqueue(Intent("later", "post", Lane.OPENING, SERVER, due_at=EVENING + timedelta(hours=1)))
        await work.enqueue(Intent("gone", "channel.delete", Lane.CLOSING, SERVER, due_at=EVENING))
        await work.set_timer("test", "a", EVENING, SERVER)
    clock.move(timedelta(seconds=10))
    found = await scraped(Metrics(app.figures))
    assert {lane: found["peerbot_intents_due", lane] for lane in LANES} == {
        "concern": 2,
        "closing": 1,
        "opening": 0,
        "reminder": 1,
        "cosmetic": 0,
    }
    assert found["peerbot_intents_oldest_seconds", "concern"] == 10
    assert found["peerbot_intents_oldest_seconds", "reminder"] == 8
    assert (found["peerbot_timers_due", ""], found["peerbot_timers_oldest_seconds", ""]) == (1, 10)
    assert (found["peerbot_deletions_overdue", ""], found["peerbot_deletions_oldest_seconds", ""]) == (1, 10)
    assert found["peerbot_concerns_unanswered", ""] == 0


async def test_a_deletion_that_was_tried_in_vain_stays_overdue_though_it_is_due_later(app: App) -> None:
    async with app.desk.transaction() as work:
        await work.enqueue(Intent("gone", "channel.delete", Lane.CLOSING, SERVER))
        await work.all("UPDATE intent SET attempts = 3, due_at = due_at + 300")
    found = await scraped(Metrics(app.figures))
    assert found["peerbot_deletions_overdue", ""] == 1
    assert found["peerbot_intents_due", "closing"] == 0


async def test_the_age_of_the_cycle_is_without_end_before_the_first(app: App, clock: FakeClock) -> None:
    metrics = Metrics(app.figures)
    assert (await scraped(metrics))["peerbot_cycle_age_seconds", ""] == float("inf")
    await app.tick.run()
    clock.move(timedelta(seconds=3))
    assert (await scraped(metrics))["peerbot_cycle_age_seconds", ""] == 3


async def test_the_gateway_is_told_with_how_often_it_was_there_taken_up_again_and_lost(app: App) -> None:
    line = app.vitals._connection
    for happens in (line.up, line.down, line.down, line.resumed, line.down, line.up):
        await happens()
    found = await scraped(Metrics(app.figures))
    assert found["peerbot_gateway_connected", ""] == 1
    assert [found[f"peerbot_gateway_{name}_total", ""] for name in ("sessions", "resumes", "losses")] == [2, 1, 2]


async def test_nobody_and_no_server_is_in_it(app: App) -> None:
    async with app.desk.transaction() as work:
        await work.enqueue(Intent("k:987654321", "post", Lane.CONCERN, SERVER, {"channel": 555555555}))
    page = (await Metrics(app.figures).page()).decode()
    labels = set(re.findall(r"[{,](\w+)=", page))
    assert labels <= {"lane", "le", "outcome", "scope"}
    assert not re.findall(r"1234567890123|987654321|555555555", page)


async def test_it_is_asked_while_a_transaction_holds_the_writing_connection(app: App) -> None:
    async with app.desk.transaction():
        assert (await scraped(Metrics(app.figures)))["peerbot_database_read", ""] == 1


async def test_a_statement_that_takes_too_long_is_ended_and_holds_nobody_up(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.sqlite", KEY)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(TimeoutError):
        await database.glance(0.05, endless)
    assert await database.reads.one("SELECT 1 AS one") == {"one": 1}
    await database.close()


async def test_without_the_database_the_rest_is_told() -> None:
    async def figures() -> Figures:
        return Figures(cycle_age=1, connected=True)

    found = await scraped(Metrics(figures))
    assert found["peerbot_database_read", ""] == 0
    assert found["peerbot_gateway_connected", ""] == 1
    assert not [name for name, _ in found if "intents" in name or "backup" in name]


async def test_how_late_the_loop_is_is_measured_by_when_a_short_sleep_ended() -> None:
    async def figures() -> Figures:
        return Figures()

    woken = asyncio.Semaphore(0)

    async def sleep(_seconds: float) -> None:
        await woken.acquire()

    metrics = Metrics(figures, sleep)
    watching = asyncio.create_task(metrics.watch_the_loop())
    for _ in range(3):
        woken.release()
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    found = await scraped(metrics)
    assert found["peerbot_loop_lag_seconds_count", ""] == 3
    assert found["peerbot_loop_lag_seconds_bucket", "0.01"] == 3


async def everything() -> Figures:
    """Every number there is."""
    waits = {name: Waiting(1, 1) for name in (*LANES, "timers", "deletions", "concerns")}
    return Figures(1, connected=True, sessions=1, waiting=waits, backup_age=1)


async def test_the_rules_and_the_guide_name_only_what_is_served_and_the_guide_names_all_of_ours() -> None:
    found = {name for name, _ in await scraped(Metrics(everything))}
    rules = (ROOT / "hosting" / "alerts.yml").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "operators-guide.md").read_text(encoding="utf-8")
    named = re.compile(r"\bpeerbot_[a-z_]+")
    assert set(named.findall(rules)) <= found
    ours = {re.sub("_(bucket|count|sum|created)$", "", name) for name in found if name.startswith("peerbot_")}
    assert set(named.findall(guide)) == ours
    assert "process_resident_memory_bytes" in found


@pytest.mark.parametrize("wanted", [True, False])
async def test_it_answers_only_where_it_is_wanted(wanted: bool) -> None:  # noqa: FBT001
    health = Health(FakeClock())
    health.metrics = Metrics(everything) if wanted else None
    port = await health.start("127.0.0.1", 0)
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/metrics") as answer:
        assert answer.status == (200 if wanted else 404)
        assert ("peerbot_cycle_age_seconds 1.0" in await answer.text()) is wanted
    await health.close()


async def test_the_library_is_loaded_only_where_it_is_wanted() -> None:
    code = "import sys, peerbot.app, peerbot.ops.serving; sys.exit('prometheus_client' in sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    assert await process.wait() == 0
