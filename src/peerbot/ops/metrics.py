"""`/metrics`, as Prometheus reads it: numbers of the whole bot. No id, no name, nothing for each server or group."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from peerbot.ops.figures import OUTCOMES, PAGE_BUCKETS, SCOPES, Figures, Pages, Requests

LANES: Final = ("concern", "closing", "opening", "reminder", "cosmetic")
_LAG_BUCKETS: Final = (0.01, 0.05, 0.1, 0.5, 1, 2, 5, 15)
_LOOKED_EVERY: Final = 1.0
"""Seconds."""


class Metrics:
    """What is shown, from figures that are asked for at each look."""

    def __init__(
        self, figures: Callable[[], Awaitable[Figures]], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Show `figures`, the process, and how late the event loop is, which `sleep` tells."""
        self._figures = figures
        self._sleep = sleep
        self._shown = Figures()
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._lag = Histogram(
            "peerbot_loop_lag_seconds",
            "How much later than asked for a short sleep ended",
            buckets=_LAG_BUCKETS,
            registry=self._registry,
        )
        self._registry.register(_Collector(lambda: self._shown))
        self._looking = asyncio.Lock()

    async def page(self) -> bytes:
        """Return everything, in Prometheus's text format."""
        async with self._looking:
            self._shown = await self._figures()
            return generate_latest(self._registry)

    async def watch_the_loop(self) -> None:
        """Look, until cancelled, how late the event loop is: whatever blocks it delays every answer."""
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await self._sleep(_LOOKED_EVERY)
            self._lag.observe(max(0.0, loop.time() - before - _LOOKED_EVERY))


class _Collector:
    def __init__(self, figures: Callable[[], Figures]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Any]:
        """Yield every family; what is not known is left out."""
        shown = self._figures()
        yield GaugeMetricFamily("peerbot_cycle_age_seconds", "Since the last full cycle", shown.cycle_age)
        yield GaugeMetricFamily("peerbot_gateway_connected", "Whether Discord's gateway is", int(shown.connected))
        yield CounterMetricFamily("peerbot_gateway_sessions", "Sessions begun", shown.sessions)
        yield CounterMetricFamily("peerbot_gateway_resumes", "Sessions taken up again", shown.resumes)
        yield CounterMetricFamily("peerbot_gateway_losses", "Connections lost", shown.losses)
        yield from _requests(shown.requests)
        yield from _pages(shown.pages)
        known = shown.waiting is not None
        yield GaugeMetricFamily("peerbot_database_read", "Whether the database answered in time", int(known))
        if shown.backup_age is not None:
            yield GaugeMetricFamily("peerbot_backup_age_seconds", "Since the newest good backup", shown.backup_age)
        if shown.waiting is None:
            return
        due = GaugeMetricFamily("peerbot_intents_due", "What is due to go out to Discord", labels=["lane"])
        oldest = GaugeMetricFamily("peerbot_intents_oldest_seconds", "How long the oldest waits", labels=["lane"])
        for lane in LANES:
            due.add_metric([lane], shown.waiting[lane].number)
            oldest.add_metric([lane], shown.waiting[lane].oldest)
        yield due
        yield oldest
        timers, deletions = shown.waiting["timers"], shown.waiting["deletions"]
        yield GaugeMetricFamily("peerbot_timers_due", "What is due to be done", timers.number)
        yield GaugeMetricFamily("peerbot_timers_oldest_seconds", "How long the oldest waits", timers.oldest)
        yield GaugeMetricFamily("peerbot_deletions_overdue", "Deletions due and not done", deletions.number)
        yield GaugeMetricFamily("peerbot_deletions_oldest_seconds", "How long the oldest waits", deletions.oldest)
        yield GaugeMetricFamily(
            "peerbot_concerns_unanswered", "Concerns that nobody has", shown.waiting["concerns"].number
        )


def _requests(made: Requests) -> Iterator[Any]:
    answers = CounterMetricFamily("peerbot_requests", "Requests to Discord, by what became of them", labels=["outcome"])
    for outcome in OUTCOMES:
        answers.add_metric([outcome], made.outcomes.get(outcome, 0))
    yield answers
    limited = CounterMetricFamily("peerbot_rate_limited", "429s, by whose limit was reached", labels=["scope"])
    for scope in SCOPES:
        limited.add_metric([scope], made.limited.get(scope, 0))
    yield limited
    yield CounterMetricFamily("peerbot_requests_invalid", "Requests that count towards Discord's ban", made.invalid)


def _pages(pages: Pages) -> Iterator[Any]:
    within = [(str(most), float(n)) for most, n in zip(PAGE_BUCKETS, pages.within, strict=True)]
    buckets = [*within, ("+Inf", float(pages.arrived))]
    yield HistogramMetricFamily(
        "peerbot_page_seconds", "From meaning to page to Discord taking it", buckets, pages.seconds
    )
    yield CounterMetricFamily("peerbot_pages_failed", "Pages that reached nobody by the way they went", pages.failed)
