"""Which leads answer for a concern: a line is skipped wholly, so that nobody judges a colleague's case alone."""

from peerbot.engine.database import Reads
from peerbot.escalation.store import Concern
from peerbot.servers.service import Servers


async def leads_for(reads: Reads, servers: Servers, concern: Concern) -> frozenset[int]:
    """Return the leads and deputies who are asked about a concern: none, if it is about one of them."""
    leads = frozenset(await servers.team(reads, concern.server_id, "lead", "deputy"))
    return frozenset() if concern.about_other in leads else leads - {concern.raiser_id}
