"""What a deletion takes and what it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peerbot.engine.retention import Kept

_OPEN_CONCERN: Final = "kept-concern-open"
_OUTLASTS: Final = frozenset({_OPEN_CONCERN, "kept-acceptance-ended", "kept-block", "kept-counted"})
"""What stays: somebody is to be looked after, and what is kept by a keyed hash alone."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """What is to be deleted of somebody, or was.

    Attributes:
        here: How many things in the server where it was asked for; None in a direct message.
        elsewhere: How many things in other servers, by how many servers.
        stays: How many messages to a team are open, of those that would be touched.
        staff: Whether they are in a team, of those that would be touched.
    """

    here: int | None
    elsewhere: int
    servers: int
    stays: int
    staff: bool

    @property
    def nothing(self) -> bool:
        """Whether nothing is kept that could be deleted."""
        return not self.here and not self.elsewhere


def deletion(kept: Sequence[Kept], here: int | None) -> Deletion:
    """Return what a deletion takes of what is kept of somebody, asked for in the server `here`, and what it leaves."""
    goes = [each for each in kept if each.item not in _OUTLASTS]
    elsewhere = [each for each in goes if here is None or each.server_id not in {here, None}]
    return Deletion(
        here=len(goes) - len(elsewhere) if here is not None else None,
        elsewhere=len(elsewhere),
        servers=len({each.server_id for each in elsewhere} - {None}),
        stays=sum(each.item == _OPEN_CONCERN for each in kept),
        staff=any(each.item == "kept-team" for each in goes),
    )
