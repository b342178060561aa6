"""Who was there: seen by what they did in the room, or ticked in the list that a facilitator confirms at the end.

*Not seen* comes from that list and from nothing else. Who said that they will not come has sent apologies.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late, NotFound
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.texts import moment
from peerbot.engine.tokens import new_id
from peerbot.meetings import store
from peerbot.meetings.attendance import away_store
from peerbot.meetings.attendance import store as attendance_store
from peerbot.meetings.doors import why_not
from peerbot.meetings.facilitating import rules as facilitating_rules
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.facilitating.holding import Held, Holding, Where
from peerbot.meetings.rules import LIVE, Meeting, State, late
from peerbot.meetings.series.changes import SENT
from peerbot.signup.service import Signup

SETTLE: Final = "attendance.settle"
"""Timer; from then on the list is final. Not one of the room's: the room's deletion cancels those."""
_LISTED: Final = frozenset({State.OPEN, State.LOCKED})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The list of a meeting: who was seen so far, and who was not. `listed`: it was confirmed before."""

    held: Held
    seen: tuple[int, ...]
    unseen: tuple[int, ...]
    listed: bool


class Attendance:
    """Use cases around who was there."""

    def __init__(self, desk: Desk, holding: Holding, signup: Signup) -> None:
        """Ask `signup` who has a seat, and since when."""
        self._desk = desk
        self._holding = holding
        self._signup = signup

    async def joined_voice(self, server_id: int, channel_id: int, user_id: int) -> None:
        """Take note that somebody joined the voice of a channel: that of a room, if it is one of theirs."""
        room = await store.room_of_channel(self._desk.reads, channel_id)
        if room is None or room.server_id != server_id or room.state not in LIVE:
            return
        async with self._desk.transaction() as work:
            meeting = await store.meeting(work, room.meeting_id)
            if meeting is None or meeting.state not in LIVE:
                return
            people = {
                *await self._signup.members(work, meeting.group_id),
                *await self._holding.facilitators(work, meeting),
            }
            if user_id in people and await why_not(work, meeting.id, user_id, work.now) != "door":
                await self._quietly(work, meeting, user_id)
                await store.add_present(work, meeting, user_id, work.now)
                await away_store.remove(work, meeting.id, user_id)

    async def _quietly(self, work: Work, meeting: Meeting, user_id: int) -> None:
        """Let who comes late by voice alone find what was said at the opening: by message, to those who allow it.

        Who presses *I'm here* is shown it there. Nobody is mentioned for it.
        """
        states = await attendance_store.of_meeting(work, meeting.id)
        came_before = states.get(user_id) == "present"
        member = user_id in await self._signup.members(work, meeting.group_id)
        if came_before or not member or not late(meeting, work.now):
            return
        if await self._signup.may_remind(work, meeting.server_id, user_id):
            await work.enqueue(
                Intent(
                    key=f"meeting:{meeting.id}:late:{new_id()}",
                    kind="dm",
                    lane=Lane.REMINDER,
                    server_id=meeting.server_id,
                    data={"user": user_id, "card": "meetings.late", "meeting": meeting.id},
                    report=SENT,
                    not_after=meeting.ends_at,
                )
            )

    async def sheet(self, actor: Actor, where: Where) -> Sheet:
        """Return the list of a meeting.

        Raises:
            PeerbotError: as `Holding.held`.
            Invalid: for a drop-in group, which keeps no list.
            Late: before the closing reminder is due.
        """
        return await self._sheet(self._desk.reads, actor, where)

    async def confirm(self, actor: Actor, where: Where, ticked: Collection[int] | None) -> Sheet:
        """Keep the list: who is `ticked` was there, besides those who were seen anyhow (None: those of before).

        It can be corrected while the room is there. Who could not come in, because the door was shut, is left out, and
        so is who has had their seat for less time than the meeting, or tries one meeting.

        Raises:
            PeerbotError: as `sheet`.
        """
        async with self._desk.transaction() as work:
            sheet = await self._sheet(work, actor, where)
            meeting, done = sheet.held.meeting, sheet.held.done
            present = set(sheet.seen) if ticked is None else set(ticked)
            away = await away_store.people(work, meeting.id)
            expected = set(await self._signup.seated_by(work, meeting.group_id, meeting.starts_at))
            came_in = await attendance_store.present(work, meeting.id, done.door_shut_at or work.now)
            await attendance_store.drop_list(work, meeting.id)
            for user_id in (*sheet.seen, *sheet.unseen):
                if user_id in present:
                    await attendance_store.add_listed(work, meeting, user_id, "present", work.now)
                    await attendance_store.drop_note(work, meeting.group_id, user_id)
                elif user_id in expected and not facilitating_rules.shut_out(done, user_id, came_in, work.now):
                    state = "apologies" if user_id in away else "not_seen"
                    await attendance_store.add_listed(work, meeting, user_id, state, work.now)
            await facilitating_store.save(work, meeting, replace(done, listed_at=work.now))
            await work.set_timer(SETTLE, meeting.id, max(meeting.deletes_at, work.now), meeting.server_id)
            return await self._sheet(work, actor, where)

    async def _sheet(self, reads: Reads, actor: Actor, where: Where) -> Sheet:
        held = await self._holding.held(reads, actor, where, "facilitate.list", _LISTED)
        meeting = held.meeting
        try:
            drop_in = (await self._signup.group_by_id(reads, meeting.group_id)).kind == "drop_in"
        except NotFound:
            drop_in = True
        if drop_in:
            raise Invalid(text="staff-facilitate-list-none")
        if meeting.state is State.OPEN and self._desk.now < meeting.closing_at:
            raise Late(text="staff-facilitate-list-early", at=moment(meeting.closing_at, "t"))
        states = await attendance_store.of_meeting(reads, meeting.id)
        members = await self._signup.members(reads, meeting.group_id)
        seen = tuple(user_id for user_id in members if states.get(user_id) == "present")
        unseen = tuple(user_id for user_id in members if user_id not in seen)
        return Sheet(held, seen, unseen, held.done.listed_at is not None)
