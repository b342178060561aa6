"""The rows of the hours that no shift reaches."""

from collections.abc import Sequence

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads
from peerbot.escalation.rota.rules import Gap, Span
from peerbot.escalation.rota.unplanned import Stretch


async def known(reads: Reads, server_id: int) -> Sequence[Stretch]:
    """Return what is known of a server, the earliest first; what is over too, for it may return."""
    rows = await reads.all("SELECT * FROM rota_unplanned WHERE server_id = :id ORDER BY starts_at, id", id=server_id)
    return [
        Stretch(
            Gap(row["id"], Span(from_row(row["starts_at"]), from_row(row["ends_at"])), row["told"]),
            from_row(row["found_at"]),
        )
        for row in rows
    ]


async def save(work: Reads, server_id: int, stretch: Stretch) -> None:
    """Keep a stretch, its end and how often it was told."""
    await work.all(
        """
        INSERT INTO rota_unplanned (id, server_id, starts_at, ends_at, told, found_at)
        VALUES (:id, :server_id, :starts, :ends, :told, :found)
        ON CONFLICT (id) DO UPDATE SET told = excluded.told, ends_at = excluded.ends_at
        """,
        id=stretch.gap.id,
        server_id=server_id,
        starts=to_row(stretch.gap.span.starts_at),
        ends=to_row(stretch.gap.span.ends_at),
        told=stretch.gap.told,
        found=to_row(stretch.found_at),
    )


async def drop(work: Reads, stretch_id: str) -> None:
    """Drop a stretch that a shift reaches by now."""
    await work.all("DELETE FROM rota_unplanned WHERE id = :id", id=stretch_id)
