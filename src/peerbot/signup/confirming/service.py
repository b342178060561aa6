"""A coordinator confirms each seat, where a server has it so: who waits, who may have a seat, and who may not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late, NotFound
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.timers import Timer
from peerbot.servers.service import Servers
from peerbot.servers.telling import tell
from peerbot.signup import store
from peerbot.signup.confirming import store as confirm_store
from peerbot.signup.confirming.store import Pair
from peerbot.signup.rules import Group, lets_try, owed, to_confirm
from peerbot.signup.seating import SEATS_ASK, Seating
from peerbot.signup.waitlist import store as waitlist_store

_AGAIN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who waits for a coordinator's word.

    Attributes:
        waiting: The id of their place in the queue.
        place: Their number in it, from 1.
        held: Whether a seat is held for them.
        apart: Who has to do with the group from whom they are to be kept apart. Coordinators alone see it.
        tastes: Whether they asked to try one meeting only.
    """

    waiting: int
    group: Group
    user_id: int
    place: int
    held: bool
    apart: tuple[int, ...]
    tastes: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """Whether a coordinator confirms each seat, how many people wait, and how many pairs are to be kept apart."""

    on: bool
    waiting: int
    pairs: int


class Confirming:
    """Use cases of a coordinator who confirms seats."""

    def __init__(self, desk: Desk, servers: Servers, seating: Seating) -> None:
        """Work at `desk`; `seating` gives the seats."""
        self._desk = desk
        self._servers = servers
        self._seating = seating
        desk.handlers.on_timer(SEATS_ASK, self._ask)

    async def waiting(self, actor: Actor) -> Sequence[Asking]:
        """Return who waits for a coordinator's word on this server: those first for whom a seat is held.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
        """
        reads = self._desk.reads
        require("seat.confirm", await self._servers.parts(reads, actor))
        pairs = await confirm_store.pairs(reads, actor.here)
        queues = await waitlist_store.queues(reads, actor.here)
        found: list[Asking] = []
        for group in await store.groups(reads, actor.here):
            queue = queues[group.id]
            takes = group.takes_people(self._desk.now)
            held = {waiting.id for _, waiting in to_confirm(queue) if takes}
            for place, entry in enumerate(queue.waiting, 1):
                if not entry.confirmed:
                    apart = await apart_in(reads, group, entry.user_id, pairs)
                    holds = entry.id in held
                    found.append(Asking(entry.id, group, entry.user_id, place, holds, apart, entry.tastes))
        return sorted(found, key=lambda each: (not each.held, each.waiting))

    async def one(self, actor: Actor, waiting_id: int) -> Asking:
        """Return somebody who waits for a coordinator's word.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if nobody waits so.
        """
        for asking in await self.waiting(actor):
            if asking.waiting == waiting_id:
                return asking
        raise NotFound

    async def confirm(self, actor: Actor, waiting_id: int) -> Sequence[Asking]:
        """Give somebody the seat that is held for them; without one they wait on, confirmed. Twice changes nothing.

        Who asked to try one meeting has the seat for that.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such place in a queue here.
            Late: to try a meeting when no seat is held for it, or there is none to try.
        """
        async with self._desk.transaction() as work:
            group, user_id = await self._entry(work, actor, waiting_id)
            queue = await self._seating.settle(work, group)
            seat = next((seat for seat, waiting in owed(queue) if waiting.id == waiting_id), None)
            entry = queue.entry(user_id)
            pending = entry is not None and entry.id == waiting_id and not entry.confirmed
            tastes = pending and entry is not None and entry.tastes
            if tastes and (seat is None or not lets_try(group, work.now)):
                raise Late(text="staff-seats-nothing-to-try")
            if pending and await confirm_store.confirm(work, waiting_id, work.now):
                if seat is not None and group.takes_people(work.now):
                    await (self._seating.taste if tastes else self._seating.give)(work, group, user_id, seat)
                    await self._news(work, group, user_id, waiting_id, "signup.seated")
                await self._seating.settle(work, group)
                await self._servers.acted(work, actor, "seat-confirmed")
        return await self.waiting(actor)

    async def decline(self, actor: Actor, waiting_id: int) -> Sequence[Asking]:
        """End somebody's place in the queue, kindly. Doing it twice changes nothing.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such place in a queue here.
        """
        async with self._desk.transaction() as work:
            group, user_id = await self._entry(work, actor, waiting_id)
            entry = (await waitlist_store.queues(work, group.server_id, {group.id}))[group.id].entry(user_id)
            if entry is not None and entry.id == waiting_id and not entry.confirmed:
                await self._news(work, group, user_id, waiting_id, "signup.declined")
                await confirm_store.decline(work, waiting_id)
                await self._seating.end_wait(work, group, user_id)
                await self._servers.acted(work, actor, "seat-declined")
        return await self.waiting(actor)

    async def show(self, actor: Actor) -> Switch:
        """Return whether a coordinator confirms each seat, and whom a change would touch.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
        """
        require("server.change", await self._servers.parts(self._desk.reads, actor))
        return await self.switch_of(self._desk.reads, actor.here)

    async def turn(self, actor: Actor, *, on: bool) -> Switch:
        """Let a coordinator confirm each seat of the server from now on, or let everybody be seated in turn again.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
            Invalid: to turn it off while people are to be kept apart.
        """
        async with self._desk.transaction() as work:
            require("server.change", await self._servers.parts(work, actor))
            if not on and await confirm_store.pairs(work, actor.here):
                raise Invalid(text="staff-seats-pairs")
            if await self.set(work, actor.here, on=on):
                await self._servers.acted(work, actor, "server-changed")
        return await self.show(actor)

    async def set(self, work: Work, server_id: int, *, on: bool) -> bool:
        """Set the switch and settle every group by it. An offer that stands is kept. Returns False if it was so."""
        server = await self._servers.load(work, server_id)
        if server.confirms_seats is on:
            return False
        await self._servers.save(work, replace(server, confirms_seats=on))
        if on:
            await confirm_store.confirm_offered(work, server_id, work.now)
        else:
            await waitlist_store.want_for_good(work, server_id)
        for group in await store.groups(work, server_id):
            await self._seating.settle(work, group)
        return True

    async def switch_of(self, reads: Reads, server_id: int) -> Switch:
        """Return how the switch of a server stands."""
        server = await self._servers.load(reads, server_id)
        queues = await waitlist_store.queues(reads, server_id)
        waiting = sum(len(queue.waiting) for queue in queues.values())
        return Switch(server.confirms_seats, waiting, len(await confirm_store.pairs(reads, server_id)))

    async def _entry(self, work: Work, actor: Actor, waiting_id: int) -> tuple[Group, int]:
        require("seat.confirm", await self._servers.parts(work, actor))
        found = await confirm_store.entry(work, waiting_id)
        group = await store.group(work, found[0]) if found is not None else None
        if found is None or group is None or group.server_id != actor.here:
            raise NotFound
        return group, found[1]

    @staticmethod
    async def _news(work: Work, group: Group, user_id: int, waiting_id: int, card: str) -> None:
        if await store.reminders(work, group.server_id, user_id) == "on":
            await work.enqueue(
                Intent(
                    key=f"seat:{waiting_id}:{card}",
                    kind="dm",
                    lane=Lane.REMINDER,
                    server_id=group.server_id,
                    data={"user": user_id, "card": card, "group": group.id},
                    report="signup.offer",
                )
            )

    async def _ask(self, work: Work, timer: Timer) -> None:
        """Tell coordinators how many seats wait for their word, and again each day while some do."""
        server_id = int(timer.subject)
        if await self._servers.find(work, server_id) is None or not await held(work, server_id):
            return
        people = await self._servers.team(work, server_id, "coordinator")
        people = people or await self._servers.team(work, server_id, "lead")
        key = f"seats:{server_id}:{timer.due_at.timestamp():.0f}"
        data = {"card": "signup.seats", "server": server_id}
        await tell(work, server_id, key=key, people=sorted(people), data=data)
        await work.set_timer(SEATS_ASK, timer.subject, work.now + _AGAIN, server_id)


async def held(reads: Reads, server_id: int) -> int:
    """Return how many seats of a server are held until a coordinator has spoken."""
    return sum(len(to_confirm(queue)) for queue in (await waitlist_store.queues(reads, server_id)).values())


async def apart_in(reads: Reads, group: Group, user_id: int, pairs: Sequence[Pair]) -> tuple[int, ...]:
    """Return who has to do with a group from whom somebody is to be kept apart. For coordinators alone."""
    others = [one if other == user_id else other for one, other in pairs if user_id in {one, other}]
    return tuple(
        [other for other in others if group.id in await confirm_store.has_to_do_with(reads, group.server_id, other)]
    )
