"""When groups open to members: once the smallest team was seen to be reached (product specification, §6)."""

from typing import Final

from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.escalation.ways import rules as ways_rules
from peerbot.escalation.ways import store as ways_store
from peerbot.servers.service import SETTINGS_CHANGED, STAFF_CHANGED, Servers

_PROVED: Final = "way.proved"


async def proved(work: Work, server_id: int, user_id: int, way: str) -> None:
    """Keep that a page has just reached somebody by `way`: it may be what groups waited for."""
    await ways_store.prove(work, server_id, user_id, way, work.now)
    await work.record(_PROVED, server=server_id)


class Opening:
    """Looks at each proof, and each change of the team or a setting. What is open stays open, though a proof ends."""

    def __init__(self, desk: Desk, servers: Servers) -> None:
        """Tell `servers` who is reached."""
        self._servers = servers
        desk.handlers.on_fact(_PROVED, self._look)
        desk.handlers.on_fact(STAFF_CHANGED, self._look)
        desk.handlers.on_fact(SETTINGS_CHANGED, self._look)

    async def _look(self, work: Work, fact: Fact) -> None:
        server_id = int(fact.data["server"])
        proven = await ways_store.proven(work, server_id)
        reached = {
            user_id
            for user_id, ways in proven.items()
            if any(ways_rules.fresh(at, work.now) is not None for at in ways.values())
        }
        await self._servers.reached(work, server_id, reached)
