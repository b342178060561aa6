"""Accounts about which nothing goes out by itself: one look before every message, whoever means to send it.

`/postvention` keeps them. Help is never silenced: what belongs to a concern goes out as ever.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads


async def keep(work: Reads, server_id: int, user_id: int, now: datetime) -> bool:
    """Let nothing go out about an account. False: it was so already."""
    row = await work.one(
        """
        INSERT INTO silence (server_id, user_id, since) VALUES (:server_id, :user_id, :now)
        ON CONFLICT (server_id, user_id) DO NOTHING RETURNING user_id
        """,
        server_id=server_id,
        user_id=user_id,
        now=to_row(now),
    )
    return row is not None


async def lift(work: Reads, server_id: int, user_id: int) -> bool:
    """Take that back. False: there was nothing to take back."""
    row = await work.one(
        "DELETE FROM silence WHERE server_id = :server_id AND user_id = :user_id RETURNING user_id",
        server_id=server_id,
        user_id=user_id,
    )
    return row is not None


async def among(reads: Reads, server_id: int | None, people: Collection[int]) -> frozenset[int]:
    """Return those of `people` about whom nothing goes out in a server."""
    if server_id is None or not people:
        return frozenset()
    rows = await reads.all("SELECT user_id FROM silence WHERE server_id = :server_id", server_id=server_id)
    return frozenset(row["user_id"] for row in rows) & frozenset(people)


async def since(reads: Reads, server_id: int, user_id: int) -> datetime | None:
    """Return since when nothing goes out about an account; None if it is as any other."""
    row = await reads.one(
        "SELECT since FROM silence WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )
    return from_row(row["since"]) if row else None


async def of_person(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server, since when) of where nothing goes out about an account."""
    rows = await reads.all("SELECT server_id, since FROM silence WHERE user_id = :id ORDER BY server_id", id=user_id)
    return [(row["server_id"], from_row(row["since"])) for row in rows]
