"""The rows of places in a queue that a coordinator confirms or declines, and of people to keep apart."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads
from peerbot.signup import store
from peerbot.signup.rules import Group

Pair = tuple[int, int]
"""Two people; the smaller id comes first."""


async def entry(reads: Reads, waiting_id: int) -> tuple[str, int] | None:
    """Return (group id, person) of a place in a queue, one that has ended too."""
    row = await reads.one("SELECT group_id, user_id FROM waiting WHERE id = :id", id=waiting_id)
    return (row["group_id"], row["user_id"]) if row else None


async def confirm(work: Reads, waiting_id: int, now: datetime) -> bool:
    """Keep that somebody may have a seat. Returns False if that was kept, or they do not wait any more."""
    row = await work.one(
        """
        UPDATE waiting SET confirmed_at = :now WHERE id = :id AND confirmed_at IS NULL AND ended_at IS NULL RETURNING id
        """,
        id=waiting_id,
        now=to_row(now),
    )
    return row is not None


async def confirm_offered(work: Reads, server_id: int, now: datetime) -> None:
    """Keep that those may have a seat to whom one is on offer: an offer that was made is kept."""
    await work.all(
        """
        UPDATE waiting SET confirmed_at = :now WHERE server_id = :server_id AND confirmed_at IS NULL
        AND id IN (SELECT waiting_id FROM offer WHERE server_id = :server_id AND state = 'open')
        """,
        server_id=server_id,
        now=to_row(now),
    )


async def decline(work: Reads, waiting_id: int) -> None:
    """Keep that a coordinator gave somebody no seat."""
    await work.all("UPDATE waiting SET declined = 1 WHERE id = :id AND ended_at IS NULL", id=waiting_id)


async def declined(reads: Reads, server_id: int, user_id: int, since: datetime) -> Sequence[Group]:
    """Return the groups in which somebody was given no seat since an instant, unless they wait or sit there now."""
    rows = await reads.all(
        """
        SELECT DISTINCT g.* FROM waiting AS w JOIN peer_group AS g ON g.id = w.group_id
        WHERE w.server_id = :server_id AND w.user_id = :user_id AND w.declined = 1 AND w.ended_at >= :since
        AND NOT EXISTS (
            SELECT 1 FROM waiting WHERE group_id = g.id AND user_id = :user_id AND ended_at IS NULL
            UNION ALL
            SELECT 1 FROM seat WHERE group_id = g.id AND user_id = :user_id AND ended_at IS NULL)
        ORDER BY g.name, g.id
        """,
        server_id=server_id,
        user_id=user_id,
        since=to_row(since),
    )
    return [store.to_group(row) for row in rows]


async def add_pair(work: Reads, server_id: int, pair: Pair, now: datetime) -> bool:
    """Keep that two people are not to share a group. Returns False if that was kept."""
    row = await work.one(
        """
        INSERT INTO keep_apart (server_id, one_id, other_id, since) VALUES (:server_id, :one, :other, :now)
        ON CONFLICT DO NOTHING RETURNING one_id
        """,
        server_id=server_id,
        one=pair[0],
        other=pair[1],
        now=to_row(now),
    )
    return row is not None


async def drop_pair(work: Reads, server_id: int, pair: Pair) -> bool:
    """Forget a pair. Returns False if there was none."""
    row = await work.one(
        """
        DELETE FROM keep_apart WHERE server_id = :server_id AND one_id = :one AND other_id = :other RETURNING one_id
        """,
        server_id=server_id,
        one=pair[0],
        other=pair[1],
    )
    return row is not None


async def pairs(reads: Reads, server_id: int) -> Sequence[Pair]:
    """Return every pair of a server, the oldest first."""
    rows = await reads.all(
        "SELECT one_id, other_id FROM keep_apart WHERE server_id = :server_id ORDER BY since, one_id, other_id",
        server_id=server_id,
    )
    return [(row["one_id"], row["other_id"]) for row in rows]


async def has_to_do_with(reads: Reads, server_id: int, user_id: int) -> frozenset[str]:
    """Return the ids of the groups in which somebody has a seat, for which they wait, or which they facilitate."""
    rows = await reads.all(
        """
        SELECT group_id FROM seat WHERE server_id = :server_id AND user_id = :user_id AND ended_at IS NULL
        UNION
        SELECT group_id FROM waiting WHERE server_id = :server_id AND user_id = :user_id AND ended_at IS NULL
        UNION
        SELECT group_id FROM facilitator WHERE server_id = :server_id AND user_id = :user_id
        """,
        server_id=server_id,
        user_id=user_id,
    )
    return frozenset(row["group_id"] for row in rows)
