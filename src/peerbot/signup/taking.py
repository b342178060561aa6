"""Whether a group takes people: asked of a group, and of each line of a long list."""

from datetime import datetime
from typing import Protocol


class Takes(Protocol):
    """What of a group says whether it takes people; as `Group` has it."""

    @property
    def state(self) -> str:
        """Whether it is open, paused or archived."""
        ...

    @property
    def kind(self) -> str:
        """Whether it is open, closed or for dropping in."""
        ...

    @property
    def private(self) -> bool:
        """Whether nobody finds it."""
        ...

    @property
    def ends_at(self) -> datetime | None:
        """When an announced end takes effect."""
        ...

    @property
    def cycle_from(self) -> datetime | None:
        """When a closed group's cycle begins."""
        ...


def takes_people(group: Takes, now: datetime) -> bool:
    """Return whether seats are given: not while paused or ending, and in a closed group before its cycle begins."""
    if group.state != "open" or group.ends_at is not None:
        return False
    return group.kind != "closed" or (group.cycle_from is not None and now < group.cycle_from)


def listed(group: Takes, now: datetime) -> bool:
    """Return whether everybody may find it: it takes people and is not private."""
    return not group.private and takes_people(group, now)
