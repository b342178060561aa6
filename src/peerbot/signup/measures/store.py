"""The rows of pauses and ends of memberships."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.signup import store
from peerbot.signup.measures.rules import Measure
from peerbot.signup.rules import Group


async def _measure(reads: Reads, row: Row | None) -> Measure | None:
    group = await store.group(reads, row["group_id"]) if row is not None else None
    if row is None or group is None:
        return None
    return Measure(
        row["id"],
        group,
        row["user_id"],
        row["kind"],
        row["proposed_by"],
        from_row(row["proposed_at"]),
        from_row_or_none(row["confirmed_at"]),
        from_row_or_none(row["until"]),
        from_row_or_none(row["over_at"]),
    )


async def load(reads: Reads, measure_id: str) -> Measure | None:
    """Return a measure of any server."""
    return await _measure(reads, await reads.one("SELECT * FROM measure WHERE id = :id", id=measure_id))


async def of_person_in(reads: Reads, group_id: str, user_id: int) -> Measure | None:
    """Return what is proposed or stands about somebody in a group."""
    row = await reads.one(
        "SELECT * FROM measure WHERE group_id = :group_id AND user_id = :user_id AND over_at IS NULL",
        group_id=group_id,
        user_id=user_id,
    )
    return await _measure(reads, row)


async def of_person(reads: Reads, user_id: int, server_id: int | None = None) -> Sequence[Measure]:
    """Return everything kept about somebody, in one server or in all."""
    rows = await reads.all(
        """
        SELECT * FROM measure WHERE user_id = :user_id AND (:server_id IS NULL OR server_id = :server_id)
        ORDER BY proposed_at, id
        """,
        user_id=user_id,
        server_id=server_id,
    )
    return [found for row in rows if (found := await _measure(reads, row)) is not None]


async def add(work: Reads, measure: Measure) -> None:
    """Keep a proposal."""
    await work.all(
        """
        INSERT INTO measure (id, server_id, group_id, user_id, kind, proposed_by, proposed_at, until)
        VALUES (:id, :server_id, :group_id, :user_id, :kind, :proposed_by, :proposed_at, :until)
        """,
        id=measure.id,
        server_id=measure.group.server_id,
        group_id=measure.group.id,
        user_id=measure.user_id,
        kind=measure.kind,
        proposed_by=measure.proposed_by,
        proposed_at=to_row(measure.proposed_at),
        until=to_row(measure.until) if measure.until else None,
    )


async def confirm(work: Reads, measure_id: str, by_id: int, now: datetime) -> bool:
    """Let a proposal stand. Returns False if it is none (any more)."""
    row = await work.one(
        """
        UPDATE measure SET confirmed_by = :by_id, confirmed_at = :now
        WHERE id = :id AND confirmed_at IS NULL AND over_at IS NULL AND proposed_by <> :by_id RETURNING id
        """,
        id=measure_id,
        by_id=by_id,
        now=to_row(now),
    )
    return row is not None


async def end(work: Reads, measure_id: str, now: datetime) -> bool:
    """Let a measure hold no more. Returns False if it did not."""
    row = await work.one(
        "UPDATE measure SET over_at = :now WHERE id = :id AND over_at IS NULL RETURNING id",
        id=measure_id,
        now=to_row(now),
    )
    return row is not None


async def paused_in(reads: Reads, group_id: str) -> frozenset[int]:
    """Return whose access to a group is paused."""
    rows = await reads.all(
        """
        SELECT user_id FROM measure
        WHERE group_id = :group_id AND kind = 'pause' AND confirmed_at IS NOT NULL AND over_at IS NULL
        """,
        group_id=group_id,
    )
    return frozenset(row["user_id"] for row in rows)


async def pauses_of(reads: Reads, server_id: int, user_id: int) -> dict[str, datetime]:
    """Return group id → end of each pause that stands about somebody in a server."""
    rows = await reads.all(
        """
        SELECT group_id, until FROM measure WHERE server_id = :server_id AND user_id = :user_id
        AND kind = 'pause' AND confirmed_at IS NOT NULL AND over_at IS NULL
        """,
        server_id=server_id,
        user_id=user_id,
    )
    return {row["group_id"]: from_row(row["until"]) for row in rows}


async def ended(reads: Reads, group_id: str, user_id: int) -> bool:
    """Return whether somebody's membership of a group was ended, so that they cannot join it."""
    row = await reads.one(
        """
        SELECT 1 AS ended FROM measure WHERE group_id = :group_id AND user_id = :user_id
        AND kind = 'end' AND confirmed_at IS NOT NULL AND over_at IS NULL
        """,
        group_id=group_id,
        user_id=user_id,
    )
    return row is not None


async def ended_since(reads: Reads, server_id: int, user_id: int, since: datetime) -> Sequence[Group]:
    """Return the groups in which somebody's membership was ended since an instant, and still is."""
    rows = await reads.all(
        """
        SELECT g.* FROM measure AS m JOIN peer_group AS g ON g.id = m.group_id
        WHERE m.server_id = :server_id AND m.user_id = :user_id AND m.kind = 'end' AND m.confirmed_at >= :since
        AND m.over_at IS NULL ORDER BY g.name, g.id
        """,
        server_id=server_id,
        user_id=user_id,
        since=to_row(since),
    )
    return [store.to_group(row) for row in rows]
