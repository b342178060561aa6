"""What follows from a moment: tables, and laws that hold for every meeting."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.meetings import rules
from peerbot.meetings.rules import Meeting, Room, State, Times

STARTS = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def meeting(
    state: State = State.PLANNED, *, minutes: int = 90, there: bool = False, times: Times | None = None
) -> Meeting:
    return Meeting(
        id="0a1b2c3d",
        server_id=1,
        group_id="4e5f6071",
        series_id="8293a4b5",
        on=date(2026, 12, 1),
        zone="Europe/London",
        starts_at=STARTS,
        ends_at=STARTS + timedelta(minutes=minutes),
        state=state,
        facilitator_at=STARTS - 5 * MINUTE if there else None,
        times=times or Times(),
    )


def room(channel_id: int | None = 5_000) -> Room:
    return Room("room-7f3a9c", "0a1b2c3d", "4e5f6071", 1, channel_id, "lobby")


meetings = st.builds(meeting, st.sampled_from(State), minutes=st.integers(30, 180), there=st.booleans())
moments = st.integers(-60 * 24, 60 * 48).map(lambda minutes: STARTS + minutes * MINUTE)


@pytest.mark.parametrize(
    ("state", "minutes_from_start", "what"),
    [
        (State.PLANNED, -15, "make"),
        (State.PLANNED, 4, "make"),
        (State.PLANNED, 89, "make"),
        (State.PLANNED, 90, "missed"),
        (State.PLANNED, 5000, "missed"),
        (State.LOBBY, -15, "nothing"),
        (State.OPEN, 4, "nothing"),
        (State.CALLED_OFF, 4, "nothing"),
        (State.MISSED, 90, "nothing"),
    ],
)
def test_a_room_is_made_while_the_meeting_lasts(state: State, minutes_from_start: int, what: str) -> None:
    assert rules.making(meeting(state), STARTS + minutes_from_start * MINUTE) == what


@pytest.mark.parametrize(
    ("state", "there", "channel", "minutes_from_start", "opens"),
    [
        (State.LOBBY, True, 5_000, 0, True),
        (State.LOBBY, True, 5_000, 89, True),
        (State.LOBBY, True, 5_000, -1, False),
        (State.LOBBY, True, 5_000, 90, False),
        (State.LOBBY, False, 5_000, 0, False),
        (State.LOBBY, True, None, 0, False),
        (State.OPEN, True, 5_000, 0, False),
        (State.CALLED_OFF, True, 5_000, 20, False),
    ],
)
def test_a_room_opens_on_time_with_a_facilitator(
    state: State,
    there: bool,  # noqa: FBT001
    channel: int | None,
    minutes_from_start: int,
    opens: bool,  # noqa: FBT001
) -> None:
    now = STARTS + minutes_from_start * MINUTE
    assert rules.opens(meeting(state, there=there), room(channel), now) is opens


def test_without_a_room_nothing_opens() -> None:
    assert not rules.opens(meeting(State.LOBBY, there=True), None, STARTS)


@given(meetings, moments, st.none() | st.just(5_000))
def test_nothing_ever_opens_without_a_facilitator_or_outside_its_time(
    one: Meeting, now: datetime, channel: int | None
) -> None:
    if rules.opens(one, room(channel), now):
        assert one.facilitator_at is not None
        assert one.starts_at <= now < one.ends_at
        assert one.state is State.LOBBY
        assert not rules.opens(replace(one, state=State.OPEN), room(channel), now)


@pytest.mark.parametrize(
    ("made", "asked", "called_off"),
    [
        (-15, 3, 10),
        (0, 3, 10),
        (4, 7, 14),
        (85, 88, 90),
        (89, 90, 90),
    ],
)
def test_who_finds_a_late_room_has_the_same_time(made: int, asked: int, called_off: int) -> None:
    one = meeting()
    at = rules.asked_at(one, STARTS + made * MINUTE)
    assert at == STARTS + asked * MINUTE
    assert rules.called_off_at(one, at) == STARTS + called_off * MINUTE


@given(st.integers(30, 180), moments)
def test_asking_comes_before_calling_off_and_both_before_the_end(minutes: int, made: datetime) -> None:
    one = meeting(minutes=minutes)
    asked = rules.asked_at(one, made)
    assert one.starts_at <= asked <= rules.called_off_at(one, asked) <= one.ends_at


@pytest.mark.parametrize(
    ("minutes", "half_way", "closing", "locks"), [(90, 45, 85, 100), (60, 30, 55, 70), (30, 15, 25, 40)]
)
def test_what_is_when(minutes: int, half_way: int, closing: int, locks: int) -> None:
    one = meeting(minutes=minutes)
    assert one.half_way_at == STARTS + half_way * MINUTE
    assert one.closing_at == STARTS + closing * MINUTE
    assert one.locks_at == STARTS + locks * MINUTE
    assert one.deletes_at == one.ends_at + timedelta(hours=24)


@pytest.mark.parametrize(
    ("reminder", "minutes_from_start"),
    [("remind-day", -30), ("remind-soon", 0), ("opening", 45), ("half-way", 50), ("closing", 90)],
)
def test_when_a_reminder_is_dropped(reminder: str, minutes_from_start: int) -> None:
    assert rules.dropped_from(meeting(), reminder) == STARTS + minutes_from_start * MINUTE


@given(st.integers(30, 180))
def test_no_reminder_is_sent_once_the_next_one_is_due(minutes: int) -> None:
    one = meeting(minutes=minutes)
    due = [
        ("remind-day", STARTS - timedelta(hours=24)),
        ("remind-soon", STARTS - timedelta(minutes=30)),
        ("opening", STARTS),
        ("half-way", one.half_way_at),
        ("closing", one.closing_at),
    ]
    following = [at for _, at in due[1:]] + [one.ends_at]
    for (reminder, at), next_at in zip(due, following, strict=True):
        assert at < rules.dropped_from(one, reminder) <= next_at


def test_what_is_no_reminder_is_refused() -> None:
    with pytest.raises(KeyError):
        rules.dropped_from(meeting(), "lock")


@pytest.mark.parametrize(
    ("code", "why"),
    [("50013", "permission"), ("50001", "permission"), ("30013", "full"), ("50035", "other"), ("10003", "other")],
)
def test_a_refusal_says_what_to_mend(code: str, why: str) -> None:
    assert rules.why_refused(code) == why
