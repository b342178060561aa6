"""How long each line has to answer: the table of levels, the bounds, and what the words promise."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.escalation import policy_store, rules
from peerbot.escalation.policy import BOUNDS, USUAL, Policy
from peerbot.escalation.rules import Duty, Level, Line, Page, Position
from tests.escalation.scene import ANA, CHO, DEPUTY, HOUR, LEAD, MINUTE, MO, SERVER, Scene
from tests.fakes import EVENING

NOW = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
TEAM = Duty({line: frozenset({number}) for number, line in enumerate(Line)})


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any answer times that a server may set."""
    chosen = {
        name: draw(st.integers(each.least // each.unit, each.most // each.unit)) * each.unit
        for name, each in BOUNDS.items()
    }
    # What would come too soon comes as late as it may; then what comes after it.
    found = Policy(**chosen)
    while found.too_soon:
        found = replace(found, **{name: BOUNDS[name].most for name in found.too_soon})
    assert (found.out_of_bounds, found.too_soon) == ((), ())
    return found


positions = st.builds(
    Position,
    st.sampled_from(Level),
    st.just(NOW),
    st.just(0),
    in_meeting=st.booleans(),
    for_leads=st.booleans(),
    policy=policies(),
)


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("check_in_meeting", 10),
        ("check_in_first", 12 * 60),
        ("check_in_told", 36 * 60),
        ("check_in_acted", 12 * 60),
        ("urgent_leads", 5),
        ("urgent_everybody", 15),
        ("urgent_told", 30),
        ("urgent_acted", 30),
        ("emergency_again", 2),
        ("emergency_told", 10),
        ("emergency_acted", 10),
    ],
)
def test_the_usual_answer_times_are_the_table_of_the_specification(name: str, minutes: int) -> None:
    assert USUAL[name] == minutes * MINUTE


def test_the_usual_times_may_be_set_and_each_time_has_bounds() -> None:
    assert (USUAL.out_of_bounds, USUAL.too_soon) == ((), ())
    with pytest.raises(KeyError):
        USUAL["out_of_bounds"]


def test_an_emergency_is_only_ever_made_faster() -> None:
    assert all(each.most == each.usual for name, each in BOUNDS.items() if name.startswith("emergency"))


def test_what_the_form_says_of_a_level_stays_true_whatever_is_set() -> None:
    assert BOUNDS["check_in_first"].most <= 24 * HOUR  # "In the next day".
    assert BOUNDS["check_in_told"].most <= 36 * HOUR
    assert BOUNDS["urgent_told"].most < HOUR  # "Within minutes".


def test_what_comes_too_soon_is_named() -> None:
    assert Policy(urgent_leads=10 * MINUTE, urgent_everybody=11 * MINUTE).too_soon == ("urgent_everybody",)
    assert Policy(urgent_told=16 * MINUTE).too_soon == ("urgent_told",)
    assert Policy(emergency_told=9 * MINUTE).too_soon == ("emergency_told",)
    assert Policy(check_in_told=24 * HOUR).too_soon == ("check_in_told",)


@given(policies())
def test_answer_times_come_back_from_the_database_as_they_were(policy: Policy) -> None:
    assert Policy.from_text(policy.to_text()) == policy


def test_a_server_that_has_set_nothing_has_the_usual_times() -> None:
    assert Policy.from_text("{}") == USUAL


@given(positions)
def test_whatever_is_set_every_line_has_its_time_before_the_raiser_is_told(position: Position) -> None:
    steps = position.ladder.steps
    gaps = [after.after - before.after for before, after in pairwise(steps)]
    least = MINUTE if position.level is Level.EMERGENCY else 2 * MINUTE
    assert all(gap >= least for gap in gaps)
    assert steps[-1].after <= position.ladder.nobody_after
    assert (steps[-1].after < position.ladder.nobody_after) or position.level is Level.EMERGENCY


@given(positions)
def test_whatever_is_set_pages_climb_the_ladder_at_its_times(position: Position) -> None:
    now = NOW
    for number, step in enumerate(position.ladder.steps):
        here = Position(position.level, NOW, number, position.in_meeting, position.for_leads, position.policy)
        action = rules.next_action(here, TEAM, now)
        assert isinstance(action, Page)
        assert (action.step, action.people, now - NOW) == (number, TEAM.of(step.lines), step.after)
        now = action.next_at


@given(policies(), st.integers(1, 72))
def test_a_check_in_never_waits_for_a_shift_until_the_raiser_would_be_told(policy: Policy, hours: int) -> None:
    night = Duty({Line.LEADS: frozenset({1})}, next_shift=NOW + hours * HOUR)
    position = Position(Level.CHECK_IN, NOW, 0, in_meeting=False, policy=policy)
    action = rules.next_action(position, night, NOW)
    assert isinstance(action, rules.Wait)
    assert action.until + policy.check_in_first <= NOW + policy.check_in_told


# A server that has set its own.

FASTER = Policy(urgent_leads=2 * MINUTE, urgent_everybody=6 * MINUTE, urgent_told=12 * MINUTE, urgent_acted=10 * MINUTE)


async def sets(scene: Scene, policy: Policy) -> None:
    async with scene.desk.transaction() as work:
        await policy_store.save(work, SERVER, policy)


def lines(scene: Scene) -> list[tuple[int, set[int]]]:
    """Return in which minute after the start each of the first pages went, and to whom."""
    return [(round(after / MINUTE), people) for after, people in scene.paged()]


async def test_pages_and_news_keep_to_the_times_that_the_server_has_set(scene: Scene) -> None:
    await scene.duty(MO)
    await sets(scene, FASTER)
    concern = await scene.ask(CHO)
    assert f"<t:{int((EVENING + 12 * MINUTE).timestamp())}:t>" in scene.told(CHO)[0]
    await scene.wait(12 * MINUTE)
    assert [when for when, _ in lines(scene)][:3] == [0, 2, 6]
    assert lines(scene)[1][1] == {LEAD, DEPUTY}
    assert (await scene.now(concern)).nobody_at == EVENING + 12 * MINUTE


async def test_who_has_a_concern_and_does_nothing_is_asked_again_after_the_time_that_was_set(scene: Scene) -> None:
    await sets(scene, FASTER)
    await scene.take(MO, await scene.ask(CHO))
    before = len(scene.paged())
    await scene.wait(9 * MINUTE)
    assert len(scene.paged()) == before
    await scene.wait(1 * MINUTE)
    assert scene.paged()[-1] == (10 * MINUTE, {MO})


async def test_an_open_concern_climbs_on_with_the_times_its_raiser_was_told_and_the_next_has_the_new_ones(
    scene: Scene,
) -> None:
    await scene.duty(MO)
    old = await scene.ask(CHO)
    await scene.wait(3 * MINUTE)
    await sets(scene, FASTER)
    new = await scene.ask(ANA)
    await scene.wait(3 * MINUTE)
    assert [round(after / MINUTE) for after, _ in scene.paged(old)] == [0, 5]
    assert [round(after / MINUTE) for after, _ in scene.paged(new)] == [3, 5]
    await scene.wait(9 * MINUTE)
    assert (await scene.now(new)).nobody_at == EVENING + 15 * MINUTE
    assert (await scene.now(old)).nobody_at is None
    await scene.wait(15 * MINUTE)
    assert (await scene.now(old)).nobody_at == EVENING + 30 * MINUTE


async def test_a_concern_that_begins_again_climbs_with_the_times_that_hold_then(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await sets(scene, Policy(emergency_again=MINUTE, emergency_told=5 * MINUTE))
    await scene.danger(CHO, concern)
    await scene.wait(5 * MINUTE)
    assert [round(after / MINUTE) for after, _ in scene.paged(concern)] == [0, 1, 2, 3, 4, 5]
    assert (await scene.now(concern)).nobody_at == EVENING + 5 * MINUTE
