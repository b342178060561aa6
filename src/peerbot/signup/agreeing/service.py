"""What people agree to: reading it, agreeing again to what has changed, and no longer agreeing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.confidentiality.rules import Difference, Terms, Version, differences
from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk
from peerbot.engine.errors import NotFound
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.rules import Group
from peerbot.signup.waitlist import store as waitlist_store


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody reads: what holds for the server, and for each group they have to do with.

    `built_in` says that it is the built-in text alone: in a direct message there is no server to look at.
    """

    terms: Terms
    groups: Sequence[tuple[Group, Terms]]
    built_in: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked to agree to for one group. Without `changes` they have agreed to all of it."""

    group: Group
    terms: Terms
    changes: Sequence[Difference]


class Agreeing:
    """Use cases around what people agree to."""

    def __init__(self, desk: Desk, servers: Servers, confidentiality: Confidentiality) -> None:
        """Work at `desk`."""
        self._desk = desk
        self._servers = servers
        self._confidentiality = confidentiality

    async def terms(self, group: Group) -> Terms:
        """Return what people agree to for a group now."""
        return await self._confidentiality.terms(self._desk.reads, group.server_id, group.id)

    async def read(self, actor: Actor) -> Reading:
        """Return the texts that hold here, with what the person's own groups add. In a direct message: the built-in."""
        reads = self._desk.reads
        require("agreement.read", await self._servers.parts(reads, actor))
        terms = await self._confidentiality.terms(reads, actor.server_id or 0)
        if actor.server_id is None:
            return Reading(terms, [], built_in=True)
        ids = await store.seated_in(reads, actor.server_id, actor.user_id)
        ids |= await store.facilitated_by(reads, actor.server_id, actor.user_id)
        ids |= await waitlist_store.waited_for(reads, actor.server_id, actor.user_id)
        own = await store.groups(reads, actor.server_id, ids)
        return Reading(terms, [(group, await self.terms(group)) for group in own])

    async def still_to_agree(
        self, reads: Reads, server_id: int, group_id: str, at: datetime | None = None
    ) -> frozenset[int]:
        """Return which members have not agreed to what holds for a group now or, with `at`, what held then or since."""
        agreeing = await self._confidentiality.agreeing(reads, server_id, group_id, at)
        return frozenset(await store.members(reads, group_id)) - agreeing

    async def asked(self, actor: Actor) -> Sequence[Asked]:
        """Return what the person is asked to agree to again, for each group they have a seat in."""
        reads = self._desk.reads
        require("agreement.read", await self._servers.parts(reads, actor))
        seated = await store.seated_in(reads, actor.here, actor.user_id)
        groups = await store.groups(reads, actor.here, seated)
        asked = [await self._asked(reads, group, actor.user_id) for group in groups]
        return [each for each in asked if each.changes]

    async def asked_in(self, actor: Actor, group_id: str) -> Sequence[Asked]:
        """Return what the person is asked to agree to again for one group; nothing if they have no seat in it."""
        reads = self._desk.reads
        require("agreement.read", await self._servers.parts(reads, actor))
        group = await store.group(reads, group_id)
        asked = [] if group is None else [await self._asked(reads, group, actor.user_id)]
        return [each for each in asked if each.changes]

    async def asked_for(self, actor: Actor, group_id: str) -> Asked:
        """Return what the person is asked to agree to again for one group.

        Raises:
            NotFound: for somebody who has nothing to do with it.
        """
        return await self._asked(self._desk.reads, await self._own(self._desk.reads, actor, group_id), actor.user_id)

    async def agree(self, actor: Actor, group_id: str, shown: str) -> Asked:
        """Keep that the person agrees to what holds now, if `shown` is its version; else nothing is kept.

        Returns what they are still asked to agree to: with changes, if the text has changed once more since they
        read it.

        Raises:
            NotFound: for somebody who has nothing to do with the group.
            NotAllowed: for a facilitator, who holds no seat.
        """
        async with self._desk.transaction() as work:
            group = await self._own(work, actor, group_id)
            seated = actor.user_id in await store.members(work, group.id)
            require("agreement.accept", {Part.MEMBER} if seated else set())
            if str(await self._version(work, group)) == shown and await self._confidentiality.accept(
                work, group.server_id, group.id, actor.user_id
            ):
                await work.record("agreement.settled", server=group.server_id, group=group.id, user=actor.user_id)
            return await self._asked(work, group, actor.user_id)

    async def own(self, actor: Actor, group_id: str) -> Group:
        """Return a group the person has a seat in or waits for: one they can leave.

        Raises:
            NotFound: if they do neither.
        """
        reads = self._desk.reads
        require("group.leave", await self._servers.parts(reads, actor))
        ids = await store.seated_in(reads, actor.here, actor.user_id)
        ids |= await waitlist_store.waited_for(reads, actor.here, actor.user_id)
        group = await store.group(reads, group_id) if group_id in ids else None
        if group is None:
            raise NotFound
        return group

    async def _version(self, reads: Reads, group: Group) -> Version:
        return (await self._confidentiality.terms(reads, group.server_id, group.id)).version

    async def _own(self, reads: Reads, actor: Actor, group_id: str) -> Group:
        require("agreement.read", await self._servers.parts(reads, actor))
        group = await store.group(reads, group_id)
        people = (
            () if group is None else (*await store.members(reads, group.id), *await store.facilitators(reads, group.id))
        )
        if group is None or actor.server_id not in {None, group.server_id} or actor.user_id not in people:
            raise NotFound
        return group

    async def _asked(self, reads: Reads, group: Group, user_id: int) -> Asked:
        terms = await self._confidentiality.terms(reads, group.server_id, group.id)
        if user_id not in await store.members(reads, group.id):
            return Asked(group, terms, [])
        accepted = await self._confidentiality.accepted(reads, group.server_id, group.id, user_id)
        return Asked(group, terms, differences(accepted, terms))
