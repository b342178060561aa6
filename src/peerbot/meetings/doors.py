"""Who may see one room and write in it, for one meeting: asked to step out, reading only, or late at a shut door.

The door shuts to those who were not seen before, by one call for each of them: 25 at most, as many as a group can
have seats. Two minutes before, the room is asked to say *I'm here*, so that nobody who reads quietly is shut out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from peerbot.engine.actor import Actor
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.places import May
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.meetings import notices, store
from peerbot.meetings.attendance import store as attendance_store
from peerbot.meetings.facilitating import rules as facilitating_rules
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.facilitating.holding import OPEN, Held, Holding, Where
from peerbot.meetings.facilitating.rules import DOOR_SHUTS_AFTER, Limit
from peerbot.meetings.notices import StaffNotices
from peerbot.meetings.rules import Meeting, Room, State
from peerbot.meetings.seats import Seats
from peerbot.signup.service import Signup

DOOR: Final = "meeting.door"
LIMITED: Final = "meetings.limited"
UNTOLD: Final = "meetings.limited-untold"
"""Reports: what became of the message to somebody about one meeting, and of the one to who asked for it."""


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

    def __init__(self, desk: Desk, holding: Holding, signup: Signup, seats: Seats, staff: StaffNotices) -> None:
        """Act on the timer that shuts a door; change access through `seats`; say through `staff` what nobody heard."""
        self._desk = desk
        self._holding = holding
        self._signup = signup
        self._seats = seats
        self._staff = staff
        desk.handlers.on_timer(DOOR, self._shut)
        desk.handlers.on_report(LIMITED, self._told)
        desk.handlers.on_report(UNTOLD, self._said)

    # One person.

    async def limit(self, actor: Actor, where: Where, user_id: int, what: Limit) -> Held:
        """Ask somebody to step out of this meeting, or let them read there and not write; `ease` takes it back.

        It holds until the room is gone. They are told in private: by message, if they allow any, and by /meeting next.
        If Discord refuses the message, whoever asked for this hears so in private, and can tell them.

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
                await self._tell(work, held.meeting, user_id, what, actor.user_id)
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
                await self._tell(work, held.meeting, user_id, "back", actor.user_id)
            return held, was is not None

    async def _member(self, work: Work, meeting: Meeting, user_id: int) -> None:
        if user_id in await self._holding.facilitators(work, meeting):
            raise Invalid(text="staff-facilitate-no-facilitator")
        if user_id not in await self._signup.members(work, meeting.group_id):
            raise Invalid(text="staff-facilitate-no-member")

    async def _tell(self, work: Work, meeting: Meeting, user_id: int, what: str, by: int) -> None:
        if not await self._signup.may_remind(work, meeting.server_id, user_id):
            return
        data = {"user": user_id, "card": "meetings.limited", "meeting": meeting.id, "what": what, "by": by}
        await self._write(work, meeting, f"limited:{user_id}:{new_id()}", data, LIMITED)

    @staticmethod
    async def _write(work: Work, meeting: Meeting, key: str, data: Mapping[str, Any], report: str) -> None:
        key, server_id, until = f"meeting:{meeting.id}:{key}", meeting.server_id, meeting.locks_at
        await work.enqueue(Intent(key, "dm", Lane.OPENING, server_id, data, not_after=until, report=report))

    async def _told(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Discord refused to tell somebody: whoever asked for it is written to, and nobody else."""
        await self._signup.message_ended(work, intent, result)
        meeting = await store.meeting(work, str(intent.data["meeting"]))
        if meeting is None or not isinstance(result, Finish) or result.state != "failed":
            return
        data = {
            "user": int(intent.data["by"]),
            "card": "meetings.limited-untold",
            "meeting": meeting.id,
            "who": int(intent.data["user"]),
            "what": str(intent.data["what"]),
        }
        await self._write(work, meeting, f"limited-untold:{intent.key.rsplit(':', 1)[-1]}", data, UNTOLD)

    async def _said(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Nor did that arrive: those who hold the meeting hear that somebody was not told, and nobody hears who."""
        meeting = await store.meeting(work, str(intent.data["meeting"]))
        if meeting is not None and isinstance(result, Finish) and result.state == "failed":
            people = await self._holding.facilitators(work, meeting)
            await self._staff.untold(work, meeting, people, intent.key.rsplit(":", 1)[-1])

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
