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
    "manage-messages": 1 << 13,
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


NO_COUNTRY: Final = "*"
"""What stands for the country of a server that named none."""
PARTS: Final = ("lead", "deputy", "moderator", "coordinator", "facilitator")

STAFF_CHANNELS: Final[Mapping[str, tuple[str, ...]]] = {
    "moderators": ("lead", "deputy", "moderator"),
    "facilitators": ("lead", "deputy", "moderator", "coordinator", "facilitator"),
}
"""Which parts read which staff channel."""


COMMANDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "lead": ("escalation", "drill", "postvention"),
    "deputy": ("escalation", "drill", "postvention"),
    "moderator": ("escalation",),
    "coordinator": ("manage",),
}
"""What each part types that Discord hides from most people by default (product.md §6)."""


YOUNGEST: Final = 13
"""Discord's own terms let nobody younger in."""
OLDEST: Final = 99
ADULT: Final = 18
MOST_IN_CONTACT: Final = 70
"""Characters, so that the form for joining has room for it; the same for the contact outside the team."""


@dataclass(frozen=True, slots=True)
class Ages:
    """For whom a server's groups are, in years of age: from, and until if there is an end, both included."""

    first: int = ADULT
    last: int | None = None

    @property
    def for_younger(self) -> bool:
        """Whether people may be in a group who are not adults."""
        return self.first < ADULT


@dataclass(frozen=True, slots=True)
class AgesAndContact:
    """What somebody who joins reads about age: for whom groups are, and whom younger people can turn to."""

    ages: Ages = Ages()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """A server as it was set up. `country` is an ISO code, or NO_COUNTRY; `zone` an IANA name."""

    id: int
    country: str
    zone: str
    category_id: int | None
    moderators_channel_id: int | None
    facilitators_channel_id: int | None
    make_staff_channels: bool
    """Whether the bot is to make the staff channels that are not there yet."""
    confirms_seats: bool = False
    """Whether a coordinator confirms each seat."""
    ages: Ages = Ages()
    contact: str = ""
    """Whom to turn to about the safety of younger people; a server of adults needs none."""
    outside: str = ""
    """A person or service outside the team and how to reach them, shown when nobody of the team may answer."""
    opened: bool = False
    """Whether the smallest team was ever seen to be reached: only then groups open to members."""


@dataclass(frozen=True, slots=True)
class Teammate:
    """One part one person has in the team."""

    user_id: int
    part: str


@dataclass(frozen=True, slots=True)
class State:
    """What a server was set up with: None before it is."""

    server: Server | None
    team: Sequence[Teammate]


def staff_channels(server: Server) -> Mapping[str, int | None]:
    """Return the staff channels by name; None for one that is not there yet."""
    return {"moderators": server.moderators_channel_id, "facilitators": server.facilitators_channel_id}


def places_to_make(server: Server) -> tuple[str, ...]:
    """Return which places the bot has yet to make, the category first: the staff channels go into it."""
    if server.category_id is None:
        return ("category",)
    if not server.make_staff_channels:
        return ()
    return tuple(which for which, channel_id in staff_channels(server).items() if channel_id is None)


def people(team: Iterable[Teammate], *parts: str) -> tuple[int, ...]:
    """Return the ids of everybody with one of these parts, each once, in a stable order."""
    return tuple(sorted({mate.user_id for mate in team if mate.part in parts}))


def lacking(team: Iterable[Teammate], server: Server | None = None) -> tuple[str, ...]:
    """Return what is needed before groups open: `lead`, `second`, `facilitator`, `contact`, or nothing.

    Three different people, because two must be able to agree while the third is in the room. A server for younger
    people needs somebody besides whom they can turn to.
    """
    contact = server is not None and server.ages.for_younger and not server.contact
    return (*_lacking_people(team), *(("contact",) if contact else ()))


def _lacking_people(team: Iterable[Teammate]) -> tuple[str, ...]:
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


def read_ages(first: str, last: str) -> Ages | None:
    """Return the ages that were typed, `last` being empty for no end; None if they make no sense."""
    numbers = [int(each) for each in (first.strip(), last.strip()) if each.isdecimal() and each.isascii()]
    if len(numbers) != 1 + bool(last.strip()) or any(not YOUNGEST <= each <= OLDEST for each in numbers):
        return None
    ages = Ages(*numbers)
    return ages if ages.last is None or ages.first <= ages.last else None


def commands_needed(team: Iterable[Teammate]) -> Mapping[int, tuple[str, ...]]:
    """Return which commands each person of the team needs to see, of those that most people do not."""
    needed: dict[int, dict[str, None]] = {}
    for mate in team:
        for name in COMMANDS_OF.get(mate.part, ()):
            needed.setdefault(mate.user_id, {})[name] = None
    return {user_id: tuple(names) for user_id, names in needed.items()}


def last_of(team: Iterable[Teammate], user_id: int, part: str) -> bool:
    """Return whether nobody else has this part."""
    return people(team, part) == (user_id,)


def without(team: Iterable[Teammate], user_id: int, part: str) -> tuple[Teammate, ...]:
    """Return the team after one part was taken from one person."""
    return tuple(mate for mate in team if mate != Teammate(user_id, part))


def missing_permissions(has: int) -> tuple[str, ...]:
    """Return the names of permissions the bot lacks, from its permission bits."""
    if has & ADMINISTRATOR:
        return ()
    return tuple(name for name, bit in NEEDED.items() if not has & bit)
