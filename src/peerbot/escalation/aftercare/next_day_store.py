"""The rows of who agreed that one of the team writes to them the next day. Each goes once that is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads, Row
from peerbot.escalation.store import Concern


@dataclass(frozen=True, slots=True)
class NextDay:
    """Somebody to whom one of the team writes from an instant on."""

    concern_id: str
    server_id: int
    user_id: int
    due_at: datetime


def _next_day(row: Row) -> NextDay:
    return NextDay(row["concern_id"], row["server_id"], row["user_id"], from_row(row["due_at"]))


async def want(work: Reads, concern: Concern, user_id: int, due_at: datetime) -> None:
    """Keep that somebody agreed; saying it twice changes nothing."""
    await work.all(
        """
        INSERT INTO next_day (concern_id, server_id, user_id, due_at) VALUES (:id, :server_id, :user_id, :due_at)
        ON CONFLICT (concern_id) DO NOTHING
        """,
        id=concern.id,
        server_id=concern.server_id,
        user_id=user_id,
        due_at=to_row(due_at),
    )


async def load(reads: Reads, concern_id: str) -> NextDay | None:
    """Return who agreed, while nobody has written yet."""
    row = await reads.one("SELECT * FROM next_day WHERE concern_id = :id", id=concern_id)
    return _next_day(row) if row else None


async def forget(work: Reads, concern_id: str) -> bool:
    """It is done, or not wanted any more. False: that was so already."""
    row = await work.one("DELETE FROM next_day WHERE concern_id = :id RETURNING concern_id", id=concern_id)
    return row is not None


async def forget_person(work: Reads, server_id: int, user_id: int) -> None:
    """Nobody is to write to this account any more."""
    await work.all(
        "DELETE FROM next_day WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )


async def of_person(reads: Reads, user_id: int) -> Sequence[NextDay]:
    """Return what a person agreed to that is not done yet."""
    rows = await reads.all("SELECT * FROM next_day WHERE user_id = :id ORDER BY due_at", id=user_id)
    return [_next_day(row) for row in rows]
