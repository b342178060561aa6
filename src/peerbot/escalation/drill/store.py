"""The rows of practice."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.escalation.drill.rules import PagePractised


@dataclass(frozen=True, slots=True)
class Drill:
    """A practice of the whole chain. `ended_how`: `through`, `stopped`, or `real` if somebody was in need meanwhile."""

    concern_id: str
    server_id: int
    started_at: datetime
    ended_at: datetime | None
    ended_how: str | None


def _drill(row: Row) -> Drill:
    return Drill(
        row["concern_id"],
        row["server_id"],
        from_row(row["started_at"]),
        from_row_or_none(row["ended_at"]),
        row["ended_how"],
    )


async def add(work: Reads, drill: Drill, started_by: int) -> None:
    """Keep that a practice has begun."""
    await work.all(
        """
        INSERT INTO drill (concern_id, server_id, started_by, started_at)
        VALUES (:concern_id, :server_id, :started_by, :at)
        """,
        concern_id=drill.concern_id,
        server_id=drill.server_id,
        started_by=started_by,
        at=to_row(drill.started_at),
    )


async def end(work: Reads, concern_id: str, how: str, now: datetime) -> bool:
    """Keep how a practice ended. False: it had ended already."""
    row = await work.one(
        """
        UPDATE drill SET ended_at = :now, ended_how = :how WHERE concern_id = :id AND ended_at IS NULL
        RETURNING concern_id
        """,
        id=concern_id,
        how=how,
        now=to_row(now),
    )
    return row is not None


async def running(reads: Reads, server_id: int) -> Drill | None:
    """Return the practice under way in a server."""
    row = await reads.one("SELECT * FROM drill WHERE server_id = :id AND ended_at IS NULL", id=server_id)
    return _drill(row) if row else None


async def latest(reads: Reads, server_id: int) -> Drill | None:
    """Return a server's latest practice."""
    row = await reads.one(
        "SELECT * FROM drill WHERE server_id = :id ORDER BY started_at DESC, concern_id LIMIT 1", id=server_id
    )
    return _drill(row) if row else None


async def of_concern(reads: Reads, concern_id: str) -> Drill | None:
    """Return the practice of which this is the concern."""
    row = await reads.one("SELECT * FROM drill WHERE concern_id = :id", id=concern_id)
    return _drill(row) if row else None


async def pages(reads: Reads, concern_id: str) -> Sequence[PagePractised]:
    """Return the pages of a practice."""
    rows = await reads.all("SELECT * FROM page WHERE concern_id = :id ORDER BY round, way, id", id=concern_id)
    return [
        PagePractised(
            turn=row["round"],
            way=row["way"],
            people=tuple(json.loads(row["people"])),
            state=row["state"],
            unseen=frozenset(json.loads(row["unseen"])),
            made_at=from_row(row["made_at"]),
            pressed_by=row["pressed_by"],
            pressed_at=from_row_or_none(row["pressed_at"]),
        )
        for row in rows
    ]


async def started_by(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server, when) of every practice kept that a person began."""
    rows = await reads.all(
        "SELECT server_id, started_at FROM drill WHERE started_by = :id ORDER BY started_at", id=user_id
    )
    return [(row["server_id"], from_row(row["started_at"])) for row in rows]
