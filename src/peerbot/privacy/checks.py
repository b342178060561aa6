"""What of privacy could stop the bot from keeping its word: nothing forgotten, or somebody reading who should not."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from peerbot.confidentiality.seeing import Seeing, plain_name
from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding, Health
from peerbot.engine.texts import channel, moment
from peerbot.privacy import retention_store
from peerbot.privacy.watch import ReaderWatch
from peerbot.servers.checks import Check
from peerbot.servers.rules import Server

_NIGHTLY: Final = timedelta(hours=26)
"""It runs each night; two hours are left for it, and for the clocks to change."""


class PrivacyChecks:
    """The checks of this pillar."""

    def __init__(self, desk: Desk, seeing: Seeing, watch: ReaderWatch) -> None:
        """Look through `seeing` and `watch` at who can read."""
        self._desk = desk
        self._seeing = seeing
        self._watch = watch

    def all(self) -> Sequence[Check]:
        """Return what /doctor looks at, in the order in which it is shown."""
        return (self.housekeeping, self.readers, self.strangers, self.copies)

    async def housekeeping(self, server: Server) -> Sequence[Finding]:
        """Whether what is kept too long was deleted in the last night."""
        _ = server
        last = await retention_store.last_run(self._desk.reads)
        if last is None:
            return [Finding("housekeeping", Health.WARNED, "doctor-housekeeping-never")]
        if self._desk.now - last > _NIGHTLY:
            return [Finding("housekeeping", Health.BROKEN, "doctor-housekeeping-late", {"last": moment(last)})]
        return [Finding("housekeeping")]

    async def readers(self, server: Server) -> Sequence[Finding]:
        """Whether rooms are closed to everybody else; which roles and bots read them all the same."""
        seen = self._seeing.look(server.id)
        if seen is None:
            return [Finding("readers")]
        if seen.readers.everybody[0]:
            return [Finding("readers", Health.BROKEN, "doctor-readers-everybody")]
        if seen.bots:
            bots = ", ".join(plain_name(name) for name in seen.bots.values())
            return [Finding("readers", Health.WARNED, "doctor-readers-bots", {"bots": bots})]
        return [Finding("readers")]

    async def strangers(self, server: Server) -> Sequence[Finding]:
        """Whether anybody was let into a room, side room or staff channel by hand who is not of it."""
        watched = await self._watch.watched(server)
        return [
            Finding("strangers", Health.BROKEN, "doctor-strangers", {"room": channel(each)})
            for each in (watched.rooms if watched is not None else ())
        ] or [Finding("strangers")]

    async def copies(self, server: Server) -> Sequence[Finding]:
        """Whether an automatic rule copies out of rooms what is said there."""
        rules = self._seeing.sighting.rules(server.id)
        if not rules.known:
            return [Finding("copies", Health.WARNED, "doctor-copies-unknown")]
        return [
            Finding("copies", Health.BROKEN, "doctor-copies", {"rule": plain_name(name)})
            for name in rules.copying.values()
        ] or [Finding("copies")]
