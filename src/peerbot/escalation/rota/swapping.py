"""Two people exchange dates: one asks, the other agrees by a button; nothing is changed before that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import allowed, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late
from peerbot.engine.tokens import new_id
from peerbot.escalation.rota import cover, swap_store
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota.roster import Roster
from peerbot.escalation.rota.rules import AHEAD, NOBODY, Plan, Slot
from peerbot.escalation.rota.swap_store import Swap
from peerbot.servers.service import Servers

_MOST_CHOICES: Final = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """A swap and the two times it is about. `zone` is the server's."""

    swap: Swap
    mine: Slot
    theirs: Slot
    zone: str
    unproven: Sequence[int] = ()
    """Who of the two has not shown of late that pages reach them."""


class Swapping:
    """Use cases of two teammates."""

    def __init__(self, desk: Desk, servers: Servers, roster: Roster) -> None:
        """Change what `roster` then makes shifts of."""
        self._desk = desk
        self._servers = servers
        self._roster = roster

    async def choices(self, actor: Actor, user_id: int, chosen: str = "") -> tuple[Sequence[Slot], str]:
        """Return the coming times of somebody of the team, and the server's zone. At most 25.

        `chosen` is the person's own time, where that has been chosen: those that meet it are no exchange.
        """
        reads, now = self._desk.reads, self._desk.now
        server = await self._servers.find(reads, actor.server_id or 0)
        if server is None or not allowed("oncall.swap", await self._servers.parts(reads, actor)):
            return [], "UTC"
        plan = await rota_store.plan(reads, server.id)
        slots = plan.planned(now, now + AHEAD)
        own = next((slot for slot in slots if slot.key == chosen), None)
        found = [
            slot
            for slot in slots
            if slot.user_id == user_id and user_id != NOBODY and (own is None or not own.span.overlaps(slot.span))
        ]
        return found[:_MOST_CHOICES], server.zone

    async def ask(self, actor: Actor, mine: str, theirs: str, user_id: int) -> Asked:
        """Ask `user_id` to exchange two times, by the keys that `choices` gave.

        Raises:
            NotAllowed: unless the person belongs to the team.
            Invalid: if the times are not of two people, or one of the two is away then.
        """
        async with self._desk.transaction() as work:
            require("oncall.swap", await self._servers.parts(work, actor))
            server = await self._servers.load(work, actor.here)
            plan = await rota_store.plan(work, server.id)
            slots = {slot.key: slot for slot in plan.planned(work.now, work.now + AHEAD)}
            if mine not in slots or theirs not in slots or slots[mine].user_id != actor.user_id:
                raise Invalid(text="staff-rota-swap-choose")
            own, other = slots[mine], slots[theirs]
            if other.user_id != user_id or user_id in {actor.user_id, NOBODY} or own.span.overlaps(other.span):
                raise Invalid(text="staff-rota-swap-choose")
            _refuse_if_away(plan, own, other)
            ends_at = min(own.span.starts_at, other.span.starts_at)
            swap = Swap(new_id(), server.id, actor.user_id, other.user_id, mine, theirs, ends_at)
            await swap_store.add(work, swap)
            await self._roster.notices.tell(
                work, server.id, "rota_swap", [other.user_id], f"swap:{swap.id}", {"swap": swap.id}, ends_at
            )
            unproven = await cover.unproven(work, self._servers, server.id, (actor.user_id, user_id), work.now)
            return Asked(swap, own, other, server.zone, unproven)

    async def agree(self, actor: Actor, swap_id: str) -> Asked:
        """*I agree*: the two have each other's time, if both still have their own.

        Raises:
            NotAllowed: unless the person belongs to the team.
            Late: if it is over, taken back, or not theirs to say.
            Invalid: if one of the two is away then.
        """
        async with self._desk.transaction() as work:
            require("oncall.swap", await self._servers.parts(work, actor))
            asked = await self._open(work, actor, swap_id, other=True)
            _refuse_if_away(await rota_store.plan(work, actor.here), asked.mine, asked.theirs)
            await swap_store.end(work, swap_id)
            await self._give(work, actor.here, asked.mine, asked.swap.other_id)
            await self._give(work, actor.here, asked.theirs, asked.swap.by_id)
            await self._roster.remake(work, actor.here)
            await self._answer(work, asked, "agreed")
            return asked

    async def decline(self, actor: Actor, swap_id: str) -> None:
        """*No*, of the other one, or *Take it back*, of the one who asked.

        Raises:
            NotAllowed: unless the person belongs to the team.
            Late: if it is over, or not theirs to say.
        """
        async with self._desk.transaction() as work:
            require("oncall.swap", await self._servers.parts(work, actor))
            swap = await swap_store.load(work, actor.here, swap_id)
            if swap is None or actor.user_id not in {swap.by_id, swap.other_id}:
                raise Late
            await swap_store.end(work, swap.id)
            await work.withdraw(f"rota:swap:{swap.id}%")
            if actor.user_id == swap.other_id:
                key, data = f"swap-answer:{swap.id}", {"answer": "declined", "by": swap.other_id}
                await self._roster.notices.tell(work, swap.server_id, "rota_swap_answer", [swap.by_id], key, data)

    async def _open(self, work: Reads, actor: Actor, swap_id: str, *, other: bool) -> Asked:
        swap = await swap_store.load(work, actor.here, swap_id)
        if swap is None or actor.user_id != (swap.other_id if other else swap.by_id):
            raise Late
        found = await asked(work, swap, self._servers)
        if found is None or swap.ends_at <= self._desk.now:
            raise Late
        return found

    async def _answer(self, work: Work, asked: Asked, answer: str) -> None:
        swap = asked.swap
        data = {"answer": answer, "by": swap.other_id}
        await self._roster.notices.tell(
            work, swap.server_id, "rota_swap_answer", [swap.by_id], f"swap-answer:{swap.id}", data
        )

    @staticmethod
    async def _give(work: Work, server_id: int, slot: Slot, user_id: int) -> None:
        kind, subject, *day = slot.key.split(":")
        if kind == "c":
            await rota_store.give_cover(work, subject, user_id)
        else:
            on = date.fromisoformat(day[0])
            await rota_store.give_date(work, server_id, subject, on, user_id, slot.span.ends_at)


async def asked(reads: Reads, swap: Swap, servers: Servers) -> Asked | None:
    """Return a swap with its two times; None if one of them is not that person's any more."""
    plan = await rota_store.plan(reads, swap.server_id)
    slots = {slot.key: slot for slot in plan.planned(swap.ends_at, swap.ends_at + AHEAD)}
    mine, theirs = slots.get(swap.mine), slots.get(swap.theirs)
    server = await servers.find(reads, swap.server_id)
    if mine is None or theirs is None or server is None:
        return None
    if (mine.user_id, theirs.user_id) != (swap.by_id, swap.other_id):
        return None
    return Asked(swap, mine, theirs, server.zone)


def _refuse_if_away(plan: Plan, mine: Slot, theirs: Slot) -> None:
    """Refuse what would put somebody on duty who is away."""
    if plan.is_away(mine.user_id, theirs.span) or plan.is_away(theirs.user_id, mine.span):
        raise Invalid(text="staff-rota-is-away")
