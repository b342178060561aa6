"""The rows of groups, as far as a long list needs them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from peerbot.engine.clock import from_row_or_none
from peerbot.engine.database import Reads


class Listed(NamedTuple):
    """A group of a server: what a list shows and is narrowed by, and what says whether somebody can join now.

    `free` are its free seats, `queued` whether somebody waits for one; the rest is as `Group` has it.
    """

    id: str
    name: str
    medium: str
    language: str
    kind: str
    state: str
    private: bool
    ends_at: datetime | None
    cycle_from: datetime | None
    free: int
    queued: bool


async def listed(reads: Reads, server_id: int) -> Sequence[Listed]:
    """Return every group of a server that is not archived, by name."""
    rows = await reads.all(
        """
        SELECT id, name, medium, language, kind, state, private, ends_at, cycle_from,
            (SELECT count(*) FROM free_seat WHERE group_id = peer_group.id) AS free,
            EXISTS (SELECT 1 FROM waiting WHERE group_id = peer_group.id AND ended_at IS NULL) AS queued
        FROM peer_group WHERE server_id = :server_id AND state <> 'archived' ORDER BY name, id
        """,
        server_id=server_id,
    )
    return [
        Listed(
            row["id"],
            row["name"],
            row["medium"],
            row["language"],
            row["kind"],
            row["state"],
            bool(row["private"]),
            from_row_or_none(row["ends_at"]),
            from_row_or_none(row["cycle_from"]),
            row["free"],
            bool(row["queued"]),
        )
        for row in rows
    ]
