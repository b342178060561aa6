"""The rows of those who would rather write than speak."""

from collections.abc import Sequence

from peerbot.engine.database import Reads


async def wants(reads: Reads, server_id: int, user_id: int) -> bool:
    """Return whether somebody said in a server that they would rather write."""
    row = await reads.one(
        "SELECT 1 AS one FROM rather_write WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )
    return row is not None


async def add(work: Reads, server_id: int, user_id: int) -> None:
    """Keep that somebody would rather write; twice is once."""
    await work.all(
        "INSERT INTO rather_write (server_id, user_id) VALUES (:server_id, :user_id) ON CONFLICT DO NOTHING",
        server_id=server_id,
        user_id=user_id,
    )


async def remove(work: Reads, server_id: int, user_id: int) -> None:
    """Forget it."""
    await work.all(
        "DELETE FROM rather_write WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )


async def seated(reads: Reads, group_id: str) -> frozenset[int]:
    """Return who would rather write of those with a seat in a group, now or lately: the members are to be asked for."""
    rows = await reads.all(
        """
        SELECT s.user_id FROM seat AS s
        JOIN rather_write AS w ON w.server_id = s.server_id AND w.user_id = s.user_id
        WHERE s.group_id = :group_id
        """,
        group_id=group_id,
    )
    return frozenset(row["user_id"] for row in rows)


async def kept(reads: Reads, user_id: int) -> Sequence[int]:
    """Return the servers in which somebody said so."""
    rows = await reads.all(
        "SELECT server_id FROM rather_write WHERE user_id = :user_id ORDER BY server_id", user_id=user_id
    )
    return [row["server_id"] for row in rows]
