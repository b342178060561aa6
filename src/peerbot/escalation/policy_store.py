"""The rows of the answer times that a server has set."""

import json
from datetime import timedelta
from typing import Final

from peerbot.engine.database import Reads
from peerbot.escalation.policy import BOUNDS, Policy

_MINUTE: Final = timedelta(minutes=1)


def to_text(policy: Policy) -> str:
    """Return answer times as a column holds them: name → minutes, as JSON."""
    return json.dumps({name: policy[name] // _MINUTE for name in BOUNDS})


def from_text(text: str) -> Policy:
    """Return the answer times a column holds; those it does not name are as usual."""
    kept: dict[str, int] = json.loads(text)
    return Policy(**{name: kept[name] * _MINUTE for name in BOUNDS if name in kept})


async def of_server(reads: Reads, server_id: int) -> Policy:
    """Return what a server has set; the usual times if nothing."""
    row = await reads.one("SELECT times FROM answer_times WHERE server_id = :id", id=server_id)
    return from_text(row["times"]) if row else Policy()


async def save(work: Reads, server_id: int, policy: Policy) -> None:
    """Keep what a server has set."""
    await work.all(
        """
        INSERT INTO answer_times (server_id, times) VALUES (:server_id, :times)
        ON CONFLICT (server_id) DO UPDATE SET times = excluded.times
        """,
        server_id=server_id,
        times=to_text(policy),
    )
