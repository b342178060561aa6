"""The rows of the rota that speak of one person, across servers."""

import json
from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.clock import from_row
from peerbot.engine.database import Reads


async def shifts_of(reads: Reads, user_id: int) -> Sequence[tuple[int, int, datetime]]:
    """Return (server, how many, the end of the last) of a person's shifts, past and to come."""
    rows = await reads.all(
        """
        SELECT server_id, count(*) AS times, max(ends_at) AS last FROM shift WHERE user_id = :id
        GROUP BY server_id ORDER BY server_id
        """,
        id=user_id,
    )
    return [(row["server_id"], row["times"], from_row(row["last"])) for row in rows]


async def turns_of(reads: Reads, user_id: int) -> Sequence[int]:
    """Return the server of each weekly shift in which a person takes turns, or took them before its last change."""
    rows = await reads.all("SELECT server_id, people, before FROM rota_weekly")
    return [
        row["server_id"]
        for row in rows
        if user_id in json.loads(row["people"]) or (row["before"] and user_id in json.loads(row["before"])["people"])
    ]


async def dates_of(reads: Reads, user_id: int) -> Sequence[tuple[int, int, datetime]]:
    """Return (server, how many, the end of the last) of the single times that name a person."""
    rows = await reads.all(
        """
        SELECT server_id, count(*) AS times, max(ends_at) AS last FROM (
            SELECT server_id, ends_at FROM rota_cover WHERE :id IN (user_id, coalesce(instead_of, 0))
            UNION ALL SELECT server_id, ends_at FROM rota_instead WHERE user_id = :id
            UNION ALL SELECT server_id, ends_at FROM rota_swap WHERE :id IN (by_id, other_id)
        ) AS named GROUP BY server_id ORDER BY server_id
        """,
        id=user_id,
    )
    return [(row["server_id"], row["times"], from_row(row["last"])) for row in rows]


async def offs_of(reads: Reads, user_id: int) -> Sequence[tuple[int, int | None]]:
    """Return (server, end) of each time away; no end until the person is back."""
    rows = await reads.all("SELECT server_id, ends_at FROM rota_off WHERE user_id = :id ORDER BY starts_at", id=user_id)
    return [(row["server_id"], row["ends_at"]) for row in rows]


async def nights_of(reads: Reads, user_id: int) -> Sequence[int]:
    """Return the servers in which a person may be asked at night."""
    rows = await reads.all("SELECT server_id FROM rota_night WHERE user_id = :id ORDER BY server_id", id=user_id)
    return [row["server_id"] for row in rows]
