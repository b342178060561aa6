"""Direct messages before a meeting, to those who asked for them."""

from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.timers import Timer
from peerbot.meetings import rules, store
from peerbot.meetings.rules import State
from peerbot.meetings.series.changes import SENT
from peerbot.meetings.series.planner import Planner
from peerbot.meetings.times.rules import REMINDERS
from peerbot.signup.service import Signup


class Reminders:
    """Twice before a meeting: as a rule a day and half an hour."""

    def __init__(self, desk: Desk, signup: Signup, planner: Planner) -> None:
        """Act on the timers."""
        self._signup = signup
        self._planner = planner
        for reminder in REMINDERS:
            desk.handlers.on_timer(f"meeting.{reminder}", self._remind)
        desk.handlers.on_report(SENT, signup.message_ended)

    async def _remind(self, work: Work, timer: Timer) -> None:
        meeting = await store.meeting(work, timer.subject)
        if meeting is None or meeting.state not in {State.PLANNED, State.LOBBY}:
            return
        if not await self._planner.still_meets(work, meeting.group_id):
            return
        reminder = timer.kind.removeprefix("meeting.")
        members = await self._signup.members(work, meeting.group_id)
        facilitators = await self._signup.facilitators(work, meeting.group_id)
        for user_id in dict.fromkeys((*members, *facilitators)):
            if await self._signup.may_remind(work, meeting.server_id, user_id):
                await work.enqueue(
                    Intent(
                        # A meeting that was moved reminds again.
                        key=f"meeting:{meeting.id}:{reminder}:{user_id}:{meeting.starts_at:%Y%m%d%H%M}",
                        kind="dm",
                        lane=Lane.REMINDER,
                        server_id=meeting.server_id,
                        data={"user": user_id, "card": "meetings.remind", "meeting": meeting.id},
                        report=SENT,
                        not_after=rules.dropped_from(meeting, reminder),
                    )
                )
