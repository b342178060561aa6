"""Groups that are open to members, for tests that have nothing to do with how the team is reached."""

from peerbot.engine.desk import Desk
from peerbot.servers import store


async def open_groups(desk: Desk, server_id: int) -> None:
    """Let a server's groups be open from now on."""
    async with desk.transaction() as work:
        await store.open_to_members(work, server_id, work.now)
