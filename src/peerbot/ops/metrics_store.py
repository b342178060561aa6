"""The numbers that an operator watches, in one statement: how much waits and for how long, never whose."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final

from peerbot.engine.clock import from_row_or_none, to_row
from peerbot.engine.database import Row, Value
from peerbot.engine.outbox import Lane
from peerbot.ops.figures import Waiting

_ASK: Final = """
    SELECT 'lane' AS name, lane, count(*) AS number, min(due_at) AS oldest FROM intent
    WHERE state IN ('waiting', 'sending') AND due_at <= :now GROUP BY lane
    UNION ALL SELECT 'timers', 0, count(*), min(due_at) FROM timer WHERE due_at <= :now
    UNION ALL SELECT 'deletions', 0, count(*), min(created_at) FROM intent
    WHERE kind IN ('channel.delete', 'message.delete') AND state IN ('waiting', 'sending')
        AND (attempts > 0 OR due_at < :now)
    UNION ALL SELECT 'concerns', 0, count(*), min(raised_at) FROM concern
    WHERE state IN ('open', 'unanswered') AND withdrawn_at IS NULL AND practice = 0 AND held = 'no'
"""
"""A deletion that was tried in vain is due later each time, so one that was ever tried counts."""
LONGEST: Final = 2.0
"""Seconds."""

Glance = Callable[..., Awaitable[Sequence[Row]]]


async def waiting(glance: Glance, now: datetime) -> dict[str, Waiting]:
    """Return what waits, by `concern`, `closing` … for the lanes, `timers`, `deletions` and `concerns`.

    Raises:
        TimeoutError: it took longer than `LONGEST`.
    """
    values: dict[str, Value] = {"now": to_row(now)}
    found = {lane.name.lower(): Waiting() for lane in Lane}
    for row in await glance(LONGEST, _ASK, **values):
        name = Lane(row["lane"]).name.lower() if row["name"] == "lane" else str(row["name"])
        oldest = from_row_or_none(row["oldest"])
        found[name] = Waiting(row["number"], max(0.0, (now - oldest).total_seconds()) if oldest is not None else 0.0)
    return found
