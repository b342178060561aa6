"""Ports: what only the world outside can tell, named for the need. Tests bring fakes for these and for nothing else."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, Protocol

MOST_IN_CATEGORY: Final = 50
"""Channels (discord-api-docs, resources/channel.mdx, "parent_id")."""


class SharedServers(Protocol):
    """In which servers a person and the bot both are."""

    async def shared_with(self, user_id: int) -> Sequence[tuple[int, str]]:
        """Return (id, name) of each."""
        ...

    def owner_of(self, server_id: int) -> int | None:
        """Return who owns a server; None while Discord has not said."""
        ...


class Alerts(Protocol):
    """Who is alerted outside Discord: what the operator has written down on the host."""

    def ways_of(self, user_id: int) -> int:
        """Return by how many addresses a person is alerted; 0 for nobody's business but Discord's."""
        ...

    def people(self) -> frozenset[int]:
        """Return everybody who has one."""
        ...


class NoAlerts:
    """Nobody is alerted outside Discord."""

    def ways_of(self, user_id: int) -> int:
        """Return that there is none."""
        _ = user_id
        return 0

    def people(self) -> frozenset[int]:
        """Return nobody."""
        return frozenset()


class Channels(Protocol):
    """What Discord has told of a channel by itself."""

    def state_of(self, server_id: int, channel_id: int) -> str:
        """Return `there`, `gone`, `hidden` (the bot may not see it) or `mute` (it may not write). Not known: `there`.

        Asked of memory, so that it may be asked inside a transaction.
        """
        ...


class AllThere:
    """Every channel is there."""

    def state_of(self, server_id: int, channel_id: int) -> str:
        """Return that it is there."""
        _ = server_id, channel_id
        return "there"


class GuildView(Protocol):
    """What Discord has told of a server by itself: read from memory, so that it may be asked inside a transaction."""

    def missing_permissions(self, server_id: int, channel_id: int | None) -> tuple[str, ...]:
        """Return what the bot may not do in a channel or category (None: in the server), by names of `servers.rules`.

        A channel that Discord keeps from us is one we may not view, never one that was deleted. What is not known is
        not missing.
        """
        ...

    def places_left(self, server_id: int, category_id: int) -> int:
        """Return how many more channels a category takes: all of 50 where nothing is known, none if it is gone."""
        ...


class CommandsSeen(Protocol):
    """Which commands people of the team see: Discord lets a server change that."""

    async def unseen(
        self, server_id: int, wanted: Mapping[int, Collection[str]]
    ) -> Mapping[int, tuple[str, ...]] | None:
        """Return which of the commands that they need people do not see; None if Discord does not say in time."""
        ...
