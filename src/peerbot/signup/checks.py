"""What of groups could stop the bot from keeping its word: nobody to hold them, no dates."""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding, Health
from peerbot.servers.checks import Check
from peerbot.servers.rules import Server
from peerbot.signup import store

_PER_GROUP: Final = 2
"""product.md, "People and words": two facilitators per group by default."""


class SignupChecks:
    """The checks of this pillar."""

    def __init__(self, desk: Desk) -> None:
        """Read at `desk`."""
        self._desk = desk

    def checks(self) -> Sequence[Check]:
        """Return every check, in the order in which they are shown."""
        return (self.facilitators, self.dates)

    async def facilitators(self, server: Server) -> Sequence[Finding]:
        """Whether each open group has two people to hold it. Groups are counted: their names are not shown here."""
        reads = self._desk.reads
        groups = [group for group in await store.groups(reads, server.id) if group.state == "open"]
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
        groups = [group for group in await store.groups(self._desk.reads, server.id) if group.state == "open"]
        without = sum(group.meets_next(self._desk.now) is None for group in groups)
        return [Finding("dates", Health.WARNED, "doctor-no-date", {"groups": without}) if without else Finding("dates")]
