"""What is kept beside the rows of any pillar: what waits to be carried out, and that the housekeeping ran."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads
from peerbot.engine.retention import DAY, YEAR, Deletion, Item, Lasts

INTENTS_KEPT: Final = 14 * DAY
"""An ended intent keeps its key alone, so that nothing is done twice. By then its subject is over."""
RECEIPTS_KEPT: Final = 90 * DAY
MARKS_KEPT: Final = 15 * DAY
"""A day longer than the oldest backup that could bring somebody back."""
NAMED_KEPT: Final = YEAR
"""A message of ours that names somebody is then taken down: so long as is known who was paged."""

ITEMS: Final = (
    Item(
        "work",
        Lasts("need", INTENTS_KEPT),
        {"intent": "key data report", "fact": "data", "timer": "subject", "note": "value"},
        (),
        (
            Deletion(
                """
                DELETE FROM intent WHERE state IN ('done', 'failed', 'dropped') AND ended_at < :before RETURNING id
                """,
                INTENTS_KEPT,
            ),
        ),
    ),
    Item(
        "named",
        Lasts("use", NAMED_KEPT),
        {"named": "user_id"},
        ("kept-named",),
        (Deletion("DELETE FROM named WHERE at < :before RETURNING message_id", NAMED_KEPT),),
    ),
    # Roles, bots and rules by their ids, and numbers: no person. It goes with the server.
    Item("readers", Lasts("use"), {"readers_seen": "seen"}),
    Item(
        "receipts",
        Lasts("time", RECEIPTS_KEPT),
        {},
        (),
        (Deletion("DELETE FROM forgetting WHERE at < :before RETURNING at", RECEIPTS_KEPT),),
    ),
    Item(
        "erased",
        Lasts("time", MARKS_KEPT),
        {"erased": "who"},
        (),
        (Deletion("DELETE FROM erased WHERE at < :before RETURNING id", MARKS_KEPT),),
    ),
)


async def receipt(work: Reads, gone: Mapping[str, int], now: datetime) -> None:
    """Keep that the housekeeping ran, and how many rows of which item went."""
    await work.all(
        "INSERT INTO forgetting (at, gone) VALUES (:now, :gone) ON CONFLICT (at) DO UPDATE SET gone = excluded.gone",
        now=to_row(now),
        gone=json.dumps(gone, sort_keys=True),
    )


async def last_run(reads: Reads) -> datetime | None:
    """Return when the housekeeping last ran to its end; None before it ever did."""
    row = await reads.one("SELECT max(at) AS at FROM forgetting")
    return from_row(row["at"]) if row and row["at"] is not None else None
