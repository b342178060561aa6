"""How fast the team answers, changed by those who handle it: faster at once, more slowly by two people."""

from dataclasses import dataclass, replace
from typing import Literal

from peerbot.engine.actor import Actor
from peerbot.engine.desk import Desk, Work
from peerbot.escalation import rules, store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.acknowledged import Acknowledged
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.paging import Paging
from peerbot.escalation.raising.news import News
from peerbot.escalation.rules import Level, State, level_of
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import Kind, SignOff
from peerbot.escalation.sign_offs.service import SignOffs
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern


@dataclass(frozen=True, slots=True)
class Levelled:
    """What came of it: raised and paged anew, lowered, a second person is asked, or it had that level."""

    concern: Concern
    level: Level
    came: Literal["raised", "lowered", "asked", "same"]


class Levels:
    """Use cases of changing a level."""

    def __init__(
        self,
        desk: Desk,
        theirs: Theirs,
        paging: Paging,
        acknowledged: Acknowledged,
        news: News,
        sign_offs: SignOffs,
        staff: StaffChannel,
    ) -> None:
        """Page through `paging`; tell the raiser through `news` and the team through `staff`."""
        self._desk = desk
        self._theirs = theirs
        self._paging = paging
        self._acknowledged = acknowledged
        self._news = news
        self._sign_offs = sign_offs
        self._staff = staff
        sign_offs.on_agreed(Kind.LOWER, self._lower)

    async def change(self, actor: Actor, concern_id: str, level: Level) -> Levelled:
        """Raise the level, which climbs the ladder anew; or ask for a second person to lower it.

        Raises:
            NotFound: unless the person handles it.
            Late: if it is closed.
        """
        async with self._desk.transaction() as work:
            concern = await self._theirs.still_open(work, actor, concern_id, "concern.level")
            if level == concern.level:
                return Levelled(concern, level, "same")
            if level > concern.level:
                return Levelled(await self._raise(work, concern, level, actor.user_id), level, "raised")
            waiting = await sign_off_store.waiting(work, concern.id, Kind.LOWER)
            if waiting is not None and waiting.detail == level.word:
                if await self._sign_offs.second(work, concern, Kind.LOWER, actor.user_id):
                    return Levelled(await self._again(work, concern), level, "lowered")
            elif waiting is not None:  # The newest wish is the one that is asked about.
                await sign_off_store.drop(work, concern.id, work.now, Kind.LOWER)
            await self._sign_offs.ask(work, concern, Kind.LOWER, actor.user_id, level.word)
            return Levelled(concern, level, "asked")

    async def _raise(self, work: Work, concern: Concern, level: Level, by: int) -> Concern:
        """Go to the foot of the new level's ladder: whoever had it is asked with the first line."""
        await acts_store.note_act(work, concern, "level_raised", by, work.now)
        await sign_off_store.drop(work, concern.id, work.now, Kind.LOWER, Kind.CLOSE)
        holder = frozenset({concern.taken_by}) if concern.taken_by is not None else frozenset[int]()
        # Somebody of the team thinks it is more urgent than the raiser did when they took it back.
        # And what a lead has looked at and found urgent pages as any other does: it waits on no list.
        await store.change(work, concern.id, asked_again=0, withdrawn_at=None, held=Held.NO.value)
        if concern.held is not Held.NO:
            await acts_store.note_act(work, concern, "released", by, work.now)
        concern = await self._paging.begin(work, replace(concern, level=level, withdrawn_at=None), holder)
        await self._news.tell(work, concern, "receipt")
        return concern

    async def _lower(self, work: Work, concern: Concern, asked: SignOff, by: int | None) -> None:
        level = level_of(asked.detail)
        if level >= concern.level:
            return
        await acts_store.note_act(work, concern, "level_lowered", by, work.now)
        if concern.state in rules.WAITING and concern.withdrawn_at is None:
            concern = await self._paging.begin(work, replace(concern, level=level))
            await self._news.tell(work, concern, "receipt")
        else:
            await store.change(work, concern.id, level=int(level))
            concern = await self._again(work, concern)
            if concern.state is State.TAKEN and not concern.asked_again:
                await self._acknowledged.begin(work, concern)
        await self._staff.post(work, concern, "escalation.lowered")

    async def _again(self, work: Work, concern: Concern) -> Concern:
        return await store.load(work, concern.id) or concern
