"""The rules of a group's life: what may be set, when a cycle begins, when an announced end takes effect."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from peerbot.engine.zones import zone
from peerbot.signup.rules import ENDS_AFTER_LAST_DAY, Group, Kind, places_of

NOTICE: Final = timedelta(weeks=4)
"""How far ahead the last day of a group is, unless another is asked for (domain.md §5.14)."""
FARTHEST: Final = timedelta(days=366)
"""How far ahead a last day, or the first day of a cycle, may be."""
LONGEST_CYCLE: Final = timedelta(days=366)

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""By how much an instant told by Discord may lie after the same one told by the host."""
Switch = Literal["private", "tasters", "slow"]


@dataclass(frozen=True, slots=True)
class Terms:
    """How people come into a group. `first` and `last` are the days of a closed group's cycle, in the server's zone."""

    kind: Kind
    places: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class People:
    """How many a change touches: those with a seat, and those who wait for one."""

    seated: int
    waiting: int

    @property
    def total(self) -> int:
        """How many in all."""
        return self.seated + self.waiting


@dataclass(frozen=True, slots=True)
class Change:
    """A group before and after a change. Not `done`: it touches people, and is asked about first."""

    before: Group
    after: Group
    people: People
    zone: str
    done: bool


def begins(day: date, zone_name: str) -> datetime:
    """Return the instant (UTC) at which a day begins in a zone."""
    return datetime.combine(day, time(0), zone(zone_name)).astimezone(UTC)


def with_terms(group: Group, terms: Terms, zone_name: str) -> Group:
    """Return the group under other terms. Only a closed group has a cycle."""
    cycle = (None, None)
    if terms.kind == "closed" and terms.first is not None and terms.last is not None:
        cycle = (begins(terms.first, zone_name), begins(terms.last + timedelta(days=1), zone_name))
    return replace(group, kind=terms.kind, capacity=terms.places, cycle_from=cycle[0], cycle_until=cycle[1])


def terms_of(group: Group, zone_name: str) -> Terms:
    """Return a group's present terms, so that a change can be undone."""
    first = last = None
    if group.cycle_from is not None and group.cycle_until is not None:
        first = group.cycle_from.astimezone(zone(zone_name)).date()
        last = (group.cycle_until - timedelta(seconds=1)).astimezone(zone(zone_name)).date()
    return Terms(group.kind, group.capacity, first, last)


def terms_wrong(terms: Terms, today: date) -> str:
    """Return the text that says what is wrong with terms; an empty text if nothing is.

    A cycle may have begun already: then the group takes nobody before the next one.
    """
    if terms.places not in places_of(terms.kind):
        return "staff-group-places-wrong"
    if (terms.first is None) != (terms.last is None):
        return "staff-group-cycle-half"
    if terms.first is None or terms.last is None:
        return ""
    if terms.last < terms.first or terms.last - terms.first > LONGEST_CYCLE or terms.last < today:
        return "staff-group-cycle-backward"
    return "staff-group-cycle-far" if terms.first - today > FARTHEST else ""


def with_switch(group: Group, switch: Switch, *, on: bool) -> Group:
    """Return the group with something switched on or off."""
    match switch:
        case "private":
            return replace(group, private=on)
        case "tasters":
            return replace(group, tasters=on)
        case "slow":
            return replace(group, slow=on)


def ends_after(last_day: date, zone_name: str) -> datetime:
    """Return when a group ends (UTC) whose last day is this one in a zone."""
    return begins(last_day + timedelta(days=1), zone_name) + ENDS_AFTER_LAST_DAY


def came_anew(seated_since: datetime, joined_at: datetime) -> bool:
    """Return whether somebody has left the server since they took a seat: they joined it later than that.

    Discord's clock and the host's may differ a little, and who joins a server often joins a group at once.
    """
    return joined_at > seated_since + CLOCKS_DIFFER


def last_day_of(ends_at: datetime, zone_name: str) -> date:
    """Return the last day, in a zone, of a group that ends at an instant."""
    return (ends_at - ENDS_AFTER_LAST_DAY - timedelta(seconds=1)).astimezone(zone(zone_name)).date()
