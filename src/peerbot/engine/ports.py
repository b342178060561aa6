"""Ports: what only the world outside can tell, named for the need. Tests bring fakes for these and for nothing else."""

from collections.abc import Sequence
from typing import Protocol


class SharedServers(Protocol):
    """In which servers a person and the bot both are."""

    async def shared_with(self, user_id: int) -> Sequence[tuple[int, str]]:
        """Return (id, name) of each."""
        ...

    def owner_of(self, server_id: int) -> int | None:
        """Return who owns a server; None while Discord has not said."""
        ...
