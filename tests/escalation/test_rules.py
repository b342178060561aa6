"""The ladder of a concern, as a table and as laws."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerbot.escalation import rules
from peerbot.escalation.rules import Duty, Level, Line, Page, Position, Reach, Wait

NOW = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
ON_CALL, LEAD, DEPUTY, MODERATOR, FACILITATOR, OWL = 1, 2, 3, 4, 5, 6
MINUTE = timedelta(minutes=1)
FULL = Duty(
    {
        Line.ON_CALL: frozenset({ON_CALL}),
        Line.FACILITATORS: frozenset({FACILITATOR}),
        Line.LEADS: frozenset({LEAD, DEPUTY}),
        Line.NIGHTS: frozenset({OWL}),
        Line.EVERYBODY: frozenset({ON_CALL, LEAD, DEPUTY, MODERATOR, FACILITATOR, OWL}),
    }
)


def climb(
    level: Level, duty: Duty = FULL, *, in_meeting: bool = False, pages: int = 10
) -> list[tuple[timedelta, set[int]]]:
    """Return when and to whom the first pages go while nobody answers."""
    position, now, seen = Position(level, NOW, 0, in_meeting), NOW, []
    while len(seen) < pages:
        action = rules.next_action(position, duty, now)
        if isinstance(action, Wait):
            now = action.until
            continue
        seen.append((now - NOW, set(action.people)))
        position, now = Position(level, NOW, action.next_step, in_meeting), action.next_at
    return seen


def test_urgent_goes_to_on_call_and_co_facilitator_then_to_the_leads_then_to_everybody() -> None:
    assert climb(Level.URGENT, pages=3) == [
        (0 * MINUTE, {ON_CALL, FACILITATOR}),
        (5 * MINUTE, {LEAD, DEPUTY}),
        (15 * MINUTE, {ON_CALL, LEAD, DEPUTY, MODERATOR, FACILITATOR, OWL}),
    ]


def test_emergency_goes_to_every_line_at_once_and_again_every_two_minutes_five_times() -> None:
    seen = climb(Level.EMERGENCY, pages=6)
    assert [after for after, _ in seen] == [n * 2 * MINUTE for n in range(6)]
    assert all(people == {ON_CALL, LEAD, DEPUTY, MODERATOR, FACILITATOR, OWL} for _, people in seen)


def test_a_check_in_in_a_meeting_goes_to_the_co_facilitator_then_to_on_call_too_then_to_the_lead() -> None:
    assert climb(Level.CHECK_IN, in_meeting=True, pages=3) == [
        (0 * MINUTE, {FACILITATOR}),
        (10 * MINUTE, {ON_CALL, FACILITATOR}),
        (20 * MINUTE, {LEAD, DEPUTY}),
    ]


def test_a_check_in_outside_a_meeting_goes_to_on_call_and_to_the_lead_after_a_day() -> None:
    assert climb(Level.CHECK_IN, pages=3) == [
        (0 * MINUTE, {ON_CALL}),
        (12 * 60 * MINUTE, {ON_CALL}),
        (24 * 60 * MINUTE, {LEAD, DEPUTY}),
    ]


def test_only_a_check_in_waits_for_the_next_shift_and_never_longer_than_a_day() -> None:
    night = Duty({Line.LEADS: frozenset({LEAD})}, next_shift=NOW + timedelta(hours=9))
    action = rules.next_action(Position(Level.CHECK_IN, NOW, 0, in_meeting=False), night, NOW)
    assert action == Wait(NOW + timedelta(hours=9))
    later = Duty({Line.LEADS: frozenset({LEAD})}, next_shift=NOW + timedelta(days=3))
    assert rules.next_action(Position(Level.CHECK_IN, NOW, 0, in_meeting=False), later, NOW) == Wait(
        NOW + timedelta(days=1)
    )
    urgent = rules.next_action(Position(Level.URGENT, NOW, 0, in_meeting=False), night, NOW)
    assert isinstance(urgent, Page)
    assert urgent.people == {LEAD}


def test_an_empty_line_is_skipped_at_once() -> None:
    duty = Duty({Line.LEADS: frozenset({LEAD}), Line.EVERYBODY: frozenset({LEAD})})
    assert climb(Level.URGENT, duty, pages=3) == [(0 * MINUTE, {LEAD}), (5 * MINUTE, {LEAD}), (15 * MINUTE, {LEAD})]
    only_owl = Duty({Line.NIGHTS: frozenset({OWL}), Line.EVERYBODY: frozenset({OWL})})
    assert climb(Level.URGENT, only_owl, pages=1) == [(0 * MINUTE, {OWL})]
    assert climb(Level.CHECK_IN, duty, in_meeting=True, pages=1) == [(0 * MINUTE, {LEAD})]
    only_on_call = Duty({Line.ON_CALL: frozenset({ON_CALL})})
    assert climb(Level.CHECK_IN, only_on_call, in_meeting=True, pages=1) == [(0 * MINUTE, {ON_CALL})]


def test_with_nobody_on_the_rota_urgent_goes_to_the_leads_then_to_the_night_volunteers_then_to_everybody() -> None:
    night = Duty({**FULL.people, Line.ON_CALL: frozenset()})
    assert climb(Level.URGENT, night, in_meeting=True, pages=3) == [
        (0 * MINUTE, {FACILITATOR, LEAD, DEPUTY}),
        (5 * MINUTE, {LEAD, DEPUTY, OWL}),
        (15 * MINUTE, {ON_CALL, LEAD, DEPUTY, MODERATOR, FACILITATOR, OWL}),
    ]


def test_leads_are_asked_whenever_the_last_one_on_duty_goes_before_the_second_step() -> None:
    night = Duty({**FULL.people, Line.ON_CALL: frozenset()})
    action = rules.next_action(Position(Level.URGENT, NOW, 1, in_meeting=False), night, NOW)
    assert isinstance(action, Page)
    assert action.people == {LEAD, DEPUTY, OWL}


@pytest.mark.parametrize("level", Level)
def test_who_chose_nights_is_asked_before_everybody_only_about_something_urgent_while_nobody_is_on_the_rota(
    level: Level,
) -> None:
    asked = {person for _, people in climb(level, pages=2) for person in people}
    assert (OWL in asked) is (level is Level.EMERGENCY)


@settings(max_examples=200)
@given(st.frozensets(st.integers(1, 6)), st.frozensets(st.integers(1, 6)))
def test_who_is_away_is_left_out_unless_all_are(people: frozenset[int], away: frozenset[int]) -> None:
    left = rules.never_empty(people, away)
    assert left <= people
    assert bool(left) is bool(people)
    assert not left & away or people <= away


def test_what_is_said_of_the_team_is_what_there_is() -> None:
    def reach(subject: int | None, on: Mapping[Line, frozenset[int]] = FULL.people) -> Reach:
        return rules.duty(on, raiser=9, subject=subject, next_shift=None).reach

    assert reach(None) is Reach.ON_DUTY
    assert reach(ON_CALL) is Reach.OFF_DUTY
    assert reach(None, {**FULL.people, Line.ON_CALL: frozenset()}) is Reach.OFF_DUTY
    assert reach(None, dict.fromkeys(Line, frozenset())) is Reach.NOBODY
    leads = frozenset({LEAD, DEPUTY})
    assert reach(LEAD, {Line.LEADS: leads, Line.EVERYBODY: leads | {MODERATOR}}) is Reach.NO_LINE


def test_who_hears_of_a_second_press_is_everybody_asked_so_far() -> None:
    def asked(step: int, *, for_leads: bool = False) -> frozenset[int]:
        return rules.asked_so_far(Position(Level.URGENT, NOW, step, in_meeting=True, for_leads=for_leads), FULL)

    assert asked(1) == {ON_CALL, FACILITATOR}
    assert asked(2) == {ON_CALL, FACILITATOR, LEAD, DEPUTY}
    assert asked(3) == asked(9) == {ON_CALL, FACILITATOR, LEAD, DEPUTY, MODERATOR, OWL}
    assert asked(1, for_leads=True) == {LEAD, DEPUTY}


@pytest.mark.parametrize(
    ("level", "in_meeting", "within"),
    [
        (Level.CHECK_IN, True, 10 * MINUTE),
        (Level.CHECK_IN, False, 12 * 60 * MINUTE),
        (Level.URGENT, False, 5 * MINUTE),
        (Level.EMERGENCY, True, 2 * MINUTE),
    ],
)
def test_how_fast_a_first_line_answers_is_the_table_of_levels(
    level: Level, *, in_meeting: bool, within: timedelta
) -> None:
    assert rules.answers_within(Position(level, NOW, 0, in_meeting)) == within


def test_after_the_last_line_pages_go_on_every_ten_minutes_for_an_hour_then_hourly() -> None:
    position, now, times = Position(Level.URGENT, NOW, 3, in_meeting=False), NOW, []
    for _ in range(9):
        action = rules.next_action(position, FULL, now)
        assert isinstance(action, Page)
        assert action.unanswered
        times.append(now - NOW)
        position, now = Position(Level.URGENT, NOW, action.next_step, in_meeting=False), action.next_at
    assert times == [m * MINUTE for m in (0, 10, 20, 30, 40, 50, 60, 120, 180)]


def test_somebody_who_may_be_under_18_is_the_leads_first() -> None:
    action = rules.next_action(Position(Level.URGENT, NOW, 0, in_meeting=True, for_leads=True), FULL, NOW)
    assert isinstance(action, Page)
    assert action.people == {LEAD, DEPUTY}


def test_a_concern_about_staff_skips_every_line_that_person_is_on() -> None:
    duty = rules.duty(FULL.people, raiser=9, subject=ON_CALL, next_shift=None)
    assert ON_CALL not in duty.of(tuple(Line))
    assert duty.of((Line.EVERYBODY,)) == {FACILITATOR, LEAD, DEPUTY, OWL}


def test_nobody_is_paged_about_their_own_concern() -> None:
    duty = rules.duty(FULL.people, raiser=LEAD, subject=LEAD, next_shift=None)
    assert LEAD not in duty.of(tuple(Line))


people = st.frozensets(st.integers(1, 6), max_size=4)
duties = st.builds(
    lambda on_call, facilitators, leads, nights, others, next_shift: Duty(
        {
            Line.ON_CALL: on_call,
            Line.FACILITATORS: facilitators,
            Line.LEADS: leads,
            Line.NIGHTS: nights,
            Line.EVERYBODY: on_call | facilitators | leads | nights | others,
        },
        next_shift,
    ),
    people,
    people,
    people,
    people,
    people,
    st.none() | st.integers(1, 4000).map(lambda m: NOW + m * MINUTE),
)


@settings(max_examples=1000)
@given(level=st.sampled_from(Level), duty=duties, in_meeting=st.booleans(), for_leads=st.booleans())
def test_whoever_can_be_reached_is_paged_before_the_raiser_is_told_that_nobody_answered(
    level: Level, duty: Duty, *, in_meeting: bool, for_leads: bool
) -> None:
    position, now = Position(level, NOW, 0, in_meeting, for_leads), NOW
    told = NOW + rules.ladder(level, in_meeting=in_meeting, for_leads=for_leads).nobody_after
    reached: set[int] = set()
    while now <= told:
        action = rules.next_action(position, duty, now)
        if isinstance(action, Wait):
            assert level is Level.CHECK_IN
            assert now < action.until <= NOW + rules.LONGEST_WAIT_FOR_A_SHIFT
            now = action.until
            continue
        assert action.next_at > now
        assert action.next_step > position.step
        reached |= action.people
        position, now = Position(level, NOW, action.next_step, in_meeting, for_leads), action.next_at
    on_ladder = {
        line for step in rules.ladder(level, in_meeting=in_meeting, for_leads=for_leads).steps for line in step.lines
    }
    assert reached or not duty.of(tuple(on_ladder))


@settings(max_examples=1000)
@given(
    level=st.sampled_from(Level),
    duty=duties,
    in_meeting=st.booleans(),
    step=st.integers(0, 6),
    minutes_late=st.integers(0, 100_000),
)
def test_a_late_step_is_taken_now_and_leaves_its_people_their_full_time(
    level: Level, duty: Duty, step: int, minutes_late: int, *, in_meeting: bool
) -> None:
    now = NOW + minutes_late * MINUTE
    action = rules.next_action(Position(level, NOW, step, in_meeting), duty, now)
    if isinstance(action, Page):
        assert action.next_at - now >= 2 * MINUTE
    else:
        assert action.until > now


@settings(max_examples=1000)
@given(
    level=st.sampled_from(Level),
    duty=duties,
    in_meeting=st.booleans(),
    for_leads=st.booleans(),
    step=st.integers(0, 9),
)
def test_nobody_off_duty_is_paged_unless_the_step_says_all_or_they_are_a_lead_or_chose_nights(
    level: Level, duty: Duty, step: int, *, in_meeting: bool, for_leads: bool
) -> None:
    position = Position(level, NOW, step, in_meeting, for_leads)
    action = rules.next_action(position, duty, NOW)
    if isinstance(action, Wait):
        return
    steps = position.ladder.steps
    if action.step >= len(steps) or Line.EVERYBODY in steps[action.step].lines:
        return
    on_duty = duty.of((Line.ON_CALL,))
    may = on_duty | duty.of((Line.FACILITATORS, Line.LEADS))
    if level is Level.URGENT and not on_duty:
        may |= duty.of((Line.NIGHTS,))
    assert action.people <= may
    if level is Level.URGENT and not on_duty and action.step <= 1:
        assert duty.of((Line.LEADS,)) <= action.people


@settings(max_examples=700)
@given(st.fixed_dictionaries(dict.fromkeys(Line, people)), st.integers(1, 6), st.none() | st.integers(1, 6))
def test_raiser_and_subject_are_never_asked(on: dict[Line, frozenset[int]], raiser: int, subject: int | None) -> None:
    asked = rules.duty(on, raiser=raiser, subject=subject, next_shift=None).of(tuple(Line))
    assert raiser not in asked
    assert subject not in asked
