"""Hours that no shift reaches: which of them are news to whoever leads, and when it is told. Pure.

A gap in the plan is told each time: somebody ought to be there. What nobody planned at all mostly returns each week,
and who reads the same each week reads it no more: a stretch is told ahead, 48 and 6 hours before it begins, the first
time only, until it becomes a longer one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from peerbot.engine.wall_clock import resolve
from peerbot.engine.zones import zone
from peerbot.escalation.rota.rules import AHEAD, BACK, Gap, Plan, Span

FOREVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of a stretch that lasts for as long as shifts are made."""
SETTLES: Final = timedelta(hours=1)
"""Nothing is told sooner after it came to be: who changes the rota sees it at once, and may not be done."""
RETURNS: Final = timedelta(days=8)
"""For so long what is over is known, so that it is no news when it returns."""
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time that no shift reaches, how far its tellings have come, and since when it is known."""

    gap: Gap
    found_at: datetime

    @property
    def next_telling(self) -> datetime | None:
        """When the lead is told next; None if there is no more to tell."""
        at = self.gap.next_telling
        return None if at is None else max(at, min(self.found_at + SETTLES, self.gap.span.starts_at))


def stretches(plan: Plan, now: datetime) -> Sequence[Span]:
    """Return the times that no shift reaches, from now until as far as shifts are made.

    One that goes on for a week up to there has no end; a shorter one there is not known whole yet, and is left out.
    """
    until = now + AHEAD
    found = [span for span in plan.unplanned(now - BACK, until) if span.ends_at > now]
    if found and found[-1].ends_at == until:
        last = found.pop()
        if until - last.starts_at > _WEEK:
            found.append(replace(last, ends_at=FOREVER))
    return found


def a_week_later(span: Span, zone_name: str) -> Span:
    """Return the same time a week later, by the clocks of a zone."""

    def later(at: datetime) -> datetime:
        wall = at.astimezone(zone(zone_name))
        return resolve(wall.date() + _WEEK, wall.time(), zone_name)[0]

    ends_at = span.ends_at if span.ends_at == FOREVER else later(span.ends_at)
    return Span(later(span.starts_at), ends_at)


def to_keep(
    found: Sequence[Span], known: Iterable[Stretch], now: datetime, zone_name: str
) -> Sequence[tuple[Span, str | None, int]]:
    """Return (time, id if it is known, how far it is told) of each stretch that is not there a week earlier too.

    One that has begun when it is found is left out: that is no word ahead, and whoever changed the rota was shown it.
    """
    known = list(known)
    kept: list[tuple[Span, str | None, int]] = []
    seen: list[Span] = []
    for span in found:
        same = next((one.gap for one in known if _is_of(span, one.gap.span)), None)
        if same is None and span.starts_at <= now:
            continue
        whole = span if same is None else replace(same.span, ends_at=_end(same.span, span))
        if not any(a_week_later(each, zone_name).contains(whole) for each in seen):
            week_ago = (one.gap.told for one in known if a_week_later(one.gap.span, zone_name).contains(whole))
            told = max(week_ago, default=0) if same is None else same.told
            kept.append((whole, None if same is None else same.id, told))
        seen.append(whole)
    return kept


def _is_of(span: Span, known: Span) -> bool:
    """Return whether a time is what is left of a known one. What comes after the end of an endless one is new."""
    endless = known.ends_at == FOREVER and span.ends_at != FOREVER
    return known.contains(span) and not (endless and known.starts_at != span.starts_at)


def _end(known: Span, span: Span) -> datetime:
    """Return the end of a known time: one without an end has that of what is found there now."""
    return span.ends_at if known.ends_at == FOREVER else known.ends_at
