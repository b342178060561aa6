"""What could stop the bot from keeping its word, looked at when somebody asks: each with what to do."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding
from peerbot.ops.checks import clock_beside
from peerbot.servers.checks import Check
from peerbot.servers.service import Servers


class Doctor:
    """The use case of /doctor."""

    def __init__(self, desk: Desk, servers: Servers, checks: Sequence[Check]) -> None:
        """Look through `checks`, those that every pillar offers, in their order."""
        self._desk = desk
        self._servers = servers
        self._checks = checks

    async def look(self, actor: Actor, asked_at: datetime) -> Sequence[Finding]:
        """Return what every check found, in their order. `asked_at` is when they asked, by Discord's own clock.

        Raises:
            NotAllowed: unless the person manages the server or is its lead.
            NotSetUp: before /setup.
        """
        reads = self._desk.reads
        require("server.doctor", await self._servers.parts(reads, actor))
        server = await self._servers.load(reads, actor.here)
        clock = clock_beside(asked_at, self._desk.now)
        return [*[finding for check in self._checks for finding in await check(server)], clock]
