"""The rules of a server: what it needs before groups may open, and what the bot needs of Discord."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

SMALLEST_TEAM: Final = 3
"""A lead, one more who can sign off, a facilitator (domain.md §4.7: nobody signs off alone)."""

NEEDED: Final[Mapping[str, int]] = {
    "view-channel": 1 << 10,
    "send-messages": 1 << 11,
    "read-history": 1 << 16,
    "manage-channels": 1 << 4,
    "manage-roles": 1 << 28,
    "move-members": 1 << 24,
    "connect": 1 << 20,
    "public-threads": 1 << 35,
    "private-threads": 1 << 36,
    "write-in-threads": 1 << 38,
}
"""Discord's permission bits the bot works with; each has a text that says why (`permission-…`)."""
ADMINISTRATOR: Final = 1 << 3

INVITED_WITH: Final = sum(NEEDED.values())
"""The permissions number of the invite link in the README."""


STAFF_CHANNELS: Final[Mapping[str, tuple[str, ...]]] = {
    "moderators": ("lead", "deputy", "moderator"),
    "facilitators": ("lead", "deputy", "moderator", "coordinator", "facilitator"),
}
"""Which parts read which staff channel."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server as it was set up. `country` is an ISO code, or `*` for none; `zone` an IANA name."""

    id: int
    country: str
    zone: str
    category_id: int | None
    moderators_channel_id: int | None
    facilitators_channel_id: int | None
    make_staff_channels: bool
    """Whether the bot is to make the staff channels that are not there yet."""


@dataclass(frozen=True, slots=True)
class Teammate:
    """One part one person has in the team."""

    user_id: int
    part: str


@dataclass(frozen=True, slots=True)
class State:
    """How far a server is."""

    server: Server | None
    team: Sequence[Teammate]
    lacking: tuple[str, ...]
    missing_permissions: tuple[str, ...]


def places_to_make(server: Server) -> tuple[str, ...]:
    """Return which places the bot has yet to make, the category first: the staff channels go into it."""
    if server.category_id is None:
        return ("category",)
    if not server.make_staff_channels:
        return ()
    channels = {"moderators": server.moderators_channel_id, "facilitators": server.facilitators_channel_id}
    return tuple(which for which, channel_id in channels.items() if channel_id is None)


def people(team: Iterable[Teammate], *parts: str) -> tuple[int, ...]:
    """Return the ids of everybody with one of these parts, each once, in a stable order."""
    return tuple(sorted({mate.user_id for mate in team if mate.part in parts}))


def lacking(team: Iterable[Teammate]) -> tuple[str, ...]:
    """Return what the smallest team still lacks: `lead`, `second`, `facilitator`, or nothing.

    Three different people, because two must be able to agree while the third is in the room.
    """
    team = tuple(team)
    leads = set(people(team, "lead"))
    seconds = set(people(team, "deputy", "moderator", "lead"))
    facilitators = set(people(team, "facilitator"))
    for lead in leads:
        for second in seconds - {lead}:
            if facilitators - {lead, second}:
                return ()
    wanted = {"lead": bool(leads), "second": bool(len(seconds) > 1), "facilitator": False}
    return tuple(name for name, there in wanted.items() if not there)


def missing_permissions(has: int) -> tuple[str, ...]:
    """Return the names of permissions the bot lacks, from its permission bits."""
    if has & ADMINISTRATOR:
        return ()
    return tuple(name for name, bit in NEEDED.items() if not has & bit)
