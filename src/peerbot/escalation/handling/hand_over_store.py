"""The rows of teammates who were asked to take a concern over."""

from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads
from peerbot.escalation.store import Concern


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who has it, and who was asked to have it."""

    concern_id: str
    giver: int
    to: int
    at: datetime


async def ask(work: Reads, concern: Concern, giver: int, to: int, now: datetime) -> None:
    """Keep who was asked; the newest question is the one that counts."""
    await work.all(
        """
        INSERT INTO hand_over (concern_id, server_id, from_id, to_id, at)
        VALUES (:id, :server_id, :giver, :to, :now)
        ON CONFLICT (concern_id) DO UPDATE SET from_id = excluded.from_id, to_id = excluded.to_id, at = excluded.at
        """,
        id=concern.id,
        server_id=concern.server_id,
        giver=giver,
        to=to,
        now=to_row(now),
    )


async def load(reads: Reads, concern_id: str) -> HandOver | None:
    """Return whose answer is waited for."""
    row = await reads.one("SELECT * FROM hand_over WHERE concern_id = :id", id=concern_id)
    return HandOver(row["concern_id"], row["from_id"], row["to_id"], from_row(row["at"])) if row else None


async def take(work: Reads, concern_id: str, to: int, now: datetime) -> int | None:
    """Let the one who was asked have it, if the giver has it still. Returns the giver. One statement, one truth."""
    row = await work.one(
        """
        UPDATE concern SET state = 'taken', taken_by = :to, taken_at = :now, asked_again = 0
        WHERE id = :id AND state IN ('taken', 'in_hand')
        AND EXISTS (SELECT 1 FROM hand_over WHERE concern_id = :id AND to_id = :to AND from_id = concern.taken_by)
        RETURNING (SELECT from_id FROM hand_over WHERE concern_id = :id) AS giver
        """,
        id=concern_id,
        to=to,
        now=to_row(now),
    )
    await end(work, concern_id, to)
    return row["giver"] if row else None


async def end(work: Reads, concern_id: str, to: int | None = None) -> None:
    """Wait no longer: for this person, or for anybody."""
    await work.all(
        "DELETE FROM hand_over WHERE concern_id = :id AND (:to IS NULL OR to_id = :to)", id=concern_id, to=to
    )


async def of_person(reads: Reads, user_id: int) -> list[int]:
    """Return the servers in which somebody hands a concern over or is asked to take one."""
    rows = await reads.all(
        "SELECT DISTINCT server_id FROM hand_over WHERE from_id = :id OR to_id = :id ORDER BY server_id", id=user_id
    )
    return [row["server_id"] for row in rows]
