"""Hours that no shift reaches: told 48 and 6 hours ahead, and once as long as they come back each week."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.escalation.rota import unplanned
from peerbot.escalation.rota.rules import AHEAD, BACK, TOLD_BEFORE, Gap, Plan, Span, Weekly, told_by
from peerbot.escalation.rota.unplanned import FOREVER, Stretch
from tests.escalation.rota_scene import at, told, weekly
from tests.escalation.scene import DAY, DEPUTY, HOUR, LEAD, MAY, MINUTE, MO, SERVER, Scene
from tests.fakes import EVENING

EVERY_DAY = "Mon Tue Wed Thu Fri Sat Sun"
HALVES = ("08:00-20:00", "20:00-08:00")


async def without_sunday_night(scene: Scene) -> None:
    await weekly(scene, EVERY_DAY, HALVES[0], MO)
    await weekly(scene, "Mon Tue Wed Thu Fri Sat", HALVES[1], MAY)


async def of(scene: Scene, user_id: int) -> Weekly:
    weeklies, _ = await scene.escalation.weekly_shifts.listed(Actor(LEAD, SERVER))
    return next(each for each in weeklies if user_id in each.people)


async def test_hours_that_no_shift_reaches_are_told_48_and_6_hours_before_and_not_each_week(scene: Scene) -> None:
    await without_sunday_night(scene)
    await scene.until(at(30, 0))
    assert told(scene, "unplanned") == [(at(4, 20), {LEAD, DEPUTY}), (at(6, 14), {LEAD, DEPUTY})]
    text = scene.paper.messages("escalation.rota_unplanned")[0].text
    assert f"<t:{int(at(6, 20).timestamp())}:F>" in text
    assert f"<t:{int(at(7, 8).timestamp())}:F>" in text


async def test_hours_that_become_longer_are_told_and_hours_that_become_shorter_are_not(scene: Scene) -> None:
    await without_sunday_night(scene)
    await scene.until(at(8, 0))
    before = len(told(scene, "unplanned"))
    nights = await of(scene, MAY)
    await weekly(scene, "Sun", "20:00-23:00", MAY)
    await scene.until(at(15, 0))
    assert len(told(scene, "unplanned")) == before
    await scene.escalation.weekly_shifts.end(Actor(LEAD, SERVER), nights.id)
    await scene.wait(DAY)
    assert len(told(scene, "unplanned")) > before


async def test_whoever_builds_the_rota_step_by_step_is_not_told_of_what_they_are_about_to_fill(scene: Scene) -> None:
    await weekly(scene, EVERY_DAY, HALVES[0], MO)
    await scene.wait(30 * MINUTE)
    await weekly(scene, EVERY_DAY, HALVES[1], MAY)
    await scene.wait(14 * DAY)
    assert told(scene, "unplanned") == []


async def test_a_rota_that_ends_is_told_before_it_does_and_no_more_after(scene: Scene) -> None:
    for hours in HALVES:
        await weekly(scene, EVERY_DAY, hours, MO)
    weeklies, _ = await scene.escalation.weekly_shifts.listed(Actor(LEAD, SERVER))
    for each in weeklies:
        await scene.escalation.weekly_shifts.end(Actor(LEAD, SERVER), each.id)
    await scene.wait(60 * DAY)
    assert [when for when, _ in told(scene, "unplanned")] == [EVENING + unplanned.SETTLES, at(1, 14)]
    for message in scene.paper.messages("escalation.rota_unplanned"):
        assert say("staff-rota-from-on", at=f"<t:{int(at(1, 20).timestamp())}:F>") in message.text


async def test_what_is_told_survives_a_stop_and_is_told_once(scene: Scene) -> None:
    await without_sunday_night(scene)
    await scene.restart(at(6, 12) - scene.clock.now())
    await scene.restart()
    await scene.until(at(6, 13))
    assert [when for when, _ in told(scene, "unplanned")] == [at(6, 12)]
    await scene.until(at(20, 0))
    assert [when for when, _ in told(scene, "unplanned")] == [at(6, 12), at(6, 14)]


async def test_where_nothing_was_ever_planned_nothing_is_told(scene: Scene) -> None:
    await scene.wait(9 * DAY)
    assert told(scene, "unplanned") == []


hours = st.integers(0, 23).map(time)
weeklies = st.builds(
    lambda days, starts, ends, zone, first: Weekly(
        id=f"{sorted(days)}{starts}{ends}",
        days=days,
        starts=starts,
        ends=ends,
        zone=zone,
        people=(MO,),
        first_on=date(2026, 11, 2) + timedelta(days=first),
    ),
    st.frozensets(st.integers(0, 6), min_size=1),
    hours,
    hours,
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"]),
    st.integers(0, 60),
)


ALL_BUT_AN_HOUR = Weekly(
    id="a",
    days=frozenset({1}),
    starts=time(1),
    ends=time(0),
    zone="America/New_York",
    people=(MO,),
    first_on=date(2026, 11, 24),
)


@settings(max_examples=8)
@given(st.lists(weeklies, max_size=4), st.sampled_from([15, 31]))
@example([ALL_BUT_AN_HOUR], 20)  # The last stretch was taken for endless where shifts are made no further.
def test_no_hour_without_a_shift_goes_untold_unless_the_week_before_was_the_same(
    plan: list[Weekly], every_hours: int
) -> None:
    began, whole = datetime(2026, 12, 1, tzinfo=UTC), Plan(plan)
    known: list[Stretch] = []
    told_of: list[Span] = []
    for night in range(50):
        now = began + night * every_hours * HOUR
        known = _remade(whole, known, now)
        for number, each in enumerate(known):
            due = each.next_telling
            if due is not None and due <= now:
                known[number] = replace(each, gap=replace(each.gap, told=told_by(each.gap, now)))
                told_of.append(each.gap.span)
        for span in unplanned.stretches(whole, now):
            if max(began + unplanned.SETTLES, now - BACK) < span.starts_at <= now:
                assert _known_to_leads(span, told_of), span
    assert max((told_of.count(span) for span in told_of), default=0) <= len(TOLD_BEFORE)
    # As many as one week has stretches, and those where shifts begin to run, or the clocks change.
    assert len(set(told_of)) <= 7 * 4 + 2 * 4


def _known_to_leads(span: Span, told_of: Sequence[Span]) -> bool:
    """Return whether it was told, or the same so many weeks before."""
    for _ in range(12):
        if any(each.contains(span) for each in told_of):
            return True
        told_of = [unplanned.a_week_later(each, "UTC") for each in told_of]
    return False


def _remade(plan: Plan, known: list[Stretch], now: datetime) -> list[Stretch]:
    over = [each for each in known if now - unplanned.RETURNS < each.gap.span.ends_at <= now]
    kept = unplanned.to_keep(unplanned.stretches(plan, now), known, now, "UTC")
    found = {each.gap.id: each.found_at for each in known}
    return over + [
        Stretch(Gap(id_ or f"{span.starts_at}{now}", span, told), found.get(id_ or "", now)) for span, id_, told in kept
    ]


def test_a_week_later_is_the_same_time_by_the_clocks() -> None:
    before = Span(datetime(2027, 3, 22, 21, tzinfo=UTC), datetime(2027, 3, 23, 7, tzinfo=UTC))
    after = Span(datetime(2027, 3, 29, 20, tzinfo=UTC), datetime(2027, 3, 30, 6, tzinfo=UTC))
    assert unplanned.a_week_later(before, "Europe/Berlin") == after
    assert unplanned.a_week_later(Span(EVENING, FOREVER), "Europe/Berlin").ends_at == FOREVER


def test_without_a_plan_there_is_one_stretch_without_an_end() -> None:
    assert [span.ends_at for span in unplanned.stretches(Plan(), EVENING)] == [FOREVER]
    assert EVENING + AHEAD < FOREVER
