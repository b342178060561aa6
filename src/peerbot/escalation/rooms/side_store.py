"""The rows of side rooms, as far as they are asked for by server."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads


async def side_rooms(reads: Reads, server_id: int) -> Sequence[tuple[str, int]]:
    """Return (concern, channel) of every side room of a server that is there."""
    rows = await reads.all(
        "SELECT id, side_channel_id FROM concern WHERE server_id = :id AND side_channel_id IS NOT NULL", id=server_id
    )
    return [(row["id"], row["side_channel_id"]) for row in rows]


async def deletions_late(reads: Reads, server_id: int, closed_before: datetime) -> int:
    """Return how many side rooms of a server are still there of concerns that were closed before an instant."""
    row = await reads.one(
        """
        SELECT count(*) AS number FROM concern
        WHERE server_id = :id AND side_channel_id IS NOT NULL AND state = 'closed' AND closed_at < :before
        """,
        id=server_id,
        before=to_row(closed_before),
    )
    return row["number"] if row is not None else 0
