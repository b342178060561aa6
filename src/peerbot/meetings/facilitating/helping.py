"""Who may help in a meeting, in numbers, and asking for another facilitator to come."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, require
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Late, NotFound
from peerbot.engine.facts import Fact
from peerbot.meetings import notices, store
from peerbot.meetings.around import Around
from peerbot.meetings.attendance import store as attendance_store
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.facilitating.holding import Held, Holding, Where
from peerbot.meetings.notices import StaffNotices
from peerbot.meetings.rules import LIVE
from peerbot.meetings.seats import PUT_OUT, Seats
from peerbot.servers.service import Servers
from peerbot.signup.service import Signup

ASKED_AGAIN_AFTER: Final = timedelta(minutes=5)
"""Asking sooner changes nothing: the others have just been asked."""


@dataclass(frozen=True, slots=True)
class Helping:
    """Who may help in a meeting.

    Attributes:
        held: The meeting.
        second_line: Whether a lead or deputy who does not hold it can be paged.
        there: How many others of those who hold it were seen in its room.
        others: How many others hold it.
        backups: How many back its group up.
        asked: Whether another facilitator was asked to come, and nobody has yet.
    """

    held: Held
    second_line: bool
    there: int
    others: int
    backups: int
    asked: bool


class Helpers:
    """Use cases of those who would like company in holding a meeting, and of who comes."""

    def __init__(
        self,
        desk: Desk,
        servers: Servers,
        signup: Signup,
        holding: Holding,
        seats: Seats,
        staff: StaffNotices,
        around: Around,
    ) -> None:
        """Ask through `staff`; let who comes in through `seats`."""
        self._desk = desk
        self._servers = servers
        self._signup = signup
        self._holding = holding
        self._seats = seats
        self._staff = staff
        self._around = around
        desk.handlers.on_fact("facilitator.ended", self._went)
        desk.handlers.on_fact("part.ended", self._went)
        desk.handlers.on_fact(PUT_OUT, self._went)

    async def helping(self, actor: Actor, where: Where) -> Helping:
        """Return who may help, in numbers.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        reads, now = self._desk.reads, self._desk.now
        held = await self._holding.held(reads, actor, where, "facilitate.cover")
        meeting = held.meeting
        holding = await self._holding.facilitators(reads, meeting)
        others = set(holding) - {actor.user_id}
        return Helping(
            held,
            await self._around.second_line(reads, meeting.server_id, now, holding),
            len(others & await attendance_store.present(reads, meeting.id, now)),
            len(others),
            len(set(await self._signup.backups(reads, meeting.group_id)) - {actor.user_id}),
            held.done.helper_wanted_at is not None,
        )

    async def ask(self, actor: Actor, where: Where) -> Held:
        """Ask the server's facilitators for one to come; the room does not hear of it.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        async with self._desk.transaction() as work:
            held = await self._holding.held(work, actor, where, "facilitate.cover")
            asked = held.done.helper_wanted_at
            if asked is not None and work.now - asked < ASKED_AGAIN_AFTER:
                return held
            done = replace(held.done, helper_wanted_at=work.now)
            await facilitating_store.save(work, held.meeting, done)
            await self._staff.helper(work, held.meeting, f"{work.now:%Y%m%d%H%M%S}", held.meeting.locks_at)
            return replace(held, done=done)

    async def come(self, actor: Actor, meeting_id: str) -> int | None:
        """Let a facilitator of the server help to hold this one meeting. One is let in for each time one is asked for.

        Returns the channel of the room; None if somebody else was quicker.

        Raises:
            NotAllowed: for somebody who facilitates no group of this server, or whom the team keeps out of this one.
            NotFound: if there is no such meeting here, or no other facilitator was ever asked to come to it.
            Late: if it is over or was called off.
        """
        async with self._desk.transaction() as work:
            team = await self._servers.team(work, actor.here, "facilitator")
            require("meeting.take-over", {Part.FACILITATOR} if actor.user_id in team else set())
            meeting, room = await store.meeting(work, meeting_id), await store.room(work, meeting_id)
            if meeting is None or meeting.server_id != actor.here:
                raise NotFound
            holds = actor.user_id in await self._holding.facilitators(work, meeting)
            if not holds and not await notices.asked_to_come(work, meeting):
                raise NotFound
            if meeting.state not in LIVE or room is None:
                raise Late(text="meeting-over")
            if holds:
                return room.channel_id
            await self._holding.let_help(work, meeting, actor.user_id)
            done = await facilitating_store.facilitation(work, meeting.id)
            if done.helper_wanted_at is None:
                return None
            await facilitating_store.save(work, meeting, replace(done, helper_wanted_at=None))
            await store.add_stand_in(work, meeting, actor.user_id, work.now)
            await self._seats.let_in(work, meeting, actor.user_id)
            return room.channel_id

    async def _went(self, work: Work, fact: Fact) -> None:
        """Where the last who was there holds an open room no more, ask at once for somebody who does."""
        user_id = int(fact.data["user"])
        for room in await store.open_rooms(work, int(fact.data["server"])):
            meeting = await store.meeting(work, room.meeting_id)
            if meeting is None:
                continue
            seen = await attendance_store.present(work, meeting.id, work.now)
            holding = await self._holding.facilitators(work, meeting)
            if user_id not in seen or not seen.isdisjoint(holding):
                continue
            done = await facilitating_store.facilitation(work, meeting.id)
            await facilitating_store.save(work, meeting, replace(done, helper_wanted_at=work.now))
            # A ban takes several parts at once: that is one question.
            await self._staff.nobody_holds(work, meeting, user_id, f"{user_id}:{work.now:%Y%m%d%H%M}")
