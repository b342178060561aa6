"""Whose a concern is to handle: asked anew at every press, whatever message the button was on."""

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, allowed
from peerbot.engine.desk import Work
from peerbot.engine.errors import Late, NotFound
from peerbot.escalation import store
from peerbot.escalation.limits import lead_list
from peerbot.escalation.paging import Paging
from peerbot.escalation.rota import duty_store
from peerbot.escalation.rules import State
from peerbot.escalation.store import Concern
from peerbot.servers.service import Servers


class Theirs:
    """Finds a concern for somebody of the team, or finds none."""

    def __init__(self, servers: Servers, paging: Paging) -> None:
        """Ask `servers` who belongs to the team, and `paging` who facilitates where it was raised."""
        self._servers = servers
        self._paging = paging

    async def load(self, work: Work, actor: Actor, concern_id: str, action: str) -> Concern:
        """Return a concern this person may handle: of the team, or its room's facilitator and paged about it.

        Never the raiser or the one it is about, and nobody once that is forgotten. Authority is the database's at this
        moment: a page may be a direct message, and months old.

        Raises:
            NotFound: for everybody else. Not "not allowed": that would say that there is such a concern.
        """
        concern = await store.load(work, concern_id)
        if concern is None or concern.practice or concern.sealed:
            raise NotFound(text="concern-not-found")
        if actor.user_id in {concern.raiser_id, concern.subject_id}:
            raise NotFound(text="concern-not-found")
        if actor.server_id not in {None, concern.server_id}:
            raise NotFound(text="concern-not-found")
        if concern.on_lead_list and actor.user_id not in await lead_list.readers(work, self._servers, concern):
            raise NotFound(text="concern-not-found")
        parts = await self._servers.parts(work, Actor(actor.user_id, concern.server_id))
        if actor.user_id in await self._paging.facilitators(work, concern) and await duty_store.was_paged(
            work, concern.id, actor.user_id
        ):
            parts.add(Part.FACILITATOR)
        if not allowed(action, parts):
            raise NotFound(text="concern-not-found")
        return concern

    async def still_open(self, work: Work, actor: Actor, concern_id: str, action: str) -> Concern:
        """Return a concern this person may handle that is not closed.

        Raises:
            NotFound: as for `load`.
            Late: if it is closed.
        """
        concern = await self.load(work, actor, concern_id, action)
        if concern.state is State.CLOSED:
            raise Late(text="staff-closed-already", number=concern.number)
        return concern

    async def by_number(self, work: Work, actor: Actor, number: int, action: str) -> Concern:
        """Return the concern of this number in the server where the person is.

        Raises:
            NotFound: as for `load`.
        """
        concern = await store.by_number(work, actor.here, number)
        return await self.load(work, actor, concern.id if concern is not None else "", action)
