"""The rows of proof: when somebody last pressed a button on a page, and by which way that page had come."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads


async def prove(work: Reads, server_id: int, user_id: int, way: str, now: datetime) -> None:
    """Keep that a page has just reached somebody by `way`: `channel`, `dm` or `alert`."""
    await work.all(
        """
        INSERT INTO proof (server_id, user_id, way, at) VALUES (:server_id, :user_id, :way, :now)
        ON CONFLICT (server_id, user_id, way) DO UPDATE SET at = excluded.at
        """,
        server_id=server_id,
        user_id=user_id,
        way=way,
        now=to_row(now),
    )


async def proven(reads: Reads, server_id: int) -> Mapping[int, Mapping[str, datetime]]:
    """Return person → way → when it last reached them."""
    rows = await reads.all("SELECT user_id, way, at FROM proof WHERE server_id = :id", id=server_id)
    found: dict[int, dict[str, datetime]] = {}
    for row in rows:
        found.setdefault(row["user_id"], {})[row["way"]] = from_row(row["at"])
    return found


async def last_proofs(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server, when a page last reached this person there)."""
    rows = await reads.all(
        "SELECT server_id, max(at) AS at FROM proof WHERE user_id = :id GROUP BY server_id", id=user_id
    )
    return [(row["server_id"], from_row(row["at"])) for row in rows]
