"""What meetings have to know from above and outside: handed in at composition, because those stand higher."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from peerbot.engine.database import Reads
from peerbot.engine.ports import MOST_IN_CATEGORY, GuildView


class SecondLine(Protocol):
    """Whether somebody beyond a room can be reached: what *escalation* knows."""

    async def __call__(self, reads: Reads, server_id: int, at: datetime, without: Collection[int]) -> bool:
        """Return whether a lead or deputy other than the people `without` can be paged at an instant."""
        ...


@dataclass(frozen=True, slots=True)
class Tie:
    """An urgent concern, or several, that a room is tied to.

    Attributes:
        people: Who may decide that the room is kept: leads, deputies and the moderators involved, none of them the
            raiser or the person it is about.
        discreet: Whether somebody who reads the moderators' channel is not to learn of it.
    """

    people: tuple[int, ...]
    discreet: bool = False


class UrgentInRoom(Protocol):
    """Whether an urgent concern is tied to a room: what *escalation* knows."""

    async def __call__(self, reads: Reads, channel_id: int) -> Tie | None:
        """Return what ties the room that a channel is; None if no concern from it is urgent and open."""
        ...


async def _calm(reads: Reads, channel_id: int) -> Tie | None:
    _ = reads, channel_id
    return None


async def _reachable(reads: Reads, server_id: int, at: datetime, without: Collection[int]) -> bool:
    _ = reads, server_id, at, without
    return True


class OpenConcern(Protocol):
    """Whether somebody has to do with a concern that is open: what *escalation* knows."""

    async def __call__(self, reads: Reads, server_id: int, user_id: int) -> bool:
        """Return whether one that they raised, or that is about them, is not closed."""
        ...


async def _none_open(reads: Reads, server_id: int, user_id: int) -> bool:
    _ = reads, server_id, user_id
    return False


class IsOurs(Protocol):
    """Whether the bot wrote a message: what Discord tells when asked, so never inside a transaction."""

    async def __call__(self, channel_id: int, message_id: int) -> bool:
        """Return whether it did; False also where that cannot be found out soon."""
        ...


async def _somebody_elses(channel_id: int, message_id: int) -> bool:
    _ = channel_id, message_id
    return False


class NothingMissing:
    """A server in which the bot may do everything it needs."""

    def missing_permissions(self, server_id: int, channel_id: int | None) -> tuple[str, ...]:
        """Return that nothing is missing."""
        _ = server_id, channel_id
        return ()

    def places_left(self, server_id: int, category_id: int) -> int:
        """Return that a category is empty."""
        _ = server_id, category_id
        return MOST_IN_CATEGORY


@dataclass(frozen=True, slots=True)
class Around:
    """The surroundings of meetings. By default all is well there; the program hands in what is so."""

    second_line: SecondLine = _reachable
    urgent_in_room: UrgentInRoom = _calm
    guild: GuildView = field(default_factory=NothingMissing)
    has_open_concern: OpenConcern = _none_open
    is_ours: IsOurs = _somebody_elses
