"""The rows of lasting panels."""

from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads


@dataclass(frozen=True, slots=True)
class Panel:
    """The panel of one channel. `message_id` is None while it is being posted."""

    channel_id: int
    server_id: int
    message_id: int | None
    asked_at: datetime


async def panel(reads: Reads, channel_id: int) -> Panel | None:
    """Return the panel that was last posted in a channel."""
    row = await reads.one("SELECT * FROM panel WHERE channel_id = :id", id=channel_id)
    return Panel(channel_id, row["server_id"], row["message_id"], from_row(row["asked_at"])) if row else None


async def save(work: Reads, server_id: int, channel_id: int, now: datetime) -> None:
    """Keep that a panel is to be posted in a channel, instead of one that was there before."""
    await work.all(
        """
        INSERT INTO panel (channel_id, server_id, message_id, asked_at) VALUES (:id, :server_id, NULL, :now)
        ON CONFLICT (channel_id) DO UPDATE SET message_id = NULL, asked_at = excluded.asked_at
        """,
        id=channel_id,
        server_id=server_id,
        now=to_row(now),
    )


async def save_message(work: Reads, channel_id: int, message_id: int) -> None:
    """Keep which message a panel is."""
    await work.all(
        "UPDATE panel SET message_id = :message_id WHERE channel_id = :id", id=channel_id, message_id=message_id
    )


async def forget(work: Reads, channel_id: int) -> None:
    """Forget a panel that could not be posted."""
    await work.all("DELETE FROM panel WHERE channel_id = :id", id=channel_id)
