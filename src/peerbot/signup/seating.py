"""The moves by which seats change hands. Each is part of a use case's transaction and leaves the group settled."""

from typing import Final

from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.database import Reads
from peerbot.engine.desk import Work
from peerbot.engine.errors import Late, NotFound
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.tokens import new_id
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.measures import store as measure_store
from peerbot.signup.rules import (
    Group,
    Queue,
    View,
    Waiting,
    during_pause,
    next_offers,
    open_places,
    seat_for,
    soon,
    to_confirm,
    too_few,
    too_many,
    view,
)
from peerbot.signup.tasting import store as tasting_store
from peerbot.signup.tasting.rules import HELD_ON_FOR, Outcome, Taster
from peerbot.signup.waitlist import store as waitlist_store
from peerbot.signup.waitlist.rules import Wait, offer_for

OFFER_ENDS: Final = "offer.ends"
"""Timer; its subject is the offer."""
OFFERS_RESUME: Final = "offers.resume"
"""Timer; its subject is the group."""
SEATS_ASK: Final = "seats.ask"
"""Timer; its subject is the server."""
OFFER_REPORT: Final = "signup.offer"
TASTER_HELD: Final = "taster.held"
"""Timer; its subject is the taster: no meeting took place for so long that the seat is released."""
TASTER_ANSWER: Final = "taster.answer"
"""Timer; its subject is the taster, whose question nobody answered."""


class Seating:
    """Gives seats, takes them back, and sees to it that none stays empty while somebody waits."""

    def __init__(self, servers: Servers, confidentiality: Confidentiality) -> None:
        """End acceptances with `confidentiality` when somebody goes; `servers` knows whom people can turn to."""
        self._servers = servers
        self._confidentiality = confidentiality

    async def settle(self, work: Work, group: Group) -> Queue:
        """Leave a group so that nothing is owed: its free seats are as many as its places say, and offered in turn.

        Offers whose time is over are closed. Nothing is offered while the group takes nobody. Returns the queue then.
        """
        await waitlist_store.end_unanswered(work, group.id, work.now)
        queue = await self._fit(work, group)
        await self._ask(work, group, queue)
        window, wanted = offer_for(group, work.now), next_offers(queue)
        if not wanted or window is None:
            return queue
        if isinstance(window, Wait):
            await work.set_timer(OFFERS_RESUME, group.id, window.until, group.server_id)
            return queue
        for seat, waiting in wanted:
            offer_id = new_id()
            await waitlist_store.add_offer(work, offer_id, group, waiting, seat, work.now, window.at)
            await work.set_timer(OFFER_ENDS, offer_id, window.at, group.server_id)
            if await store.reminders(work, group.server_id, waiting.user_id) == "on":
                await work.enqueue(
                    Intent(
                        key=_message(offer_id),
                        kind="dm",
                        lane=Lane.REMINDER,
                        server_id=group.server_id,
                        data={"user": waiting.user_id, "card": "signup.offer", "offer": offer_id},
                        report=OFFER_REPORT,
                        not_after=window.at,
                    )
                )
        return await _queue(work, group)

    @staticmethod
    async def _ask(work: Work, group: Group, queue: Queue) -> None:
        """Let coordinators know, soon and in one message for all, for whom seats are held that they have to confirm."""
        held = [waiting.id for _, waiting in to_confirm(queue)] if group.takes_people(work.now) else []
        if held and await waitlist_store.ask_about(work, held, work.now):
            await work.set_timer(SEATS_ASK, str(group.server_id), soon(work.now), group.server_id)

    async def _fit(self, work: Work, group: Group) -> Queue:
        """Make the free seats as many as the group's places say. Nobody loses a seat, or one that is on offer."""
        queue = await _queue(work, group)
        taken = len(await store.members(work, group.id))
        added, gone = too_few(queue, taken, group.capacity), too_many(queue, taken, group.capacity)
        if not added and not gone:
            return queue
        await store.add_free_seats(work, group, added, work.now)
        await store.drop_free_seats(work, gone)
        return await _queue(work, group)

    async def sit_or_wait(self, work: Work, group: Group, user_id: int) -> None:
        """Give somebody their seat: the one on offer to them, or one that is open to all. Else put them in line.

        Who has a seat keeps it, and who waits keeps their place, so doing it twice changes nothing.
        """
        if user_id in await store.members(work, group.id):
            return
        queue = await self.settle(work, group)
        seat = seat_for(queue, user_id, open_to_all=group.takes_people(work.now))
        if seat is None:
            await waitlist_store.stand_in_line(work, group, user_id, work.now)
        else:
            await self.give(work, group, user_id, seat)
        await self.settle(work, group)

    async def taste_or_ask(self, work: Work, group: Group, user_id: int) -> None:
        """Give somebody a seat that is open to all, for one meeting; where each is confirmed, hold it for them.

        Raises:
            Late: if there is no such seat any more.
        """
        queue = await self.settle(work, group)
        seat = next(iter(open_places(queue)), None)
        if seat is None:
            raise Late(text="taster-not-now")
        if not queue.confirms:
            await self.taste(work, group, user_id, seat)
            return
        await waitlist_store.stand_in_line(work, group, user_id, work.now, tastes=True)
        await self.settle(work, group)

    async def taste(self, work: Work, group: Group, user_id: int, seat: int) -> None:
        """Turn a free seat into somebody's for one meeting.

        Raises:
            Late: if the seat is not free any more, or no meeting is known.
        """
        until = group.next_ends_at
        if until is None:
            raise Late(text="taster-not-now")
        await self.give(work, group, user_id, seat)
        taster_id, held_until = new_id(), until + HELD_ON_FOR
        await tasting_store.add(work, taster_id, group, user_id, work.now, held_until)
        await tasting_store.mark_seat(work, group.id, user_id, until)
        await work.set_timer(TASTER_HELD, taster_id, held_until, group.server_id)

    async def give(self, work: Work, group: Group, user_id: int, seat: int) -> None:
        """Turn a free seat into somebody's, and end their waiting for one.

        Raises:
            Late: if the seat is not free any more.
        """
        queue = await _queue(work, group)
        if not await store.take_seat(work, group, seat, user_id, work.now):
            raise Late
        entry = queue.entry(user_id)
        if entry is not None:
            await self._end_entry(work, queue, entry, took=seat)
        await work.record("seat.taken", server=group.server_id, group=group.id, user=user_id)

    async def keep(self, work: Work, taster: Taster) -> None:
        """Make the seat of somebody who tries a group a member's."""
        await tasting_store.mark_seat(work, taster.group_id, taster.user_id, None)
        await self._tried(work, taster, "joined")

    async def _tried(self, work: Work, taster: Taster, outcome: Outcome) -> None:
        await tasting_store.end(work, taster.id, outcome, work.now)
        for timer in (TASTER_HELD, TASTER_ANSWER):
            await work.cancel_timer(timer, taster.id)
        await work.withdraw(question(taster.id))

    async def end_seat(self, work: Work, group: Group, user_id: int, tried: Outcome = "left") -> bool:
        """Take somebody's seat back and offer it to the next in line. Returns False if they had none.

        `tried` is how it ended for somebody who was trying the group.
        """
        if not await store.end_seat(work, group, user_id, work.now):
            return False
        taster = await tasting_store.current(work, group.id, user_id)
        if taster is not None:
            await self._tried(work, taster, tried)
        await self._gone(work, group, user_id)
        await work.record("seat.ended", server=group.server_id, group=group.id, user=user_id)
        await self.settle(work, group)
        return True

    async def end_wait(self, work: Work, group: Group, user_id: int) -> bool:
        """Take somebody off the queue; a seat on offer to them goes to the next. Returns False if they did not wait."""
        queue = await _queue(work, group)
        entry = queue.entry(user_id)
        if entry is None:
            return False
        await self._end_entry(work, queue, entry)
        await self._gone(work, group, user_id)
        await self.settle(work, group)
        return True

    async def _end_entry(self, work: Work, queue: Queue, entry: Waiting, took: int | None = None) -> None:
        offer = queue.open_offer(entry.user_id)
        if offer is not None:
            await self.end_offer(work, offer.id, "taken" if offer.seat == took else "withdrawn")
        await waitlist_store.end_waiting(work, entry.id, work.now)

    async def end_offer(self, work: Work, offer_id: str, state: str) -> None:
        """Close an open offer, and what was still to be done about it."""
        await waitlist_store.end_offer(work, offer_id, state, work.now)
        await work.cancel_timer(OFFER_ENDS, offer_id)
        await work.withdraw(_message(offer_id))

    async def _gone(self, work: Work, group: Group, user_id: int) -> None:
        await self._confidentiality.end(work, group.server_id, group.id, user_id)
        await store.forget_idle_choice(work, group.server_id, user_id)

    async def view(self, work: Work, group: Group, user_id: int) -> View:
        """Return the group as this person now stands to it."""
        seen = view(
            group,
            await _queue(work, group),
            user_id,
            work.now,
            seated=user_id in await store.members(work, group.id),
            facilitates=user_id in await store.facilitators(work, group.id),
            taster=await tasting_store.current(work, group.id, user_id),
        )
        pauses = await measure_store.pauses_of(work, group.server_id, user_id)
        if group.id not in pauses:
            return seen
        return during_pause(seen, pauses[group.id], await self._servers.appeal(work, group.server_id))

    async def view_if_there(self, work: Work, group: Group, user_id: int) -> View:
        """Return the group as this person now stands to it: an old button shows no more than the list of groups would.

        Raises:
            NotFound: for somebody who has nothing to do with it any more, where not everybody may find it.
        """
        seen = await self.view(work, group, user_id)
        if not seen.there(work.now):
            raise NotFound
        return seen


def question(taster_id: str) -> str:
    """Return the key of the message that asks somebody whether a meeting was right for them."""
    return f"taster:{taster_id}:asked"


def _message(offer_id: str) -> str:
    return f"offer:{offer_id}"


async def _queue(reads: Reads, group: Group) -> Queue:
    return (await waitlist_store.queues(reads, group.server_id, {group.id}))[group.id]
