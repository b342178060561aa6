"""The rows of what staff did: the act and who, never a word. They are only ever added, and go by age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads


@dataclass(frozen=True, slots=True)
class Acts:
    """How often somebody did one thing in one server, as far as it is kept, and when last."""

    server_id: int
    act: str
    times: int
    last_at: datetime


async def add(work: Reads, server_id: int, act: str, by_id: int, now: datetime) -> None:
    """Keep that somebody did something."""
    await work.all(
        "INSERT INTO staff_act (server_id, act, by_id, at) VALUES (:server_id, :act, :by_id, :now)",
        server_id=server_id,
        act=act,
        by_id=by_id,
        now=to_row(now),
    )


async def of_person(reads: Reads, user_id: int) -> Sequence[Acts]:
    """Return what somebody did, in all servers."""
    rows = await reads.all(
        """
        SELECT server_id, act, count(*) AS times, max(at) AS last_at FROM staff_act WHERE by_id = :user_id
        GROUP BY server_id, act ORDER BY server_id, act
        """,
        user_id=user_id,
    )
    return [Acts(row["server_id"], row["act"], row["times"], from_row(row["last_at"])) for row in rows]
