"""How somebody leaves a server, as one pillar sees it: by a ban, by going, or by asking to be deleted."""

from peerbot.engine.desk import Desk
from peerbot.engine.retention import Keeper


async def leave(desk: Desk, pillar: Keeper, server_id: int, user_id: int) -> None:
    """Let one pillar end what somebody is part of."""
    async with desk.transaction() as work:
        await pillar.leaves(work, server_id, user_id)
