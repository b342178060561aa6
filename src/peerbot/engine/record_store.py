"""What the database must know to keep its records until their time: how far the housekeeping has seen days go by."""

from datetime import datetime

from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads


async def seen(work: Reads, now: datetime) -> None:
    """Say that it is `now`. Records that are a year older can be deleted from here on, and none that are younger."""
    await work.all(
        "INSERT INTO housekeeping (one, at) VALUES (1, :now) ON CONFLICT (one) DO UPDATE SET at = excluded.at",
        now=to_row(now),
    )
