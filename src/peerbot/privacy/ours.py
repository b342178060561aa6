"""Every confidential channel of ours, and who is of it: decided by what lets people in, and by nothing else."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk
from peerbot.engine.places import AccessMaker, May
from peerbot.escalation.service import Escalation
from peerbot.meetings.service import Meetings
from peerbot.privacy.watch import Ours
from peerbot.servers import rules
from peerbot.servers.rules import Server
from peerbot.servers.service import Servers


class OurChannels:
    """Rooms, side rooms and staff channels."""

    def __init__(
        self,
        desk: Desk,
        servers: Servers,
        meetings: Meetings,
        escalation: Escalation,
        access: Callable[[], Mapping[str, AccessMaker]],
    ) -> None:
        """Ask each pillar for its channels; `access` returns who may do what in which, by name."""
        self._desk = desk
        self._servers = servers
        self._meetings = meetings
        self._escalation = escalation
        self._access = access

    async def of_server(self, reads: Reads, server: Server) -> Sequence[Ours]:
        """Return the channels of a server that are there."""
        staff = [
            Ours(channel_id, self._let_in_by(reads, "servers.staff", channel=channel_id, which=which))
            for which, channel_id in rules.staff_channels(server).items()
            if channel_id is not None
        ]
        rooms = [
            Ours(
                room.channel_id,
                self._let_in_by(reads, "meetings.access", channel=room.channel_id, meeting=room.meeting_id),
            )
            for room in await self._meetings.rooms_standing(reads, server.id)
            if room.channel_id is not None
        ]
        side = [
            Ours(channel_id, self._let_in_by(reads, "escalation.side_room", concern=concern_id, leaves=False))
            for concern_id, channel_id in await self._escalation.side_rooms(reads, server.id)
        ]
        return [*staff, *rooms, *side]

    async def includes(self, server_id: int, channel_id: int) -> bool:
        """Return whether a channel is one of them."""
        reads = self._desk.reads
        server = await self._servers.find(reads, server_id)
        return server is not None and channel_id in {each.channel_id for each in await self.of_server(reads, server)}

    def _let_in_by(self, reads: Reads, access: str, **data: object) -> Callable[[int], Awaitable[bool]]:
        async def is_of_it(user_id: int) -> bool:
            may = await self._access()[access](reads, {**data, "user": user_id}, self._desk.now)
            return may is not May.NOTHING

        return is_of_it
