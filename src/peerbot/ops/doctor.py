"""What could stop the bot from keeping its word, looked at when somebody asks: each with what to do."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding
from peerbot.ops.checks import clock_beside
from peerbot.servers.checks import Check
from peerbot.servers.rules import Server
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
        return [*await self._of(server), clock_beside(asked_at, self._desk.now)]

    async def look_everywhere(self) -> Mapping[int, Sequence[Finding]]:
        """Return what every check found of each server, by its id: for the operator, who stands above all of them."""
        servers = await self._servers.all(self._desk.reads)
        return {server.id: await self._of(server) for server in servers}

    async def _of(self, server: Server) -> Sequence[Finding]:
        return [finding for check in self._checks for finding in await check(server)]
