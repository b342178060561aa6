"""The laws of seats, walked into at random: against the rules alone, and through the real store.

Eight people come and go, answer or do not, while time passes, meetings are planned and a coordinator changes the group.
After every step: no seat is given twice, none stays empty while somebody waits and may be asked, and nobody is passed
over. However a walk goes, the group ends at last, and then nobody has anything in it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from peerbot.signup.groups.rules import Terms
from peerbot.signup.rules import (
    KINDS,
    Kind,
    Queue,
    can_be_tried,
    lets_try,
    next_offers,
    open_places,
    owed,
    places_of,
    to_confirm,
)
from peerbot.signup.waitlist.rules import OFFER_ENDS_BEFORE_MEETING, SHORTEST_OFFER, Wait, offer_for
from tests.signup.walked import ByRules, Place
from tests.signup.walked_in_store import InStore

PEOPLE = st.integers(1, 8)


@dataclass
class Past:
    """What has been seen so far."""

    offers: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    seats: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    line: tuple[int, ...] = ()


class Seats(RuleBasedStateMachine):
    """Random steps, and what holds after each."""

    place: Place
    past: Past

    @rule(person=PEOPLE)
    def joins(self, person: int) -> None:
        before = self.place.see()
        self.place.join(person)
        after = self.place.see()
        if not before.group.takes_people(before.now):
            assert (after.seated, after.queue.waiting) == (before.seated, before.queue.waiting)
            return
        assert person in after.seated or after.queue.place(person)
        if person in after.seated and person not in before.seated and before.queue.open_offer(person) is None:
            assert open_places(before.queue), "a newcomer took a seat that was owed to somebody"
            entry = before.queue.entry(person)
            assert not before.queue.confirms or (entry is not None and entry.confirmed), "a seat nobody confirmed"
        assert person not in after.tried
        assert person not in self._asking_to_try(), "who joins does not want to try only"

    def _asking_to_try(self) -> list[int]:
        return [each.user_id for each in self.place.see().queue.waiting if each.tastes]

    @rule(person=PEOPLE)
    def leaves(self, person: int) -> None:
        self.place.leave(person)
        assert person not in self.place.see().seated

    @rule(person=PEOPLE)
    def leaves_the_list(self, person: int) -> None:
        self.place.leave_list(person)
        assert not self.place.see().queue.place(person)

    @rule(person=PEOPLE)
    def tries_one_meeting(self, person: int) -> None:
        before = self.place.see()
        self.place.taste(person)
        after = self.place.see()
        waiting, new = (
            after.queue.waiting[: len(before.queue.waiting)],
            after.queue.waiting[len(before.queue.waiting) :],
        )
        assert waiting == before.queue.waiting
        assert [each.user_id for each in new] in ([], [person])
        if new or (person in after.tried and person not in before.tried):
            assert can_be_tried(before.group, before.queue, before.now)
            assert open_places(before.queue), "a seat to try was owed to somebody"
            assert person not in before.seated
            assert bool(new) is before.queue.confirms, "a seat nobody confirmed, or a word nobody need give"
        for each in new:
            assert each.tastes
            assert each in [waiting for _, waiting in to_confirm(after.queue)], "no seat is held for them"

    @rule(person=PEOPLE)
    def asks_to_try_where_each_seat_is_confirmed(self, person: int) -> None:
        # The three seldom come together by chance.
        self.place.turn(on=True)
        self.place.plan(self.place.see().now + timedelta(hours=30))
        self.tries_one_meeting(person)

    @rule()
    def a_meeting_takes_place(self) -> None:
        before = self.place.see()
        self.place.meet()
        after = self.place.see()
        assert after.seated == before.seated
        assert all(taster.answer_by is not None for taster in after.tried.values())

    @precondition(lambda self: bool(self.place.see().tried))
    @rule(data=st.data(), yes=st.booleans())
    def says_whether_it_was_right(self, data: st.DataObject, yes: bool) -> None:  # noqa: FBT001 - as it is drawn
        person = data.draw(st.sampled_from(sorted(self.place.see().tried)))
        (self.place.keep if yes else self.place.give_up)(person)
        after = self.place.see()
        assert person not in after.tried
        assert (person in after.seated) is yes

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

    def _pending(self) -> list[int]:
        return [each.user_id for each in self.place.see().queue.waiting if not each.confirmed]

    @precondition(lambda self: bool(self._pending()))
    @rule(data=st.data())
    def is_confirmed(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(self._pending()))
        before = self.place.see()
        self.place.confirm(person)
        after = self.place.see()
        held = person in [waiting.user_id for _, waiting in to_confirm(before.queue)]
        entry = before.queue.entry(person)
        tastes = entry is not None and entry.tastes
        if tastes and not (held and lets_try(before.group, before.now)):
            assert after == before
        elif held and before.group.takes_people(before.now):
            assert person in after.seated
            assert (person in after.tried) is tastes
        else:
            assert after.queue.place(person) == before.queue.place(person)
            assert person not in self._pending()

    @precondition(lambda self: bool(self._pending()))
    @rule(data=st.data())
    def is_declined(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(self._pending()))
        before = self.place.see()
        self.place.decline(person)
        after = self.place.see()
        assert after.seated == before.seated
        assert [w.id for w in after.queue.waiting] == [w.id for w in before.queue.waiting if w.user_id != person]

    @rule(on=st.booleans())
    def a_coordinator_is_to_confirm_each_seat_or_no_longer(self, on: bool) -> None:  # noqa: FBT001 - as it is drawn
        before = self.place.see()
        self.place.turn(on=on)
        after = self.place.see()
        assert after.seated == before.seated
        assert [w.id for w in after.queue.waiting] == [w.id for w in before.queue.waiting]
        assert {o.id for o in before.queue.offers if o.open} <= {o.id for o in after.queue.offers if o.open}
        assert on or not self._asking_to_try() or before.queue.confirms is after.queue.confirms

    @rule(two=st.lists(PEOPLE, min_size=2, max_size=2, unique=True), apart=st.booleans())
    def two_people_are_kept_apart_or_no_longer(self, two: list[int], apart: bool) -> None:  # noqa: FBT001 - as drawn
        before = self.place.see()
        if apart:
            self.place.keep_apart(*two)
            assert self.place.see().queue.confirms
        else:
            self.place.together(*two)
        if before.queue.confirms:
            assert self.place.see() == before, "it shows that people are kept apart"

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

    @rule(data=st.data(), kind=st.sampled_from(KINDS))
    def a_coordinator_changes_kind_places_and_cycle(self, data: st.DataObject, kind: Kind) -> None:
        places = data.draw(st.sampled_from(places_of(kind)))
        before = self.place.see()
        cycle: tuple[date | None, date | None] = (None, None)
        if kind == "closed":
            first = before.now.date() + timedelta(days=data.draw(st.integers(0, 3)))
            cycle = data.draw(st.sampled_from([cycle, (first, first + timedelta(days=60))]))
        self.place.change(Terms(kind, places, *cycle))
        after = self.place.see()
        assert after.seated == before.seated, "somebody lost a seat"
        assert after.queue.waiting == before.queue.waiting
        assert {o.id for o in before.queue.offers if o.open} <= {o.id for o in after.queue.offers if o.open}

    @rule(paused=st.booleans())
    def the_group_rests_or_goes_on(self, paused: bool) -> None:  # noqa: FBT001 - as it is drawn
        before = self.place.see()
        self.place.pause(paused=paused)
        after = self.place.see()
        assert (after.seated, after.queue.waiting) == (before.seated, before.queue.waiting)
        if paused:
            assert after.queue.offers == before.queue.offers, "an offer was made or broken"

    @rule(announced=st.booleans())
    def its_end_is_announced_or_taken_back(self, announced: bool) -> None:  # noqa: FBT001 - as it is drawn
        before = self.place.see()
        # Far enough for the walk not to get there: how a group ends, each walk shows at its own end.
        self.place.announce_end(before.now.date() + timedelta(days=300) if announced else None)
        after = self.place.see()
        assert (after.seated, after.queue.waiting) == (before.seated, before.queue.waiting)

    @invariant()
    def seats_taken_and_free_make_the_places_unless_more_are_taken_or_promised(self) -> None:
        seen = self.place.see()
        promised = sum(offer.open for offer in seen.queue.offers)
        taken = len(seen.seated)
        assert taken + len(seen.queue.free) == max(seen.group.capacity, taken + promised)
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
        if next_offers(seen.queue) and (window := offer_for(seen.group, seen.now)) is not None:
            assert isinstance(window, Wait)
            assert window.until > seen.now

    @invariant()
    def nobody_is_asked_twice_about_a_seat_or_passed_over(self) -> None:
        seen = self.place.see()
        asked = {(o.seat, o.waiting) for o in seen.queue.offers}
        considering = {o.waiting for o in seen.queue.offers if o.open} | {w.id for _, w in owed(seen.queue)}
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
            assert seen.group.takes_people(seen.now), "an offer was made by a group that takes nobody"
            meeting, cycle = seen.group.next_meeting_at, seen.group.cycle_from
            if meeting is not None and offer.open and meeting > seen.now:
                assert offer.ends_at <= meeting - OFFER_ENDS_BEFORE_MEETING
            assert cycle is None or offer.ends_at <= cycle
            assert not offer.open or offer.ends_at - seen.now >= SHORTEST_OFFER

    @invariant()
    def who_tries_has_a_seat_and_none_is_kept_past_its_time(self) -> None:
        seen = self.place.see()
        assert set(seen.tried) <= set(seen.seated)
        assert all(taster.answer_by is None or seen.now < taster.answer_by for taster in seen.tried.values())

    @invariant()
    def who_asks_to_try_waits_for_a_coordinator_and_for_nothing_else(self) -> None:
        queue = self.place.see().queue
        for waiting in queue.waiting:
            if waiting.tastes:
                assert queue.confirms
                assert not waiting.confirmed
                assert queue.open_offer(waiting.user_id) is None

    @invariant()
    def the_line_keeps_its_order(self) -> None:
        line = tuple(each.id for each in self.place.see().queue.waiting)
        stayed = tuple(each for each in self.past.line if each in line)
        assert line[: len(stayed)] == stayed
        self.past.line = line

    def teardown(self) -> None:
        self.place.announce_end(self.place.see().now.date())
        self.place.pass_time(timedelta(hours=48))
        seen = self.place.see()
        assert (seen.group.state, seen.seated, seen.tried) == ("archived", (), {})
        assert seen.queue == Queue(confirms=seen.queue.confirms)
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
