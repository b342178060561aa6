"""What follows from an attempt: the whole table, and the promises that hold whatever happens."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.delivery import (
    LOOK_FOR,
    Absent,
    Again,
    Busy,
    Delivered,
    Finish,
    NotWanted,
    Outcome,
    Refused,
    Unknown,
    decide,
    pause,
    too_late,
)
from peerbot.engine.outbox import Lane, Leased
from tests.fakes import EVENING

SECOND = timedelta(seconds=1)
KINDS = ["post", "dm", "answer", "place.make", "channel.person", "channel.everyone", "channel.delete"]


def intent(
    kind: str = "post",
    lane: Lane = Lane.REMINDER,
    *,
    attempts: int = 1,
    look: bool = False,
    looks: int = 0,
    not_after: datetime | None = None,
) -> Leased:
    return Leased(1, "key", kind, lane, 7, {}, None, "nonce", attempts, look, looks, EVENING, not_after)


leased = st.builds(
    intent,
    st.sampled_from(KINDS),
    st.sampled_from(Lane),
    attempts=st.integers(1, 10_000),
    look=st.booleans(),
    looks=st.integers(0, 10_000),
)
outcomes: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Delivered),
    st.builds(NotWanted),
    st.builds(Refused, st.integers(0, 60_000)),
    st.builds(Busy, st.floats(0, 100_000)),
    st.builds(Unknown, st.booleans()),
    st.builds(Absent),
)
REMINDER = {"lane": Lane.REMINDER}
CONCERN = {"lane": Lane.CONCERN}


@pytest.mark.parametrize(
    ("given_", "outcome", "expected"),
    [
        # It is done, or nobody wants it any more.
        ({}, Delivered(1, 2), Finish("done")),
        ({"look": True}, Delivered(1, 2), Finish("done")),
        ({}, NotWanted(), Finish("dropped", "not wanted")),
        # Discord said no: only a deletion is tried again.
        ({}, Refused(50007), Finish("failed", "50007")),
        (CONCERN, Refused(50007), Finish("failed", "50007")),
        ({"look": True}, Refused(50001), Finish("failed", "50001")),
        ({"kind": "channel.delete", "attempts": 3}, Refused(50001), Again(EVENING + 4 * SECOND)),
        # A room that may be there is looked for until Discord lets us look.
        (
            {"kind": "place.make", "look": True, "looks": 1},
            Refused(50001),
            Again(EVENING + 2 * SECOND, look=True),
        ),
        # What Discord refuses is not hurried for a concern: it would be refused again, and refusals are counted.
        (
            {"kind": "channel.person", "lane": Lane.CONCERN, "attempts": 9},
            Refused(50013),
            Again(EVENING + 256 * SECOND),
        ),
        # Discord said later: nothing was done, so the next attempt is no repeat.
        ({}, Busy(30), Again(EVENING + 30 * SECOND, tried=False)),
        ({}, Busy(0.2), Again(EVENING + SECOND, tried=False)),
        ({"look": True}, Busy(30), Again(EVENING + 30 * SECOND, look=True, tried=False)),
        (CONCERN, Busy(30), Again(EVENING + 2 * SECOND, tried=False)),
        # Nobody knows: what may be repeated is repeated, everything else is looked for at once.
        ({"kind": "channel.person", "attempts": 4}, Unknown(safe=True), Again(EVENING + 8 * SECOND)),
        ({}, Unknown(), Again(EVENING, look=True)),
        (CONCERN, Unknown(), Again(EVENING, look=True)),
        # It is not there: a second look two seconds later, then it is done again.
        ({"look": True}, Absent(), Again(EVENING + LOOK_FOR, look=True)),
        ({"look": True, "looks": 1, "attempts": 3}, Absent(), Again(EVENING + 4 * SECOND)),
        ({"look": True, **CONCERN}, Absent(), Again(EVENING + LOOK_FOR, look=True)),
        ({"look": True, "looks": 1, "attempts": 3, **CONCERN}, Absent(), Again(EVENING)),
        # A look that found nothing out: look again, later each time. A concern is sent again all the same.
        ({"look": True}, Unknown(), Again(EVENING + SECOND, look=True)),
        ({"look": True, "looks": 3}, Unknown(safe=True), Again(EVENING + 8 * SECOND, look=True)),
        ({"look": True, **CONCERN}, Unknown(), Again(EVENING + LOOK_FOR, look=True)),
        ({"look": True, "looks": 1, **CONCERN}, Unknown(), Again(EVENING)),
        ({"look": True, **CONCERN}, Refused(50001), Again(EVENING + LOOK_FOR, look=True)),
        ({"look": True, "looks": 1, **CONCERN}, Refused(50001), Again(EVENING)),
    ],
)
def test_what_follows_from_an_attempt(given_: dict, outcome: Outcome, expected: Finish | Again) -> None:
    assert decide(intent(**given_), outcome, EVENING) == expected


@given(intent=leased, outcome=outcomes)
def test_everything_is_either_finished_or_tried_again_and_never_in_the_past(intent: Leased, outcome: Outcome) -> None:
    decision = decide(intent, outcome, EVENING)
    if isinstance(decision, Finish):
        assert decision.state in {"done", "failed", "dropped"}
    else:
        assert decision.at >= EVENING


@given(intent=leased, outcome=outcomes)
def test_a_concern_never_waits_longer_than_two_seconds(intent: Leased, outcome: Outcome) -> None:
    decision = decide(intent, outcome, EVENING)
    # What is tried until it is done, though Discord refuses it, is no message: Discord would say the same at once.
    refused = isinstance(outcome, Refused) and not intent.look and intent.kind.startswith("channel.")
    if intent.lane is Lane.CONCERN and isinstance(decision, Again) and not refused:
        assert decision.at - EVENING <= timedelta(seconds=2)


@given(
    outcome=st.lists(st.one_of(st.builds(Refused, st.just(50001)), st.builds(Unknown), st.just(Absent())), max_size=2)
)
def test_a_concern_in_doubt_is_sent_again_after_two_seconds_of_looking_whatever_the_looks_come_to(
    outcome: list[Outcome],
) -> None:
    looked = timedelta()
    decision = decide(intent(lane=Lane.CONCERN), Unknown(), EVENING)
    for looks, found in enumerate([*outcome, Absent(), Absent()]):
        assert isinstance(decision, Again)
        if not decision.look:
            break
        looked += decision.at - EVENING
        decision = decide(intent(lane=Lane.CONCERN, look=True, looks=looks), found, EVENING)
    assert decision == Again(EVENING)
    assert looked == LOOK_FOR


@given(intent=leased, outcome=outcomes)
def test_a_deletion_is_never_given_up(intent: Leased, outcome: Outcome) -> None:
    decision = decide(intent, outcome, EVENING)
    if intent.kind == "channel.delete" and not isinstance(outcome, Delivered | NotWanted):
        assert isinstance(decision, Again)


@given(intent=leased, outcome=outcomes)
def test_nothing_in_doubt_is_done_again_before_it_was_looked_for(intent: Leased, outcome: Outcome) -> None:
    decision = decide(intent, outcome, EVENING)
    if isinstance(outcome, Unknown) and not outcome.safe and not intent.look:
        assert isinstance(decision, Again)
        assert decision.look


@given(lane=st.sampled_from(Lane), attempts=st.integers(0, 10**9))
def test_a_pause_grows_up_to_five_minutes_and_two_seconds_for_a_concern(lane: Lane, attempts: int) -> None:
    most = timedelta(seconds=2) if lane is Lane.CONCERN else timedelta(minutes=5)
    assert timedelta(seconds=1) <= pause(lane, attempts) <= pause(lane, attempts + 1) <= most


def test_pauses_double() -> None:
    assert [pause(Lane.CLOSING, n).total_seconds() for n in range(1, 12)] == [
        *(1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300)
    ]


def test_something_late_has_lost_its_meaning_from_that_very_instant_on() -> None:
    late = intent(not_after=EVENING)
    assert not too_late(late, EVENING - SECOND)
    assert too_late(late, EVENING)


def test_what_has_no_end_is_never_too_late() -> None:
    assert not too_late(intent("channel.delete"), EVENING + timedelta(days=365))


def test_what_may_have_been_done_is_looked_for_however_late_it_is() -> None:
    assert not too_late(intent("place.make", look=True, not_after=EVENING), EVENING + timedelta(days=1))
