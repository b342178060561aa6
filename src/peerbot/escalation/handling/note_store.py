"""The rows of what the team wrote about a concern. They go with its free text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads
from peerbot.escalation.store import Concern


@dataclass(frozen=True, slots=True)
class Note:
    """A few words, by whom and when."""

    by: int
    note: str
    at: datetime


async def add(work: Reads, concern: Concern, by: int, note: str, now: datetime) -> None:
    """Keep a note."""
    await work.all(
        """
        INSERT INTO concern_note (server_id, concern_id, by_id, note, at)
        VALUES (:server_id, :concern_id, :by, :note, :now)
        """,
        server_id=concern.server_id,
        concern_id=concern.id,
        by=by,
        note=note,
        now=to_row(now),
    )


async def newest(reads: Reads, concern_id: str, most: int) -> Sequence[Note]:
    """Return the newest notes, the oldest of them first."""
    rows = await reads.all(
        "SELECT * FROM concern_note WHERE concern_id = :id ORDER BY id DESC LIMIT :most", id=concern_id, most=most
    )
    return [Note(row["by_id"], row["note"], from_row(row["at"])) for row in reversed(rows)]


async def of_person(reads: Reads, user_id: int) -> Sequence[tuple[int, int]]:
    """Return (server, how many) of the notes a teammate wrote that are still kept."""
    rows = await reads.all(
        "SELECT server_id, count(*) AS times FROM concern_note WHERE by_id = :id GROUP BY server_id", id=user_id
    )
    return [(row["server_id"], row["times"]) for row in rows]


async def wipe(work: Reads, concern_id: str) -> None:
    """Forget what was written about a concern."""
    await work.all("DELETE FROM concern_note WHERE concern_id = :id", id=concern_id)
