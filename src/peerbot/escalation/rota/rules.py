"""The rota: who is on duty when, decided from what the team agreed. Pure; nothing here reads a clock.

Weekly shifts are kept in local wall time; where the clocks change they begin and end as meetings do
(`engine/wall_clock`). Somebody else may take a date, somebody may cover a time, somebody may be away. What is left of
the planned time with nobody on duty is a gap. All instants are aware, in UTC.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Final

from peerbot.engine.wall_clock import resolve

NOBODY: Final = 0
"""In the place of somebody who has left the team: a turn that nobody has."""
AHEAD: Final = timedelta(weeks=8)
"""How far ahead shifts are made, as meetings are."""
BACK: Final = timedelta(days=4)
"""How far back planned time is looked at: no shift is longer than a day, whatever the clocks do."""
LONGEST: Final = timedelta(hours=24)
"""A time for which one person may be put on duty at once."""
TOLD_BEFORE: Final = (timedelta(hours=48), timedelta(hours=6))
"""How long before a gap the lead is told of it."""
MOST_IN_ROTATION: Final = 10
DAYS_OF_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Span:
    """A time from one instant to another, the second one not included."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two have time in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def contains(self, other: "Span") -> bool:
        """Return whether all of the other one lies in it."""
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """A shift of each week, in local wall time.

    Attributes:
        days: Weekdays, 0 is Monday.
        starts: Naive wall clock time in `zone`.
        ends: The same; not after `starts` it is that of the next day.
        zone: IANA name.
        people: Who takes turns, a week each, beginning in the week of `first_on`; `NOBODY` for an empty place.
        first_on: The first date, and the anchor of the turns.
        last_on: The last date; None for no end.

    Raises:
        ValueError: for a rule that could not be kept.
    """

    id: str
    days: frozenset[int]
    starts: time
    ends: time
    zone: str
    people: tuple[int, ...]
    first_on: date
    last_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that could not be kept."""
        if not self.days or not self.days <= set(range(DAYS_OF_A_WEEK)) or not self.people:
            message = "a weekly shift has days and people"
            raise ValueError(message)

    def turn(self, on: date) -> int:
        """Return whose turn a date is: the people change with the week, which begins on Monday."""
        return self.people[((_monday(on) - _monday(self.first_on)).days // DAYS_OF_A_WEEK) % len(self.people)]

    def dates(self, first: date, last: date) -> Iterable[date]:
        """Return its dates from `first` to `last`, both included."""
        begins = max(first, self.first_on)
        ends = last if self.last_on is None else min(last, self.last_on)
        for number in range((ends - begins).days + 1):
            on = begins + timedelta(days=number)
            if on.weekday() in self.days:
                yield on

    def span(self, on: date) -> Span | None:
        """Return when the shift of a date is; None where the clocks skip all of it."""
        until = on if self.ends > self.starts else on + timedelta(days=1)
        found = Span(resolve(on, self.starts, self.zone)[0], resolve(until, self.ends, self.zone)[0])
        return found if found.starts_at < found.ends_at else None


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody is on duty at a time; with `instead_of`, that person is not."""

    id: str
    user_id: int
    span: Span
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Off:
    """Somebody is away; without an end until they say that they are back."""

    id: str
    user_id: int
    starts_at: datetime
    ends_at: datetime | None = None

    def hits(self, span: Span) -> bool:
        """Return whether it lies in a time."""
        return self.starts_at < span.ends_at and (self.ends_at is None or span.starts_at < self.ends_at)

    def on(self, at: datetime) -> bool:
        """Return whether the person is away at an instant."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class Slot:
    """A planned time of one person. `key` names it for good: a date of a weekly shift, or a cover."""

    key: str
    user_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class Duty:
    """A time in which one person is on duty."""

    user_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the team agreed. `instead` says who takes which date of which weekly shift; covers in their order."""

    weekly: Sequence[Weekly] = ()
    instead: Mapping[tuple[str, date], int] = field(default_factory=dict[tuple[str, date], int])
    covers: Sequence[Cover] = ()
    offs: Sequence[Off] = ()

    def planned(self, after: datetime, before: datetime) -> Sequence[Slot]:
        """Return what is planned and begins from `after` (inclusive) to `before`, earliest first, whoever is away."""
        found = [slot for weekly in self.weekly for slot in self._of_weekly(weekly, after, before)]
        found += [Slot(f"c:{each.id}", each.user_id, each.span) for each in self.covers]
        within = [slot for slot in found if after <= slot.span.starts_at < before]
        return sorted(within, key=lambda slot: (slot.span.starts_at, slot.span.ends_at, slot.key))

    def _of_weekly(self, weekly: Weekly, after: datetime, before: datetime) -> Iterable[Slot]:
        day = timedelta(days=2)  # Offsets of up to 15 hours, and a day that a zone skips.
        for on in weekly.dates((after - day).date(), (before + day).date()):
            span = weekly.span(on)
            if span is not None:
                person = self.instead.get((weekly.id, on), weekly.turn(on))
                yield Slot(f"w:{weekly.id}:{on:%Y%m%d}", person, span)

    def pieces(self, after: datetime, before: datetime) -> Sequence[Slot]:
        """Return who is on duty, slot by slot: without what others took over, and without who is away.

        A slot may be left in several pieces, or in none.
        """
        found: list[Slot] = []
        covers = {f"c:{each.id}": number for number, each in enumerate(self.covers)}
        for slot in self.planned(after, before):
            taken = [
                each.span
                for number, each in enumerate(self.covers)
                # A later cover takes from an earlier one, never the other way round.
                if each.instead_of == slot.user_id and number > covers.get(slot.key, -1)
            ]
            away = [_span(off, slot.span) for off in self.offs if off.user_id == slot.user_id and off.hits(slot.span)]
            if slot.user_id != NOBODY:
                found += [replace(slot, span=left) for left in minus(slot.span, (*taken, *away))]
        return found

    def duties(self, after: datetime, before: datetime) -> Sequence[Duty]:
        """Return who is on duty when: of one person, times that meet or overlap are one."""
        people: dict[int, list[Span]] = {}
        for piece in self.pieces(after, before):
            people.setdefault(piece.user_id, []).append(piece.span)
        found = [Duty(user_id, span) for user_id, spans in people.items() for span in merged(spans)]
        return sorted(found, key=lambda duty: (duty.span.starts_at, duty.span.ends_at, duty.user_id))

    def gaps(self, after: datetime, before: datetime) -> Sequence[Span]:
        """Return the planned times in which nobody is on duty, earliest first, none longer than a shift."""
        taken = [duty.span for duty in self.duties(after, before)]
        found: list[Span] = []
        for slot in self.planned(after, before):
            left = minus(slot.span, (*taken, *found))
            found += left
        return sorted(found, key=attrgetter("starts_at"))

    def unplanned(self, after: datetime, before: datetime) -> Sequence[Span]:
        """Return the times from `after` to `before` that no shift reaches."""
        return minus(Span(after, before), [slot.span for slot in self.planned(after - BACK, before)])

    def away(self, at: datetime) -> frozenset[int]:
        """Return who is away at an instant."""
        return frozenset(off.user_id for off in self.offs if off.on(at))

    def is_away(self, user_id: int, span: Span) -> bool:
        """Return whether somebody is away in some of a time."""
        return any(off.user_id == user_id and off.hits(span) for off in self.offs)


def _span(off: Off, within: Span) -> Span:
    return Span(off.starts_at, off.ends_at or within.ends_at)


def minus(span: Span, taken: Iterable[Span]) -> Sequence[Span]:
    """Return what is left of a time without others, earliest first."""
    left: list[Span] = []
    begins = span.starts_at
    for each in sorted(taken, key=attrgetter("starts_at")):
        if not each.overlaps(span):
            continue
        if begins < each.starts_at:
            left.append(Span(begins, each.starts_at))
        begins = max(begins, each.ends_at)
    if begins < span.ends_at:
        left.append(Span(begins, span.ends_at))
    return left


def merged(spans: Iterable[Span]) -> Sequence[Span]:
    """Return times with those made one that meet or overlap, earliest first."""
    found: list[Span] = []
    for span in sorted(spans, key=attrgetter("starts_at", "ends_at")):
        if found and span.starts_at <= found[-1].ends_at:
            found[-1] = Span(found[-1].starts_at, max(found[-1].ends_at, span.ends_at))
        else:
            found.append(span)
    return found


def all_away_from(leads: Iterable[int], offs: Iterable[Off], after: datetime) -> datetime | None:
    """Return the first instant from `after` on at which every lead and deputy is away; None if there is none."""
    leads, offs = frozenset(leads), tuple(offs)
    # It can only begin where somebody's time away begins.
    instants = sorted({max(off.starts_at, after) for off in offs if off.user_id in leads})
    return next((at for at in instants if leads <= {off.user_id for off in offs if off.on(at)}), None)


def may_be_away(leads: Iterable[int], offs: Iterable[Off], new: Off) -> bool:
    """Return whether somebody of `leads` is left at every instant of a new time away. Others may always be away."""
    leads = frozenset(leads)
    # Cut to the new time, so that what is settled elsewhere is no reason to refuse this one.
    within = [replace(off, starts_at=max(off.starts_at, new.starts_at)) for off in offs if _meets(off, new)]
    return new.user_id not in leads or all(
        not new.on(at) or not leads <= {off.user_id for off in (*within, new) if off.on(at)}
        for at in {off.starts_at for off in (*within, new)}
    )


def _meets(off: Off, other: Off) -> bool:
    ends = (off.ends_at is None or other.starts_at < off.ends_at) and (
        other.ends_at is None or off.starts_at < other.ends_at
    )
    return ends and off.id != other.id


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap that is known. `told` counts how far its tellings have come: 0 none, 1 the first, 2 the last."""

    id: str
    span: Span
    told: int = 0

    @property
    def next_telling(self) -> datetime | None:
        """When the lead is told next; None if there is no more to tell."""
        return self.span.starts_at - TOLD_BEFORE[self.told] if self.told < len(TOLD_BEFORE) else None


def told_by(gap: Gap, now: datetime) -> int:
    """Return how far the tellings of a gap have come once it is told `now`: so late, the first is the last."""
    return sum(gap.span.starts_at - before <= now for before in TOLD_BEFORE)


def told_already(span: Span, known: Iterable[Gap]) -> int:
    """Return how far the tellings of a gap have come that has just been found: what was part of one is no news."""
    return max((gap.told for gap in known if gap.span.contains(span)), default=0)


@dataclass(frozen=True, slots=True)
class Made:
    """A shift that was made of the rota."""

    id: str
    user_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class Remake:
    """How the shifts made before become those of the rota as it is now."""

    drop: Sequence[str]
    stretch: Mapping[str, Span]
    """Shift id → its time now; who is on duty by it stays so without a break."""
    add: Sequence[Duty]


def remake(made: Iterable[Made], duties: Iterable[Duty], now: datetime) -> Remake:
    """Return what to change of the shifts `made` that run now or later. What is over stays as it was.

    Somebody on duty now who stays on duty keeps their shift: they need not hear again of what is unanswered.
    """
    left = {(one.user_id, one.span.starts_at): one for one in made}
    drop: list[str] = []
    stretch: dict[str, Span] = {}
    add: list[Duty] = []
    for duty in duties:
        if duty.span.ends_at <= now:
            continue
        old = left.pop((duty.user_id, duty.span.starts_at), None)
        if old is None and duty.span.starts_at <= now:
            running = next((one for one in left.values() if one.user_id == duty.user_id and _runs(one, now)), None)
            old = left.pop((running.user_id, running.span.starts_at)) if running is not None else None
        if old is not None:
            span = Span(old.span.starts_at, duty.span.ends_at)
            if span != old.span:
                stretch[old.id] = span
        else:
            add.append(duty)
    for old in left.values():
        if old.span.starts_at < now:
            stretch[old.id] = Span(old.span.starts_at, now)  # Until now it was so.
        else:
            drop.append(old.id)
    return Remake(drop, stretch, add)


def _runs(one: Made, now: datetime) -> bool:
    return one.span.starts_at <= now < one.span.ends_at


def without(people: Sequence[int], gone: int) -> tuple[int, ...]:
    """Return who takes turns once somebody has left: their place stays, empty, so that nobody else's dates move."""
    return tuple(NOBODY if each == gone else each for each in people)
