"""Drift: whoever comes to read rooms, or could come to, is told to the coordinators within the hour.

Looked at each hour, and at a start. What was so before the first look is no news: `/agreement who-can-read` and /doctor
say it to whoever asks.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from peerbot.confidentiality.seeing import Seeing
from peerbot.confidentiality.visibility import VIEW, Sight, known
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.tokens import new_id
from peerbot.privacy import watch_rules, watch_store
from peerbot.privacy.watch_rules import News, Strangers, Watched
from peerbot.servers.rules import Server
from peerbot.servers.service import Servers
from peerbot.servers.telling import tell

CARD = "privacy.readers"


@dataclass(frozen=True, slots=True)
class Ours:
    """A channel of ours, and whether somebody is of it: whoever we let in, and nobody else."""

    channel_id: int
    is_of_it: Callable[[int], Awaitable[bool]]


Channels = Callable[[Reads, Server], Awaitable[Sequence[Ours]]]
"""Every confidential channel of a server: rooms, side rooms, staff channels."""


class ReaderWatch:
    """Use cases of the clock around who can read."""

    def __init__(self, desk: Desk, servers: Servers, seeing: Seeing, channels: Channels) -> None:
        """Look through `seeing` at rooms in general, and at each of `channels`."""
        self._desk = desk
        self._servers = servers
        self._seeing = seeing
        self._channels = channels

    async def look_everywhere(self) -> None:
        """Look at every server, one after the other."""
        for server in await self._servers.all(self._desk.reads):
            await self._seeing.sighting.ask(server.id)
            await self.look(server)

    async def look(self, server: Server) -> News | None:
        """Compare with the last look, keep this one, and tell what is new. None: nothing could be seen."""
        now = await self.watched(server)
        if now is None:
            return None
        async with self._desk.transaction() as work:
            before = await watch_store.load(work, server.id)
            await watch_store.save(work, server.id, now, work.now)
            found = watch_rules.news(before if before is not None else now, now)
            if found:
                await self._tell(work, server, found)
        return found

    async def watched(self, server: Server) -> Watched | None:
        """Return who reads now; None where Discord has said nothing yet."""
        seen = self._seeing.look(server.id)
        if seen is None:
            return None
        rooms: dict[int, Strangers] = {}
        for each in await self._channels(self._desk.reads, server):
            sight = self._seeing.sighting.of_channel(server.id, each.channel_id)
            if sight is not None and (strangers := await self._strangers(sight, each)) != Strangers():
                rooms[each.channel_id] = strangers
        return Watched(known(seen.readers, list(seen.rules.copying)), rooms)

    async def _strangers(self, sight: Sight, ours: Ours) -> Strangers:
        let_in = [each for each in sight.overwrites if each.allow & VIEW and each.target != self._our_id]
        people = [each.target for each in let_in if not each.is_role and not await ours.is_of_it(each.target)]
        return Strangers(frozenset(each.target for each in let_in if each.is_role), len(people))

    @property
    def _our_id(self) -> int | None:
        return self._seeing.sighting.our_id()

    async def _tell(self, work: Work, server: Server, found: News) -> None:
        people = await self._servers.team(work, server.id, "coordinator")
        people = people or await self._servers.team(work, server.id, "lead")
        data = {
            "card": CARD,
            "server": server.id,
            "roles": found.change.roles,
            "could": found.change.could,
            "grown": found.change.grown,
            "bots": found.change.bots,
            "rules": found.change.rules,
            "rooms": found.rooms,
        }
        await tell(work, server.id, key=f"readers:{server.id}:{new_id()}", people=people, data=data)
