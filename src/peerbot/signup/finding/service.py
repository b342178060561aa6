"""Looking for a group: the list of a server as somebody may see it, and the few groups of one page of it."""

from collections.abc import Awaitable, Callable, Collection, Sequence

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.desk import Desk
from peerbot.engine.errors import NotSetUp
from peerbot.servers.service import Servers
from peerbot.signup import store as signup_store
from peerbot.signup import taking
from peerbot.signup.finding import store
from peerbot.signup.finding.rules import EVERYTHING, Found, Glimpse, Looking, search
from peerbot.signup.finding.store import Listed
from peerbot.signup.rules import View, open_places
from peerbot.signup.waitlist import store as waitlist_store
from peerbot.signup.writing.service import Writing

Views = Callable[[int, int, Collection[str]], Awaitable[Sequence[View]]]
"""Returns groups of a server as a person stands to them: server, person, ids."""


class Finding:
    """What the panel and `/group find` need. Of a long list only what a page shows is read whole."""

    def __init__(self, desk: Desk, servers: Servers, writing: Writing, views: Views) -> None:
        """Look at `desk`."""
        self._desk = desk
        self._servers = servers
        self._writing = writing
        self._views = views

    async def find(self, actor: Actor, at: Looking = EVERYTHING) -> Found:
        """Return a page of the groups the person may see, by name; in writing first, for who would rather write.

        Raises:
            NotSetUp: while groups are not open on the server.
        """
        require("group.find", await self._servers.parts(self._desk.reads, actor))
        if not await self._servers.open_for_groups(self._desk.reads, actor.here):
            raise NotSetUp
        found = search(await self._there(actor), at)
        views = {view.group.id: view for view in await self._views(actor.here, actor.user_id, found.ids)}
        return Found(found, tuple(views[each] for each in found.ids if each in views))

    async def to_join(self, actor: Actor) -> Sequence[Glimpse]:
        """Return the groups of the list that the person has nothing to do with yet; none while they are not open."""
        if not await self._servers.open_for_groups(self._desk.reads, actor.here):
            return []
        return [group for group in await self._there(actor) if not group.mine]

    async def _there(self, actor: Actor) -> Sequence[Glimpse]:
        reads, now, where = self._desk.reads, self._desk.now, (actor.here, actor.user_id)
        own = await signup_store.seated_in(reads, *where) | await signup_store.facilitated_by(reads, *where)
        own |= await waitlist_store.waited_for(reads, *where)
        there = [each for each in await store.listed(reads, actor.here) if each.id in own or taking.listed(each, now)]
        full = await self._kept_for_others(actor.here, there)
        groups = [
            Glimpse(
                each.id,
                each.name,
                each.medium,
                each.language,
                each.kind,
                each.free > 0 and each.id not in full and taking.takes_people(each, now),
                each.id in own,
            )
            for each in there
        ]
        return await self._writing.in_order(reads, *where, groups)

    async def _kept_for_others(self, server_id: int, groups: Sequence[Listed]) -> Collection[str]:
        """Return the groups whose free seats are all owed to somebody who waits."""
        asked = [each.id for each in groups if each.free and each.queued]
        if not asked:
            return ()
        queues = await waitlist_store.queues(self._desk.reads, server_id, asked)
        return {each for each in asked if not open_places(queues[each])}
