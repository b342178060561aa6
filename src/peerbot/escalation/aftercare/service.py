"""After closing: the team talks the same day, somebody writes the next day if agreed, a lead looks a week later."""

from datetime import datetime, time, timedelta
from typing import Final

from peerbot.engine import silence
from peerbot.engine.actor import Actor
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import NotFound
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.engine.zones import zone
from peerbot.escalation import rules, store
from peerbot.escalation.aftercare import next_day_store
from peerbot.escalation.aftercare.next_day_store import NextDay
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.actions import ACTIONS
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.sign_offs.rules import REVIEW_AFTER
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.servers.rules import STAFF_CHANNELS
from peerbot.servers.service import Servers

_NOTE_AT: Final = time(10)
"""By the server's clocks: when whoever had the concern is reminded to write."""
_NOTE_GIVEN_UP: Final = timedelta(hours=24)
"""After that nobody writes any more, and who agreed is forgotten."""
_HANDLED: Final = frozenset({"taken", "in_hand", "passed_to", *ACTIONS})
_NOTE: Final = "concern.next_day"
_NOTE_OVER: Final = "concern.next_day_over"
_REVIEW: Final = "concern.review"
"""Timers; their subject is the concern."""
_TOLD: Final = "escalation.aftercare"


class Aftercare:
    """Use cases after closing, and the one question that is asked before it."""

    def __init__(self, desk: Desk, servers: Servers, theirs: Theirs, staff: StaffChannel) -> None:
        """Tell the team through `staff`."""
        self._desk = desk
        self._servers = servers
        self._theirs = theirs
        self._staff = staff
        desk.handlers.on_timer(_NOTE, self._note_due)
        desk.handlers.on_timer(_NOTE_OVER, self._note_over)
        desk.handlers.on_timer(_REVIEW, self._review_due)
        desk.handlers.on_report(_TOLD, self._told)

    async def closed(self, work: Work, concern: Concern) -> None:
        """A concern is closed: whoever had to do with it is asked to talk today, and a lead to look in a week."""
        await self._staff.post(work, concern, "escalation.debrief")
        team = set(await self._servers.team(work, concern.server_id, *STAFF_CHANNELS["facilitators"]))
        for user_id in sorted(await acts_store.people(work, concern.id, _HANDLED) & team):
            await self._write(work, concern, user_id, "escalation.debrief", report=None)
        if rules.needs_two_to_close(concern.level):
            await work.set_timer(_REVIEW, concern.id, work.now + REVIEW_AFTER, concern.server_id)

    async def want_note(self, actor: Actor, concern_id: str, *, wants: bool) -> bool:
        """Keep that the raiser agrees to be written to the next day, or that they do not. Returns what holds.

        Raises:
            NotFound: unless it is theirs, about themselves, and still known to be.
        """
        async with self._desk.transaction() as work:
            concern = await store.load(work, concern_id)
            if concern is None or concern.raiser_id != actor.user_id or not concern.about_self:
                raise NotFound(text="concern-not-yours")
            if wants:
                server = await self._servers.load(work, concern.server_id)
                due_at = next_morning(work.now, server.zone)
                await next_day_store.want(work, concern, actor.user_id, due_at)
                await work.set_timer(_NOTE, concern.id, due_at, concern.server_id)
            else:
                await next_day_store.forget(work, concern.id)
                await work.cancel_timer(_NOTE, concern.id)
            return wants

    async def to_write(self, actor: Actor, concern_id: str) -> NextDay:
        """Return to whom a note is to be written, to one of those who were reminded; that is written down.

        Raises:
            NotFound: for everybody else, and once it is done.
        """
        async with self._desk.transaction() as work:
            concern, note = await self._note(work, actor, concern_id)
            await acts_store.note_act(work, concern, "opened", actor.user_id, work.now)
            return note

    async def written(self, actor: Actor, concern_id: str) -> None:
        """*I have written*: who agreed is forgotten.

        Raises:
            NotFound: as `to_write`.
        """
        async with self._desk.transaction() as work:
            await self._note(work, actor, concern_id)
            await next_day_store.forget(work, concern_id)
            await work.cancel_timer(f"{_NOTE}%", concern_id)

    async def words(self, actor: Actor, concern_id: str) -> Concern:
        """Return the concern whose group may be told that something came up, to somebody who handled it.

        Raises:
            NotFound: unless the person may open it.
        """
        async with self._desk.transaction() as work:
            return await self._theirs.load(work, actor, concern_id, "concern.open")

    async def reviewed(self, actor: Actor, concern_id: str) -> Concern:
        """*I have looked at it*, a week later. Of several who press, the first counts.

        Raises:
            NotFound: unless the person is lead or deputy, and not whom it is about.
        """
        async with self._desk.transaction() as work:
            concern = await store.load(work, concern_id)
            if concern is None or actor.user_id not in await self._leads(work, concern):
                raise NotFound(text="concern-not-found")
            if not await acts_store.any_of(work, concern.id, ("concern_reviewed",)):
                await acts_store.note_act(work, concern, "concern_reviewed", actor.user_id, work.now)
            return concern

    async def _note(self, work: Work, actor: Actor, concern_id: str) -> tuple[Concern, NextDay]:
        concern, note = await store.load(work, concern_id), await next_day_store.load(work, concern_id)
        if concern is None or note is None or actor.user_id == note.user_id:
            raise NotFound(text="concern-not-found")
        if actor.user_id not in {*await self._writers(work, concern), *await self._leads(work, concern)}:
            raise NotFound(text="concern-not-found")
        return concern, note

    async def _writers(self, reads: Reads, concern: Concern) -> frozenset[int]:
        """Return who is to write: whoever had it, while of the team; the leads where the name was not shown to them."""
        leads = await self._leads(reads, concern)
        team = await self._servers.team(reads, concern.server_id, *STAFF_CHANNELS["facilitators"])
        if concern.taken_by in team and (not concern.hides_name or concern.taken_by in leads):
            return frozenset({concern.taken_by} - {None})
        return leads

    async def _leads(self, reads: Reads, concern: Concern) -> frozenset[int]:
        """Return the leads and deputies it may be shown to: none, once nobody knows whom it was about."""
        if concern.sealed:
            return frozenset()
        leads = await self._servers.team(reads, concern.server_id, "lead", "deputy")
        return frozenset(leads) - {concern.raiser_id, concern.subject_id}

    async def _note_due(self, work: Work, timer: Timer) -> None:
        concern, note = await store.load(work, timer.subject), await next_day_store.load(work, timer.subject)
        if concern is None or note is None:
            return
        if await silence.among(work, note.server_id, {note.user_id}):
            await next_day_store.forget(work, concern.id)
            return
        await work.set_timer(_NOTE_OVER, concern.id, work.now + _NOTE_GIVEN_UP, concern.server_id)
        for user_id in sorted(await self._writers(work, concern) - {note.user_id}):
            await self._write(work, concern, user_id, "escalation.next_day", report=_TOLD)

    async def _note_over(self, work: Work, timer: Timer) -> None:
        await next_day_store.forget(work, timer.subject)

    async def _review_due(self, work: Work, timer: Timer) -> None:
        concern = await store.load(work, timer.subject)
        if concern is None:
            return
        await acts_store.note_act(work, concern, "review_asked", None, work.now)
        for user_id in sorted(await self._leads(work, concern)):
            await self._write(work, concern, user_id, "escalation.review", report=_TOLD)

    async def _told(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Whom no message reaches is reminded in the team's channel, without a name."""
        concern = await store.load(work, str(intent.data["concern"]))
        if concern is not None and not isinstance(result, Delivered):
            await self._staff.post(work, concern, str(intent.data["card"]))

    @staticmethod
    async def _write(work: Work, concern: Concern, user_id: int, card: str, report: str | None) -> None:
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:{card}:{new_id()}",
                kind="dm",
                lane=Lane.REMINDER,
                server_id=concern.server_id,
                data={"user": user_id, "card": card, "concern": concern.id},
                report=report,
            )
        )


def next_morning(now: datetime, zone_name: str) -> datetime:
    """Return ten in the morning of the next day by the clocks of a zone (IANA name), in UTC."""
    there = now.astimezone(zone(zone_name))
    morning = datetime.combine(there.date() + timedelta(days=1), _NOTE_AT, tzinfo=zone(zone_name))
    return morning.astimezone(now.tzinfo)
