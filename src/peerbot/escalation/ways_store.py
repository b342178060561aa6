"""The rows of the ways to people: what last proved each, and whether they see the channel they are paged in."""

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


async def saw(work: Reads, server_id: int, user_id: int, channel_id: int, now: datetime, *, sees: bool) -> None:
    """Keep whether somebody can see a channel, as Discord has just said."""
    await work.all(
        """
        INSERT INTO sight (server_id, user_id, channel_id, sees, at)
        VALUES (:server_id, :user_id, :channel_id, :sees, :now)
        ON CONFLICT (server_id, user_id, channel_id) DO UPDATE SET sees = excluded.sees, at = excluded.at
        """,
        server_id=server_id,
        user_id=user_id,
        channel_id=channel_id,
        sees=int(sees),
        now=to_row(now),
    )


async def seen(reads: Reads, server_id: int, channel_id: int) -> Mapping[int, datetime]:
    """Return everybody who could see a channel when that was last asked, and when that was."""
    rows = await reads.all(
        "SELECT user_id, at FROM sight WHERE server_id = :server_id AND channel_id = :channel_id AND sees = 1",
        server_id=server_id,
        channel_id=channel_id,
    )
    return {row["user_id"]: from_row(row["at"]) for row in rows}


async def last_looks(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server, when it was last asked there whether this person sees the team's channel)."""
    rows = await reads.all(
        "SELECT server_id, max(at) AS at FROM sight WHERE user_id = :id GROUP BY server_id", id=user_id
    )
    return [(row["server_id"], from_row(row["at"])) for row in rows]
