"""Timers: one row for each thing that must happen at an instant. Nothing the process remembers matters."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads


@dataclass(frozen=True, slots=True)
class Timer:
    """A due timer. `subject` is the id of the row it is about."""

    id: int
    kind: str
    subject: str
    server_id: int | None
    due_at: datetime
    attempts: int


async def set_timer(work: Reads, kind: str, subject: str, due_at: datetime, server_id: int | None) -> None:
    """Set the one timer of this kind for this subject, moving it if there is one."""
    await work.all(
        """
        INSERT INTO timer (kind, subject, server_id, due_at, not_before)
        VALUES (:kind, :subject, :server_id, :due_at, :due_at)
        ON CONFLICT (kind, subject) DO UPDATE
        SET due_at = excluded.due_at, not_before = excluded.not_before, attempts = 0
        """,
        kind=kind,
        subject=subject,
        server_id=server_id,
        due_at=to_row(due_at),
    )


async def cancel_timer(work: Reads, kind_like: str, subject: str) -> None:
    """Forget the subject's timers whose kind matches the LIKE pattern `kind_like`."""
    await work.all(
        "DELETE FROM timer WHERE kind LIKE :kind_like AND subject = :subject", kind_like=kind_like, subject=subject
    )


async def earlier(work: Reads, kind_like: str, besides: Collection[str], by: timedelta) -> None:
    """Let timers whose kind matches the LIKE pattern be due earlier, all but those of the kinds `besides`."""
    await work.all(
        """
        UPDATE timer SET due_at = due_at - :by, not_before = not_before - :by
        WHERE kind LIKE :kind_like AND kind NOT IN (SELECT value FROM json_each(:besides))
        """,
        by=int(by.total_seconds()),
        kind_like=kind_like,
        besides=json.dumps(list(besides)),
    )


async def due(reads: Reads, now: datetime, most: int) -> Sequence[Timer]:
    """Return up to `most` timers whose time has come: a concern's first, then the oldest."""
    rows = await reads.all(
        """
        SELECT * FROM timer WHERE not_before <= :now
        ORDER BY (kind NOT LIKE 'concern.%'), not_before, id LIMIT :most
        """,
        now=to_row(now),
        most=most,
    )
    return [
        Timer(row["id"], row["kind"], row["subject"], row["server_id"], from_row(row["due_at"]), row["attempts"])
        for row in rows
    ]


async def claim(work: Reads, timer: Timer) -> bool:
    """Delete a due timer inside the transaction that does its work. False: it was moved or cancelled meanwhile."""
    # By name, not only by number: SQLite gives the number of a cancelled timer to the next one that is set.
    row = await work.one(
        "DELETE FROM timer WHERE kind = :kind AND subject = :subject AND due_at = :due_at RETURNING id",
        kind=timer.kind,
        subject=timer.subject,
        due_at=to_row(timer.due_at),
    )
    return row is not None


async def postpone(work: Reads, timer: Timer, now: datetime) -> None:
    """After a failed attempt, try again after a pause that doubles up to a minute. Its true due time stays."""
    pause = timedelta(seconds=min(2**timer.attempts, 60))
    await work.all(
        """
        UPDATE timer SET attempts = attempts + 1, not_before = :not_before
        WHERE kind = :kind AND subject = :subject AND due_at = :due_at
        """,
        kind=timer.kind,
        subject=timer.subject,
        due_at=to_row(timer.due_at),
        not_before=to_row(now + pause),
    )


async def next_due(reads: Reads) -> datetime | None:
    """Return when the next timer is due."""
    row = await reads.one("SELECT min(not_before) AS not_before FROM timer")
    return from_row_or_none(row["not_before"]) if row else None
