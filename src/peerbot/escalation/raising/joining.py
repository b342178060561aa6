"""Raised again: it joins the open concern, keeps what is new, and pages again where that can be needed."""

from dataclasses import replace
from typing import Final

from peerbot.engine.desk import Work
from peerbot.escalation import rules, store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.acknowledged import Acknowledged
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.limits.service import Limits
from peerbot.escalation.raising.news import TOKEN_LASTS, News
from peerbot.escalation.raising.rules import About, Pressed
from peerbot.escalation.rules import Level
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import Kind
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.meetings.rules import LIVE, Room
from peerbot.meetings.service import Meetings

_MOST_NOTES: Final = 1000
"""Characters of what was written in all, when several forms have joined one concern: the newest stay."""


class Joining:
    """What becomes of a concern that its raiser raises again, and of one that pages nobody."""

    def __init__(
        self, meetings: Meetings, acknowledged: Acknowledged, news: News, staff: StaffChannel, limits: Limits
    ) -> None:
        """Page as `acknowledged` does unless `limits` says not; tell who raised it by `news`, the team by `staff`."""
        self._meetings = meetings
        self._paging = acknowledged.paging
        self._acknowledged = acknowledged
        self._news = news
        self._staff = staff
        self._limits = limits

    async def room(self, work: Work, server_id: int, user_id: int, channel_id: int | None) -> Room | None:
        """Return the room of a meeting in progress, or about to begin, that somebody asks from."""
        room = await self._meetings.room_of_channel(work, channel_id) if channel_id is not None else None
        if room is None or room.state not in LIVE or room.server_id != server_id:
            return await self._meetings.live_room_for(work, server_id, user_id)
        return room

    async def hold(self, work: Work, concern: Concern, held: Held) -> Concern:
        """It pages nobody and goes to the lead's list; the raiser is told so."""
        await store.change(work, concern.id, held=held.value)
        await acts_store.note_act(work, concern, "held", None, work.now)
        await self._limits.hold(work, concern)
        concern = await store.load(work, concern.id) or concern
        await self._news.tell(work, concern, "receipt")
        return concern

    async def join(
        self, work: Work, known: Concern, about: About, pressed: Pressed, *, never_held: bool = False
    ) -> Concern:
        """Join the open concern: keep what is new, lift the level, and page again.

        About another person the pages go on as they were: a repeat only lifts the level. An emergency pages again,
        and so does what is `never_held`.
        """
        if not never_held and await self._limits.held_back(work, known, about.level):
            return await self._join_held(work, known, about, pressed)
        concern = await self._keep_new(work, known, about, pressed)
        if await acts_store.last_act(work, concern.id) != "joined" or await self._news.silenced(work, concern):
            await acts_store.note_act(work, concern, "joined", None, work.now)
        # What was agreed then is not what there is now.
        await sign_off_store.drop(work, concern.id, work.now, Kind.CLOSE, Kind.LOWER)
        harder = concern.level > known.level or concern.position.for_leads > known.position.for_leads
        waiting, back = concern.state in rules.WAITING, known.withdrawn_at is not None
        if back and concern.about_other is not None:
            # Taken back and raised again is one more: or the two together would page without an end.
            held = await self._limits.judge(work, concern)
            if held is not Held.NO:
                return await self.hold(work, concern, held) if waiting else concern
        if harder or (waiting and (back or concern.position.ladder != known.position.ladder)):
            return await self._climb(work, concern)
        elsewhere = concern.room_channel_id != known.room_channel_id
        quiet = concern.paged_at is None or work.now - concern.paged_at >= rules.PAGED_AGAIN_AFTER
        if concern.about_other is not None and about.level is not Level.EMERGENCY:
            elsewhere = quiet = False
        if not (elsewhere or quiet or concern.about_self):  # No page says that there is more to read.
            await self._say_added(work, concern, about)
        if waiting and (elsewhere or quiet):
            concern = await self._paging.page_again(work, concern)
        elif not waiting and (back or elsewhere or quiet):
            concern = await self._acknowledged.pressed_again(work, concern)
        if concern.way == "none":
            # Perhaps direct messages are open by now.
            await self._news.tell(work, concern, "now")
        return concern

    async def _join_held(self, work: Work, known: Concern, about: About, pressed: Pressed) -> Concern:
        """Keep what is new; what pages nobody stays so. The level rises only where it is still to be looked at."""
        if known.held is Held.NO:
            about = replace(about, level=known.level, category=known.category)
        concern = await self._keep_new(work, known, about, pressed)
        if known.withdrawn_at is not None and concern.held is Held.NO and concern.state in rules.WAITING:
            # Its pages have stopped. Were it not on the lead's list now, nobody would ever look at it.
            held = await self._limits.judge(work, concern)
            return await (self._climb(work, concern) if held is Held.NO else self.hold(work, concern, held))
        return concern

    async def _say_added(self, work: Work, concern: Concern, about: About) -> None:
        """Say once, quietly, that there is more to read, until somebody has opened it."""
        if about.note and not await acts_store.said_since_opened(work, concern.id, "added"):
            await acts_store.note_act(work, concern, "added", None, work.now)
            await self._staff.post(work, concern, "escalation.added")

    async def _climb(self, work: Work, concern: Concern) -> Concern:
        """Go to the foot of the level's ladder: whoever had it is asked with the first line."""
        holder = frozenset({concern.taken_by}) if concern.taken_by is not None else frozenset[int]()
        await store.change(work, concern.id, asked_again=0, held=Held.NO.value)
        if concern.held is not Held.NO:
            await acts_store.note_act(work, concern, "released", None, work.now)
        concern = await self._paging.begin(work, concern, holder)
        await self._news.tell(work, concern, "receipt")
        return concern

    async def _keep_new(self, work: Work, known: Concern, about: About, pressed: Pressed) -> Concern:
        """Take the newer private answer, and whatever the new press or form says that was not known."""
        await work.set_timer("concern.token", known.id, work.now + TOKEN_LASTS, known.server_id)
        room = await self.room(work, known.server_id, known.raiser_id or 0, pressed.channel_id)
        notes = [note for note in (known.note, about.note) if note]
        changed = {
            "token": pressed.token,
            "withdrawn_at": None,
            "level": int(max(known.level, about.level)),
            "category": about.category if about.category == "under_18" else known.category,
            "hides_name": int(known.hides_name or about.hides_name),
            "note": "\n".join(notes)[-_MOST_NOTES:] or None,
        }
        if room is not None:
            changed |= {"group_id": room.group_id, "room_name": room.name, "room_channel_id": room.channel_id}
        await store.change(work, known.id, **changed)
        return await store.load(work, known.id) or known
