"""Cover: whether two facilitators and a second line are there for a meeting, looked at long before and at its door."""

from datetime import datetime
from typing import Final

from peerbot.engine import silence
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.timers import Timer
from peerbot.meetings import rules, store
from peerbot.meetings.around import Around
from peerbot.meetings.attendance import away_store
from peerbot.meetings.attendance import store as attendance_store
from peerbot.meetings.notices import StaffNotices
from peerbot.meetings.rules import Meeting
from peerbot.meetings.series.planner import Planner
from peerbot.meetings.times.rules import COVER_CHECKS
from peerbot.servers.service import Servers
from peerbot.signup.service import Signup

_TO_TELL: Final = frozenset({"view-channel", "send-messages"})
"""What the bot needs in the channel where staff is told something."""
_FEW: Final = frozenset({"no-facilitators", "facilitators"})


class Cover:
    """Looks at cover twice before a meeting, as a rule two days and six hours, and whenever a facilitator comes."""

    def __init__(
        self, desk: Desk, servers: Servers, signup: Signup, planner: Planner, staff: StaffNotices, around: Around
    ) -> None:
        """Act on the timers; tell coordinators through `staff` what is missing."""
        self._servers = servers
        self._signup = signup
        self._planner = planner
        self._staff = staff
        self._around = around
        for check in COVER_CHECKS:
            desk.handlers.on_timer(f"meeting.{check}", self._check)

    async def lacks(self, reads: Reads, meeting: Meeting, now: datetime) -> tuple[str, ...]:
        """Return what full cover lacks: `facilitators` or `no-facilitators`, `second-line`; nothing if all is well."""
        own = await self._signup.facilitators(reads, meeting.group_id)
        here = await attendance_store.present(reads, meeting.id, now)
        unsent = await self._unsent(reads, meeting, now)
        holding = rules.holding(
            meeting,
            own=[each for each in own if each not in unsent],
            away=await away_store.people(reads, meeting.id),
            here=here,
            stand_ins=await store.stand_ins(reads, meeting.id),
            now=now,
        )
        at = max(meeting.starts_at, now)
        reachable = await self._around.second_line(reads, meeting.server_id, at, holding)
        return rules.cover_lacks(len(holding), second_line=reachable)

    async def _unsent(self, reads: Reads, meeting: Meeting, now: datetime) -> frozenset[int]:
        """Return the facilitators to whom nothing goes out by itself, and who are not here: nobody counts on them."""
        own = await self._signup.facilitators(reads, meeting.group_id)
        silenced = await silence.among(reads, meeting.server_id, own)
        return silenced - {*await attendance_store.present(reads, meeting.id, now)}

    async def held(self, reads: Reads, meeting: Meeting, now: datetime) -> bool:
        """Return whether one of those who came to hold a meeting holds it still, and has not said that they must go."""
        own = await self._signup.facilitators(reads, meeting.group_id)
        holding = {*own, *await store.stand_ins(reads, meeting.id)} - {*await away_store.people(reads, meeting.id)}
        return not holding.isdisjoint(await attendance_store.present(reads, meeting.id, now))

    async def _check(self, work: Work, timer: Timer) -> None:
        meeting = await store.meeting(work, timer.subject)
        if meeting is None or not rules.looks_at_cover(meeting, timer.kind.removeprefix("meeting."), work.now):
            return
        if not await self._planner.still_meets(work, meeting.group_id):
            return
        server = await self._servers.load(work, meeting.server_id)
        guild = self._around.guild
        missing = guild.missing_permissions(server.id, server.category_id)
        lacks = await self.lacks(work, meeting, work.now)
        if _FEW & {*lacks} and await self._unsent(work, meeting, work.now):
            lacks = (*lacks, "unsent")
        staff = {"moderators": server.moderators_channel_id, "facilitators": server.facilitators_channel_id}
        mute = tuple(
            which
            for which, channel_id in staff.items()
            if channel_id is not None and _TO_TELL & {*guild.missing_permissions(server.id, channel_id)}
        )
        await work.record("cover.checked", server=server.id)
        if missing or lacks or mute:
            await self._staff.cover(work, meeting, timer.kind, lacks, missing, mute)
