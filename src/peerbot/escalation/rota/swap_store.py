"""The rows of swaps that wait for an answer."""

from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads


@dataclass(frozen=True, slots=True)
class Swap:
    """Two people's times, by their keys, that one of them asks to exchange. `ends_at`: when the first one begins."""

    id: str
    server_id: int
    by_id: int
    other_id: int
    mine: str
    theirs: str
    ends_at: datetime


async def add(work: Reads, swap: Swap) -> None:
    """Keep that somebody asks."""
    await work.all(
        """
        INSERT INTO rota_swap (id, server_id, by_id, other_id, mine, theirs, ends_at)
        VALUES (:id, :server_id, :by_id, :other_id, :mine, :theirs, :ends_at)
        """,
        id=swap.id,
        server_id=swap.server_id,
        by_id=swap.by_id,
        other_id=swap.other_id,
        mine=swap.mine,
        theirs=swap.theirs,
        ends_at=to_row(swap.ends_at),
    )


async def load(reads: Reads, server_id: int, swap_id: str) -> Swap | None:
    """Return a swap that waits for an answer."""
    row = await reads.one(
        "SELECT * FROM rota_swap WHERE id = :id AND server_id = :server_id", id=swap_id, server_id=server_id
    )
    if row is None:
        return None
    people = (row["by_id"], row["other_id"])
    return Swap(row["id"], row["server_id"], *people, row["mine"], row["theirs"], from_row(row["ends_at"]))


async def end(work: Reads, swap_id: str) -> None:
    """Drop a swap that was answered or taken back."""
    await work.all("DELETE FROM rota_swap WHERE id = :id", id=swap_id)
