"""The rows of what was done with a concern, by whom and when: never why, or what was said."""

from collections.abc import Collection, Sequence
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads
from peerbot.escalation.store import Concern


async def note_act(work: Reads, concern: Concern, act: str, by: int | None, now: datetime) -> None:
    """Write down what was done and by whom: never why or what was said."""
    await work.all(
        "INSERT INTO concern_act (server_id, concern_id, act, by_id, at) VALUES (:server_id, :id, :act, :by, :now)",
        server_id=concern.server_id,
        id=concern.id,
        act=act,
        by=by,
        now=to_row(now),
    )


async def room_act(reads: Reads, concern_id: str) -> str | None:
    """Return what became of the room it was raised in, if that was decided: `room_kept` or `room_gone`."""
    row = await reads.one(
        """
        SELECT act FROM concern_act WHERE concern_id = :id AND act IN ('room_kept', 'room_gone')
        ORDER BY id DESC LIMIT 1
        """,
        id=concern_id,
    )
    return row["act"] if row else None


async def said_since_opened(reads: Reads, concern_id: str, act: str) -> bool:
    """Return whether an act stands there that is newer than the last time somebody opened the concern."""
    row = await reads.one(
        """
        SELECT 1 AS one FROM concern_act AS said WHERE concern_id = :id AND act = :act AND NOT EXISTS (
            SELECT 1 FROM concern_act AS later
            WHERE later.concern_id = :id AND later.act = 'opened' AND later.id > said.id)
        """,
        id=concern_id,
        act=act,
    )
    return row is not None


async def last_act(reads: Reads, concern_id: str) -> str | None:
    """Return what was done last."""
    row = await reads.one("SELECT act FROM concern_act WHERE concern_id = :id ORDER BY id DESC LIMIT 1", id=concern_id)
    return row["act"] if row else None


async def last(reads: Reads, concern_id: str) -> tuple[str, int | None] | None:
    """Return what was done last, and by whom."""
    row = await reads.one(
        "SELECT act, by_id FROM concern_act WHERE concern_id = :id ORDER BY id DESC LIMIT 1", id=concern_id
    )
    return (row["act"], row["by_id"]) if row else None


async def any_of(reads: Reads, concern_id: str, acts: Collection[str]) -> bool:
    """Return whether one of these was done."""
    return bool(set(acts) & set(await done(reads, concern_id)))


async def times(reads: Reads, concern_id: str, act: str) -> int:
    """Return how often this was done."""
    row = await reads.one(
        "SELECT count(*) AS n FROM concern_act WHERE concern_id = :id AND act = :act", id=concern_id, act=act
    )
    return row["n"] if row else 0


async def last_at(reads: Reads, concern_id: str, acts: Collection[str]) -> datetime:
    """Return when one of these was done last; for none of them, the first instant there is."""
    rows = await reads.all("SELECT act, at FROM concern_act WHERE concern_id = :id", id=concern_id)
    return from_row(max((row["at"] for row in rows if row["act"] in acts), default=0))


async def done(reads: Reads, concern_id: str) -> Sequence[str]:
    """Return everything that was done, each once, in the order of the last time."""
    rows = await reads.all(
        "SELECT act FROM concern_act WHERE concern_id = :id GROUP BY act ORDER BY max(id)", id=concern_id
    )
    return [row["act"] for row in rows]


async def people(reads: Reads, concern_id: str, acts: Collection[str]) -> frozenset[int]:
    """Return who did one of these."""
    rows = await reads.all(
        "SELECT DISTINCT act, by_id FROM concern_act WHERE concern_id = :id AND by_id IS NOT NULL", id=concern_id
    )
    return frozenset(row["by_id"] for row in rows if row["act"] in acts)


async def acts_of(reads: Reads, user_id: int) -> Sequence[tuple[int, int, datetime]]:
    """Return (server, how many, the last one's instant) of what a teammate did with concerns."""
    rows = await reads.all(
        "SELECT server_id, count(*) AS times, max(at) AS at FROM concern_act WHERE by_id = :id GROUP BY server_id",
        id=user_id,
    )
    return [(row["server_id"], row["times"], from_row(row["at"])) for row in rows]
