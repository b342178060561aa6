"""The rows of what is over and still names somebody who leaves."""

from collections.abc import Sequence

from peerbot.engine.database import Reads


async def closed_of(reads: Reads, server_id: int, user_id: int) -> Sequence[str]:
    """Return the ids of a server's closed concerns that still name this person as raiser or subject."""
    rows = await reads.all(
        """
        SELECT id FROM concern WHERE server_id = :server_id AND state = 'closed'
        AND (raiser_id = :user_id OR subject_id = :user_id) ORDER BY number
        """,
        server_id=server_id,
        user_id=user_id,
    )
    return [row["id"] for row in rows]


async def offered_to(reads: Reads, server_id: int, user_id: int) -> Sequence[str]:
    """Return the ids of the concerns that somebody was asked to have, and has not answered about."""
    rows = await reads.all(
        "SELECT concern_id FROM hand_over WHERE server_id = :server_id AND to_id = :user_id ORDER BY concern_id",
        server_id=server_id,
        user_id=user_id,
    )
    return [row["concern_id"] for row in rows]
