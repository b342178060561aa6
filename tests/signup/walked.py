"""A group that can be walked into at random, as nothing but the rules. `walked_in_store` has the same in earnest."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from peerbot.signup.groups import rules as group_rules
from peerbot.signup.groups.rules import Terms
from peerbot.signup.rules import (
    Group,
    Offer,
    Queue,
    Waiting,
    can_be_tried,
    lets_try,
    next_offers,
    open_places,
    owed,
    seat_for,
    too_few,
    too_many,
)
from peerbot.signup.tasting.rules import HELD_ON_FOR, Taster, answer_by, next_taster_at
from peerbot.signup.waitlist.rules import OpenUntil, offer_for
from tests.fakes import EVENING

CAPACITY = 4
ZONE = "Europe/London"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """A group at one moment."""

    now: datetime
    group: Group
    seated: tuple[int, ...]
    queue: Queue
    tried: Mapping[int, Taster]


class Place(Protocol):
    """Where people come and go. Somebody who cannot do a thing changes nothing by trying."""

    def see(self) -> Seen: ...
    def join(self, person: int) -> None: ...
    def taste(self, person: int) -> None: ...
    def keep(self, person: int) -> None: ...
    def give_up(self, person: int) -> None: ...
    def meet(self) -> None: ...
    def leave(self, person: int) -> None: ...
    def leave_list(self, person: int) -> None: ...
    def accept(self, person: int) -> None: ...
    def not_now(self, person: int) -> None: ...
    def ban(self, person: int) -> None: ...
    def restart(self) -> None: ...
    def pass_time(self, by: timedelta) -> None: ...
    def plan(self, meeting: datetime | None) -> None: ...
    def change(self, terms: Terms) -> None: ...
    def pause(self, *, paused: bool) -> None: ...
    def announce_end(self, last_day: date | None) -> None: ...
    def confirm(self, person: int) -> None: ...
    def decline(self, person: int) -> None: ...
    def turn(self, *, on: bool) -> None: ...
    def keep_apart(self, one: int, other: int) -> None: ...
    def together(self, one: int, other: int) -> None: ...
    def close(self) -> None: ...


@dataclass
class ByRules:
    """A group that is nothing but the rules."""

    now: datetime = EVENING
    group: Group = field(default_factory=lambda: Group("1", 1, "", "", "text", CAPACITY, "", "open", None))
    seated: tuple[int, ...] = ()
    queue: Queue = field(default_factory=lambda: Queue(tuple(range(1, CAPACITY + 1))))
    last: int = CAPACITY
    said: set[int] = field(default_factory=set[int])
    pairs: set[frozenset[int]] = field(default_factory=set[frozenset[int]])
    tried: dict[int, Taster] = field(default_factory=dict[int, Taster])
    taken: list[tuple[int, datetime]] = field(default_factory=list[tuple[int, datetime]])

    def see(self) -> Seen:
        return Seen(self.now, self.group, self.seated, self.queue, dict(self.tried))

    def _settle(self) -> None:
        ended = tuple(replace(o, open=o.open and self.now < o.ends_at) for o in self.queue.offers)
        self.queue = replace(self.queue, offers=ended)
        self._fit()
        window = offer_for(self.group, self.now)
        if isinstance(window, OpenUntil):
            made = tuple(
                Offer(f"{seat}-{w.id}", seat, w.id, window.at, open=True) for seat, w in next_offers(self.queue)
            )
            self.queue = replace(self.queue, offers=self.queue.offers + made)

    def _fit(self) -> None:
        gone = too_many(self.queue, len(self.seated), self.group.capacity)
        for _ in range(too_few(self.queue, len(self.seated), self.group.capacity)):
            self.last += 1
            self.queue = replace(self.queue, free=(*self.queue.free, self.last))
        self.queue = replace(
            self.queue,
            free=tuple(seat for seat in self.queue.free if seat not in gone),
            offers=tuple(offer for offer in self.queue.offers if offer.seat not in gone),
        )

    def join(self, person: int) -> None:
        if not self.group.takes_people(self.now):
            return
        self.tried.pop(person, None)
        if person in self.seated:
            return
        self._want_for_good(person)
        self._settle()
        seat = seat_for(self.queue, person, open_to_all=True)
        if seat is not None:
            self._sit(person, seat)
        elif not self.queue.place(person):
            self._stand_in_line(person)
        self._settle()

    def _stand_in_line(self, person: int, *, tastes: bool = False) -> None:
        self.last += 1
        entry = Waiting(self.last, person, tastes=tastes)
        self.queue = replace(self.queue, waiting=(*self.queue.waiting, entry))
        self._hear()

    def _want_for_good(self, *people: int) -> None:
        waiting = tuple(replace(w, tastes=w.tastes and w.user_id not in people) for w in self.queue.waiting)
        self.queue = replace(self.queue, waiting=waiting)

    def taste(self, person: int) -> None:
        if person in self.seated or self.queue.place(person):
            return
        self._settle()
        tried_enough = next_taster_at([at for who, at in self.taken if who == person], self.now) is not None
        if can_be_tried(self.group, self.queue, self.now) and not tried_enough:
            if self.queue.confirms:
                self._stand_in_line(person, tastes=True)
            else:
                self._try_on(person, open_places(self.queue)[0])
        self._settle()

    def _try_on(self, person: int, seat: int) -> None:
        self._sit(person, seat)
        held_until = (self.group.next_ends_at or self.now) + HELD_ON_FOR
        self.tried[person] = Taster(str(person), "1", 1, person, self.now, held_until)
        self.taken.append((person, self.now))

    def keep(self, person: int) -> None:
        self.tried.pop(person, None)

    def give_up(self, person: int) -> None:
        if person in self.tried:
            self.leave(person)

    def meet(self) -> None:
        by = answer_by(self.now, self.group.meets_next(self.now))
        for person, taster in self.tried.items():
            self.tried[person] = replace(taster, answer_by=taster.answer_by or by)

    def _sit(self, person: int, seat: int) -> None:
        self.seated = (*self.seated, person)
        self.queue = replace(
            self.queue,
            free=tuple(each for each in self.queue.free if each != seat),
            offers=tuple(o for o in self.queue.offers if o.seat != seat),
        )
        self._off_the_list(person)

    def _off_the_list(self, person: int) -> None:
        gone = self.queue.entry(person)
        if gone is not None:
            self.queue = replace(
                self.queue,
                waiting=tuple(w for w in self.queue.waiting if w != gone),
                offers=tuple(o for o in self.queue.offers if o.waiting != gone.id),
            )

    def leave(self, person: int) -> None:
        self.tried.pop(person, None)
        if person in self.seated:
            self.last += 1
            self.seated = tuple(each for each in self.seated if each != person)
            self.queue = replace(self.queue, free=(*self.queue.free, self.last))
            self._settle()

    def leave_list(self, person: int) -> None:
        self._off_the_list(person)
        self._settle()

    def accept(self, person: int) -> None:
        offer = self.queue.open_offer(person)
        if offer is not None:
            self._sit(person, offer.seat)
            self._settle()

    def not_now(self, person: int) -> None:
        offer = self.queue.open_offer(person)
        offers = tuple(replace(o, open=o.open and o != offer) for o in self.queue.offers)
        self.queue = replace(self.queue, offers=offers)
        self._settle()

    def ban(self, person: int) -> None:
        self.leave(person)
        self.leave_list(person)

    def restart(self) -> None:
        """Nothing is remembered but what is kept."""

    def pass_time(self, by: timedelta) -> None:
        self.now += by
        if self.group.ends_at is not None and self.group.ends_at <= self.now:
            self.group = replace(self.group, state="archived")
            self.seated, self.queue, self.tried = (), Queue(confirms=self.queue.confirms), {}
            return
        for person, taster in tuple(self.tried.items()):
            if (taster.answer_by or taster.held_until) <= self.now:
                self.leave(person)
        self._settle()

    def plan(self, meeting: datetime | None) -> None:
        ends_at = None if meeting is None else meeting + timedelta(minutes=90)
        self.group = replace(self.group, next_meeting_at=meeting, next_ends_at=ends_at)
        self._settle()

    def change(self, terms: Terms) -> None:
        self.group = group_rules.with_terms(self.group, terms, ZONE)
        self._settle()

    def pause(self, *, paused: bool) -> None:
        self.group = replace(self.group, state="paused" if paused else "open")
        self._settle()

    def announce_end(self, last_day: date | None) -> None:
        ends_at = None if last_day is None else group_rules.ends_after(last_day, ZONE)
        self.group = replace(self.group, ends_at=ends_at)
        self._settle()

    def _hear(self) -> None:
        """Let everybody in line be confirmed who was, or all where nobody has to be."""
        confirms = self.queue.confirms
        heard = tuple(replace(w, confirmed=not confirms or w.id in self.said) for w in self.queue.waiting)
        self.queue = replace(self.queue, waiting=heard)

    def confirm(self, person: int) -> None:
        entry = self.queue.entry(person)
        if entry is None or entry.confirmed:
            return
        self._settle()
        seat = next((seat for seat, waiting in owed(self.queue) if waiting.id == entry.id), None)
        if entry.tastes and (seat is None or not lets_try(self.group, self.now)):
            return
        self.said.add(entry.id)
        self._hear()
        if seat is not None and self.group.takes_people(self.now):
            (self._try_on if entry.tastes else self._sit)(person, seat)
        self._settle()

    def decline(self, person: int) -> None:
        entry = self.queue.entry(person)
        if entry is not None and not entry.confirmed:
            self.leave_list(person)

    def turn(self, *, on: bool) -> None:
        if on is self.queue.confirms or (not on and self.pairs):
            return
        self.queue = replace(self.queue, confirms=on)
        if on:
            self.said |= {offer.waiting for offer in self.queue.offers if offer.open}
        else:
            self._want_for_good(*(waiting.user_id for waiting in self.queue.waiting))
        self._hear()
        self._settle()

    def keep_apart(self, one: int, other: int) -> None:
        self.pairs.add(frozenset({one, other}))
        self.turn(on=True)

    def together(self, one: int, other: int) -> None:
        self.pairs.discard(frozenset({one, other}))

    def close(self) -> None:
        """Nothing is held."""
