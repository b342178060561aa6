"""The laws of seats, walked into at random: against the rules alone, and through the real store.

Eight people come and go, answer or do not, while time passes and meetings are planned. After every step: no seat is
given twice, none stays empty while somebody waits and may be asked, and nobody is passed over.
"""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from peerbot.signup import waitlist_store
from peerbot.signup.rules import (
    OFFER_ENDS_BEFORE_MEETING,
    SHORTEST_OFFER,
    Offer,
    OpenUntil,
    Queue,
    Wait,
    Waiting,
    next_offers,
    offer_window,
    open_places,
)
from tests.fakes import EVENING, FakeClock
from tests.signup.scene import SERVER, Scene, at, open_scene

CAPACITY = 4
PEOPLE = st.integers(1, 8)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """A group at one moment."""

    now: datetime
    meeting: datetime | None
    seated: tuple[int, ...]
    queue: Queue


class Place(Protocol):
    """Where people come and go. Somebody who cannot do a thing changes nothing by trying."""

    def see(self) -> Seen: ...
    def join(self, person: int) -> None: ...
    def leave(self, person: int) -> None: ...
    def leave_list(self, person: int) -> None: ...
    def accept(self, person: int) -> None: ...
    def not_now(self, person: int) -> None: ...
    def ban(self, person: int) -> None: ...
    def restart(self) -> None: ...
    def pass_time(self, by: timedelta) -> None: ...
    def plan(self, meeting: datetime | None) -> None: ...
    def close(self) -> None: ...


@dataclass
class ByRules:
    """A group that is nothing but the rules."""

    now: datetime = EVENING
    meeting: datetime | None = None
    seated: tuple[int, ...] = ()
    queue: Queue = field(default_factory=lambda: Queue(tuple(range(1, CAPACITY + 1))))
    last: int = CAPACITY

    def see(self) -> Seen:
        return Seen(self.now, self.meeting, self.seated, self.queue)

    def _settle(self) -> None:
        ended = tuple(replace(o, open=o.open and self.now < o.ends_at) for o in self.queue.offers)
        self.queue = replace(self.queue, offers=ended)
        window = offer_window(self.now, self.meeting)
        if isinstance(window, OpenUntil):
            made = tuple(
                Offer(f"{seat}-{w.id}", seat, w.id, window.at, open=True) for seat, w in next_offers(self.queue)
            )
            self.queue = replace(self.queue, offers=ended + made)

    def join(self, person: int) -> None:
        if person in self.seated:
            return
        self._settle()
        offer = self.queue.open_offer(person)
        places = open_places(self.queue)
        if offer is not None or places:
            self._sit(person, offer.seat if offer is not None else places[0])
        elif not self.queue.place(person):
            self.last += 1
            self.queue = replace(self.queue, waiting=(*self.queue.waiting, Waiting(self.last, person)))
        self._settle()

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
        self._settle()

    def plan(self, meeting: datetime | None) -> None:
        self.meeting = meeting
        self._settle()

    def close(self) -> None:
        """Nothing is held."""


class InStore:
    """A group in the real store, through the use cases."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._open = AsyncExitStack()
        self._folder = tempfile.TemporaryDirectory()
        self._scene = self._run(self._begin())
        self._group = self._run(self._scene.group())
        self._meeting: datetime | None = None

    def _run(self, step: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(step)

    async def _begin(self, clock: FakeClock | None = None) -> Scene:
        return await self._open.enter_async_context(open_scene(Path(self._folder.name), clock))

    def ban(self, person: int) -> None:
        self._run(self._scene.signup.joining.banned(SERVER, person))

    def restart(self) -> None:
        self._run(self._open.aclose())
        self._scene = self._run(self._begin(self._scene.clock))

    def see(self) -> Seen:
        return self._run(self._see())

    async def _see(self) -> Seen:
        reads, group_id = self._scene.desk.reads, self._group.id
        seated = await self._scene.signup.members(reads, group_id)
        queue = (await waitlist_store.queues(reads, SERVER, group_id))[group_id]
        return Seen(self._scene.clock.now(), self._meeting, seated, queue)

    def join(self, person: int) -> None:
        self._run(self._scene.join(person, self._group))

    def leave(self, person: int) -> None:
        if person in self.see().seated:
            self._run(self._scene.leave(person, self._group))

    def leave_list(self, person: int) -> None:
        if self.see().queue.place(person):
            self._run(self._scene.leave_list(person, self._group))

    def accept(self, person: int) -> None:
        offer = self.see().queue.open_offer(person)
        if offer is not None:
            self._run(self._scene.signup.waitlist.accept(at(person, self._group), offer.id))

    def not_now(self, person: int) -> None:
        offer = self.see().queue.open_offer(person)
        if offer is not None:
            self._run(self._scene.signup.waitlist.not_now(at(person, self._group), offer.id))

    def pass_time(self, by: timedelta) -> None:
        self._run(self._scene.pass_time(by))

    def plan(self, meeting: datetime | None) -> None:
        self._meeting = meeting
        self._run(self._scene.meets_at(self._group, meeting))

    def close(self) -> None:
        self._run(self._open.aclose())
        self._runner.close()
        self._folder.cleanup()


@dataclass
class Past:
    """What has been seen so far."""

    offers: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    seats: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    line: tuple[Waiting, ...] = ()


class Seats(RuleBasedStateMachine):
    """Random steps, and what holds after each."""

    place: Place
    past: Past

    @rule(person=PEOPLE)
    def joins(self, person: int) -> None:
        before = self.place.see()
        self.place.join(person)
        after = self.place.see()
        assert person in after.seated or after.queue.place(person)
        if person in after.seated and person not in before.seated and before.queue.open_offer(person) is None:
            assert open_places(before.queue), "a newcomer took a seat that was owed to somebody"

    @rule(person=PEOPLE)
    def leaves(self, person: int) -> None:
        self.place.leave(person)
        assert person not in self.place.see().seated

    @rule(person=PEOPLE)
    def leaves_the_list(self, person: int) -> None:
        self.place.leave_list(person)
        assert not self.place.see().queue.place(person)

    def _offered(self) -> list[int]:
        queue = self.place.see().queue
        return [each.user_id for each in queue.waiting if queue.open_offer(each.user_id)]

    @precondition(lambda self: bool(self._offered()))
    @rule(data=st.data())
    def says_yes(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(self._offered()))
        self.place.accept(person)
        assert person in self.place.see().seated

    @precondition(lambda self: bool(self._offered()))
    @rule(data=st.data())
    def says_not_now(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(self._offered()))
        before = self.place.see().queue
        self.place.not_now(person)
        after = self.place.see().queue
        assert after.entry(person) == before.entry(person)
        assert after.open_offer(person) != before.open_offer(person)

    @rule(person=PEOPLE)
    def is_banned(self, person: int) -> None:
        self.place.ban(person)
        after = self.place.see()
        assert person not in after.seated
        assert not after.queue.place(person)

    @rule()
    def the_bot_is_stopped_and_started(self) -> None:
        before = self.place.see()
        self.place.restart()
        assert self.place.see() == before

    @rule(minutes=st.integers(1, 36 * 60))
    def time_passes(self, minutes: int) -> None:
        self.place.pass_time(timedelta(minutes=minutes))

    @rule(hours=st.none() | st.integers(0, 60))
    def a_meeting_is_planned(self, hours: int | None) -> None:
        self.place.plan(None if hours is None else self.place.see().now + timedelta(hours=hours))

    @invariant()
    def seats_taken_and_free_make_the_capacity(self) -> None:
        seen = self.place.see()
        assert len(seen.seated) + len(seen.queue.free) == CAPACITY
        everybody = [*seen.seated, *(each.user_id for each in seen.queue.waiting)]
        assert len(everybody) == len(set(everybody)), "somebody has two seats, or a seat and a place in the queue"

    @invariant()
    def an_open_offer_is_of_one_free_seat_to_one_person_and_still_stands(self) -> None:
        seen = self.place.see()
        stands = [o for o in seen.queue.offers if o.open]
        assert len({o.seat for o in stands}) == len({o.waiting for o in stands}) == len(stands)
        assert all(o.seat in seen.queue.free and seen.now < o.ends_at for o in stands)

    @invariant()
    def no_seat_stays_empty_while_somebody_waits_who_may_be_asked(self) -> None:
        seen = self.place.see()
        if next_offers(seen.queue):
            window = offer_window(seen.now, seen.meeting)
            assert isinstance(window, Wait)
            assert window.until > seen.now

    @invariant()
    def nobody_is_asked_twice_about_a_seat_or_passed_over(self) -> None:
        seen = self.place.see()
        asked = {(o.seat, o.waiting) for o in seen.queue.offers}
        considering = {o.waiting for o in seen.queue.offers if o.open}
        for offer in seen.queue.offers:
            if offer.id in self.past.offers:
                continue
            pair = (offer.seat, offer.waiting)
            assert pair not in self.past.seats
            self.past.offers[offer.id] = pair
            self.past.seats.add(pair)
            for ahead in seen.queue.waiting:
                if ahead.id < offer.waiting:
                    assert ahead.id in considering or (offer.seat, ahead.id) in asked
            if seen.meeting is not None and offer.open and seen.meeting > seen.now:
                assert offer.ends_at <= seen.meeting - OFFER_ENDS_BEFORE_MEETING
            assert not offer.open or offer.ends_at - seen.now >= SHORTEST_OFFER

    @invariant()
    def the_line_keeps_its_order(self) -> None:
        line = self.place.see().queue.waiting
        stayed = tuple(each for each in self.past.line if each in line)
        assert line[: len(stayed)] == stayed
        self.past.line = line

    def teardown(self) -> None:
        self.place.close()


class SeatsByRules(Seats):
    """Against the rules alone."""

    @initialize()
    def begin(self) -> None:
        self.place, self.past = ByRules(), Past()


class SeatsInStore(Seats):
    """Through the real store."""

    @initialize()
    def begin(self) -> None:
        self.place, self.past = InStore(), Past()


TestSeatsByRules = SeatsByRules.TestCase
TestSeatsInStore = SeatsInStore.TestCase
TestSeatsInStore.settings = settings(max_examples=max(settings().max_examples // 10, 1), stateful_step_count=20)
