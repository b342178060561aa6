"""The record of what staff did, as those see it who answer for the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.desk import Desk
from peerbot.servers import acts_store
from peerbot.servers.acts_store import Act
from peerbot.servers.service import Servers

ON_A_PAGE: Final = 15
NOT_LISTED: Final = frozenset({"concerns-blocked", "block-lifted"})
"""Acts that would tell a lead of a concern that is about them. The list of blocks shows them to whom it may."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some acts, the newest first. `older` names where the next page begins; None on the last one."""

    acts: Sequence[Act]
    older: int | None


class StaffActs:
    """Use cases around the record. It is written by `Servers.acted`, within the use case that did something."""

    def __init__(self, desk: Desk, servers: Servers) -> None:
        """Work at `desk`; `servers` says who somebody is."""
        self._desk = desk
        self._servers = servers

    async def show(self, actor: Actor, before: int | None = None) -> Page:
        """Return a page of what staff did in this server, of what came before the act with a number if one is given.

        Raises:
            NotAllowed: unless the person is a lead of the server or owns it.
            NotSetUp: before /setup.
        """
        reads = self._desk.reads
        require("acts.show", await self._servers.parts(reads, actor))
        await self._servers.load(reads, actor.here)
        found = await acts_store.newest(reads, actor.here, NOT_LISTED, before, ON_A_PAGE + 1)
        return Page(found[:ON_A_PAGE], found[ON_A_PAGE - 1].number if len(found) > ON_A_PAGE else None)
