"""Who is asked about a free seat, for how long, and what a newcomer finds: tables and laws."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.signup.rules import Offer, Queue, Standing, Waiting, next_offers, open_places, standing
from peerbot.signup.waitlist.rules import (
    OFFER_ENDS_BEFORE_MEETING,
    OFFER_LASTS,
    SHORTEST_OFFER,
    OpenUntil,
    Wait,
    offer_window,
)

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("meeting_in", "ends_in"),
    [
        (None, 24),
        (hours(-1), 24),
        (hours(0), 24),
        (hours(200), 24),
        (hours(26), 24),
        (hours(25), 23),
        (hours(5), 3),
        (hours(2.5), 0.5),
    ],
)
def test_an_offer_stands_a_day_and_less_as_the_meeting_nears(meeting_in: timedelta | None, ends_in: float) -> None:
    meeting = None if meeting_in is None else NOW + meeting_in
    assert offer_window(NOW, meeting) == OpenUntil(NOW + hours(ends_in))


@pytest.mark.parametrize("meeting_in", [hours(2.49), hours(2), hours(1), timedelta(seconds=1)])
def test_with_less_than_half_an_hour_to_answer_the_seat_waits_until_the_meeting_has_begun(
    meeting_in: timedelta,
) -> None:
    assert offer_window(NOW, NOW + meeting_in) == Wait(NOW + meeting_in)


@pytest.mark.parametrize("naive", [(datetime(2026, 12, 1), None), (NOW, datetime(2026, 12, 2))])  # noqa: DTZ001 - the point
def test_a_time_without_a_zone_is_refused(naive: tuple[datetime, datetime | None]) -> None:
    with pytest.raises(ValueError, match="naive"):
        offer_window(*naive)


@given(st.timedeltas(timedelta(0), timedelta(days=30)))
def test_every_offer_is_long_enough_to_answer_and_never_open_two_hours_before_the_meeting(ahead: timedelta) -> None:
    meeting = NOW + ahead
    match offer_window(NOW, meeting):
        case OpenUntil(end):
            assert SHORTEST_OFFER <= end - NOW <= OFFER_LASTS
            assert ahead == timedelta(0) or end <= meeting - OFFER_ENDS_BEFORE_MEETING
        case Wait(until):
            assert until == meeting
            assert ahead < OFFER_ENDS_BEFORE_MEETING + SHORTEST_OFFER


def line(*people: int) -> tuple[Waiting, ...]:
    """People in line, each with an id ten times their number."""
    return tuple(Waiting(user * 10, user) for user in people)


def asked(seat: int, user: int, *, still: bool = False) -> Offer:
    return Offer(f"{seat}-{user}", seat, user * 10, NOW + hours(1), still)


@pytest.mark.parametrize(
    ("queue", "offered", "open_to_all"),
    [
        (Queue(), [], ()),
        (Queue((1, 2)), [], (1, 2)),
        (Queue((), line(5, 6)), [], ()),
        (Queue((1,), line(5, 6)), [(1, 5)], ()),
        (Queue((1, 2), line(5, 6)), [(1, 5), (2, 6)], ()),
        (Queue((1, 2, 3), line(5, 6)), [(1, 5), (2, 6)], (3,)),
        (Queue((1,), line(5, 6), (asked(1, 5, still=True),)), [], ()),
        (Queue((1,), line(5, 6), (asked(1, 5),)), [(1, 6)], ()),
        (Queue((1,), line(5, 6), (asked(1, 5), asked(1, 6))), [], (1,)),
        # A new seat is a new question, also for who said "not now" about another.
        (Queue((1, 2), line(5, 6), (asked(1, 5), asked(1, 6))), [(2, 5)], (1,)),
        # Who still considers one seat is not asked about a second.
        (Queue((1, 2), line(5), (asked(1, 5, still=True),)), [], (2,)),
    ],
)
def test_free_seats_go_to_the_first_in_line_who_was_not_asked_about_them(
    queue: Queue, offered: list[tuple[int, int]], open_to_all: tuple[int, ...]
) -> None:
    assert [(seat, waiting.user_id) for seat, waiting in next_offers(queue)] == offered
    assert open_places(queue) == open_to_all


@st.composite
def queues(draw: st.DrawFn) -> Queue:
    """Any queue that can come to be: one open offer at most for each seat and each person."""
    free = tuple(range(1, 1 + draw(st.integers(0, 5))))
    waiting = line(*range(1, 1 + draw(st.integers(0, 6))))
    pairs = [(seat, each) for seat in free for each in waiting]
    offers: list[Offer] = []
    seats: set[int] = set()
    people: set[int] = set()
    for seat, each in draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []:
        still = draw(st.booleans()) and seat not in seats and each.id not in people
        if still:
            seats.add(seat)
            people.add(each.id)
        offers.append(asked(seat, each.user_id, still=still))
    return Queue(free, waiting, tuple(offers))


@given(queues())
def test_no_seat_and_no_person_has_two_offers(queue: Queue) -> None:
    held = [(o.seat, o.waiting) for o in queue.offers if o.open]
    held += [(seat, person.id) for seat, person in next_offers(queue)]
    assert len({seat for seat, _ in held}) == len({person for _, person in held}) == len(held)


@given(queues())
def test_nobody_is_passed_over(queue: Queue) -> None:
    answered = {(o.seat, o.waiting) for o in queue.offers}
    considering = {o.waiting for o in queue.offers if o.open}
    for seat, person in next_offers(queue):
        assert (seat, person.id) not in answered
        for ahead in queue.waiting[: queue.place(person.user_id) - 1]:
            assert ahead.id in considering or (seat, ahead.id) in answered
        considering.add(person.id)


@given(queues())
def test_a_seat_is_open_to_all_only_when_everybody_in_line_was_asked_or_is_being_asked(queue: Queue) -> None:
    considering = {o.waiting for o in queue.offers if o.open} | {person.id for _, person in next_offers(queue)}
    answered = {(o.seat, o.waiting) for o in queue.offers}
    for seat in open_places(queue):
        assert all(each.id in considering or (seat, each.id) in answered for each in queue.waiting)


@given(queues())
def test_every_free_seat_is_on_offer_or_about_to_be_or_open_to_all(queue: Queue) -> None:
    on_offer = [o.seat for o in queue.offers if o.open]
    about_to_be = [seat for seat, _ in next_offers(queue)]
    assert sorted([*on_offer, *about_to_be, *open_places(queue)]) == sorted(queue.free)


@pytest.mark.parametrize(
    ("user", "seated", "facilitates", "expected"),
    [
        (9, False, False, Standing()),
        (9, True, False, Standing("seated")),
        (9, False, True, Standing("facilitating")),
        (5, False, False, Standing("offered", 1, "1-5", NOW + hours(1))),
        (6, False, False, Standing("waiting", 2)),
    ],
)
def test_a_person_has_one_standing(user: int, seated: bool, facilitates: bool, expected: Standing) -> None:  # noqa: FBT001
    queue = Queue((1,), line(5, 6), (asked(1, 5, still=True),))
    assert standing(queue, user, NOW, seated=seated, facilitates=facilitates) == expected


def test_an_offer_that_has_ended_is_none_even_before_it_is_cleared_away() -> None:
    queue = Queue((1,), line(5), (asked(1, 5, still=True),))
    assert standing(queue, 5, NOW + hours(1), seated=False, facilitates=False) == Standing("waiting", 1)
