"""Two people who are not to share a group. Coordinators alone know; everybody else sees the same as ever."""

from collections.abc import Sequence
from dataclasses import dataclass

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk
from peerbot.engine.errors import Invalid
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.confirming import store as confirm_store
from peerbot.signup.confirming.service import Confirming
from peerbot.signup.confirming.store import Pair
from peerbot.signup.rules import Group

ACT = "keep-apart-changed"


@dataclass(frozen=True, slots=True)
class Apart:
    """A pair, or one that is about to be.

    Attributes:
        shared: The groups with which both have to do already.
        turns_on: Whether a coordinator confirms each seat from then on, and did not before.
        waiting: How many people wait for a seat on this server.
        known: Whether the pair is kept.
    """

    pair: Pair
    shared: tuple[Group, ...]
    turns_on: bool
    waiting: int
    known: bool


class KeepApart:
    """Use cases of a coordinator who keeps people apart."""

    def __init__(self, desk: Desk, servers: Servers, confirming: Confirming) -> None:
        """Work at `desk`; with a pair, `confirming` is on."""
        self._desk = desk
        self._servers = servers
        self._confirming = confirming

    async def show(self, actor: Actor) -> Sequence[Pair]:
        """Return every pair of the server.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
        """
        require("keep-apart.change", await self._servers.parts(self._desk.reads, actor))
        return await confirm_store.pairs(self._desk.reads, actor.here)

    async def propose(self, actor: Actor, one_id: int, other_id: int) -> Apart:
        """Return what keeping two people apart would touch. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
            Invalid: for one and the same person.
        """
        require("keep-apart.change", await self._servers.parts(self._desk.reads, actor))
        return await self._apart(self._desk.reads, actor, _pair(one_id, other_id))

    async def add(self, actor: Actor, one_id: int, other_id: int) -> Apart:
        """Keep two people apart. The first pair lets a coordinator confirm each seat. Twice changes nothing.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
            Invalid: for one and the same person.
        """
        async with self._desk.transaction() as work:
            require("keep-apart.change", await self._servers.parts(work, actor))
            apart = await self._apart(work, actor, _pair(one_id, other_id))
            if await confirm_store.add_pair(work, actor.here, apart.pair, work.now):
                await self._confirming.set(work, actor.here, on=True)
                await self._servers.acted(work, actor, ACT)
            return apart

    async def remove(self, actor: Actor, one_id: int, other_id: int, *, turn_off: bool = False) -> bool:
        """Keep two people apart no longer. Returns False if they were not.

        `turn_off`: it undoes what had turned on that each seat is confirmed; that ends too, if no other pair is left.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
            Invalid: for one and the same person.
        """
        async with self._desk.transaction() as work:
            require("keep-apart.change", await self._servers.parts(work, actor))
            dropped = await confirm_store.drop_pair(work, actor.here, _pair(one_id, other_id))
            if dropped:
                await self._servers.acted(work, actor, ACT)
                if turn_off and not await confirm_store.pairs(work, actor.here):
                    await self._confirming.set(work, actor.here, on=False)
            return dropped

    async def _apart(self, reads: Reads, actor: Actor, pair: Pair) -> Apart:
        switch = await self._confirming.switch_of(reads, actor.here)
        one, other = [await confirm_store.has_to_do_with(reads, actor.here, each) for each in pair]
        shared = tuple(await store.groups(reads, actor.here, one & other))
        known = pair in await confirm_store.pairs(reads, actor.here)
        return Apart(pair, shared, not switch.on, switch.waiting, known)


def _pair(one_id: int, other_id: int) -> Pair:
    if one_id == other_id:
        raise Invalid(text="staff-apart-same")
    return min(one_id, other_id), max(one_id, other_id)
