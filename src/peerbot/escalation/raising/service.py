"""Raising a concern: about oneself with one press, about anybody with a form. Never refused for being too often."""

import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Final

import structlog

from peerbot.engine.actor import Actor
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotFound, NotSetUp, PeerbotError
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.tokens import new_id
from peerbot.engine.words import clean
from peerbot.escalation import crisis, rules, store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.acknowledged import Acknowledged
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.limits.service import Limits
from peerbot.escalation.raising.joining import Joining
from peerbot.escalation.raising.news import TOKEN_LASTS, News
from peerbot.escalation.raising.rules import CATEGORIES, MOST_NOTE, About, Pressed
from peerbot.escalation.rules import Level, State
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.meetings.facilitating.holding import Where
from peerbot.meetings.facilitating.rules import WITH_ROOM
from peerbot.meetings.service import Meetings
from peerbot.servers.service import Servers

_APART: Final = 100_000
"""The least number of a concern about another person: six digits."""
_DM_PAUSE_SECONDS: Final = 600
_log = structlog.get_logger(__name__)


class NotPassedOn(PeerbotError):
    """Something failed on our side. Nobody may wait for an answer that nobody was asked for."""

    text = "concern-not-passed-on"


@asynccontextmanager
async def truthfully(country: str) -> AsyncGenerator[None]:
    """Turn any failure inside into an answer that says so and gives a number to call.

    Raises:
        NotPassedOn: for whatever is not an answer already.
    """
    try:
        yield
    except PeerbotError:
        raise
    except Exception as error:
        _log.exception("concern not passed on", error=type(error).__name__)
        raise NotPassedOn(number=crisis.emergency_number(country), finder=crisis.FINDER) from error


class Raising:
    """Use cases of the person who needs somebody."""

    def __init__(
        self,
        desk: Desk,
        servers: Servers,
        meetings: Meetings,
        acknowledged: Acknowledged,
        news: News,
        staff: StaffChannel,
        limits: Limits,
    ) -> None:
        """Page as `acknowledged` does unless `limits` says not; tell who raised it by `news`, the team by `staff`."""
        self._desk = desk
        self._servers = servers
        self._meetings = meetings
        self._paging = acknowledged.paging
        self._news = news
        self._left_open = acknowledged.left_open
        self._staff = staff
        self._limits = limits
        self._joining = Joining(meetings, acknowledged, news, staff, limits)

    async def ask(self, actor: Actor, server_id: int, level: Level, pressed: Pressed) -> Concern:
        """Raise a concern about oneself, or join, and perhaps lift, the open one. Pages go out either way.

        Raises:
            NotSetUp: if this server has no team to ask.
            NotPassedOn: if it could not be kept, so that nobody was asked.
        """
        about = About(level, "wellbeing", actor.user_id, "", hides_name=False)
        async with truthfully(self._servers.country(server_id)), self._desk.transaction() as work:
            return await self._ask(work, actor, server_id, about, pressed)

    async def raise_(self, actor: Actor, about: About, pressed: Pressed) -> Concern:
        """Raise a concern with the form: about oneself, somebody else, or nobody named.

        Raises:
            NotSetUp: if this server has no team to ask.
            Invalid: for a category the form does not have, or a note that is too long.
            NotPassedOn: if it could not be kept, so that nobody was asked.
        """
        if about.category not in CATEGORIES:
            raise Invalid
        note = clean(about.note, field="…", most=MOST_NOTE, least=0)
        level = max(about.level, Level.URGENT) if about.category == "under_18" else about.level
        about = replace(about, level=level, note=note)
        async with truthfully(self._servers.country(actor.here)), self._desk.transaction() as work:
            return await self._ask(work, actor, actor.here, about, pressed)

    async def from_room(self, actor: Actor, where: Where, pressed: Pressed) -> Concern:
        """Raise an urgent concern about nobody named, by who holds a meeting: co-facilitator and on-call are paged.

        Nobody in the room sees anything of it. Pressed again it joins the open one, and pages again: never refused.

        Raises:
            NotFound: if they hold no meeting, in this room or at all.
            NotAllowed: for a member.
            NotPassedOn: if it could not be kept, so that nobody was asked.
        """
        async with truthfully(self._servers.country(actor.here)), self._desk.transaction() as work:
            held = await self._meetings.holding.held(work, actor, where, "facilitate.sos", WITH_ROOM)
            about = About(Level.URGENT, "other", None, "", hides_name=False)
            pressed = replace(pressed, channel_id=held.channel_id)
            known = await store.open_from_room(work, held.meeting.server_id, actor.user_id, held.channel_id)
            # Never held back: who holds a meeting asks for help with it.
            if known is not None:
                return await self._joining.join(work, known, about, pressed, never_held=True)
            return await self._page(work, await self._new(work, actor, held.meeting.server_id, about, pressed))

    async def danger(self, actor: Actor, concern_id: str, pressed: Pressed) -> Concern:
        """*I'm in danger now*: the raiser makes it an emergency.

        A press on the news of a concern that is over is a new emergency: nobody in danger finds a dead button.

        Raises:
            NotFound: unless it is theirs, or over.
            NotPassedOn: if it could not be kept, so that nobody was asked.
        """
        async with truthfully(self._servers.country(actor.server_id)), self._desk.transaction() as work:
            concern = await store.load(work, concern_id)
            if concern is None or not _may_press_danger(concern, actor.user_id):
                raise NotFound(text="concern-danger-not-yours", number=crisis.emergency_number("*"))
            over = concern.state is State.CLOSED
            if over and concern.subject_id in {None, actor.user_id}:
                about = About(Level.EMERGENCY, "wellbeing", actor.user_id, "", hides_name=False)
                return await self._ask(work, actor, concern.server_id, about, pressed)
            about = About(Level.EMERGENCY, concern.category, concern.subject_id, "", concern.hides_name)
            # About another it stays so: they may be of the team, and are not to be paged to whom they endanger.
            raised = await (
                self._ask(work, actor, concern.server_id, about, pressed)
                if over
                else self._joining.join(work, concern, about, pressed)
            )
            if not raised.about_self:
                # Or whoever answers would look for the person it is about. By nobody: as for `withdrawn`.
                await acts_store.note_act(work, raised, "in_danger", None, work.now)
            return raised

    async def withdraw(self, actor: Actor, concern_id: str) -> Concern:
        """*I no longer need this*: pages stop; a human still looks and closes it.

        Raises:
            NotFound: unless it is theirs and open.
        """
        async with self._desk.transaction() as work:
            concern = await self._own(work, actor, concern_id)
            if concern.withdrawn_at is None:
                await store.change(work, concern.id, withdrawn_at=work.now)
                # By nobody: the raiser's id is not kept longer than the concern itself keeps it.
                await acts_store.note_act(work, concern, "withdrawn", None, work.now)
                await self._paging.stop(work, concern)
                await self._staff.post(work, concern, "escalation.withdrawn")
                await self._left_open.watch(work, concern)
            return await store.load(work, concern.id) or concern

    async def leave_side_room(self, actor: Actor, concern_id: str, channel_id: int | None) -> None:
        """*Leave this room*: whoever presses it in a side room is let out at once.

        Raises:
            NotFound: if it was pressed anywhere else.
        """
        async with self._desk.transaction() as work:
            concern = await self._news.rooms.in_channel(work, concern_id, channel_id)
            await self._news.rooms.leave(work, concern, actor.user_id)

    async def answer_message(self, user_id: int) -> None:
        """Answer a direct message, unread: at most once in ten minutes, at once, before everything that can wait."""
        async with self._desk.transaction() as work:
            if await store.answer_dm(work, user_id, work.now, _DM_PAUSE_SECONDS):
                await work.enqueue(
                    Intent(
                        key=f"dm_answer:{new_id()}{new_id()}",
                        kind="dm",
                        lane=Lane.CONCERN,
                        server_id=None,
                        data={"user": user_id, "card": "escalation.dm_answer"},
                        not_after=work.now + timedelta(seconds=_DM_PAUSE_SECONDS),
                    )
                )

    async def _own(self, work: Work, actor: Actor, concern_id: str) -> Concern:
        concern = await store.load(work, concern_id)
        if concern is None or concern.raiser_id != actor.user_id or concern.state is State.CLOSED:
            raise NotFound(text="concern-not-yours")
        return concern

    async def _ask(self, work: Work, actor: Actor, server_id: int, about: About, pressed: Pressed) -> Concern:
        if await self._servers.find(work, server_id) is None:
            raise NotSetUp(text="concern-no-team")
        known = await self._known(work, server_id, actor.user_id, about)
        if known is not None:
            return await self._joining.join(work, known, about, pressed)
        concern = await self._new(work, actor, server_id, about, pressed)
        held = Held.NO if concern.about_self else await self._limits.judge(work, concern)
        return await (self._page(work, concern) if held is Held.NO else self._joining.hold(work, concern, held))

    async def _known(self, work: Work, server_id: int, raiser_id: int, about: About) -> Concern | None:
        """Return the open concern that this one joins: about the same person; or, within a minute, about nobody named.

        Two about nobody named may be about two people, so only what would share a page anyway joins: an emergency that
        follows another one at once, before somebody has that. All others are counted instead, as `Limits` says.
        """
        if about.subject_id is not None:
            return await store.open_about(work, server_id, raiser_id, about.subject_id)
        if about.level is Level.EMERGENCY:
            return await store.unnamed_emergency(work, server_id, raiser_id, work.now - rules.PAGED_AGAIN_AFTER)
        return None

    async def _new(self, work: Work, actor: Actor, server_id: int, about: About, pressed: Pressed) -> Concern:
        room = await self._joining.room(work, server_id, actor.user_id, pressed.channel_id)
        concern = Concern(
            id=new_id(),
            server_id=server_id,
            number=await self._number(work, server_id, actor.user_id, about),
            level=about.level,
            state=State.OPEN,
            category=about.category,
            raiser_id=actor.user_id,
            hides_name=about.hides_name,
            subject_id=about.subject_id,
            note=about.note or None,
            group_id=room.group_id if room else None,
            room_name=room.name if room else None,
            room_channel_id=room.channel_id if room else None,
            raised_at=work.now,
            level_since=work.now,
            token=pressed.token,
        )
        await store.add(work, concern)
        await acts_store.note_act(work, concern, "raised", None, work.now)
        await work.set_timer("concern.token", concern.id, work.now + TOKEN_LASTS, server_id)
        return concern

    async def _number(self, work: Work, server_id: int, raiser_id: int, about: About) -> int:
        """Return a number nobody has had: about another person one at random, apart from the others.

        Numbers that follow one another would show by a gap, to whom a concern is hidden from, that there is one.
        """
        apart = about.subject_id not in {None, raiser_id}
        while True:
            number = (
                _APART + secrets.randbelow(9 * _APART) if apart else await self._servers.next_concern(work, server_id)
            )
            if await store.by_number(work, server_id, number) is None:
                return number

    async def _page(self, work: Work, concern: Concern) -> Concern:
        concern = await self._paging.begin(work, concern)
        await self._news.tell(work, concern, "receipt")
        return concern


def _may_press_danger(concern: Concern, user_id: int) -> bool:
    """Return whether it is theirs; or closed and no longer says whose it was, but not another's about them."""
    over = concern.state is State.CLOSED and concern.raiser_id is None
    return concern.raiser_id == user_id or (over and concern.subject_id != user_id)
