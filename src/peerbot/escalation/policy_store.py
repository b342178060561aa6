"""The rows of the answer times that a server has set."""

from peerbot.engine.database import Reads
from peerbot.escalation.policy import Policy


async def of_server(reads: Reads, server_id: int) -> Policy:
    """Return what a server has set; the usual times if nothing."""
    row = await reads.one("SELECT times FROM answer_times WHERE server_id = :id", id=server_id)
    return Policy.from_text(row["times"]) if row else Policy()


async def save(work: Reads, server_id: int, policy: Policy) -> None:
    """Keep what a server has set."""
    await work.all(
        """
        INSERT INTO answer_times (server_id, times) VALUES (:server_id, :times)
        ON CONFLICT (server_id) DO UPDATE SET times = excluded.times
        """,
        server_id=server_id,
        times=policy.to_text(),
    )
