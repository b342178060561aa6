"""How a meeting goes on and ends: reminders, the lock, the deletion and its receipt."""

from typing import Final

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.meetings import notices, rules, store
from peerbot.meetings.holds.service import DELETE, Holds
from peerbot.meetings.notices import StaffNotices
from peerbot.meetings.rules import Meeting, State

DELETED: Final = "meetings.deleted"
OVERDUE: Final = "meeting.overdue"


class Closing:
    """What the timers from half-way until the deletion bring about. Each may come late or twice."""

    def __init__(self, desk: Desk, staff: StaffNotices, holds: Holds) -> None:
        """Act on the timers, and on the report that a room was deleted; `holds` may let that wait."""
        self._holds = holds
        self._staff = staff
        desk.handlers.on_timer("meeting.half-way", self._remind)
        desk.handlers.on_timer("meeting.closing", self._remind)
        desk.handlers.on_timer("meeting.lock", self._lock)
        desk.handlers.on_timer(DELETE, self._delete)
        desk.handlers.on_timer(OVERDUE, self._overdue)
        desk.handlers.on_report(DELETED, self._deleted)

    async def set_timers(self, work: Work, meeting: Meeting) -> None:
        """Set what is to come once a room is there."""
        times = {
            "meeting.half-way": meeting.half_way_at,
            "meeting.closing": meeting.closing_at,
            "meeting.lock": meeting.locks_at,
            DELETE: meeting.deletes_at,
        }
        for kind, due_at in times.items():
            await work.set_timer(kind, meeting.id, due_at, meeting.server_id)

    async def delete_now(self, work: Work, meeting: Meeting) -> None:
        """Let a room go at once."""
        await work.set_timer(DELETE, meeting.id, work.now, meeting.server_id)

    async def _remind(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is None or room is None or meeting.state is not State.OPEN:
            return
        reminder = timer.kind.removeprefix("meeting.")
        # A late one is kept too: the outbox drops it and records that it did.
        not_after = rules.dropped_from(meeting, reminder)
        await work.enqueue(notices.in_room(meeting, room, reminder, Lane.REMINDER, not_after=not_after))

    async def _lock(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is None or room is None or meeting.state is not State.OPEN:
            return
        await store.save_state(work, meeting.id, State.LOCKED)
        await work.enqueue(notices.writing(meeting, room, allowed=False))
        not_after = meeting.deletes_at
        await work.enqueue(notices.in_room(meeting, room, "locked", Lane.CLOSING, not_after=not_after, in_order=True))
        await work.record("meeting.locked", server=meeting.server_id, group=meeting.group_id, meeting=meeting.id)

    async def _delete(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is None or room is None or room.channel_id is None or room.state == "deleted":
            return
        if room.deletion_asked_at is None and await self._holds.waits(work, meeting, room):
            return
        if room.deletion_asked_at is None:
            await store.save_deletion_asked(work, meeting.id, work.now)
            await work.set_timer(OVERDUE, meeting.id, work.now + rules.OVERDUE_AFTER, meeting.server_id)
        await work.enqueue(
            Intent(
                key=f"meeting:{meeting.id}:delete:{timer.due_at:%Y%m%d%H%M%S}",
                kind="channel.delete",
                lane=Lane.CLOSING,
                server_id=meeting.server_id,
                data={"channel": room.channel_id, "name": room.name, "meeting": meeting.id},
                report=DELETED,
            )
        )

    async def _deleted(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        meeting = await store.meeting(work, str(intent.data["meeting"]))
        if meeting is None:
            return
        if isinstance(result, Delivered):
            await store.save_deleted(work, meeting.id, work.now)
            await work.cancel_timer("meeting.%", meeting.id)
            return
        # Somebody gave it another name, so it is not ours to delete. It is, or it is gone, once they have mended that.
        await work.set_timer(DELETE, meeting.id, work.now + rules.OVERDUE_AFTER, meeting.server_id)

    async def _overdue(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is not None and room is not None and room.state != "deleted":
            await self._staff.coordinators(work, meeting, "not-deleted")
