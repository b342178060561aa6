"""Who of the team can see the channel they are paged in: asked freshly, kept with its time, never waited for."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.ports import Alerts
from peerbot.engine.tokens import new_id
from peerbot.escalation.rota.duty_store import PageRow
from peerbot.escalation.ways import store as ways_store
from peerbot.servers.rules import STAFF_CHANNELS
from peerbot.servers.service import Servers

PAGE_SEEN: Final = "escalation.page_seen"
"""The report of a look that belongs to a page: `Paging` listens."""
_SEEN: Final = "escalation.seen"


class Sight:
    """Asks Discord, and keeps what it said."""

    def __init__(self, desk: Desk, servers: Servers) -> None:
        """Ask `servers` who reads which channel."""
        self._servers = servers
        desk.handlers.on_report(_SEEN, self.keep)

    async def look(
        self, work: Work, server_id: int, people: Collection[int] | None = None, *, access_changes: bool = False
    ) -> None:
        """Look again at whether people of the team (None: everybody) see the moderators' channel.

        With `access_changes`, what is still changing their access goes first.
        """
        server = await self._servers.find(work, server_id)
        channel_id = server.moderators_channel_id if server is not None else None
        if channel_id is None:
            return
        team = await self._servers.team(work, server_id, *STAFF_CHANNELS["moderators"])
        for user_id in team if people is None else set(team) & set(people):
            await work.enqueue(
                Intent(
                    key=f"sight:{new_id()}",
                    kind="sight.check",
                    lane=Lane.OPENING,
                    server_id=server_id,
                    data={"channel": channel_id, "person": user_id},
                    report=_SEEN,
                    stream=f"channel:{channel_id}:{user_id}" if access_changes else None,
                )
            )

    @staticmethod
    async def look_for(work: Work, page: PageRow, channel_id: int, why: str) -> None:
        """Look whether those a page mentions in a channel can see it. The page does not wait for that."""
        for number, user_id in enumerate(page.people):  # No id in a key: keys are kept for a while.
            await work.enqueue(
                Intent(
                    key=f"concern:{page.concern_id}:page:{page.turn}:{page.id}:{number}",
                    kind="sight.check",
                    lane=Lane.CONCERN,
                    server_id=page.server_id,
                    data={
                        "channel": channel_id,
                        "person": user_id,
                        "concern": page.concern_id,
                        "page": page.id,
                        "turn": page.turn,
                        "why": why,
                    },
                    report=PAGE_SEEN,
                )
            )

    @staticmethod
    async def keep(work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Keep what Discord said. Silence changes nothing."""
        if isinstance(result, Delivered) and intent.server_id is not None:
            channel_id = int(intent.data["channel"])
            for user_id in (*result.people, *result.there):
                sees = user_id in result.there
                await ways_store.saw(work, intent.server_id, user_id, channel_id, work.now, sees=sees)


@dataclass(frozen=True, slots=True)
class Ways:
    """What paging has to know of the ways to people, beyond whom to page."""

    alerts: Alerts
    sight: Sight
