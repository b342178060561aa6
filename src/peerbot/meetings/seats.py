"""Access to rooms that are there already, when somebody joins or leaves a group while they are."""

from datetime import timedelta
from typing import Final

from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.meetings import rooms_store, store
from peerbot.meetings.rules import LIVE, Meeting, Room

ACCESS: Final = "meeting.access"
"""Timer; its subject is the meeting and the person."""
PUT_OUT: Final = "stand-in.ended"
"""Fact: somebody holds a meeting no more that they took over, because two people keep them out of its group."""
_AGAIN_AFTER: Final = timedelta(seconds=15)


class Seats:
    """Brings one person's access to a group's rooms in line with their seat: at once, and decided when it is set."""

    def __init__(self, desk: Desk) -> None:
        """Listen for what *signup* tells."""
        desk.handlers.on_fact("seat.taken", self._came)
        desk.handlers.on_fact("facilitator.added", self._came)
        desk.handlers.on_fact("agreement.settled", self._came)
        desk.handlers.on_fact("access.restored", self._came)
        desk.handlers.on_fact("seat.ended", self._went)
        desk.handlers.on_fact("access.paused", self._kept_out)
        desk.handlers.on_fact("access.ended", self._kept_out)
        desk.handlers.on_fact("facilitator.ended", self._went)
        desk.handlers.on_fact("part.ended", self._left_team)
        desk.handlers.on_timer(ACCESS, self._again)

    async def let_in(self, work: Work, meeting: Meeting, user_id: int) -> None:
        """Bring one person's access to one room in line with what they now are."""
        room = await store.room(work, meeting.id)
        if room is not None:
            await self._align(work, room, user_id)

    async def _came(self, work: Work, fact: Fact) -> None:
        # Into a room that is over nobody is let any more: it would show what was said before they came.
        for room in await store.rooms_of_group(work, str(fact.data["group"])):
            if room.state in LIVE:
                await self._align(work, room, int(fact.data["user"]))

    async def _went(self, work: Work, fact: Fact) -> None:
        for room in await store.rooms_of_group(work, str(fact.data["group"])):
            await self._align(work, room, int(fact.data["user"]))

    async def _kept_out(self, work: Work, fact: Fact) -> None:
        """Two people keep somebody out of a group: out of what they took over there too, before it is looked for."""
        server_id, user_id = int(fact.data["server"]), int(fact.data["user"])
        if await rooms_store.end_standing_in_group(work, str(fact.data["group"]), user_id):
            await work.record(PUT_OUT, server=server_id, user=user_id)
        await self._went(work, fact)

    async def _left_team(self, work: Work, fact: Fact) -> None:
        await self.leave_team(work, int(fact.data["server"]), int(fact.data["user"]))

    async def leave_team(self, work: Work, server_id: int, user_id: int) -> None:
        """Put who took meetings over, and is no facilitator of the server any more, out of their rooms."""
        taken_over = await store.taken_over_by(work, user_id)
        await rooms_store.end_standing_in(work, server_id, user_id)
        for meeting_id in sorted(taken_over):
            room = await store.room(work, meeting_id)
            if room is not None and room.server_id == server_id and room.state != "deleted":
                await self._align(work, room, user_id)

    async def _again(self, work: Work, timer: Timer) -> None:
        meeting_id, user_id = timer.subject.split(":")
        room = await store.room(work, meeting_id)
        if room is not None and room.state != "deleted":
            await self._align(work, room, int(user_id))

    async def _align(self, work: Work, room: Room, user_id: int) -> None:
        if room.channel_id is None:
            # It is being made, perhaps with the people of a moment ago.
            if room.state in LIVE:
                subject = f"{room.meeting_id}:{user_id}"
                await work.set_timer(ACCESS, subject, work.now + _AGAIN_AFTER, room.server_id)
            return
        await work.enqueue(
            Intent(
                key=f"meeting:{room.meeting_id}:person:{user_id}:{new_id()}",
                kind="channel.person",
                lane=Lane.OPENING,
                server_id=room.server_id,
                data={"channel": room.channel_id, "user": user_id, "access": "meetings.access"},
                stream=f"channel:{room.channel_id}:{user_id}",
            )
        )
