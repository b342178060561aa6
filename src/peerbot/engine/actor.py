"""Who is asking: built at the edge from what Discord says of a person, judged inside the transaction."""

from dataclasses import dataclass, field
from typing import Final

from peerbot.engine.errors import NeedsServer

FORGOTTEN: Final = 0
"""Stands where somebody was who asked to be deleted, or left: nobody has this id."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at the moment they press or type something.

    `server_id` is None in a direct message. `manages_server` is Discord's own Manage Server (or Administrator)
    permission as sent with this very interaction, so it is never out of date.
    """

    user_id: int
    server_id: int | None
    manages_server: bool = False
    moderates_members: bool = False
    owns_server: bool = False
    role_ids: frozenset[int] = field(default_factory=frozenset[int])

    @property
    def here(self) -> int:
        """The server's id.

        Raises:
            NeedsServer: in a direct message.
        """
        if self.server_id is None:
            raise NeedsServer
        return self.server_id
