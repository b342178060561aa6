"""Acknowledged is not handled: who took a concern and does nothing is asked again, then the next line is."""

from peerbot.engine.desk import Desk, Work
from peerbot.engine.timers import Timer
from peerbot.escalation import rules, store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.left_open import LeftOpen
from peerbot.escalation.limits.lead_list import LeadList
from peerbot.escalation.paging import Paging
from peerbot.escalation.raising.news import News
from peerbot.escalation.rules import State
from peerbot.escalation.store import Concern


class Acknowledged:
    """Use cases of the clock while somebody has a concern."""

    def __init__(self, desk: Desk, paging: Paging, news: News, leads: LeadList, left_open: LeftOpen) -> None:
        """Ask again through `paging`; passed on, tell the raiser through `news`, and `leads` of their list."""
        self.paging = paging
        self._news = news
        self._leads = leads
        self.left_open = left_open
        desk.handlers.on_timer("concern.idle", self._idle_due)

    async def begin(self, work: Work, concern: Concern) -> None:
        """Somebody has just taken it."""
        within = rules.acted_within(concern.level, concern.policy)
        await work.set_timer("concern.idle", concern.id, work.now + within, concern.server_id)

    async def acted(self, work: Work, concern: Concern, *, looks_after: bool = False) -> None:
        """Something was done about it: whoever has it is heard of, and has the time of its level again.

        With `looks_after` who has it is with the person by that, and its raiser hears so.
        """
        if concern.state not in {State.TAKEN, State.IN_HAND}:
            return
        await store.change(work, concern.id, asked_again=0)
        if concern.state is State.TAKEN and looks_after and concern.taken_by is not None:
            await self.in_hand(work, concern, concern.taken_by)
        elif concern.state is State.TAKEN:
            await self.begin(work, concern)
        else:
            await work.cancel_timer("concern.idle", concern.id)
            await self.left_open.watch(work, concern)

    async def in_hand(self, work: Work, concern: Concern, user_id: int) -> Concern:
        """Somebody looks after the person: pages stop, and its raiser hears who it is."""
        await store.change(work, concern.id, state=State.IN_HAND.value, taken_by=user_id, asked_again=0)
        await self.paging.stop(work, concern)
        await acts_store.note_act(work, concern, "in_hand", user_id, work.now)
        concern = await store.load(work, concern.id) or concern
        await self._news.tell(work, concern, "in_hand")
        await self.left_open.watch(work, concern)
        return concern

    async def pressed_again(self, work: Work, concern: Concern) -> Concern:
        """Its raiser has pressed again: whoever has it answers as fast as a first line does, or others are asked."""
        return await self._ask_again(work, concern, "again")

    async def _ask_again(self, work: Work, concern: Concern, why: str) -> Concern:
        await store.change(work, concern.id, asked_again=1)
        await acts_store.note_act(work, concern, "asked_again", None, work.now)
        answers_at = work.now + rules.answers_within(concern.position)
        await work.set_timer("concern.idle", concern.id, answers_at, concern.server_id)
        return await self.paging.page(work, concern, _holder(concern), why)

    async def _idle_due(self, work: Work, timer: Timer) -> None:
        concern = await store.load(work, timer.subject)
        if concern is None or concern.state not in {State.TAKEN, State.IN_HAND} or concern.withdrawn_at is not None:
            return
        if not concern.asked_again:
            await self._ask_again(work, concern, "idle")
            return
        await self._pass_on(work, concern, _holder(concern))

    async def gone(self, work: Work, concern: Concern) -> None:
        """Whoever has it cannot look after it any more: others are asked at once, and its raiser hears so."""
        await store.change(work, concern.id, asked_again=1)
        await self._pass_on(work, concern, frozenset())

    async def _pass_on(self, work: Work, concern: Concern, also: frozenset[int]) -> None:
        await acts_store.note_act(work, concern, "passed_on", None, work.now)
        concern = await self.paging.begin(work, concern, also, silent=_holder(concern))
        if concern.on_lead_list:
            await self._leads.add(work, concern)
        await self._news.tell(work, concern, "passed_on")


def _holder(concern: Concern) -> frozenset[int]:
    return frozenset() if concern.taken_by is None else frozenset({concern.taken_by})
