"""The rows of those who will not come to a meeting."""

from collections.abc import Sequence

from peerbot.engine.clock import from_row
from peerbot.engine.database import Reads
from peerbot.meetings.rules import Meeting
from peerbot.meetings.store import Seen


async def add(work: Reads, meeting: Meeting, user_id: int) -> None:
    """Keep that somebody will not come."""
    await work.all(
        "INSERT INTO away (meeting_id, server_id, user_id) VALUES (:id, :server_id, :user_id) ON CONFLICT DO NOTHING",
        id=meeting.id,
        server_id=meeting.server_id,
        user_id=user_id,
    )


async def remove(work: Reads, meeting_id: str, user_id: int) -> None:
    """Forget that somebody will not come."""
    await work.all("DELETE FROM away WHERE meeting_id = :id AND user_id = :user_id", id=meeting_id, user_id=user_id)


async def remove_from_group(work: Reads, group_id: str, user_id: int) -> None:
    """Forget it for every meeting of a group."""
    await work.all(
        """
        DELETE FROM away WHERE user_id = :user_id
        AND meeting_id IN (SELECT id FROM meeting WHERE group_id = :group_id)
        """,
        group_id=group_id,
        user_id=user_id,
    )


async def people(reads: Reads, meeting_id: str) -> frozenset[int]:
    """Return who will not come: for deciding whether there is cover, never to be shown."""
    rows = await reads.all("SELECT user_id FROM away WHERE meeting_id = :id", id=meeting_id)
    return frozenset(row["user_id"] for row in rows)


async def count(reads: Reads, meeting_id: str) -> int:
    """Return how many will not come."""
    row = await reads.one("SELECT count(*) AS number FROM away WHERE meeting_id = :id", id=meeting_id)
    return row["number"] if row is not None else 0


async def of_person(reads: Reads, user_id: int) -> Sequence[Seen]:
    """Return the meetings to which somebody will not come, by their end."""
    rows = await reads.all(
        """
        SELECT m.server_id, m.ends_at FROM away JOIN meeting m ON m.id = away.meeting_id
        WHERE away.user_id = :user_id ORDER BY m.ends_at
        """,
        user_id=user_id,
    )
    return [Seen(row["server_id"], from_row(row["ends_at"])) for row in rows]
