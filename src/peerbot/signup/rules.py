"""The rules of seats and queues: who is asked about a free seat, for how long, and what a newcomer finds.

A free seat has a number of its own, so that "you were asked about this one" can be said exactly. Nobody is asked twice
about the same seat, nobody is asked about two seats at once, and nobody is asked before those ahead in the queue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from peerbot.engine.clock import aware
from peerbot.signup import taking
from peerbot.signup.tasting.rules import Taster

FEWEST_PLACES: Final = 4
MOST_PLACES: Final = 12
USUAL_PLACES: Final = 10
MOST_PLACES_OF_DROP_IN: Final = 25
"""product.md §1: capacity default 10 (4 to 12; drop-in to 25)."""

MOST_IN_NAME: Final = 40
MOST_IN_ABOUT: Final = 120
MOST_IN_LANGUAGE: Final = 30
"""Characters, so that five groups fit one message of 2,000 and a name fits the title of a form."""

WAITLIST_LASTS: Final = timedelta(days=180)
"""product.md §5: a place on the waitlist is kept 180 days at most."""
NEWS_SHOWN: Final = timedelta(days=14)
"""How long `/group mine` tells somebody that they were given no seat, or that their membership was ended."""
KEPT_AFTER: Final = timedelta(days=30)
"""product.md §5: membership, waitlist and offer are kept while they last + 30 days; so is a group after its end."""
ENDS_AFTER_LAST_DAY: Final = timedelta(hours=4)
"""A group ends so long after midnight of its last day, so that a late meeting ends in peace."""


Kind = Literal["open", "closed", "drop_in"]
"""Joined at any time; joined before its cycle begins; come when you like."""
State = Literal["open", "paused", "archived"]
_KINDS: Final[Mapping[str, Kind]] = {"open": "open", "closed": "closed", "drop_in": "drop_in"}
KINDS: Final = tuple(_KINDS.values())


def kind_of(text: str) -> Kind | None:
    """Return the kind that a form or a button names; None for anything else."""
    return _KINDS.get(text)


def places_of(kind: Kind) -> range:
    """Return how many places a group of a kind may have."""
    return range(FEWEST_PLACES, (MOST_PLACES_OF_DROP_IN if kind == "drop_in" else MOST_PLACES) + 1)


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """When a group meets, as *meetings* tells it: instants in UTC, and the zone (IANA name) whose clocks set them."""

    starts_at: datetime
    ends_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Group:
    """People with something in common who meet as equals. `next_meeting_at` is what *meetings* last said.

    Attributes:
        private: Nobody finds it; it is joined with an invite code.
        tasters: Whether people may try one meeting.
        slow: Its people type slowly, so whatever waits for somebody waits twice as long.
        cycle_from: When a closed group's cycle begins; people are taken before.
        cycle_until: When that cycle is over.
        ends_at: When an announced end takes effect, or took effect.
        archived_at: When the group ended.
        next_ends_at: When the next meeting ends; None while none is known.
        next_zone: The zone (IANA name) by whose clocks the next meeting is set.
    """

    id: str
    server_id: int
    name: str
    about: str
    medium: str
    capacity: int
    language: str
    state: State
    next_meeting_at: datetime | None
    kind: Kind = "open"
    private: bool = False
    tasters: bool = True
    slow: bool = False
    cycle_from: datetime | None = None
    cycle_until: datetime | None = None
    ends_at: datetime | None = None
    archived_at: datetime | None = None
    next_ends_at: datetime | None = None
    next_zone: str | None = None

    def takes_people(self, now: datetime) -> bool:
        """Return whether seats are given now."""
        return taking.takes_people(self, now)

    def listed(self, now: datetime) -> bool:
        """Return whether everybody may find it now."""
        return taking.listed(self, now)

    def meets(self, at: datetime) -> bool:
        """Return whether a meeting that starts at an instant takes place, as far as is known now."""
        return self.state == "open" and (self.last_start is None or at < self.last_start)

    @property
    def last_start(self) -> datetime | None:
        """Before which instant (UTC) its last meeting starts, once its end was announced: midnight of its last day."""
        return None if self.ends_at is None else self.ends_at - ENDS_AFTER_LAST_DAY

    def meets_next(self, now: datetime) -> datetime | None:
        """Return when the next meeting begins; None if none is planned, or the last one known has begun."""
        return self.next_meeting_at if self.next_meeting_at is not None and self.next_meeting_at > now else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody's place in a queue. A smaller id came earlier.

    Not `confirmed`: a coordinator has still to say that this person may have a seat. One is held for them meanwhile.
    `tastes`: for one meeting only; such a place is there only where each seat is confirmed. `silent`: offered nothing.
    """

    id: int
    user_id: int
    confirmed: bool = True
    tastes: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A free seat offered to somebody who waits. Not `open`: it was passed on, by word or by silence."""

    id: str
    seat: int
    waiting: int
    ends_at: datetime
    open: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A group's free seats, oldest first; who waits, first in line first; every offer of the ones to the others.

    `confirms`: no newcomer gets a seat before a coordinator has confirmed it.
    """

    free: tuple[int, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    offers: tuple[Offer, ...] = ()
    confirms: bool = False

    def place(self, user_id: int) -> int:
        """Return somebody's number in the queue, from 1; 0 if they do not wait."""
        return next((n for n, each in enumerate(self.waiting, 1) if each.user_id == user_id), 0)

    def entry(self, user_id: int) -> Waiting | None:
        """Return somebody's place in the queue."""
        return next((each for each in self.waiting if each.user_id == user_id), None)

    def open_offer(self, user_id: int) -> Offer | None:
        """Return the offer somebody has not answered yet."""
        entry = self.entry(user_id)
        return next((o for o in self.offers if o.open and entry is not None and o.waiting == entry.id), None)


ASKED_EVERY: Final = timedelta(minutes=5)
"""Coordinators hear of seats to be confirmed at most so often, and again each day while some wait."""


def soon(now: datetime) -> datetime:
    """Return when coordinators are told next of seats that wait: all that came until then in one message."""
    passed = timedelta(seconds=aware(now).timestamp() % ASKED_EVERY.total_seconds())
    return now - passed + ASKED_EVERY


def owed(queue: Queue) -> Sequence[tuple[int, Waiting]]:
    """Return which free seats are owed to whom: to the first in line who was not asked about that seat.

    Who still considers another seat is asked about none besides; those behind are asked instead, and nothing is lost.
    """
    held = {offer.seat for offer in queue.offers if offer.open}
    asked = {(offer.seat, offer.waiting) for offer in queue.offers}
    busy = {offer.waiting for offer in queue.offers if offer.open} | {w.id for w in queue.waiting if w.silent}
    found: list[tuple[int, Waiting]] = []
    for seat in queue.free if queue.waiting else ():
        if seat in held:
            continue
        person = next((w for w in queue.waiting if w.id not in busy and (seat, w.id) not in asked), None)
        if person is not None:
            busy.add(person.id)
            found.append((seat, person))
    return found


def next_offers(queue: Queue) -> Sequence[tuple[int, Waiting]]:
    """Return which free seats are now to be offered, and to whom."""
    return [(seat, waiting) for seat, waiting in owed(queue) if waiting.confirmed]


def to_confirm(queue: Queue) -> Sequence[tuple[int, Waiting]]:
    """Return which free seats are held until a coordinator has spoken, and for whom."""
    return [(seat, waiting) for seat, waiting in owed(queue) if not waiting.confirmed]


def open_places(queue: Queue) -> tuple[int, ...]:
    """Return the seats anybody may take at once: free, on offer to nobody, and owed to nobody who waits."""
    kept = {offer.seat for offer in queue.offers if offer.open} | {seat for seat, _ in owed(queue)}
    return tuple(seat for seat in queue.free if seat not in kept)


def too_few(queue: Queue, taken: int, capacity: int) -> int:
    """Return how many free seats are missing, so that those taken and those free make the capacity."""
    return max(0, capacity - taken - len(queue.free))


def too_many(queue: Queue, taken: int, capacity: int) -> tuple[int, ...]:
    """Return which free seats go, the newest first, where there are more seats than the group has places.

    Nobody loses a seat, and one that is on offer was promised: it goes only if it is not taken.
    """
    held = {offer.seat for offer in queue.offers if offer.open}
    loose = [seat for seat in reversed(queue.free) if seat not in held]
    return tuple(loose[: max(0, taken + len(queue.free) - capacity)])


def seat_for(queue: Queue, user_id: int, *, open_to_all: bool) -> int | None:
    """Return the seat that somebody can have at once: the one on offer to them, or one that anybody may take.

    `open_to_all`: whether the group takes people. Where a coordinator confirms each seat, only who was confirmed can.
    """
    offer, entry = queue.open_offer(user_id), queue.entry(user_id)
    if offer is not None:
        return offer.seat
    if not open_to_all or (queue.confirms and (entry is None or not entry.confirmed)):
        return None
    return next(iter(open_places(queue)), None)


def lets_try(group: Group, now: datetime) -> bool:
    """Return whether a group has a meeting to try. A closed group has none: its people stay the same."""
    allowed = group.tasters and group.kind != "closed" and group.takes_people(now)
    return allowed and group.meets_next(now) is not None


def can_be_tried(group: Group, queue: Queue, now: datetime) -> bool:
    """Return whether people may try the next meeting, or ask to: there is one, and a seat that is open to all."""
    return lets_try(group, now) and bool(open_places(queue))


Where = Literal["outside", "seated", "tasting", "paused", "waiting", "pending", "offered", "facilitating"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands to one group.

    Attributes:
        place: Their number in the queue, from 1, while `waiting`, `pending` (to be confirmed) or `offered`.
        offer: The offer's id, while `offered`.
        ends_at: When the offer ends, while `offered`; when the pause ends, while `paused`; until when the question can
            be answered, while `tasting` and asked.
        appeal: Whom they can ask to look at it again, while `paused`.
        taster: The taster's id, while `tasting`.
        tries: Whether they asked to try one meeting, while `pending`.
    """

    where: Where = "outside"
    place: int = 0
    offer: str = ""
    ends_at: datetime | None = None
    appeal: str = ""
    taster: str = ""
    tries: bool = False

    @property
    def asked(self) -> bool:
        """Whether somebody tried a meeting and is asked whether it was right for them."""
        return self.where == "tasting" and self.ends_at is not None


def standing(
    queue: Queue, user_id: int, now: datetime, *, seated: bool, facilitates: bool, taster: Taster | None = None
) -> Standing:
    """Return how somebody stands to a group. An offer that has ended is none, even before it is cleared away.

    `taster` is there while the seat is for trying one meeting.
    """
    if facilitates:
        return Standing("facilitating")
    if seated and taster is not None:
        return Standing("tasting", ends_at=taster.answer_by, taster=taster.id)
    if seated:
        return Standing("seated")
    place = queue.place(user_id)
    offer = queue.open_offer(user_id)
    if offer is not None and now < offer.ends_at:
        return Standing("offered", place, offer.id, offer.ends_at)
    entry = queue.entry(user_id)
    if entry is None:
        return Standing()
    return Standing("waiting" if entry.confirmed else "pending", place, tries=entry.tastes)


@dataclass(frozen=True, slots=True)
class View:
    """A group as one person may see it, at one moment.

    Attributes:
        meets_at: When the next meeting begins; None if none is planned.
        places: How many seats could be taken at once.
        waiting: How many wait. It names nobody.
        mine: How the person stands to it.
        can_be_tried: Whether the person may try its next meeting: there is one, and a place.
    """

    group: Group
    meets_at: datetime | None
    places: int
    waiting: int
    mine: Standing
    can_be_tried: bool = False

    def there(self, now: datetime) -> bool:
        """Return whether the group is there for this person: everybody may find it, or they have to do with it."""
        return self.group.listed(now) or self.mine.where != "outside"


def view(
    group: Group,
    queue: Queue,
    user_id: int,
    now: datetime,
    *,
    seated: bool,
    facilitates: bool,
    taster: Taster | None = None,
) -> View:
    """Return what a person sees of a group."""
    mine = standing(queue, user_id, now, seated=seated, facilitates=facilitates, taster=taster)
    places = len(open_places(queue)) if group.takes_people(now) else 0
    tried = mine.where == "outside" and places > 0 and lets_try(group, now)
    return View(group, group.meets_next(now), places, len(queue.waiting), mine, tried)


def during_pause(seen: View, until: datetime | None, appeal: str) -> View:
    """Return a group as somebody sees it whose access is paused until an instant; as it is, for everybody else."""
    if until is None or seen.mine.where not in {"seated", "tasting"}:
        return seen
    return replace(seen, mine=Standing("paused", ends_at=until, appeal=appeal))


Reminders = Literal["on", "off", "closed"]
"""May the bot write to somebody? `closed`: they said yes, and Discord said no."""


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything somebody has to do with in one server."""

    views: tuple[View, ...]
    reminders: Reminders
    declined: tuple[Group, ...] = ()
    """Groups in which a coordinator lately gave this person no seat."""
    ended: tuple[Group, ...] = ()
    """Groups in which two people of the team lately ended this person's membership."""
    appeal: str = ""
    """Whom they can ask to look at that again."""
    released: tuple[Group, ...] = ()
    """Groups in which this person's seat to try a meeting was lately released: no answer, or no meeting in time."""


_FIRST: Final[Sequence[Where]] = (
    "offered",
    "tasting",
    "seated",
    "paused",
    "pending",
    "waiting",
    "facilitating",
    "outside",
)


def most_pressing_first(views: Sequence[View]) -> tuple[View, ...]:
    """Return offers and questions first, then seats, queues and groups one facilitates; each by name."""
    by_name = sorted(views, key=lambda view: (view.group.name.casefold(), view.group.id))
    return tuple(sorted(by_name, key=lambda view: (not _waits(view), _FIRST.index(view.mine.where))))


def _waits(view: View) -> bool:
    """Return whether the person is asked something that has an end."""
    return view.mine.where == "offered" or view.mine.asked
