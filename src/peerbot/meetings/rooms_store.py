"""The rows of what rooms need: categories of ours, and how many people had left the server."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads
from peerbot.meetings.rules import Meeting


async def categories(reads: Reads, server_id: int) -> Sequence[int]:
    """Return the further categories that the bot made for the rooms of a server, oldest first."""
    rows = await reads.all("SELECT channel_id FROM room_category WHERE server_id = :id ORDER BY id", id=server_id)
    return [row["channel_id"] for row in rows]


async def add_category(work: Reads, server_id: int, channel_id: int) -> None:
    """Keep a category that the bot made."""
    await work.all(
        "INSERT INTO room_category (server_id, channel_id) VALUES (:server_id, :channel_id) ON CONFLICT DO NOTHING",
        server_id=server_id,
        channel_id=channel_id,
    )


async def save_category(work: Reads, meeting_id: str, category_id: int | None) -> None:
    """Keep into which category a room is meant to go."""
    await work.all(
        "UPDATE room SET category_id = :category_id WHERE meeting_id = :id", id=meeting_id, category_id=category_id
    )


async def being_made(reads: Reads, server_id: int, besides: str) -> Mapping[int, int]:
    """Return category → how many rooms are meant to go there and are not there yet, one meeting's left out."""
    rows = await reads.all(
        """
        SELECT r.category_id, count(*) AS number FROM room AS r JOIN meeting AS m ON m.id = r.meeting_id
        WHERE r.server_id = :server_id AND r.category_id IS NOT NULL AND r.channel_id IS NULL AND m.state = 'lobby'
          AND r.meeting_id <> :besides GROUP BY r.category_id
        """,
        server_id=server_id,
        besides=besides,
    )
    return {row["category_id"]: row["number"] for row in rows}


async def wanting(reads: Reads, server_id: int) -> Sequence[str]:
    """Return the ids of the meetings of a server whose room is not there yet, the earliest first."""
    rows = await reads.all(
        """
        SELECT m.id FROM meeting AS m JOIN room AS r ON r.meeting_id = m.id
        WHERE m.server_id = :server_id AND m.state = 'lobby' AND r.channel_id IS NULL ORDER BY m.starts_at, m.id
        """,
        server_id=server_id,
    )
    return [row["id"] for row in rows]


async def count_gone(work: Reads, meeting: Meeting, number: int) -> None:
    """Add to how many of a meeting's people were found to have left the server."""
    await work.all(
        """
        INSERT INTO room_gone (meeting_id, server_id, number) VALUES (:id, :server_id, :number)
        ON CONFLICT (meeting_id) DO UPDATE SET number = number + excluded.number
        """,
        id=meeting.id,
        server_id=meeting.server_id,
        number=number,
    )


async def gone(reads: Reads, meeting_id: str) -> int:
    """Return how many of a meeting's people were found to have left the server."""
    row = await reads.one("SELECT number FROM room_gone WHERE meeting_id = :id", id=meeting_id)
    return row["number"] if row else 0


async def nobody_there(work: Reads, meeting_id: str) -> None:
    """Forget that a facilitator was there."""
    await work.all("UPDATE meeting SET facilitator_at = NULL WHERE id = :id", id=meeting_id)


async def end_standing_in(work: Reads, server_id: int, user_id: int) -> None:
    """Let somebody hold no meeting of a server any more that they took over."""
    await work.all(
        "DELETE FROM stand_in WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )


async def end_standing_in_group(work: Reads, group_id: str, user_id: int) -> bool:
    """Let somebody hold no meeting of a group any more that they took over. Returns whether they held one."""
    rows = await work.all(
        """
        DELETE FROM stand_in WHERE user_id = :user_id
          AND meeting_id IN (SELECT id FROM meeting WHERE group_id = :group_id) RETURNING meeting_id
        """,
        group_id=group_id,
        user_id=user_id,
    )
    return bool(rows)


async def any_opened(reads: Reads, server_id: int) -> bool:
    """Return whether a meeting of a server has opened."""
    row = await reads.one("SELECT 1 FROM meeting WHERE server_id = :id AND opened_at IS NOT NULL LIMIT 1", id=server_id)
    return row is not None


async def deletions_late(reads: Reads, server_id: int, before: datetime) -> int:
    """Return how many rooms of a server are still there that were meant to be deleted before an instant."""
    row = await reads.one(
        """
        SELECT count(*) AS number FROM room
        WHERE server_id = :id AND channel_id IS NOT NULL AND deleted_at IS NULL AND deletion_asked_at < :before
        """,
        id=server_id,
        before=to_row(before),
    )
    return row["number"] if row is not None else 0
