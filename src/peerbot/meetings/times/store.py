"""The rows of the times that a group has set for its meetings."""

from peerbot.engine.database import Reads
from peerbot.meetings.times.rules import Times


async def of_group(reads: Reads, group_id: str) -> Times:
    """Return what a group has set, as it was set: nothing is doubled here."""
    row = await reads.one("SELECT times FROM room_times WHERE group_id = :id", id=group_id)
    return Times.from_text(row["times"]) if row else Times()


async def save(work: Reads, server_id: int, group_id: str, times: Times) -> None:
    """Keep what a group has set."""
    await work.all(
        """
        INSERT INTO room_times (group_id, server_id, times) VALUES (:group_id, :server_id, :times)
        ON CONFLICT (group_id) DO UPDATE SET times = excluded.times
        """,
        group_id=group_id,
        server_id=server_id,
        times=times.to_text(),
    )


async def forget(work: Reads, group_id: str) -> None:
    """Delete what a group had set."""
    await work.all("DELETE FROM room_times WHERE group_id = :id", id=group_id)
