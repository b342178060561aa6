"""What of privacy could stop the bot from keeping its word: nothing being forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding, Health
from peerbot.engine.texts import moment
from peerbot.privacy import retention_store
from peerbot.servers.checks import Check
from peerbot.servers.rules import Server

_NIGHTLY: Final = timedelta(hours=26)
"""It runs each night; two hours are left for it, and for the clocks to change."""


class PrivacyChecks:
    """The checks of this pillar."""

    def __init__(self, desk: Desk) -> None:
        """Read at `desk`."""
        self._desk = desk

    def all(self) -> Sequence[Check]:
        """Return what /doctor looks at, in the order in which it is shown."""
        return (self.housekeeping,)

    async def housekeeping(self, server: Server) -> Sequence[Finding]:
        """Whether what is kept too long was deleted in the last night."""
        _ = server
        last = await retention_store.last_run(self._desk.reads)
        if last is None:
            return [Finding("housekeeping", Health.WARNED, "doctor-housekeeping-never")]
        if self._desk.now - last > _NIGHTLY:
            return [Finding("housekeeping", Health.BROKEN, "doctor-housekeeping-late", {"last": moment(last)})]
        return [Finding("housekeeping")]
