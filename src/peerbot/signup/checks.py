"""What of groups could stop the bot from keeping its word: nobody to hold them, no dates."""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding, Health
from peerbot.servers.checks import Check
from peerbot.servers.rules import Server
from peerbot.signup import store
from peerbot.signup.rules import Group

_PER_GROUP: Final = 2
"""product.md, "People and words": two facilitators per group by default."""


class SignupChecks:
    """The checks of this pillar."""

    def __init__(self, desk: Desk) -> None:
        """Read at `desk`."""
        self._desk = desk

    def all(self) -> Sequence[Check]:
        """Return what /doctor looks at, in the order in which it is shown."""
        return (self.facilitators, self.dates)

    async def facilitators(self, server: Server) -> Sequence[Finding]:
        """Whether each open group has two people to hold it. Groups are counted: their names are not shown here."""
        reads = self._desk.reads
        groups = await self._open(server)
        held_by = [len(await store.facilitators(reads, group.id)) for group in groups]
        nobody, one = held_by.count(0), sum(0 < number < _PER_GROUP for number in held_by)
        found: list[Finding] = []
        if nobody:
            found.append(Finding("facilitators", Health.BROKEN, "doctor-no-facilitator", {"groups": nobody}))
        if one:
            found.append(Finding("facilitators", Health.WARNED, "doctor-one-facilitator", {"groups": one}))
        return found or [Finding("facilitators")]

    async def dates(self, server: Server) -> Sequence[Finding]:
        """Whether each open group has a meeting to come."""
        groups = await self._open(server)
        without = sum(group.meets_next(self._desk.now) is None for group in groups)
        return [Finding("dates", Health.WARNED, "doctor-no-date", {"groups": without}) if without else Finding("dates")]

    async def first_group(self, server: Server) -> Sequence[Finding]:
        """Whether there is a group: for setting up."""
        there = await self._open(server)
        return [Finding("facilitators") if there else Finding("facilitators", Health.WARNED, "setup-no-group")]

    async def first_date(self, server: Server) -> Sequence[Finding]:
        """Whether a group has a meeting to come: for setting up."""
        planned = any(group.meets_next(self._desk.now) for group in await self._open(server))
        return [Finding("dates") if planned else Finding("dates", Health.WARNED, "setup-no-date")]

    async def _open(self, server: Server) -> Sequence[Group]:
        """Return the groups that go on: neither paused nor about to end, as that of a practice meeting always is."""
        groups = await store.groups(self._desk.reads, server.id)
        return [group for group in groups if group.state == "open" and group.ends_at is None]
