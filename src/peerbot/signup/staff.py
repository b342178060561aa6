"""What coordinators and their colleagues are told: that something waits for them, never about whom."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from peerbot.engine.desk import Work
from peerbot.engine.outbox import Intent, Lane
from peerbot.servers.service import Servers
from peerbot.signup.measures.rules import Kind, Measure

CONFIRM: Final[Mapping[Kind, tuple[str, ...]]] = {
    "pause": ("coordinator", "lead", "deputy"),
    "end": ("moderator", "deputy", "lead"),
}
"""Who is asked to be the second person; the table in `engine/authority` decides who may be."""


async def tell(
    work: Work, servers: Servers, server_id: int, *, key: str, people: Collection[int], data: Mapping[str, Any]
) -> None:
    """Post in the facilitators' channel, mentioning these people; where there is none, write to each of them."""
    server = await servers.load(work, server_id)
    names = tuple(sorted(people))
    if server.facilitators_channel_id is not None:
        there = {**data, "channel": server.facilitators_channel_id, "people": names}
        await work.enqueue(Intent(key, "post", Lane.OPENING, server_id, there))
        return
    for user_id in names:
        direct = {**data, "user": user_id, "people": ()}
        await work.enqueue(Intent(f"{key}:{user_id}", "dm", Lane.OPENING, server_id, direct))


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
            self._servers,
            server_id,
            key=f"measure:{measure.id}:ask",
            people=asked - {measure.proposed_by, measure.user_id},
            data={"card": "signup.second", "measure": measure.id},
        )
