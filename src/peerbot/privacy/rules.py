"""What a deletion takes and what it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Mark:
    """That somebody was deleted from a server, or with `who` empty the server as a whole.

    `who` is a keyed hash, and `key` what it was made with.
    """

    at: datetime
    server_id: int
    who: str
    key: bytes


def to_replay(kept: Sequence[Mark], found: Sequence[Mark], latest: datetime | None) -> Sequence[Mark]:
    """Return which of the marks found in other files a restored file does not know of, the oldest first.

    `kept` are its own, `latest` is the last instant of which it knows anything: what was deleted before that, and came
    back since, is there with good reason.
    """
    known = {(mark.at, mark.server_id, mark.who) for mark in kept}
    new = {mark for mark in found if (mark.at, mark.server_id, mark.who) not in known}
    since = [mark for mark in new if latest is None or mark.at >= latest]
    return sorted(since, key=lambda mark: (mark.at, mark.server_id, mark.who))
