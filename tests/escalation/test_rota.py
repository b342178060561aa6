"""The rota's own rules: who is on duty when, whatever was agreed; and no gap goes untold."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from peerbot.escalation.rota import rules as rota
from peerbot.escalation.rota.rules import NOBODY, Cover, Duty, Gap, Made, Off, Plan, Span, Weekly

MO, MAY, LEAD, DEPUTY = 11, 12, 21, 22
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def at(day: int, hour: float, month: int = 12) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC) + hour * HOUR


def weekly(
    days: set[int],
    starts: str,
    ends: str,
    people: tuple[int, ...] = (MO,),
    zone: str = "Europe/London",
    first_on: date = MONDAY,
    last_on: date | None = None,
    name: str = "a",
) -> Weekly:
    return Weekly(
        id=name,
        days=frozenset(days),
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        zone=zone,
        people=people,
        first_on=first_on,
        last_on=last_on,
    )


def on_duty(plan: Plan, days: int = 14) -> list[tuple[int, datetime, datetime]]:
    found = plan.duties(at(1, 0), at(1, 0) + days * DAY)
    return [(duty.user_id, duty.span.starts_at, duty.span.ends_at) for duty in found]


def test_a_shift_crosses_midnight_and_people_take_turns_week_by_week() -> None:
    plan = Plan([weekly({1, 2}, "22:00", "07:00", (MO, MAY))])
    assert on_duty(plan) == [
        (MO, at(1, 22), at(2, 7)),
        (MO, at(2, 22), at(3, 7)),
        (MAY, at(8, 22), at(9, 7)),
        (MAY, at(9, 22), at(10, 7)),
    ]


@pytest.mark.parametrize(
    ("on", "starts", "ends", "begins", "over"),
    [
        # In the night to 29 March the clocks of Berlin go from 02:00 to 03:00.
        (
            date(2026, 3, 28),
            "22:00",
            "02:30",
            datetime(2026, 3, 28, 21, tzinfo=UTC),
            datetime(2026, 3, 29, 1, tzinfo=UTC),
        ),
        (
            date(2026, 3, 29),
            "02:30",
            "09:00",
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2026, 3, 29, 7, tzinfo=UTC),
        ),
        # In the night to 25 October 02:30 comes twice: once is enough, the first time.
        (
            date(2026, 10, 25),
            "02:30",
            "09:00",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 8, tzinfo=UTC),
        ),
    ],
)
def test_clock_changes_move_a_shift_as_they_move_a_meeting(
    on: date, starts: str, ends: str, begins: datetime, over: datetime
) -> None:
    span = weekly({0}, starts, ends, zone="Europe/Berlin").span(on)
    assert span == Span(begins, over)


def test_a_shift_that_the_clocks_skip_is_none() -> None:
    assert weekly({6}, "02:10", "02:40", zone="Europe/Berlin").span(date(2026, 3, 29)) is None


def test_two_shifts_that_meet_leave_no_gap_when_the_clocks_change() -> None:
    early = weekly({6}, "00:00", "02:30", zone="Europe/Berlin", first_on=date(2026, 3, 1), name="a")
    late = weekly({6}, "02:30", "09:00", (MAY,), "Europe/Berlin", date(2026, 3, 1), name="b")
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        first, second = early.span(day), late.span(day)
        assert first is not None
        assert second is not None
        assert first.ends_at == second.starts_at


def test_somebody_in_the_place_of_another_is_on_duty_and_the_other_is_not() -> None:
    cover = Cover("c", MAY, Span(at(1, 20), at(1, 22)), instead_of=MO)
    plan = Plan([weekly({1}, "19:00", "23:00")], covers=[cover])
    assert on_duty(plan, 7) == [(MO, at(1, 19), at(1, 20)), (MAY, at(1, 20), at(1, 22)), (MO, at(1, 22), at(1, 23))]
    extra = Plan([weekly({1}, "19:00", "23:00")], covers=[Cover("c", MAY, cover.span)])
    assert on_duty(extra, 7) == [(MO, at(1, 19), at(1, 23)), (MAY, at(1, 20), at(1, 22))]


def test_a_later_cover_takes_from_an_earlier_one_and_never_the_other_way_round() -> None:
    span = Span(at(1, 19), at(1, 23))
    plan = Plan(covers=[Cover("a", MAY, span, instead_of=LEAD), Cover("b", LEAD, span, instead_of=MAY)])
    assert on_duty(plan, 7) == [(LEAD, span.starts_at, span.ends_at)]


def test_one_date_given_away_changes_no_other() -> None:
    plan = Plan([weekly({1}, "19:00", "23:00")], {("a", date(2026, 12, 8)): MAY})
    assert on_duty(plan, 21) == [(MO, at(1, 19), at(1, 23)), (MAY, at(8, 19), at(8, 23)), (MO, at(15, 19), at(15, 23))]


def test_time_away_leaves_a_gap_and_somebody_elses_cover_closes_it() -> None:
    plan = Plan([weekly({1}, "19:00", "23:00")], offs=[Off("o", MO, at(1, 20), at(8, 0))])
    assert list(plan.gaps(at(1, 0), at(8, 0))) == [Span(at(1, 20), at(1, 23))]
    closed = Plan(plan.weekly, covers=[Cover("c", MAY, Span(at(1, 20), at(1, 23)))], offs=plan.offs)
    assert list(closed.gaps(at(1, 0), at(8, 0))) == []


def test_who_left_the_team_leaves_their_turns_to_nobody_and_moves_nobody_elses() -> None:
    people = (MO, MAY, LEAD)
    before = weekly({1}, "19:00", "23:00", people)
    after = weekly({1}, "19:00", "23:00", rota.without(people, MAY))
    for day in before.dates(MONDAY, MONDAY + 100 * DAY):
        assert after.turn(day) == (NOBODY if before.turn(day) == MAY else before.turn(day))
    assert list(Plan([after]).gaps(at(8, 0), at(9, 0))) == [Span(at(8, 19), at(8, 23))]


def test_hours_that_no_shift_reaches_are_told_apart_from_gaps() -> None:
    plan = Plan([weekly({1}, "19:00", "23:00")], offs=[Off("o", MO, at(1, 0))])
    assert list(plan.unplanned(at(1, 12), at(2, 0))) == [Span(at(1, 12), at(1, 19)), Span(at(1, 23), at(2, 0))]


@pytest.mark.parametrize(
    ("others", "new", "may"),
    [
        ([], Off("n", LEAD, NOW), True),
        ([Off("o", DEPUTY, NOW - DAY)], Off("n", LEAD, NOW), False),
        ([Off("o", DEPUTY, NOW - DAY)], Off("n", MO, NOW), True),
        ([Off("o", DEPUTY, NOW - DAY, NOW)], Off("n", LEAD, NOW), True),
        ([Off("o", DEPUTY, NOW + DAY, NOW + 2 * DAY)], Off("n", LEAD, NOW, NOW + DAY), True),
        ([Off("o", DEPUTY, NOW + DAY, NOW + 2 * DAY)], Off("n", LEAD, NOW, NOW + DAY + HOUR), False),
        ([Off("o", DEPUTY, NOW + DAY, NOW + 2 * DAY)], Off("n", LEAD, NOW), False),
    ],
)
def test_leads_and_deputies_cannot_all_be_away(others: list[Off], new: Off, *, may: bool) -> None:
    assert rota.may_be_away({LEAD, DEPUTY}, others, new) is may
    assert (rota.all_away_from({LEAD, DEPUTY}, [*others, new], NOW) is None) is (may or new.user_id == MO)


# Laws.

people = st.sampled_from([MO, MAY, LEAD, NOBODY])
instants = st.integers(-200, 1400).map(lambda hours: NOW + hours * HOUR)
times = st.times(time(0), time(23, 59)).map(lambda each: each.replace(second=0, microsecond=0))


def a_weekly(name: str) -> st.SearchStrategy[Weekly]:
    return st.builds(
        Weekly,
        id=st.just(name),
        days=st.frozensets(st.integers(0, 6), min_size=1),
        starts=times,
        ends=times,
        zone=st.sampled_from(["Europe/London", "America/New_York", "Pacific/Auckland", "UTC"]),
        people=st.lists(people, min_size=1, max_size=3).map(tuple),
        first_on=st.integers(-20, 20).map(lambda days: MONDAY + days * DAY),
        last_on=st.none() | st.integers(20, 60).map(lambda days: MONDAY + days * DAY),
    )


def a_span(starts_at: datetime, hours: int) -> Span:
    return Span(starts_at, starts_at + hours * HOUR)


spans = st.builds(a_span, instants, st.integers(1, 24))
covers = st.lists(st.builds(Cover, st.just(""), people, spans, st.none() | people), max_size=3).map(
    lambda found: [Cover(str(n), each.user_id, each.span, each.instead_of) for n, each in enumerate(found)]
)
offs = st.lists(
    st.builds(
        lambda user, starts_at, hours: Off("", user, starts_at, starts_at + hours * HOUR if hours else None),
        people,
        instants,
        st.none() | st.integers(1, 500),
    ),
    max_size=3,
)
insteads = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.integers(0, 50).map(lambda days: MONDAY + days * DAY)), people, max_size=4
)
plans = st.builds(Plan, st.tuples(a_weekly("a"), a_weekly("b")).map(list) | st.builds(list), insteads, covers, offs)


def cut(duties: Sequence[Duty], window: Span) -> list[tuple[int, Span]]:
    found: list[tuple[int, Span]] = []
    for user in sorted({duty.user_id for duty in duties}):
        own = [each.span for each in duties if each.user_id == user and each.span.overlaps(window)]
        inside = [Span(max(s.starts_at, window.starts_at), min(s.ends_at, window.ends_at)) for s in own]
        found += [(user, span) for span in rota.merged(inside)]
    return found


@settings(max_examples=250)
@given(plan=plans, offset=st.integers(0, 40), longer=st.integers(0, 30))
def test_shifts_are_the_same_whatever_window_they_are_made_for(plan: Plan, offset: int, longer: int) -> None:
    wide = plan.duties(NOW - 6 * DAY, NOW + 56 * DAY + longer * DAY)
    moved = NOW + offset * DAY
    window = Span(moved, NOW + 55 * DAY)
    assert cut(plan.duties(moved - rota.BACK, NOW + 56 * DAY), window) == cut(wide, window)


@settings(max_examples=250)
@given(plan=plans)
def test_nobody_away_is_on_duty_and_no_planned_time_is_neither_covered_nor_a_gap(plan: Plan) -> None:
    after, before = NOW - rota.BACK, NOW + rota.AHEAD
    duties = plan.duties(after, before)
    gaps = plan.gaps(after, before)
    for duty in duties:
        assert duty.user_id != NOBODY
        assert not plan.is_away(duty.user_id, duty.span)
    planned = rota.merged([slot.span for slot in plan.planned(after, before)])
    covered = rota.merged([duty.span for duty in duties])
    assert list(rota.merged([*covered, *gaps])) == list(planned)
    for number, gap in enumerate(gaps):
        assert not any(gap.overlaps(span) for span in (*covered, *gaps[number + 1 :]))


@settings(max_examples=250)
@given(plan=plans, later=plans, hours=st.integers(0, 300))
def test_what_was_made_before_becomes_what_would_be_made_anew(plan: Plan, later: Plan, hours: int) -> None:
    now = NOW + hours * HOUR
    first = plan.duties(NOW - rota.BACK, NOW + rota.AHEAD)
    made = [Made(str(n), duty.user_id, duty.span) for n, duty in enumerate(first) if duty.span.ends_at > now]
    duties = later.duties(now - rota.BACK, now + rota.AHEAD)
    change = rota.remake(made, duties, now)
    kept = [Duty(one.user_id, change.stretch.get(one.id, one.span)) for one in made if one.id not in set(change.drop)]
    coming = Span(now, now + 2 * rota.AHEAD)
    assert cut([*kept, *change.add], coming) == cut(duties, coming)
    running = {one.user_id for one in made if one.span.starts_at <= now}
    assert not {duty.user_id for duty in change.add if duty.span.starts_at < now} & running
    assert rota.remake([Made(d, u, s) for d, u, s in _as_made(kept, change.add, now)], duties, now) == rota.Remake(
        [], {}, []
    )


def _as_made(kept: list[Duty], add: Sequence[Duty], now: datetime) -> list[tuple[str, int, Span]]:
    found = [each for each in (*kept, *add) if each.span.ends_at > now]
    return [(str(n), each.user_id, each.span) for n, each in enumerate(found)]


@settings(max_examples=250)
@given(plan=plans, wakes=st.lists(st.integers(1, 60), min_size=1, max_size=60))
def test_no_gap_goes_untold_and_none_is_told_more_than_twice(plan: Plan, wakes: list[int]) -> None:
    found = [span for span in plan.gaps(NOW - rota.BACK, NOW + rota.AHEAD) if span.ends_at > NOW]
    gaps, told = [Gap(str(n), span) for n, span in enumerate(found)], dict.fromkeys(found, 0)
    now = NOW
    for hours in (0, *wakes):
        now += hours * HOUR
        for number, gap in enumerate(gaps):
            due = gap.next_telling
            if due is not None and due <= now < gap.span.ends_at:
                gaps[number] = Gap(gap.id, gap.span, rota.told_by(gap, now))
                told[gap.span] += 1
    awake = [NOW + sum(wakes[:n]) * HOUR for n in range(len(wakes) + 1)]
    for gap in gaps:
        seen = [at for at in awake if gap.span.starts_at - 48 * HOUR <= at < gap.span.ends_at]
        assert bool(told[gap.span]) is bool(seen)
        assert told[gap.span] <= 2


@given(plan=plans, span=spans)
def test_part_of_a_gap_that_was_told_is_no_news(plan: Plan, span: Span) -> None:
    assume(span.ends_at - span.starts_at > HOUR)
    inside = Span(span.starts_at + HOUR, span.ends_at)
    assert rota.told_already(inside, [Gap("g", span, 1)]) == 1
    assert rota.told_already(Span(span.starts_at, span.ends_at + HOUR), [Gap("g", span, 2)]) == 0
    _ = plan
