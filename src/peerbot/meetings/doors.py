"""Who may see one room and write in it, for one meeting: asked to step out, reading only, or late at a shut door.

The door shuts to those who were not seen before, by one call for each of them: 25 at most, as many as a group can
have seats. Two minutes before, the room is asked to say *I'm here*, so that nobody who reads quietly is shut out.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.places import May
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.meetings import notices, store
from peerbot.meetings.attendance import store as attendance_store
from peerbot.meetings.facilitating import rules as facilitating_rules
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.facilitating.holding import OPEN, Held, Holding, Where
from peerbot.meetings.facilitating.rules import DOOR_SHUTS_AFTER, Limit
from peerbot.meetings.rules import Meeting, Room, State
from peerbot.meetings.seats import Seats
from peerbot.signup.service import Signup

DOOR: Final = "meeting.door"


@dataclass(frozen=True, slots=True)
class Door:
    """The door of a room: how many have a seat, and how many of them were not seen yet."""

    held: Held
    expected: int
    unseen: tuple[int, ...]


async def member_may(reads: Reads, room: Room, user_id: int, now: datetime) -> May:
    """Return what a member may do in a room."""
    news = await why_not(reads, room.meeting_id, user_id, now)
    return {"out": May.NOTHING, "door": May.NOTHING, "quiet": May.READ}.get(news, May.LOOK)


async def why_not(reads: Reads, meeting_id: str, user_id: int, now: datetime) -> str:
    """Return why a member cannot see a room (`out`, `door`) or not write there (`quiet`); nothing if they can."""
    done = await facilitating_store.facilitation(reads, meeting_id)
    seen = await attendance_store.present(reads, meeting_id, done.door_shut_at or now)
    limit = (await facilitating_store.limits(reads, meeting_id)).get(user_id)
    return facilitating_rules.news_of(limit, door=facilitating_rules.shut_out(done, user_id, seen, now))


class Doors:
    """Use cases about who is let in."""

    def __init__(self, desk: Desk, holding: Holding, signup: Signup, seats: Seats) -> None:
        """Act on the timer that shuts a door; change access through `seats`."""
        self._desk = desk
        self._holding = holding
        self._signup = signup
        self._seats = seats
        desk.handlers.on_timer(DOOR, self._shut)

    # One person.

    async def limit(self, actor: Actor, where: Where, user_id: int, what: Limit) -> Held:
        """Ask somebody to step out of this meeting, or let them read there and not write; `ease` takes it back.

        It holds until the room is gone. They are told in private: by message, if they allow any, and by /meeting next.

        Raises:
            PeerbotError: as `Holding.held`.
            Invalid: for one of its facilitators, or somebody who is not in the group.
        """
        async with self._desk.transaction() as work:
            action = "facilitate.step-out" if what == "out" else "facilitate.quiet"
            held = await self._holding.held(work, actor, where, action)
            await self._member(work, held.meeting, user_id)
            if await facilitating_store.set_limit(work, held.meeting, user_id, what):
                # They were there: nobody who was asked to go is missed afterwards.
                await store.add_present(work, held.meeting, user_id, work.now)
                await self._seats.let_in(work, held.meeting, user_id)
                await self._tell(work, held.meeting, user_id, what)
            return held

    async def ease(self, actor: Actor, where: Where, user_id: int) -> tuple[Held, bool]:
        """Let somebody see the room and write there again. Returns also whether anything held for them.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.step-out")
            was = await facilitating_store.lift_limit(work, held.meeting.id, user_id)
            if was is not None:
                await self._seats.let_in(work, held.meeting, user_id)
                await self._tell(work, held.meeting, user_id, "back")
            return held, was is not None

    async def _member(self, work: Work, meeting: Meeting, user_id: int) -> None:
        if user_id in await self._holding.facilitators(work, meeting):
            raise Invalid(text="staff-facilitate-no-facilitator")
        if user_id not in await self._signup.members(work, meeting.group_id):
            raise Invalid(text="staff-facilitate-no-member")

    async def _tell(self, work: Work, meeting: Meeting, user_id: int, what: str) -> None:
        if not await self._signup.may_remind(work, meeting.server_id, user_id):
            return
        data = {"user": user_id, "card": "meetings.limited", "meeting": meeting.id, "what": what}
        key = f"meeting:{meeting.id}:limited:{user_id}:{new_id()}"
        not_after = meeting.locks_at
        await work.enqueue(Intent(key, "dm", Lane.OPENING, meeting.server_id, data, not_after=not_after))

    # The door.

    async def door(self, actor: Actor, where: Where) -> Door:
        """Return whom a shut door would keep out.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        held = await self._holding.held(self._desk.reads, actor, where, "facilitate.lock-late", OPEN)
        return await self._door(self._desk.reads, held, self._desk.now)

    async def shut(self, actor: Actor, where: Where) -> Held:
        """Let nobody in any more who is not seen within two minutes. The room is asked to say who is there.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.lock-late", OPEN)
            if held.done.door_shut_at is not None:
                return held
            at = work.now + DOOR_SHUTS_AFTER
            done = replace(held.done, door_shut_at=at)
            await facilitating_store.save(work, held.meeting, done)
            await work.set_timer(DOOR, held.meeting.id, at, held.meeting.server_id)
            await self._post(work, held, "door-shuts", f"{at:%Y%m%d%H%M%S}")
            return replace(held, done=done)

    async def open_again(self, actor: Actor, where: Where) -> Held:
        """Let everybody with a seat in again.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.lock-late", OPEN)
            at = held.done.door_shut_at
            if at is None:
                return held
            door = await self._door(work, held, work.now)
            done = replace(held.done, door_shut_at=None)
            await facilitating_store.save(work, held.meeting, done)
            await work.cancel_timer(DOOR, held.meeting.id)
            if at <= work.now:
                await self._align(work, held, door)
            await self._post(work, held, "door-opens", f"{at:%Y%m%d%H%M%S}")
            return replace(held, done=done)

    async def not_too_late(self, work: Work, meeting: Meeting, user_id: int) -> None:
        """Do nothing if somebody is inside.

        Raises:
            Late: if the door is shut to them, so that no press of theirs opens it.
        """
        if user_id in await self._holding.facilitators(work, meeting):
            return
        if await why_not(work, meeting.id, user_id, work.now) == "door":
            raise Late(text="meeting-over")

    async def _shut(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is None or room is None or meeting.state is not State.OPEN:
            return
        held = Held(meeting, room, await facilitating_store.facilitation(work, meeting.id))
        if held.done.door_shut_at is not None and held.done.door_shut_at <= work.now:
            await self._align(work, held, await self._door(work, held, work.now))

    async def _door(self, reads: Reads, held: Held, now: datetime) -> Door:
        members = await self._signup.members(reads, held.meeting.group_id)
        seen = await attendance_store.present(reads, held.meeting.id, held.done.door_shut_at or now)
        return Door(held, len(members), tuple(user_id for user_id in members if user_id not in seen))

    async def _align(self, work: Work, held: Held, door: Door) -> None:
        for user_id in door.unseen:
            await self._seats.let_in(work, held.meeting, user_id)

    async def _post(self, work: Work, held: Held, card: str, again: str) -> None:
        not_after = held.meeting.locks_at
        post = notices.in_room(held.meeting, held.room, card, Lane.OPENING, not_after=not_after, in_order=True)
        await work.enqueue(replace(post, key=f"{post.key}:{again}"))
