"""The rows of who of the team reads which room, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads, Row


@dataclass(frozen=True, slots=True)
class LookIn:
    """Somebody reads a room until an instant. `told`: the room knows, so that access could be given."""

    id: str
    server_id: int
    concern_id: str
    channel_id: int
    user_id: int
    until: datetime
    told: bool = False


def _look_in(row: Row) -> LookIn:
    return LookIn(
        row["id"],
        row["server_id"],
        row["concern_id"],
        row["channel_id"],
        row["user_id"],
        from_row(row["until"]),
        bool(row["told"]),
    )


async def add(work: Reads, look: LookIn) -> None:
    """Keep that somebody will read a room."""
    await work.all(
        """
        INSERT INTO look_in (id, server_id, concern_id, channel_id, user_id, until)
        VALUES (:id, :server_id, :concern_id, :channel_id, :user_id, :until)
        """,
        id=look.id,
        server_id=look.server_id,
        concern_id=look.concern_id,
        channel_id=look.channel_id,
        user_id=look.user_id,
        until=to_row(look.until),
    )


async def load(reads: Reads, look_id: str) -> LookIn | None:
    """Return one that has not ended."""
    row = await reads.one("SELECT * FROM look_in WHERE id = :id AND ended_at IS NULL", id=look_id)
    return _look_in(row) if row else None


async def told(work: Reads, look_id: str) -> bool:
    """Keep that the room knows. False: it has ended meanwhile."""
    row = await work.one("UPDATE look_in SET told = 1 WHERE id = :id AND ended_at IS NULL RETURNING id", id=look_id)
    return row is not None


async def end(work: Reads, look_id: str, now: datetime) -> bool:
    """Keep that it has ended. False: it had already."""
    row = await work.one(
        "UPDATE look_in SET ended_at = :now WHERE id = :id AND ended_at IS NULL RETURNING id",
        id=look_id,
        now=to_row(now),
    )
    return row is not None


async def reads_now(reads: Reads, channel_id: int, user_id: int, now: datetime) -> bool:
    """Return whether somebody may read a room at this instant."""
    row = await reads.one(
        """
        SELECT 1 AS one FROM look_in WHERE channel_id = :channel_id AND user_id = :user_id
        AND told = 1 AND ended_at IS NULL AND until > :now LIMIT 1
        """,
        channel_id=channel_id,
        user_id=user_id,
        now=to_row(now),
    )
    return row is not None


async def of_concern(reads: Reads, concern_id: str) -> Sequence[LookIn]:
    """Return those of a concern that have not ended."""
    rows = await reads.all("SELECT * FROM look_in WHERE concern_id = :id AND ended_at IS NULL", id=concern_id)
    return [_look_in(row) for row in rows]


async def of_teammate(reads: Reads, server_id: int, user_id: int) -> Sequence[LookIn]:
    """Return those of a teammate that have not ended."""
    rows = await reads.all(
        "SELECT * FROM look_in WHERE server_id = :server_id AND user_id = :user_id AND ended_at IS NULL",
        server_id=server_id,
        user_id=user_id,
    )
    return [_look_in(row) for row in rows]


async def of_person(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server, when the last one was over) of where a teammate read a room."""
    rows = await reads.all(
        "SELECT server_id, max(until) AS at FROM look_in WHERE user_id = :id GROUP BY server_id", id=user_id
    )
    return [(row["server_id"], from_row(row["at"])) for row in rows]
