"""Messages of ours in channels that name somebody: kept so that the name can be taken out of them.

A row lasts as long as its message: until its channel is deleted, or a year, when the message is taken down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered
from peerbot.engine.outbox import Intent, Lane, Leased

UNNAMED: Final = "named.unnamed"
"""The handler that hears what became of taking a name out."""


@dataclass(frozen=True, slots=True)
class Named:
    """How many messages of ours name somebody in a server, and when the last was sent."""

    server_id: int
    messages: int
    last: datetime


async def follow(work: Reads, intent: Leased, done: Delivered, now: datetime) -> None:
    """Keep whom a message names that was just sent; forget those in a channel, or one message, that is gone."""
    if intent.kind == "channel.delete":
        await work.all("DELETE FROM named WHERE channel_id = :id", id=int(intent.data["channel"]))
    elif intent.kind == "message.delete":
        await work.all("DELETE FROM named WHERE message_id = :id", id=int(intent.data["message"]))
    for user_id in done.named:
        await work.all(
            """
            INSERT INTO named (message_id, user_id, channel_id, server_id, at)
            VALUES (:message_id, :user_id, :channel_id, :server_id, :now) ON CONFLICT DO NOTHING
            """,
            message_id=done.message_id,
            user_id=user_id,
            channel_id=done.channel_id,
            server_id=intent.server_id,
            now=to_row(now),
        )


async def to_unname(reads: Reads, server_id: int, user_id: int) -> Sequence[Intent]:
    """Return what is to be done so that no message of ours in a server names somebody. After everything else."""
    rows = await reads.all(
        "SELECT * FROM named WHERE server_id = :server_id AND user_id = :user_id ORDER BY message_id",
        server_id=server_id,
        user_id=user_id,
    )
    return [
        Intent(
            key=f"named:{row['message_id']}:{user_id}",
            kind="message.unname",
            lane=Lane.COSMETIC,
            server_id=server_id,
            data={"channel": row["channel_id"], "message": row["message_id"], "user": user_id},
            report=UNNAMED,
        )
        for row in rows
    ]


async def unnamed(work: Reads, message_id: int, user_id: int) -> None:
    """A message names somebody no more."""
    await work.all(
        "DELETE FROM named WHERE message_id = :message_id AND user_id = :user_id",
        message_id=message_id,
        user_id=user_id,
    )


async def to_take_down(reads: Reads, before: datetime) -> Sequence[Intent]:
    """Return what takes down the messages that were sent before an instant, and name somebody."""
    rows = await reads.all(
        "SELECT DISTINCT message_id, channel_id, server_id FROM named WHERE at < :before ORDER BY message_id",
        before=to_row(before),
    )
    return [
        Intent(
            key=f"named:{row['message_id']}",
            kind="message.delete",
            lane=Lane.COSMETIC,
            server_id=row["server_id"],
            data={"channel": row["channel_id"], "message": row["message_id"]},
        )
        for row in rows
    ]


async def of_person(reads: Reads, user_id: int) -> Sequence[Named]:
    """Return in how many messages somebody is named, by server."""
    rows = await reads.all(
        """
        SELECT server_id, count(*) AS messages, max(at) AS last FROM named
        WHERE user_id = :id GROUP BY server_id ORDER BY server_id
        """,
        id=user_id,
    )
    return [Named(row["server_id"], row["messages"], from_row(row["last"])) for row in rows]
