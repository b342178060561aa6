"""The rows of rooms whose deletion waits, and of who agreed to that."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads
from peerbot.meetings.holds.rules import Hold
from peerbot.meetings.rules import Meeting
from peerbot.meetings.store import Seen


async def load(reads: Reads, meeting_id: str) -> Hold | None:
    """Return how the deletion of a room waits; None if nobody was asked."""
    row = await reads.one("SELECT * FROM room_hold WHERE meeting_id = :id", id=meeting_id)
    return Hold(from_row(row["asked_at"]), from_row(row["until"]), bool(row["kept"])) if row else None


async def ask(work: Reads, meeting: Meeting, hold: Hold) -> None:
    """Keep that two people are asked."""
    await work.all(
        "INSERT INTO room_hold (meeting_id, server_id, asked_at, until) VALUES (:id, :server_id, :asked_at, :until)",
        id=meeting.id,
        server_id=meeting.server_id,
        asked_at=to_row(hold.asked_at),
        until=to_row(hold.until),
    )


async def keep(work: Reads, meeting_id: str, until: datetime) -> None:
    """Keep that two people agreed."""
    await work.all(
        "UPDATE room_hold SET kept = 1, until = :until WHERE meeting_id = :id", id=meeting_id, until=to_row(until)
    )


async def agree(work: Reads, meeting: Meeting, user_id: int, now: datetime) -> None:
    """Keep that somebody agreed; the first time counts."""
    await work.all(
        """
        INSERT INTO room_hold_yes (meeting_id, server_id, user_id, at) VALUES (:id, :server_id, :user_id, :now)
        ON CONFLICT DO NOTHING
        """,
        id=meeting.id,
        server_id=meeting.server_id,
        user_id=user_id,
        now=to_row(now),
    )


async def agreed(reads: Reads, meeting_id: str) -> tuple[int, ...]:
    """Return who agreed, in that order."""
    rows = await reads.all(
        "SELECT user_id FROM room_hold_yes WHERE meeting_id = :id ORDER BY at, user_id", id=meeting_id
    )
    return tuple(row["user_id"] for row in rows)


async def of_person(reads: Reads, user_id: int) -> Sequence[Seen]:
    """Return when somebody agreed to keep a room, as far as it is kept."""
    rows = await reads.all("SELECT server_id, at FROM room_hold_yes WHERE user_id = :id ORDER BY at", id=user_id)
    return [Seen(row["server_id"], from_row(row["at"])) for row in rows]
