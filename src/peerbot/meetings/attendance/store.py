"""The rows of who was there, who was missed, and what is left of that after 60 days: numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads
from peerbot.meetings.rules import Meeting
from peerbot.meetings.store import Seen


async def of_meeting(reads: Reads, meeting_id: str) -> Mapping[int, str]:
    """Return what is known of each person in a meeting: `present`, `apologies` or `not_seen`."""
    rows = await reads.all("SELECT user_id, state FROM attendance WHERE meeting_id = :id", id=meeting_id)
    return {row["user_id"]: row["state"] for row in rows}


async def present(reads: Reads, meeting_id: str, until: datetime) -> frozenset[int]:
    """Return who was there by an instant, as far as it is known."""
    rows = await reads.all(
        "SELECT user_id FROM attendance WHERE meeting_id = :id AND state = 'present' AND at <= :until",
        id=meeting_id,
        until=to_row(until),
    )
    return frozenset(row["user_id"] for row in rows)


async def listed(reads: Reads, user_id: int) -> Sequence[tuple[str, Seen]]:
    """Return when a list said `apologies` or `not_seen` of somebody, as far as it is kept."""
    rows = await reads.all(
        "SELECT server_id, at, state FROM attendance WHERE user_id = :id AND state <> 'present' ORDER BY at", id=user_id
    )
    return [(row["state"], Seen(row["server_id"], from_row(row["at"]))) for row in rows]


async def drop_list(work: Reads, meeting_id: str) -> None:
    """Forget what the list said that was confirmed before."""
    await work.all("DELETE FROM attendance WHERE meeting_id = :id AND listed = 1", id=meeting_id)


async def add_listed(work: Reads, meeting: Meeting, user_id: int, state: str, now: datetime) -> None:
    """Keep what the list says of somebody. Who was seen by themselves stays seen."""
    await work.all(
        """
        INSERT INTO attendance (meeting_id, server_id, user_id, at, state, listed)
        VALUES (:id, :server_id, :user_id, :now, :state, 1) ON CONFLICT DO NOTHING
        """,
        id=meeting.id,
        server_id=meeting.server_id,
        user_id=user_id,
        now=to_row(now),
        state=state,
    )


async def missed_twice(reads: Reads, meeting: Meeting) -> Sequence[int]:
    """Return who was not seen in this meeting and in the one with a confirmed list before it, in the same group."""
    rows = await reads.all(
        """
        SELECT a.user_id FROM attendance AS a JOIN attendance AS b ON b.user_id = a.user_id
        WHERE a.meeting_id = :id AND a.state = 'not_seen' AND b.state = 'not_seen' AND b.meeting_id = (
            SELECT m.id FROM meeting AS m JOIN facilitation AS f ON f.meeting_id = m.id
            WHERE m.group_id = :group_id AND m.starts_at < :starts_at AND f.listed_at IS NOT NULL
            ORDER BY m.starts_at DESC, m.id LIMIT 1)
        ORDER BY a.user_id
        """,
        id=meeting.id,
        group_id=meeting.group_id,
        starts_at=to_row(meeting.starts_at),
    )
    return [row["user_id"] for row in rows]


async def keep_totals(work: Reads, before: datetime) -> None:
    """Add what is known of persons from before an instant to the numbers of their groups, before it is deleted."""
    await work.all(
        """
        INSERT INTO attendance_total (group_id, server_id, starts_at, present, apologies, not_seen)
        SELECT m.group_id, m.server_id, m.starts_at,
            sum(CASE WHEN a.state = 'present' THEN 1 ELSE 0 END),
            sum(CASE WHEN a.state = 'apologies' THEN 1 ELSE 0 END),
            sum(CASE WHEN a.state = 'not_seen' THEN 1 ELSE 0 END)
        FROM attendance AS a JOIN meeting AS m ON m.id = a.meeting_id JOIN peer_group AS g ON g.id = m.group_id
        WHERE a.at < :before GROUP BY m.group_id, m.server_id, m.starts_at
        ON CONFLICT (group_id, starts_at) DO UPDATE SET
            present = attendance_total.present + excluded.present,
            apologies = attendance_total.apologies + excluded.apologies,
            not_seen = attendance_total.not_seen + excluded.not_seen
        """,
        before=to_row(before),
    )


# The note to somebody who was missed.


async def add_note(work: Reads, meeting: Meeting, user_id: int, now: datetime) -> bool:
    """Keep that somebody was written to. Returns False if they were, and have not been there since."""
    row = await work.one(
        """
        INSERT INTO missed_note (group_id, user_id, server_id, at) VALUES (:group_id, :user_id, :server_id, :now)
        ON CONFLICT DO NOTHING RETURNING user_id
        """,
        group_id=meeting.group_id,
        user_id=user_id,
        server_id=meeting.server_id,
        now=to_row(now),
    )
    return row is not None


async def noted(reads: Reads, group_id: str, user_id: int) -> bool:
    """Return whether somebody was written to, and has not been there since."""
    found = await reads.one(
        "SELECT 1 AS one FROM missed_note WHERE group_id = :group_id AND user_id = :user_id",
        group_id=group_id,
        user_id=user_id,
    )
    return found is not None


async def drop_note(work: Reads, group_id: str, user_id: int) -> None:
    """Forget that somebody was written to: they were there again, or have left."""
    await work.all(
        "DELETE FROM missed_note WHERE group_id = :group_id AND user_id = :user_id", group_id=group_id, user_id=user_id
    )


async def no_notes(reads: Reads, server_id: int, user_id: int) -> bool:
    """Return whether somebody wants no such notes in a server."""
    found = await reads.one(
        "SELECT 1 AS one FROM no_missed_note WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )
    return found is not None


async def want_no_notes(work: Reads, server_id: int, user_id: int) -> None:
    """Keep that somebody wants no such notes."""
    await work.all(
        "INSERT INTO no_missed_note (server_id, user_id) VALUES (:server_id, :user_id) ON CONFLICT DO NOTHING",
        server_id=server_id,
        user_id=user_id,
    )


async def want_notes(work: Reads, server_id: int, user_id: int) -> None:
    """Forget that somebody wanted none."""
    await work.all(
        "DELETE FROM no_missed_note WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )


async def notes_of_person(reads: Reads, user_id: int) -> tuple[Sequence[Seen], Sequence[int]]:
    """Return when somebody was written to, and the servers in which they want no such notes."""
    notes = await reads.all("SELECT server_id, at FROM missed_note WHERE user_id = :id ORDER BY at", id=user_id)
    wants_none = await reads.all("SELECT server_id FROM no_missed_note WHERE user_id = :id", id=user_id)
    return [Seen(row["server_id"], from_row(row["at"])) for row in notes], [row["server_id"] for row in wants_none]
