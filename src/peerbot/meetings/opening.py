"""How a meeting begins: its room is made, a facilitator comes, it opens; or nobody comes, and it is called off."""

from dataclasses import replace
from typing import Final

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_room_name
from peerbot.meetings import notices, rooms_store, rules, store
from peerbot.meetings.attendance import away_store
from peerbot.meetings.categories import CATEGORY_MADE, Categories
from peerbot.meetings.closing import Closing
from peerbot.meetings.cover import Cover
from peerbot.meetings.notices import StaffNotices
from peerbot.meetings.rules import Meeting, Room, State
from peerbot.meetings.series.planner import Planner

MADE: Final = "meetings.made"
LOBBY: Final = "meetings.lobby"
START: Final = "meeting.start"
ASK: Final = "meeting.ask"
ASK_ALL: Final = "meeting.ask-all"
CALL_OFF: Final = "meeting.call-off"


class Opening:
    """What the timers from a quarter of an hour before a meeting bring about. Each may come late, or twice."""

    def __init__(
        self,
        desk: Desk,
        planner: Planner,
        closing: Closing,
        staff: StaffNotices,
        cover: Cover,
        categories: Categories,
    ) -> None:
        """Act on the timers, and on the report that a room was made."""
        self._categories = categories
        self._planner = planner
        self._cover = cover
        self._closing = closing
        self._staff = staff
        desk.handlers.on_timer("meeting.make", self._make)
        desk.handlers.on_timer("meeting.make-again", self._make_again)
        desk.handlers.on_timer("meeting.lobby-again", self._lobby_again)
        desk.handlers.on_timer(START, self._start)
        desk.handlers.on_timer(ASK, self._ask)
        desk.handlers.on_timer(ASK_ALL, self._ask_all)
        desk.handlers.on_timer(CALL_OFF, self._call_off)
        desk.handlers.on_timer("meeting.end", self._end)
        desk.handlers.on_report(MADE, self._made)
        desk.handlers.on_report(CATEGORY_MADE, self._category_made)
        desk.handlers.on_report(LOBBY, self._lobby_posted)

    async def facilitator_there(
        self, work: Work, meeting: Meeting, user_id: int, *, reduced: bool = False
    ) -> tuple[str, ...]:
        """Keep that a facilitator is there, and open the room if it is time.

        With less than full cover it opens only once a facilitator has chosen that (`reduced`). Returns what full cover
        lacks while that choice is still to be made; nothing otherwise.
        """
        await store.add_present(work, meeting, user_id, work.now)
        await away_store.remove(work, meeting.id, user_id)
        lacks = await self._cover.lacks(work, meeting, work.now)
        if lacks and not reduced and meeting.facilitator_at is None:
            return lacks
        if meeting.state is State.LOBBY:
            await store.save_reduced(work, meeting.id, reduced=bool(lacks))
        await store.save_facilitator_there(work, meeting.id, work.now)
        await self._open_if_time(work, meeting.id)
        return ()

    async def call_off(self, work: Work, meeting: Meeting) -> None:
        """A facilitator calls off a meeting that has not opened."""
        room = await store.room(work, meeting.id)
        await store.save_state(work, meeting.id, State.CALLED_OFF)
        if room is not None and room.channel_id is not None:
            await self._say_it_is_off(work, meeting, room)
        await self._staff.coordinators(work, meeting, "called-off-by-choice")
        await self._planner.next_meeting_changed(work, meeting.group_id)

    async def _make(self, work: Work, timer: Timer) -> None:
        meeting = await store.meeting(work, timer.subject)
        what = rules.making(meeting, work.now) if meeting is not None else "nothing"
        if meeting is None or what == "nothing":
            return
        if not await self._planner.still_meets(work, meeting.group_id):
            await store.save_state(work, meeting.id, State.CALLED_OFF)
            return
        if what == "missed":
            await self._missed(work, meeting)
            return
        await store.save_lobby(work, meeting)
        await store.add_room(work, meeting, new_room_name())
        await work.set_timer("meeting.end", meeting.id, meeting.ends_at, meeting.server_id)
        await self._ask_for_room(work, meeting, f"{timer.due_at:%Y%m%d%H%M%S}")

    async def _make_again(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is not None and room is not None and meeting.state is State.LOBBY and room.channel_id is None:
            await self._ask_for_room(work, meeting, f"{timer.due_at:%Y%m%d%H%M%S}")

    async def _ask_for_room(self, work: Work, meeting: Meeting, once: str, full: tuple[int, ...] = ()) -> None:
        """Mean to make a room, leaving out categories that refused it; with no place left, a category first."""
        found, category = await self._categories.choose(work, meeting, full)
        if not found:
            await self._categories.make(work, meeting.server_id)
            return
        await rooms_store.save_category(work, meeting.id, category)
        # No `not_after`: a room that may have been made just before a crash must be looked for even after the end.
        await work.enqueue(
            Intent(
                key=f"meeting:{meeting.id}:make:{once}",
                kind="place.make",
                lane=Lane.OPENING,
                server_id=meeting.server_id,
                data={"place": "meetings.room", "meeting": meeting.id, "category": category, "full": full},
                report=MADE,
            )
        )

    async def _made(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        meeting = await store.meeting(work, str(intent.data["meeting"]))
        if meeting is None:
            return
        if isinstance(result, Finish):
            full, category = tuple(intent.data["full"]), intent.data["category"]
            if result.reason == rules.FULL_CATEGORY and category is not None and not full:
                # Once: a form that is refused in two categories is not refused for want of a place.
                if meeting.state is State.LOBBY:
                    await self._ask_for_room(work, meeting, f"{work.now:%Y%m%d%H%M%S}:elsewhere", (category,))
                return
            if await self._refused(work, meeting, result):
                again = work.now + rules.MADE_AGAIN_AFTER
                await work.set_timer("meeting.make-again", meeting.id, again, meeting.server_id)
            return
        if result.channel_id is None:
            return
        await store.save_channel(work, meeting.id, result.channel_id)
        room = await store.room(work, meeting.id)
        if meeting.state is not State.LOBBY or room is None:
            # Found after the end: the bot had stopped in the middle of making it.
            await self._closing.delete_now(work, meeting)
            return
        await self._begin(work, meeting, room)

    async def _category_made(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        server_id = intent.server_id
        if server_id is None:
            return
        made = isinstance(result, Delivered) and result.channel_id is not None
        if isinstance(result, Delivered) and result.channel_id is not None:
            await rooms_store.add_category(work, server_id, result.channel_id)
        for meeting_id in await rooms_store.wanting(work, server_id):
            meeting = await store.meeting(work, meeting_id)
            if meeting is None or await work.means_to(f"meeting:{meeting_id}:make:"):
                continue
            if made:
                await self._ask_for_room(work, meeting, f"{work.now:%Y%m%d%H%M%S}:in-new")
            elif isinstance(result, Finish) and await self._refused(work, meeting, result):
                again = work.now + rules.MADE_AGAIN_AFTER
                await work.set_timer("meeting.make-again", meeting.id, again, meeting.server_id)

    async def _lobby_posted(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        # Without the lobby card there is no button to open the room with.
        meeting = await store.meeting(work, str(intent.data["meeting"]))
        if meeting is not None and isinstance(result, Finish) and await self._refused(work, meeting, result):
            again = work.now + rules.MADE_AGAIN_AFTER
            await work.set_timer("meeting.lobby-again", meeting.id, again, meeting.server_id)

    async def _lobby_again(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if await work.has_meant_to(f"meeting:{timer.subject}:lobby"):
            return
        if meeting is not None and room is not None and meeting.state is State.LOBBY and room.channel_id is not None:
            card = notices.in_room(meeting, room, "lobby", Lane.OPENING, not_after=meeting.ends_at, report=LOBBY)
            await work.enqueue(replace(card, key=f"{card.key}:{timer.due_at:%Y%m%d%H%M%S}"))

    async def _refused(self, work: Work, meeting: Meeting, result: Finish) -> bool:
        """Tell the coordinators, once for each reason, that Discord refused the room."""
        if meeting.state is not State.LOBBY or result.state != "failed":
            return False
        await self._staff.coordinators(work, meeting, f"refused-{rules.why_refused(result.reason)}", result.reason)
        return True

    async def _begin(self, work: Work, meeting: Meeting, room: Room) -> None:
        """The room is there: say what it is, and set what is to come."""
        not_after = meeting.ends_at
        await work.enqueue(
            notices.in_room(meeting, room, "lobby", Lane.OPENING, not_after=not_after, in_order=True, report=LOBBY)
        )
        await work.set_timer(START, meeting.id, meeting.starts_at, meeting.server_id)
        await work.set_timer(ASK, meeting.id, rules.asked_at(meeting, work.now), meeting.server_id)
        await self._closing.set_timers(work, meeting)
        await self._staff.newcomers(work, meeting)

    async def _start(self, work: Work, timer: Timer) -> None:
        await self._open_if_time(work, timer.subject)
        meeting = await store.meeting(work, timer.subject)
        if meeting is not None:
            await self._planner.next_meeting_changed(work, meeting.group_id)

    async def _open_if_time(self, work: Work, meeting_id: str) -> None:
        meeting, room = await store.meeting(work, meeting_id), await store.room(work, meeting_id)
        if meeting is None or room is None or not rules.opens(meeting, room, work.now):
            return
        if not await self._cover.held(work, meeting, work.now):
            # Who came holds it no more. It waits as if nobody had come, so others are asked in their time.
            await rooms_store.nobody_there(work, meeting.id)
            return
        if not meeting.reduced and await self._cover.lacks(work, meeting, work.now):
            # All was well when its facilitator came. What is missing since is said at the opening all the same.
            await store.save_reduced(work, meeting.id, reduced=True)
        await store.save_opened(work, meeting.id, work.now)
        await work.enqueue(notices.writing(meeting, room, allowed=True, not_after=meeting.locks_at))
        not_after = rules.dropped_from(meeting, "opening")
        await work.enqueue(notices.in_room(meeting, room, "opening", Lane.OPENING, not_after=not_after, in_order=True))
        await work.record("meeting.opened", server=meeting.server_id, group=meeting.group_id, meeting=meeting.id)

    async def _ask(self, work: Work, timer: Timer) -> None:
        meeting = await store.meeting(work, timer.subject)
        if meeting is None or not rules.nobody_there(meeting):
            return
        until = rules.called_off_at(meeting, work.now)
        await work.set_timer(CALL_OFF, meeting.id, until, meeting.server_id)
        if await self._staff.backups(work, meeting, until):
            all_at = min(work.now + meeting.times.backups_alone, until)
            await work.set_timer(ASK_ALL, meeting.id, all_at, meeting.server_id)
        else:
            await self._staff.facilitators(work, meeting, until)

    async def _ask_all(self, work: Work, timer: Timer) -> None:
        meeting = await store.meeting(work, timer.subject)
        if meeting is not None and rules.nobody_there(meeting):
            await self._staff.facilitators(work, meeting, meeting.ends_at)

    async def _call_off(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is None or room is None or not rules.nobody_there(meeting):
            return
        await store.save_state(work, meeting.id, State.CALLED_OFF)
        await self._say_it_is_off(work, meeting, room)
        await self._staff.coordinators(work, meeting, "called-off-staff")
        await self._planner.next_meeting_changed(work, meeting.group_id)

    async def _end(self, work: Work, timer: Timer) -> None:
        meeting, room = await store.meeting(work, timer.subject), await store.room(work, timer.subject)
        if meeting is None:
            return
        if meeting.state is State.LOBBY:
            await self._missed(work, meeting)
            if room is not None and room.channel_id is not None:
                await self._say_it_is_off(work, meeting, room)
        await self._planner.extend_one(work, meeting.series_id)

    async def _missed(self, work: Work, meeting: Meeting) -> None:
        await store.save_state(work, meeting.id, State.MISSED)
        await self._staff.coordinators(work, meeting, "missed")
        await self._planner.next_meeting_changed(work, meeting.group_id)

    async def _say_it_is_off(self, work: Work, meeting: Meeting, room: Room) -> None:
        await work.enqueue(
            notices.in_room(meeting, room, "called-off", Lane.OPENING, not_after=meeting.deletes_at, in_order=True)
        )
        await work.enqueue(notices.writing(meeting, room, allowed=False))
