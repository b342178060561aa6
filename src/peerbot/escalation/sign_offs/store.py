"""The rows of what two people decide. Each change asks for the state it changes from, so one press counts."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.escalation.sign_offs.rules import Kind, SignOff


def _sign_off(row: Row) -> SignOff:
    return SignOff(
        row["id"],
        row["server_id"],
        row["concern_id"],
        Kind(row["kind"]),
        row["detail"],
        row["state"],
        row["asked_by"],
        from_row(row["asked_at"]),
        tuple(json.loads(row["named"])),
        from_row_or_none(row["owner_at"]),
        row["ended_by"],
        row["reviewed_by"],
    )


async def ask(work: Reads, asked: SignOff) -> bool:
    """Keep a question. False: one of this kind waits already."""
    row = await work.one(
        """
        INSERT INTO sign_off (id, server_id, concern_id, kind, detail, state, asked_by, asked_at)
        VALUES (:id, :server_id, :concern_id, :kind, :detail, :state, :asked_by, :asked_at)
        ON CONFLICT (concern_id, kind) WHERE state = 'asked' DO NOTHING RETURNING id
        """,
        id=asked.id,
        server_id=asked.server_id,
        concern_id=asked.concern_id,
        kind=asked.kind.value,
        detail=asked.detail,
        state=asked.state,
        asked_by=asked.asked_by,
        asked_at=to_row(asked.asked_at),
    )
    return row is not None


async def load(reads: Reads, sign_off_id: str) -> SignOff | None:
    """Return a question."""
    row = await reads.one("SELECT * FROM sign_off WHERE id = :id", id=sign_off_id)
    return _sign_off(row) if row else None


async def waiting(reads: Reads, concern_id: str, kind: Kind) -> SignOff | None:
    """Return the question of this kind that waits."""
    row = await reads.one(
        "SELECT * FROM sign_off WHERE concern_id = :id AND kind = :kind AND state = 'asked'",
        id=concern_id,
        kind=kind.value,
    )
    return _sign_off(row) if row else None


async def of_concern(reads: Reads, concern_id: str) -> Sequence[SignOff]:
    """Return every question about a concern, the oldest first."""
    rows = await reads.all("SELECT * FROM sign_off WHERE concern_id = :id ORDER BY asked_at, id", id=concern_id)
    return [_sign_off(row) for row in rows]


async def end(work: Reads, sign_off_id: str, state: str, by: int | None, now: datetime) -> bool:
    """Answer a question. False: it has been answered."""
    row = await work.one(
        """
        UPDATE sign_off SET state = :state, ended_by = :by, ended_at = :now
        WHERE id = :id AND state = 'asked' RETURNING id
        """,
        id=sign_off_id,
        state=state,
        by=by,
        now=to_row(now),
    )
    return row is not None


async def drop(work: Reads, concern_id: str, now: datetime, *kinds: Kind) -> None:
    """Let questions of these kinds be none: things are no longer as they were when they were asked."""
    for kind in kinds:
        await work.all(
            """
            UPDATE sign_off SET state = 'over', ended_at = :now
            WHERE concern_id = :id AND kind = :kind AND state = 'asked'
            """,
            id=concern_id,
            kind=kind.value,
            now=to_row(now),
        )


async def drop_of(work: Reads, server_id: int, user_id: int, now: datetime) -> None:
    """Let whatever one person asks for in a server be no question any more."""
    await work.all(
        """
        UPDATE sign_off SET state = 'over', ended_at = :now
        WHERE server_id = :server_id AND asked_by = :user_id AND state = 'asked'
        """,
        server_id=server_id,
        user_id=user_id,
        now=to_row(now),
    )


async def name(work: Reads, asked: SignOff, user_id: int) -> None:
    """Keep that somebody was asked by name."""
    await work.all(
        "UPDATE sign_off SET named = :named WHERE id = :id", id=asked.id, named=json.dumps([*asked.named, user_id])
    )


async def offer_owner(work: Reads, sign_off_id: str, now: datetime) -> None:
    """Keep that the owner may answer from now on."""
    await work.all("UPDATE sign_off SET owner_at = :now WHERE id = :id", id=sign_off_id, now=to_row(now))


async def move_back(work: Reads, by: timedelta) -> None:
    """The clock was set back by so much: a question that waits, or stands alone, counts from as long ago as it did."""
    await work.all(
        "UPDATE sign_off SET asked_at = asked_at - :by, owner_at = owner_at - :by WHERE state = 'asked'",
        by=int(by.total_seconds()),
    )
    await work.all(
        "UPDATE sign_off SET ended_at = ended_at - :by, asked_at = asked_at - :by WHERE state = 'alone'",
        by=int(by.total_seconds()),
    )


async def review(work: Reads, sign_off_id: str, by: int, now: datetime) -> bool:
    """Keep that somebody has looked at what was done alone. False: somebody has already."""
    row = await work.one(
        """
        UPDATE sign_off SET reviewed_by = :by, reviewed_at = :now
        WHERE id = :id AND state = 'alone' AND reviewed_at IS NULL RETURNING id
        """,
        id=sign_off_id,
        by=by,
        now=to_row(now),
    )
    return row is not None


async def to_review(reads: Reads, server_id: int, before: datetime, at_once_before: datetime) -> Sequence[SignOff]:
    """Return what stands alone since before an instant, and at once since before another, and was not looked at."""
    rows = await reads.all(
        """
        SELECT * FROM sign_off WHERE server_id = :server_id AND state = 'alone' AND reviewed_at IS NULL
        AND (ended_at <= :before OR (ended_at IS NULL AND asked_at <= :at_once)) ORDER BY asked_at
        """,
        server_id=server_id,
        before=to_row(before),
        at_once=to_row(at_once_before),
    )
    return [_sign_off(row) for row in rows]


async def of_person(reads: Reads, user_id: int) -> Sequence[tuple[int, int, datetime]]:
    """Return (server, how many, the last one's instant) of the questions a person has to do with as teammate."""
    rows = await reads.all(
        """
        SELECT server_id, count(*) AS times, max(asked_at) AS at FROM sign_off
        WHERE asked_by = :id OR ended_by = :id OR reviewed_by = :id
        OR EXISTS (SELECT 1 FROM json_each(named) WHERE value = :id) GROUP BY server_id
        """,
        id=user_id,
    )
    return [(row["server_id"], row["times"], from_row(row["at"])) for row in rows]
