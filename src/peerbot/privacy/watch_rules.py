"""What is watched of who can read rooms, and which change of it is news. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from peerbot.confidentiality.visibility import Change, Known, change


@dataclass(frozen=True, slots=True)
class Strangers:
    """Who was let into one of our channels and is not of it: roles, which we never let in, and how many people."""

    roles: frozenset[int] = frozenset()
    people: int = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """Who reads: rooms in general, and by channel whoever is not of it. A channel without strangers is left out."""

    known: Known
    rooms: Mapping[int, Strangers] = field(default_factory=dict[int, Strangers])


@dataclass(frozen=True, slots=True)
class News:
    """What is new since the last look: for rooms in general, and the channels that have strangers they had not."""

    change: Change
    rooms: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anybody has to hear of it."""
        return bool(self.change) or bool(self.rooms)


def news(before: Watched, now: Watched) -> News:
    """Return what is new."""
    return News(
        change(before.known, now.known),
        tuple(
            sorted(
                channel
                for channel, each in now.rooms.items()
                if each.roles - before.rooms.get(channel, Strangers()).roles
                or each.people > before.rooms.get(channel, Strangers()).people
            )
        ),
    )
