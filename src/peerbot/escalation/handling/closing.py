"""Closing: with what came of it, by two people where it was urgent, and what follows from it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from peerbot.engine.actor import Actor
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid
from peerbot.escalation import rules, store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.actions import ACTIONS, OUTCOMES
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.paging import Paging
from peerbot.escalation.raising.news import News
from peerbot.escalation.rules import State
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import Kind, SignOff
from peerbot.escalation.sign_offs.service import SignOffs
from peerbot.escalation.store import Concern

OnClosed = Callable[[Work, Concern], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Closing:
    """What came of asking to close: closed, waiting for a second person, or the outcome is asked for first."""

    concern: Concern
    state: Literal["closed", "waiting", "outcome"]

    @property
    def closed(self) -> bool:
        """Whether it is closed."""
        return self.state == "closed"


class Closings:
    """Use cases of closing a concern."""

    def __init__(self, desk: Desk, theirs: Theirs, paging: Paging, news: News, sign_offs: SignOffs) -> None:
        """Stop the pages of `paging`; tell the raiser the last news through `news`."""
        self._desk = desk
        self._theirs = theirs
        self._paging = paging
        self._news = news
        self._sign_offs = sign_offs
        self._hearers: list[OnClosed] = []
        sign_offs.on_agreed(Kind.CLOSE, self._agreed)

    def on_closed(self, hearer: OnClosed) -> None:
        """Let `hearer` act, in the same transaction, when a concern is closed."""
        self._hearers.append(hearer)

    async def close(self, actor: Actor, concern_id: str, outcome: str = "") -> Closing:
        """Close, or ask for the second person that urgent and emergency need; the second to ask is that person.

        What came of it is asked for first, if nothing was written down that was done.

        Raises:
            NotFound: unless the person handles it.
            Invalid: for an outcome that is not on the list.
        """
        if outcome and outcome not in OUTCOMES:
            raise Invalid
        async with self._desk.transaction() as work:
            concern = await self._theirs.load(work, actor, concern_id, "concern.close")
            if concern.state is State.CLOSED:
                return Closing(concern, "closed")
            two = rules.needs_two_to_close(concern.level)
            if two and await self._sign_offs.second(work, concern, Kind.CLOSE, actor.user_id):
                return Closing(await self._again(work, concern), "closed")
            known = await acts_store.any_of(work, concern.id, ACTIONS)
            if not outcome and not known:
                return Closing(concern, "outcome")
            if not known:
                await acts_store.note_act(work, concern, outcome, actor.user_id, work.now)
            if two:
                await self._sign_offs.ask(work, concern, Kind.CLOSE, actor.user_id, outcome)
                return Closing(concern, "waiting")
            return Closing(await self._close(work, concern, actor.user_id), "closed")

    async def _agreed(self, work: Work, concern: Concern, asked: SignOff, by: int | None) -> None:
        _ = asked
        if concern.state is not State.CLOSED:
            await self._close(work, concern, by)

    async def _close(self, work: Work, concern: Concern, by: int | None) -> Concern:
        await store.change(work, concern.id, state=State.CLOSED.value, closed_at=work.now)
        await acts_store.note_act(work, concern, "closed", by, work.now)
        await self._paging.stop(work, concern)
        await sign_off_store.drop(work, concern.id, work.now, *Kind)
        concern = await self._again(work, concern)
        for hearer in self._hearers:
            await hearer(work, concern)
        await self._news.end(work, concern)
        return concern

    async def _again(self, work: Work, concern: Concern) -> Concern:
        return await store.load(work, concern.id) or concern
