"""What of meetings could stop the bot from keeping its word: no room for rooms, rooms that stay."""

from collections.abc import Callable, Sequence
from typing import Final

from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding, Health
from peerbot.meetings import rooms_store
from peerbot.meetings.rules import OVERDUE_AFTER
from peerbot.meetings.series.forecast import MOST_CHANNELS, MOST_FORECAST
from peerbot.servers.checks import Check
from peerbot.servers.rules import Server

_NO_CHANNEL_LEFT: Final = MOST_CHANNELS - 1


class MeetingChecks:
    """The checks of this pillar."""

    def __init__(self, desk: Desk, channels: Callable[[int], int]) -> None:
        """Ask `channels` how many a server has now."""
        self._desk = desk
        self._channels = channels

    def all(self) -> Sequence[Check]:
        """Return what /doctor looks at, in the order in which it is shown."""
        return (self.places, self.deletions)

    async def places(self, server: Server) -> Sequence[Finding]:
        """Whether there is room for more channels (discord-api-docs: 500 in a server)."""
        there = self._channels(server.id)
        if there < MOST_FORECAST:
            return [Finding("places")]
        health = Health.BROKEN if there > _NO_CHANNEL_LEFT else Health.WARNED
        return [Finding("places", health, "doctor-channels-full", {"there": there, "most": MOST_CHANNELS})]

    async def deletions(self, server: Server) -> Sequence[Finding]:
        """Whether every room is gone that had to go."""
        late = await rooms_store.deletions_late(self._desk.reads, server.id, self._desk.now - OVERDUE_AFTER)
        if not late:
            return [Finding("deletions")]
        return [Finding("deletions", Health.BROKEN, "doctor-room-stays", {"rooms": late})]

    async def first_meeting(self, server: Server) -> Sequence[Finding]:
        """Whether the team has seen a room: for setting up."""
        opened = await rooms_store.any_opened(self._desk.reads, server.id)
        return [Finding("places") if opened else Finding("places", Health.WARNED, "setup-no-meeting")]
