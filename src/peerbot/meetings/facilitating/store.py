"""The rows of what facilitators do in one meeting."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads
from peerbot.meetings.facilitating.rules import Facilitation, Limit
from peerbot.meetings.rules import Meeting
from peerbot.meetings.store import Seen


async def facilitation(reads: Reads, meeting_id: str) -> Facilitation:
    """Return what was done in a meeting."""
    row = await reads.one("SELECT * FROM facilitation WHERE meeting_id = :id", id=meeting_id)
    if row is None:
        return Facilitation()
    return Facilitation(
        from_row_or_none(row["planned_end"]),
        from_row_or_none(row["paused_until"]),
        from_row_or_none(row["door_shut_at"]),
        from_row_or_none(row["helper_wanted_at"]),
        from_row_or_none(row["listed_at"]),
    )


async def save(work: Reads, meeting: Meeting, now: Facilitation) -> None:
    """Keep what is now true of a meeting."""
    await work.all(
        """
        INSERT INTO facilitation
            (meeting_id, server_id, planned_end, paused_until, door_shut_at, helper_wanted_at, listed_at)
        VALUES
            (:id, :server_id, :planned_end, :paused_until, :door_shut_at, :helper_wanted_at, :listed_at)
        ON CONFLICT (meeting_id) DO UPDATE SET
            planned_end = excluded.planned_end, paused_until = excluded.paused_until,
            door_shut_at = excluded.door_shut_at, helper_wanted_at = excluded.helper_wanted_at,
            listed_at = excluded.listed_at
        """,
        id=meeting.id,
        server_id=meeting.server_id,
        planned_end=_row(now.planned_end),
        paused_until=_row(now.paused_until),
        door_shut_at=_row(now.door_shut_at),
        helper_wanted_at=_row(now.helper_wanted_at),
        listed_at=_row(now.listed_at),
    )


def _row(at: datetime | None) -> int | None:
    return None if at is None else to_row(at)


async def set_limit(work: Reads, meeting: Meeting, user_id: int, what: Limit) -> bool:
    """Keep that somebody was asked out, or may only read. Returns False if that was so already."""
    row = await work.one(
        """
        INSERT INTO room_limit (meeting_id, server_id, user_id, what) VALUES (:id, :server_id, :user_id, :what)
        ON CONFLICT (meeting_id, user_id) DO UPDATE SET what = excluded.what WHERE what <> excluded.what
        RETURNING user_id
        """,
        id=meeting.id,
        server_id=meeting.server_id,
        user_id=user_id,
        what=what,
    )
    return row is not None


async def lift_limit(work: Reads, meeting_id: str, user_id: int) -> Limit | None:
    """Let somebody back. Returns what held for them."""
    row = await work.one(
        "DELETE FROM room_limit WHERE meeting_id = :id AND user_id = :user_id RETURNING what",
        id=meeting_id,
        user_id=user_id,
    )
    return row["what"] if row is not None else None


async def limits(reads: Reads, meeting_id: str) -> Mapping[int, Limit]:
    """Return for whom something holds in a meeting."""
    rows = await reads.all("SELECT user_id, what FROM room_limit WHERE meeting_id = :id", id=meeting_id)
    return {row["user_id"]: row["what"] for row in rows}


async def limits_of_person(reads: Reads, user_id: int) -> Sequence[Seen]:
    """Return the meetings in which something holds for a person, by their end."""
    rows = await reads.all(
        """
        SELECT m.server_id, m.ends_at FROM room_limit AS l JOIN meeting AS m ON m.id = l.meeting_id
        WHERE l.user_id = :user_id ORDER BY m.ends_at
        """,
        user_id=user_id,
    )
    return [Seen(row["server_id"], from_row(row["ends_at"])) for row in rows]
