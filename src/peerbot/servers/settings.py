"""What was answered in `/setup`, and what else belongs to a server, changed one thing at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.desk import Desk
from peerbot.engine.errors import Invalid
from peerbot.engine.texts import say
from peerbot.engine.words import clean
from peerbot.engine.zones import UnknownZone, find_zone
from peerbot.servers import rules, store
from peerbot.servers.rules import Server
from peerbot.servers.service import SETTINGS_CHANGED, Servers

ACT: Final = "server-changed"
_MOST_IN_COUNTRY: Final = 6
"""Two letters, or with a part of the country, such as GB-NIR."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A server before and after one thing was changed, and what it now lacks before groups open to members."""

    field: str
    before: Server
    after: Server
    lacking: tuple[str, ...]


class Settings:
    """Use cases of a coordinator or administrator who changes a server."""

    def __init__(self, desk: Desk, servers: Servers) -> None:
        """Work at `desk` for `servers`."""
        self._desk = desk
        self._servers = servers

    async def show(self, actor: Actor) -> Server:
        """Return the server as it is.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
        """
        require("server.change", await self._servers.parts(self._desk.reads, actor))
        return await self._servers.load(self._desk.reads, actor.here)

    async def may_choose_channels(self, actor: Actor) -> None:
        """Do nothing if the person may say which the staff channels are: asked before they choose, and again then.

        Raises:
            NotAllowed: unless the person manages the server.
            NotSetUp: before /setup.
        """
        require("server.setup", await self._servers.parts(self._desk.reads, actor))
        await self._servers.load(self._desk.reads, actor.here)

    async def change(self, actor: Actor, field: str, typed: Sequence[str]) -> Changed:
        """Change one thing: `country`, `zone`, `ages` (two values), `contact` or `outside`, as it was typed or chosen.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
            Invalid: if what was typed cannot be used.
        """
        async with self._desk.transaction() as work:
            require("server.change", await self._servers.parts(work, actor))
            before = await self._servers.load(work, actor.here)
            after = read(before, field, typed)
            await store.change(work, after)
            if after != before:
                await self._servers.acted(work, actor, ACT)
                await work.record(SETTINGS_CHANGED, server=actor.here)
            lacking = rules.lacking(await store.team(work, actor.here), after)
        await self._servers.remember_countries()
        return Changed(field, before, after, lacking)


def read(server: Server, field: str, typed: Sequence[str]) -> Server:
    """Return the server with one thing changed to what was typed.

    Raises:
        Invalid: if it cannot be used.
    """
    how = _READERS.get(field)
    if how is None or not typed:
        raise Invalid
    return how(server, typed)


def _country(server: Server, typed: Sequence[str]) -> Server:
    return replace(server, country=clean(typed[0], field=say("setup-country"), most=_MOST_IN_COUNTRY))


def _zone(server: Server, typed: Sequence[str]) -> Server:
    try:
        return replace(server, zone=find_zone(typed[0]))
    except UnknownZone as error:
        raise Invalid(text="setup-unknown-zone") from error


def _ages(server: Server, typed: Sequence[str]) -> Server:
    ages = rules.read_ages(typed[0], typed[1] if len(typed) > 1 else "")
    if ages is None:
        raise Invalid(text="staff-server-ages-unclear", youngest=rules.YOUNGEST, oldest=rules.OLDEST)
    return replace(server, ages=ages)


def _contact(server: Server, typed: Sequence[str]) -> Server:
    if not typed[0].strip():
        return replace(server, contact="")
    return replace(server, contact=clean(typed[0], field=say("staff-server-contact"), most=rules.MOST_IN_CONTACT))


def _outside(server: Server, typed: Sequence[str]) -> Server:
    if not typed[0].strip():
        return replace(server, outside="")
    return replace(server, outside=clean(typed[0], field=say("staff-server-outside"), most=rules.MOST_IN_CONTACT))


_READERS: Final[Mapping[str, Callable[[Server, Sequence[str]], Server]]] = {
    "country": _country,
    "zone": _zone,
    "ages": _ages,
    "contact": _contact,
    "outside": _outside,
}
