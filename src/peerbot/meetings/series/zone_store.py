"""The zone that somebody chose last for a series: theirs, until they choose another or leave."""

from collections.abc import Sequence

from peerbot.engine.database import Reads


async def of_person(reads: Reads, server_id: int, user_id: int) -> str:
    """Return the zone (IANA name) that somebody chose last in a server; empty for none."""
    row = await reads.one(
        "SELECT zone FROM person_zone WHERE user_id = :user_id AND server_id = :server_id",
        user_id=user_id,
        server_id=server_id,
    )
    return row["zone"] if row is not None else ""


async def save(work: Reads, server_id: int, user_id: int, zone: str) -> None:
    """Keep the zone that somebody chose."""
    await work.all(
        """
        INSERT INTO person_zone (user_id, server_id, zone) VALUES (:user_id, :server_id, :zone)
        ON CONFLICT (user_id, server_id) DO UPDATE SET zone = :zone
        """,
        user_id=user_id,
        server_id=server_id,
        zone=zone,
    )


async def forget(work: Reads, server_id: int, user_id: int) -> None:
    """Forget the zone of somebody who has left a server."""
    await work.all(
        "DELETE FROM person_zone WHERE user_id = :user_id AND server_id = :server_id",
        user_id=user_id,
        server_id=server_id,
    )


async def kept(reads: Reads, user_id: int) -> Sequence[tuple[int, str]]:
    """Return each server in which somebody's zone is kept, and the zone."""
    rows = await reads.all(
        "SELECT server_id, zone FROM person_zone WHERE user_id = :user_id ORDER BY server_id", user_id=user_id
    )
    return [(row["server_id"], row["zone"]) for row in rows]
