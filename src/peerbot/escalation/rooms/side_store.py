"""The rows of side rooms, as far as they are asked for by server."""

from collections.abc import Sequence

from peerbot.engine.database import Reads


async def side_rooms(reads: Reads, server_id: int) -> Sequence[tuple[str, int]]:
    """Return (concern, channel) of every side room of a server that is there."""
    rows = await reads.all(
        "SELECT id, side_channel_id FROM concern WHERE server_id = :id AND side_channel_id IS NOT NULL", id=server_id
    )
    return [(row["id"], row["side_channel_id"]) for row in rows]
