"""What facilitators do with a meeting: end it, make it longer, remind, pause, take a message down.

Each is kept as a state and brought about by intents and timers, so a press that comes twice changes nothing more.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.meetings import notices, rules, store
from peerbot.meetings.around import Around
from peerbot.meetings.closing import DELETE
from peerbot.meetings.facilitating import rules as facilitating_rules
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.facilitating.holding import OPEN, Held, Holding, Where
from peerbot.meetings.facilitating.rules import WITH_ROOM
from peerbot.meetings.notices import StaffNotices
from peerbot.meetings.rules import Meeting, Room, State

AGAIN: Final = "meeting.closing-again"
GO_ON: Final = "meeting.go-on"
HIDDEN: Final = "meetings.message-hidden"
REMINDERS: Final = ("opening", "half-way", "closing", "agreement")
"""What can be said in a room again."""


class Facilitating:
    """Use cases of those who hold a meeting. `doors.py` has those about one person."""

    def __init__(self, desk: Desk, holding: Holding, staff: StaffNotices, around: Around) -> None:
        """Act on the timers, and on the report that a message could not be taken down; `around` knows our own."""
        self._desk = desk
        self._is_ours = around.is_ours
        self._holding = holding
        self._staff = staff
        desk.handlers.on_timer(AGAIN, self._close_again)
        desk.handlers.on_timer(GO_ON, self._pause_over)
        desk.handlers.on_report(HIDDEN, self._hidden)

    async def which(self, actor: Actor, where: Where) -> str:
        """Return the id of the meeting that is meant.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        return (await self._holding.held(self._desk.reads, actor, where, "facilitate.console", WITH_ROOM)).meeting.id

    # The end.

    async def close(self, actor: Actor, where: Where, *, at_once: bool) -> Meeting:
        """End a meeting now: the closing reminder if it was not said yet; locked after the usual minutes, or at once.

        What is over already stays as it is, except that it can still be locked at once.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.close", OPEN)
            meeting = held.meeting
            if work.now < meeting.ends_at:
                meeting = await self._ends_at(work, meeting, facilitating_rules.early_end(meeting, work.now))
                await work.cancel_timer("meeting.closing%", meeting.id)
                await self._say_goodbye(work, meeting, held.room, at_once=at_once)
            if at_once:
                await work.set_timer("meeting.lock", meeting.id, work.now, meeting.server_id)
            return meeting

    async def extend(
        self, actor: Actor, where: Where, minutes: int, ends: datetime | None = None
    ) -> tuple[Held, datetime | None]:
        """Let a meeting last longer, and with it its lock and deletion. The room is told.

        With `ends`, only if it is still to end then: a button pressed twice adds its minutes once. Returns also when it
        was to end before; None if nothing was changed.

        Raises:
            PeerbotError: as `Holding.held`.
            Invalid: for fewer than 5 minutes, or if it were longer than planned by more than 30 in all.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.extend", OPEN)
            meeting = held.meeting
            if ends is not None and ends != meeting.ends_at:
                return held, None
            until = meeting.ends_at + timedelta(minutes=minutes)
            left = facilitating_rules.longest_end(meeting, held.done) - meeting.ends_at
            if minutes < facilitating_rules.LEAST_LONGER or until > meeting.ends_at + left:
                raise Invalid(
                    text="staff-facilitate-longest",
                    least=facilitating_rules.LEAST_LONGER,
                    most=facilitating_rules.MOST_LONGER,
                    left=int(left.total_seconds()) // 60,
                )
            done = replace(held.done, planned_end=held.done.planned_end or meeting.ends_at)
            await facilitating_store.save(work, meeting, done)
            meeting = await self._ends_at(work, meeting, until)
            await self._post(work, meeting, held.room, "extended", f"{until:%Y%m%d%H%M%S}")
            return Held(meeting, held.room, done), held.meeting.ends_at

    async def shorten(self, actor: Actor, where: Where, until: datetime) -> Held:
        """Take back that a meeting was made longer: it ends at `until`, as before. The room is told.

        Raises:
            PeerbotError: as `Holding.held`.
            Late: if it was not to end then, or that has passed.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.extend", OPEN)
            meeting, planned = held.meeting, held.done.planned_end
            if until == meeting.ends_at:
                return held
            if planned is None or not planned <= until < meeting.ends_at or until <= work.now:
                raise Late(text="staff-facilitate-undo-late")
            meeting = await self._ends_at(work, meeting, until)
            await self._post(work, meeting, held.room, "extended", f"{until:%Y%m%d%H%M%S}:back:{new_id()}")
            return Held(meeting, held.room, held.done)

    async def _ends_at(self, work: Work, meeting: Meeting, ends_at: datetime) -> Meeting:
        """Let a meeting end at another instant, and what follows from its end follow from that."""
        await store.move_meeting(work, meeting.id, meeting.starts_at, ends_at)
        meeting = replace(meeting, ends_at=ends_at)
        await work.set_timer("meeting.end", meeting.id, ends_at, meeting.server_id)
        await work.set_timer("meeting.lock", meeting.id, meeting.locks_at, meeting.server_id)
        await work.set_timer(DELETE, meeting.id, meeting.deletes_at, meeting.server_id)
        # The reminder of the end that no longer holds may have been said: that of the new one is another.
        await work.cancel_timer("meeting.closing%", meeting.id)
        if meeting.closing_at > work.now:
            await work.set_timer(AGAIN, meeting.id, meeting.closing_at, meeting.server_id)
        return meeting

    async def _close_again(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is None or room is None or meeting.state is not State.OPEN:
            return
        if (await facilitating_store.facilitation(work, meeting.id)).planned_end is None:
            return
        not_after = rules.dropped_from(meeting, "closing")
        await self._post(work, meeting, room, "closing", f"{meeting.ends_at:%Y%m%d%H%M%S}", not_after)

    async def _say_goodbye(self, work: Work, meeting: Meeting, room: Room, *, at_once: bool) -> None:
        if at_once:
            await self._post(work, meeting, room, "ended-now", "once", in_order=True)
        elif not await work.has_meant_to(f"meeting:{meeting.id}:closing"):
            await self._post(work, meeting, room, "closing", "early")

    # While it lasts.

    async def remind(self, actor: Actor, where: Where, what: str) -> Held:
        """Say a reminder in the room again, or show the agreement there; pressed twice within a minute, once.

        Raises:
            PeerbotError: as `Holding.held`.
            Invalid: for a reminder that is none.
        """
        if what not in REMINDERS:
            raise Invalid
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.remind", OPEN)
            cards = ("agreement", "limits", "clauses") if what == "agreement" else (what,)
            for card in cards:
                await self._post(work, held.meeting, held.room, card, f"again:{work.now:%Y%m%d%H%M}", in_order=True)
            return held

    async def pause(self, actor: Actor, where: Where, minutes: int) -> Held:
        """Let nobody write for some minutes. It ends by itself, after a restart too, or by `go_on`.

        Raises:
            PeerbotError: as `Holding.held`.
            Invalid: for less than a minute, or more than ten.
        """
        if not 1 <= minutes <= facilitating_rules.LONGEST_PAUSE:
            raise Invalid(text="staff-facilitate-pause-minutes", most=facilitating_rules.LONGEST_PAUSE)
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.pause", OPEN)
            meeting, before = held.meeting, held.done.paused_until
            until = min(work.now + timedelta(minutes=minutes), meeting.locks_at)
            if before is not None and abs(until - before) < facilitating_rules.SAME_PAUSE:
                return held
            done = replace(held.done, paused_until=until)
            await facilitating_store.save(work, meeting, done)
            stop = notices.writing(meeting, held.room, allowed=False)
            again = f"{until:%Y%m%d%H%M%S}"
            data = {**stop.data, "pause": True}
            await work.enqueue(replace(stop, key=f"meeting:{meeting.id}:pause:{again}", data=data, lane=Lane.OPENING))
            await self._post(work, meeting, held.room, "paused", again, until, in_order=True)
            await work.set_timer(GO_ON, meeting.id, until, meeting.server_id)
            return Held(meeting, held.room, done)

    async def go_on(self, actor: Actor, where: Where) -> Held:
        """End a pause now. Where there is none, nothing changes.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.pause", OPEN)
            if held.done.paused_until is None:
                return held
            await work.cancel_timer(GO_ON, held.meeting.id)
            return await self._go_on(work, held)

    async def _go_on(self, work: Work, held: Held) -> Held:
        meeting, room = held.meeting, held.room
        done = replace(held.done, paused_until=None)
        await facilitating_store.save(work, meeting, done)
        again = f"{held.done.paused_until:%Y%m%d%H%M%S}:{new_id()}"
        allow = notices.writing(meeting, room, allowed=True, not_after=meeting.locks_at)
        await work.enqueue(replace(allow, key=f"meeting:{meeting.id}:go-on:{again}"))
        await self._post(work, meeting, room, "goes-on", again, meeting.locks_at, in_order=True)
        return Held(meeting, room, done)

    async def _pause_over(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is None or room is None or meeting.state is not State.OPEN:
            return
        done = await facilitating_store.facilitation(work, meeting.id)
        if done.paused_until is not None and done.paused_until <= work.now:
            await self._go_on(work, Held(meeting, room, done))

    # A message.

    async def may_hide(self, actor: Actor, where: Where, message: str, *, ours: bool = False) -> tuple[Held, int]:
        """Return the room, and the id of the message that somebody means to take down there.

        Args:
            actor: Who asks.
            where: Where they ask.
            message: Its id, or its link.
            ours: Whether the bot wrote it, where that is known; else Discord is asked.

        Raises:
            PeerbotError: as `Holding.held`.
            Invalid: if that names no message of this room, or it is one of the bot's own.
        """
        held = await self._holding.held(self._desk.reads, actor, where, "facilitate.hide", WITH_ROOM)
        channel_id, message_id = facilitating_rules.message_in(message)
        # A message is younger than its channel, and Discord's ids rise with time.
        if channel_id not in {None, held.channel_id} or message_id <= held.channel_id:
            raise Invalid(text="staff-facilitate-no-message")
        if ours or await self._is_ours(held.channel_id, message_id):
            raise Invalid(text="staff-facilitate-hide-ours")
        return held, message_id

    async def hide(self, actor: Actor, where: Where, message_id: int) -> Held:
        """Take a message down in a room of ours, unread. One that is gone already is no failure.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.hide", WITH_ROOM)
            key = f"meeting:{held.meeting.id}:hide:{message_id}"
            if not await work.has_meant_to(f"{key}:"):
                await work.enqueue(
                    Intent(
                        key=f"{key}:{new_id()}",
                        kind="message.delete",
                        lane=Lane.CLOSING,
                        server_id=held.meeting.server_id,
                        data={"channel": held.channel_id, "message": message_id, "meeting": held.meeting.id},
                        report=HIDDEN,
                    )
                )
            return held

    async def say_hidden(self, actor: Actor, where: Where) -> Held:
        """Say in the room that a message was taken down, without naming anybody.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.hide", WITH_ROOM)
            await self._post(work, held.meeting, held.room, "hidden", f"{work.now:%Y%m%d%H%M}")
            return held

    async def _hidden(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        meeting = await store.meeting(work, str(intent.data["meeting"]))
        if meeting is not None and isinstance(result, Finish) and result.state == "failed":
            await self._staff.coordinators(work, meeting, "not-hidden", result.reason)

    async def _post(
        self,
        work: Work,
        meeting: Meeting,
        room: Room,
        card: str,
        again: str,
        not_after: datetime | None = None,
        *,
        in_order: bool = False,
    ) -> None:
        """Post a card in the room, once for each `again`."""
        not_after = not_after or meeting.deletes_at
        post = notices.in_room(meeting, room, card, Lane.OPENING, not_after=not_after, in_order=in_order)
        await work.enqueue(replace(post, key=f"{post.key}:{again}"))
