"""Which meeting somebody holds, and whether they may do there what they ask: how everything in /facilitate begins."""

from collections.abc import Collection
from dataclasses import dataclass

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, require
from peerbot.engine.database import Reads
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.meetings import store
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.facilitating.rules import WITH_ROOM, Facilitation
from peerbot.meetings.rules import LIVE, Meeting, Room, State
from peerbot.signup.service import Signup

OPEN = frozenset({State.OPEN})


@dataclass(frozen=True, slots=True)
class Where:
    """Where something was asked: a meeting by its id, from a button; or the channel a command was typed in."""

    channel_id: int | None = None
    meeting_id: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting somebody holds, its room, and what was done in it so far."""

    meeting: Meeting
    room: Room
    done: Facilitation

    @property
    def channel_id(self) -> int:
        """The channel of its room."""
        return self.room.channel_id or 0


class Holding:
    """Finds the meeting that is meant: that of the room, or the only one the person holds."""

    def __init__(self, signup: Signup) -> None:
        """Ask `signup` who facilitates what."""
        self._signup = signup

    async def held(self, reads: Reads, actor: Actor, where: Where, action: str, states: Collection[str] = LIVE) -> Held:
        """Return the meeting that is meant.

        Raises:
            NotFound: for somebody who has nothing to do with it, or where there is none.
            NotAllowed: for a member.
            Invalid: for a command outside a room, by somebody who holds several.
            Late: if its room is in none of `states`.
        """
        meeting_id = where.meeting_id or await self._meant(reads, actor, where.channel_id)
        meeting, room = await store.meeting(reads, meeting_id), await store.room(reads, meeting_id)
        if meeting is None:
            raise NotFound
        parts = await self.parts(reads, actor, meeting)
        if parts.isdisjoint({Part.MEMBER, Part.FACILITATOR}):
            raise NotFound
        require(action, parts)
        if room is None or room.channel_id is None or room.state not in states:
            waits = room is not None and room.state == State.LOBBY
            raise Late(text="staff-facilitate-not-open" if waits else "meeting-over")
        return Held(meeting, room, await facilitating_store.facilitation(reads, meeting.id))

    async def parts(self, reads: Reads, actor: Actor, meeting: Meeting) -> set[Part]:
        """Return what somebody is in a meeting: who took it over is its facilitator."""
        parts = await self._signup.parts(reads, actor, meeting.group_id)
        if actor.server_id == meeting.server_id and actor.user_id in await store.stand_ins(reads, meeting.id):
            parts.add(Part.FACILITATOR)
        return parts

    async def facilitators(self, reads: Reads, meeting: Meeting) -> tuple[int, ...]:
        """Return who holds a meeting: its group's facilitators, and who took it over."""
        own = await self._signup.facilitators(reads, meeting.group_id)
        return tuple(dict.fromkeys((*own, *await store.stand_ins(reads, meeting.id))))

    async def let_help(self, reads: Reads, meeting: Meeting, user_id: int) -> None:
        """Do nothing for a facilitator of the server who may come to hold a meeting of a group that is not theirs.

        Raises:
            NotAllowed: without a reason, for whoever the team keeps out of this group or this meeting.
        """
        out = (await facilitating_store.limits(reads, meeting.id)).get(user_id) is not None
        if out or not await self._signup.measures.may_hold(reads, meeting.group_id, user_id):
            raise NotAllowed(text="staff-meeting-not-you")

    async def _meant(self, reads: Reads, actor: Actor, channel_id: int | None) -> str:
        """Return the id of the meeting whose room this is; elsewhere, of the one meeting the person holds now.

        Somebody who holds none hears the same whatever there is.
        """
        rooms = [room for room in await store.rooms_standing(reads, actor.here) if room.state in WITH_ROOM]
        groups = {group.id for group in await self._signup.groups_of(reads, actor.here, actor.user_id)}
        taken_over = await store.taken_over_by(reads, actor.user_id)
        near = [room for room in rooms if room.group_id in groups or room.meeting_id in taken_over]
        here = next((room for room in near if room.channel_id == channel_id), None)
        if here is not None:
            return here.meeting_id
        held = [
            room
            for room in near
            if room.meeting_id in taken_over or actor.user_id in await self._signup.facilitators(reads, room.group_id)
        ]
        # One that is over still has its list, and its messages.
        held = [room for room in held if room.state in LIVE] or held
        if not held:
            raise NotFound(text="staff-facilitate-none")
        if len(held) > 1:
            raise Invalid(text="staff-facilitate-which")
        return held[0].meeting_id
