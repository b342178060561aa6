"""What coordinators add to the agreement of a group, and to the limits of a server."""

from collections.abc import Sequence
from dataclasses import dataclass

from peerbot.confidentiality import clauses
from peerbot.confidentiality.clauses import Changed
from peerbot.confidentiality.rules import Terms, Wording
from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import NotFound
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.rules import Group

SERVER = "server"
"""In place of a group's id: the limits of the server itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What people read: of a group, or with none of the whole server."""

    group: Group | None
    terms: Terms


@dataclass(frozen=True, slots=True)
class Change:
    """A change proposed or done, and the group it is about, if it is about one."""

    group: Group | None
    changed: Changed


class Clauses:
    """Use cases of a coordinator who changes added lines. Each is shown first, and can be undone.

    All of them raise NotAllowed unless the person is a coordinator or administrator, NotSetUp before /setup, and
    NotFound for a group or change that is not of this server.
    """

    def __init__(self, desk: Desk, servers: Servers, confidentiality: Confidentiality) -> None:
        """Work at `desk`."""
        self._desk = desk
        self._servers = servers
        self._confidentiality = confidentiality

    async def show(self, actor: Actor, which: str) -> Shown:
        """Return what people now read; `which` is a group's id or `SERVER`."""
        reads = self._desk.reads
        group = await self._group(reads, actor, which)
        return Shown(group, await self._confidentiality.terms(reads, actor.here, group.id if group else ""))

    async def propose(self, actor: Actor, which: str, typed: Sequence[str]) -> Change:
        """Keep lines as a proposal, and return what people would read. Nothing has changed yet.

        Raises:
            Invalid: if the lines cannot be used, or hold already.
        """
        async with self._desk.transaction(quiet=True) as work:
            group = await self._group(work, actor, which)
            lines = clauses.checked(typed)
            return Change(group, await clauses.propose(work, actor.here, group.id if group else "", lines))

    async def confirm(self, actor: Actor, wording_id: str) -> Change:
        """Let a proposal hold from now on.

        Raises:
            Late: if somebody else has changed the lines since.
        """
        async with self._desk.transaction() as work:
            group, wording = await self._wording(work, actor, wording_id)
            return await self._done(work, actor, Change(group, await clauses.confirm(work, wording)))

    async def undo(self, actor: Actor, wording_id: str) -> Change:
        """Let the lines hold again that held before.

        Raises:
            Late: if somebody else has changed the lines since.
        """
        async with self._desk.transaction() as work:
            group, wording = await self._wording(work, actor, wording_id)
            return await self._done(work, actor, Change(group, await clauses.take_back(work, wording)))

    async def _wording(self, work: Work, actor: Actor, wording_id: str) -> tuple[Group | None, Wording]:
        await self._group(work, actor, SERVER)
        wording = await clauses.wording(work, wording_id)
        if wording is None or wording.server_id != actor.here:
            raise NotFound
        return await self._group(work, actor, wording.group_id or SERVER), wording

    async def _done(self, work: Work, actor: Actor, change: Change) -> Change:
        """Tell the pillars above who need no longer be asked: in a room that is there they can write again at once."""
        here = change.changed.wording.server_id
        for group_id, user_id in sorted(change.changed.effect.settled):
            await work.record("agreement.settled", server=here, group=group_id, user=user_id)
        if change.changed.new:
            await self._servers.acted(work, actor, "texts-changed")
        return change

    async def _group(self, reads: Reads, actor: Actor, which: str) -> Group | None:
        require("texts.change", await self._servers.parts(reads, actor))
        await self._servers.load(reads, actor.here)
        if which == SERVER:
            return None
        group = await store.group(reads, which)
        if group is None or group.server_id != actor.here or group.state == "archived":
            raise NotFound
        return group
