"""A person's choices: messages, the kind note after meetings missed, writing instead of speaking, and their zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, require
from peerbot.engine.desk import Desk
from peerbot.engine.errors import NotFound
from peerbot.engine.ports import SharedServers
from peerbot.meetings.service import Meetings
from peerbot.servers.service import Servers
from peerbot.signup.rules import Reminders
from peerbot.signup.service import Signup

MOST_SHOWN: Final = 5
"""Servers in one answer to a direct message."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody chose in one server. `name` is the server's, in a direct message; `zone` is empty for none."""

    server_id: int
    name: str
    reminders: Reminders
    notes: bool
    writing: bool
    zone: str


class Choosing:
    """Use cases of /my-data settings: for everybody, about themselves."""

    def __init__(self, desk: Desk, servers: Servers, signup: Signup, meetings: Meetings, shared: SharedServers) -> None:
        """Ask `signup` and `meetings` for what they keep, and `shared` which servers a person and the bot share."""
        self._desk = desk
        self._servers = servers
        self._signup = signup
        self._meetings = meetings
        self._shared = shared

    async def show(self, actor: Actor) -> Sequence[Wishes]:
        """Return what the person chose here; in a direct message, in the servers they share with the bot."""
        require("my-data.show", {Part.EVERYBODY})
        if actor.server_id is not None:
            return [await self._of(actor.server_id, "", actor.user_id)]
        shared = await self._shared.shared_with(actor.user_id)
        return [await self._of(server_id, name, actor.user_id) for server_id, name in shared[:MOST_SHOWN]]

    async def change(self, actor: Actor, server_id: int, what: str, *, on: bool) -> Wishes:
        """Keep a choice: `reminders`, `notes`, `writing`, or `zone`, which can only be forgotten. Twice is once.

        Raises:
            NotFound: for a server other than the one they are in, unless it is asked in a direct message.
            NotSetUp: before /setup.
        """
        require("my-data.show", {Part.EVERYBODY})
        if actor.server_id not in {None, server_id}:
            raise NotFound
        async with self._desk.transaction() as work:
            await self._servers.load(work, server_id)
            if what == "reminders":
                await self._signup.choose_reminders(work, server_id, actor.user_id, allowed=on)
            elif what == "notes":
                await self._meetings.missed.choose(work, server_id, actor.user_id, notes=on)
            elif what == "writing":
                await self._signup.writing.choose(work, server_id, actor.user_id, writes=on)
            else:
                await self._meetings.planner.forget_zone(work, server_id, actor.user_id)
        return await self._of(server_id, "", actor.user_id)

    async def _of(self, server_id: int, name: str, user_id: int) -> Wishes:
        reads = self._desk.reads
        return Wishes(
            server_id,
            name,
            await self._reminders(server_id, user_id),
            await self._meetings.missed.wanted(reads, server_id, user_id),
            await self._signup.writing.wanted(reads, server_id, user_id),
            await self._meetings.planner.own_zone(reads, server_id, user_id),
        )

    async def _reminders(self, server_id: int, user_id: int) -> Reminders:
        reads = self._desk.reads
        if await self._signup.closed(reads, server_id, user_id):
            return "closed"
        return "on" if await self._signup.may_remind(reads, server_id, user_id) else "off"
