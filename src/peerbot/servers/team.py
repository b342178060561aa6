"""Who is in a server's team, and the end of a part in it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid
from peerbot.servers import rules, store
from peerbot.servers.rules import Teammate
from peerbot.servers.service import Servers

ACT: Final = "team-changed"
Holds = Callable[[Reads, int, int, str], Awaitable[int]]
"""Server, person, part → for how many groups the person is needed in that part."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A part taken from somebody, or about to be.

    Attributes:
        closes: Whether groups close to newcomers by it.
        done: Whether it has been done.
        had: Whether the person had that part.
    """

    user_id: int
    part: str
    closes: bool
    done: bool
    had: bool = True


class Team:
    """Use cases of whoever may change the team."""

    def __init__(self, desk: Desk, servers: Servers) -> None:
        """Work at `desk` for `servers`."""
        self._desk = desk
        self._servers = servers
        self._holds: list[Holds] = []

    def needed(self, holds: Holds) -> None:
        """Let a higher pillar say that somebody's part is still needed. Called once, at composition."""
        self._holds.append(holds)

    async def show(self, actor: Actor) -> Sequence[Teammate]:
        """Return every part of everybody in the team.

        Raises:
            NotAllowed: unless the person is a coordinator, a lead or an administrator.
            NotSetUp: before /setup.
        """
        reads = self._desk.reads
        require("team.show", await self._servers.parts(reads, actor))
        await self._servers.load(reads, actor.here)
        return await store.team(reads, actor.here)

    async def remove(self, actor: Actor, user_id: int, part: str, *, sure: bool) -> Removal:
        """Take a part away, and the staff channels that went with it. Asks first, unless `sure`, if groups then close.

        Raises:
            NotAllowed: unless the person manages the server or is its lead.
            NotSetUp: before /setup.
            Invalid: for the last lead, for a facilitator who still holds a group, and for no part at all.
        """
        async with self._desk.transaction() as work:
            require("team.change", await self._servers.parts(work, actor))
            if part not in rules.PARTS:
                raise Invalid
            server = await self._servers.load(work, actor.here)
            team = await store.team(work, server.id)
            if Teammate(user_id, part) not in team:
                return Removal(user_id, part, closes=False, done=True, had=False)
            await self._refuse_if_needed(work, team, server.id, user_id, part)
            left = rules.without(team, user_id, part)
            closes = bool(rules.lacking(left, server)) and not rules.lacking(team, server)
            if closes and not sure:
                return Removal(user_id, part, closes=True, done=False)
            await self._servers.take_part(work, server.id, user_id, part)
            await self._servers.acted(work, actor, ACT)
            return Removal(user_id, part, closes, done=True)

    async def _refuse_if_needed(
        self, work: Work, team: Sequence[Teammate], server_id: int, user_id: int, part: str
    ) -> None:
        if part == "lead" and rules.last_of(team, user_id, part):
            raise Invalid(text="team-last-lead")
        groups = sum([await holds(work, server_id, user_id, part) for holds in self._holds])
        if groups:
            raise Invalid(text="team-holds-groups", groups=groups)
