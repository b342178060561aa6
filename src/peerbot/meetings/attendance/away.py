"""Saying that one will not come to a meeting: no reason asked, no name told, and it can be taken back."""

from dataclasses import dataclass

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Late, NotFound
from peerbot.engine.facts import Fact
from peerbot.meetings import store
from peerbot.meetings.attendance import away_store
from peerbot.meetings.rules import Meeting, State
from peerbot.signup.service import Signup


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody has now said of a meeting."""

    meeting: Meeting
    away: bool


class Away:
    """Use cases of somebody who will not come, or will after all."""

    def __init__(self, desk: Desk, signup: Signup) -> None:
        """Work at `desk`, and forget what was said when somebody leaves the group."""
        self._desk = desk
        self._signup = signup
        desk.handlers.on_fact("seat.ended", self._went)
        desk.handlers.on_fact("facilitator.ended", self._went)

    async def say(self, actor: Actor, meeting_id: str, *, away: bool) -> Said:
        """Keep that somebody will not come, or forget it.

        Raises:
            NotFound: for somebody who has nothing to do with this meeting.
            Late: once it has begun, or if it was called off.
        """
        async with self._desk.transaction() as work:
            meeting = await store.meeting(work, meeting_id)
            if meeting is None:
                raise NotFound
            parts = await self._signup.parts(work, actor, meeting.group_id)
            if parts.isdisjoint({Part.MEMBER, Part.FACILITATOR}):
                raise NotFound
            require("meeting.away", parts)
            if meeting.state not in {State.PLANNED, State.LOBBY} or meeting.starts_at <= work.now:
                raise Late(text="meeting-over")
            if away:
                await away_store.add(work, meeting, actor.user_id)
            else:
                await away_store.remove(work, meeting.id, actor.user_id)
            return Said(meeting, away)

    async def count(self, reads: Reads, meeting: Meeting) -> int:
        """Return how many said that they will not come."""
        return await away_store.count(reads, meeting.id)

    async def _went(self, work: Work, fact: Fact) -> None:
        await away_store.remove_from_group(work, str(fact.data["group"]), int(fact.data["user"]))
