"""The rows of what was done with a concern, by whom and when: never why, or what was said."""

from collections.abc import Sequence
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


async def last_act(reads: Reads, concern_id: str) -> str | None:
    """Return what was done last."""
    row = await reads.one("SELECT act FROM concern_act WHERE concern_id = :id ORDER BY id DESC LIMIT 1", id=concern_id)
    return row["act"] if row else None


async def asked_to_close(reads: Reads, concern_id: str) -> int | None:
    """Return who asked last for a second person to close it.

    Nobody, if the raiser has asked for help again since: what was agreed then is not what there is now.
    """
    row = await reads.one(
        """
        SELECT by_id FROM concern_act AS asked
        WHERE concern_id = :id AND act = 'close_asked' AND NOT EXISTS (
            SELECT 1 FROM concern_act AS later
            WHERE later.concern_id = :id AND later.act = 'joined' AND later.id > asked.id)
        ORDER BY id DESC LIMIT 1
        """,
        id=concern_id,
    )
    return row["by_id"] if row else None


async def acts_of(reads: Reads, user_id: int) -> Sequence[tuple[int, int, datetime]]:
    """Return (server, how many, the last one's instant) of what a teammate did with concerns."""
    rows = await reads.all(
        "SELECT server_id, count(*) AS times, max(at) AS at FROM concern_act WHERE by_id = :id GROUP BY server_id",
        id=user_id,
    )
    return [(row["server_id"], row["times"], from_row(row["at"])) for row in rows]
