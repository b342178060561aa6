"""Answers to offers, what happens without one, and what became of the messages about them."""

from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Late, NotFound
from peerbot.engine.outbox import Leased
from peerbot.engine.timers import Timer
from peerbot.signup import store
from peerbot.signup.rules import View
from peerbot.signup.seating import OFFER_ENDS, OFFER_REPORT, OFFERS_RESUME, Seating
from peerbot.signup.waitlist import store as waitlist_store
from peerbot.signup.waitlist.store import KeptOffer

_NO_MESSAGES: Final = frozenset({"50007", "50278"})
"""Discord's codes for a person who takes no direct messages from the bot, or shares no server with it any more."""


class Waitlist:
    """Use cases of somebody who was offered a seat."""

    def __init__(self, desk: Desk, seating: Seating) -> None:
        """Work at `desk` and listen for offers that end."""
        self._desk = desk
        self._seating = seating
        desk.handlers.on_timer(OFFER_ENDS, self._ended)
        desk.handlers.on_timer(OFFERS_RESUME, self._resume)
        desk.handlers.on_report(OFFER_REPORT, self.message_ended)

    async def accept(self, actor: Actor, offer_id: str) -> View:
        """Take the seat. Who has taken it already hears the same.

        Raises:
            NotFound: if there is no such offer for this person.
            Late: if it ended, or they passed on it. They keep their place in the queue.
        """
        async with self._desk.transaction() as work:
            kept = await self._offer_to(work, actor, offer_id)
            if kept.state == "open" and work.now < kept.ends_at:
                await self._seating.give(work, kept.group, actor.user_id, kept.seat)
                await self._seating.settle(work, kept.group)
            elif actor.user_id not in await store.members(work, kept.group.id):
                raise Late
            return await self._seating.view(work, kept.group, actor.user_id)

    async def not_now(self, actor: Actor, offer_id: str) -> View:
        """Pass the seat on to the next in line and keep one's place. Changes nothing once the offer is answered.

        Raises:
            NotFound: if there is no such offer for this person, or the group is not there for them any more.
        """
        async with self._desk.transaction() as work:
            kept = await self._offer_to(work, actor, offer_id)
            if kept.state == "open":
                await self._seating.end_offer(work, kept.id, "passed")
                await self._seating.settle(work, kept.group)
            return await self._seating.view_if_there(work, kept.group, actor.user_id)

    @staticmethod
    async def _offer_to(work: Work, actor: Actor, offer_id: str) -> KeptOffer:
        kept = await waitlist_store.offer(work, offer_id)
        if kept is None or kept.user_id != actor.user_id or actor.server_id not in {None, kept.group.server_id}:
            raise NotFound
        return kept

    async def _ended(self, work: Work, timer: Timer) -> None:
        kept = await waitlist_store.offer(work, timer.subject)
        if kept is not None:
            await self._seating.settle(work, kept.group)

    async def _resume(self, work: Work, timer: Timer) -> None:
        group = await store.group(work, timer.subject)
        if group is not None:
            await self._seating.settle(work, group)

    @staticmethod
    async def message_ended(work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Keep that Discord refused a direct message for good."""
        if isinstance(result, Finish) and result.reason in _NO_MESSAGES and intent.server_id is not None:
            await store.close_reminders(work, intent.server_id, int(intent.data["user"]), work.now)
