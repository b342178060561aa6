"""A meeting as those who hold it see it: numbers, no names."""

from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.actor import Actor
from peerbot.engine.desk import Desk
from peerbot.meetings.attendance import store as attendance_store
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.facilitating.holding import OPEN, Held, Holding, Where
from peerbot.meetings.facilitating.rules import WITH_ROOM
from peerbot.signup.service import Signup
from peerbot.signup.writing.rules import HowMany


@dataclass(frozen=True, slots=True)
class Console:
    """A meeting at the instant `now`.

    Attributes:
        held: The meeting, its room, and what was done in it.
        present: How many of its members were seen.
        expected: How many members it has.
        out: How many were asked to step out.
        quiet: How many may only read.
        writing: In a voice meeting, how many of its members would rather write, as far as it may be told.
        now: When that was so.
    """

    held: Held
    present: int
    expected: int
    out: int
    quiet: int
    writing: HowMany
    now: datetime


class Consoles:
    """Looks at a meeting for those who hold it."""

    def __init__(self, desk: Desk, holding: Holding, signup: Signup) -> None:
        """Ask `signup` who has a seat."""
        self._desk = desk
        self._holding = holding
        self._signup = signup

    async def console(self, actor: Actor, where: Where) -> Console:
        """Return how a meeting is, from its room's first moment to its last.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        return await self._look(
            await self._holding.held(self._desk.reads, actor, where, "facilitate.console", WITH_ROOM)
        )

    async def ending(self, actor: Actor, where: Where) -> Console:
        """Return how a meeting is that somebody means to end.

        Raises:
            PeerbotError: as `Holding.held`.
        """
        return await self._look(await self._holding.held(self._desk.reads, actor, where, "facilitate.close", OPEN))

    async def _look(self, held: Held) -> Console:
        reads, now = self._desk.reads, self._desk.now
        members = await self._signup.members(reads, held.meeting.group_id)
        seen = await attendance_store.present(reads, held.meeting.id, now)
        limits = list((await facilitating_store.limits(reads, held.meeting.id)).values())
        present = sum(user_id in seen for user_id in members)
        group = await self._signup.group_by_id(reads, held.meeting.group_id)
        # By text everybody writes anyway.
        writing = await self._signup.writing.how_many(reads, group.id, members) if group.medium == "voice" else 0
        return Console(held, present, len(members), limits.count("out"), limits.count("quiet"), writing, now)
