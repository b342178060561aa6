"""The team's channels and who sees them: looked at each day and at each change, before anybody needs them."""

from datetime import timedelta
from typing import Final

from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import NotSetUp
from peerbot.engine.facts import Fact
from peerbot.engine.ports import Channels
from peerbot.engine.timers import Timer
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.ways.sight import Sight
from peerbot.servers import rules
from peerbot.servers.service import STAFF_CHANGED, Servers

_DAILY: Final = "team.daily"
_DAY: Final = timedelta(days=1)
UNUSABLE: Final = frozenset({"gone", "hidden", "mute"})
"""What Discord may say of a channel in which no page can be written."""


class TeamWatch:
    """Use cases of the clock, and of what Discord tells by itself."""

    def __init__(self, desk: Desk, servers: Servers, sight: Sight, staff: StaffChannel, channels: Channels) -> None:
        """Look through `sight` and `channels`; tell owner and leads through `staff`."""
        self._desk = desk
        self._servers = servers
        self._sight = sight
        self._staff = staff
        self._channels = channels
        desk.handlers.on_timer(_DAILY, self._day_begins)
        desk.handlers.on_fact(STAFF_CHANGED, self._changed)
        desk.handlers.on_fact("cover.checked", self._checked)

    async def channel_deleted(self, server_id: int, channel_id: int) -> None:
        """Somebody has deleted a channel: one of the team's is told to owner and leads at once."""
        server = await self._servers.find(self._desk.reads, server_id)
        if server is None or channel_id not in {server.moderators_channel_id, server.facilitators_channel_id}:
            return
        async with self._desk.transaction() as work:
            which = "moderators" if channel_id == server.moderators_channel_id else "facilitators"
            await self._staff.missing_ahead(work, server_id, which)

    async def _changed(self, work: Work, fact: Fact) -> None:
        """The team or its channels are others now: look who sees them, and from now on each day."""
        server_id = int(fact.data["server"])
        await self._sight.look(work, server_id, access_changes=True)
        await work.set_timer(_DAILY, str(server_id), work.now + _DAY, server_id)

    async def _checked(self, work: Work, fact: Fact) -> None:
        """The cover of a meeting was looked at: by the next look, what is known of the team is fresh."""
        await self._sight.look(work, int(fact.data["server"]))

    async def _day_begins(self, work: Work, timer: Timer) -> None:
        server_id = int(timer.subject)
        try:
            server = await self._servers.load(work, server_id)
        except NotSetUp:
            return
        await work.set_timer(_DAILY, timer.subject, work.now + _DAY, server_id)
        await self._sight.look(work, server_id)
        await work.record("team.day", server=server_id)
        for which, channel_id in rules.staff_channels(server).items():
            if channel_id is None or self._channels.state_of(server_id, channel_id) in UNUSABLE:
                await self._staff.missing_ahead(work, server_id, which)
