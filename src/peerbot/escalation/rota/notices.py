"""What the team is told about the rota: in the moderators' channel, else by direct message. Never about a concern."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.servers.service import Servers

_TOLD: Final = "escalation.rota_told"


class RotaNotices:
    """Tells teammates what became of the rota."""

    def __init__(self, desk: Desk, servers: Servers) -> None:
        """Ask `servers` which channel the team reads."""
        self._servers = servers
        desk.handlers.on_report(_TOLD, self._told)

    async def tell(
        self,
        work: Work,
        server_id: int,
        card: str,
        people: Collection[int],
        key: str,
        data: Mapping[str, Any],
        not_after: datetime | None = None,
    ) -> None:
        """Tell people something once, by `key`; it is dropped at `not_after`."""
        server = await self._servers.find(work, server_id)
        said = {**data, "card": f"escalation.{card}", "people": sorted(people), "server": server_id}
        if server is not None and server.moderators_channel_id is not None:
            said["channel"] = server.moderators_channel_id
            await work.enqueue(
                Intent(f"rota:{key}", "post", Lane.REMINDER, server_id, said, report=_TOLD, not_after=not_after)
            )
        else:
            await self._to_each(work, server_id, key, said, not_after)

    async def _told(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Where the channel takes no post, each of them hears by direct message: nobody hearing would be worse."""
        if isinstance(result, Finish) and result.state == "failed" and intent.server_id is not None:
            said = {name: value for name, value in intent.data.items() if name != "channel"}
            await self._to_each(work, intent.server_id, f"again:{intent.id}", said, None)

    @staticmethod
    async def _to_each(
        work: Work, server_id: int, key: str, said: Mapping[str, Any], not_after: datetime | None
    ) -> None:
        for user_id in said["people"]:
            direct = {**said, "user": user_id}
            await work.enqueue(
                Intent(f"rota:{key}:{user_id}", "dm", Lane.REMINDER, server_id, direct, not_after=not_after)
            )
