"""What coordinators and their colleagues are told: that something waits for them, never about whom."""

from collections.abc import Mapping
from typing import Final

from peerbot.engine.desk import Work
from peerbot.servers.service import Servers
from peerbot.servers.telling import tell
from peerbot.signup.measures.rules import Kind, Measure

CONFIRM: Final[Mapping[Kind, tuple[str, ...]]] = {
    "pause": ("coordinator", "lead", "deputy"),
    "end": ("moderator", "deputy", "lead"),
}
"""Who is asked to be the second person; the table in `engine/authority` decides who may be."""


class SecondPerson:
    """Asks those who can be the second person."""

    def __init__(self, servers: Servers) -> None:
        """Find them with `servers`."""
        self._servers = servers

    async def ask(self, work: Work, measure: Measure) -> None:
        """Say that a decision waits. Neither who proposed it is asked, nor whom it is about."""
        server_id = measure.group.server_id
        asked = {*await self._servers.team(work, server_id, *CONFIRM[measure.kind])}
        await tell(
            work,
            server_id,
            key=f"measure:{measure.id}:ask",
            people=sorted(asked - {measure.proposed_by, measure.user_id}),
            data={"card": "signup.second", "measure": measure.id},
        )
